"""Figures without a unit below 单位：万元: the form's own words and its total say what they are worth."""

from __future__ import annotations

import pytest

from calcverify.forms import parse_forms
from calcverify.pipeline import check_form
from calcverify.report.model import Project
from calcverify.verify.model import Severity, Status


def checked(note: str, total: str, basis: str) -> Project:
    """The project of a form with a unit over it, a year's amount and a basis; ``|`` breaks the line."""
    text = f"{note}\n项目名称\t路牌更新\t项目编码\t2024007\n{total}\n资金测算依据{basis}".replace("|", "\n")
    (form,) = parse_forms(text, "form.txt")
    return check_form(form)


WAN, YUAN = "年度资金总额（万元）\t9.36", "年度资金总额（元）\t93600"
NOTED = "年度资金总额\t9.36"
TABLE = "：|名称\t数量\t单价\t金额|路牌\t120\t430\t{}|座椅\t60\t700\t{}|合计\t\t\t{}"

# note, total, basis, whether the report says which unit was assumed
CLEAN = [
    ("单位：万元", NOTED, "\t路牌120块，430元/块，计5.16万元；座椅60把×700元/把=4.2万元", False),  # own units
    ("单位：万元", NOTED, TABLE.format("5.16", "4.2", "9.36"), True),  # the price is in 元, the amount as noted
    ("单位：万元", NOTED, TABLE.format("51600", "42000", "93600"), True),  # all of the table is in 元
    ("单位：万元", NOTED, "\t路牌51600，座椅42000，合计93600", True),
    ("单位：万元", NOTED, "\t路牌5.16，座椅4.2，合计9.36", False),  # as noted
    ("单位：万元", NOTED, "\t路牌120×430=51600，座椅60×700=42000，合计93600", True),
    ("单位：万元", NOTED, "\t120×430+60×700", False),
    ("单位：万元", NOTED, "\t120×0.043+60×0.07", False),
    ("单位：元", "年度资金总额\t93600", TABLE.format("5.16", "4.2", "9.36").replace("金额", "金额（万元）"), True),
    ("", WAN, "\t路牌120×430=51600，座椅60×700=42000，合计93600", True),
    ("", WAN, "\t路牌5.16，座椅4.2，合计9.36", True),
    ("", YUAN, "\t路牌120×430=51600，座椅60×700=42000，合计93600", True),
]


@pytest.mark.parametrize(("note", "total", "basis", "assumed"), CLEAN)
def test_a_clean_form_passes_and_says_which_unit_was_assumed(note: str, total: str, basis: str, assumed: bool) -> None:
    project = checked(note, total, basis)
    assert [f.message.zh for f in project.findings if f.severity is not Severity.NOTICE] == []
    assert project.status is Status.PASS
    assert any(f.code == "CV208" for f in project.findings) is assumed


FAULTY = [
    ("单位：万元", NOTED, TABLE.format("51600", "42000", "95600"), Status.FAIL),  # the sum misses in either unit
    ("单位：万元", NOTED, TABLE.format("5.16", "4.9", "10.06"), Status.FAIL),
    ("单位：万元", "年度资金总额\t9.86", "\t120×430+60×700", Status.FAIL),
    # 120 signs at 430万元 each: the total was typed in 元 below a label that says 万元.
    ("", "年度资金总额（万元）\t93600", "\t路牌120×430=51600，座椅60×700=42000，合计93600", Status.REVIEW),
]


@pytest.mark.parametrize(("note", "total", "basis", "status"), FAULTY)
def test_no_unit_is_assumed_to_make_a_wrong_form_right(note: str, total: str, basis: str, status: Status) -> None:
    assert checked(note, total, basis).status is status
