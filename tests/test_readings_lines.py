"""A claim printed as a line is the same claim when the line is read: any tree, and every labelled text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calcverify.api.given import form_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.printing import scale_word
from calcverify.exact.units import Unit, power_of, show
from calcverify.exact.verdict import Shape, Target, Verdict, judge
from calcverify.lexicon.loader import load
from calcverify.pipeline import read_form
from calcverify.readings.judging import Around, statement_of
from calcverify.readings.lines import LineError, LineFault, claim_line, read_line
from calcverify.source import Span
from calcverify.verify.expression import expression
from calcverify.verify.model import Amount, Claim, Stated

CORPUS = Path(__file__).parent / "data" / "corpus.jsonl"
YUAN: Unit = (("元", 1),)

# 5年 may be a date and 5号段 is one to the lexer; 元 has a strategy of its own.
NO_COUNTS = ("元", "年", "号段")
# Every unit word of the lexicon that is worth one of itself, and rates over one or two of them.
WORDS = sorted({u.name for u in load().units.values() if u.kind != "factor" and u.name not in NO_COUNTS})
COUNTERS = st.sampled_from(WORDS).map(lambda name: ((name, 1),))
# Behind these no Chinese numeral is part of a word, as in 一百合作社.
HARD: list[Unit] = [YUAN, (("人", 1),), (("元", 1), ("月", -1))]
OPEN = st.sampled_from(["课题", "点位", "示范岗", "服务中心站"])
UNDER = st.lists(st.sampled_from(WORDS) | OPEN, min_size=1, max_size=2, unique=True)
RATES = UNDER.map(lambda names: tuple(sorted([("元", 1), *((n, -1) for n in names)])))
UNITS = st.one_of(st.just(()), st.just(YUAN), COUNTERS, RATES)


def written(digits: int, decimals: int, scale: int, unit: Unit, kind: str) -> Leaf:
    """A figure as a hand writes it: so many decimals of a scale; signs divide, and have no unit."""
    divisor = {"percent": 100, "permille": 1000, "zhe": 10, "cheng": 10}.get(kind, 1)
    if divisor > 1:
        scale, unit = 1, ()
    place = Fraction(scale, divisor * 10**decimals)
    bare = not any(power > 0 for _, power in unit)
    return Leaf(Span(0, 1), digits * place, unit, place, scale, kind, bare)


def in_chinese(digits: int, zeros: int, unit: Unit) -> Leaf:
    """A Chinese numeral, whose last written digit is its last that is not zero: 一百二十万."""
    value = Fraction(digits * 10 + 1) * 10**zeros
    scale = 10**8 if zeros >= 8 else 10**4 if zeros >= 4 else 1
    return Leaf(Span(0, 1), value, unit, Fraction(10**zeros), scale, "chinese", not unit)


ARABIC = st.builds(
    written,
    digits=st.integers(0, 10**7),
    decimals=st.integers(0, 4),
    scale=st.sampled_from([1, 1, 1000, 10**4, 10**7, 10**8]),
    unit=UNITS,
    kind=st.just("arabic"),
).filter(lambda x: f"{scale_word(x.scale)}{show(x.unit)}" not in load().units)  # 3千米 is 3公里
PERCENT = st.builds(
    written,
    digits=st.integers(0, 2000),
    decimals=st.integers(0, 2),
    scale=st.just(1),
    unit=st.just(()),
    kind=st.sampled_from(["percent", "permille"]),
)
# 八折, 8.5折, 三成: a discount or a tenth of ten or more is none.
TENTHS = st.builds(
    lambda digits, kind: written(digits, int(digits > 9), 1, (), kind),
    digits=st.integers(1, 99).filter(lambda n: n % 10 or n < 10),
    kind=st.sampled_from(["zhe", "cheng"]),
)
SHARES = PERCENT | TENTHS
CHINESE = st.builds(in_chinese, digits=st.integers(0, 99), zeros=st.integers(1, 8), unit=st.sampled_from(HARD))
THIRDS = st.builds(
    lambda n, unit: Leaf(Span(0, 1), Fraction(n, 3), unit, Fraction(1, 3), 1, "fraction", not unit),
    n=st.integers(1, 1000),
    unit=UNITS,
)
LEAVES = ARABIC | SHARES | CHINESE | THIRDS


def branch(make: type[Sum] | type[Product], children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Two to four parts; a product begins with a factor, a sum may begin with what is taken off."""
    pair = st.tuples(children, st.booleans())
    parts = st.lists(pair, min_size=2, max_size=4)
    return parts.map(lambda ps: make(tuple(p for p, _ in ps), (ps[0][1] or make is Product, *(b for _, b in ps[1:]))))


TREES = st.recursive(LEAVES, lambda inner: branch(Sum, inner) | branch(Product, inner), max_leaves=10)


def parts_of(node: Node) -> Iterator[Node]:
    """A tree and everything in it."""
    yield node
    for part in () if isinstance(node, Leaf) else node.terms if isinstance(node, Sum) else node.factors:
        yield from parts_of(part)


def mixes(node: Node) -> bool:
    """Whether the order of parts decides a unit: a sum takes the first of different ones, and
    元 × (元 ÷ 元) has none left over where 元 × 元 ÷ 元 multiplies amounts."""
    for part in parts_of(node):
        values = [evaluate(term) for term in part.terms] if isinstance(part, Sum) else []
        money = [x for x in parts_of(part) if isinstance(x, Leaf) and power_of(x.unit, "元")]
        if len({v.unit for v in values if v is not None and v.unit}) > 1 or (isinstance(part, Product) and money[1:]):
            return True
    return False


def same_figure(one: Leaf, other: Leaf) -> bool:
    """Whether two leaves are one figure, with its scale and its last written digit."""
    return (one.value, one.unit, one.place, one.scale) == (other.value, other.unit, other.place, other.scale)


# A lone 3万 without a result is money to the lexer, so the lines below have one.


@given(ARABIC | SHARES | CHINESE)
def test_a_figure_is_read_back_with_its_unit_scale_and_last_digit(leaf: Leaf) -> None:
    node = read_line(f"{expression(leaf, placed=True)} = 1").node
    assert isinstance(node, Leaf)
    assert same_figure(node, leaf), expression(leaf, placed=True)


@given(TREES)
def test_a_tree_is_read_back_with_its_value_and_unit(tree: Node) -> None:
    value = evaluate(tree)
    assume(value is not None and not value.clash)
    assert value is not None
    line = f"{expression(tree, placed=True)} = 1"
    try:
        again = evaluate(read_line(line).node)
    except LineError as error:
        assert (error.fault, mixes(tree)) == (LineFault.UNITS, True), line
        return
    assert again is not None
    assert again.value == value.value, line
    assert again.unit == value.unit or mixes(tree), line
