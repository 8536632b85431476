"""``calcverify annotate PATH -o OUT``: the officer's own file with a note at every finding."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calcverify.cli.check import STANDARD_INPUT, check_inputs
from calcverify.cli.guard import BROKEN, USAGE, exit_code, report_defect, tell
from calcverify.cli.options import (
    BaselineOption,
    ConfigOption,
    IgnoreOption,
    LangOption,
    NoConfigOption,
    SelectOption,
    StandardsOption,
    StrictOption,
    SuppressionsOption,
    UnitOption,
)
from calcverify.errors import CalcverifyError, UsageError
from calcverify.forms.amounts import check_unit
from calcverify.report.formats import check_language
from calcverify.report.model import Report

if TYPE_CHECKING:
    from calcverify.annotate.model import Annotated as Copy

_DONE = {
    "zh": "{source} → {target}：{findings} 处问题，{placed} 处标在原处，全部列在“核对汇总”中",
    "en": "{source} -> {target}: findings {findings}, at their places {placed}, all of them in the summary",
}
_PAGE = {
    "zh": "{source} → {target}：{findings} 处问题；未能在原文件中标注，改为生成网页（{reason}）",
    "en": "{source} -> {target}: findings {findings}; the file itself could not be marked, "
    "a page was made instead ({reason})",
}


def annotate(  # noqa: PLR0913, PLR0917 - each is an option of the command, given by name
    path: Annotated[str, typer.Argument(metavar="PATH", help="文件或文件夹 (a file or a folder).")],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="OUT", help="标注后的文件；输入为文件夹时是文件夹 (the marked copy)."),
    ],
    force: Annotated[bool, typer.Option("--force", help="OUT 已存在时覆盖 (overwrite OUT where it exists).")] = False,
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
) -> int:
    """在原文件的副本上逐处加批注：xlsx、docx、pdf (a marked copy of the file itself)."""
    from calcverify.annotate.writing import target_of
    from calcverify.cli.sidecars import living_with, prepare
    from calcverify.config.reading import Options

    if path == STANDARD_INPUT:
        raise UsageError("标注需要文件，不能从标准输入读", "a file is needed, standard input cannot be marked")
    check_language(lang)
    check_unit(unit)
    source = Path(path)
    options = Options(config, not no_config, select, ignore, strict, standards, suppressions, baseline)
    sidecars = prepare([source], options, lang)
    if source.is_dir():
        check_folder(output, source)
    else:
        target_of(output, "", [source, *sidecars.files], force)
    report = living_with(check_inputs([path], lang, unit, sidecars.settings.config), sidecars, lang)
    code = exit_code(report)
    for each, target in copies(source, output, report):
        try:
            write_one(each, target, [source, *sidecars.files], report, lang, force)
        except CalcverifyError as error:
            tell(error.say(lang))
            code = max(code, USAGE) if code != BROKEN else code
        except Exception as error:  # the other files are still marked
            report_defect(error, str(each), lang)
            code = BROKEN
    return USAGE if code < BROKEN and report.problems else code


def copies(source: Path, output: Path, report: Report) -> Iterator[tuple[Path, Path]]:
    """Every file that was read, and the name of its copy: in a folder it keeps its own."""
    if not source.is_dir():
        if report.projects:
            yield source, output
        return
    for name in dict.fromkeys(project.form.source_name for project in report.projects):
        each = Path(os.fsdecode(name.encode("utf-8", "surrogateescape")))
        yield each, output / each.relative_to(source)


def check_folder(output: Path, source: Path) -> None:
    """Refuse a place for the copies of a folder that is a file, or lies in the folder itself."""
    if os.path.lexists(output) and not output.is_dir():
        raise UsageError(
            f"{output}: 输入是文件夹，OUT 也应是文件夹", f"{output}: the input is a folder, so OUT must be one"
        )
    inside = output.resolve()
    if inside == source.resolve() or source.resolve() in inside.parents:
        raise UsageError(
            f"{output}: 在输入的文件夹里；请另选一处，以免下次把副本也当成表单",
            f"{output}: lies in the folder that is read; choose another place, or the copies are read next time",
        )


def write_one(source: Path, target: Path, inputs: list[Path], report: Report, lang: str, force: bool) -> None:
    """Mark one file and say what came of it."""
    from calcverify.annotate.annotating import annotate_bytes
    from calcverify.annotate.writing import read_bytes, target_of, write_copy

    copy = annotate_bytes(read_bytes(source), os.fsencode(source).decode("utf-8", "replace"), report, lang)
    if source not in inputs:  # one of a folder: 表.xls and 表.doc become two pages
        target.parent.mkdir(parents=True, exist_ok=True)
        if copy.suffix == ".html" and target.suffix.lower() not in (".html", ".htm"):
            target = target.with_name(f"{target.name}.html")
    final = target_of(target, copy.suffix, [source, *inputs], force)
    write_copy(final, copy.data)
    tell(said(source, final, copy, lang))


def said(source: Path, target: Path, copy: Copy, lang: str) -> str:
    """One line for the officer: from what, to what, how many findings, or why it is a page."""
    words = _DONE if copy.reason is None else _PAGE
    reason = copy.reason.say(lang) if copy.reason is not None else ""
    text = words[lang]
    values = {"findings": copy.findings, "placed": copy.placed, "reason": reason, "source": source, "target": target}
    for key, value in values.items():
        text = text.replace("{" + key + "}", str(value))
    return text
