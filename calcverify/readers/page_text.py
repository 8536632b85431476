"""A page as lines of text and tables of cells: what PDF and scans become before they are forms.

Lengths are points of a PDF or pixels of a picture, from the upper left corner; nothing here
depends on which. Whether a line break in a cell was written or only made by the width of the
column is told by geometry: the next word would not have fitted any more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

# From here on characters are Chinese, Chinese stops, or full-width forms: a line may break before each.
_WIDE = "\u2e80"
# These never begin a line.
CLOSING = "，。、；：！？）】》〉」』”’〕］｝％,.;:!?)]}%"
# These never end one.
OPENING = "（【《〈「『“‘〔［｛([{"
# Neither before nor behind these does a line break: 460 above 元/月.
BINDING = "/／"
_DIGITS = "0123456789０１２３４５６７８９.．"
_ORDINAL = re.compile(r"[0-9０-９]{1,2}(?:[、)）]|[.．](?![0-9０-９]))")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


# x becomes a·x + b·y + c, and y d·x + e·y + f.
Affine: TypeAlias = tuple[float, float, float, float, float, float]


class Glyph(NamedTuple):
    """A character on the page; ``size`` is that of its font."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2


class ScannedFigure(NamedTuple):
    """A figure that was recognised in a picture: its digits, where they stand, how sure they are in hundredths.

    ``points`` is the widest gap beside a point or a comma in it, in hundredths of the height of a digit, and
    ``picture`` what was read with a little around it, as the bytes of a PNG.
    """

    text: str
    box: Box
    score: int
    points: int = 0
    picture: bytes = b""


class TextLine(NamedTuple):
    """A line of text; ``first`` is the width of what cannot be parted at its beginning.

    ``before`` and ``after`` are the blanks that stood at its ends. ``parts`` are the stretches of a line that wide
    gaps part, where there are any, ``figures`` what was recognised in a picture.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    first: float
    before: str = ""
    after: str = ""
    parts: tuple[TextLine, ...] = ()
    figures: tuple[ScannedFigure, ...] = ()

    def scaled(self, by: float) -> TextLine:
        """The line at another size."""
        figures = tuple(f._replace(box=f.box.scaled(by)) for f in self.figures)
        parts = tuple(part.scaled(by) for part in self.parts)
        x0, top, x1, bottom = self.x0 * by, self.top * by, self.x1 * by, self.bottom * by
        moved = self._replace(x0=x0, top=top, x1=x1, bottom=bottom, parts=parts, figures=figures)
        return moved._replace(size=self.size * by, first=self.first * by)


class Box(NamedTuple):
    """A cell with its edges and the lines of text in it."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[TextLine, ...] = ()

    def scaled(self, by: float) -> Box:
        """The cell at another size."""
        lines = tuple(line.scaled(by) for line in self.lines)
        return Box(self.x0 * by, self.top * by, self.x1 * by, self.bottom * by, lines)


class Grid(NamedTuple):
    """A table on one page: its number on the page from 1, its rows of cells from top to bottom."""

    number: int
    rows: tuple[tuple[Box, ...], ...]

    @property
    def left(self) -> float:
        """The left edge."""
        return min(box.x0 for row in self.rows for box in row)

    @property
    def right(self) -> float:
        """The right edge."""
        return max(box.x1 for row in self.rows for box in row)

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(box.top for row in self.rows for box in row)


class PageText(NamedTuple):
    """A page: its number from 1, its size, its lines and tables from top to bottom.

    ``back`` leads from the lines and tables to their places on the page as it is, where it had to be turned.
    """

    number: int
    width: float
    height: float
    blocks: tuple[TextLine | Grid, ...]
    back: Affine = (1, 0, 0, 0, 1, 0)

    def place(self, box: Box | TextLine) -> tuple[int, int, int, int]:
        """Where a part of the page lies on the page as it is: left, top, right, bottom."""
        a, b, c, d, e, f = self.back
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = [a * x + b * y + c for x, y in corners], [d * x + e * y + f for x, y in corners]
        return int(min(xs)), int(min(ys)), int(max(xs)), int(max(ys))

    def scaled(self, by: float) -> PageText:
        """The page at another size."""
        blocks = tuple(
            b.scaled(by)
            if isinstance(b, TextLine)
            else b._replace(rows=tuple(tuple(box.scaled(by) for box in row) for row in b.rows))
            for b in self.blocks
        )
        return self._replace(width=self.width * by, height=self.height * by, blocks=blocks)


