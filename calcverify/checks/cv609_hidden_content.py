"""Rows, columns, sheets or texts that are hidden and that the form's figures stand in.

What: part of the form stands in hidden rows or columns, on a hidden sheet, or in text that a page does
not show. It is read and counted like the rest, unless another value is shown beside it for the same label.
Why it matters: a reader on paper or on the screen does not see it, so an amount in it makes a sum that nobody
can follow.
查什么：表单有内容在隐藏的行、列、工作表或不显示的文字里，核对时照常计入（同一栏目另有显示的内容时，以显示的为准）。
为什么：打印件和屏幕上看不到这些内容，其中若有金额，合计就无法对上，是评审重点查看的地方。
Passes: <table>｜<tr><td>项目名称<td>防汛物资｜<tr><td>项目总金额（元）<td>500｜
<tr><td>测算依据<td>5只×100元/只｜</table>
Fails: <table>｜<tr><td>项目名称<td>防汛物资｜<tr><td>项目总金额（元）<td>500｜
<tr hidden><td>测算依据<td>5只×100元/只｜</table>
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from calcverify.checks.rule import Rule
from calcverify.errors import excerpt
from calcverify.forms.model import Remark
from calcverify.patterns import pattern
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

FIELD = "隐藏内容"
KINDS = {
    "hidden row": ("隐藏的行", "a hidden row"),
    "hidden column": ("隐藏的列", "a hidden column"),
    "hidden sheet": ("隐藏的工作表", "a hidden sheet"),
    "hidden value": ("隐藏的列", "a hidden column"),
    "hidden text": ("不显示的文字", "text that is not shown"),
}
DIGIT = pattern("[0-9０-９]")
# A sheet with a hundred hidden rows is told by its first ones.
MOST = 5


def find(case: Case) -> Iterator[Finding]:
    """One finding for the hidden cells that follow each other; a warning where they hold a figure."""
    remarks = [remark for remark in case.form.remarks if remark.kind in KINDS]
    groups = [list(group) for _, group in groupby(remarks, key=line_of)]
    for number, group in enumerate(groups[:MOST], 1):
        zh, en = KINDS[group[0].kind]
        shown = excerpt(" ".join(remark.text for remark in group[:9]), 60)
        counts = group[0].kind == "hidden sheet" or any(DIGIT.search(remark.text) for remark in group)
        rest = len(groups) - MOST if number == MOST else 0
        left_out = group[0].kind == "hidden value"
        counted = ("未计入，以显示的内容为准", "left out for what is shown") if left_out else ("已计入", "counted")
        message = Bilingual(
            f"{zh}里有内容，核对时{counted[0]}：{shown}，请确认是否应当保留" + (f"（另有{rest}处）" if rest else ""),
            f"{en} holds content, which was {counted[1]}: {shown}; make sure that it is meant to be there"
            + (f" ({rest} more)" if rest else ""),
        )
        yield RULE.elsewhere(message, FIELD, group[0].locator, severity=None if counts else Severity.NOTICE)


def line_of(remark: Remark) -> tuple[str, str]:
    """What hidden cells are told together by: their row, or their column."""
    place = remark.locator
    name = place.cell or ""
    if remark.kind == "hidden row":
        return remark.kind, f"{place.sheet}!{place.row}{name.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
    if remark.kind in ("hidden column", "hidden value"):
        return remark.kind, f"{place.sheet}!{name.rstrip('0123456789')}"
    return remark.kind, f"{place.sheet} {place.table} {place.row} {place.paragraph}"


RULE = Rule("CV609", "有隐藏内容", "hidden content", Severity.WARNING, __doc__, find, "remarks")
