"""The text of a cell as runs, and a few of its characters in another colour."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from calcverify.annotate.opc import Package
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

    def put(self, package: Package, cell: _Element, ns: str) -> None:
        """Make it the string of ``cell``: other cells that share the old one keep that."""
        if not self.changed:
            return
        if not self.shared:
            old = cell.find(f"{ns}is")
            if old is not None:
                cell.replace(old, self.element)
            return
        table = package.tree(strings_part(package))
        items = table.findall(f"{ns}si")
        items[-1].addnext(self.element)
        if table.get("uniqueCount"):
            table.set("uniqueCount", str(len(items) + 1))
        value = cell.find(f"{ns}v")
        if value is not None:
            value.text = str(len(items))


def strings_part(package: Package) -> str:
    """The part that holds the strings of all cells; ``""`` where there is none."""
    link = package.related(package.main, "sharedStrings")
    return link.target if link is not None and link.target in package else ""


def string_of(package: Package, cell: _Element, ns: str) -> String | None:
    """The string that is typed into ``cell``; ``None`` for a number, a formula, an empty cell."""
    if cell.find(f"{ns}f") is not None:
        return None
    if cell.get("t") == "inlineStr":
        element = cell.find(f"{ns}is")
        return None if element is None else _string(deepcopy(element), False, ns)
    value, part = cell.findtext(f"{ns}v") or "", strings_part(package)
    if cell.get("t") != "s" or not part or not value.strip().isdecimal():
        return None
    items = package.view(part).findall(f"{ns}si")
    at = int(value)
    return _string(deepcopy(items[at]), True, ns) if at < len(items) else None


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
