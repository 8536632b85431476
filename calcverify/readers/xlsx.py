"""xlsx and xlsm: the cells of each sheet as a person sees them; macros and links are never looked at.

The parts of the file are read as a stream of elements. Reading them here, and not through
a library that gives numbers as binary fractions in a full rectangle, keeps ``2.70`` from
becoming ``2.7``, a sheet that says it has a million rows from taking their memory, and
tells hidden rows and formulas.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from calcverify.forms.model import Remark
from calcverify.readers.blocks import SheetRow
from calcverify.readers.cell_names import Position, parse_range, position
from calcverify.readers.fault import Unreadable
from calcverify.readers.formula import Book, Formulas, Kept, shown_value
from calcverify.readers.model import Item, Options
from calcverify.readers.number_format import BUILT_IN, GENERAL, TEXT, decimal_of, shown
from calcverify.readers.package import Package
from calcverify.readers.sheets import Budget, Sheet, unmerged
from calcverify.readers.workbook import read_sheets
from calcverify.readers.xml_parts import Element, attribute, elements, name_of
from calcverify.source import Locator

_WORKBOOK = "xl/workbook.xml"
_MOST_STYLES = 70_000
_MOST_MERGED = 100_000
# Stands in a cell until the whole sheet is read; XML cannot hold this character.
_WAITING = "\0"
# Written with _x000D_ for what XML does not hold; only the line break occurs in forms.
_ESCAPED_BREAK = "_x000D_"
_TRUE = ("1", "true")
_FALSE = ("0", "false")
_MOST_NAMES = 10_000


class _Listed(NamedTuple):
    title: str
    path: str
    hidden: bool


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms of every sheet of the workbook."""
    yield from read_sheets(sheets_of(data), name, options)


