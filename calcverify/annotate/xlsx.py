"""A workbook with a comment on each cell that a finding is about, the figure coloured, a summary in front.

The parts of the file are edited in place: loading and saving a workbook with a library drops
text boxes, check boxes and cached values, and a budget form has all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from calcverify.annotate.match import find_near
from calcverify.annotate.model import CannotMarkError, Mark, Marked, Plan
from calcverify.annotate.opc import Package, whole
from calcverify.annotate.xlsx_again import take_out
from calcverify.annotate.xlsx_comments import Comments
from calcverify.annotate.xlsx_styles import COLOURS, Styles
from calcverify.annotate.xlsx_summary import add_summary
from calcverify.annotate.xlsx_text import Strings, colour
from calcverify.readers.cell_names import cell_name, position
from calcverify.verify.model import Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORST = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


def annotate(data: bytes, plan: Plan) -> Marked:
    """The workbook of ``data`` with the notes of ``plan``; ``CannotMarkError`` where it is none."""
    package = Package(data)
    book = package.tree(package.main)
    ns = book.tag.rpartition("}")[0] + "}"
    if book.tag != f"{ns}workbook":
        raise CannotMarkError("不是 xlsx 工作簿", "not an xlsx workbook")
    styles = Styles(package, ns)
    sheets = sheet_parts(package, book, ns)
    strings = Strings(package, ns)
    take_out(package, book, sheets, strings)
    placed: set[int] = set()
    wanted: dict[str, list[Mark]] = {}
    for mark in plan.marks:
        if mark.locator.sheet in sheets and mark.locator.cell:
            wanted.setdefault(mark.locator.sheet, []).append(mark)
    for sheet, marks in wanted.items():
        placed |= Sheet(package, sheets[sheet], ns, styles, strings).write(marks, plan.lang)
    add_summary(package, ns, styles, plan, frozenset(placed))
    return Marked(package.save(), frozenset(placed))


def sheet_parts(package: Package, book: _Element, ns: str) -> dict[str, str]:
    """The part of every worksheet, by the name of the sheet."""
    targets = {link.id: link.target for link in package.relations(package.main) if link.kind == "worksheet"}
    found = {}
    for sheet in book.iter(f"{ns}sheet"):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        if link in targets and targets[link] in package:
            found[sheet.get("name") or ""] = targets[link]
    return found


class Sheet:
    """A worksheet that notes are written into."""

    def __init__(self, package: Package, part: str, ns: str, styles: Styles, strings: Strings) -> None:
        self.package, self.part, self.ns, self.styles, self.strings = package, part, ns, styles, strings
        self.root = package.tree(part)

    def write(self, marks: list[Mark], lang: str) -> set[int]:
        """Write every mark whose cell there is; the numbers of their notes."""
        cells: dict[str, list[Mark]] = {}
        for mark in marks:
            cells.setdefault(mark.locator.cell or "", []).append(mark)
        found = [(name, cell, cells[name]) for name, cell in self._cells() if name in cells]
        if not found:
            return set()
        comments = Comments(self.package, self.part, self.ns)
        placed: set[int] = set()
        for name, cell, here in found:
            self._colour(cell, here)
            noted = [mark for mark in here if mark.noted]
            if noted and comments.add(name, noted, lang):
                placed |= {mark.note.number for mark in noted}
        comments.write()
        return placed

    def _cells(self) -> Iterator[tuple[str, _Element]]:
        """Every cell with its name; some programs leave the names out, and cells are then counted."""
        number = 0
        for row in self.root.iter(f"{self.ns}row"):
            number = whole(row.get("r"), number + 1)
            column = -1
            for cell in row.findall(f"{self.ns}c"):
                at = position(cell.get("r") or "")
                column = at.column if at is not None else column + 1
                yield cell_name(number, column), cell

    def _colour(self, cell: _Element, marks: list[Mark]) -> None:
        """Colour the figures of a text cell; fill any other cell that is marked, or marked as a whole."""
        loud = sorted((m for m in marks if m.coloured), key=lambda m: _WORST.index(m.note.severity), reverse=True)
        if not loud:
            return
        string = self.strings.of(cell)
        if string is None:
            worst = loud[-1].note.severity
            cell.set("s", str(self.styles.filled(whole(cell.get("s"), 0), worst)))
            return
        # The worst is written last, so that its colour stays where two figures overlap.
        for mark in loud:
            span = find_near(string.text, mark.text, mark.start) if mark.text else None
            if span is not None:
                font = self.styles.run_font(whole(cell.get("s"), 0))
                string = colour(string, span, COLOURS[mark.note.severity], font, self.ns)
        self.strings.put(cell, string)
