"""The operators of formulas: what they give for two values, as a spreadsheet computes them."""

from __future__ import annotations

from fractions import Fraction

from calcverify.readers.formula_functions import compare
from calcverify.readers.formula_values import Failed, Unknown, Value, bounded, number

_MOST_POWER = 60
_MOST_BITS = 2_000


def plus(left: Value, right: Value) -> Value:
    """Both added. Raises ``Unknown``."""
    return bounded(number(left) + number(right))


def minus(left: Value, right: Value) -> Value:
    """The second taken from the first. Raises ``Unknown``."""
    return bounded(number(left) - number(right))


def times(left: Value, right: Value) -> Value:
    """Both multiplied. Raises ``Unknown``."""
    return bounded(number(left) * number(right))


def over(left: Value, right: Value) -> Value:
    """The first over the second. Raises ``Unknown``."""
    if not number(right):
        raise Failed
    return bounded(number(left) / number(right))


def to_the(left: Value, right: Value) -> Value:
    """A power whose exponent is whole. Raises ``Unknown``."""
    base, power = number(left), number(right)
    if power.denominator != 1 or abs(power) > _MOST_POWER or (not base and power <= 0):
        raise Unknown
    if max(base.numerator.bit_length(), base.denominator.bit_length()) * abs(power) > _MOST_BITS:
        raise Unknown
    return bounded(base ** int(power))


def compared(sign: str, left: Value, right: Value) -> bool:
    """A comparison; an empty cell is "" beside a text and 0 beside a number, and a text is above all numbers."""
    left = ("" if isinstance(right, str) else Fraction(0)) if left is None else left
    right = ("" if isinstance(left, str) else Fraction(0)) if right is None else right
    if isinstance(left, str) and isinstance(right, str):
        if sign not in ("=", "<>"):
            raise Unknown
        return (left.casefold() == right.casefold()) == (sign == "=")
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return compare(sign, left, right)
    if sign not in ("=", "<>"):
        raise Unknown
    return (type(left) is type(right) and left == right) == (sign == "=")
