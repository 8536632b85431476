"""One page of a PDF: its characters and ruling lines become cells and lines of text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from pdfplumber.page import Page

from calcverify.forms.model import UNREADABLE
from calcverify.readers.fault import Unreadable
from calcverify.readers.page_text import Box, Glyph, Grid, PageText, TextLine, lines_of, parted_lines_of
from calcverify.source import Locator

Object: TypeAlias = dict[str, Any]

# The characters and ruling lines of one page; a page of a form has three thousand and two hundred.
MOST_CHARS = 60_000
MOST_EDGES = 20_000
MOST_CELLS = 10_000
# A character that its font does not name: (cid:123), or one for private use.
_NAMELESS = re.compile(r"\(cid:[0-9]+\)|[\ufffd\ue000-\uf8ff]")
# Edges that are so many points apart are one.
_NEAR = 3


class Looked(NamedTuple):
    """A page as it was read: its text, how many characters have no name, whether a picture covers it."""

    page: PageText
    characters: int
    nameless: int
    pictured: bool


def look(page: Page) -> Looked:
    """The tables and lines of a page. Raises ``Unreadable`` where it holds too much."""
    objects = page.objects
    chars: list[Object] = objects.get("char", [])
    edges = sum(len(objects.get(kind, ())) for kind in ("line", "rect", "curve"))
    if len(chars) > MOST_CHARS or edges > MOST_EDGES:
        limit = f"{MOST_CHARS} characters, {MOST_EDGES} lines"
        raise Unreadable("CV911", Locator(page=page.page_number), limit=limit)
    glyphs = glyphs_of(chars)
    tables = _tables(page) if edges else []
    blocks: list[TextLine | Grid] = []
    rest = glyphs
    for table in tables:
        grid, rest = _filled(table, rest, len(blocks) + 1)
        if grid is not None:
            blocks.append(grid)
    blocks += parted_lines_of(rest)
    blocks.sort(key=lambda block: block.top)
    width, height = page.width, page.height
    covered = sum((i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) for i in objects.get("image", ()))
    text = PageText(page.page_number, width, height, tuple(blocks))
    nameless = sum(_NAMELESS.search(char["text"]) is not None for char in chars)
    return Looked(text, sum(not char["text"].isspace() for char in chars), nameless, 2 * covered > width * height)


def turn_of(page: Page) -> int:
    """By how many degrees, clockwise, a page has to be turned until most of its characters stand upright."""
    turns = [0, 0, 0, 0]
    for char in page.objects.get("char", []):
        a, b = char["matrix"][:2]
        turns[(0 if a > 0 else 2) if abs(a) >= abs(b) else (1 if b > 0 else 3)] += 1
    return 90 * turns.index(max(turns))


def glyphs_of(chars: Iterable[Object]) -> list[Glyph]:
    """The characters, each once: some programs print bold text twice, a little apart."""
    found: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for char in chars:
        if not char["upright"] or char["matrix"][0] < 0:  # a mark across the page, a seal's text
            continue
        text = _NAMELESS.sub(UNREADABLE, char["text"]).replace("\xa0", " ")
        glyph = Glyph(text, char["x0"], char["top"], char["x1"], char["bottom"], char["size"])
        if not text.isspace():
            near = glyph.size / 6
            at = (text, int(glyph.x0), int(glyph.top))
            around = [(text, at[1] + i, at[2] + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            twins = (twin for key in around for twin in seen.get(key, ()))
            if any(abs(t.x0 - glyph.x0) < near and abs(t.top - glyph.top) < near for t in twins):
                continue
            seen.setdefault(at, []).append(glyph)
        found.append(glyph)
    return found


def _tables(page: Page) -> list[list[Box]]:
    """The cells of each table, from the uppermost table down. A frame around a page is no table."""
    tables = []
    rows, columns = open_sides(page.edges, _NEAR)
    settings = {"explicit_horizontal_lines": rows, "explicit_vertical_lines": columns}
    for table in page.find_tables(settings):
        cells = [Box(*cell) for cell in table.cells]
        if len(cells) > MOST_CELLS:
            raise Unreadable("CV911", Locator(page=page.page_number), limit=f"{MOST_CELLS} cells")
        if len(cells) > 1:
            tables.append(cells)
    tables.sort(key=lambda cells: min(cell.top for cell in cells))
    return tables


def open_sides(edges: list[Object], near: int) -> tuple[list[Object], list[Object]]:
    """Lines around each group of upright lines, as horizontal and as upright ones.

    A cell that goes on behind a page break has no lower line, and many tables have no line at
    their left and right; the cells are closed there.
    """
    upright = sorted((e["top"], e["bottom"]) for e in edges if e["orientation"] == "v")
    groups: list[list[float]] = []
    for top, bottom in upright:
        if groups and top <= groups[-1][1] + near:
            groups[-1][1] = max(groups[-1][1], bottom)
        else:
            groups.append([top, bottom])
    rows, columns = [], []
    level = [e for e in edges if e["orientation"] == "h"]
    for top, bottom in groups:
        inside = [e for e in level if top - near <= e["top"] <= bottom + near]
        if not inside or bottom - top < 3 * near:
            continue
        left, right = min(e["x0"] for e in inside), max(e["x1"] for e in inside)
        rows += [edge(left, y, right, y) for y in (top, bottom)]
        columns += [edge(x, top, x, bottom) for x in (left, right)]
    return rows, columns


def edge(x0: float, top: float, x1: float, bottom: float) -> Object:
    """A ruling line as pdfplumber writes it."""
    orientation = "h" if top == bottom else "v"
    size = {"width": x1 - x0, "height": bottom - top, "object_type": "line", "orientation": orientation}
    return {"x0": x0, "top": top, "x1": x1, "bottom": bottom, **size}


def _filled(cells: list[Box], glyphs: list[Glyph], number: int) -> tuple[Grid | None, list[Glyph]]:
    """The table with the characters in its cells, and the characters that stand elsewhere."""
    xs = sorted({x for cell in cells for x in (cell.x0, cell.x1)})
    ys = sorted({y for cell in cells for y in (cell.top, cell.bottom)})
    owner: dict[tuple[int, int], int] = {}
    for n, cell in enumerate(cells):
        for i in range(bisect_right(xs, cell.x0) - 1, bisect_right(xs, cell.x1) - 1):
            for j in range(bisect_right(ys, cell.top) - 1, bisect_right(ys, cell.bottom) - 1):
                owner.setdefault((i, j), n)
    inside: dict[int, list[Glyph]] = {}
    rest: list[Glyph] = []
    for glyph in glyphs:
        at = (bisect_right(xs, (glyph.x0 + glyph.x1) / 2) - 1, bisect_right(ys, glyph.middle) - 1)
        n = owner.get(at, -1)
        (inside.setdefault(n, []) if n >= 0 else rest).append(glyph)
    if not any(not glyph.text.isspace() for held in inside.values() for glyph in held):
        return None, glyphs
    rows: dict[float, list[Box]] = {}
    for n, cell in enumerate(cells):
        rows.setdefault(cell.top, []).append(cell._replace(lines=tuple(lines_of(inside.get(n, [])))))
    ordered = tuple(tuple(sorted(rows[top], key=lambda box: box.x0)) for top in sorted(rows))
    return Grid(number, ordered), rest
