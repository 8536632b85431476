"""xls and et (Excel 97 to 2003, WPS): the cells of each sheet as a person sees them; macros are never looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from calcverify.readers.blocks import SheetRow
from calcverify.readers.cell_names import Position
from calcverify.readers.fault import Unreadable, damaged
from calcverify.readers.model import Item, Options
from calcverify.readers.number_format import GENERAL, TEXT, decimal_of, shown
from calcverify.readers.sheets import Budget, Sheet, unmerged
from calcverify.readers.workbook import read_sheets

_NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms of every sheet of the workbook."""
    yield from read_sheets(sheets_of(data), name, options)


def sheets_of(data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook in its order. Raises ``Unreadable`` where it is damaged, protected or too large."""
    try:
        # Rows end with their last cell: a sheet may say that it has 65,536 rows of 256 cells.
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        )
    except Exception as error:  # xlrd lets through whatever a damaged record causes
        raise _fault(error) from error
    budget = Budget()
    for index in range(book.nsheets):
        try:
            page = book.sheet_by_index(index)
        except Exception as error:
            raise _fault(error) from error
        yield _sheet(book, page, budget)
        book.unload_sheet(index)


def _fault(error: Exception) -> Unreadable:
    return Unreadable("CV917") if "encrypted" in str(error).lower() else damaged(error)


def _sheet(book: Any, page: Any, budget: Budget) -> Sheet:
    """One sheet; ``book`` and ``page`` are xlrd's, which has no types."""
    sheet = Sheet(page.name, hidden=page.visibility != 0)
    rows: list[SheetRow] = []
    for index in range(page.nrows):
        cells: list[tuple[int, str]] = []
        for column, cell in enumerate(page.row(index)):
            text = _text(book, cell)
            if not text.strip():
                continue
            budget.spend(text)
            cells.append((column, text))
        if cells:
            info = page.rowinfo_map.get(index)
            rows.append(SheetRow(index + 1, cells, bool(info is not None and (info.hidden or info.height == 0))))
    columns = page.colinfo_map.items()
    sheet.hidden_columns = frozenset(column for column, info in columns if info.hidden or info.width == 0)
    merged = [(Position(top + 1, left), Position(bottom, right - 1)) for top, bottom, left, right in page.merged_cells]
    sheet.rows, sheet.wide = unmerged(rows, merged)
    return sheet


def _text(book: Any, cell: Any) -> str:
    """What a cell of xlrd shows."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
    if cell.ctype not in _NUMBERS:
        return ""
    number = decimal_of(repr(cell.value))
    return "" if number is None else shown(number, _format(book, cell), bool(book.datemode))


def _format(book: Any, cell: Any) -> str:
    """The number format of a cell."""
    if cell.xf_index is None or cell.xf_index >= len(book.xf_list):
        return GENERAL
    found = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    code = str(found.format_str) if found is not None else GENERAL
    return GENERAL if code == TEXT else code
