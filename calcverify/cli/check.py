"""``calcverify check PATH…``: every form in files or folders."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calcverify.cli.guard import defect_message, exit_code, report_defect, tell
from calcverify.cli.options import (
    BaselineOption,
    ConfigOption,
    FormatOption,
    IgnoreOption,
    LangOption,
    NoConfigOption,
    OutputOption,
    ReadingsOption,
    SelectOption,
    StandardsOption,
    StrictOption,
    SuppressionsOption,
    UnitOption,
    WriteBaselineOption,
)
from calcverify.cli.output import check_format, check_output, deliver
from calcverify.cli.progress import Progress
from calcverify.config.model import DEFAULT, Config
from calcverify.errors import CalcverifyError, InputProblem
from calcverify.forms.amounts import check_unit
from calcverify.forms.model import Form
from calcverify.report.formats import check_language, format_named
from calcverify.report.model import Project, Report

if TYPE_CHECKING:
    from calcverify.cli.corrections import Corrections

STANDARD_INPUT = "-"


def check(  # noqa: PLR0913, PLR0917 - each is an option of the command, given by name
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="文件或文件夹，- 为标准输入 (files or folders).")],
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
    suppressions: SuppressionsOption = None,
    baseline: BaselineOption = None,
    write_baseline: WriteBaselineOption = None,
    readings: ReadingsOption = None,
) -> int:
    """检查文件或文件夹里的每个项目 (check every form in files or folders)."""
    from calcverify.cli.sidecars import living_with, prepare, write_known
    from calcverify.config.reading import Options

    form = format_named(format)
    check_language(lang)
    check_format(form, output)
    check_unit(unit)
    files = [Path(path) for path in paths if path != STANDARD_INPUT]
    options = Options(config, not no_config, select, ignore, strict, standards, suppressions, baseline)
    sidecars = prepare(files, options, lang)
    kept = [*files, *sidecars.files, *([readings] if readings is not None else [])]
    check_output(output, kept)
    check_output(write_baseline, [*files, *([output] if output is not None else [])])
    corrections = None if readings is None else _corrections(readings, lang)
    report = check_inputs(paths, lang, unit, sidecars.settings.config, corrections)
    # What was read from a folder is known only now.
    read = {p.form.source_name for p in report.projects} | {p.source for p in report.problems + report.defects}
    check_output(output, map(Path, read))
    check_output(write_baseline, map(Path, read))
    report = living_with(report, sidecars, lang)
    if write_baseline is not None:
        report = write_known(report, write_baseline, sidecars)
    deliver(report, form, lang, output)
    return exit_code(report)


def check_inputs(
    paths: list[str], lang: str, unit: str | None, config: Config = DEFAULT, corrections: Corrections | None = None
) -> Report:
    """Check every form of every path; a fault in one does not keep the others from being checked.

    ``corrections`` are the readings of a person, which take the place of ours where they differ.
    """
    projects: list[Project] = []
    problems: list[InputProblem] = []
    defects: list[InputProblem] = []
    progress = Progress(lang)

    def failed(error: Exception, source: str, locator: str, name: str) -> None:
        progress.clear()
        where = ", ".join(filter(None, (source, locator, name)))
        report_defect(error, where, lang)
        messages = (defect_message(error, "", each).split("\n")[0] for each in ("zh", "en"))
        defects.append(InputProblem(source, locator, *messages))

    for path in paths:
        try:
            for item in _read(path, unit):
                if isinstance(item, InputProblem):
                    problems.append(item)
                    progress.clear()
                    tell(item.say(lang))
                    continue
                try:
                    project = _checked(item, config) if corrections is None else corrections.check(item, config)
                    projects += [project] if project is not None else []
                    progress.done(item.source_name)
                except Exception as error:  # the other forms are still checked
                    failed(error, item.source_name, str(item.locator), item.name or item.id)
        except CalcverifyError as error:
            problems.append(InputProblem(path, "", error.say("zh"), error.say("en")))
            progress.clear()
            tell(problems[-1].say(lang))
        except Exception as error:  # the other inputs are still checked
            failed(error, path, "", "")
    progress.clear()
    problems += corrections.finish() if corrections is not None else []
    if len(projects) > 1:
        from calcverify.pipeline import across

        projects = across(projects, config)
    return Report(tuple(projects), tuple(problems), tuple(defects))


def _read(path: str, unit: str | None) -> Iterator[Form | InputProblem]:
    from calcverify.readers import read_path, read_stream

    if path == STANDARD_INPUT:
        return read_stream(sys.stdin.buffer.read(), unit=unit)
    return read_path(Path(path), unit)


def _corrections(path: Path, lang: str) -> Corrections:
    from calcverify.cli.corrections import Corrections

    return Corrections(path, lang)


def _checked(form: Form, config: Config) -> Project:
    from calcverify.pipeline import check_form

    return check_form(form, config)
