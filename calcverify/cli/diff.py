"""``calcverify diff OLD NEW``: what a resubmission mended, broke and left."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from calcverify.cli.check import STANDARD_INPUT, check_inputs
from calcverify.cli.guard import exit_code
from calcverify.cli.options import (
    ConfigOption,
    IgnoreOption,
    LangOption,
    NoConfigOption,
    OutputOption,
    SelectOption,
    StandardsOption,
    StrictOption,
    SuppressionsOption,
    UnitOption,
)
from calcverify.cli.output import check_output, deliver
from calcverify.forms.amounts import check_unit
from calcverify.report.formats import Format, check_language, format_named

FORMATS: tuple[Format, ...] = (
    Format("text", "calcverify.review.diff_text", for_people=True),
    Format("json", "calcverify.review.diff_json"),
    Format("markdown", "calcverify.review.diff_markdown"),
)


def diff(  # noqa: PLR0913, PLR0917 - each is an option of the command, given by name
    old: Annotated[str, typer.Argument(metavar="OLD", help="原先提交的文件或文件夹 (what was handed in before).")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="重新提交的文件或文件夹 (what was handed in again).")],
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"报告格式 (format): {'|'.join(f.name for f in FORMATS)}.")
    ] = "text",
    output: OutputOption = None,
    lang: LangOption = "zh",
    unit: UnitOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    strict: StrictOption = None,
    standards: StandardsOption = None,
    suppressions: SuppressionsOption = None,
) -> int:
    """比较两次提交：改正了什么、新出现什么、还剩什么 (what a resubmission mended, broke and left)."""
    from calcverify.cli.sidecars import living_with, prepare
    from calcverify.config.reading import Options
    from calcverify.review.diff import compare

    form = format_named(format, FORMATS)
    check_language(lang)
    check_unit(unit)
    files = [Path(path) for path in (old, new) if path != STANDARD_INPUT]
    options = Options(config, not no_config, select, ignore, strict, standards, suppressions)
    sidecars = prepare(files[-1:], options, lang)._replace(baseline=None)
    check_output(output, [*files, *sidecars.files])
    settings = sidecars.settings.config
    reports = [check_inputs([path], lang, unit, settings) for path in (old, new)]
    for report in reports:
        check_output(output, {Path(p.form.source_name) for p in report.projects})
    before, after = (living_with(report, sidecars, lang) for report in reports)
    comparison = compare(before, after, settings.strict)
    deliver(comparison, form, lang, output)
    return exit_code(comparison.report)
