"""A year's amount above the project's total.

What: the form asks for more this year than for the whole project.
Why it matters: one of the two is wrong; mostly the unit or an old total.
查什么：本年度项目金额大于项目总金额。
为什么：当年预算不可能超过项目总额，往往是单位写错或总额未更新。
Passes: 项目名称：防汛物资｜项目总金额（万元）：50｜本年度项目金额（万元）：20｜资金计算依据：据实结算
Fails: 项目名称：防汛物资｜项目总金额（万元）：50｜本年度项目金额（万元）：80｜资金计算依据：据实结算
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import agree
from calcverify.verify.wording import said_in


def find(case: Case) -> Iterator[Finding]:
    """One finding where the year's amount is the larger one."""
    totals = case.form.totals
    if len(totals) < 2:
        return
    whole = next((t for t in totals if t.role == "total"), None)
    year = next((t for t in totals if t.role == "annual"), None)
    if whole is None or year is None or year.yuan <= whole.yuan:
        return
    if agree(year.yuan, year.place, whole.yuan, whole.place, case.work.leeway):
        return
    values = (year.yuan, whole.yuan, year.yuan - whole.yuan)
    asked, all_, off = (said_in(v, whole.unit) for v in values)
    zh = f"当年预算超项目总额：{year.field}{asked}，{whole.field}{all_}，多{off}"
    asked, all_, off = (said_in(v, whole.unit, "en") for v in values)
    en = f"the year's amount is above the total: {year.field} {asked}, {whole.field} {all_}, {off} more"
    yield RULE.elsewhere(Bilingual(zh, en), year.field, year.locator)


RULE = Rule("CV303", "当年预算超项目总额", "year above total", Severity.ERROR, __doc__, find, "totals")
