"""What may be rewritten without changing what is claimed of a text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify import Project, check_text

AMOUNTS = st.integers(1, 999_999)
COUNTS = st.integers(2, 999)
OFFS = st.sampled_from([0, 0, 1, 10, 5_000])
PROSE = st.sampled_from(["", "为做好相关工作。", "项目内容如下：\n", "本项目由单位实施。\n", "请予审核。"])
BEHIND = st.sampled_from(["", "。请予审核。", "\n特此说明。", "。\n本项目由单位实施。"])


def verdicts(project: Project) -> list[str]:
    """The verdicts of all claims that have one."""
    return [claim.verdict.value for claim in project.claims if claim.verdict is not None]


def said(project: Project) -> tuple[list[tuple[object, ...]], list[str]]:
    """What is claimed, without places and writing, and the codes of the findings."""
    claims: list[tuple[object, ...]] = [
        (c.kind, c.computed, c.stated and (c.stated.value, c.stated.unit), c.verdict, len(c.operands))
        for c in project.claims
    ]
    return claims, [f.code for f in project.findings]


def in_wan(yuan: int) -> str:
    """An amount of 元 as exactly the same amount of 万元."""
    return f"{(Decimal(yuan) / 10_000).normalize():f}万元"


@given(COUNTS, AMOUNTS, OFFS)
def test_a_rate_in_wan_yuan_keeps_the_verdict(count: int, rate: int, off: int) -> None:
    stated = count * rate + off
    plain = check_text(f"{count}人×{rate}元/人={stated}元")
    assert len(verdicts(plain)) == 1
    assert (verdicts(plain) == ["exact"]) is (off == 0)
    assert verdicts(check_text(f"{count}人×{in_wan(rate)}/人={stated}元")) == verdicts(plain)


@given(st.lists(AMOUNTS, min_size=2, max_size=6), OFFS)
def test_addends_in_wan_yuan_keep_the_verdict(addends: list[int], off: int) -> None:
    stated = f"={sum(addends) + off}元"
    plain = verdicts(check_text("+".join(f"{a}元" for a in addends) + stated))
    assert len(plain) == 1
    assert verdicts(check_text("+".join(map(in_wan, addends)) + stated)) == plain


@given(COUNTS, AMOUNTS)
def test_an_exact_result_in_wan_yuan_is_exact(count: int, rate: int) -> None:
    assert verdicts(check_text(f"{count}人×{rate}元/人={in_wan(count * rate)}")) == ["exact"]


@given(st.lists(AMOUNTS, min_size=2, max_size=8).flatmap(lambda a: st.tuples(st.just(a), st.permutations(a))), OFFS)
def test_the_order_of_addends_keeps_the_verdict(addends: tuple[list[int], list[int]], off: int) -> None:
    stated = f"={sum(addends[0]) + off}元"
    first, second = (verdicts(check_text("+".join(f"{a}元" for a in each) + stated)) for each in addends)
    assert first == second != []


TEXTS = st.one_of(
    st.builds("{}人×{}元/人={}元".format, COUNTS, AMOUNTS, AMOUNTS),
    st.builds("{}元+{}元-{}元={}元".format, AMOUNTS, AMOUNTS, COUNTS, AMOUNTS),
    st.builds("培训{}元、差旅{}元，合计{}元".format, AMOUNTS, AMOUNTS, AMOUNTS),
    st.builds("购置{}台，每台{}元，需{}元".format, COUNTS, AMOUNTS, AMOUNTS),
    st.builds("({}元+{}元)×{}个月={}元".format, AMOUNTS, AMOUNTS, COUNTS, AMOUNTS),
)


@given(TEXTS, PROSE, BEHIND)
def test_prose_without_numbers_changes_nothing(text: str, before: str, behind: str) -> None:
    assert said(check_text(before + text + behind)) == said(check_text(text))


WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in b"0123456789+-=()/"} | {"×": "＊"})


@given(TEXTS)
def test_full_width_writing_changes_nothing(text: str) -> None:
    assert text.translate(WIDE) != text
    assert said(check_text(text.translate(WIDE))) == said(check_text(text))


REWRITTEN = [
    ("48人×350元/人=16800元", "４８人＊３５０元／人＝１６８００元", ["exact"]),
    ("48人×350元/人=16800元", "48人×0.035万元/人=16800元", ["exact"]),
    ("48人×350元/人=16900元", "４８人×350元/人＝16900元", ["mismatch"]),
    ("300元+20元=320元", "20元+300元=320元", ["exact"]),
]


@pytest.mark.parametrize(("text", "other", "expected"), REWRITTEN)
def test_rewriting_keeps_the_verdicts(text: str, other: str, expected: list[str]) -> None:
    assert verdicts(check_text(text)) == expected
    assert verdicts(check_text(other)) == expected
