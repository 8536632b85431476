"""Arithmetic of rationals that are mostly whole.

Amounts in 元 and counts of people are whole numbers, and ``Fraction`` spends ten times as
long on a product of two of them as on the product itself: it looks for the kind of the
other operand and cancels a denominator of one. These functions give what its operators
give and look at the denominators first; two that are not whole are cancelled once, at the end.
"""

# mypy: disable-error-code="attr-defined"
# (the two integers that a Fraction is made of are attributes that its stub does not name; to
# read them through its properties would take as long as all the rest)

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd

_empty = object.__new__


def integer(number: int) -> Fraction:
    """An integer as a rational."""
    made = _empty(Fraction)
    made._numerator = number
    made._denominator = 1
    return made


def ratio(number: int, over: int) -> Fraction:
    """``number`` over ``over``, which is above 0."""
    common = gcd(number, over)
    made = _empty(Fraction)
    made._numerator = number // common
    made._denominator = over // common
    return made


ZERO = integer(0)
ONE = integer(1)
TEN = integer(10)
HALF = ratio(1, 2)


def product(a: Fraction, b: Fraction) -> Fraction:
    """``a × b``."""
    if a._denominator == 1 == b._denominator:
        return integer(a._numerator * b._numerator)
    return ratio(a._numerator * b._numerator, a._denominator * b._denominator)


def quotient(a: Fraction, b: Fraction) -> Fraction:
    """``a ÷ b``; ``ZeroDivisionError`` where ``b`` is 0."""
    if a._denominator == 1 == b._denominator:
        count, rest = divmod(a._numerator, b._numerator)
        if not rest:
            return integer(count)
    number, over = a._numerator * b._denominator, a._denominator * b._numerator
    if not over:
        raise ZeroDivisionError(f"{a} ÷ 0")
    return ratio(number, over) if over > 0 else ratio(-number, -over)


def plus(a: Fraction, b: Fraction) -> Fraction:
    """``a + b``."""
    if a._denominator == 1 == b._denominator:
        return integer(a._numerator + b._numerator)
    over = a._denominator * b._denominator
    return ratio(a._numerator * b._denominator + b._numerator * a._denominator, over)


def minus(a: Fraction, b: Fraction) -> Fraction:
    """``a − b``."""
    if a._denominator == 1 == b._denominator:
        return integer(a._numerator - b._numerator)
    over = a._denominator * b._denominator
    return ratio(a._numerator * b._denominator - b._numerator * a._denominator, over)


def opposite(a: Fraction) -> Fraction:
    """``−a``."""
    made = _empty(Fraction)
    made._numerator = -a._numerator
    made._denominator = a._denominator
    return made


def size(a: Fraction) -> Fraction:
    """``a`` without its sign."""
    return opposite(a) if a._numerator < 0 else a


def same(a: Fraction, b: Fraction) -> bool:
    """Whether ``a`` and ``b`` are one number."""
    equal: bool = a._numerator == b._numerator and a._denominator == b._denominator
    return equal


def less(a: Fraction, b: Fraction) -> bool:
    """Whether ``a`` is below ``b``."""
    below: bool = a._numerator * b._denominator < b._numerator * a._denominator
    return below


def times_over(a: Fraction, factor: int, b: Fraction) -> bool:
    """Whether ``factor`` times ``a`` is above ``b``: of differences and what they are compared with."""
    above: bool = a._numerator * factor * b._denominator > b._numerator * a._denominator
    return above


def within(a: Fraction, b: Fraction, most: Fraction) -> bool:
    """Whether ``a`` and ``b`` are at most ``most`` apart."""
    return not less(most, size(minus(a, b)))


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum of any number of values; of none it is 0."""
    whole, rest = 0, None
    for value in values:
        if value._denominator == 1:
            whole += value._numerator
        else:
            rest = value if rest is None else plus(rest, value)
    return integer(whole) if rest is None else plus(rest, integer(whole))
