"""Rounding as a table of named modes: which numbers a written figure may stand for.

``3.89`` written to the hundredth may stand for every number that rounds to it. A mode
gives that set as an interval around the figure, in units of its place.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from calcverify.exact.interval import Interval
from calcverify.exact.rational import ZERO, less, minus, opposite, plus, product, size, times_over

HALF = Fraction(1, 2)


class Mode(NamedTuple):
    """How far below and above a figure its unrounded value may lie, in places.

    The distances are those of a figure above zero. ``ties_at_even`` is set where the
    ends belong to a figure only if its last digit is even.
    """

    name: str
    below: Fraction
    above: Fraction
    below_closed: bool
    above_closed: bool
    ties_at_even: bool = False

    def preimage(self, value: Fraction, place: Fraction) -> Interval:
        """The numbers that this mode writes as ``value`` at ``place`` (above zero).

        去尾 cuts towards zero and 进一 goes away from it, so a figure below zero has the
        mirrored interval, and that of nought is its own mirror image: 0万元 may be cut
        off from anything between −1万 and 1万, and rounded up from 0 alone.
        """
        if less(value, ZERO):
            return self.preimage(opposite(value), place).scaled(Fraction(-1))
        low, high = minus(value, product(self.below, place)), plus(value, product(self.above, place))
        low_closed, high_closed = self.below_closed, self.above_closed
        if not value:
            low, low_closed = opposite(high), high_closed
        if self.ties_at_even and value / place % 2 == 1:
            low_closed = high_closed = False
        return Interval(low, high, low_closed, high_closed)


    def writes(self, computed: Fraction, value: Fraction, place: Fraction) -> bool:
        """Whether ``computed`` is one of the numbers that this mode writes as ``value`` at ``place``."""
        if self.name == "nearest":  # at most half a place off, on either side
            return not times_over(size(minus(computed, value)), 2, place)
        return computed in self.preimage(value, place)


# nearest takes both ties (35500 may be written 3.5万 or 3.6万), half-even the one with an
# even last digit; truncate is 去尾, up is 进一.
MODES: tuple[Mode, ...] = (
    Mode("nearest", HALF, HALF, True, True),
    Mode("half-even", HALF, HALF, True, True, ties_at_even=True),
    Mode("truncate", Fraction(0), Fraction(1), True, False),
    Mode("up", Fraction(1), Fraction(0), False, True),
)


def mode_named(name: str) -> Mode:
    """The mode called ``name``; ``KeyError`` where there is none."""
    for mode in MODES:
        if mode.name == name:
            return mode
    raise KeyError(name)
