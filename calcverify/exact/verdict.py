"""Comparing a computed value with a stated figure: the verdicts and how they are reached.

Everything here is about numbers: the caller says what kind of computation it was and
which of its addends may themselves be rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from calcverify.exact.interval import Interval
from calcverify.exact.rational import TEN, ZERO, less, minus, opposite, product, quotient, same, size, times_over
from calcverify.exact.rounding import MODES, Mode

ONE_PERCENT = Fraction(1, 100)


class Verdict(str, Enum):
    """What comparing a computed value with the stated figure says."""

    EXACT = "exact"
    ROUNDED = "rounded"
    CARRY = "carry"
    APPROXIMATE = "approximate"
    QUERY = "query"
    MISMATCH = "mismatch"


EXACT = Verdict.EXACT  # what most are; a member of an Enum takes longer to look up than to compare


class Shape(Enum):
    """What kind of computation a value comes from."""

    PRODUCT = "product"
    SUM = "sum"
    COMPOSED = "composed"


class Target(NamedTuple):
    """The stated figure: value and place in the base unit, hedge, upper end if vague."""

    value: Fraction
    place: Fraction
    hedged: bool = False
    high: Fraction | None = None


class Addend(NamedTuple):
    """A term of a sum: its coefficient, its place in the base unit, and whether it may
    itself have been rounded there (stated in 千元 or larger, or a rounded result)."""

    coefficient: Fraction
    value: Fraction
    place: Fraction
    roundable: bool


def trailing_place(value: Fraction, place: Fraction) -> Fraction:
    """The value of the last digit of a figure that is not zero: 2200万 → 100万."""
    if not value or not less(ZERO, place):
        return place
    count = quotient(value, place)
    if count.denominator != 1:
        return place
    n = abs(count.numerator)
    while n % 10 == 0:
        n //= 10
        place = product(place, TEN)
    return place


class Leeway(NamedTuple):
    """How far a stated figure may be from what was computed: an office's own rounding.

    ``mode`` is how figures are rounded at their last digit, ``hedge`` the share of a
    hedged figure (约30万元) by which it may be off, 1/100 for one per cent.
    """

    mode: Mode = MODES[0]
    hedge: Fraction = ONE_PERCENT


USUAL = Leeway()


def judge(
    shape: Shape,
    computed: Fraction,
    target: Target,
    addends: Sequence[Addend] = (),
    factors: Sequence[Interval] = (),
    leeway: Leeway = USUAL,
) -> Verdict:
    """The verdict of design section 6 for one computation and one figure.

    ``factors`` are the preimages of the decimal factors of a composed product, empty
    otherwise. A vague target is never exact: inside its range it is approximate,
    outside a question.
    """
    if target.high is not None:
        inside = target.value <= computed <= target.high
        return Verdict.APPROXIMATE if inside else Verdict.QUERY
    if same(target.value, computed):
        return EXACT
    mode = leeway.mode
    if mode.writes(computed, target.value, target.place):
        return Verdict.ROUNDED
    off, stated = size(minus(target.value, computed)), size(target.value)
    near = not times_over(off, 100, stated)
    if shape is Shape.SUM and near and carries(computed, target, addends, mode):
        return Verdict.CARRY
    if target.hedged and off <= leeway.hedge * stated:
        return Verdict.APPROXIMATE
    if near and shape is not Shape.SUM:
        coarse = trailing_place(target.value, target.place)
        if not same(coarse, target.place) and mode.writes(computed, target.value, coarse):
            return Verdict.APPROXIMATE
    if shape is not Shape.COMPOSED:
        return Verdict.MISMATCH
    if near and factors and not times_over(off, 1000, stated):
        low = high = Fraction(1)
        for interval in factors:
            low, high = product(low, interval.low), product(high, interval.high)
        if Interval(low, high).meets(mode.preimage(target.value, target.place)):
            return Verdict.APPROXIMATE
    return Verdict.QUERY


def may_carry(computed: Fraction, target: Target) -> bool:
    """Whether 尾差 could explain what lies between a sum and a figure, so that the addends matter."""
    off = size(minus(target.value, computed))
    return bool(off) and not times_over(off, 100, size(target.value))


def carries(computed: Fraction, target: Target, addends: Sequence[Addend], mode: Mode) -> bool:
    """尾差: the intervals meet once the addends are taken as rounded at their last digit."""
    if len(addends) < 2:
        return False
    if not any(a.roundable and quotient(a.value, a.place) % 10 != 0 for a in addends):
        return False
    reach = Interval.point(computed)
    for addend in addends:
        if addend.roundable and addend.value:
            own = mode.preimage(addend.value, addend.place)
            shifted = own.plus(Interval.point(opposite(addend.value)))
            reach = reach.plus(shifted.scaled(addend.coefficient))
    return reach.meets(mode.preimage(target.value, target.place))
