"""Intervals of rationals with open and closed ends.

An interval is the set of numbers that a written figure may stand for. Whether an end
belongs to it decides between 四舍五入一致 and 不一致 for a value on the tie, so the ends
travel with every operation. An interval without numbers in it is a value like any other.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from calcverify.exact.rational import ZERO, less, plus, product, same


class Interval(NamedTuple):
    """The numbers between ``low`` and ``high``; an end belongs to it where it is closed."""

    low: Fraction
    high: Fraction
    low_closed: bool = True
    high_closed: bool = True

    @classmethod
    def point(cls, value: Fraction) -> Interval:
        """The interval that holds one number."""
        return cls(value, value)

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        if same(self.low, self.high):
            return not (self.low_closed and self.high_closed)
        return less(self.high, self.low)

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, (int, Fraction)):
            return False
        above = self.low < value or (self.low_closed and value == self.low)
        below = value < self.high or (self.high_closed and value == self.high)
        return above and below

    def meets(self, other: Interval) -> bool:
        """Whether the two share a number."""
        return not self.intersect(other).empty

    def intersect(self, other: Interval) -> Interval:
        """The numbers that lie in both: true set intersection."""
        low = other.low if less(self.low, other.low) else self.low
        high = other.high if less(other.high, self.high) else self.high
        low_closed = all(i.low_closed for i in (self, other) if same(i.low, low))
        high_closed = all(i.high_closed for i in (self, other) if same(i.high, high))
        return Interval(low, high, low_closed, high_closed)

    def plus(self, other: Interval) -> Interval:
        """The sums of a number of each; without a number in one of them there is none."""
        if self.empty or other.empty:
            return EMPTY
        return Interval(
            plus(self.low, other.low),
            plus(self.high, other.high),
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def scaled(self, factor: Fraction) -> Interval:
        """Every number times ``factor``; a negative one swaps the ends and their kinds."""
        if self.empty:
            return EMPTY
        if not factor:
            return Interval.point(ZERO)
        low, high = product(self.low, factor), product(self.high, factor)
        if less(ZERO, factor):
            return Interval(low, high, self.low_closed, self.high_closed)
        return Interval(high, low, self.high_closed, self.low_closed)


EMPTY = Interval(Fraction(0), Fraction(0), False, False)
