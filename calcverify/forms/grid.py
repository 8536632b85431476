"""A text laid out as rows of cells, each with its place: what every reader hands to the forms.

The text stands as it is in the file. A cell is a range of it, so that a field which runs
over several cells or a page break is still one range. A reader of another format writes
its own text (cells joined by tabs, rows by line breaks) and gives each cell its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from calcverify.forms.model import Remark
from calcverify.patterns import pattern
from calcverify.source import Locator, Piece

# The tab-separated rows of real forms have ten columns at most; what stands beyond the
# last of these is one cell, so that a line of ten million tabs costs no more than others.
MOST_COLUMNS = 400

# Blanks at the edges of a cell. Control characters and bidirectional marks are none: they
# belong to the text and are shown to the reader.
_EDGE = " \t\r\n\x0b\x0c\u00a0\u3000"
_LEFT = re.compile(f"[{_EDGE}]*")
_LINE = re.compile(r"[^\r\n]+")
# A cell that a spreadsheet has written over several lines: "…" with its quotes doubled.
_QUOTED = pattern(r'"((?:[^"]|""){0,100000}+)"[ \r]*(?=[\t\n]|\Z)')
_GAP = pattern(r"[ \u3000]{2,}")
_LABELLED = pattern(r"[^：:]{1,30}[：:]")
_LONGEST_SPLIT = 400


class Cell(NamedTuple):
    """A cell that is not empty: its column from 0, its range of the text, its place.

    ``offset`` is where the range begins in the text of the cell itself: blanks at its
    edges are not part of the range.
    """

    column: int
    start: int
    end: int
    locator: Locator
    offset: int = 0

    @property
    def piece(self) -> Piece:
        """Where the range of the cell stands in the file."""
        return Piece(self.start, self.locator, self.offset)

    def of(self, text: str) -> str:
        """The characters of the cell."""
        return text[self.start : self.end]


class Row(NamedTuple):
    """The cells of a row that are not empty.

    ``tabbed`` is false for a line without a tab. ``closed`` is true where a tab follows
    the last cell: the row is complete, the next line does not go on with its last cell.
    ``wide`` is true where its only cell is merged across the columns of its table, ``apart``
    where a form begins with it that stands beside the one before.
    """

    cells: tuple[Cell, ...]
    tabbed: bool
    closed: bool
    wide: bool = False
    apart: bool = False

    @property
    def locator(self) -> Locator:
        """Where the row stands."""
        return self.cells[0].locator


class Document(NamedTuple):
    """A document: its text, its name, its rows from top to bottom (empty ones left out).

    ``remarks`` are what its reader saw besides the text, each with the offset in the text that
    it belongs to; -1 where it holds for all of the document.
    """

    name: str
    text: str
    rows: Iterable[Row]
    remarks: tuple[tuple[int, Remark], ...] = ()


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the blanks at its edges; empty where it holds nothing else."""
    start = min(_LEFT.match(text, start, end).end(), end)  # type: ignore[union-attr]  # it matches "" too
    while end > start:
        chunk = text[max(start, end - 4096) : end]
        kept = chunk.rstrip(_EDGE)
        end -= len(chunk) - len(kept)
        if kept:
            break
    return start, end


def lay_out(text: str) -> Iterator[Row]:
    """The rows of tab-separated text, line by line; a quoted cell may span several lines.

    >>> [[c.of("项目名称\\t清淤") for c in row.cells] for row in lay_out("项目名称\\t清淤")]
    [['项目名称', '清淤']]
    """
    newline = "\n" if "\n" in text else "\r"
    number, counted = 1, 0
    at = 0
    while line := _LINE.search(text, at):
        number += text.count(newline, counted, line.start())
        counted = line.start()
        row, at = _row(text, line.start(), line.end(), Locator(line=number))
        if row.cells:
            yield row


def _row(text: str, start: int, end: int, locator: Locator) -> tuple[Row, int]:
    """The row that begins at ``start``, and where it ends (beyond ``end`` for a quoted cell)."""
    cells: list[Cell] = []
    column, at, last = 0, start, end
    while True:
        cut = text.find("\t", at, end) if column < MOST_COLUMNS else -1
        stop = end if cut < 0 else cut
        if text.startswith('"', at) and (quoted := _QUOTED.match(text, at)) and "\n" in quoted[1]:
            left, right = trim(text, quoted.start(1), quoted.end(1))
            stop = last = quoted.end()
            ahead = _LINE.match(text, stop)
            end = ahead.end() if ahead else stop
            cut = stop if text.startswith("\t", stop) else -1
            last = end
        else:
            left, right = trim(text, at, stop)
        if right > left:
            cells.append(Cell(column, left, right, locator))
        if cut < 0:
            break
        column, at = column + 1, cut + 1
    tabbed = column > 0
    if len(cells) == 1 and not tabbed:
        return Row(_spaced(text, cells[0]), False, False), last
    return Row(tuple(cells), tabbed, bool(cells) and cells[-1].column < column), last


def _spaced(text: str, cell: Cell) -> tuple[Cell, ...]:
    """A line without tabs in pieces, where wide gaps part ``项目名称：甲    项目编码：001``."""
    if cell.end - cell.start > _LONGEST_SPLIT:
        return (cell,)
    pieces: list[tuple[int, int]] = []
    at = cell.start
    for gap in _GAP.finditer(text, cell.start, cell.end):
        pieces.append((at, gap.start()))
        at = gap.end()
    pieces.append((at, cell.end))
    if not pieces[1:] or not all(_LABELLED.match(text, start, end) for start, end in pieces):
        return (cell,)
    return tuple(Cell(i, start, end, cell.locator) for i, (start, end) in enumerate(pieces))
