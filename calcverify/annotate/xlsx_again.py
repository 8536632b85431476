"""What an earlier run has written into a workbook is taken out: a marked copy is corrected and marked again.

The comments, the boxes and the summary are told by their author and their first words, colours
and fills by values that nobody picks from a palette.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from calcverify.annotate.model import AUTHOR
from calcverify.annotate.opc import Package, whole
from calcverify.annotate.xlsx_comments import BELOW, each_shape, place_of
from calcverify.annotate.xlsx_styles import COLOURS, FILLS
from calcverify.annotate.xlsx_text import Strings
from calcverify.readers.cell_names import position
from calcverify.readers.own import is_summary

if TYPE_CHECKING:
    from lxml.etree import _Element


def take_out(package: Package, book: _Element, sheets: dict[str, str], strings: Strings) -> None:
    """Take everything out that is ours; a workbook without a summary of ours is not touched."""
    ns = strings.ns
    ours = [name for name, part in sheets.items() if _first(package, part, strings)]
    if not ours:
        return
    for name in ours:
        _sheet(package, book, ns, name, sheets.pop(name))
    fills = _fills(package, ns)
    for part in sheets.values():
        _comments(package, part, ns)
        _colours(package.tree(part).iter(f"{ns}is"), ns)
        for cell in package.tree(part).iter(f"{ns}c"):
            if cell.get("s") in fills:
                cell.set("s", fills[cell.get("s") or ""])
    if strings.part:
        package.tree(strings.part)  # what is changed below is saved
        _colours(iter(strings.table), ns)


def _first(package: Package, part: str, strings: Strings) -> bool:
    """Whether the first cell of a sheet says that it is our summary."""
    cell = next(package.view(part).iter(f"{strings.ns}c"), None)
    string = strings.of(cell) if cell is not None else None
    return string is not None and is_summary(string.text)


def _sheet(package: Package, book: _Element, ns: str, name: str, part: str) -> None:
    """Take out a sheet, and count the others one less."""
    listed = list(book.iter(f"{ns}sheet"))
    at = next(i for i, sheet in enumerate(listed) if sheet.get("name") == name)
    package.unrelate(package.main, part)
    parent = listed[at].getparent()
    if parent is not None:
        parent.remove(listed[at])
    for defined in list(book.iter(f"{ns}definedName")):
        local, group = whole(defined.get("localSheetId")), defined.getparent()
        if local > at:
            defined.set("localSheetId", str(local - 1))
        elif local == at and group is not None:
            group.remove(defined)


def _comments(package: Package, part: str, ns: str) -> None:
    """Take out our comments with their boxes, and what we have written below those of others."""
    link = package.related(part, "comments")
    if link is None or link.target not in package:
        return
    root = package.tree(link.target)
    authors = [author.text for author in root.iter(f"{ns}author")]
    gone: set[tuple[int, int]] = set()
    for comment in list(root.iter(f"{ns}comment")):
        by = whole(comment.get("authorId"))
        if 0 <= by < len(authors) and authors[by] == AUTHOR:
            at, parent = position(comment.get("ref") or ""), comment.getparent()
            if at is not None and parent is not None:
                gone.add((at.row - 1, at.column))
                parent.remove(comment)
        else:
            _shorten(comment, ns)
    drawing = package.related(part, "vmlDrawing")
    if drawing is not None and drawing.target in package and gone:
        data = each_shape(package.read(drawing.target), lambda shape: b"" if place_of(shape) in gone else shape)
        package.put(drawing.target, data)


def _shorten(comment: _Element, ns: str) -> None:
    """Cut a comment of another where ours begins."""
    over = False
    for text in list(comment.iter(f"{ns}t")):
        run = text.getparent()
        words, mark, _ = (text.text or "").partition(BELOW)
        if over and run is not None and run.tag == f"{ns}r" and (parent := run.getparent()) is not None:
            parent.remove(run)
        elif mark:
            over, text.text = True, words.removesuffix("\n")


def _colours(strings: Iterator[_Element], ns: str) -> None:
    """Give our runs of a string the look of their neighbours again."""
    for string in strings:
        runs = string.findall(f"{ns}r")
        plain = [run for run in runs if not _is_ours(run, ns)]
        for at, run in enumerate(runs):
            if not _is_ours(run, ns):
                continue
            neighbours = [each for each in reversed(runs[:at]) if each in plain] or plain
            old, look = run.find(f"{ns}rPr"), neighbours[0].find(f"{ns}rPr") if neighbours else None
            if old is not None:
                run.remove(old)
            if look is not None:
                run.insert(0, deepcopy(look))


def _is_ours(run: _Element, ns: str) -> bool:
    colour = run.find(f"{ns}rPr/{ns}color")
    return colour is not None and colour.get("rgb") in COLOURS.values()


def _fills(package: Package, ns: str) -> dict[str, str]:
    """The styles with a fill of ours, each with the style that is the same without it."""
    link = package.related(package.main, "styles")
    if link is None or link.target not in package:
        return {}
    root = package.view(link.target)
    fills = [fill for group in root.iter(f"{ns}fills") for fill in group.iter(f"{ns}fill")]
    colours = [fill.find(f"{ns}patternFill/{ns}fgColor") for fill in fills]
    ours = {str(at) for at, colour in enumerate(colours) if colour is not None and colour.get("rgb") in FILLS.values()}
    styles = [xf for group in root.iter(f"{ns}cellXfs") for xf in group.iter(f"{ns}xf")]
    looks: dict[object, str] = {}
    for at, xf in enumerate(styles):
        if xf.get("fillId") not in ours:
            looks.setdefault(_look(xf), str(at))
    return {
        str(at): looks[_look(xf)] for at, xf in enumerate(styles) if xf.get("fillId") in ours and _look(xf) in looks
    }


def _look(xf: _Element) -> object:
    from lxml import etree

    attributes = {key: value for key, value in xf.attrib.items() if key not in ("fillId", "applyFill")}
    return tuple(sorted(attributes.items())), tuple(etree.tostring(child, method="c14n") for child in xf)
