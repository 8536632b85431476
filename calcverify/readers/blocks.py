"""The parts of a sheet: forms that stand beside each other, and forms that begin at another column.

    A               B       C   D               E
    项目名称        清淤        项目名称        路灯
    金额（万元）    6           金额（万元）    0.9

Rows of two forms are no rows of one: each part is laid out from its own first column, from
its first row to its last, as if it were alone on the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from calcverify.forms.labels import AMOUNTS, LONGEST_LABEL, Labels, key_of

END = 1 << 30
# What is looked at in search of forms beside each other: cells of a sheet, pairs of columns with names, the columns
# between them, the empty ones among these, and parts within parts.
_MOST_CELLS = 40_000
_MOST_PAIRS = 12
_WIDEST = 250
_MOST_GAPS = 4
_DEEPEST = 12
# Rows over the forms that hold for all of them: a title, a year, 单位：万元.
_MOST_SHARED = 4


class SheetRow(NamedTuple):
    """A row: its number from 1, its cells that are not empty as column (from 0) and shown text."""

    number: int
    cells: list[tuple[int, str]]
    hidden: bool = False


class Part(NamedTuple):
    """Rows that are laid out together, the column that they begin at, and the columns that are theirs.

    ``apart`` is true where another form stands beside it: nothing above its first row goes on in it.
    """

    rows: list[SheetRow]
    margin: int
    low: int
    high: int
    apart: bool = False


Wide = Mapping[tuple[int, int], int]


def parts_of(rows: list[SheetRow], wide: Wide, labels: Labels) -> Iterator[Part]:
    """The parts of a sheet from top to bottom and from left to right.

    ``wide`` are the cells that cover several columns, by row and column, with how many.
    """
    words = _Words(labels)
    rows = _without_guide(rows, labels)
    named = [words.named(row) for row in rows]
    if len({column for columns in named for column in columns}) < 2:
        yield Part(rows, _margin(rows), 0, END)
    else:
        yield from _cut(rows, wide, words, (0, END))


def _without_guide(rows: list[SheetRow], labels: Labels) -> list[SheetRow]:
    """The rows without a column of instructions at their right edge, which 填表说明 heads beside the form."""
    right = max((row.cells[-1][0] for row in rows if row.cells), default=0)
    head = next((row for row in rows if row.cells and row.cells[-1][0] == right), None)
    if head is None or right == 0 or key_of(head.cells[-1][1]) not in labels.guides:
        return rows
    kept = (row._replace(cells=[cell for cell in row.cells if cell[0] < right]) for row in rows)
    return [row for row in kept if row.cells]


class _Words:
    """What the cells of a sheet are called; a word is looked up once."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._known: dict[str, str] = {}
        # Few cells hold a character that a name's label ends with; the others need no look.
        ends = {label[-1] for label, word in labels.fields.items() if word.role == "name"}
        self._ends = frozenset(ends | ({"）"} if ")" in ends else set()))

    def role(self, text: str) -> str:
        """The role of the label that a cell is or begins with (项目名称：清淤); ``""`` where it is none."""
        if len(text) > 4 * LONGEST_LABEL or text[:1].isdecimal():
            return ""
        if text not in self._known:
            label = self._labels.field(text) if len(text) <= LONGEST_LABEL else None
            head, colon, _ = text[:LONGEST_LABEL].replace("：", ":").partition(":")
            if label is None and colon:
                label = self._labels.field(head)
            self._known[text] = "" if label is None else label.word.role
        return self._known[text]

    def named(self, row: SheetRow) -> list[int]:
        """The columns of a row in which a project is named."""
        return [
            column
            for column, text in row.cells
            if not self._ends.isdisjoint(text[:LONGEST_LABEL]) and self.role(text) == "name"
        ]

    def is_heading(self, row: SheetRow) -> bool:
        """Whether no field begins in the row: it is a title, a year or a unit."""
        return not any(self.role(text) for _, text in row.cells)

    def headings(self, rows: list[SheetRow]) -> list[SheetRow]:
        """The rows over the first field."""
        return [row for row in takewhile(self.is_heading, rows) if row.cells]

    def has_unit(self, row: SheetRow) -> bool:
        """Whether the row declares a unit: 单位：万元."""
        return any(len(text) <= LONGEST_LABEL and self._labels.unit_in(text) is not None for _, text in row.cells)

    def is_form(self, rows: Sequence[SheetRow]) -> bool:
        """Whether rows hold the name of a project, and an amount or a basis that is filled in."""
        name = filled = False
        for row, below in pairwise([*rows, SheetRow(0, [])]):
            for at, (column, text) in enumerate(row.cells):
                role = self.role(text)
                name = name or role == "name"
                if role == "basis" or role in AMOUNTS or role == "group":
                    beside = row.cells[at + 1][1] if at + 1 < len(row.cells) else ""
                    under = next((value for place, value in below.cells if place == column), "")
                    own = text.replace("：", ":").partition(":")[2]
                    filled = filled or any(_counts(value) for value in (own, beside, under))
            if name and filled:
                return True
        return False


