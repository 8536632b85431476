"""Cells with a place each become a document: what the readers of sheets, tables and pages write into.

    layout = Layout()
    layout.row([(0, "项目名称", Locator(sheet="申报表", cell="A1")), (1, "清淤", Locator(sheet="申报表", cell="B1"))])
    forms_of(layout.document("申报表.xlsx"))

A form looks the same in every format: cells are joined by tabs, one more for each between them that is empty,
and rows by line breaks; nothing within a cell is changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import itemgetter

from calcverify.forms.grid import MOST_COLUMNS, Cell, Document, Row, lay_out, trim
from calcverify.forms.model import Remark
from calcverify.source import Locator


class Layout:
    """A document in the making, from its first row to its last."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._rows: list[Row] = []
        self._remarks: list[tuple[int, Remark]] = []
        self._at = 0

    def row(
        self,
        cells: Iterable[tuple[int, str, Locator]],
        *,
        tabbed: bool = True,
        closed: bool = True,
        wide: bool = False,
        apart: bool = False,
    ) -> None:
        """Add a row of a table: the column from 0, the text and the place of each cell, from left to right.

        Cells that hold only blanks are passed over. A column that comes again goes on with its
        cell at another place (on the next page, in a table within the cell); blanks that come
        between stand between the two in the text, and nothing else does. ``closed`` is false for a row that a
        page break may have cut: the next row can go on with its last cell. ``wide`` says that
        its only cell is merged across the columns of the table, ``apart`` that another form begins with it.
        """
        kept: list[Cell] = []
        blanks = ""
        for column, text, locator in cells:
            again = bool(kept) and kept[-1].column == column
            left, right = trim(text, 0, len(text))
            if left < right:
                gap = column - kept[-1].column if kept else 0
                start = self._write(text[left:right], blanks if again else "\t" * min(gap, MOST_COLUMNS))
                kept.append(Cell(column, start, self._at, locator, left))
                blanks = ""
            elif again:
                blanks += text
        if kept:
            self._rows.append(Row(tuple(kept), tabbed, closed, wide, apart))
            self._write("\n")

    def paragraph(self, text: str, locator: Locator) -> None:
        """Add text that stands in no table; it is read as lines of a text file are."""
        for row in lay_out(text):
            at = self._at
            cells = (
                cell._replace(start=cell.start + at, end=cell.end + at, locator=locator, offset=cell.start)
                for cell in row.cells
            )
            self._rows.append(row._replace(cells=tuple(cells)))
        self._write(text, "")
        self._write("\n")

    @property
    def at(self) -> int:
        """The offset at which the next row begins."""
        return self._at

    def remark(self, remark: Remark, at: int = -1, *, here: bool = False) -> None:
        """Note what the text does not say: of the row at the offset ``at``, of the row that comes next (``here``),
        or of all of the document."""
        self._remarks.append((self._at if here else at, remark))

    def document(self, name: str) -> Document:
        """The document of all that was added; ``name`` is the file's name as it was given."""
        remarks = sorted(((self._within_a_row(at), remark) for at, remark in self._remarks), key=itemgetter(0))
        return Document(name, "".join(self._parts), tuple(self._rows), tuple(remarks))

    def _within_a_row(self, at: int) -> int:
        """The offset of a remark moved to the row that it stands before, or to the last one."""
        if at < 0 or not self._rows:
            return -1
        index = bisect_left(self._rows, at, key=lambda row: row.cells[-1].end)
        return max(at, self._rows[index].cells[0].start) if index < len(self._rows) else self._rows[-1].cells[0].start

    def _write(self, text: str, before: str = "") -> int:
        """Append ``before`` and ``text``; where the text begins."""
        start = self._at + len(before)
        self._parts += (before, text)
        self._at = start + len(text)
        return start
