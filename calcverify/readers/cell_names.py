"""Names of cells: ``B7`` is the second column of the seventh row."""

from __future__ import annotations

import re
from typing import NamedTuple

CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})")
MOST_COLUMNS = 16_384


class Position(NamedTuple):
    """A cell: its row from 1, its column from 0."""

    row: int
    column: int


def column_name(column: int) -> str:
    """The letters of a column counted from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell: its row counted from 1, its column from 0.

    >>> cell_name(7, 1)
    'B7'
    """
    return f"{column_name(column)}{row}"


def position(reference: str) -> Position | None:
    """The cell that ``B7`` or ``$B$7`` names, or ``None``.

    >>> position("B7"), position("7")
    (Position(row=7, column=1), None)
    """
    match = CELL.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[2].upper():
        column = column * 26 + ord(letter) - 64
    return Position(int(match[4]), column - 1) if column <= MOST_COLUMNS else None


def parse_range(reference: str) -> tuple[Position, Position] | None:
    """The first and the last cell of ``A1:D1``, or ``None``.

    >>> parse_range("A1:D2")
    (Position(row=1, column=0), Position(row=2, column=3))
    """
    first, _, last = reference.partition(":")
    begin, end = position(first), position(last or first)
    if begin is None or end is None:
        return None
    (top, bottom), (left, right) = sorted((begin.row, end.row)), sorted((begin.column, end.column))
    return Position(top, left), Position(bottom, right)
