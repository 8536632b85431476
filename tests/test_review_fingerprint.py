"""A finding is the same one wherever it stands, and another one once it is about something else."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcverify.report.model import Project
from calcverify.review.baseline import prints_of
from calcverify.review.fingerprint import normalised, project_key
from tests.lived import ROWS, checked, form, one

JOINED = "；".join(ROWS)


def prints(project: Project, *codes: str) -> Counter[str]:
    """The fingerprints of a project's findings; of these codes, and not about the form's total, if any are named."""
    told = zip(project.findings, prints_of(project), strict=True)
    totals = {at for at, claim in enumerate(project.claims) if claim.kind == "total"}
    return Counter(p for f, p in told if not codes or (f.code in codes and f.claim not in totals))


def test_there_are_findings_of_every_kind_to_tell_apart() -> None:
    codes = [f.code for f in one(JOINED).findings]
    assert {"CV101", "CV102", "CV104", "CV207"} <= set(codes)
    assert len(prints(one(JOINED))) == len(codes)


@settings(max_examples=30)
@given(st.permutations(ROWS))
def test_moved_rows_change_nothing(rows: list[str]) -> None:
    kinds = ("CV101", "CV102", "CV104", "CV207", "CV109")
    assert prints(one("；".join(rows)), *kinds) == prints(one(JOINED), *kinds)


SPACED = [
    JOINED.replace("；", "；\n"),
    JOINED.replace("；", "； "),
    JOINED.replace("：", "：\n"),
    JOINED.replace("×", " × ").replace("=", " = "),
    JOINED.replace("，", "，　"),
]


@pytest.mark.parametrize("basis", SPACED)
def test_blanks_and_line_breaks_change_nothing(basis: str) -> None:
    assert prints(one(basis)) == prints(one(JOINED))


def test_lines_files_and_the_order_of_projects_change_nothing() -> None:
    forms = [form(JOINED), form(ROWS[0], code="330000261230000000003", name="图书")]
    here = checked("".join(forms))
    there = checked("2026年度\n\n某市项目支出绩效目标表\n" + "".join(reversed(forms)))
    assert [p.form.locator.line for p in here] != [p.form.locator.line for p in reversed(there)]
    assert [prints(p) for p in here] == [prints(p) for p in reversed(there)]


def test_a_project_without_a_code_is_known_by_its_name() -> None:
    """forms.txt#2 is a place, and no code."""
    forms = [f"项目名称\t{name}\n资金计算依据\t{ROWS[0]}\n" for name in ("甲", "乙")]
    here, there = checked("".join(forms)), checked("".join(reversed(forms)))
    assert here[0].form.id != there[1].form.id
    assert [project_key(p.form) for p in here] == ["甲", "乙"]
    assert [prints(p) for p in here] == [prints(p) for p in reversed(there)]


OTHERS = [
    ROWS[0].replace("3.6", "3.7"),  # another figure
    ROWS[0].replace("360", "361"),  # another operand
    ROWS[0].replace("教材", "图书"),  # another item
    ROWS[0].replace("册×85元/册=3.6万元", "人×85元/人=3.6万元"),  # another unit
]


@pytest.mark.parametrize("basis", OTHERS)
def test_what_is_about_something_else_is_another_one(basis: str) -> None:
    assert not prints(one(basis), "CV101") & prints(one(ROWS[0]), "CV101")


def test_another_project_has_another_fault() -> None:
    assert not prints(one(JOINED)) & prints(one(JOINED, code="330000261230000000009"))
    assert prints(one(JOINED)) == prints(one(JOINED, name="改了名称"))


def test_findings_of_the_form_are_told_apart_by_their_amounts() -> None:
    table = "支出明细\t子项目\t半年计划数\t全年预算数\n\t沙袋\t0\t300000\n\t水泵\t0\t{a}\n"
    text = "项目名称：防汛物资\n项目总金额（万元）：50\n资金计算依据：据实结算\n"
    sums = [checked(text + table.format(a=a)) for a in ("100000", "110000", "100000")]
    told = [[prints(p, "CV301") for p in projects] for projects in sums]
    assert told[0] == told[2]
    assert told[0][0], "the rule speaks"
    assert told[0] != told[1]


def test_two_that_are_alike_have_one_fingerprint() -> None:
    twice = prints(one(f"{ROWS[0]}；{ROWS[0]}"), "CV101")
    assert list(twice.values()) == [2]


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_has_a_fingerprint(text: str) -> None:
    for project in checked(form("教材费：360册×85元/册=3.6万元" + text.replace("\t", " "), name=text[:10])):
        assert all(len(p) == 32 for p in prints_of(project))


def test_comparing_ignores_blanks_and_widths() -> None:
    assert normalised("１２ 人\n×\t５") == normalised("12人×5")
    assert normalised("\ud800") == "\ud800"
