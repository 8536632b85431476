"""Detail rows that do not add up to the year's amount.

What: the rows of the expenditure table, read in the unit that the table declares, else in
元 or 万元, add up to neither the year's amount nor the project's total.
Why it matters: the detail table is what is paid from; a reviewer adds it up first
(此处金额与明细表合计金额应保持完全一致).
查什么：支出明细各行之和（表头注明单位的按单位，未注明的按元或万元推断）与本年度项目金额、项目总金额都不符。
为什么：明细表是拨款和执行的依据，评审首先核对的就是它的合计。
Passes: 项目名称：防汛物资｜项目总金额（万元）：50｜资金计算依据：据实结算｜
支出明细→子项目→半年计划数→全年预算数｜→沙袋→0→300000｜→水泵→0→200000
Fails: 项目名称：防汛物资｜项目总金额（万元）：50｜资金计算依据：据实结算｜
支出明细→子项目→半年计划数→全年预算数｜→沙袋→0→300000｜→水泵→0→100000
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.table_amounts import carries_over, meets_a_total, sums, year_total
from calcverify.verify.wording import said_in

FIELD = "支出明细"
# A table without a unit is read in the one unit that gives an amount of the same size.
ALIKE = 3


def find(case: Case) -> Iterator[Finding]:
    """One finding where no reading of the rows gives the amount."""
    form = case.form
    if not form.details or not form.totals:
        return
    readings = list(sums(form))
    if not readings or any(meets_a_total(found, form.totals, case.work.leeway) for found in readings):
        return
    total = year_total(form)
    first = readings[0]
    if form.detail_unit is None:
        alike = [r for r in readings if r.value * ALIKE >= total.yuan and r.value <= total.yuan * ALIKE]
        if not alike:
            return
        first = alike[0]
    if carries_over(case, total.yuan - first.value, first.place + total.place):
        return
    values = (first.value, total.yuan, total.yuan - first.value)
    gives, stated, off = (said_in(v, total.unit) for v in values)
    zh = f"支出明细合计与{total.field}不符：明细合计{gives}，填报{stated}，相差{off}"
    gives, stated, off = (said_in(v, total.unit, "en") for v in values)
    en = f"the detail rows do not add up to {total.field}: they give {gives}, {stated} is stated, {off} apart"
    yield RULE.elsewhere(Bilingual(zh, en), FIELD, form.details[0].locator)


RULE = Rule("CV301", "支出明细合计不符", "detail rows do not add up", Severity.ERROR, __doc__, find, "details")
