"""ods, fods: the cells of each sheet of an OpenDocument workbook, whose file holds them as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcverify.forms.model import Remark
from calcverify.readers.blocks import SheetRow
from calcverify.readers.cell_names import Position
from calcverify.readers.formula import Book, Formulas, Kept, shown_value
from calcverify.readers.model import Item, Options
from calcverify.readers.number_format import decimal_of, general
from calcverify.readers.package import OneMember, Package
from calcverify.readers.sheets import ERRORS, Budget, Sheet, unmerged
from calcverify.readers.workbook import read_sheets
from calcverify.readers.xml_parts import Element, attribute, elements, name_of
from calcverify.source import Locator

_CONTENT = "content.xml"
# Columns of a sheet; a row repeats its empty cells up to here and says so in one element.
_MOST_COLUMNS = 16_384
# A row or cell with text that is repeated, so many times at the most.
_MOST_REPEATED = 1_000
# Stands in a cell until every sheet is read; XML cannot hold this character.
_WAITING = "\0"
_PLACE = re.compile(
    r"\[(?P<sheet>\$?(?:'(?:[^'\]]|'')*'|[^.'\[\]:]*))\.(?P<first>[$A-Za-z0-9]+)(?::[^.\[\]]*\.(?P<last>[$A-Za-z0-9]+))?\]"
)


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms of every sheet of the workbook."""
    yield from read_sheets(sheets_of(data), name, options)


