"""The functions of formulas that are worked out: those that budgets are added up with.

Each takes its arguments unevaluated, so that IF looks at one of its branches alone. A function
that is not here leaves its formula with the result that the file keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from math import floor
from types import MappingProxyType
from typing import Protocol

from calcverify.readers.cell_names import Position
from calcverify.readers.formula_values import (
    MOST_CELLS,
    Area,
    Array,
    Failed,
    Fault,
    Operand,
    Unknown,
    Value,
    array,
    bounded,
    clipped,
    number,
    numbers,
    single,
    truth,
    values,
)

_MOST_PLACES = 20
_SIGNS = ("<=", ">=", "<>", "<", ">", "=")


class Call(Protocol):
    """A function with its arguments."""

    other_way: bool

    def __len__(self) -> int:
        """How many arguments there are."""

    def look_at(self, area: Area) -> None:
        """Note the figures in an area that are kept as text, which a SUM leaves out."""

    def __getitem__(self, index: int) -> Operand:
        """One argument, worked out now. Raises ``Unknown``."""


def arguments(call: Call) -> list[Operand]:
    """Every argument, worked out."""
    return [call[i] for i in range(len(call))]


def _sum(call: Call) -> Value:
    total = Fraction(0)
    operands = arguments(call)
    for area in operands:
        if isinstance(area, Area):
            call.look_at(area)
    for each in numbers(operands):
        total = bounded(total + each)
    return total


def _subtotal(call: Call) -> Value:
    """A sum of what is shown; where rows are hidden it depends on what hid them, which is not known here."""
    areas = [call[i] for i in range(1, len(call))]
    if number(call[0]) not in (9, 109):
        raise Unknown
    for area in areas:
        if not isinstance(area, Area) or not area.grid.is_plain(area.first, area.last):
            raise Unknown
    return sum(numbers(areas), Fraction(0))


def _product(call: Call) -> Value:
    found = list(numbers(arguments(call)))
    result = Fraction(1 if found else 0)
    for each in found:
        result = bounded(result * each)
    return result


def _sum_of_products(call: Call) -> Value:
    columns = [array(operand) for operand in arguments(call)]
    if len({column.size for column in columns}) != 1:
        raise Failed
    total = Fraction(0)
    for row in zip(*(column.values for column in columns), strict=True):
        if any(isinstance(value, Fault) for value in row):
            raise Failed
        product = Fraction(1)
        for value in row:  # what is no number counts as 0 here
            product *= value if isinstance(value, Fraction) else 0
        total = bounded(total + product)
    return total


def _average(call: Call) -> Value:
    found = list(numbers(arguments(call)))
    if not found:
        raise Failed
    return bounded(sum(found, Fraction(0)) / len(found))


def _count(call: Call) -> Value:
    every = (value for operand in arguments(call) for value in values(operand))
    return Fraction(sum(isinstance(value, Fraction) for value in every))


def _count_filled(call: Call) -> Value:
    every = (value for operand in arguments(call) for value in values(operand))
    return Fraction(sum(value is not None for value in every))


def _rounded(
    call: Call, units: Callable[[Fraction], int], at_edge: Callable[[Fraction], bool], other: int, places: int | None
) -> Value:
    """A number rounded to places; ``units`` rounds a magnitude to whole units.

    A spreadsheet computes with binary fractions, and lands on either side of an edge (2.5, or 3
    where it rounds up): ``other`` is the neighbour that it may have given as well.
    """
    value = number(call[0])
    at = Fraction(places) if places is not None else number(call[1]) if len(call) > 1 else Fraction(0)
    if at.denominator != 1 or abs(at) > _MOST_PLACES:
        raise Unknown
    scale = Fraction(10) ** int(at)
    magnitude = abs(value) * scale
    count = units(magnitude)
    if call.other_way and at_edge(magnitude):
        count += other
    result = Fraction(count) / scale
    return -result if value < 0 else result


def _is_whole(value: Fraction) -> bool:
    return value.denominator == 1


def _round(call: Call) -> Value:
    return _rounded(call, lambda m: floor(m + Fraction(1, 2)), lambda m: m.denominator == 2, -1, None)


def _round_up(call: Call) -> Value:
    return _rounded(call, lambda m: -floor(-m), _is_whole, 1, None)


def _round_down(call: Call) -> Value:
    return _rounded(call, floor, _is_whole, -1, None)


def _int(call: Call) -> Value:
    value = number(call[0])
    return Fraction(floor(value) - (call.other_way and value.denominator == 1))


def _abs(call: Call) -> Value:
    return abs(number(call[0]))


def _max(call: Call) -> Value:
    return max(numbers(arguments(call)), default=Fraction(0))


def _min(call: Call) -> Value:
    return min(numbers(arguments(call)), default=Fraction(0))


def _if(call: Call) -> Value:
    if truth(call[0]):
        return single(call[1])
    return single(call[2]) if len(call) > 2 else False


def _if_error(call: Call) -> Value:
    try:
        return single(call[0])
    except Failed:
        return single(call[1])


def _and(call: Call) -> Value:
    return all(truth(operand) for operand in arguments(call))


def _or(call: Call) -> Value:
    return any(truth(operand) for operand in arguments(call))


def _not(call: Call) -> Value:
    return not truth(call[0])


def _sum_if(call: Call) -> Value:
    added = call[2] if len(call) > 2 else call[0]
    return _sum_where(added, [(call[0], single(call[1]))])


def _sum_ifs(call: Call) -> Value:
    if len(call) < 3 or len(call) % 2 == 0:
        raise Unknown
    return _sum_where(call[0], [(call[i], single(call[i + 1])) for i in range(1, len(call), 2)])


def _count_if(call: Call) -> Value:
    return Fraction(sum(_held([(call[0], single(call[1]))])))


def _sum_where(added: Operand, conditions: list[tuple[Operand, Value]]) -> Value:
    """The numbers of an area at whose places every condition holds."""
    held = _held(conditions)
    tested = conditions[0][0]
    if not isinstance(added, Area) or not isinstance(tested, Area):
        raise Unknown
    size = clipped(tested, _end(conditions)).size  # type: ignore[union-attr]  # an area stays one
    last = Position(added.first.row + size[0] - 1, added.first.column + size[1] - 1)
    total = Fraction(0)
    for value, counts in zip(array(added._replace(last=last)).values, held, strict=True):
        if counts and isinstance(value, Fault):
            raise Failed
        total += value if counts and isinstance(value, Fraction) else 0
    return bounded(total)


def _held(conditions: list[tuple[Operand, Value]]) -> list[bool]:
    """For each place of the areas whether all conditions hold there."""
    end = _end(conditions)
    columns: list[Array] = []
    for operand, _ in conditions:
        if not isinstance(operand, Area):
            raise Unknown
        columns.append(array(clipped(operand, end)))
    if len({column.size for column in columns}) != 1 or len(columns[0].values) > MOST_CELLS:
        raise Unknown
    tests = [_test_of(criterion) for _, criterion in conditions]
    rows = zip(*(column.values for column in columns), strict=True)
    return [all(test(value) for value, test in zip(row, tests, strict=True)) for row in rows]


def _end(conditions: list[tuple[Operand, Value]]) -> Position:
    """The last row and column that any of the areas has filled: areas of whole columns are cut alike there."""
    ends = [operand.grid.end() for operand, _ in conditions if isinstance(operand, Area)]
    return Position(max((e.row for e in ends), default=1), max((e.column for e in ends), default=0))


def _test_of(criterion: Value) -> Callable[[Value], bool]:
    """Whether a cell meets a criterion: 10, ">=10", "<>", "设备*"."""
    if isinstance(criterion, Fraction):
        return partial(_is_number, criterion)
    if not isinstance(criterion, str):
        raise Unknown
    sign = next((sign for sign in _SIGNS if criterion.startswith(sign)), "")
    wanted = criterion[len(sign) :]
    bound = _as_number(wanted)
    if sign in ("<", ">", "<=", ">="):
        if bound is None:
            raise Unknown
        return lambda value: isinstance(value, Fraction) and compare(sign, value, bound)
    test: Callable[[Value], bool]
    if not wanted:
        empty: tuple[Value, ...] = (None,) if sign else (None, "")
        test = empty.__contains__
    elif bound is not None:
        test = partial(_is_number, bound)
    elif "~" in wanted:  # it takes the next sign literally
        raise Unknown
    else:
        test = partial(_is_like, wanted.casefold())
    return test if sign != "<>" else lambda value: not test(value)


def _is_number(wanted: Fraction, value: Value) -> bool:
    """Whether a cell holds a number, as such or as a text."""
    return value == wanted if isinstance(value, Fraction) else _as_number(value) == wanted


def _as_number(value: Value) -> Fraction | None:
    """The number that a text is, where it is one."""
    if not isinstance(value, str):
        return None
    try:
        return number(value)
    except Unknown:
        return None


def _is_like(pattern: str, value: Value) -> bool:
    """Whether a text is a pattern in which * stands for any characters, or ? for one. Raises ``Unknown`` for both."""
    if not isinstance(value, str):
        return False
    written = value.casefold()
    if "?" in pattern:
        if "*" in pattern:
            raise Unknown
        return len(written) == len(pattern) and all(p in ("?", w) for p, w in zip(pattern, written, strict=True))
    first, *rest = pattern.split("*")
    if not rest:
        return written == first
    if not written.startswith(first) or len(written) < len(first) + len(rest[-1]) or not written.endswith(rest[-1]):
        return False
    at, end = len(first), len(written) - len(rest[-1])
    for part in rest[:-1]:
        found = written.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def compare(sign: str, left: Fraction, right: Fraction) -> bool:
    """Whether a comparison of two numbers holds."""
    return {
        "=": left == right,
        "<>": left != right,
        "<": left < right,
        ">": left > right,
        "<=": left <= right,
        ">=": left >= right,
    }[sign]


FUNCTIONS: Mapping[str, Callable[[Call], Value]] = MappingProxyType(
    {
        "SUM": _sum,
        "SUBTOTAL": _subtotal,
        "PRODUCT": _product,
        "SUMPRODUCT": _sum_of_products,
        "AVERAGE": _average,
        "COUNT": _count,
        "COUNTA": _count_filled,
        "ROUND": _round,
        "ROUNDUP": _round_up,
        "ROUNDDOWN": _round_down,
        "TRUNC": _round_down,
        "INT": _int,
        "ABS": _abs,
        "MAX": _max,
        "MIN": _min,
        "IF": _if,
        "IFERROR": _if_error,
        "AND": _and,
        "OR": _or,
        "NOT": _not,
        "SUMIF": _sum_if,
        "SUMIFS": _sum_ifs,
        "COUNTIF": _count_if,
    }
)
