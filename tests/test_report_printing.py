"""Expressions printed as people write them, and read back to the same value."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calcverify
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.printing import exact, places
from calcverify.exact.units import Unit
from calcverify.exact.verdict import Verdict
from calcverify.source import Span
from calcverify.verify.expression import expression, leaf_text
from tests.made import YUAN, leaf, plus, times

PER_PERSON: Unit = (("人", -1), ("元", 1))


def of(value: str, kind: str = "arabic", scale: int = 1, unit: Unit = ()) -> Leaf:
    """A leaf by its value in the base unit."""
    return Leaf(Span(0, 1), Fraction(value), unit, Fraction(1), scale, kind)


LEAVES = [
    (leaf("24万"), "24万"),
    (leaf("160", YUAN), "160元"),
    (leaf("5万", YUAN), "5万元"),
    (leaf("2.2万", (("人", 1),)), "2.2万人"),
    (leaf("460", (("元", 1), ("月", -1))), "460元/月"),
    (leaf("1023", (("人", -1), ("元", 1), ("月", -1))), "1023元/人·月"),
    (of("0.6", "percent"), "60%"),
    (of("0.0085", "permille"), "8.5‰"),
    (of("0.85", "zhe"), "8.5折"),
    (of("0.3", "cheng"), "3成"),
    (of("2/3", "fraction"), "2/3"),
    (of("20000/3", scale=10000, unit=YUAN), "20000元 ÷ 3"),
    (of("2/3", "percent"), "2/3"),
    (of("7000", scale=7, unit=YUAN), "7000元"),
    (of("30000000", scale=10**7), "3千万"),
    (of("-50000", scale=10**4, unit=YUAN), "0 − 5万元"),
]


@pytest.mark.parametrize(("node", "text"), LEAVES)
def test_a_figure_from_its_value_scale_and_unit(node: Leaf, text: str) -> None:
    assert leaf_text(node) == text
    assert expression(node) == text


def minus(first: Node, *rest: Node) -> Sum:
    return Sum((first, *rest), (True,) + (False,) * len(rest))


def over(first: Node, *rest: Node) -> Product:
    return Product((first, *rest), (True,) + (False,) * len(rest))


A, B, C = leaf("8"), leaf("5"), leaf("3")
EXPRESSIONS = [
    (plus(times(leaf("24万"), leaf("0.88"), leaf("160", YUAN)), leaf("5万", YUAN)), "24万 × 0.88 × 160元 + 5万元"),
    (times(plus(A, B), C), "(8 + 5) × 3"),
    (times(A, plus(B, C)), "8 × (5 + 3)"),
    (plus(A, plus(B, C)), "8 + 5 + 3"),
    (plus(A, minus(B, C)), "8 + 5 − 3"),
    (minus(A, minus(B, C)), "8 − (5 − 3)"),
    (minus(A, plus(B, C)), "8 − (5 + 3)"),
    (minus(A, times(B, C)), "8 − 5 × 3"),
    (times(A, over(B, C)), "8 × 5 ÷ 3"),
    (over(A, times(B, C)), "8 ÷ (5 × 3)"),
    (over(A, over(B, C)), "8 ÷ (5 ÷ 3)"),
    (over(A, of("2/3")), "8 ÷ (2 ÷ 3)"),
    (times(of("2/3"), A), "2/3 × 8"),
    (plus(A, of("-5")), "8 − 5"),
    (minus(A, of("-5")), "8 + 5"),
    (times(A, of("-5")), "8 × (0 − 5)"),
    (plus(times(of("-5"), A), B), "(0 − 5) × 8 + 5"),
    (Sum((A, B), (False, True)), "5 − 8"),
    (plus(A, Sum((B, C), (False, True))), "8 − 5 + 3"),
    (Sum((A, B, C), (False, True, True)), "5 + 3 − 8"),
    (Sum((A, B), (False, False)), "0 − 8 − 5"),
    (times(A, Sum((B, C), (False, True))), "8 × (3 − 5)"),
    (Product((A,), (False,)), "1 ÷ 8"),
    (over(A, Product((B,), (False,))), "8 × 5"),
    (minus(A, Sum((B,), (False,))), "8 + 5"),
    (plus(plus(A)), "8"),
    (times(times(A)), "8"),
    (times(plus(A), B), "8 × 5"),
    (plus(times(A), B), "8 + 5"),
    (minus(of("0.6", "percent")), "60%"),
    (plus(times(of("0.6", "percent"), plus(leaf("3.89万", YUAN), leaf("70", YUAN)))), "60% × (3.89万元 + 70元)"),
    (Sum((), ()), "0"),
    (Product((), ()), "1"),
]


@pytest.mark.parametrize(("node", "text"), EXPRESSIONS)
def test_brackets_only_where_the_value_needs_them(node: Node, text: str) -> None:
    assert expression(node) == text


def value_of(node: Node) -> Fraction:
    """The value of a tree, worked out independently of the program."""
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, Sum):
        return sum(
            (value_of(t) if s else -value_of(t) for t, s in zip(node.terms, node.signs, strict=True)), Fraction(0)
        )
    out = Fraction(1)
    for factor, up in zip(node.factors, node.ups, strict=True):
        out = out * value_of(factor) if up else out / value_of(factor)
    return out


_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "千万": 10**7, "亿": 10**8}
_SIGNS = {"%": 100, "‰": 1000, "折": 10, "成": 10}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(千万|[十百千万亿])?(?:[元人月/·]*)([%‰折成])?")


def reread(text: str) -> Fraction:
    """What a calculator makes of a printed expression: no units, usual precedence."""

    def as_fraction(match: re.Match[str]) -> str:
        number, scale, sign = match.groups()
        return f"Fraction({number!r}) * {_SCALES[scale or '']} / {_SIGNS.get(sign, 1)}".join("()")

    # 2/3 is one fraction: its halves are read apart, as a calculator does.
    bare = re.sub(r"(\d+)/(\d+)[元人月/·]*", r"\1 ÷ \2", text)
    python = _NUMBER.sub(as_fraction, bare).replace("×", "*").replace("÷", "/").replace("−", "-")
    result = eval(python, {"Fraction": Fraction})
    assert isinstance(result, Fraction | int)
    return Fraction(result)


LEAF = st.builds(
    Leaf,
    span=st.just(Span(0, 1)),
    value=st.fractions(-1000, 10**6, max_denominator=1000).filter(bool),
    unit=st.sampled_from([(), YUAN, PER_PERSON]),
    place=st.just(Fraction(1)),
    scale=st.sampled_from([1, 100, 10**4, 10**8, 12]),
    kind=st.sampled_from(["arabic", "percent", "permille", "zhe", "cheng", "chinese"]),
).map(lambda x: x if x.kind in ("arabic", "chinese") else x._replace(unit=()))


def _branch(make: type[Sum] | type[Product], children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pair = st.tuples(children, st.booleans())
    return st.lists(pair, min_size=1, max_size=4).map(lambda ps: make(tuple(p[0] for p in ps), tuple(p[1] for p in ps)))


TREES = st.recursive(LEAF, lambda inner: _branch(Sum, inner) | _branch(Product, inner), max_leaves=12)


@given(TREES)
def test_what_is_printed_reads_back_to_the_same_value(tree: Node) -> None:
    try:
        value = value_of(tree)
    except ZeroDivisionError:
        return
    assert reread(expression(tree)) == value


@given(TREES)
def test_printing_is_deterministic_and_in_one_line(tree: Node) -> None:
    assert expression(tree) == expression(tree)
    assert "\n" not in expression(tree)


def test_every_expression_of_the_labelled_set_reads_back_by_the_program_itself() -> None:
    """What a report prints can be pasted into a form, and is exact there."""
    corpus = Path(__file__).parent / "data" / "corpus.jsonl"
    printed = [
        (f"{expression(c.node)} = {exact(c.computed.value)}元", c.computed.value)
        for p in calcverify.check_file(corpus).projects
        for c in p.claims
        if c.computed is not None and c.computed.unit == "元" and not isinstance(c.node, Leaf)
    ]
    written = [(text, value) for text, value in printed if places(value) is not None]
    assert len(written) > 200
    lost = []
    for text, value in written:
        found = {(c.computed.value, c.verdict) for c in calcverify.check_text(text).claims if c.computed is not None}
        if (value, Verdict.EXACT) not in found:
            lost.append(text)
    assert not lost
