"""The text of a cell as runs, and a few of its characters in another colour."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from calcverify.annotate.opc import Package, whole
from calcverify.source import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class String(NamedTuple):
    """A string of a cell: its element (``si`` or ``is``) as a copy, and whether it was changed."""

    element: _Element
    text: str
    shared: bool
    changed: bool = False


class Strings:
    """The strings that are typed into the cells of a workbook; most stand in a table that cells share."""

    def __init__(self, package: Package, ns: str) -> None:
        self.package, self.ns = package, ns
        link = package.related(package.main, "sharedStrings")
        self.part = link.target if link is not None and link.target in package else ""
        self.table = package.view(self.part).findall(f"{ns}si") if self.part else []

    def of(self, cell: _Element) -> String | None:
        """The string that is typed into ``cell``; ``None`` for a number, a formula, an empty cell."""
        ns = self.ns
        if cell.find(f"{ns}f") is not None:
            return None
        if cell.get("t") == "inlineStr":
            element = cell.find(f"{ns}is")
            return None if element is None else _string(deepcopy(element), False, ns)
        at = whole((cell.findtext(f"{ns}v") or "").strip()) if cell.get("t") == "s" else -1
        return _string(deepcopy(self.table[at]), True, ns) if 0 <= at < len(self.table) else None

    def put(self, cell: _Element, string: String) -> None:
        """Make it the string of ``cell``: other cells that share the old one keep that."""
        ns = self.ns
        if not string.changed:
            return
        if not string.shared:
            old = cell.find(f"{ns}is")
            if old is not None:
                cell.replace(old, string.element)
            return
        root = self.package.tree(self.part)
        self.table[-1].addnext(string.element)
        self.table.append(string.element)
        if root.get("uniqueCount"):
            root.set("uniqueCount", str(len(self.table)))
        value = cell.find(f"{ns}v")
        if value is not None:
            value.text = str(len(self.table) - 1)


def _string(element: _Element, shared: bool, ns: str) -> String:
    element.tail = None
    return String(element, "".join(t.text or "" for t in texts(element, ns)), shared)


def texts(element: _Element, ns: str) -> list[_Element]:
    """The elements that hold the text of a string, in order; not those of its reading aid (rPh)."""
    return [t for child in element if child.tag in (f"{ns}t", f"{ns}r") for t in child.iter(f"{ns}t")]


def colour(string: String, span: Span, rgb: str, font: list[_Element], ns: str) -> String:
    """The string with the characters of ``span`` in the colour ``rgb`` and bold; the rest as it was.

    ``font`` are the properties of the cell's own font for a run that has none.
    """
    from lxml import etree

    element, at = string.element, 0
    for text in texts(element, ns):
        words = text.text or ""
        start, end = max(span.start - at, 0), min(span.end - at, len(words))
        at += len(words)
        if start >= end:
            continue
        run = text.getparent()
        if text is element or run is None or run is element:  # a plain string: make it a run
            run = etree.Element(f"{ns}r")
            element.replace(text, run)
            run.append(text)
        runs = [deepcopy(run) for _ in range(3)]
        pieces = (words[:start], words[start:end], words[end:])
        for each, piece, marked in zip(runs, pieces, (False, True, False), strict=True):
            if not piece:
                continue
            held = next(each.iter(f"{ns}t"))
            held.text = piece
            held.set(_SPACE, "preserve")
            properties(each, font, rgb if marked else None, ns)
            run.addprevious(each)
        element.remove(run)
    return string._replace(changed=True)


def properties(run: _Element, font: list[_Element], rgb: str | None, ns: str) -> None:
    """Give ``run`` the font of its cell where it has none, and the colour."""
    from lxml import etree

    props = run.find(f"{ns}rPr")
    if props is None:
        props = etree.Element(f"{ns}rPr")
        props.extend(deepcopy(part) for part in font)
        run.insert(0, props)
    if rgb is None:
        return
    for old in [*props.findall(f"{ns}color"), *props.findall(f"{ns}b")]:
        props.remove(old)
    etree.SubElement(props, f"{ns}color").set("rgb", rgb)
    props.insert(0, etree.Element(f"{ns}b"))
