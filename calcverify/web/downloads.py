"""Files to take along: the officer's own file with marks in it, and the report in several formats."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import NamedTuple

from calcverify.report.formats import FORMATS, as_bytes, format_named
from calcverify.report.model import Report
from calcverify.web.asked import Asked, Upload, distinct


class Take(NamedTuple):
    """What the page offers: its address, its word, and what kind of file it is."""

    format: str
    word: str
    media: str
    suffix: str


MARKED = Take("marked", "take-marked", "application/octet-stream", "")
_REPORTS = (
    Take("html", "take-html", "text/html; charset=utf-8", "html"),
    Take("xlsx", "take-xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    Take("json", "take-json", "application/json", "json"),
)
REPORTS = tuple(take for take in _REPORTS if any(f.name == take.format for f in FORMATS))
TAKES = (MARKED, *REPORTS)

# What stays of a name that a browser sent, for the name of a file that it gets.
_UNUSUAL = re.compile(r"[^\w.()（）-]+")
LONGEST_STEM = 80


class File(NamedTuple):
    """A file to send: ``name`` for the person's folder, plain letters only in ``plain``."""

    data: bytes
    media: str
    name: str
    plain: str


def file_of(asked: Asked, report: Report, kind: str) -> File:
    """What was asked for as a file; ``UsageError`` for a kind that there is not."""
    if kind == MARKED.format and asked.files:
        return marked(asked, report)
    form = format_named(kind, tuple(f for f in FORMATS if any(take.format == f.name for take in REPORTS)))
    take = next(take for take in REPORTS if take.format == kind)
    stem = "check" if asked.lang == "en" else "核对报告"
    return File(as_bytes(report, form, asked.lang), take.media, f"{stem}.{take.suffix}", f"check.{take.suffix}")


def marked(asked: Asked, report: Report) -> File:
    """The file that was given with a note at every finding; of several files an archive with all of them.

    A file that takes no notes becomes a page that shows them; one without a form in it is left out.
    """
    from calcverify.annotate.annotating import annotate_bytes

    found = [piece for file in asked.files for piece in pieces(file, report)]
    copies: list[Upload] = []
    for file in found or asked.files[:1]:
        copy = annotate_bytes(file.data, file.name, report, asked.lang)
        copies.append(Upload(marked_name(file.name, copy.suffix, asked.lang), copy.data))
    if len(copies) == 1:
        (only,) = copies
        return File(only.data, MARKED.media, only.name, f"marked{PurePath(only.name).suffix}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in distinct(copies):
            archive.writestr(each.name, each.data)
    return File(packed.getvalue(), "application/zip", f"{'marked' if asked.lang == 'en' else '标注'}.zip", "marked.zip")


def pieces(file: Upload, report: Report) -> list[Upload]:
    """The file itself where there are forms in it; the files in it where it is an archive of them."""
    names = {project.form.source_name for project in report.projects}
    if file.name in names:
        return [file]
    inside = f"{file.name}/"
    if not any(name.startswith(inside) for name in names):
        return []
    from calcverify.readers.archive import shown_name
    from calcverify.readers.package import Package

    package = Package(file.data)
    members = {inside + shown_name(member): name for name, member in package.members.items()}
    return [Upload(name, package.read(members[name])) for name in sorted(names & members.keys())]


def marked_name(name: str, suffix: str, lang: str) -> str:
    """What the marked copy of a file is called: it says so, and holds nothing of a path.

    >>> marked_name("预算 2026.xlsx", ".xlsx", "zh"), marked_name('..\\"<b>.txt', ".html", "en")
    ('标注-预算_2026.xlsx', 'marked-_b_.html')
    """
    stem = _UNUSUAL.sub("_", PurePath(name).stem).lstrip(".")[:LONGEST_STEM]
    return f"{'marked' if lang == 'en' else '标注'}-{stem}{suffix}"
