"""What a formula works with: numbers, texts, truth values, empty cells, faults, and areas of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeAlias

from calcverify.readers.cell_names import Position
from calcverify.readers.number_format import decimal_of, general

# A number of more bits is none that a spreadsheet holds.
_MOST_BITS = 2_000
# Cells of an area that is worked through cell by cell.
MOST_CELLS = 20_000
_PLAIN = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{0,30})?%?")


class Unknown(Exception):  # noqa: N818  # it ends the working out of one formula
    """A formula that is not worked out."""


class Failed(Unknown):
    """A formula that a spreadsheet shows an error for: #DIV/0!, #VALUE!."""


class Fault(NamedTuple):
    """What a cell shows whose formula fails: #REF!."""

    text: str


Value: TypeAlias = "Fraction | str | bool | Fault | None"


class Grid(Protocol):
    """The cells of one sheet."""

    def value(self, at: Position) -> Value:
        """What a cell holds, ``None`` where it is empty. Raises ``Unknown``."""

    def filled(self, first: Position, last: Position) -> Iterator[tuple[Position, Value]]:
        """The cells of an area that hold something."""

    def is_plain(self, first: Position, last: Position) -> bool:
        """Whether no row of an area is hidden, and no formula in it is a SUBTOTAL itself."""

    def end(self) -> Position:
        """The last row and the last column that hold something."""


class Area(NamedTuple):
    """A range of cells of one sheet, its first and last cell among them."""

    grid: Grid
    first: Position
    last: Position

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.last.row - self.first.row + 1, self.last.column - self.first.column + 1


class Array(NamedTuple):
    """What an area gives that is worked through cell by cell: row after row."""

    size: tuple[int, int]
    values: tuple[Value, ...]


Operand: TypeAlias = "Value | Area | Array"


def single(value: Operand) -> Value:
    """A value that is no area; of an area with one cell that cell. Raises ``Unknown``."""
    if isinstance(value, Area):
        if value.first != value.last:
            raise Unknown
        value = value.grid.value(value.first)
    if isinstance(value, Array):
        if value.size != (1, 1):
            raise Unknown
        value = value.values[0]
    if isinstance(value, Fault):
        raise Failed
    return value


def number(value: Operand) -> Fraction:
    """A number, as a spreadsheet takes one where it needs one: an empty cell is 0, a text of digits its number.

    >>> number("1,200.50"), number(None), number(True)
    (Fraction(2401, 2), Fraction(0, 1), Fraction(1, 1))
    """
    value = single(value)
    if isinstance(value, str):
        return _number_in(value)
    return bounded(value if isinstance(value, Fraction) else Fraction(bool(value)))


def _number_in(text: str) -> Fraction:
    bare = text.strip()
    if _PLAIN.fullmatch(bare) is None:
        # 12人 and 2031-1-1 are told apart by nobody here; 无 is an error for sure.
        raise Unknown if any(character.isdecimal() for character in text) else Failed
    found = Fraction(Decimal(bare.rstrip("%").replace(",", "")))
    return found / 100 if bare.endswith("%") else found


def is_figure(value: Value) -> bool:
    """Whether a text is a figure, and no year and no zero: what a person takes for a number."""
    if not isinstance(value, str) or _PLAIN.fullmatch(value.strip()) is None:
        return False
    bare = value.strip()
    return bool(_number_in(bare)) and not (len(bare) == 4 and bare.startswith(("19", "20")))


def text(value: Operand) -> str:
    """The text that a value is joined to others as."""
    value = single(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Fraction):
        shown = decimal(value)
        if Fraction(shown) != value:
            raise Unknown
        return general(shown)
    return value if isinstance(value, str) else ""


def truth(value: Operand) -> bool:
    """Whether a condition holds."""
    value = single(value)
    if isinstance(value, str):
        raise Unknown
    return bool(value)


def decimal(value: Fraction) -> Decimal:
    """A number in the fifteen digits that a spreadsheet has."""
    found = decimal_of(str(Decimal(value.numerator) / Decimal(value.denominator)))
    return Decimal(0) if found is None else found


def bounded(value: Fraction) -> Fraction:
    """The number, where it is no longer than numbers may become. Raises ``Unknown``."""
    if value.denominator.bit_length() > _MOST_BITS or value.numerator.bit_length() > _MOST_BITS:
        raise Unknown
    return value


def values(operand: Operand) -> Iterator[Value]:
    """The values of an operand; empty cells of an area are passed over."""
    if isinstance(operand, Area):
        yield from (value for _, value in operand.grid.filled(operand.first, operand.last))
    elif isinstance(operand, Array):
        yield from operand.values
    else:
        yield operand


def numbers(operands: Iterable[Operand]) -> Iterator[Fraction]:
    """The numbers among operands: in an area only what is a number counts, of a single value what it is worth."""
    for operand in operands:
        if not isinstance(operand, Area | Array):
            yield number(operand)
            continue
        for value in values(operand):
            if isinstance(value, Fault):
                raise Failed
            if isinstance(value, Fraction):
                yield value


def array(operand: Operand) -> Array:
    """An operand cell by cell. Raises ``Unknown`` for more cells than are worked through."""
    if isinstance(operand, Array):
        return operand
    if not isinstance(operand, Area):
        return Array((1, 1), (operand,))
    rows, columns = operand.size
    if rows * columns > MOST_CELLS:
        raise Unknown
    held = dict(operand.grid.filled(operand.first, operand.last))
    places = (
        Position(row, column)
        for row in range(operand.first.row, operand.last.row + 1)
        for column in range(operand.first.column, operand.last.column + 1)
    )
    return Array(operand.size, tuple(held.get(place) for place in places))


def clipped(operand: Operand, end: Position) -> Operand:
    """An area up to the last cell that holds something; at least its first one."""
    if not isinstance(operand, Area):
        return operand
    last = Position(
        max(min(operand.last.row, end.row), operand.first.row),
        max(min(operand.last.column, end.column), operand.first.column),
    )
    return operand._replace(last=last)
