"""The way in: the bytes of a file and the report of it become a marked copy."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from calcverify.annotate.marks import of_file, plan_of
from calcverify.annotate.model import Annotated, CannotMarkError, Marked, Plan
from calcverify.annotate.page import marked_page
from calcverify.errors import UsageError
from calcverify.report.model import Report
from calcverify.verify.model import Bilingual


class Engine(NamedTuple):
    """A format that is marked in place: its module, the suffixes that a copy keeps, the first being its own."""

    module: str
    suffixes: tuple[str, ...]


# Who marks a file, by what stands in it and not by its name.
XLSX = Engine("xlsx", (".xlsx", ".xlsm", ".xltx", ".xltm"))
DOCX = Engine("docx", (".docx", ".docm", ".dotx", ".dotm"))
PDF = Engine("pdf", (".pdf",))
ARCHIVE = Engine("archive", (".zip",))

_OLD = Bilingual(
    "旧格式（xls、doc、wps、et）或加密的文件不能直接标注，请另存为 xlsx 或 docx",
    "files of the old formats (xls, doc, wps, et) and encrypted ones cannot be marked; save them as xlsx or docx",
)
_TEXT = Bilingual(
    "这种文件不能加批注（可标注 xlsx、docx 和有文字的 pdf）",
    "files of this kind take no notes (xlsx, docx and pdf with text do)",
)
_NOWHERE = Bilingual(
    "问题在原文件中的位置不能确定（如扫描件）",
    "the places of the findings in the file are not known (as in a scan)",
)


def annotate_bytes(data: bytes, name: str, report: Report, lang: str = "zh") -> Annotated:
    """A marked copy of a file: ``data`` are its bytes, ``name`` its name in ``report``.

    Returns an :class:`Annotated`: the bytes of the copy in ``data``, the kind of file that
    it is in ``suffix`` (that of the original, or ``".html"`` with the ``reason`` why). Only
    what ``report`` says of ``name`` is used; nothing is read from or written to a disk.
    """
    engine, reason = engine_of(data)
    if engine is ARCHIVE:
        from calcverify.annotate.archive import annotate_archive

        return annotate_archive(data, name, report, lang)
    plan = plan_of(of_file(report, name), lang)
    if engine is not None:
        try:
            marked = mark(engine, data, plan)
        except CannotMarkError as error:
            reason = error.reason
        else:
            if marked.placed or not plan.marks:
                suffix = Path(name).suffix.lower()
                suffix = suffix if suffix in engine.suffixes else engine.suffixes[0]
                return Annotated(marked.data, suffix, len(plan.entries), len(marked.placed))
            reason = _NOWHERE
    return Annotated(marked_page(plan, name, reason), ".html", len(plan.entries), 0, reason)


def engine_of(data: bytes) -> tuple[Engine | None, Bilingual]:
    """Who marks a file that begins so, or why nobody does."""
    head = data[:1024]
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data), _TEXT
    if b"%PDF-" in head:
        return PDF, _TEXT
    return None, _OLD if head.startswith(b"\xd0\xcf\x11\xe0") else _TEXT


def _zipped(data: bytes) -> Engine | None:
    """What a zip container is: a workbook, a document, another format of that kind, or an archive of files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = set(container.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        return None
    if "xl/workbook.xml" in names:
        return XLSX
    if "word/document.xml" in names:
        return DOCX
    return None if names & {"[Content_Types].xml", "mimetype"} else ARCHIVE


def mark(engine: Engine, data: bytes, plan: Plan) -> Marked:
    """The copy that an engine makes; ``UsageError`` where its library is not installed."""
    try:
        annotate: Callable[[bytes, Plan], Marked] = import_module(f"calcverify.annotate.{engine.module}").annotate
        return annotate(data, plan)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"标注 {engine.suffixes[0]} 需要 {error.name}，请运行 pip install 'calcverify[files]'",
            f"marking {engine.suffixes[0]} needs {error.name}: run pip install 'calcverify[files]'",
        ) from error


def annotate_file(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    unit: str | None = None,
    lang: str = "zh",
    force: bool = False,
) -> Path:
    """Check a file and write a marked copy of it to ``out``; the path that was written.

    The path is ``out`` itself, or ``out`` with the suffix ``.html`` where the file cannot be
    marked in place. ``UsageError`` where that would be the file itself, or is there already
    and ``force`` is not set; ``InputError`` where nothing could be read.
    """
    from calcverify.annotate.writing import read_bytes, target_of, write_copy
    from calcverify.api import check_file

    source, target = Path(path), Path(out)
    target_of(target, "", [source], force)
    report = check_file(source, unit)
    copy = annotate_bytes(read_bytes(source), os.fsencode(source).decode("utf-8", "replace"), report, lang)
    final = target_of(target, copy.suffix, [source], force)
    write_copy(final, copy.data)
    return final
