"""``calcverify text "…"``: one basis, without a form."""

from __future__ import annotations

from typing import Annotated

import typer

from calcverify.cli.guard import exit_code
from calcverify.cli.options import FormatOption, LangOption, OutputOption, UnitOption
from calcverify.cli.output import check_format, check_output, deliver
from calcverify.report.formats import check_language, format_named
from calcverify.report.model import Report


def text(
    basis: Annotated[str, typer.Argument(metavar="BASIS", help="测算依据的文字 (the text of the basis).")],
    total: Annotated[
        str | None, typer.Option("--total", help="项目总额，如 36万元 (the stated total).", metavar="AMOUNT")
    ] = None,
    format: FormatOption = "text",
    output: OutputOption = None,
    lang: LangOption = "zh",
    unit: UnitOption = None,
) -> int:
    """检查一段测算依据 (check one basis, without a form)."""
    from calcverify.api import check_text

    form = format_named(format)
    check_language(lang)
    check_format(form, output)
    check_output(output)
    report = Report((check_text(basis, total=total, unit=unit),))
    deliver(report, form, lang, output)
    return exit_code(report)
