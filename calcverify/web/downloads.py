"""Reports as files to keep: the formats that a person can take from the page."""

from __future__ import annotations

from typing import NamedTuple

from calcverify.report.formats import FORMATS, as_bytes, format_named
from calcverify.report.model import Report


class Take(NamedTuple):
    """A format of the reports that the page offers: its word, and what kind of file it makes."""

    format: str
    word: str
    media: str
    suffix: str


_ALL = (
    Take("html", "take-html", "text/html; charset=utf-8", "html"),
    Take("xlsx", "take-xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    Take("json", "take-json", "application/json", "json"),
)
TAKES = tuple(take for take in _ALL if any(f.name == take.format for f in FORMATS))


class File(NamedTuple):
    """A file to send: ``name`` for the person's folder, plain letters only in ``plain``."""

    data: bytes
    media: str
    name: str
    plain: str


def file_of(report: Report, kind: str, lang: str) -> File:
    """The report in the format ``kind``; ``UsageError`` for one that there is not."""
    form = format_named(kind, tuple(f for f in FORMATS if any(take.format == f.name for take in TAKES)))
    take = next(take for take in TAKES if take.format == kind)
    data = as_bytes(report, form, lang)
    stem = "check" if lang == "en" else "核对报告"
    return File(data, take.media, f"{stem}.{take.suffix}", f"check.{take.suffix}")
