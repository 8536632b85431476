"""Pages become a layout: tables that go on over a page break are one, what a page repeats is left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from calcverify.forms.grid import Document
from calcverify.forms.layout import Layout
from calcverify.forms.model import Remark
from calcverify.readers.page_text import Box, Grid, PageText, TextLine, is_full, seam, text_of
from calcverify.source import Locator

_PAGE_MARK = re.compile(r"[-—–·\s]*(?:第\s*)?[0-9]{1,4}\s*(?:页)?(?:\s*[/共，,]*\s*[0-9]{1,4}\s*页?)?[-—–·\s]*")
_NUMBER = re.compile(r"[0-9]+")
# Two edges are one within so many points.
_NEAR = 3
# A label, a name or a figure that a page break cuts is put together; of a longer text each part keeps its place.
_SHORT = 40
_WIDE_GAP = "    "
_LABELLED = re.compile(r"[^：:]{1,30}[：:]")


class _Part(NamedTuple):
    """A cell, or what of it stands on one page."""

    page: int
    table: int
    box: Box
    glue: str = ""


class _Row(NamedTuple):
    parts: list[list[_Part]]

    @property
    def filled(self) -> list[list[_Part]]:
        return [parts for parts in self.parts if any(part.box.lines for part in parts)]


class _Chain(NamedTuple):
    """A table over one or several pages, with the last row of each page."""

    rows: list[_Row]
    left: float
    right: float
    cuts: list[int]


def document_of(pages: Sequence[PageText], name: str) -> Document:
    """The document of all pages."""
    joiner = _Joiner()
    for page in without_running_lines(pages):
        joiner.page(page)
    joiner.close()
    return joiner.layout.document(name)


def without_running_lines(pages: Sequence[PageText]) -> Iterator[PageText]:
    """The pages without their numbers and without the head and the foot that run along.

    A title with the first label of a form below it begins a form, however often it comes.
    """
    heads: dict[str, str] = {}
    feet = Counter(key for page in pages for key in {_key(line) for line in _margin(page, below=True)})
    above: set[str] = set()
    for page in pages:
        gone: set[int] = set()
        for line in (*_margin(page, below=False), *_margin(page, below=True)):
            if _PAGE_MARK.fullmatch(line.text):
                gone.add(id(line))
        # Merged cells that go on behind a page break are printed again, out of sight.
        gone |= {id(line) for line in _margin(page, below=False) if all(t in above for t in _texts(line))}
        above = {text_of(box) for block in page.blocks[-3:] if isinstance(block, Grid) for r in block.rows for box in r}
        first = _first_cell(page)
        for line in _margin(page, below=False):
            if heads.setdefault(_key(line), first) != first:
                gone.add(id(line))
        gone |= {id(line) for line in _margin(page, below=True) if feet[_key(line)] > 1}
        yield page._replace(blocks=tuple(block for block in page.blocks if id(block) not in gone))


def _margin(page: PageText, below: bool) -> Iterator[TextLine]:
    """The lines over the first table of a page, or those in the margin below all tables."""
    for block in reversed(page.blocks) if below else page.blocks:
        if not isinstance(block, TextLine):
            return
        outside = 12 * block.top > 11 * page.height if below else 12 * block.bottom < page.height
        if outside:
            yield block


def _texts(line: TextLine) -> list[str]:
    return [part.text for part in line.parts] or [line.text]


def _key(line: TextLine) -> str:
    return _NUMBER.sub("0", line.text)


def _first_cell(page: PageText) -> str:
    grids = (block for block in page.blocks if isinstance(block, Grid))
    return next((text for grid in grids for row in grid.rows for box in row if (text := text_of(box))), "")


class _Joiner:
    """Puts pages into a layout, one after the other; a table is written when it has ended."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.chain: _Chain | None = None
        self.pages: dict[int, PageText] = {}

    def page(self, page: PageText) -> None:
        """Add a page."""
        self.pages[page.number] = page
        blocks = page.blocks
        if not blocks or not (isinstance(blocks[0], Grid) and self._continues(blocks[0])):
            self.close()
        group: list[TextLine] = []
        for block in blocks:
            if isinstance(block, TextLine):
                self.close()
                group.append(block)
                continue
            self._lines(group, page)
            group = []
            if self.chain is None or not self._continues(block) or block is not blocks[0]:
                self.close()
            self._add(block, page.number)
        self._lines(group, page)

    def close(self) -> None:
        """Write the table that is open."""
        chain, self.chain = self.chain, None
        if chain is None:
            return
        # A margin of empty cells is no column of the form.
        edges = columns_of(part.box.x0 for row in chain.rows for parts in row.filled for part in parts)
        for index, row in enumerate(chain.rows):
            cells: list[tuple[int, str, Locator]] = []
            for parts in row.parts:
                column = column_at(edges, parts[0].box.x0)
                texts = [part.glue + text_of(part.box) for part in parts]
                if sum(map(len, texts)) <= _SHORT:
                    texts = ["".join(texts)]
                for part, text in zip(parts, texts, strict=False):
                    place = Locator(page=part.page, table=part.table, row=_row_of(chain, index, part))
                    place = place._replace(cell=str(column + 1), box=self.pages[part.page].place(part.box))
                    self._figures(part.box.lines, place)
                    cells += [(column, part.glue, place), (column, text.removeprefix(part.glue), place)]
            boxes = [part.box for parts in row.parts for part in parts]
            across = len(row.parts) == 1 and len(edges) > 1 and max(box.x1 for box in boxes) > chain.right - _NEAR
            wide = across and boxes[0].x0 < chain.left + _NEAR
            self.layout.row(cells, closed=index not in chain.cuts, wide=wide)

    def _figures(self, lines: Sequence[TextLine], place: Locator) -> None:
        """Note the figures that were recognised in a picture, each at its place."""
        for line in lines:
            for figure in line.figures:
                at = place._replace(box=self.pages[place.page or 1].place(figure.box))
                remark = Remark("scanned", figure.text, at, str(figure.score), figure.picture)
                self.layout.remark(remark, here=True)

    def _continues(self, grid: Grid) -> bool:
        chain = self.chain
        return chain is not None and abs(chain.left - grid.left) < _NEAR and abs(chain.right - grid.right) < _NEAR

    def _add(self, grid: Grid, page: int) -> None:
        rows = [_Row([[_Part(page, grid.number, box)] for box in row]) for row in grid.rows]
        if self.chain is None:
            self.chain = _Chain(rows, grid.left, grid.right, [])
            return
        held = self.chain.rows
        self.chain.cuts.append(len(held) - 1)
        if rows and held and (joined := _one_row(held[-1], rows[0], self.chain.left)) is not None:
            held[-1] = joined
            rows = rows[1:]
        held += rows

    def _lines(self, lines: list[TextLine], page: PageText) -> None:
        """Lines outside of tables: paragraphs, or rows of cells where wide gaps line up below each other."""
        if not lines:
            return
        edges = _aligned(lines)
        left = min(line.x0 for line in lines)
        body = Box(left, 0, page.width - left, page.height, tuple(lines))
        text = ""
        low: float | None = None  # where the last row of cells ended
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            place = Locator(page=page.number, box=page.place(line))
            self._figures((line,), place)
            below = low is not None and line.top - low < line.size and column_at(edges, line.x0, line.size) > 0
            if edges and (line.parts or below):
                parts = line.parts or (line,)
                places = [place._replace(box=page.place(part)) for part in parts]
                cells = [(column_at(edges, p.x0, p.size), p.text, at) for p, at in zip(parts, places, strict=True)]
                self.layout.row(cells, closed=False)
                low = line.bottom
                continue
            low = None
            text += _WIDE_GAP.join(part.text for part in line.parts) or line.text
            if following is not None and _runs_on(line, following, body):
                glue = seam(line, following, body)
                if glue != "\n":
                    text += glue
                    continue
            self.layout.paragraph(text, place)
            text = ""