def _counts(text: str) -> bool:
    return any(character.isdecimal() for character in text[:1000])


def _cut(rows: list[SheetRow], wide: Wide, words: _Words, columns: tuple[int, int], depth: int = 0) -> Iterator[Part]:
    """The parts of some rows, whose cells stand in ``columns``."""
    at, runs = _beside(rows, wide, words) if depth < _DEEPEST else (0, [])
    if not runs:
        yield from _stacked(rows, words, columns)
        return
    low, high = columns
    done = 0
    for first, last in runs:
        above = max(_over(rows, first, words), done)
        shared = [*rows[above:first], *_over_one(rows[first:last], at, words)]
        both = {row.number for row in shared}
        run = [row for row in rows[first:last] if row.number not in both]
        yield from _cut(rows[done:above], wide, words, columns, depth + 1)
        for own in ((low, at), (at, high)):
            half = _cut(_half(run, shared, *own), wide, words, own, depth + 1)
            yield from (part._replace(apart=part.apart or number == 0) for number, part in enumerate(half))
        done = last
    yield from _cut(rows[done:], wide, words, columns, depth + 1)


def _half(rows: list[SheetRow], shared: list[SheetRow], low: int, high: int) -> list[SheetRow]:
    """The cells of some columns, with the rows that hold for both halves."""
    kept = [*shared, *(row for row in (_within(row, low, high) for row in rows) if row.cells)]
    return sorted(kept, key=lambda row: row.number)


def _within(row: SheetRow, low: int, high: int) -> SheetRow:
    return row._replace(cells=[cell for cell in row.cells if low <= cell[0] < high])


def _beside(rows: list[SheetRow], wide: Wide, words: _Words) -> tuple[int, list[tuple[int, int]]]:
    """The column at which a second form begins, and the rows (from, to) that hold two forms beside each other."""
    columns = sorted({column for row in rows for column in words.named(row)})
    if len(columns) < 2 or sum(len(row.cells) for row in rows) > _MOST_CELLS:
        return 0, []
    for left, right in islice(pairwise(columns), _MOST_PAIRS):
        for at in _columns_between(rows, wide, left, right):
            runs = [
                run
                for stretch in _stretches(rows, wide, at)
                for run in _both(rows, *stretch, at, words)
                if _two_forms(rows[run[0] : run[1]], at, words)
            ]
            if runs:
                return at, runs
    return 0, []


def _two_forms(rows: list[SheetRow], at: int, words: _Words) -> bool:
    return all(words.is_form([_within(row, low, high) for row in rows]) for low, high in ((0, at), (at, END)))