def sheets_of(data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook in its order. Raises ``Unreadable`` where it is damaged or too large."""
    package = Package(data) if data.startswith(b"PK") else OneMember(data)
    budget = Budget()
    unseen: set[str] = set()
    book = Book()
    pages: list[_Page] = []
    page = _Page(budget, unseen, book)
    for element in elements(package, _CONTENT, "style", "table-column", "table-row", "shapes", "table"):
        kind = name_of(element)
        if isinstance(package, OneMember) and _is_embedded(element):
            continue
        if kind == "style":
            properties = (child for child in element if name_of(child) == "table-properties")
            if any(attribute(child, "display") == "false" for child in properties):
                unseen.add(attribute(element, "name") or "")
        elif kind == "table-column":
            page.column(element)
        elif kind == "table-row":
            page.row(element)
        elif kind == "shapes":
            page.shapes(element)
        elif kind == "table":
            page.close(element)
            pages.append(page)
            page = _Page(budget, unseen, book)
    for each in pages:  # a formula may refer to a sheet behind it
        yield each.sheet()


def _is_embedded(element: Element) -> bool:
    """Whether an element belongs to a chart on the sheet, which a file of one document holds in place."""
    return any(name_of(above) == "object" for above in element.iterancestors())


class _Page:
    """A sheet in the making: rows come before the end of the table that they stand in."""

    def __init__(self, budget: Budget, unseen: set[str], book: Book) -> None:
        self._budget, self._unseen, self._book = budget, unseen, book
        self._title, self._is_hidden = "", False
        self._rows: list[SheetRow] = []
        self._merged: list[tuple[Position, Position]] = []
        self._hidden: set[int] = set()
        self._columns = 0
        self._number = 0
        self._formulas = Formulas(book)
        self._drawn: list[str] = []

    def column(self, element: Element) -> None:
        """A column, or several alike."""
        count = min(_count(attribute(element, "number-columns-repeated")), _MOST_COLUMNS)
        if attribute(element, "visibility") in ("collapse", "filter"):
            self._hidden |= set(range(self._columns, min(self._columns + count, _MOST_COLUMNS)))
        self._columns += count

    def row(self, element: Element) -> None:
        """A row, or several alike."""
        count = _count(attribute(element, "number-rows-repeated"))
        hidden = attribute(element, "visibility") in ("collapse", "filter")
        if hidden:
            self._formulas.hidden_rows |= set(range(self._number + 1, self._number + 1 + min(count, _MOST_REPEATED)))
        cells = list(self._cells(element, self._number + 1))
        if cells:
            for n in range(min(count, _MOST_REPEATED)):
                for _, text in cells:
                    self._budget.spend(text)
                self._rows.append(SheetRow(self._number + 1 + n, list(cells), hidden))
        self._number += count

    def _cells(self, row: Element, number: int) -> Iterator[tuple[int, str]]:
        column = 0
        for cell in row:
            kind = name_of(cell)
            if kind not in ("table-cell", "covered-table-cell"):
                continue
            count = min(_count(attribute(cell, "number-columns-repeated")), _MOST_COLUMNS)
            if kind == "table-cell" and (len(cell) or attribute(cell, "formula") is not None):
                text = self._cell(cell, Position(number, column))
                if text.strip():
                    for n in range(min(count, _MOST_REPEATED)):
                        yield column + n, text
            column += count
            if column >= _MOST_COLUMNS:
                return

    def _cell(self, cell: Element, at: Position) -> str:
        paragraphs = [child for child in cell if name_of(child) == "p"]
        drawn = (child for child in cell if name_of(child) not in ("p", "annotation"))
        self._drawn += [text for child in drawn if (text := _words(child).strip())]
        text = "\n".join(_words(paragraph) for paragraph in paragraphs)
        across = _count(attribute(cell, "number-columns-spanned"))
        down = _count(attribute(cell, "number-rows-spanned"))
        if across > 1 or down > 1:
            self._merged.append((at, Position(at.row + down - 1, at.column + across - 1)))
        value = attribute(cell, "value") or ""
        number = decimal_of(value) if value else None
        formula = _plain(attribute(cell, "formula") or "")
        # A file that was written by a program may hold the value alone.
        shown = text or (general(number) if number is not None else "")
        if number is not None:
            self._formulas.number(at, number)
        elif shown:
            self._formulas.text(at, shown, fault=shown in ERRORS)
        if formula:
            present = attribute(cell, "value-type") is not None or bool(shown)
            typed = self._formulas.add(at, formula, Kept.of(shown, number, present=present))
            if typed is not None:
                return typed
            if not present:
                return _WAITING
        return shown

    def shapes(self, element: Element) -> None:
        """What is drawn over the sheet."""
        self._drawn += [text for child in element if (text := _words(child).strip())]

    def close(self, table: Element) -> None:
        """Take the name of the sheet when its last row is read."""
        self._title = attribute(table, "name") or ""
        self._is_hidden = (attribute(table, "style-name") or "") in self._unseen
        self._book.give_name(self._formulas, self._title)

    def sheet(self) -> Sheet:
        """The sheet when all of them are read."""
        title = self._title
        sheet = Sheet(title, hidden=self._is_hidden, hidden_columns=frozenset(self._hidden))
        rows = [row._replace(cells=list(self._worked_out(row))) for row in self._rows]
        sheet.rows, sheet.wide = unmerged([row for row in rows if row.cells], self._merged)
        for at, remark in self._formulas.remarks(sheet.place):
            sheet.notes.setdefault(at, remark)
        sheet.whole += [Remark("drawing", text, Locator(sheet=title)) for text in self._drawn]
        return sheet

    def _worked_out(self, row: SheetRow) -> Iterator[tuple[int, str]]:
        """The cells of a row, with what a formula gives for which the file keeps no result."""
        for column, text in row.cells:
            given = shown_value(self._formulas.result(Position(row.number, column))) if text == _WAITING else text
            if given.strip():
                yield column, given


def _words(element: Element) -> str:
    """The text of a paragraph; its blanks, tabs and breaks are elements of their own."""
    parts = [element.text or ""]
    for child in element:
        kind = name_of(child)
        if kind == "s":
            parts.append(" " * min(_count(attribute(child, "c")), 1000))
        elif kind == "tab":
            parts.append("\t")
        elif kind == "line-break":
            parts.append("\n")
        elif kind not in ("annotation", "note"):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _plain(formula: str) -> str:
    """``of:=SUM([.B2:.B4];[$附表.C5])`` as ``SUM(B2:B4,附表!C5)``; texts in it stay as they are."""
    bare = formula.partition("=")[2] if "=" in formula else ""
    parts = []
    for index, part in enumerate(bare.split('"')):
        parts.append(part if index % 2 else _PLACE.sub(_place, part.replace(";", ",")))
    return '"'.join(parts)


def _place(match: re.Match[str]) -> str:
    sheet, first, last = match["sheet"], match["first"], match["last"]
    return (f"{sheet.lstrip('$')}!" if sheet else "") + first + (f":{last}" if last else "")


def _count(text: str | None) -> int:
    """How often something is repeated: 1 where nothing is said."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() and 0 < len(text) < 8 else 1
