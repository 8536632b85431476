"""A line of the basis with markers under a figure, aligned in columns of the screen.

Sixteen Chinese characters can be twenty-three columns, so places are counted in what
the terminal draws. A long line is cut to a window around the figure::

    …校40%*(3.5万元+72万元)=31.2万元，其余…
                            ^^^^^^^^
"""

from __future__ import annotations

from typing import NamedTuple

from calcverify.report.screen import Screen
from calcverify.source import Span


class Excerpt(NamedTuple):
    """The line as shown, and the line of markers that goes under it."""

    line: str
    marker: str


def _take(screen: Screen, text: str, room: int, backwards: bool = False) -> tuple[str, int]:
    """As many shown characters of ``text`` as ``room`` columns hold, and how many those are."""
    out: list[str] = []
    for char in reversed(text) if backwards else text:
        glyph = screen.glyph(char)
        room -= screen.columns(glyph)
        if room < 0:
            break
        out.append(glyph)
    return "".join(reversed(out) if backwards else out), len(out)


def excerpt(text: str, span: Span, screen: Screen, indent: int = 0) -> Excerpt:
    """The line of ``text`` around ``span``, no wider than ``screen``, and its markers.

    ``indent`` columns are left free (and not written) before the line. A span that
    reaches over the end of its line is marked up to there; an empty one gets one marker.
    """
    room = max(20, screen.width - indent)
    dots = screen.fit("…")
    # A glyph takes at least one column: what is further away than that is never drawn.
    start = min(max(0, span.start), len(text))
    low = max(text.rfind("\n", 0, start) + 1, start - room - 1)
    break_at = text.find("\n", start, start + 2 * room)
    high = break_at if break_at >= 0 else min(len(text), start + 2 * room)
    end = min(max(start, span.end), high)

    free = room - 2 * screen.columns(dots)
    figure, shown = _take(screen, text[start:end], free)
    free -= screen.columns(figure)
    before, after = text[low:start], text[start + shown : high]
    left, n_left = _take(screen, before, free * 2 // 3, backwards=True)
    right, n_right = _take(screen, after, free - screen.columns(left))
    if n_left < len(before):
        left, n_left = _take(screen, before, free - screen.columns(right), backwards=True)

    cut_left = n_left < len(before) or (low > 0 and text[low - 1] != "\n")
    cut_right = n_right < len(after) or (high < len(text) and text[high] != "\n")
    prefix = (dots if cut_left else "") + left
    line = prefix + figure + right + (dots if cut_right else "")
    marker = " " * screen.columns(prefix) + "^" * max(1, screen.columns(figure))
    return Excerpt(line.rstrip(), marker)