def _aligned(lines: list[TextLine]) -> list[float]:
    """The left edges of columns without ruling lines: two lines at least have parts that begin there."""
    parted = [line.parts for line in lines if line.parts and not all(_LABELLED.match(p.text) for p in line.parts)]
    if len(parted) < 2:
        return []
    size = parted[0][0].size
    edges = columns_of((part.x0 for parts in parted for part in parts), size)
    often = [e for e in edges if sum(any(abs(p.x0 - e) < size for p in parts) for parts in parted) > 1]
    return edges if len(often) > 1 else []


def columns_of(edges: Iterable[float], near: float = _NEAR) -> list[float]:
    """The left edges of columns, those of one column taken together."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > near:
            found.append(edge)
    return found


def column_at(edges: list[float], edge: float, near: float = _NEAR) -> int:
    """The column, from 0, that begins at ``edge``."""
    return max(bisect_left(edges, edge + near) - 1, 0)


def _row_of(chain: _Chain, index: int, part: _Part) -> int:
    """The number of a part's row in its table on its page."""
    first = index
    while first > 0 and any(p.page == part.page for parts in chain.rows[first - 1].parts for p in parts):
        first -= 1
    return index - first + 1


def _runs_on(line: TextLine, following: TextLine, body: Box) -> bool:
    """Whether a line of running text goes on in the next one: both are set close, and the first is full."""
    close = following.top - line.bottom < line.size and following.x0 - body.x0 < line.size
    return close and line.x1 > body.x1 - 2 * line.size


def _one_row(above: _Row, below: _Row, left: float) -> _Row | None:
    """A row that a page break has cut, put together; ``None`` where ``below`` is a row of its own.

    Its first cell, the label, is empty on the new page. What goes on there had no more room
    before, or is the one text of its row: a short value under a short value is a row of its own.
    """
    filled = below.filled
    if not filled or abs(filled[0][0].box.x0 - left) < _NEAR:
        return None
    pairs = []
    for parts in filled:
        found = next((p for p in above.parts if abs(p[0].box.x0 - parts[0].box.x0) < _NEAR and p[-1].box.lines), None)
        if found is None:
            return None
        pairs.append((found, parts[0]))
    full = [is_full(a[-1].box.lines[-1], a[-1].box, b.box.lines[0]) for a, b in pairs]
    texts = above.filled
    sole = len(pairs) == 1 and len(texts) == 2 and pairs[0][0] is texts[1] and abs(texts[0][0].box.x0 - left) < _NEAR
    if not all(full) and not sole:
        return None
    joined = [list(parts) for parts in above.parts]
    for a, b in pairs:
        glue = seam(a[-1].box.lines[-1], b.box.lines[0], a[-1].box)
        at = next(i for i, parts in enumerate(above.parts) if parts is a)
        joined[at].append(b._replace(glue=glue))
    return _Row(joined)
