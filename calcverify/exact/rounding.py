"""Rounding as a table of named modes: which numbers a written figure may stand for.

``3.89`` written to the hundredth may stand for every number that rounds to it. A mode
gives that set as an interval around the figure, in units of its place.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from calcverify.exact.interval import Interval

HALF = Fraction(1, 2)


class Mode(NamedTuple):
    """How far below and above a figure its unrounded value may lie, in places."""

    name: str
    below: Fraction
    above: Fraction
    below_closed: bool
    above_closed: bool

    def preimage(self, value: Fraction, place: Fraction) -> Interval:
        """The numbers that this mode writes as ``value`` at ``place``.

        For figures below zero the interval is mirrored, as 截断 cuts towards zero.
        """
        if value < 0:
            return self.preimage(-value, place).scaled(Fraction(-1))
        low, high = value - self.below * place, value + self.above * place
        return Interval(low, high, self.below_closed, self.above_closed)


# nearest takes both ties (35500 may be written 3.5万 or 3.6万); half-even is kept by
# parity in ``preimage_of``; truncate is 去尾, up is 进一.
MODES: tuple[Mode, ...] = (
    Mode("nearest", HALF, HALF, True, True),
    Mode("half-even", HALF, HALF, True, True),
    Mode("truncate", Fraction(0), Fraction(1), True, False),
    Mode("up", Fraction(1), Fraction(0), False, True),
)


def mode_named(name: str) -> Mode:
    """The mode called ``name``; ``KeyError`` where there is none."""
    for mode in MODES:
        if mode.name == name:
            return mode
    raise KeyError(name)


def preimage_of(value: Fraction, place: Fraction, mode: Mode) -> Interval:
    """The numbers that ``mode`` writes as ``value`` at ``place``.

    Half-even reaches its ties only where the last digit is even.
    """
    interval = mode.preimage(value, place)
    if mode.name == "half-even" and (value / place).denominator == 1 and (value / place).numerator % 2:
        return interval._replace(low_closed=False, high_closed=False)
    return interval
