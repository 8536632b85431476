"""Exact numbers as text."""

from __future__ import annotations

import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.exact.printing import amount, digits, exact, places, readable, rounded
from calcverify.report.amounts import share_text
from calcverify.verify.wording import factor_text

F = Fraction

EXACT = [
    (F(30), "30"),
    (F(0), "0"),
    (F(-2000), "-2000"),
    (F("3384.2"), "3384.2"),
    (F("0.88"), "0.88"),
    (F("-0.05"), "-0.05"),
    (F(1, 8), "0.125"),
    (F(1, 3), "1/3"),
    (F(-20, 3), "-20/3"),
    (F(1, 10**20), "0." + "0" * 19 + "1"),
    (F(10**30), "1" + "0" * 30),
]


@pytest.mark.parametrize(("value", "text"), EXACT)
def test_a_decimal_that_ends_or_a_fraction(value: Fraction, text: str) -> None:
    assert exact(value) == text


@given(st.fractions())
def test_exact_reads_back(value: Fraction) -> None:
    text = exact(value)
    assert Fraction(text) == value
    assert ("/" in text) is (places(value) is None)


@given(st.integers(0, 10**9), st.integers(0, 60), st.integers(0, 60))
def test_every_decimal_that_ends_is_seen_to_end(n: int, twos: int, fives: int) -> None:
    value = Fraction(n, 2**twos * 5**fives)
    assert Fraction(exact(value)) == value
    assert "/" not in exact(value)


def test_no_number_is_too_long_to_print() -> None:
    """9999999 × 9999999 × … fills a basis of 100,000 characters with one product."""
    huge = Fraction(9999999) ** 12000
    with pytest.raises(ValueError, match="digits"):
        str(huge)
    text = exact(huge / 3 - Fraction(1, 8))
    assert len(text) > 80_000
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        assert Fraction(text) == huge / 3 - Fraction(1, 8)
        assert digits(10**9000 + 7) == str(10**9000 + 7)
    finally:
        sys.set_int_max_str_digits(limit)


READABLE = [
    (F("3384.2"), "3384.2"),
    (F("-0.2"), "−0.2"),
    (F(0), "0"),
    (F(10000, 3), "约3333.3333"),
    (F(-1, 3), "约−0.3333"),
    (F(2, 3), "约0.6667"),
    (F(1, 3_000_000), "约0.0000003333"),
    (F("0.1234567890123"), "约0.1235"),
    (F(10**30), "约1×10^30"),
    (F(-(10**40)) / 3, "约−3.333×10^39"),
    (F(1, 3 * 10**20), "约3.333×10^-21".replace("-", "−")),
    (F(10**24 - 1), "9" * 24),
]


@pytest.mark.parametrize(("value", "text"), READABLE)
def test_a_person_gets_what_can_be_read(value: Fraction, text: str) -> None:
    assert readable(value) == text
    assert readable(value, "en") == text.replace("约", "about ")


@given(st.fractions())
def test_what_is_not_marked_as_about_is_exact(value: Fraction) -> None:
    text = readable(value)
    if not text.startswith("约"):
        assert Fraction(text.replace("−", "-")) == value
    elif "^" not in text:
        shown = Fraction(text[1:].replace("−", "-"))
        assert abs(shown - value) <= max(abs(value) / 1000, Fraction(1, 10**4))


ROUNDED = [
    ("2.345", 2, "2.35"),
    ("-2.345", 2, "-2.35"),
    ("2.344", 2, "2.34"),
    ("1250", -2, "1300"),
    ("1249", -2, "1200"),
    ("0.5", 0, "1"),
    ("-0.5", 0, "-1"),
]


@pytest.mark.parametrize(("value", "decimals", "result"), ROUNDED)
def test_ties_go_away_from_nought(value: str, decimals: int, result: str) -> None:
    assert rounded(Fraction(value), decimals) == Fraction(result)


AMOUNTS = [
    (F(33842000), "元", "3384.2万元"),
    (F(9999), "元", "9999元"),
    (F(-2000), "元", "−2000元"),
    (F(-20000), "元", "−2万元"),
    (F(240000), "人", "24万人"),
    (F("0.437"), "", "0.437"),
    (F(50000), "", "50000"),
    (F(12500), "元/月", "1.25万元/月"),
]


@pytest.mark.parametrize(("value", "unit", "text"), AMOUNTS)
def test_amounts_in_their_natural_scale(value: Fraction, unit: str, text: str) -> None:
    assert amount(value, unit) == text


SHARES = [("1", "100%"), ("0.9999", "99%"), ("0.17249", "17%"), ("0.001", "<1%"), ("0", "0%")]


@pytest.mark.parametrize(("share", "text"), SHARES)
def test_coverage_is_never_rounded_up(share: str, text: str) -> None:
    assert share_text(Fraction(share)) == text


FACTORS = [
    (F(24, 100), "24%"),
    (F("0.2399425"), "约24.0%"),
    (F("0.23857"), "约23.9%"),
    (F("0.00001"), "0.00001"),
    (F(12), "12"),
    (F(35, 3), "约11.6667"),
    (F(-1, 2), "−0.5"),
]


@pytest.mark.parametrize(("factor", "text"), FACTORS)
def test_a_missing_factor_is_named_as_people_name_it(factor: Fraction, text: str) -> None:
    assert factor_text(factor, "zh") == text
