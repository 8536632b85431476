"""The styles of a workbook: the font of a cell, a cell's style with a fill, styles of the summary."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from calcverify.annotate.model import CannotMarkError
from calcverify.annotate.opc import Package, whole
from calcverify.verify.model import Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

# Of a figure, and of the cell of a number: red and amber that can be told apart in grey, too. None
# of them is in a palette: they tell what is ours when a copy is marked again.
COLOURS = {Severity.ERROR: "FFC00A0B", Severity.WARNING: "FFB45F07", Severity.NOTICE: "FF44546B"}
FILLS = {Severity.ERROR: "FFFFC7CD", Severity.WARNING: "FFFFEB9D", Severity.NOTICE: "FFDDEBF8"}


class Styles:
    """``styles.xml``: what is asked for is added once, behind what there is."""

    def __init__(self, package: Package, ns: str) -> None:
        link = package.related(package.main, "styles")
        if link is None or link.target not in package:
            raise CannotMarkError("工作簿没有样式部分", "the workbook has no styles")
        self.ns = ns
        self.root = package.tree(link.target)
        self._made: dict[tuple[object, ...], int] = {}

    def run_font(self, style: int) -> list[_Element]:
        """The font of a cell's style as the properties of a run of text."""
        xf = self._at("cellXfs", style)
        font = self._at("fonts", whole(xf.get("fontId"), 0)) if xf is not None else None
        parts = []
        for part in font if font is not None else ():
            copy = deepcopy(part)
            copy.tail = None
            if part.tag == f"{self.ns}name":
                copy.tag = f"{self.ns}rFont"
            parts.append(copy)
        return parts

    def filled(self, style: int, severity: Severity) -> int:
        """The number of the style ``style`` with the fill of ``severity``."""
        key = ("filled", style, severity)
        if key not in self._made:
            old = self._at("cellXfs", style)
            xf = self._new("xf") if old is None else deepcopy(old)
            xf.set("fillId", str(self.fill(FILLS[severity])))
            xf.set("applyFill", "1")
            self._made[key] = self._append("cellXfs", xf)
        return self._made[key]

    def fill(self, rgb: str) -> int:
        """The number of a solid fill."""
        key = ("fill", rgb)
        if key not in self._made:
            fill = self._new("fill")
            pattern = self._sub(fill, "patternFill", patternType="solid")
            self._sub(pattern, "fgColor", rgb=rgb)
            self._sub(pattern, "bgColor", indexed="64")
            self._made[key] = self._append("fills", fill)
        return self._made[key]

    def style(self, *, size: int = 10, bold: bool = False, rgb: str = "", link: bool = False, fill: str = "",
              framed: bool = True) -> int:  # fmt: skip
        """The number of a style of the summary: top, left, wrapped."""
        key = ("style", size, bold, rgb, link, fill, framed)
        if key not in self._made:
            xf = self._new("xf", numFmtId="49", applyNumberFormat="1", xfId="0", applyAlignment="1")
            xf.set("fontId", str(self._font(size, bold, "FF0563C1" if link else rgb, link)))
            xf.set("applyFont", "1")
            xf.set("fillId", str(self.fill(fill)) if fill else "0")
            xf.set("applyFill", "1")
            xf.set("borderId", str(self._border()) if framed else "0")
            xf.set("applyBorder", "1")
            self._sub(xf, "alignment", vertical="top", horizontal="left", **({"wrapText": "1"} if framed else {}))
            self._made[key] = self._append("cellXfs", xf)
        return self._made[key]

    def _font(self, size: int, bold: bool, rgb: str, underlined: bool) -> int:
        font = self._new("font")
        if bold:
            self._sub(font, "b")
        if underlined:
            self._sub(font, "u")
        self._sub(font, "sz", val=str(size))
        if rgb:
            self._sub(font, "color", rgb=rgb)
        self._sub(font, "name", val="宋体")
        self._sub(font, "charset", val="134")
        return self._append("fonts", font)

    def _border(self) -> int:
        if ("border",) not in self._made:
            border = self._new("border")
            for side in ("left", "right", "top", "bottom"):
                self._sub(self._sub(border, side, style="thin"), "color", rgb="FFBFBFBF")
            self._sub(border, "diagonal")
            self._made["border",] = self._append("borders", border)
        return self._made["border",]

    def _group(self, name: str) -> _Element:
        group = self.root.find(f"{self.ns}{name}")
        if group is None:
            raise CannotMarkError("工作簿的样式不完整", "the styles of the workbook are incomplete")
        return group

    def _at(self, group: str, number: int) -> _Element | None:
        found = self._group(group).findall(f"{self.ns}*")
        return found[number] if 0 <= number < len(found) else None

    def _append(self, group: str, element: _Element) -> int:
        """Add to a group; the number it has there."""
        parent = self._group(group)
        number = len(parent.findall(f"{self.ns}*"))
        parent.append(element)
        parent.set("count", str(number + 1))
        return number

    def _new(self, name: str, **attributes: str) -> _Element:
        from lxml import etree

        element = etree.Element(f"{self.ns}{name}")
        for key, value in attributes.items():
            element.set(key, value)
        return element

    def _sub(self, parent: _Element, name: str, **attributes: str) -> _Element:
        element = self._new(name, **attributes)
        parent.append(element)
        return element
