"""A factor that is missing from a basis, explained by the rates on file."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from calcverify.errors import UsageError
from calcverify.standards import Formulas, explain_factor, load_formulas
from calcverify.standards.fields import exact

ROOT = Path(__file__).parent.parent
SHIPPED = load_formulas()


def said(factor: str, year: int | None, tolerance: str = "0") -> list[str]:
    """The explanations of a factor, without their documents."""
    value = exact(factor)
    assert value is not None
    found = explain_factor(value, SHIPPED, year, Fraction(tolerance))
    return [re.sub(r"，[^，）]+）", "）", e.say("zh")) for e in found]


# factor ⇒ year ⇒ the best explanation, and how many there are
BEST = [
    ("24%", 2024, "24% = 单位16% + 个人8%（机关事业单位基本养老保险）", 3),
    ("24%", None, "24% = 单位16% + 个人8%（机关事业单位基本养老保险）", 3),
    ("24%", 2019, "24% = 单位16% + 个人8%（机关事业单位基本养老保险）", 3),
    ("28%", 2018, "28% = 单位20% + 个人8%（机关事业单位基本养老保险）", 2),
    ("27%", 2018, "27% = 单位（阶段性降低）19% + 个人8%（企业职工基本养老保险）", 2),
    ("16%", 2024, "单位16%（机关事业单位基本养老保险）", 3),
    ("8%", 2024, "个人8%（机关事业单位基本养老保险）", 6),
    ("12%", 2024, "12% = 单位8% + 个人4%（机关事业单位职业年金）", 4),
    ("6%", 2024, "单位6%（职工基本医疗保险）", 3),
    ("2%", 2024, "个人2%（职工基本医疗保险）", 1),
    ("1%", 2024, "总费率1%（失业保险）", 1),
    ("1.2%", 2016, "总费率1%—1.5%（失业保险）", 1),
    ("0.9%", 2024, "单位（四类行业）0.9%（工伤保险）", 1),
    ("0.5%", 2024, "单位0.5%（生育保险）", 1),
    ("7%", 2024, "单位5%—12%（住房公积金）", 2),
    ("20.5%", 2024, "10%—24% = 单位5%—12% + 个人5%—12%（住房公积金）", 1),
    ("12", 2024, "12：一年12个月", 1),
    ("6", 2024, "6：半年6个月", 1),
    ("1/2", None, "0.5：半年（全年的一半）", 1),
]


@pytest.mark.parametrize(("factor", "year", "best", "count"), BEST)
def test_a_missing_factor_is_explained(factor: str, year: int | None, best: str, count: int) -> None:
    found = said(factor, year)
    assert found[0] == best
    assert len(found) == count


UNEXPLAINED = [
    ("26%", 2024),  # nothing says 26%, whatever sums might be tried
    ("28%", 2024),  # 20% ended in April 2019
    ("24%", 2010),  # before the scheme; the housing fund alone reaches it
    ("36%", 2019),  # 20% and 16% are never paid together
    ("1%", 2021),  # not on file for that year
    ("11", 2024),
    ("0", 2024),
]


@pytest.mark.parametrize(("factor", "year"), UNEXPLAINED)
def test_what_no_rule_says_is_not_explained(factor: str, year: int) -> None:
    assert [words for words in said(factor, year) if "住房公积金" not in words] == []


def test_a_tolerance_reaches_a_factor_that_was_rounded() -> None:
    assert said("24.01%", 2024) == []
    assert said("24.01%", 2024, "0.0001")[0] == "24% = 单位16% + 个人8%（机关事业单位基本养老保险）"
    assert said("24.01%", 2024, "0.00009") == []


def test_a_factor_within_an_interval_is_explained() -> None:
    low, high = Fraction("0.1595"), Fraction("0.1605")
    found = explain_factor(None, SHIPPED, 2024, low=low, high=high)
    assert found[0].low == found[0].high == Fraction("0.16")
    assert explain_factor(None, SHIPPED, 2024, low=Fraction("0.16"), high=high)[0].exact
    assert not explain_factor(None, SHIPPED, 2024, low=Fraction("0.1601"), high=high)[0].exact


def test_the_nearest_of_two_comes_first() -> None:
    near = explain_factor(Fraction("0.0197"), SHIPPED, 2024, Fraction("0.001"))
    assert [e.low for e in near] == [Fraction("0.02"), Fraction("0.019")]
    far = explain_factor(Fraction("0.0192"), SHIPPED, 2024, Fraction("0.001"))
    assert [e.low for e in far] == [Fraction("0.019"), Fraction("0.02")]


def test_a_single_rate_comes_before_a_sum_that_is_nearer() -> None:
    assert said("13.5%", 2024, "0.03")[:2] == [
        "单位16%（机关事业单位基本养老保险）",
        "单位16%（企业职工基本养老保险）",
    ]
    assert "12% = 单位8% + 个人4%（机关事业单位职业年金）" in said("13.5%", 2024, "0.03")[2:]


def test_without_a_year_the_rule_that_held_longest_comes_first() -> None:
    numbers = [e.documents[0].number for e in explain_factor(Fraction("0.01"), SHIPPED, None) if e.exact]
    assert numbers[0] == "人社部发〔2024〕40号"
    assert numbers[-1] == "人社部发〔2017〕14号"


def test_an_explanation_cites_its_documents() -> None:
    best = explain_factor(Fraction("0.24"), SHIPPED, 2024)[0]
    assert [d.number for d in best.documents] == ["国办发〔2019〕13号", "国发〔2015〕2号"]
    assert [d.issuer for d in best.documents] == ["国务院办公厅", "国务院"]
    assert best.say("zh") == "24% = 单位16% + 个人8%（机关事业单位基本养老保险，国办发〔2019〕13号、国发〔2015〕2号）"
    assert best.say("en") == (
        "24% = 16% employer + 8% employee (basic pension insurance of government bodies and public institutions, "
        "国办发〔2019〕13号; 国发〔2015〕2号)"
    )
    assert explain_factor(Fraction(12), SHIPPED, 2024)[0].say("en") == "12: 12 months of a year"
    assert explain_factor(Fraction(12), SHIPPED, 2024)[0].documents == ()


def test_a_factor_or_both_ends_are_asked_for() -> None:
    with pytest.raises(UsageError, match="请给出 factor"):
        explain_factor(None, SHIPPED, 2024, low=Fraction(1))
    assert explain_factor(Fraction("0.24"), Formulas(), 2024) == ()


OFFICE = """
[[document]]
number = "某政发〔2023〕1号"
title = "某市暂行办法"
issuer = "某市人民政府"
date = "2023"

[[factor]]
name = "某市基数系数"
name_en = "base coefficient of a certain city"
value = "1.35"
document = "某政发〔2023〕1号"
since = "2023"
"""


def test_an_office_adds_a_factor_with_a_document(tmp_path: Path) -> None:
    (tmp_path / "office.toml").write_text(OFFICE, encoding="utf-8")
    best = explain_factor(Fraction("1.35"), load_formulas(tmp_path), 2023)[0]
    assert best.say("zh") == "1.35：某市基数系数（某政发〔2023〕1号）"
    assert best.say("en") == "1.35: base coefficient of a certain city (某政发〔2023〕1号)"
    assert explain_factor(Fraction("1.35"), load_formulas(tmp_path), 2022) == ()
