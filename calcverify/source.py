"""The untouched text and places in it.

A text is never edited: every later stage points into it with a half-open
:class:`Span` in code points, and says where the text itself stands in its file with
a :class:`Locator`.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points in one text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]


class Locator(NamedTuple):
    """Where a text stands in its file: any of line, sheet and cell, page, table row and cell, paragraph.

    All but ``sheet`` and ``cell`` count from 1; what does not apply is ``None``. ``cell`` is
    the name of a cell in its sheet (``"B7"``), or its number in the ``row`` of a ``table``
    (``"2"``). ``column`` is known where the text is a piece of a file of lines, as it stands
    there: its own line breaks are the file's. ``box`` is the place on the page: left, top,
    right and bottom from its upper left corner, in whole points or in pixels of a picture.
    """

    line: int | None = None
    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    paragraph: int | None = None
    box: tuple[int, int, int, int] | None = None

    @property
    def in_lines(self) -> bool:
        """Whether the file is one of lines, and nothing else says where the text stands."""
        return self.line is not None and self.page is None and self.sheet is None

    def steps(self) -> tuple[tuple[str, int | str], ...]:
        """The parts that apply, from the widest to the narrowest, each with its name.

        >>> Locator(page=2, table=1, row=3, cell="2").steps()
        (('page', 2), ('table', 1), ('row', 3), ('cell', '2'))
        """
        parts: tuple[tuple[str, int | str | None], ...] = (
            ("page", self.page),
            ("table", self.table),
            ("row", self.row),
            ("cell", self.cell if self.sheet is None else None),
            ("paragraph", self.paragraph),
            ("line", self.line),
        )
        return tuple((name, value) for name, value in parts if value is not None)

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return ", ".join(f"{name} {value}" for name, value in self.steps())


class Piece(NamedTuple):
    """From ``start`` on, a text stands in its file at ``locator``, there from code point ``offset`` on.

    A field that runs over several cells, or over a page break, has a piece for each of
    them; the tab or line break between two belongs to neither.
    """

    start: int
    locator: Locator
    offset: int = 0


class Source(NamedTuple):
    """A piece of text as it stands in a file: the characters, the file, the place.

    ``pieces`` are in the order of the text; empty where ``locator`` and the lines of the
    text say all there is to say.
    """

    text: str
    name: str
    locator: Locator = Locator()
    pieces: tuple[Piece, ...] = ()

    def at(self, offset: int) -> Locator:
        """The place of the character at ``offset``."""
        at = bisect_right(self.pieces, offset, key=attrgetter("start"))
        return self.pieces[at - 1].locator if at else self.locator
