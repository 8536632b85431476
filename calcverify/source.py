"""The untouched text and places in it.

A text is never edited: every later stage points into it with a half-open
:class:`Span` in code points, and says where the text itself stands in its file with
a :class:`Locator`.
"""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points in one text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]


class Locator(NamedTuple):
    """Where a text stands in its file: any of line, sheet and cell, page.

    ``line``, ``page`` and ``column`` count from 1; what does not apply is ``None``.
    ``column`` is known where the text is a piece of a file of lines, as it stands there:
    its own line breaks are the file's.
    """

    line: int | None = None
    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        parts = [f"{word} {n}" for word, n in (("page", self.page), ("line", self.line)) if n is not None]
        return ", ".join(parts)


class Source(NamedTuple):
    """A piece of text as it stands in a file: the characters, the file, the place."""

    text: str
    name: str
    locator: Locator = Locator()
