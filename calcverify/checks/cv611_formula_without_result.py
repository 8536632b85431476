"""Formulas that fail, and formulas that the file keeps no result for.

What: a cell shows an error (#REF!, #DIV/0!), or holds a formula without a result. Sums and products of
cells are then worked out; of other formulas nothing is known.
Why it matters: what the cell should say is missing in the form, and in every sum over it.
查什么：单元格显示错误值（如 #REF!、#DIV/0!），或公式没有保存结果。能按单元格加减乘除算出的已算出，其余按空白处理。
为什么：这一格的数在表单里是缺的，引用它的合计也不可信。
Passes: <table>｜<tr><td>项目名称<td>防汛物资｜<tr><td>项目总金额（元）<td x:fmla="=5*100">500｜
<tr><td>测算依据<td>5只×100元/只｜</table>
Fails: <table>｜<tr><td>项目名称<td>防汛物资｜<tr><td>项目总金额（元）<td>500｜<tr><td>测算依据<td>5只×100元/只｜
<tr><td>备注<td>#REF!｜</table>
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.errors import excerpt
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

FIELD = "公式单元格"
MOST = 20


def find(case: Case) -> Iterator[Finding]:
    """One finding a cell; a notice where the result could be worked out."""
    remarks = [remark for remark in case.form.remarks if remark.kind in ("error", "uncomputed")]
    for remark in remarks[:MOST]:
        shown = excerpt(remark.text)
        if remark.kind == "error":
            message = Bilingual(
                f"单元格是错误值{shown}，请改正公式后重新保存", f"the cell shows the error {shown}; mend its formula"
            )
        elif remark.more:
            message = Bilingual(
                f"公式没有保存结果，按单元格算出为{remark.more}：{shown}",
                f"the formula has no kept result; its cells give {remark.more}: {shown}",
            )
        else:
            message = Bilingual(
                f"公式没有保存结果，未计算，按空白处理：{shown}，请用办公软件打开后重新保存",
                f"the formula has no kept result and not worked out: {shown}; open the file and save it",
            )
        severity = Severity.NOTICE if remark.more else None
        yield RULE.elsewhere(message, FIELD, remark.locator, severity=severity)


RULE = Rule("CV611", "公式无结果", "formula without a result", Severity.WARNING, __doc__, find, "remarks")
