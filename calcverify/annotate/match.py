"""Where the characters of a figure stand in the text of its cell.

The place is known to the code point. Still it is looked up: what a format calls the text
of a cell differs by line ends and blanks, and a note at the wrong figure is worse than none.
"""

from __future__ import annotations

from calcverify.source import Span


def find_near(text: str, figure: str, start: int) -> Span | None:
    """The occurrence of ``figure`` in ``text`` that begins nearest to ``start``.

    Blanks and line ends are passed over where nothing else fits; ``None`` where the
    characters are not there.

    >>> find_near("甲3.6万元，乙3.6万元", "3.6万元", 8)
    Span(start=8, end=13)
    >>> find_near("3.6\\n万元", "3.6万元", 0)
    Span(start=0, end=6)
    """
    if not figure.strip():
        return None
    if text.startswith(figure, start):
        return Span(start, start + len(figure))
    at = _nearest(text, figure, start)
    if at is not None:
        return Span(at, at + len(figure))
    places = [i for i, char in enumerate(text) if not char.isspace()]
    solid = "".join(text[i] for i in places)
    wanted = "".join(figure.split())
    near = sum(i < start for i in places)
    at = _nearest(solid, wanted, near)
    return None if at is None else Span(places[at], places[at + len(wanted) - 1] + 1)


def _nearest(text: str, figure: str, start: int) -> int | None:
    """Where the occurrence nearest to ``start`` begins."""
    before, after = text.rfind(figure, 0, start + len(figure)), text.find(figure, max(0, start))
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - start)) if found else None
