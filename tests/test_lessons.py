"""Lessons from checking budget forms: each a form that must not be accused, and a twin that must.

The twin differs in one thing, so that a rule which is silent for another reason is found out.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from calcverify.pipeline import check_form
from calcverify.readers import read_stream

HEAD = "市级预算绩效目标表\n（2025年度）\n项目名称：沿河改造\n"
TABLE = "支出明细{unit}\t子项目\t半年计划数\t全年预算数\n\t护栏\t0\t{one}\n\t步道\t0\t{two}\n"
INDICATORS = "一级指标\t二级指标\t三级指标\t全年指标值\n产出指标\t数量指标\t{name}\t={number}盏\n"
BASIS = "资金计算依据：维修路灯600盏×400元/盏=24万元\n"


class Lesson(NamedTuple):
    """What is learnt: the rule, the form that it leaves alone, the twin of which it speaks."""

    code: str
    silent: str
    speaks: str


LESSONS = {
    "a sum over the years is not compared with a year": Lesson(
        "CV401",
        "项目总金额（万元）：24\n项目概述：截至2024年底累计投入900万元\n" + BASIS,
        "项目总金额（万元）：24\n项目概述：2025年共投入900万元\n" + BASIS,
    ),
    "a count over the years is not compared with a year's": Lesson(
        "CV402",
        "项目总金额（万元）：24\n项目总目标：三年维修路灯1800盏\n" + BASIS,
        "项目总金额（万元）：24\n年度绩效目标：维修路灯1800盏\n" + BASIS,
    ),
    "the whole project may cost more than its year": Lesson(
        "CV303",
        "项目总金额（万元）：72\n本年度项目金额（万元）：24\n" + BASIS,
        "项目总金额（万元）：20\n本年度项目金额（万元）：24\n" + BASIS,
    ),
    "an undeclared unit is not enough to tell": Lesson(
        "CV301",
        "项目总金额（万元）：24\n" + BASIS + TABLE.format(unit="", one="1300", two="1000"),
        "项目总金额（万元）：24\n" + BASIS + TABLE.format(unit="（元）", one="1300", two="1000"),
    ),
    "a table without a unit is read in the one that fits": Lesson(
        "CV301",
        "项目总金额（万元）：24\n" + BASIS + TABLE.format(unit="", one="130000", two="110000"),
        "项目总金额（万元）：24\n" + BASIS + TABLE.format(unit="", one="130000", two="100000"),
    ),
    "things are paired by name, not by position": Lesson(
        "CV402",
        "项目总金额（万元）：24\n" + BASIS + INDICATORS.format(name="更换灯杆盏数", number=80),
        "项目总金额（万元）：24\n" + BASIS + INDICATORS.format(name="维修路灯盏数", number=80),
    ),
    "an explanation lifts a difference of the detail rows": Lesson(
        "CV301",
        "项目总金额（万元）：24\n其他需要说明的问题：含上年结转4万元\n"
        + BASIS
        + TABLE.format(unit="（元）", one="120000", two="80000"),
        "项目总金额（万元）：24\n其他需要说明的问题：无\n"
        + BASIS
        + TABLE.format(unit="（元）", one="120000", two="80000"),
    ),
    "an explanation lifts no difference but its own": Lesson(
        "CV301",
        "项目总金额（万元）：24\n其他需要说明的问题：本年资金中4万元为上年结转资金\n"
        + BASIS
        + TABLE.format(unit="（元）", one="120000", two="80000"),
        "项目总金额（万元）：24\n其他需要说明的问题：本年资金中4万元为上年结转资金\n"
        + BASIS
        + TABLE.format(unit="（元）", one="120000", two="50000"),
    ),
    "an explanation lifts a difference of the sources": Lesson(
        "CV302",
        "年度资金总额（万元）：24\n财政拨款（万元）：15\n自有资金（万元）：5\n备注：其余使用上年结转资金\n" + BASIS,
        "年度资金总额（万元）：24\n财政拨款（万元）：15\n自有资金（万元）：5\n备注：其余另行安排\n" + BASIS,
    ),
}


def said(text: str) -> set[str]:
    """The codes of what is said of the one form of a text."""
    (form,) = read_stream((HEAD + text).encode())
    return {f.code for f in check_form(form).findings}  # type: ignore[arg-type]  # a form, not a problem of reading


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_lesson_holds(lesson: Lesson) -> None:
    assert lesson.code not in said(lesson.silent)
    assert lesson.code in said(lesson.speaks)
