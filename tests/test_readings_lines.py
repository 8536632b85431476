"""A claim printed as a line is the same claim when the line is read: any tree, and every labelled text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calcverify.api.given import form_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.tokens import Figure
from calcverify.basis.work import Statement, own_unit
from calcverify.exact.printing import scale_word
from calcverify.exact.units import Unit, power_of, show
from calcverify.exact.verdict import Verdict
from calcverify.lexicon.loader import load
from calcverify.pipeline import read_form
from calcverify.readings.judging import Around, statement_of
from calcverify.readings.lines import Line, LineError, LineFault, claim_line, read_line
from calcverify.readings.making import around_of, claim_lines
from calcverify.readings.model import KINDS
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
LONG = "服务中心站"  # written before its figure (每服务中心站400元), where a result has none
OPEN = st.sampled_from(["课题", "点位", "示范岗", LONG])
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


def thirds(units: st.SearchStrategy[Unit]) -> st.SearchStrategy[Leaf]:
    """Values that have no decimal: 2/3, and a third of a 万元, which no hand writes as one figure."""
    return st.builds(
        lambda n, unit: Leaf(Span(0, 1), Fraction(n, 3), unit, Fraction(1, 3), 1, "fraction", not unit),
        n=st.integers(1, 1000).filter(lambda n: n % 3),
        unit=units,
    )


WRITTEN = ARABIC | SHARES | CHINESE | thirds(st.just(()))


def branch(
    make: type[Sum] | type[Product], children: st.SearchStrategy[Node], first: st.SearchStrategy[bool]
) -> st.SearchStrategy[Node]:
    """Two to four parts; ``first`` draws whether the first is added, a product begins with a factor."""
    pair = st.tuples(children, st.booleans())
    parts = st.tuples(st.lists(pair, min_size=2, max_size=4), st.just(True) if make is Product else first)
    return parts.map(lambda d: make(tuple(p for p, _ in d[0]), (d[1], *(b for _, b in d[0][1:]))))


def trees(leaves: st.SearchStrategy[Leaf], first: st.SearchStrategy[bool]) -> st.SearchStrategy[Node]:
    """Computations of up to ten figures."""
    return st.recursive(leaves, lambda inner: branch(Sum, inner, first) | branch(Product, inner, first), max_leaves=10)


TREES = trees(WRITTEN | thirds(UNITS), st.booleans())
# 0 − 3个: the nought that is printed before what is only taken off is a figure without a unit.
CLAIMED = trees(WRITTEN, st.just(True))


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
    if mixes(tree):
        with suppress(LineError):
            again = evaluate(read_line(line).node)
            assert again is not None
            assert again.value == value.value, line
        return
    again = evaluate(read_line(line).node)
    assert again is not None
    assert (again.value, again.unit) == (value.value, value.unit), line


# --- a claim ---------------------------------------------------------------------------


def stated_as(leaf: Leaf, hedged: bool) -> Figure:
    """A leaf as the stated figure of a claim."""
    return Figure(
        0, 1, leaf.value, leaf.place, leaf.unit, leaf.scale, leaf.kind, 0, hedged=hedged, bare=leaf.bare, index=0
    )


def claim_from(statement: Statement) -> Claim:
    """A statement as the claim that a report shows."""
    figure = statement.stated
    assert figure is not None
    stated = Stated(figure.value, statement.unit, "", None, figure.place, figure.hedged)
    computed = Amount(statement.computed, statement.unit)
    return Claim(statement.kind, Span(0, 1), "", statement.node, computed, stated, statement.verdict)


def outcome(statement: Statement) -> tuple[object, ...]:
    """What must be the same of a claim that was printed and read back."""
    figure = statement.stated
    assert figure is not None
    stated = (figure.value, figure.place, figure.hedged, own_unit(figure))
    return statement.kind, statement.computed, statement.unit, stated, statement.verdict


RESULTS = ARABIC.filter(lambda x: (LONG, -1) not in x.unit) | CHINESE


@given(CLAIMED, RESULTS, st.booleans(), st.sampled_from(sorted(KINDS)), st.booleans(), st.integers(-2, 2))
def test_a_claim_is_read_back_with_its_kind_values_unit_and_verdict(
    tree: Node, figure: Leaf, hedged: bool, kind: str, prose: bool, near: int
) -> None:
    assume(not mixes(tree))
    # A lone 三分之一百 is printed as 100 ÷ 3, and bare figures take the scale of a result that they miss.
    assume(not (isinstance(tree, Leaf) and tree.kind == "fraction" and tree.value.numerator > 99))
    value = evaluate(tree)
    assume(value is not None and not value.clash)
    assert value is not None
    if near and 0 < value.value < 10**9:  # longer digits are a code
        # A figure that is the value rounded, or one off, as most stated figures are.
        figure = written(max(0, round(value.value) + near - 1), 0, 1, figure.unit, "arabic")
    try:
        first = statement_of(kind, Line(tree, stated_as(figure, hedged)), prose, Around(money=True))
    except LineError:
        return  # its units contradict each other, so it is no claim
    # Nobody wrote that counts give money; and 约3万 alone is money where 3万 behind a sign may be a count.
    assume(first.unit != "元" or not value.unit or value.loose or power_of(value.unit, "元"))
    assume(figure.unit or figure.scale < 10**4 or not hedged)
    line = claim_line(claim_from(first), first)
    again = statement_of(kind, read_line(line), prose, Around(money=True))
    assert outcome(again) == outcome(first), line


def test_every_claim_of_the_labelled_texts_is_read_back() -> None:
    seen: Counter[str] = Counter()
    for record in map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines()):
        case = read_form(form_of(record["basis"], record["total"], None))
        for claim, line in zip(case.claims, claim_lines(case), strict=True):
            again = statement_of(line.kind, read_line(line.reading), line.prose, around_of(case))
            assert again.verdict is claim.verdict, line
            assert claim.computed == Amount(again.computed, "元" if claim.kind == "total" else again.unit), line
            if claim.stated is not None:
                assert again.stated is not None
                there = (again.stated.value, again.stated.place)
                assert there == (claim.stated.value, claim.stated.place), line
                assert again.stated.hedged or not claim.stated.hedged
            assert line.verdict == (claim.verdict.value if claim.verdict is not None else "")
            seen[claim.kind] += 1
    assert set(seen) == set(KINDS)
    assert sum(seen.values()) > 340


# --- lines as a person writes them -----------------------------------------------------

# The line ⇒ what it computes, its unit, the verdict as an equation.
GOOD = [
    ("15台 × 400元/台 = 6000元", "6000", "元", "exact"),
    ("15台*400元/台=0.6万元", "6000", "元", "exact"),
    ("15台×400元/台＝６０００元", "6000", "元", "exact"),
    ("15台 x 400元/台 = 6,000元", "6000", "元", "exact"),
    ("15台 乘以 400元/台 等于 六千元整", "6000", "元", "exact"),
    ("书架15台 × 400元/台 + 桌椅3张 × 100元/张 = 6300元", "6300", "元", "exact"),  # names before the figures
    ("15台 × 400元/台 = 约6100元", "6000", "元", "mismatch"),
    ("15台 × 400元/台 = 约6010元", "6000", "元", "approximate"),
    ("15台 × 400元/台 = 5000多元", "6000", "元", "approximate"),
    ("15台 × 401元/台 = 0.60万元", "6015", "元", "rounded"),
    ("15台 × 400元/台 = 0.61万元", "6000", "元", "mismatch"),
    ("400元/人·月 × 15人 × 12月 = 7.2万元", "72000", "元", "exact"),
    ("每人每月400 × 15 × 12 = 7.2万元", "72000", "元", "exact"),
    ("(2 + 1) × 3元 = 9元", "9", "元", "exact"),  # 1) is no item here
    ("1.5人 × 400元/人 = 600元", "600", "元", "exact"),  # nor is 1.
    ("18村 × 3万 = 54万元", "540000", "元", "exact"),
    ("80% × 2.5 = 2", "2", "元", "exact"),  # the project speaks of money
    ("3人 + 5人 = 8人", "8", "人", "exact"),
    ("15台 × 400元/台", "6000", "元", None),
]


@pytest.mark.parametrize(("text", "value", "unit", "verdict"), GOOD)
def test_a_line_is_read_as_a_basis_is(text: str, value: str, unit: str, verdict: str | None) -> None:
    found = statement_of("equation", read_line(text), around=Around(money=True))
    assert (found.computed, found.unit) == (Fraction(value), unit)
    assert (found.verdict.value if found.verdict else None) == verdict


# What is no line of arithmetic, why, and the piece that is to blame. Nothing is left out in silence.
BAD = [
    ("", LineFault.EMPTY, ""),
    (" \t", LineFault.EMPTY, ""),
    ("1元+" * 7000 + "1元", LineFault.LONG, ""),
    ("15台 × = 6000元", LineFault.PIECE, "×=6000元"),
    ("15台 400元 = 6000元", LineFault.SHAPE, ""),
    ("= 6000元", LineFault.SHAPE, ""),
    ("(15台 × 400元/台 = 6000元", LineFault.BRACKET, "("),
    ("15台 × 400元/台) = 6000元", LineFault.BRACKET, ")"),
    ("15台 × 400元/台 减半 = 3000元", LineFault.PIECE, "减半"),
    ("15台 × 400元/台 = 6000元 = 0.6万元", LineFault.PIECE, "=0.6万元"),
    ("15台 × 400元/台 = 5000元 + 1000元", LineFault.RESULT, "5000元 +1000元"),
    ("15台 × 400元/台 = 6000元，另加3元", LineFault.PIECE, "，"),
    ("−3万元 + 5万元 = 2万元", LineFault.PIECE, "−"),
    ("2万元 + 3万元 = −5万元", LineFault.PIECE, "−"),
    ("15台 × 400元/台 = 不超过6000元", LineFault.PIECE, "6000元"),
    ("3年 × 10多万元 = 30万元", LineFault.PIECE, "10多万元"),
    ("2023年 × 3 = 6069", LineFault.PIECE, "2023年"),
    ("①3元 + 4元 = 7元", LineFault.PIECE, "①"),
    ("1、3元 + 4元 = 7元", LineFault.PIECE, "、"),
    ("2O0册 × 85元/册 = 1.7万元", LineFault.PIECE, "2O0"),
    ("15台 ÷ 0 = 3", LineFault.ZERO, ""),
    ("5元 × 3元 = 15元", LineFault.UNITS, ""),
    ("5元 + 3人 = 8元", LineFault.UNITS, ""),
    ("<b>3元</b> × 4 = 12元", LineFault.PIECE, "<b>"),
    ("(" * 200 + "1元 + 2元" + ")" * 200 + " = 3元", LineFault.SHAPE, ""),
]


@pytest.mark.parametrize(("text", "fault", "piece"), BAD, ids=[b[0][:20] for b in BAD])
def test_what_is_left_over_is_refused_with_its_place(text: str, fault: LineFault, piece: str) -> None:
    with pytest.raises(LineError) as caught:
        read_line(text)
    assert (caught.value.fault, caught.value.piece.strip()) == (fault, piece)


def test_units_that_contradict_each_other_are_refused_for_every_kind() -> None:
    for kind in KINDS:
        with pytest.raises(LineError):
            statement_of(kind, read_line("3人 + 5人 = 8万元"))


# The kind of a line ⇒ its verdict: sums may carry, written equations and products may not,
# what was read from prose asks and does not accuse.
CARRY = "386.4万元 + 92.7万元 + 118.5万元 + 44.9万元 = 642.4万元"
SHARED = "1860万元 × 40% + 1245万元 × 55% = 1428万元"
MISSED = "15台 × 400元/台 = 0.7万元"
BY_KIND = [
    (CARRY, "sum", False, "carry"),
    (CARRY, "balance", False, "carry"),
    (CARRY, "partition", False, "carry"),
    (CARRY, "total", False, "carry"),
    (CARRY, "equation", False, "mismatch"),
    (CARRY, "composed", False, "query"),
    (CARRY, "sum", True, "query"),
    (SHARED, "share", False, "carry"),
    (SHARED, "equation", False, "mismatch"),
    (MISSED, "equation", False, "mismatch"),
    (MISSED, "equation", True, "query"),
    (MISSED, "total", False, "mismatch"),
    (MISSED, "total", True, "query"),
    (MISSED, "composed", False, "query"),
    ("28万元 + 34台 × 1.17万元/台 + 0.3万元 = 68.4万元", "sum", False, "carry"),
    ("28万元 + 34台 × 1.17万元/台 + 0.3万元 = 68.4万元", "total", False, "mismatch"),  # one written expression
    ("286户 × 1.74万元/户 = 500万元", "composed", False, "approximate"),
    ("12000.5亩 × 87.35元/亩 = 104.83万元", "composed", False, "approximate"),
]


@pytest.mark.parametrize(("text", "kind", "prose", "verdict"), BY_KIND)
def test_a_line_is_judged_by_its_kind(text: str, kind: str, prose: bool, verdict: str) -> None:
    found = statement_of(kind, read_line(text), prose)
    assert found.verdict is not None
    assert found.verdict.value == verdict


def test_an_addend_that_was_itself_rounded_carries_its_rounding_on() -> None:
    line = read_line("4612元 + 2652元 = 7265元")
    assert statement_of("sum", line).verdict is Verdict.MISMATCH
    assert statement_of("sum", line, around=Around(rounded=frozenset({Fraction(4612)}))).verdict is Verdict.CARRY
