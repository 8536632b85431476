"""A SUM that leaves out figures which were typed as text.

What: a formula of the workbook adds a range of cells, and some of its figures are kept as text (with an
apostrophe, a blank, or pasted from elsewhere); an office program does not count these.
Why it matters: the figures look right on paper, and the sum below them is too small.
查什么：求和公式的范围里有以文本保存的数字（前面有撇号、带空格，或从别处粘贴而来），办公软件求和时不计入。
为什么：打印出来数字都在，合计却少了这些数，与申报数对不上。
Passes: 12人×500元/人=6000元
Fails: 12人×500元/人=6000元 ⊘ text number
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
    """One finding a formula."""
    remarks = [remark for remark in case.form.remarks if remark.kind == "text number"]
    for remark in remarks[:MOST]:
        cells, formula = excerpt(remark.text, 60), excerpt(remark.more)
        message = Bilingual(
            f"求和没有计入以文本保存的数字：{cells}（公式{formula}），请把这些单元格改成数值后重新计算",
            f"the sum leaves out figures that are kept as text: {cells} (formula {formula}); make them numbers and "
            "calculate it anew",
        )
        yield RULE.elsewhere(message, FIELD, remark.locator)


RULE = Rule("CV307", "文本数字未计入求和", "figures kept as text", Severity.WARNING, __doc__, find, "remarks")
