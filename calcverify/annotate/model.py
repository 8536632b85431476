"""What goes into a copy of a file: notes, the places they stand at, and what came of it."""

from __future__ import annotations

from typing import NamedTuple

from calcverify.report.model import Project, Report
from calcverify.source import Locator
from calcverify.verify.model import Bilingual, Severity

AUTHOR = "calcverify"


class Note(NamedTuple):
    """What is said of one finding, in the language of the run.

    ``number`` is its number in the summary, from 1. ``title`` is the severity, the code and
    the name of the rule in one line, ``lines`` what was computed, stated and suggested.
    ``counts`` is false for a finding that was explained or is known.
    """

    number: int
    severity: Severity
    title: str
    lines: tuple[str, ...]
    counts: bool = True

    @property
    def loud(self) -> bool:
        """Whether the figure itself is coloured; a notice or an explained finding has its note only."""
        return self.counts and self.severity is not Severity.NOTICE


class Mark(NamedTuple):
    """One note at one place.

    ``locator`` is the cell, paragraph or box; ``text`` the characters to mark in it, which
    begin about code point ``start`` of its text; ``text`` is ``""`` where the note is about all of it.
    ``coloured`` is whether the characters themselves are made to stand out: a wrong figure is,
    the whole computation that does not lead to the form's total is not. ``noted`` is false for
    the rest of a figure that runs over several cells: the note stands at the first of them.
    """

    note: Note
    locator: Locator
    text: str = ""
    start: int = 0
    coloured: bool = False
    noted: bool = True


class Entry(NamedTuple):
    """A line of the summary: a note, the place in words, the characters it is about, its marks."""

    note: Note
    where: str
    quote: str
    marks: tuple[Mark, ...]


class Block(NamedTuple):
    """A project in the summary with its findings."""

    project: Project
    entries: tuple[Entry, ...]


class Plan(NamedTuple):
    """Everything to write into one file: the report of that file alone, its projects in order."""

    report: Report
    blocks: tuple[Block, ...]
    lang: str = "zh"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The findings of all projects, numbered from 1."""
        return tuple(entry for block in self.blocks for entry in block.entries)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, in the order of the summary."""
        return tuple(mark for entry in self.entries for mark in entry.marks)


class Marked(NamedTuple):
    """What an engine returns: the copy, and the numbers of the notes that have a place in it."""

    data: bytes
    placed: frozenset[int]


class Annotated(NamedTuple):
    """The copy of a file, ready to be written.

    ``suffix`` is the kind of file it is: that of the original, or ``".html"`` where it could
    not be marked in place, with the ``reason``. ``findings`` is how many there are,
    ``placed`` how many of them stand at their place; the summary has all of them.
    """

    data: bytes
    suffix: str
    findings: int = 0
    placed: int = 0
    reason: Bilingual | None = None


class CannotMarkError(Exception):
    """The file cannot be marked in place without harm; ``reason`` says why, and what was done instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.reason = Bilingual(zh, en)
