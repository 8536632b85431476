"""Causes that are named for a total which what was computed does not reach (CV106)."""

from __future__ import annotations

import pytest

from calcverify import check_text
from calcverify.verify.slips import swapped


@pytest.mark.parametrize(
    ("basis", "total", "cause"),
    [
        ("桌椅40套×300元/套=1.2万元，另有其他支出", "12万元", "疑似多写一位（相差10倍）"),
        ("护工4人×3000元/人=1.2万元，另有其他支出", "14.4万元", "疑似漏乘12个月"),
        ("桌椅40套×300元/套=1.2万元，另有其他支出", "1.2亿元", "疑似单位错误（元/万元）"),
        ("桌椅40套×320元/套=1.28万元，另有其他支出", "1.82万元", "总金额可能有相邻两位数字颠倒"),
        ("桌椅40套×300元/套=1.2万元，书柜10个×800元/个=0.8万元，另有其他支出", "5万元", ""),
    ],
)
def test_a_total_that_is_not_reached_names_its_likely_cause(basis: str, total: str, cause: str) -> None:
    (finding,) = [f for f in check_text(basis, total).findings if f.code == "CV106"]
    assert [s.zh for s in finding.suggestions] == ([cause] if cause else [])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("1280", "1820", True), ("1280", "1280", False), ("1280", "8120", False), ("12", "120", False)],
)
def test_two_neighbouring_digits_swapped(one: str, other: str, expected: bool) -> None:
    assert swapped(one, other) is expected
