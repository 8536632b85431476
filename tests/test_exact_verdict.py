"""Comparing a computed value with a stated figure, one line a case.

A case: what was computed, the figure as it is written, its unit, and the verdict for a
product, a sum and a composed reading. A figure that differs by nothing is exact, by its
last written digit rounded, and so on down the table of verdicts.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.exact.interval import Interval
from calcverify.exact.rounding import mode_named
from calcverify.exact.verdict import Addend, Leeway, Shape, Target, Verdict, judge, trailing_place

SCALES = {"元": 1, "千元": 1000, "万元": 10**4, "亿元": 10**8}


def place_of(written: str, unit: str) -> Fraction:
    """The value of the last written digit."""
    decimals = len(written.partition(".")[2])
    return Fraction(SCALES[unit], 10**decimals)


def target(written: str, unit: str, hedged: bool = False) -> Target:
    """A figure as written: ``target("3.89", "万元")`` has the place 100元."""
    return Target(Fraction(written) * SCALES[unit], place_of(written, unit), hedged)


CASES = [  # computed, written, unit, then product, sum, composed
    ("264", "264", "万元", "exact exact exact"),
    ("3384.2", "3384", "万元", "rounded rounded rounded"),
    ("3384.5", "3384", "万元", "rounded rounded rounded"),  # a tie belongs to both of its neighbours
    ("3384.5", "3385", "万元", "rounded rounded rounded"),
    ("3384.51", "3384", "万元", "mismatch mismatch query"),
    ("3383.5", "3384", "万元", "rounded rounded rounded"),
    ("3.8949", "3.89", "万元", "rounded rounded rounded"),
    ("2.96", "3", "亿元", "rounded rounded rounded"),
    ("2184", "2200", "万元", "approximate mismatch approximate"),  # a round number stands for its hundred
    ("2149", "2200", "万元", "mismatch mismatch query"),  # which this is not
    ("378.4", "378.00", "元", "approximate mismatch approximate"),  # noughts behind the point
    ("25", "30", "万元", "mismatch mismatch query"),  # the ten is met, and it is a sixth off
    ("6.7", "6.75", "万元", "mismatch mismatch query"),
    ("-3384.2", "-3384", "万元", "rounded rounded rounded"),
    ("-2184", "-2200", "万元", "approximate mismatch approximate"),
    ("0.4", "0", "万元", "rounded rounded rounded"),
    ("0.6", "0", "万元", "mismatch mismatch query"),
    ("0", "3", "万元", "mismatch mismatch query"),
]


@pytest.mark.parametrize(("computed", "written", "unit", "verdicts"), CASES)
def test_verdicts(computed: str, written: str, unit: str, verdicts: str) -> None:
    value = Fraction(computed) * SCALES[unit]
    reached = [judge(shape, value, target(written, unit)).value for shape in (Shape.PRODUCT, Shape.SUM, Shape.COMPOSED)]
    assert reached == verdicts.split()


HEDGED = [  # 约 allows one hundredth of the stated figure, and no more
    ("14.7312", "14.8", "approximate"),
    ("99", "100", "approximate"),
    ("101", "100", "approximate"),
    ("98.9", "100", "mismatch"),
    ("101.1", "100", "mismatch"),
]


@pytest.mark.parametrize(("computed", "written", "verdict"), HEDGED)
def test_a_hedged_figure(computed: str, written: str, verdict: str) -> None:
    for shape in (Shape.PRODUCT, Shape.SUM):
        assert judge(shape, Fraction(computed) * 10**4, target(written, "万元", hedged=True)).value == verdict


def addends(written: str) -> list[Addend]:
    """Terms of a sum: ``"23127万元 -9873万元 50元"``; in whole 元 they are exact."""
    terms = []
    for term in written.split():
        number, unit = term.lstrip("-").rstrip("千万亿元"), term.lstrip("-0123456789.")
        value, sign = Fraction(number) * SCALES[unit], Fraction(-1 if term[0] == "-" else 1)
        terms.append(Addend(sign, value, place_of(number, unit), unit != "元"))
    return terms


SUMS = [
    ("23127万元 -9873万元", "13254", "万元", "exact"),
    ("23127万元 -9873万元", "13255", "万元", "carry"),  # each may be half a 万元 off
    ("23127万元 -9873万元", "13256", "万元", "mismatch"),  # 2万元 are more than the three halves leave open
    ("231271234元 -98731234元", "13255", "万元", "mismatch"),  # addends in 元 are no rounded results
    ("23120万元 -9870万元", "13251", "万元", "mismatch"),  # no last digit that rounding could have changed
    ("23120万元 -9873万元", "13248", "万元", "carry"),  # one is enough
    ("12.4万元 3.3万元 0.2万元", "15.8", "万元", "carry"),
    ("3万元 2万元", "6", "万元", "mismatch"),  # the intervals meet, and it is a sixth off
    ("23128万元", "23129", "万元", "mismatch"),  # one term is no sum
    ("6.15亿元 400万元", "6.18", "亿元", "carry"),  # half of 0.01亿元 twice
    ("6.15亿元 400万元", "6.21", "亿元", "mismatch"),
    ("23127万元 5元", "231275005", "元", "carry"),  # the 万元 leave 5000元 open
    ("23127万元 5元", "231275006", "元", "mismatch"),  # and the 5元 nothing
]


@pytest.mark.parametrize(("written", "stated", "unit", "verdict"), SUMS)
def test_a_sum_of_rounded_addends(written: str, stated: str, unit: str, verdict: str) -> None:
    terms = addends(written)
    computed = sum((a.coefficient * a.value for a in terms), Fraction(0))
    assert judge(Shape.SUM, computed, target(stated, unit), terms).value == verdict
    if verdict == "carry":
        assert judge(Shape.PRODUCT, computed, target(stated, unit), terms).value == "mismatch"


def test_a_share_carries_its_part_of_the_rounding() -> None:
    """Half of 7009万元 may be off by a quarter of 1万元, not by a half."""
    part = Addend(Fraction(1, 2), Fraction(70090000), Fraction(10000), True)
    other = Addend(Fraction(1, 2), Fraction(9710000), Fraction(10000), True)
    computed = (part.value + other.value) / 2
    assert computed == 39900000
    near, far = Target(computed + 7500, Fraction(5000)), Target(computed + 7501, Fraction(5000))
    assert judge(Shape.SUM, computed, near, [part, other]) is Verdict.CARRY
    assert judge(Shape.SUM, computed, far, [part, other]) is Verdict.MISMATCH


FACTORS = [  # 200亩 × 87.35元/亩, whose rate may be anything from 87.345 to 87.355
    ("17471", "approximate"),
    ("17469", "approximate"),
    ("17472", "query"),
    ("17400", "query"),
]


@pytest.mark.parametrize(("stated", "verdict"), FACTORS)
def test_a_composed_reading_with_a_rounded_rate(stated: str, verdict: str) -> None:
    rate = Interval(Fraction("87.345"), Fraction("87.355"))
    factors = [Interval.point(Fraction(200)), rate]
    assert judge(Shape.COMPOSED, Fraction(17470), target(stated, "元"), factors=factors).value == verdict
    assert judge(Shape.PRODUCT, Fraction(17470), target(stated, "元"), factors=factors) is Verdict.MISMATCH


def test_a_rounded_rate_explains_a_thousandth_at_most() -> None:
    """2000亩 × 3.5元/亩 may be 6900 to 7100, which says little about 7008."""
    factors = [Interval.point(Fraction(2000)), Interval(Fraction("3.45"), Fraction("3.55"))]
    assert judge(Shape.COMPOSED, Fraction(7000), target("7007", "元"), factors=factors) is Verdict.APPROXIMATE
    assert judge(Shape.COMPOSED, Fraction(7000), target("7008", "元"), factors=factors) is Verdict.QUERY


VAGUE = [("100", "approximate"), ("150", "approximate"), ("200", "approximate"), ("99", "query"), ("201", "query")]


@pytest.mark.parametrize(("computed", "verdict"), VAGUE)
def test_a_vague_figure_is_a_range_and_never_accuses(computed: str, verdict: str) -> None:
    """百余万 is 100万 to 200万, ends included."""
    vague = Target(Fraction(100), Fraction(100), high=Fraction(200))
    assert judge(Shape.PRODUCT, Fraction(computed), vague).value == verdict


def test_a_mode_can_be_named() -> None:
    cut = target("3384", "万元")
    assert judge(Shape.PRODUCT, Fraction(33849999), cut, leeway=Leeway(mode_named("truncate"))) is Verdict.ROUNDED
    assert judge(Shape.PRODUCT, Fraction(33839999), cut, leeway=Leeway(mode_named("truncate"))) is Verdict.MISMATCH
    assert judge(Shape.PRODUCT, Fraction(33830001), cut, leeway=Leeway(mode_named("up"))) is Verdict.ROUNDED


def test_addends_are_taken_as_rounded_in_the_mode_of_the_figure() -> None:
    """Cut off, 2313万元 and 1234万元 are that much or more: 3548万元 may be their sum, 3546万元 not."""
    terms, cut = addends("2313万元 1234万元"), Leeway(mode_named("truncate"))
    assert judge(Shape.SUM, Fraction(35470000), target("3548", "万元"), terms, leeway=cut) is Verdict.CARRY
    assert judge(Shape.SUM, Fraction(35470000), target("3546", "万元"), terms, leeway=cut) is Verdict.MISMATCH
    assert judge(Shape.SUM, Fraction(35470000), target("3546", "万元"), terms) is Verdict.CARRY


PLACES = [("2200", "1", "100"), ("2201", "1", "1"), ("-2200", "1", "100"), ("0", "1", "1"), ("378", "0.01", "1")]


@pytest.mark.parametrize(("value", "place", "last"), PLACES)
def test_the_place_of_the_last_digit_that_is_not_zero(value: str, place: str, last: str) -> None:
    assert trailing_place(Fraction(value), Fraction(place)) == Fraction(last)


RANK = list(Verdict)
amounts = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)
figures = st.integers(-(10**5), 10**5)


@given(st.sampled_from(Shape), amounts, figures, st.booleans())
def test_signs_do_not_matter(shape: Shape, computed: Fraction, stated: int, hedged: bool) -> None:
    """A deduction is judged like an expense."""
    here = judge(shape, computed, Target(Fraction(stated), Fraction(1), hedged))
    assert judge(shape, -computed, Target(Fraction(-stated), Fraction(1), hedged)) is here


@given(st.sampled_from(Shape), amounts, figures, st.sampled_from([1000, 10**4, 10**8]))
def test_another_scale_changes_no_verdict(shape: Shape, computed: Fraction, stated: int, scale: int) -> None:
    here = judge(shape, computed, Target(Fraction(stated), Fraction(1)))
    assert judge(shape, computed * scale, Target(Fraction(stated * scale), Fraction(scale))) is here


@given(st.sampled_from(Shape), amounts, figures)
def test_a_hedge_never_makes_a_verdict_worse(shape: Shape, computed: Fraction, stated: int) -> None:
    plain = judge(shape, computed, Target(Fraction(stated), Fraction(1)))
    hedged = judge(shape, computed, Target(Fraction(stated), Fraction(1), hedged=True))
    assert RANK.index(hedged) <= RANK.index(plain)


@given(amounts, figures)
def test_only_written_arithmetic_accuses(computed: Fraction, stated: int) -> None:
    assert judge(Shape.COMPOSED, computed, Target(Fraction(stated), Fraction(1))) is not Verdict.MISMATCH
