"""Where one form ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from calcverify.forms.grid import Document
from calcverify.forms.labels import Labels, clean
from calcverify.forms.lines import Line, is_title, recognise

IDENTITY = frozenset({"name", "code", "organisation"})
# What a form may be known by, the surest first: forms are counted by the first that occurs.
_KEYS = ("name", "code", "basis", "total", "annual")
# Fields that stand at the head of a form and may come before its name.
_HEADERS = frozenset({"organisation", "department", "year", "code", "note"})
# A title has its form below it within this many rows (年度, 单位：万元 come between).
_TITLE_REACH = 5

# The rows that are held at once; a file of many forms has titles, and never comes near.
MOST_ROWS = 30_000
MOST_CELLS = 150_000


class TooLarge(Exception):  # noqa: N818  # it is a fault on its way to the reader, who words it
    """One stretch of a document without a title holds more rows than can be held."""


def form_parts(document: Document, labels: Labels) -> Iterator[list[Line]]:
    """The rows of one form after the other. Raises ``TooLarge`` where a form has no end."""
    for chunk in _titled(document, labels):
        yield from _parts(document.text, chunk)


def _titled(document: Document, labels: Labels) -> Iterator[list[Line]]:
    """Stretches of rows, each from a title that has a form below it, or from where a form stands apart, to the next."""
    held: list[Line] = []
    title: int | None = None
    cells = 0
    for row in document.rows:
        line = recognise(document.text, row, labels)
        if row.apart and held:
            yield held
            held, cells, title = [], 0, None
        if title is not None and line.labels:
            if line.roles() & IDENTITY:
                if title:
                    yield held[:title]
                held, cells = held[title:], sum(len(kept.row.cells) for kept in held[title:])
            title = None
        if is_title(document.text, line, labels):
            title = len(held)  # the nearest one: 详见测算表 may end the form before
        elif title is not None and len(held) - title > _TITLE_REACH:
            title = None
        held.append(line)
        cells += len(row.cells)
        if len(held) > MOST_ROWS or cells > MOST_CELLS:
            raise TooLarge
    if held:
        yield held


def _parts(text: str, lines: list[Line]) -> Iterator[list[Line]]:
    """The forms of a stretch that has no title in it, told apart by the field that recurs."""
    roles = [line.roles() for line in lines]
    key = next((key for key in _KEYS if any(key in found for found in roles)), None)
    starts = [i for i, found in enumerate(roles) if key in found]
    if len(starts) < 2:
        yield lines
        return
    starts = _distinct(text, lines, starts)
    # Forms of one file are laid out alike: the label that opens the first opens each.
    opening = next(line.labels[0].label.written for line in lines if line.labels)
    openings = [i for i, line in enumerate(lines) if line.labels and line.labels[0].label.written == opening]
    if len(openings) == len(starts) and all(a <= b for a, b in zip(openings, starts, strict=True)):
        cuts = openings[1:]
    else:
        cuts = [_with_headers(roles, before, start) for before, start in pairwise(starts)]
    at = 0
    for cut in cuts:
        yield lines[at:cut]
        at = cut
    yield lines[at:]


def _distinct(text: str, lines: list[Line], starts: list[int]) -> list[int]:
    """The starts of forms, without those where one form repeats its name on a new page.

    The name repeats the one before it, and no field stands below it that the form has.
    """
    kept = starts[:1]
    for start, end in zip(starts[1:], [*starts[2:], len(lines)], strict=True):
        before = _fields(lines[kept[-1] : start])
        here = _fields(lines[start:end])
        value = _first_value(text, lines[start])
        if (
            not value
            or value != _first_value(text, lines[kept[-1]])
            or before & here & {"basis", "total", "annual", "code"}
        ):
            kept.append(start)
    return kept


def _fields(lines: list[Line]) -> frozenset[str]:
    return frozenset().union(*(line.roles() for line in lines))


def _first_value(text: str, line: Line) -> str:
    found = line.labels[0]
    row = line.row
    start = found.value_start or (row.cells[found.cell + 1].start if found.cell + 1 < len(row.cells) else None)
    return clean(text[start : row.cells[-1].end]) if start is not None else ""


def _with_headers(roles: list[frozenset[str]], before: int, start: int) -> int:
    """The start of the form whose name stands at ``start``, with the header fields above it.

    They are those that the form before (named at ``before``) has already had.
    """
    had = frozenset().union(*roles[before : start - 1]) if start - before > 1 else frozenset()
    first_headers = frozenset().union(*roles[:before])
    while start - 1 > before and roles[start - 1] and roles[start - 1] <= _HEADERS & (had | first_headers):
        start -= 1
    return start
