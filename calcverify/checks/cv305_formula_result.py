"""A formula of the workbook whose kept result is not what its cells give.

What: the file shows another number than the sums and products of the formula give with the cells
that stand there now.
Why it matters: the number is from before the last change; it changes as soon as somebody opens the file,
and the sums of the form with it.
查什么：表格文件里公式保存的结果，与按现有单元格重新计算的结果不符。
为什么：保存的是改动以前的数，别人一打开文件，合计就变了，与申报数对不上。
Passes: <table>｜<tr><td>项目名称<td>防汛物资｜<tr><td>项目总金额（元）<td x:fmla="=B3+B4">500｜<tr><td>沙袋<td>300
｜<tr><td>水泵<td>200｜</table>
Fails: <table>｜<tr><td>项目名称<td>防汛物资｜<tr><td>项目总金额（元）<td x:fmla="=B3+B4">400｜<tr><td>沙袋<td>300
｜<tr><td>水泵<td>200｜</table>
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.errors import excerpt
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

FIELD = "公式单元格"


def find(case: Case) -> Iterator[Finding]:
    """One finding a formula."""
    for remark in case.form.remarks:
        if remark.kind == "stale":
            shown = excerpt(remark.text)
            message = Bilingual(
                f"公式的缓存值与明细不符：按现有单元格应为{remark.more}，文件里保存的是{shown}，请重新计算后保存",
                f"the kept result of a formula is not what its cells give: {remark.more}, but the file holds {shown}; "
                "calculate it anew and save",
            )
            yield RULE.elsewhere(message, FIELD, remark.locator)


RULE = Rule("CV305", "公式缓存值不符", "kept result of a formula", Severity.WARNING, __doc__, find, "remarks")