def sheets_of(data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook in its order. Raises ``Unreadable`` where it is damaged or too large."""
    book = _Book(Package(data))
    pages = [book.page(listed) for listed in book.listed]  # a formula may refer to a sheet behind it
    for page in pages:
        yield book.sheet(page)


class _Page(NamedTuple):
    """A sheet as it stands in the file: its rows, what is merged, the values and formulas of its cells."""

    sheet: Sheet
    rows: list[SheetRow]
    merged: list[tuple[Position, Position]]
    formulas: Formulas


class _Book:
    """What the sheets of a workbook share: texts, formats, the first day of its calendar."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.budget = Budget()
        self.formulas = Book()
        self.waiting: dict[tuple[str, Position], str] = {}
        self.from_1904 = self.recalculates = False
        self.listed = list(self._list())
        self.texts = list(self._texts())
        self.formats = self._formats()

    def _list(self) -> Iterator[_Listed]:
        paths = self._relations(_WORKBOOK)
        listed = []
        names: dict[str, str] = {}
        for element in elements(self.package, _WORKBOOK, "sheet", "workbookPr", "definedName", "calcPr"):
            kind = name_of(element)
            if kind == "workbookPr":
                self.from_1904 = element.get("date1904") in _TRUE
            elif kind == "calcPr":
                self.recalculates = element.get("fullCalcOnLoad") in _TRUE
                self.formulas.exact = element.get("fullPrecision") not in _FALSE
            elif kind == "definedName" and element.get("localSheetId") is None and len(names) < _MOST_NAMES:
                names[(element.get("name") or "").casefold()] = element.text or ""
            if kind != "sheet":
                continue
            path = paths.get(attribute(element, "id") or "", ("", ""))
            hidden = element.get("state") in ("hidden", "veryHidden")
            listed.append(_Listed(element.get("name") or "", path[1], hidden))
        self.formulas.names = names
        yield from (one for one in listed if one.path in self.package)
        if listed and not any(one.path in self.package for one in listed):
            raise Unreadable("CV916", detail="no sheet of the workbook is in the file")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Type and member of what a part refers to inside the file, by its number."""
        folder, base = posixpath.split(part)
        path = f"{folder}/_rels/{base}.rels"
        found: dict[str, tuple[str, str]] = {}
        if path not in self.package:
            return found
        for element in elements(self.package, path, "Relationship"):
            if element.get("TargetMode") == "External":
                continue
            target = element.get("Target") or ""
            inside = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id") or ""] = ((element.get("Type") or "").rpartition("/")[2], inside)
        return found

    def _part(self, kind: str) -> str | None:
        return next((path for type_, path in self._relations(_WORKBOOK).values() if type_ == kind), None)

    def _texts(self) -> Iterator[str]:
        """The texts that cells refer to by their number."""
        path = self._part("sharedStrings")
        if path is None or path not in self.package:
            return
        for element in elements(self.package, path, "si"):
            text = _text_of(element)
            self.budget.spend(text)
            yield text

    def _formats(self) -> list[str]:
        """The number format of each style of a cell."""
        path = self._part("styles")
        if path is None or path not in self.package:
            return []
        codes: dict[str, str] = {}
        styles: list[str] = []
        for element in elements(self.package, path, "numFmt", "cellXfs"):
            if name_of(element) == "numFmt":
                if element.getparent() is not None and name_of(element.getparent()) == "numFmts":
                    codes[element.get("numFmtId") or ""] = element.get("formatCode") or GENERAL
            else:
                styles = [xf.get("numFmtId") or "0" for xf in element][:_MOST_STYLES]
        return [codes.get(s) or BUILT_IN.get(int(s) if s.isdecimal() and len(s) < 6 else 0, GENERAL) for s in styles]

    def page(self, listed: _Listed) -> _Page:
        """What stands on one sheet, its formulas without a result still waiting."""
        sheet = Sheet(listed.title, hidden=listed.hidden)
        formulas = self.formulas.sheet_of(listed.title)
        hidden_columns: set[int] = set()
        merged: list[tuple[Position, Position]] = []
        rows: list[SheetRow] = []
        number = 0
        for element in elements(self.package, listed.path, "col", "row", "mergeCell", "drawing"):
            kind = name_of(element)
            if kind == "row":
                row = self._row(element, number, formulas, listed.title)
                number = row.number
                if row.hidden:
                    formulas.hidden_rows.add(number)
                if row.cells:
                    rows.append(row)
            elif kind == "col" and _is_hidden(element, "width"):
                low, high = _whole(element.get("min")), _whole(element.get("max"))
                hidden_columns |= set(range(low - 1, min(high, 16384)))
            elif kind == "mergeCell" and len(merged) < _MOST_MERGED:
                if (range_ := parse_range(element.get("ref") or "")) is not None:
                    merged.append(range_)
            elif kind == "drawing":
                self._drawing(listed, attribute(element, "id") or "", sheet)
        sheet.hidden_columns = frozenset(hidden_columns)
        return _Page(sheet, rows, merged, formulas)

    def sheet(self, page: _Page) -> Sheet:
        """The sheet with everything in it."""
        title = page.sheet.title or ""
        rows = [row._replace(cells=list(self._worked_out(row, page.formulas, title))) for row in page.rows]
        page.sheet.rows, page.sheet.wide = unmerged([row for row in rows if row.cells], page.merged)
        for place, remark in page.formulas.remarks(page.sheet.place):
            page.sheet.notes.setdefault(place, remark)
        return page.sheet

    def _worked_out(self, row: SheetRow, formulas: Formulas, title: str) -> Iterator[tuple[int, str]]:
        """The cells of a row, with what a formula gives for which the file keeps no result."""
        for column, text in row.cells:
            if text != _WAITING:
                yield column, text
                continue
            at = Position(row.number, column)
            given = shown_value(formulas.result(at), self.waiting.get((title, at), GENERAL), self.from_1904)
            if given.strip():
                yield column, given

    def _row(self, element: Element, before: int, formulas: Formulas, title: str) -> SheetRow:
        number = _whole(element.get("r")) or before + 1
        cells: list[tuple[int, str]] = []
        column = -1
        for cell in element:
            if name_of(cell) != "c":
                continue
            at = position(cell.get("r") or "")
            column = at.column if at is not None else column + 1
            text = self._cell(cell, Position(number, column), formulas, title)
            if text.strip():
                self.budget.spend(text)
                cells.append((column, text))
        cells.sort(key=lambda cell: cell[0])
        return SheetRow(number, cells, _is_hidden(element, "ht"))

    def _cell(self, cell: Element, at: Position, formulas: Formulas, title: str) -> str:
        """The text that a cell shows."""
        value, formula, inline, kept = "", None, None, False
        for part in cell:
            kind = name_of(part)
            if kind == "v":
                value, kept = part.text or "", True
            elif kind == "f":
                formula = part
            elif kind == "is":
                inline = _text_of(part)
        kind, code = cell.get("t") or "n", self._format(cell.get("s"))
        text = inline if inline is not None else self._shown(value, kind, code)
        number = decimal_of(value) if kind == "n" else None
        if number is not None:
            formulas.number(at, number)
        elif kind == "b":
            formulas.truth(at, text == "TRUE")
        elif text:
            formulas.text(at, text, fault=kind == "e")
        if formula is not None:
            present = bool(value.strip()) or (kept and kind == "str")
            # A program that does not calculate writes 0, and asks the office program to calculate.
            result = Kept.of(text, number, present=present, sure=not (self.recalculates and number == 0))
            written = formulas.add(at, formula.text or "", result, formula.get("si"), formula.get("t"))
            if written is not None:  # =100% is what a person typed
                return written
            if not result.counts:
                self.waiting[title, at] = code
                return _WAITING
        return text

    def _format(self, style: str | None) -> str:
        at = _whole(style)
        return self.formats[at] if at < len(self.formats) else GENERAL

    def _shown(self, value: str, kind: str, code: str) -> str:
        if kind == "s":
            at = _whole(value)
            return self.texts[at] if at < len(self.texts) else ""
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind not in ("n", ""):
            return value
        number = decimal_of(value)
        if number is None:
            return value.strip()
        return shown(number, GENERAL if code == TEXT else code, self.from_1904)

    def _drawing(self, listed: _Listed, number: str, sheet: Sheet) -> None:
        """Texts in boxes over the sheet: they are told, not read."""
        path = self._relations(listed.path).get(number, ("", ""))[1]
        if path not in self.package:
            return
        for element in elements(self.package, path, "txBody"):
            text = "".join(t.text or "" for t in element.iter("{*}t")).strip()
            if text:
                self.budget.spend(text)
                sheet.whole.append(Remark("drawing", text, Locator(sheet=listed.title)))


def _text_of(element: Element) -> str:
    """The text of a rich text without the reading aids over its characters."""
    parts = []
    for child in element:
        kind = name_of(child)
        if kind == "t":
            parts.append(child.text or "")
        elif kind == "r":
            parts += [t.text or "" for t in child if name_of(t) == "t"]
    return "".join(parts).replace(_ESCAPED_BREAK, "").replace("\r\n", "\n")


def _whole(text: str | None) -> int:
    """A number of the file from 0; 0 for what is none."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or column is hidden, or so small that nobody sees it."""
    if element.get("hidden") in ("1", "true"):
        return True
    return element.get(size) in ("0", "0.0")
