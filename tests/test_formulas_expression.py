"""The arithmetic of a formula: its value, its unit, and what it refuses."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.exact.units import Unit, show
from calcverify.standards.expression import DEEPEST, LONGEST, names_in, parse, unit_of, value_of
from calcverify.standards.faults import Fault, Flaw
from calcverify.standards.fields import exact
from calcverify.standards.printing import percent, plain

VALUES = {"人数": Fraction(20), "天数": Fraction(40), "定额": Fraction(550), "a_1": Fraction(3)}

# expression ⇒ its value
COMPUTED = [
    ("人数", "20"),
    ("人数 × 天数", "800"),
    ("人数*天数*定额", "440000"),
    ("人数 × 定额 × (30 + (天数 - 30) × 70%)", "407000"),
    ("人数 × 定额 × （30 + （天数 − 30） × 0.7）", "407000"),
    ("天数 ÷ 人数 ÷ 2", "1"),
    ("天数/人数/2", "1"),
    ("天数 - 10 - 5", "25"),
    ("2 + 3 × 4", "14"),
    ("(2 + 3) × 4", "20"),
    ("1 ÷ 3", "1/3"),
    ("0.1 + 0.2", "3/10"),
    ("16% + 8%", "24/100"),
    ("a_1 × a_1", "9"),
    ("((((人数))))", "20"),
]


@pytest.mark.parametrize(("text", "value"), COMPUTED)
def test_an_expression_is_computed_exactly(text: str, value: str) -> None:
    assert value_of(parse(text), VALUES) == Fraction(value)


# expression ⇒ the character at which it goes wrong ⇒ what was expected there
REFUSED = [
    ("", 1, "数、参数或左括号"),
    ("人数 ×", 5, "数、参数或左括号"),
    ("× 人数", 1, "数、参数或左括号"),
    ("人数 × × 天数", 6, "数、参数或左括号"),
    ("-人数", 1, "数、参数或左括号"),
    ("人数 ** 2", 5, "数、参数或左括号"),
    ("人数 天数", 4, "运算符或结尾"),
    ("12月", 3, "运算符或结尾"),
    ("人数(2)", 3, "运算符或结尾"),
    ("人数 = 2", 4, "运算符或结尾"),
    ("人数 ^ 2", 4, "运算符或结尾"),
    ("人数.real", 3, "运算符或结尾"),
    ("(人数", 4, "右括号"),
    ("(人数 × (天数)", 11, "右括号"),
    ("人数)", 3, "运算符或结尾"),
    ("()", 2, "数、参数或左括号"),
    ("1.", 3, "小数位"),
    ("1.2.3", 4, "运算符或结尾"),
    (".5", 1, "数、参数或左括号"),
    ("１２", 1, "数、参数或左括号"),  # full-width digits are for documents, not for rules
    ("1e9", 2, "运算符或结尾"),
    ('__import__("os")', 1, "数、参数或左括号"),
    ("人数\n+ 1", 3, "运算符或结尾"),
]


@pytest.mark.parametrize(("text", "place", "expected"), REFUSED)
def test_an_expression_is_refused_at_the_character(text: str, place: int, expected: str) -> None:
    with pytest.raises(Flaw) as caught:
        parse(text)
    assert caught.value.fault is Fault.EXPECTED
    assert (caught.value.details["place"], caught.value.details["zh"]) == (place, expected)


def test_an_expression_is_bounded() -> None:
    assert parse("(" * DEEPEST + "1" + ")" * DEEPEST)
    with pytest.raises(Flaw) as caught:
        parse("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1))
    assert caught.value.fault is Fault.TOO_DEEP
    with pytest.raises(Flaw) as caught:
        parse("1" * (LONGEST + 1))
    assert caught.value.fault is Fault.TOO_LONG


def test_a_zero_divisor_is_reported() -> None:
    with pytest.raises(ZeroDivisionError):
        value_of(parse("1 ÷ (人数 - 20)"), VALUES)


def test_names_come_once_in_the_order_of_use() -> None:
    assert names_in(parse("天数 × (人数 + 天数) ÷ 定额")) == ("天数", "人数", "定额")


UNITS: dict[str, Unit] = {
    "人数": (("人", 1),),
    "天数": (("天", 1),),
    "定额": (("人", -1), ("元", 1), ("天", -1)),
    "比例": (),
}

# expression ⇒ its unit
MEASURED = [
    ("人数 × 天数 × 定额", "元"),
    ("人数 × 定额", "元/天"),
    ("人数 × 定额 × (30 + (天数 - 30) × 70%)", "元"),
    ("天数 ÷ 人数", "天/人"),
    ("天数 × 比例 + 天数", "天"),
    ("2 × 3", ""),
    ("比例 + 1", ""),
    ("1 - 比例", ""),
]


@pytest.mark.parametrize(("text", "unit"), MEASURED)
def test_the_unit_of_an_expression_follows_from_its_parameters(text: str, unit: str) -> None:
    assert show(unit_of(parse(text), UNITS)) == unit


UNLIKE = [("人数 + 天数", "人", "天"), ("天数 - 比例", "天", "1"), ("人数 × 定额 + 定额", "元/天", "元/人·天")]


@pytest.mark.parametrize(("text", "left", "right"), UNLIKE)
def test_unlike_units_are_not_added(text: str, left: str, right: str) -> None:
    with pytest.raises(Flaw) as caught:
        unit_of(parse(text), UNITS)
    assert caught.value.details == {"left": left, "right": right}


NUMBERS = st.decimals(min_value=0, max_value=9999, places=2).map(lambda d: (f"{d:f}", Fraction(f"{d:f}")))


def both(pair: tuple[tuple[str, Fraction], tuple[str, Fraction]], sign: str) -> tuple[str, Fraction]:
    """Two expressions joined in brackets, with the value worked out beside them."""
    (left, a), (right, b) = pair
    return f"({left} {sign} {right})", {"+": a + b, "-": a - b, "×": a * b}[sign]


TREES = st.recursive(
    NUMBERS, lambda inner: st.builds(both, st.tuples(inner, inner), st.sampled_from(["+", "-", "×"])), max_leaves=8
)


@given(TREES)
def test_a_bracketed_expression_has_the_value_of_its_parts(tree: tuple[str, Fraction]) -> None:
    text, value = tree
    assert value_of(parse(text), {}) == value


@given(st.fractions(max_denominator=10**6))
def test_a_number_printed_and_read_again_is_the_same(value: Fraction) -> None:
    assert exact(plain(value)) == value
    assert Fraction(percent(value).removesuffix("%")) / 100 == value


PRINTED = [("550", "550"), ("1/2", "0.5"), ("1/3", "1/3"), ("-6/25", "-0.24"), ("0", "0"), ("1/8000", "0.000125")]


@pytest.mark.parametrize(("value", "words"), PRINTED)
def test_a_number_is_printed_as_a_decimal_where_it_ends(value: str, words: str) -> None:
    assert plain(Fraction(value)) == words
