"""Interval arithmetic against brute force over a grid of quarters.

Every interval with ends in -1, 0, 1, 2 and every kind of ends takes part, the empty
ones too. Between two different ends lie at least three points of the grid, so a set of
grid points tells the intervals apart.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from calcverify.exact.interval import EMPTY, Interval

ENDS = [Fraction(n) for n in (-1, 0, 1, 2)]
INTERVALS = [
    Interval(low, high, *closed) for low, high in product(ENDS, ENDS) for closed in product((True, False), repeat=2)
]
GRID = range(-13, 26)  # in quarters: the sums of two members and their doubles lie inside


def members(interval: Interval) -> frozenset[int]:
    """The quarters in ``interval``, by the definition of its ends."""
    low, high = 4 * interval.low, 4 * interval.high
    inside = {n for n in GRID if low < n < high}
    if low == high:
        return frozenset({int(low)} if interval.low_closed and interval.high_closed else ())
    if low < high:
        inside |= {int(low)} if interval.low_closed else set()
        inside |= {int(high)} if interval.high_closed else set()
    return frozenset(inside)


MEMBERS = {interval: members(interval) for interval in INTERVALS}
PAIRS = list(product(INTERVALS, INTERVALS))


def test_the_grid_has_full_half_open_and_empty_intervals() -> None:
    assert len(MEMBERS) == 64
    assert sorted({len(m) for m in MEMBERS.values()}) == [0, 1, 3, 4, 5, 7, 8, 9, 11, 12, 13]


def test_a_number_is_in_an_interval_by_its_ends() -> None:
    for interval, inside in MEMBERS.items():
        assert {n for n in GRID if Fraction(n, 4) in interval} == inside, interval


def test_an_interval_is_empty_when_no_number_lies_in_it() -> None:
    for interval, inside in MEMBERS.items():
        assert interval.empty is (not inside), interval
    assert EMPTY.empty


def test_the_intersection_holds_what_lies_in_both() -> None:
    for a, b in PAIRS:
        assert members(a.intersect(b)) == MEMBERS[a] & MEMBERS[b], (a, b)
        assert a.meets(b) is bool(MEMBERS[a] & MEMBERS[b]), (a, b)


def test_the_sum_holds_the_sums_of_members_and_no_other_number() -> None:
    """Halves are enough to probe with: each is a sum of two quarters where it is one at all."""
    for a, b in PAIRS:
        sums = {x + y for x in MEMBERS[a] for y in MEMBERS[b]}
        total = a.plus(b)
        assert sums <= members(total), (a, b)
        assert {n for n in members(total) if n % 2 == 0} == {n for n in sums if n % 2 == 0}, (a, b)


@pytest.mark.parametrize("factor", [Fraction(n, 2) for n in range(-4, 5)])
def test_scaling_holds_the_products_and_no_other_number(factor: Fraction) -> None:
    for interval, inside in MEMBERS.items():
        scaled = interval.scaled(factor)
        probes = [Fraction(n, 8) for n in range(-26, 52)]
        reached = {Fraction(n, 4) * factor for n in inside}
        if factor:
            assert {p for p in probes if p in scaled} == {p for p in probes if p / factor in interval}, interval
        assert all(number in scaled for number in reached), interval
        assert scaled.empty is (not reached), interval
        assert factor or reached <= {scaled.low} == {scaled.high}, interval


def test_a_negative_factor_swaps_the_kinds_of_the_ends() -> None:
    assert Interval(Fraction(1), Fraction(2), True, False).scaled(Fraction(-1)) == Interval(
        Fraction(-2), Fraction(-1), False, True
    )


def test_a_point_holds_one_number() -> None:
    assert members(Interval.point(Fraction(1))) == {4}


def test_only_exact_numbers_can_be_members() -> None:
    """A binary fraction beside an exact end would decide a tie by accident."""
    assert 1 in Interval(Fraction(0), Fraction(2))
    assert 1.0 not in Interval(Fraction(0), Fraction(2))
    assert "1" not in Interval(Fraction(0), Fraction(2))
