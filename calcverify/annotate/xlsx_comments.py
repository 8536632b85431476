"""The comments of a worksheet: their texts, and the boxes that they are drawn in (VML, as Excel has it).

Comments that are there stay; where a cell has one, ours is written below it. The drawing
also holds check boxes and buttons of the form: it is not parsed, a box is put in before its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from calcverify.annotate.model import AUTHOR, Mark
from calcverify.annotate.notes import comment_lines
from calcverify.annotate.opc import Package, whole
from calcverify.annotate.xlsx_grid import Grid

if TYPE_CHECKING:
    from lxml.etree import _Element

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What may stand behind <legacyDrawing> in a worksheet.
AFTER = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
# Pixels of a line of text, of a character, of a box.
LINE, CHARACTER, WIDTH = 16, 13, 380

VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    "</o:shapelayout></xml>"
)
KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
BOX = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;z-index:1;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"{spaces}><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
# What parts a comment that was there from ours.
BELOW = "—— calcverify ——"
_BEGIN, _END = re.compile(rb"<v:shape[\s>]"), b"</v:shape>"
_ROW, _COLUMN = re.compile(rb"<x:Row>\s*([0-9]{1,7})\s*<"), re.compile(rb"<x:Column>\s*([0-9]{1,5})\s*<")
_ANCHOR = re.compile(rb"(<x:Anchor>)[^<]*")
SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}


class Comments:
    """The comments of one sheet, made or gone on with."""

    def __init__(self, package: Package, sheet: str, ns: str) -> None:
        self.package, self.sheet, self.ns = package, sheet, ns
        self.grid = Grid(package.tree(sheet), ns)
        self.part = self._texts_part()
        self.root = package.tree(self.part)
        self.authors = self._child(self.root, "authors", 0)
        self.list = self._child(self.root, "commentList", 1)
        self.known = {each.get("ref"): each for each in self.list}
        self.boxes: list[str] = []
        self.grown: dict[tuple[int, int], str] = {}

    def add(self, cell: str, marks: list[Mark], lang: str) -> bool:
        """Write the notes of ``marks`` on ``cell``, below the comment that it has.

        Not where people talk with each other on a cell (a threaded comment): the program shows
        their talk and not what stands in the comment below it.
        """
        if self._author_of(cell).startswith("tc="):
            return False
        words = comment_lines(marks, lang)
        old = self.known.get(cell)
        if old is None:
            old = self._sub(self.list, "comment", ref=cell, authorId=str(self._author()))
            self._sub(old, "text")
            self.known[cell] = old
            row, column, anchor = self._box(cell, [text for text, _ in words])
            self.boxes.append(BOX.format(id="{id}", spaces="{spaces}", anchor=anchor, row=row, column=column))
        else:
            said = "".join(each.text or "" for each in old.iter(f"{self.ns}t")).split("\n")
            words = [(BELOW, True), *words]
            row, column, anchor = self._box(cell, [*said, *(text for text, _ in words)])
            self.grown[row, column] = anchor
        text = self._child(old, "text", 0)
        self._plain_to_run(text)
        first = not len(text)
        for line, bold in words:
            self._run(text, line if first else f"\n{line}", bold)
            first = False
        return True

    def _author_of(self, cell: str) -> str:
        comment = self.known.get(cell)
        number = whole(comment.get("authorId")) if comment is not None else -1
        known = self.authors.findall(f"{self.ns}author")
        return known[number].text or "" if 0 <= number < len(known) else ""

    def _box(self, cell: str, lines: list[str]) -> tuple[int, int, str]:
        """Row, column and anchor of a box that holds the lines."""
        height = LINE * (1 + sum(1 + len(text) * CHARACTER // WIDTH for text in lines))
        return self.grid.anchor(cell, WIDTH, min(height, 600))

    def write(self) -> None:
        """Put the boxes of new comments into the sheet's drawing; those that were gone on with grow."""
        if not self.boxes and not self.grown:
            return
        part = self._drawing_part()
        data = each_shape(self.package.read(part), self._larger)
        spaces = "".join(f' xmlns:{p}="{u}"' for p, u in SPACES.items() if f"xmlns:{p}=".encode() not in data)
        used = [int(n) for n in re.findall(rb"_x0000_s(\d{1,9})", data)]
        number = max([1024, *used])
        new = "" if b"_x0000_t202" in data else KIND
        for box in self.boxes:
            number += 1
            new += box.replace("{id}", str(number)).replace("{spaces}", spaces)
        head, end, tail = data.rpartition(b"</xml>")
        self.package.put(part, head + new.encode("ascii") + end + tail)

    def _larger(self, shape: bytes) -> bytes:
        """A box of the drawing with its new anchor, if it is that of a comment that was gone on with."""
        anchor = self.grown.get(place_of(shape) or (-1, -1))
        return shape if anchor is None else _ANCHOR.sub(rb"\g<1>" + anchor.encode("ascii"), shape, count=1)

    def _texts_part(self) -> str:
        link = self.package.related(self.sheet, "comments")
        if link is not None and link.target in self.package:
            return link.target
        part = self.package.free_name("xl/comments{}.xml")
        space = self.ns.strip("{}")
        self.package.put(part, f'<comments xmlns="{space}"><authors/><commentList/></comments>'.encode(), COMMENTS_TYPE)
        self.package.relate(self.sheet, "comments", part)
        return part

    def _drawing_part(self) -> str:
        root = self.package.tree(self.sheet)
        drawing = root.find(f"{self.ns}legacyDrawing")
        if drawing is not None:
            wanted = next((value for key, value in drawing.attrib.items() if str(key).endswith("}id")), "")
            for link in self.package.relations(self.sheet):
                if link.id == wanted and link.target in self.package:
                    return link.target
            root.remove(drawing)
        part = self.package.free_name("xl/drawings/vmlDrawing{}.vml")
        self.package.put(part, VML.encode("ascii"), VML_TYPE)
        link_id = self.package.relate(self.sheet, "vmlDrawing", part)
        from lxml import etree

        space = "http://purl.oclc.org/ooxml" if self.package.strict else "http://schemas.openxmlformats.org"
        tail = "officeDocument/relationships" if self.package.strict else "officeDocument/2006/relationships"
        element = etree.Element(f"{self.ns}legacyDrawing")
        element.set(f"{{{space}/{tail}}}id", link_id)
        behind = next((each for each in root if each.tag in {f"{self.ns}{name}" for name in AFTER}), None)
        if behind is None:
            root.append(element)
        else:
            behind.addprevious(element)
        return part

    def _author(self) -> int:
        for number, author in enumerate(self.authors):
            if author.text == AUTHOR:
                return number
        self._sub(self.authors, "author").text = AUTHOR
        return len(self.authors) - 1

    def _plain_to_run(self, text: _Element) -> None:
        """Text without runs, which some programs write, becomes a run that others can follow."""
        plain = text.find(f"{self.ns}t")
        if plain is not None:
            run = self._sub(text, "r")
            run.append(plain)

    def _run(self, text: _Element, words: str, bold: bool) -> None:
        run = self._sub(text, "r")
        props = self._sub(run, "rPr")
        if bold:
            self._sub(props, "b")
        self._sub(props, "sz", val="9")
        self._sub(props, "color", indexed="81")
        self._sub(props, "rFont", val="宋体")
        self._sub(props, "charset", val="134")
        held = self._sub(run, "t")
        held.text = words
        held.set(_SPACE, "preserve")

    def _child(self, parent: _Element, name: str, place: int) -> _Element:
        from lxml import etree

        found = parent.find(f"{self.ns}{name}")
        if found is None:
            found = etree.Element(f"{self.ns}{name}")
            parent.insert(place, found)
        return found

    def _sub(self, parent: _Element, name: str, **attributes: str) -> _Element:
        from lxml import etree

        element = etree.SubElement(parent, f"{self.ns}{name}")
        for key, value in attributes.items():
            element.set(key, value)
        return element


def each_shape(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A drawing with each of its shapes changed; what stands between them stays."""
    parts, at = list[bytes](), 0
    while (begin := _BEGIN.search(data, at)) is not None and (end := data.find(_END, begin.end())) >= 0:
        end += len(_END)
        parts += (data[at : begin.start()], change(data[begin.start() : end]))
        at = end
    return b"".join((*parts, data[at:]))


def place_of(shape: bytes) -> tuple[int, int] | None:
    """Row and column, both from 0, of the cell whose comment is drawn in a shape; ``None`` for any other shape."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None or b'ObjectType="Note"' not in shape:
        return None
    return int(row[1]), int(column[1])
