"""``calcverify text "…"``: one basis, without a form."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from calcverify.cli.guard import exit_code
from calcverify.cli.options import (
    ConfigOption,
    FormatOption,
    IgnoreOption,
    LangOption,
    NoConfigOption,
    OutputOption,
    SelectOption,
    StandardsOption,
    StrictOption,
    UnitOption,
)
from calcverify.cli.output import check_format, check_output, deliver
from calcverify.errors import InputError
from calcverify.report.formats import check_language, format_named
from calcverify.report.model import Report

STANDARD_INPUT = "-"


def given(basis: str) -> str:
    """The basis as it was given, or what stands on standard input; ``InputError`` where that is no text."""
    if basis != STANDARD_INPUT:
        return basis
    from calcverify.readers.encoding import Undecoded, decode

    decoded = decode(sys.stdin.buffer.read())
    if isinstance(decoded, Undecoded):
        raise InputError(
            "标准输入不是文本，请输入 UTF-8 或 GBK 编码的文字",
            "standard input is no text; give text in UTF-8 or GBK",
        )
    return decoded.text


def text(  # noqa: PLR0913, PLR0917 - each is an option of the command, given by name
    basis: Annotated[
        str,
        typer.Argument(metavar="BASIS", help="测算依据的文字，- 为标准输入 (the basis, or standard input)."),
    ],
    total: Annotated[
        str | None, typer.Option("--total", help="项目总额，如 36万元 (the stated total).", metavar="AMOUNT")
    ] = None,
    format: FormatOption = "text",
    output: OutputOption = None,
    lang: LangOption = "zh",
    unit: UnitOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    strict: StrictOption = None,
    standards: StandardsOption = None,
) -> int:
    """检查一段测算依据 (check one basis, without a form)."""
    from calcverify.api import check_text
    from calcverify.cli.sidecars import settings_told
    from calcverify.config.reading import Options

    form = format_named(format)
    check_language(lang)
    check_format(form, output)
    check_output(output)
    settings = settings_told((), Options(config, not no_config, select, ignore, strict, standards), lang)
    report = Report((check_text(given(basis), total, unit, settings.config),))
    deliver(report, form, lang, output)
    return exit_code(report)
