"""Where a cell lies on its sheet in pixels: a comment's box is anchored to columns and rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from calcverify.annotate.opc import whole
from calcverify.readers.cell_names import position

if TYPE_CHECKING:
    from lxml.etree import _Element

# Pixels of a column and a row that the sheet does not give a size, of a character's width, of a point.
COLUMN, ROW, CHARACTER = 72, 19, 7
GAP = 12
LAST_COLUMN, LAST_ROW = 16383, 1048575


def pixels(text: str | None, times: int, over: int) -> int:
    """A size of the file (``"12.75"``) in whole pixels, ``times`` over ``over`` of it; 0 for what is none."""
    whole, _, part = (text or "").partition(".")
    if not (whole + part).isdecimal() or len(whole) > 6:
        return 0
    part = part[:3].ljust(3, "0")
    return int((whole or "0") + part) * times // (over * 1000)


class Grid:
    """The sizes of the columns and rows of a sheet."""

    def __init__(self, root: _Element, ns: str) -> None:
        self.columns: list[tuple[int, int, int]] = []
        for column in root.iter(f"{ns}col"):
            low, high = (whole(column.get(key), 0) for key in ("min", "max"))
            width = 0 if column.get("hidden") in ("1", "true") else pixels(column.get("width"), CHARACTER, 1)
            self.columns.append((low - 1, high - 1, width))
        default = root.find(f"{ns}sheetFormatPr")
        self.column = pixels(default.get("defaultColWidth"), CHARACTER, 1) if default is not None else 0
        self.row = pixels(default.get("defaultRowHeight"), 4, 3) if default is not None else 0
        self.rows = {
            whole(row.get("r")) - 1: 0 if row.get("hidden") in ("1", "true") else pixels(row.get("ht"), 4, 3)
            for row in root.iter(f"{ns}row")
            if row.get("ht") or row.get("hidden")
        }

    def anchor(self, cell: str, width: int, height: int) -> tuple[int, int, str]:
        """Row and column of ``cell``, and the anchor of a box of that size at its right upper corner."""
        at = position(cell)
        row, column = (0, 0) if at is None else (at.row - 1, at.column)
        left, left_at = min(column + 1, LAST_COLUMN), GAP
        right, right_at = self._walk(left, width + GAP, self._width, LAST_COLUMN)
        top = max(row - 1, 0)
        top_at = max(self._height(top) - GAP, 0) if row else 0
        bottom, bottom_at = self._walk(top, height + top_at, self._height, LAST_ROW)
        return row, column, f"{left}, {left_at}, {top}, {top_at}, {right}, {right_at}, {bottom}, {bottom_at}"

    @staticmethod
    def _walk(at: int, distance: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
        """The column or row that lies ``distance`` behind the beginning of ``at``, and how far in it."""
        while distance >= (step := size(at)) and at < last:
            distance -= step
            at += 1
        return at, min(distance, size(at))

    def _width(self, column: int) -> int:
        for low, high, width in self.columns:
            if low <= column <= high:
                return width
        return self.column or COLUMN

    def _height(self, row: int) -> int:
        return self.rows.get(row, self.row or ROW)
