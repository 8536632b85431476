"""The arithmetic of whole rationals gives what the operators of ``Fraction`` give."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.exact.rational import integer, less, minus, plus, product, quotient, same, size, times_over, total

NUMBERS = st.one_of(st.integers(-(10**12), 10**12).map(Fraction), st.fractions())


@given(st.integers())
def test_an_integer_is_the_fraction_of_it(number: int) -> None:
    made = integer(number)
    assert type(made) is Fraction
    assert (made, hash(made), repr(made)) == (Fraction(number), hash(Fraction(number)), repr(Fraction(number)))


@given(NUMBERS, NUMBERS)
def test_operations_are_those_of_fraction(a: Fraction, b: Fraction) -> None:
    pairs = [(product(a, b), a * b), (plus(a, b), a + b), (minus(a, b), a - b), (size(a), abs(a))]
    if b:
        pairs.append((quotient(a, b), a / b))
    for got, wanted in pairs:
        assert type(got) is Fraction
        assert got.as_integer_ratio() == wanted.as_integer_ratio()


@given(NUMBERS, NUMBERS, st.integers(1, 10**4))
def test_comparisons_are_those_of_fraction(a: Fraction, b: Fraction, factor: int) -> None:
    assert (same(a, b), same(a, a + 0)) == (a == b, True)
    assert less(a, b) == (a < b)
    assert times_over(a, factor, b) == (a * factor > b)


@given(st.lists(NUMBERS, max_size=6))
def test_a_total_is_the_sum(values: list[Fraction]) -> None:
    assert total(values) == sum(values, Fraction(0))


def test_nothing_is_divided_by_nought() -> None:
    for a in (Fraction(3), Fraction(1, 3)):
        with pytest.raises(ZeroDivisionError):
            quotient(a, Fraction(0))
