"""The laws of unit algebra: units are products of powers and form a commutative group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.exact.units import NONE, YUAN, Unit, inverse, power_of, show, times, without

NAMES = ["元", "人", "月", "户", "平方米", "次"]
units = st.dictionaries(st.sampled_from(NAMES), st.integers(-3, 3).filter(bool), max_size=4).map(
    lambda powers: tuple(sorted(powers.items()))
)


@given(units, units, units)
def test_products_do_not_depend_on_order_or_grouping(a: Unit, b: Unit, c: Unit) -> None:
    assert times(a, b) == times(b, a)
    assert times(times(a, b), c) == times(a, times(b, c))


@given(units)
def test_a_pure_number_changes_nothing_and_an_inverse_cancels(a: Unit) -> None:
    assert times(a, NONE) == times(NONE, a) == a
    assert times(a, inverse(a)) == NONE
    assert inverse(inverse(a)) == a


@given(units, units)
def test_the_inverse_of_a_product_is_the_product_of_inverses(a: Unit, b: Unit) -> None:
    assert inverse(times(a, b)) == times(inverse(a), inverse(b))


@given(units, units)
def test_powers_add_and_none_of_them_is_zero(a: Unit, b: Unit) -> None:
    product = times(a, b)
    assert {name: power_of(product, name) for name in NAMES} == {
        name: power_of(a, name) + power_of(b, name) for name in NAMES
    }
    assert all(power for _, power in product)
    assert list(product) == sorted(product)


@given(units, st.sampled_from(NAMES))
def test_without_takes_one_name_out(a: Unit, name: str) -> None:
    rest = without(a, name)
    assert power_of(rest, name) == 0
    assert all(power_of(rest, other) == power_of(a, other) for other in NAMES if other != name)


@given(units, units)
def test_two_units_are_printed_alike_only_if_they_are_one(a: Unit, b: Unit) -> None:
    assert (show(a) == show(b)) is (a == b)


CASES = [
    ((), ""),
    (YUAN, "元"),
    ((("人", 1),), "人"),
    ((("人", -1), ("元", 1), ("月", -1)), "元/人·月"),
    ((("月", -1),), "/月"),
    ((("平方米", 2),), "平方米2"),
]


@pytest.mark.parametrize(("unit", "printed"), CASES)
def test_a_unit_is_printed_as_budgets_write_it(unit: Unit, printed: str) -> None:
    assert show(unit) == printed


def test_persons_times_a_rate_gives_money() -> None:
    rate = times(YUAN, inverse((("人", 1), ("月", 1))))
    assert times(times((("人", 1),), rate), (("月", 1),)) == YUAN
