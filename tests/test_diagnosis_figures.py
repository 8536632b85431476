"""How a figure is rewritten, and what a part of a computation would have to be: laws."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import calcverify
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.source import Span
from calcverify.verify.diagnose_slips import miscounted, slips
from calcverify.verify.diagnose_solve import replaced, solve, value_of
from calcverify.verify.diagnose_solve import slips as slips_of_working
from calcverify.verify.diagnose_writing import Rewrite, Writing, writing, written

EVERYTHING = [(Fraction(0), Fraction(10) ** 40)]
FIGURES = (
    "67.31万元",
    "1,250.00元",
    "１２．５万元",
    "3840元",
    "0.5%",
    "640元/人",
    "23人",
    "2.5亿元",
    "6千元",
    "三十二人",
    "一百二十万元",
    "贰佰伍拾元",
    "一千零五人",
)


def hand_of(text: str) -> Writing:
    """The figure that a text is."""
    (number,) = calcverify.read_numbers(text)
    found = writing(text, number.value)
    assert found is not None
    return found


def reads_back(rewrite: Rewrite, unit: str) -> bool:
    """Whether the program reads the rewritten figure with the value, place and unit that are said of it."""
    found = calcverify.read_numbers(rewrite.text)
    return [(n.value, n.unit) for n in found] == [(rewrite.value, unit)]


@pytest.mark.parametrize("text", FIGURES)
def test_every_slip_undone_is_read_with_the_value_that_is_said_of_it(text: str) -> None:
    (number,) = calcverify.read_numbers(text)
    made = [*slips(hand_of(text), EVERYTHING), *miscounted(hand_of(text), EVERYTHING)]
    assert len(made) > 8
    wrong = [r for r in made if not reads_back(r, number.unit)]
    assert wrong == []
    assert all(r.value != number.value for r in made)


@given(st.integers(1, 10**9), st.integers(0, 3), st.sampled_from(["元", "万元", "人", "万人"]), st.data())
def test_a_slip_can_be_undone_again(number: int, decimals: int, unit: str, data: st.DataObject) -> None:
    whole, rest = divmod(number, 10**decimals)
    text = f"{whole}{f'.{rest:0{decimals}d}' if decimals else ''}{unit}"
    (read,) = calcverify.read_numbers(text)
    hand = writing(text, read.value)
    assert hand is not None
    made = [r for r in slips(hand, EVERYTHING) if r.slip in ("digit", "swap", "scale")]
    assume(made)
    rewrite = data.draw(st.sampled_from(made))
    back = writing(rewrite.text, rewrite.value)
    assert back is not None
    assert text in [r.text for r in slips(back, [(read.value, read.value)])]


# A figure, the lowest and the highest value that would agree, and what it may have been.
WINDOWS = [
    ("67.31万元", 673190, 673200, {"67.32万元"}),
    ("67.31万元", 763000, 763200, {"76.31万元"}),
    ("38元", 83, 83, {"83元"}),
    ("38元", 380, 380, {"380元"}),
    ("38元", 380000, 380000, {"38万元"}),
    ("3.6万元", 30600, 30600, {"3.06万元"}),
    ("十二人", 13, 13, {"十三人"}),
    ("12人", 77, 78, set()),
]


@pytest.mark.parametrize(("text", "low", "high", "expected"), WINDOWS)
def test_only_figures_in_a_window_are_made(text: str, low: int, high: int, expected: set[str]) -> None:
    hand, windows = hand_of(text), [(Fraction(low), Fraction(high))]
    assert {r.text for r in (*slips(hand, windows), *miscounted(hand, windows))} == expected


# The figure, another value, and how its own hand writes that.
REWRITTEN = [
    ("67.31万元", 673200, "67.32万元"),
    ("67.31万元", 1000000, "100万元"),
    ("12.50万元", 130000, "13.00万元"),
    ("386万元", 3864900, "386万元"),
    ("3万元", 34500, "3.45万元"),
    ("1,250元", 1234567, "1,234,567元"),
    ("１２．５万元", 128000, "１２．８万元"),
    ("二百六十四万元", 2650000, "二百六十五万元"),
    ("二百六十四万元", 2640500, "二百六十四万零五百元"),
    ("贰佰元", 1050, "壹仟零伍拾元"),
    ("八五折", Fraction(3, 4), None),
    ("23人", 0, None),
    ("23人", 10**30, None),
]


@pytest.mark.parametrize(("text", "value", "expected"), REWRITTEN)
def test_another_value_is_written_in_the_hand_of_the_figure(text: str, value: int, expected: str | None) -> None:
    made = written(hand_of(text), Fraction(value))
    assert (made and made.text) == expected


NOT_PLAIN = [("5:3:2", "1/2"), ("1至12月", "12"), ("全年", "12"), ("1.2.3", "1"), ("", "1"), ("3亿5千万", "1")]


@pytest.mark.parametrize(("text", "value"), NOT_PLAIN)
def test_what_is_no_plain_number_is_not_rewritten(text: str, value: str) -> None:
    assert writing(text, Fraction(value)) is None


def leaf(value: int, at: int) -> Leaf:
    """A figure of a computation."""
    return Leaf(Span(at, at + 1), Fraction(value), (), Fraction(1))


@st.composite
def trees(draw: st.DrawFn) -> tuple[Node, list[Leaf]]:
    """A computation over figures that are all different, and its figures."""
    made: list[Leaf] = []

    def grow(depth: int) -> Node:
        if depth == 0 or draw(st.booleans()):
            made.append(leaf(draw(st.integers(1, 50)), len(made)))
            return made[-1]
        size = draw(st.integers(2, 3))
        inner = tuple(grow(depth - 1) for _ in range(size))
        signs = (True, *(draw(st.booleans()) for _ in range(size - 1)))
        return Sum(inner, signs) if draw(st.booleans()) else Product(inner, signs)

    return grow(3), made


@given(trees(), st.integers(-500, 500), st.data())
def test_a_figure_that_is_solved_for_gives_the_target(
    made: tuple[Node, list[Leaf]], target: int, data: st.DataObject
) -> None:
    node, figures = made
    figure = data.draw(st.sampled_from(figures))
    values = solve(node, figure, (Fraction(target), Fraction(target + 1)))
    assume(values is not None and all(values))
    assert values is not None
    assert [value_of(replaced(node, {figure: value})) for value in values] == [target, target + 1]


def test_a_figure_that_stands_twice_is_not_solved_for() -> None:
    twice = leaf(3, 0)
    assert solve(Sum((twice, twice), (True, True)), twice, (Fraction(8),)) is None
    assert solve(Product((twice, leaf(0, 1)), (True, True)), twice, (Fraction(8),)) is None


def test_the_slips_of_a_working() -> None:
    a, b, c = leaf(20, 0), leaf(600, 1), leaf(5, 2)
    node = Sum((Product((a, b), (True, True)), c), (True, False))
    found = {f"{s.kind} {s.value}" for s in slips_of_working(node)}
    assert found >= {
        f"factor-left {600 - 5}",
        f"factor-twice {20 * 20 * 600 - 5}",
        "item-left 12000",
        "item-twice 11990",
        "sign 12005",
        "item-left -5",
    }
