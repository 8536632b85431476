"""Word files (docx): paragraphs and tables in the order of the body.

Places, for whoever looks them up in the file again:

- ``table`` counts the ``w:tbl`` elements of the body in document order from 1, those within
  cells included;
- ``row`` counts the rows of its table from 1 (rows that were deleted under tracked changes
  count, too);
- ``cell`` is the first column of the table's grid that the cell covers, from 1;
- ``paragraph`` counts the ``w:p`` elements of the body that stand in no table and no text
  box, from 1; those in content controls count.

An offset into the text of a cell counts in its own paragraphs (not those of tables within it)
joined by line breaks, as :func:`calcverify.readers.word_text.joined` gives them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from lxml import etree

from calcverify.forms.labels import load_labels
from calcverify.forms.layout import Layout
from calcverify.forms.model import Remark
from calcverify.readers.fault import Unreadable, damaged
from calcverify.readers.model import Item, Options
from calcverify.readers.own import SUMMARY_TAG
from calcverify.readers.package import Package
from calcverify.readers.sheets import read_documents
from calcverify.readers.word_text import Element, Tell, child, is_on, joined, local, value
from calcverify.source import Locator

DOCUMENT = "word/document.xml"
# A form has half a megabyte of XML; a tree of it takes ten times as much memory.
MOST_XML = 40_000_000
# What holds paragraphs and tables, rows or cells, and says nothing itself.
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})
_LONGEST_NOTE = 40
# Five hundred forms have 20,000 rows.
MOST_ROWS = 40_000


class CellElement(NamedTuple):
    """A cell of a row: its first grid column from 0 and its element."""

    column: int
    element: Element


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms of a Word file."""
    package = Package(data)
    layout = Layout()
    body = child(parsed(package.read(DOCUMENT)), "body")
    if body is None:
        raise Unreadable("CV916", detail="no body")
    _notes(package, layout)
    _Walk(layout).blocks(body)
    yield from read_documents((layout.document(name),), name, options)


def parsed(xml: bytes) -> Element:
    """The root of a part; ``Unreadable`` where it is too large, damaged, or has a document type."""
    if len(xml) > MOST_XML:
        raise Unreadable("CV911", limit=f"{MOST_XML // 1_000_000} MB")
    if b"<!DOCTYPE" in xml[:4096].replace(b"\0", b"").upper():
        raise Unreadable("CV916", detail="document type in XML")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(error) from error


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, not those of tables within it."""
    return _within(table, "tr")


def cells_of(row: Element) -> Iterator[CellElement]:
    """The cells of a row that are not the rest of one merged with a cell above or to the left."""
    column = _number(child(row, "trPr", "gridBefore"), 0)
    for cell in _within(row, "tc"):
        properties = child(cell, "tcPr")
        above = child(properties, "vMerge")
        left = child(properties, "hMerge")
        rest = any(e is not None and value(e) in (None, "continue") for e in (above, left))
        if not rest:
            yield CellElement(column, cell)
        column += _number(child(properties, "gridSpan"), 1)


def paragraphs_of(cell: Element) -> list[Element]:
    """The paragraphs of a cell or of a body, not those of tables within it."""
    return list(_within(cell, "p"))


def _within(element: Element, name: str) -> Iterator[Element]:
    """The children of this name, also those in content controls."""
    for each in element:
        found = local(each)
        if found == name:
            yield each
        elif found in _WRAPPERS and not is_own(each) and not (name == "p" and _is_placeholder(each)):
            yield from _within(each, name)


def tables_of(element: Element) -> Iterator[Element]:
    """The tables of a cell, not those of tables within it."""
    return _within(element, "tbl")


def blocks_of(element: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body in their order, also those in content controls."""
    for each in element:
        name = local(each)
        if name in ("p", "tbl"):
            yield each
        elif name in _WRAPPERS and not is_own(each) and not _is_placeholder(each):
            yield from blocks_of(each)


def is_own(element: Element) -> bool:
    """Whether a content control is the summary of a marked copy."""
    return value(child(element, "sdtPr", "tag")) == SUMMARY_TAG


