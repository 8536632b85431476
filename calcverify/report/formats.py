"""Every format of a report: a new one is a module with ``render`` and a line here.

A renderer reads the report model and nothing else. Modules are imported when their
format is asked for, so that a check which prints JSON does not pay for tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from calcverify.errors import UsageError
from calcverify.report.words import LANGUAGES


class Format(NamedTuple):
    """A name that ``--format`` takes, and the module with its ``render``.

    A format ``for_people`` is shaped by the screen it is shown on; the others are bytes
    for programs, always UTF-8. ``signature`` is set where the program that opens the file
    takes it for another encoding unless it begins with a byte order mark: spreadsheets do.
    What is ``binary`` is no text, and goes to a file only.
    """

    name: str
    module: str
    for_people: bool = False
    signature: bool = False
    binary: bool = False


FORMATS: tuple[Format, ...] = (
    Format("text", "calcverify.report.text", for_people=True),
    Format("table", "calcverify.report.table", for_people=True),
    Format("json", "calcverify.report.json"),
    Format("jsonl", "calcverify.report.jsonl"),
    Format("csv", "calcverify.report.csv", signature=True),
    Format("markdown", "calcverify.report.markdown"),
    Format("html", "calcverify.report.html"),
    Format("xlsx", "calcverify.report.xlsx", binary=True),
    Format("junit", "calcverify.report.junit"),
    Format("sarif", "calcverify.report.sarif"),
)


def format_named(name: str, formats: Sequence[Format] = FORMATS) -> Format:
    """The format called ``name``; ``UsageError`` names those that there are."""
    for form in formats:
        if form.name == name:
            return form
    known = ", ".join(form.name for form in formats)
    raise UsageError(f"没有格式 {name!r}，可用：{known}", f"no format {name!r}; there are {known}")


def check_language(lang: str) -> None:
    """``UsageError`` for a language that reports are not written in."""
    if lang not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise UsageError(f"没有语言 {lang!r}，可用：{known}", f"no language {lang!r}; there are {known}")


def rendered(
    report: object, form: Format, lang: str = "zh", *, width: int = 96, colour: bool = False, encoding: str = "utf-8"
) -> str:
    """``report`` (or whatever a format renders) in a format of text; width, colour and encoding shape
    the formats for people only."""
    check_language(lang)
    if form.binary:
        raise TypeError(f"{form.name} is no text: as_bytes() renders it")
    renderer = import_module(form.module).render
    if not form.for_people:
        return str(renderer(report, lang))
    from calcverify.report.screen import Screen

    return str(renderer(report, lang, Screen(width, colour, encoding)))


def as_bytes(report: object, form: Format, lang: str = "zh", *, width: int = 96) -> bytes:
    """``report`` in a format, as the bytes of a file."""
    check_language(lang)
    if form.binary:
        return bytes(import_module(form.module).render(report, lang))
    return rendered(report, form, lang, width=width).encode("utf-8-sig" if form.signature else "utf-8")
