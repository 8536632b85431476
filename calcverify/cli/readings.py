"""``calcverify readings PATH…``: what every project was read as, to read, correct and check with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from calcverify.cli.check import STANDARD_INPUT, _read
from calcverify.cli.guard import BROKEN, PASSED, USAGE, report_defect, tell
from calcverify.cli.options import LangOption, OutputOption, UnitOption
from calcverify.cli.output import check_output, write_out, write_whole
from calcverify.errors import CalcverifyError, InputProblem, UsageError
from calcverify.forms.amounts import check_unit
from calcverify.readings.model import ProjectReading
from calcverify.report.formats import check_language
from calcverify.report.words import reason, say

FORMATS = ("toml", "csv")


def readings(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="文件或文件夹，- 为标准输入 (files or folders).")],
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="文件格式 (format): toml|csv；默认按 --output 的扩展名.")
    ] = None,
    output: OutputOption = None,
    lang: LangOption = "zh",
    unit: UnitOption = None,
) -> int:
    """列出每个项目读成的算式，供更正后用 check --readings 核对 (what every project was read as)."""
    form = format_of(format, output)
    check_language(lang)
    check_unit(unit)
    check_output(output, [Path(path) for path in paths if path != STANDARD_INPUT])
    found: list[ProjectReading] = []
    code = read_all(paths, lang, unit, found)
    data = "".join(written(found, form, lang)).encode("utf-8")
    if output is None:
        write_out(data)
    else:
        check_output(output, (Path(project.source) for project in found))
        # A spreadsheet takes a file without the mark for one of its country's encoding.
        write_whole(output, b"\xef\xbb\xbf" + data if form == "csv" else data)
    return code


def format_of(name: str | None, output: Path | None) -> str:
    """The format that was asked for, else that of the output's name, else TOML."""
    if name is None:
        return "csv" if output is not None and output.suffix.lower() == ".csv" else "toml"
    if name not in FORMATS:
        known = "、".join(FORMATS), " or ".join(FORMATS)
        raise UsageError(f"没有格式 {name[:40]!r}；可用：{known[0]}", f"no format {name[:40]!r}; use {known[1]}")
    return name


def written(found: Iterable[ProjectReading], form: str, lang: str) -> Iterator[str]:
    """The file, a piece a project."""
    if form == "csv":
        from calcverify.readings.csv_file import write_csv

        return write_csv(found, lambda word: worded(word, lang), lang)
    from calcverify.readings.toml_file import write_toml

    return write_toml(found, lambda word: worded(word, lang))


def worded(word: str, lang: str) -> str:
    """A kind, a verdict or a reason as a report words it."""
    words = say(word, lang)
    return reason(word, lang) if words == word else words


def read_all(paths: list[str], lang: str, unit: str | None, found: list[ProjectReading]) -> int:
    """Read every form of every path into ``found``; returns the exit code."""
    from calcverify.pipeline import read_form
    from calcverify.readings.making import reading_of

    code = PASSED
    for path in paths:
        try:
            for item in _read(path, unit):
                if isinstance(item, InputProblem):
                    tell(item.say(lang))
                    code = max(code, USAGE)
                    continue
                try:
                    found.append(reading_of(read_form(item)))
                except Exception as error:  # the other forms are still read
                    report_defect(error, ", ".join(filter(None, (item.source_name, item.name or item.id))), lang)
                    code = BROKEN
        except CalcverifyError as error:
            tell(f"{path}: {error.say(lang)}")
            code = max(code, USAGE)
        except Exception as error:  # the other inputs are still read
            report_defect(error, path, lang)
            code = BROKEN
    return code if found or code == BROKEN else USAGE