def _columns_between(rows: list[SheetRow], wide: Wide, left: int, right: int) -> Iterator[int]:
    """The columns at which the second form may begin: behind an empty column, else as its name is to the first's."""
    if right - left > _WIDEST:
        return
    taken = bytearray(right - left + 1)
    for row in rows:
        for column, _ in row.cells:
            end = column + _across(wide, row, column)
            if column <= right and end > left and not column <= left < right < end:  # a title lies over both
                low, high = max(column, left) - left, min(end, right + 1) - left
                taken[low:high] = b"\1" * (high - low)
    yield from islice((left + i + 1 for i in range(right - left - 1, 0, -1) if not taken[i]), _MOST_GAPS)
    yield max(right - max(left - _margin(rows), 0), left + 1)
    yield right


def _across(wide: Wide, row: SheetRow, column: int) -> int:
    return wide.get((row.number, column), 1)


def _stretches(rows: list[SheetRow], wide: Wide, at: int) -> Iterator[tuple[int, int]]:
    """The stretches of rows none of whose cells lies over the column ``at`` and the one before it."""
    first = 0
    for index, row in enumerate(rows):
        if any(column < at < column + _across(wide, row, column) for column, _ in row.cells):
            if index > first:
                yield first, index
            first = index + 1
    if first < len(rows):
        yield first, len(rows)


def _both(rows: list[SheetRow], first: int, last: int, at: int, words: _Words) -> Iterator[tuple[int, int]]:
    """The rows of a stretch in which both forms stand: a form that takes the whole width below them is none of it.

    The stretch is looked at by its blocks, which empty rows part.
    """
    begun: int | None = None
    for start, end in _blocks(rows, first, last):
        named = {column < at for row in rows[start:end] for column in words.named(row)}
        filled = {column < at for row in rows[start:end] for column, _ in row.cells}
        if begun is not None and len(named) == 1 and len(filled) == 2:
            yield begun, start
            begun = None
        elif begun is None and len(named) == 2:
            begun = start
    if begun is not None:
        yield begun, last


def _blocks(rows: list[SheetRow], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The rows (from, to) that no empty row parts."""
    gaps = (i for i in range(first + 1, last) if rows[i].number > rows[i - 1].number + 1)
    return pairwise([first, *gaps, last])


def _over(rows: list[SheetRow], first: int, words: _Words) -> int:
    """The first of the rows over two forms that hold for both: a title, 单位：万元."""
    above = first
    while above > 0 and first - above < _MOST_SHARED and words.is_heading(rows[above - 1]):
        if len(rows[above - 1].cells) > 1 or rows[above].number > rows[above - 1].number + 2:
            break
        above -= 1
    return above


def _over_one(rows: list[SheetRow], at: int, words: _Words) -> list[SheetRow]:
    """The headings of one form that hold for the other as well: it has none, or declares no unit."""
    sides = [words.headings([_within(row, *half) for row in rows]) for half in ((0, at), (at, END))]
    numbers: set[int] = set()
    for own, other in (sides, sides[::-1]):
        titled = any(not words.has_unit(row) for row in own)
        has_unit = any(words.has_unit(row) for row in own)
        numbers |= {row.number for row in other if not (has_unit if words.has_unit(row) else titled)}
    return [row for row in rows if row.number in numbers and len({column < at for column, _ in row.cells}) == 1]


def _stacked(rows: list[SheetRow], words: _Words, columns: tuple[int, int]) -> Iterator[Part]:
    """Forms below each other, each laid out from the column that it begins at."""
    held: list[SheetRow] = []
    margin: int | None = None
    for start, end in _blocks(rows, 0, len(rows)):
        block = rows[start:end]
        if any(words.named(row) for row in block):
            here = _margin(block)
            if margin is not None and here != margin:
                yield Part(held, _margin(held), *columns)
                held = []
            margin = here
        held += block
    if held:
        yield Part(held, _margin(held), *columns)


def _margin(rows: Sequence[SheetRow]) -> int:
    """The first column of a form: a margin of empty columns is none of it, its labels stand in the first one."""
    return min((row.cells[0][0] for row in rows if len(row.cells) > 1), default=0)