def _is_placeholder(element: Element) -> bool:
    return is_on(child(element, "sdtPr", "showingPlcHdr"))


def _number(element: Element | None, default: int) -> int:
    written = value(element) or ""
    return min(int(written), 10_000) if written.isascii() and written.isdecimal() and len(written) < 6 else default


class _Walk:
    """The blocks of a body on their way into a layout, counted."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.tables = count(1)
        self.paragraphs = count(1)
        self.rows = 0
        self.told: set[tuple[str, Locator]] = set()

    def blocks(self, element: Element) -> None:
        """Paragraphs and tables, in their order."""
        held: list[tuple[int, Element]] = []
        for block in blocks_of(element):
            if local(block) == "tbl":
                self.table(block)
                continue
            held.append((next(self.paragraphs), block))
            mark = child(block, "pPr", "rPr")
            if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
                continue
            locator = Locator(paragraph=held[0][0])
            self.layout.paragraph(joined([p for _, p in held], self._teller(locator)), locator)
            held = []

    def table(self, table: Element) -> None:
        """A table, its rows one by one."""
        number = next(self.tables)
        for n, row in enumerate(rows_of(table), 1):
            if child(row, "trPr", "del") is not None:
                self.layout.remark(Remark("tracked changes", "", Locator(table=number, row=n)), here=True)
                self._skip(row)
                continue
            self._row(row, number, n)

    def _row(self, row: Element, number: int, n: int) -> None:
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise Unreadable("CV911", limit=f"{MOST_ROWS} rows")
        cells: list[tuple[int, str, Locator]] = []
        inner: list[Element] = []
        for cell in cells_of(row):
            locator = Locator(table=number, row=n, cell=str(cell.column + 1))
            text = joined(paragraphs_of(cell.element), self._teller(locator))
            cells.append((cell.column, text, locator))
            tables = list(tables_of(cell.element))
            if tables and any(words.strip() for _, words, _ in cells[:-1]):
                # A small table beside a label (测算依据) is the text of the field.
                for table in tables:
                    cells += self._as_text(table, cell.column)
            else:
                inner += tables
        every = list(_within(row, "tc"))
        across = len(every) == 1 and _number(child(every[0], "tcPr", "gridSpan"), 1) > 1
        self.layout.row(cells, wide=across)
        for table in inner:
            self.table(table)

    def _as_text(self, table: Element, column: int) -> Iterator[tuple[int, str, Locator]]:
        """The cells of a table as parts of the cell around it: a line a row, tabs between cells."""
        number = next(self.tables)
        for n, row in enumerate(rows_of(table), 1):
            glue = "\n"
            for cell in cells_of(row):
                locator = Locator(table=number, row=n, cell=str(cell.column + 1))
                yield column, glue, locator
                yield column, joined(paragraphs_of(cell.element), self._teller(locator)), locator
                glue = "\t"
                for inner in tables_of(cell.element):
                    yield from self._as_text(inner, column)

    def _skip(self, element: Element) -> None:
        """Count the tables of what is left out."""
        for each in element.iter():
            if local(each) == "tbl":
                next(self.tables)

    def _teller(self, locator: Locator) -> Tell:
        def tell(kind: str, text: str) -> None:
            if (kind, locator) not in self.told:  # a cell with ten insertions has changes once
                self.told.add((kind, locator))
                self.layout.remark(Remark(kind, text[:60], locator), here=True)

        return tell


def _notes(package: Package, layout: Layout) -> None:
    """A unit note that stands in the head of the page (单位：万元) belongs to the form."""
    for name in sorted(package.members):
        if name.startswith("word/header") and name.endswith(".xml"):
            for paragraph in parsed(package.read(name)).iter():
                if local(paragraph) == "p":
                    text = joined([paragraph]).strip()
                    if 0 < len(text) <= _LONGEST_NOTE and load_labels().unit_in(text) is not None:
                        layout.paragraph(text, Locator())
                        return
