"""The figures in what was recognised, and what makes one doubtful.

A recogniser is sure of nearly every digit, and right; what it loses without a word is what stands between
digits. ``2022. 1. 1-12. 31`` comes as ``2022.1.1-12.31`` and ``82 749`` as ``82749``, with a certainty of 99%, at every
size. So the gaps are measured in the picture, and whatever could have made another figure makes it doubtful.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from calcverify.readers.page_text import Box, Grid, ScannedFigure, TextLine
from calcverify.readers.scan_grid import Pixels, ink_of

# A figure that is in doubt is as good as a guess.
GUESS = 50
FIGURE = re.compile(r"[0-9０-９](?:[0-9０-９.,，． ]*[0-9０-９])?")
# What stands directly beside a figure and belongs to its value: 万 read as 方 is an error of four digits.
_BESIDE = "万亿千百十%‰+-−–—×xX*＊÷/／=＝·~～"
_ALIKE = str.maketrans("xX*−–—", "×××---")
_POINTS = ".,，．"
# 1,234,567.89 is one figure; 1,23 or 9，10 may be two, or have a comma for its point.
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9. ]+")
# A letter beside digits (1O, l2), a point or a comma where none ends a figure (12.万), a colon that may be a ÷.
_LETTER = re.compile(r"[A-Za-z|丨〇○]")
_LOOSE_POINT = re.compile(r"[.,，．]\s*[万亿元%]")
_RATIO = re.compile(r"[0-9][^0-9\s，,。；;、]{0,3}[:：]\s*$")
# Letters and strokes that a digit may have been read as, alone in their cell or where a figure must be: O万元, ×l
_LOST = re.compile(
    r"^\s*[OoIl|QZSB丨〇○口]{1,3}\s*$|\ufffd|(?<=[×*+÷=＝])[OoIl|丨〇○]+|(?<![A-Za-z0-9])[OoIl|丨〇○]+(?=[万亿]?元)"
)
# Gaps in hundredths of the height of a digit, as six fonts have them: those between digits stay below the first, below
# the second beside a 1, and the narrowest blank is wider. Beside a point the widest is the third, in fonts that
# set their points far off so much more than beside the points of plain decimals on the same page.
_GAP, _GAP_OF_1, _POINT_GAP, _MORE = 23, 32, 30, 15
_PLAIN = re.compile(r"(?!(?:19|20)[0-9]{2}\.)[0-9]{3,}\.[0-9]{1,4}")


class Recognised(NamedTuple):
    """A line as it was recognised: its text; of each character the column where it stands, and its certainty."""

    text: str
    xs: Sequence[float]
    sure: Sequence[int]


def has_figures(text: str) -> bool:
    """Whether a line has figures, or something that one may have been read as."""
    return FIGURE.search(text) is not None or _LOST.search(text) is not None


def figures_of(crop: Pixels, first: Recognised, again: str, at: Box) -> tuple[ScannedFigure, ...]:
    """The figures of a line: ``crop`` is its picture, ``again`` its text at another size.

    ``at`` is the place of the picture on the page.
    """
    text = first.text
    found = list(FIGURE.finditer(text))
    others = [_value(again, m.start(), m.end()) for m in FIGURE.finditer(again)]
    alike = len(found) == len(others)
    ink = ink_of(crop)
    figures = []
    for i, match in enumerate(found):
        start, end = match.span()
        beside = [k for k in (start - 1, end) if 0 <= k < len(text) and text[k] in _BESIDE]
        score = min(first.sure[k] for k in (*range(start, end), *beside))
        apart, points, height = _gaps(ink, match[0], first.xs[start:end])
        if (
            not alike
            or others[i] != _value(text, start, end)
            or _LETTER.search(text[max(start - 1, 0) : start] + text[end : end + 1])
            or not _GROUPED.fullmatch(unicodedata.normalize("NFKC", match[0]))
            or _LOOSE_POINT.match(text, end)
            or text[max(start - 1, 0) : start] in (".", "．")
            or _RATIO.search(text, max(start - 6, 0), start)
            or apart
        ):
            score = min(score, GUESS)
        box = Box(at.x0 + first.xs[start] - height, at.top, at.x0 + first.xs[end - 1] + height, at.bottom)
        figures.append(ScannedFigure(match[0], box, score, points))
    for match in _LOST.finditer(text):
        a, b = first.xs[match.start()], first.xs[match.end() - 1]
        box = Box(at.x0 + a - 20, at.top, at.x0 + b + 20, at.bottom)
        figures.append(ScannedFigure(match[0].strip(), box, min(GUESS, *first.sure[match.start() : match.end()])))
    return tuple(sorted(figures, key=lambda figure: figure.box.x0))


def _value(text: str, start: int, end: int) -> str:
    """A figure with the signs directly beside it, however they are written."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    beside = [sign if sign in _BESIDE else "" for sign in (before, after)]
    return unicodedata.normalize("NFKC", (beside[0] + text[start:end] + beside[1]).translate(_ALIKE))


