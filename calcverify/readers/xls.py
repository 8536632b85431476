"""xls and et (Excel 97 to 2003, WPS): the cells of each sheet as a person sees them; macros are never looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from calcverify.readers.blocks import SheetRow
from calcverify.readers.cell_names import Position
from calcverify.readers.fault import Unreadable, damaged
from calcverify.readers.formula import Book, Formulas, Kept, shown_value
from calcverify.readers.model import Item, Options
from calcverify.readers.number_format import GENERAL, TEXT, decimal_of, shown
from calcverify.readers.sheets import Budget, Sheet, unmerged
from calcverify.readers.workbook import read_sheets
from calcverify.readers.xls_formulas import formulas_in

# Stands in a cell before the format of its number, until every sheet is read.
_WAITING = "\0"
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
    budget, formulas = Budget(), Book()
    pages: list[tuple[Sheet, Formulas]] = []
    for index in range(book.nsheets):
        try:
            page = book.sheet_by_index(index)
        except Exception as error:
            raise _fault(error) from error
        cells = formulas.sheet_of(page.name)
        waiting = _add_formulas(book, page, index, cells)
        pages.append((_sheet(book, page, budget, cells, waiting), cells))
        book.unload_sheet(index)
    for sheet, cells in pages:  # a formula may refer to a sheet behind it
        _work_out(sheet, cells)
        yield sheet


def _fault(error: Exception) -> Unreadable:
    return Unreadable("CV917") if "encrypted" in str(error).lower() else damaged(error)


def _add_formulas(book: Any, page: Any, index: int, cells: Formulas) -> set[Position]:
    """Tell the formulas of a sheet; the cells of those whose result is not kept."""
    waiting: set[Position] = set()
    for at, text, recalculates in formulas_in(book, index):
        held = page.row(at.row - 1) if at.row <= page.nrows else []
        cell = held[at.column] if at.column < len(held) else None
        number = decimal_of(repr(cell.value)) if cell is not None and cell.ctype in _NUMBERS else None
        kept = "" if cell is None else _text(book, cell)
        # A program that does not calculate writes 0 or nothing, and asks the office program to calculate.
        sure = bool(kept) and not (recalculates and number == 0)
        if cells.add(at, text, Kept.of(kept, number, sure=sure)) is None and not sure:
            waiting.add(at)
    return waiting


def _work_out(sheet: Sheet, cells: Formulas) -> None:
    """Put in what formulas give for which the file keeps no result, and what is said of formulas."""
    for row in sheet.rows:
        for place, (column, text) in enumerate(row.cells):
            if text.startswith(_WAITING):
                row.cells[place] = (column, shown_value(cells.result(Position(row.number, column)), text[1:]))
        row.cells[:] = [cell for cell in row.cells if cell[1].strip()]
    sheet.rows = [row for row in sheet.rows if row.cells]
    for at, remark in cells.remarks(sheet.place):
        sheet.notes.setdefault(at, remark)


def _sheet(book: Any, page: Any, budget: Budget, formulas: Formulas, waiting: set[Position]) -> Sheet:
    """One sheet; ``book`` and ``page`` are xlrd's, which has no types. A cell whose formula waits holds its format."""
    sheet = Sheet(page.name, hidden=page.visibility != 0)
    rows: list[SheetRow] = []
    hidden = (index for index, info in page.rowinfo_map.items() if info.hidden or info.height == 0)
    formulas.hidden_rows |= {index + 1 for index in hidden}
    for index in range(page.nrows):
        cells: list[tuple[int, str]] = []
        for column, cell in enumerate(page.row(index)):
            text = _text(book, cell)
            at = Position(index + 1, column)
            if not text.strip() and at not in waiting:
                continue
            budget.spend(text)
            _note(formulas, at, cell, text)
            cells.append((column, _WAITING + _format(book, cell) if at in waiting else text))
        if cells:
            rows.append(SheetRow(index + 1, cells, index + 1 in formulas.hidden_rows))
    columns = page.colinfo_map.items()
    sheet.hidden_columns = frozenset(column for column, info in columns if info.hidden or info.width == 0)
    merged = [(Position(top + 1, left), Position(bottom, right - 1)) for top, bottom, left, right in page.merged_cells]
    sheet.rows, sheet.wide = unmerged(rows, merged)
    return sheet


def _note(formulas: Formulas, at: Position, cell: Any, text: str) -> None:
    """Tell what a cell holds, for the formulas that refer to it."""
    if cell.ctype in _NUMBERS:
        if (number := decimal_of(repr(cell.value))) is not None:
            formulas.number(at, number)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        formulas.truth(at, bool(cell.value))
    elif text:
        formulas.text(at, text, fault=cell.ctype == xlrd.XL_CELL_ERROR)


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
