"""Exact numbers as a person writes them."""

from __future__ import annotations

from fractions import Fraction


def plain(value: Fraction) -> str:
    """A number as a person writes it: a decimal, or ``p/q`` where the decimal does not end."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if value < 0 else "") + whole + (f".{decimals}" if places else "")


def percent(value: Fraction) -> str:
    """A share as a percentage: 6/25 is 24%."""
    return f"{plain(value * 100)}%"