def _gaps(ink: Pixels, figure: str, xs: Sequence[float]) -> tuple[bool, int, float]:
    """Whether a gap between two digits is a blank, the widest gap beside a point, and the height of a digit.

    The gap is in hundredths of that height.
    """
    whole = ink.shape[0]
    low, high = max(int(xs[0] - whole / 2), 0), int(xs[-1] + whole / 2)
    columns = np.flatnonzero(ink[:, low:high].any(axis=0)) + low
    if not columns.size:
        return False, 0, whole / 2
    cuts = np.flatnonzero(np.diff(columns) > 1)
    starts, ends = columns[np.r_[0, cuts + 1]], columns[np.r_[cuts, -1]] + 1
    heights = []
    for a, b in zip(starts, ends, strict=True):
        if xs[0] - whole / 4 < (a + b) / 2 < xs[-1] + whole / 4:
            rows = np.flatnonzero(ink[:, a:b].any(axis=1))
            heights.append(int(rows[-1] - rows[0]) + 1)
    tall = sorted(h for h in heights if 2 * h > max(heights))
    height = tall[len(tall) // 2] if tall else whole / 2
    apart, widest = False, 0
    for a, b in zip(ends[:-1], starts[1:], strict=True):
        beside = {k + j for k in range(len(xs) - 1) if xs[k] - 3 < (a + b) / 2 < xs[k + 1] + 3 for j in (0, 1)}
        signs, gap = {figure[k] for k in beside}, int(100 * (b - a) / height)
        if " " in signs:
            continue
        if signs & set(_POINTS):
            widest = max(widest, gap)
        elif signs:
            apart = apart or gap > (_GAP_OF_1 if "1" in signs else _GAP)
    return apart, widest, height


def doubted(blocks: Sequence[TextLine | Grid]) -> tuple[TextLine | Grid, ...]:
    """The lines and tables of a page with the doubts that only the page as a whole shows.

    A figure at the end of a line and one at the beginning of the next may be one or two. How far the points
    of a font stand off shows in its plain decimals (12059.68); a point that stands off further has a blank behind it.
    """
    plain = sorted(f.points for f in _figures(blocks) if _PLAIN.fullmatch(f.text))
    limit = max(_POINT_GAP, plain[len(plain) // 2] + _MORE) if len(plain) > 1 else _POINT_GAP
    found: list[TextLine | Grid] = []
    for block in blocks:
        if isinstance(block, TextLine):
            if found and isinstance(found[-1], TextLine):
                found[-1], block = _seamed([found[-1], block])  # noqa: PLW2901 - the line with its doubts
            found.append(block)
            continue
        rows = tuple(tuple(box._replace(lines=tuple(_seamed(box.lines))) for box in row) for row in block.rows)
        found.append(block._replace(rows=rows))
    return tuple(_loose(found, limit))


def _figures(blocks: Sequence[TextLine | Grid]) -> Iterator[ScannedFigure]:
    for block in blocks:
        lines = [block] if isinstance(block, TextLine) else [w for row in block.rows for box in row for w in box.lines]
        yield from (figure for line in lines for figure in line.figures)


def _seamed(lines: Sequence[TextLine]) -> list[TextLine]:
    held = list(lines)
    for i, (above, below) in enumerate(pairwise(lines)):
        if _numeric(above.text[-1:]) and _numeric(below.text[:1]) and above.figures and below.figures:
            last, head = held[i].figures, below.figures
            held[i] = held[i]._replace(figures=(*last[:-1], _guess(last[-1])))
            held[i + 1] = below._replace(figures=(_guess(head[0]), *head[1:]))
    return held


def _numeric(sign: str) -> bool:
    return sign != "" and (sign.isdecimal() or sign in _POINTS)


def _loose(blocks: Sequence[TextLine | Grid], limit: int) -> Iterator[TextLine | Grid]:
    for block in blocks:
        if isinstance(block, TextLine):
            yield _held(block, limit)
        else:
            rows = (tuple(b._replace(lines=tuple(_held(w, limit) for w in b.lines)) for b in r) for r in block.rows)
            yield block._replace(rows=tuple(rows))


def _held(line: TextLine, limit: int) -> TextLine:
    return line._replace(figures=tuple(_guess(f) if f.points > limit else f for f in line.figures))


def _guess(figure: ScannedFigure) -> ScannedFigure:
    return figure._replace(score=min(figure.score, GUESS))
