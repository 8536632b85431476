"""The tree of the total as an inline SVG: a row an amount, a bar as long as the amount, red where it breaks
and amber where it asks.

Made of attributes alone, without a style sheet and without ids, so that it may stand
several times in a page or a notebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape

from calcverify.exact.printing import amount_in
from calcverify.exact.verdict import Verdict
from calcverify.report.model import Project
from calcverify.report.screen import PLAIN
from calcverify.report.tree import Row, tree
from calcverify.report.words import fill, say
from calcverify.verify.wording import natural_scale

WIDTH, LINE, INDENT = 940, 24, 18
_NAMES, _BARS = 450, 180  # pixels: where the bars begin, and the longest one
_COLUMN = 7.0  # pixels a column of the text takes at this size; a Chinese character takes two
_INK, _QUIET = "#1d2733", "#56606b"
_FINE, _BAD, _OPEN = ("#2b6cb0", "#b9d3ee"), ("#a3260b", "#f3b8a6"), ("#7a4b00", "#ffe2a0")
_FONT = "'Noto Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Zen Hei',sans-serif"


def tree_svg(project: Project, lang: str = "zh", styled: bool = True) -> str:
    """The picture as an ``<svg>`` element, every text in it escaped; ``""`` where nothing is built.

    It shrinks with what it stands in; a page that forbids styles inside elements leaves that to
    its own style sheet (``styled=False``).
    """
    rows, left_out = tree(project)
    if not rows:
        return ""
    largest = max(abs(row.value) for row in rows) or Fraction(1)
    scale, worth = natural_scale(largest, "元")
    height = LINE * (len(rows) + bool(left_out)) + 8
    label = escape(say("tree", lang), quote=True)
    shrinking = 'style="max-width:100%;height:auto" ' if styled else ""
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'{shrinking}role="img" aria-label="{label}" font-family="{_FONT}" font-size="13">'
    ]
    above: list[int] = []  # the middle of the row that stands over each depth
    for n, row in enumerate(rows):
        middle = 4 + LINE * n + LINE // 2
        above[row.depth :] = [middle]
        if row.depth:
            out.append(_branch(row.depth, above[row.depth - 1], middle))
        out += _row(row, middle, largest, scale, worth, lang)
    if left_out:
        more = escape(fill("and-more", lang, n=left_out))
        out.append(f'<text x="8" y="{height - 8}" fill="{_QUIET}">{more}</text>')
    return "".join([*out, "</svg>"])


def _branch(depth: int, parent: int, middle: int) -> str:
    x = 12 + INDENT * (depth - 1)
    return f'<path d="M{x} {parent + 9}V{middle}H{x + 12}" fill="none" stroke="#9aa5b1"/>'


def _row(row: Row, middle: int, largest: Fraction, scale: str, worth: Fraction, lang: str) -> Iterator[str]:
    left, base = 8 + INDENT * row.depth, middle + 4
    room = int((_NAMES - 16 - left) / _COLUMN)
    sign = "− " if row.taken else "+ " if row.depth else ""
    called = row.name or ("" if row.depth else say("total", lang))
    name = sign + PLAIN.show(called, max(8, room - 2 if not row.reading else room * 3 // 5))
    weight = ' font-weight="bold"' if row.depth == 0 else ""
    reading = PLAIN.show(row.reading, max(6, room - PLAIN.columns(name) - 2)) if row.reading else ""
    said = f'<tspan fill="{_QUIET}" dx="6">{escape(reading)}</tspan>' if reading else ""
    yield f'<text x="{left}" y="{base}" fill="{_INK}"{weight}>{escape(name)}{said}</text>'
    # What is read from prose may ask, not accuse: a question is not red.
    colour, inside = _FINE if not row.breaks else _BAD if row.verdict is Verdict.MISMATCH else _OPEN
    inside = "#ffffff" if row.taken and not row.breaks else inside
    dashes = ' stroke-dasharray="3 2"' if row.taken else ""
    length = _length(row.value, largest)
    yield (
        f'<rect x="{_NAMES}" y="{middle - 7}" width="{length}" height="14" fill="{inside}" stroke="{colour}"{dashes}/>'
    )
    if row.breaks and row.computed is not None:
        # A line where the bar would end if the amount followed from what is under it; an arrow where that is far off.
        end = _NAMES + min(_BARS, _length(row.computed, largest))
        arrow = f"M{end - 5} {middle - 5}l5 5l-5 5" if abs(row.computed) > largest else ""
        line = f"M{end} {middle - 10}V{middle + 10}"
        yield f'<path d="{arrow or line}" fill="none" stroke="{_INK}" stroke-width="2"/>'
    text = amount_in(row.value, scale, worth, lang)
    if row.breaks:
        text = f"{'✗' if row.verdict is Verdict.MISMATCH else '?'} {text}"
        if row.computed is not None:
            text += f" ≠ {amount_in(row.computed, scale, worth, lang)}"
    text = PLAIN.show(text, int((WIDTH - _NAMES - _BARS - 12) / _COLUMN))
    ink = colour if row.breaks else _INK
    yield f'<text x="{_NAMES + _BARS + 8}" y="{base}" fill="{ink}">{escape(text)}</text>'


def _length(value: Fraction, largest: Fraction) -> int:
    return max(1, int(_BARS * abs(value) / largest))