def lines_of(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Characters become lines: those at one height, from left to right."""
    return [line for row in _rows(glyphs) if (line := _line(row)).text]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.middle):
        row = rows[-1] if rows else None
        # A raised exponent is smaller and stands within the height of its line.
        if row is not None and glyph.middle < row[0].middle + max(row[0].size, glyph.size) / 2:
            row.append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.x0) for row in rows]


def parted_lines_of(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Lines outside of tables, with the stretches that gaps of more than two characters part."""
    return [line for row in _rows(glyphs) if (line := _parted(row)).text]


def _parted(row: list[Glyph]) -> TextLine:
    written = [glyph for glyph in row if not glyph.text.isspace()]
    cuts = [b.x0 for a, b in pairwise(written) if b.x0 - a.x1 > 2 * a.size]
    line = _line(row)
    if not cuts:
        return line
    stretches = [[g for g in row if low <= g.x0 < high] for low, high in pairwise([row[0].x0, *cuts, row[-1].x1 + 1])]
    return line._replace(parts=tuple(_line(stretch) for stretch in stretches))


def _line(row: list[Glyph]) -> TextLine:
    written = [i for i, glyph in enumerate(row) if not glyph.text.isspace()]
    if not written:
        return TextLine("", 0, 0, 0, 0, 0, 0)
    blanks = "".join(g.text for g in row[: written[0]]), "".join(g.text for g in row[written[-1] + 1 :])
    row = row[written[0] : written[-1] + 1]
    size = sorted(g.size for g in row)[len(row) // 2]
    base = sorted(g.bottom for g in row)[len(row) // 2]
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in row:
        if before is not None and _apart(before, glyph, size):
            parts.append(" ")
        raised = 4 * glyph.size < 3 * size and 6 * (base - glyph.bottom) > size
        parts.append(glyph.text.translate(_RAISED) if raised else glyph.text)
        before = glyph
    text = "".join(parts)
    end, last = row[0].x1, row[0]
    for glyph in row[1:]:
        both_narrow = glyph.text < _WIDE and last.text < _WIDE and not glyph.text.isspace()
        tag = glyph.text == "<" and last.text in CLOSING  # </p> that was left in the text
        bound = glyph.text in CLOSING + BINDING or last.text in OPENING + BINDING
        if not (bound or both_narrow or tag):
            break
        end, last = glyph.x1, glyph
    tops, bottoms = min(g.top for g in row), max(g.bottom for g in row)
    return TextLine(text, row[0].x0, tops, row[-1].x1, bottoms, size, end - row[0].x0, *blanks)


def _apart(before: Glyph, glyph: Glyph, size: float) -> bool:
    """Whether a gap is a blank. Two numbers must never become one; 12 beside 万元 is set a little apart."""
    if before.text.isspace() or glyph.text.isspace():
        return False
    gap = glyph.x0 - before.x1
    return gap > size or (4 * gap > size and before.text in _DIGITS and glyph.text in _DIGITS)


def room_of(line: TextLine, box: Box) -> float:
    """How much room is left behind a line; the margin of the cell is taken from its left side."""
    return box.x1 - max(min(max(8, 4 * line.size / 5), *(each.x0 - box.x0 for each in (*box.lines, line))), 0) - line.x1


def is_full(line: TextLine, box: Box, following: TextLine) -> bool:
    """Whether ``following`` stands below ``line`` only because it had no more room in ``box``."""
    return room_of(line, box) < following.first + line.size / 8


def text_of(box: Box) -> str:
    """The text of a cell: lines that only its width has made are joined."""
    text = ""
    last: TextLine | None = None
    for line in box.lines:
        text += ("" if last is None else seam(last, line, box)) + line.text
        last = line
    return text


def seam(line: TextLine, following: TextLine, box: Box) -> str:
    """What stands between two lines of a cell: nothing, a blank between words, or a line break.

    Two digits are joined only where not even one of them had room, as programs that break lines
    anywhere cut a number; a number is not made out of two.
    """
    if not is_full(line, box, following) or following.before not in ("", " "):  # a paragraph is indented
        return "\n"
    if line.after or following.before:
        return " "
    left, right = line.text[-1], following.text[0]
    if left in _DIGITS and right in _DIGITS:
        # 共30 above 2、清淤 is the end of one item and the beginning of the next.
        cut = 4 * room_of(line, box) < 3 * line.size and not _ORDINAL.match(following.text)
        return "" if cut else "\n"
    return " " if left < _WIDE and right < _WIDE and left.isalpha() and right.isalpha() else ""
