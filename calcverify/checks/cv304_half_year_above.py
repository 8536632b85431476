"""A detail row that plans more for half a year than for the year.

What: the half-year amount of a row is above its full-year amount.
Why it matters: half a year is a part of the year; the two columns were swapped or a zero
was lost.
查什么：支出明细中某行的半年数大于全年数。
为什么：半年是全年的一部分，往往是两列填反或少写一个零。
Passes: 项目名称：防汛物资｜项目总金额（万元）：50｜资金计算依据：据实结算｜
支出明细→子项目→半年计划数→全年预算数｜→沙袋→200000→500000
Fails: 项目名称：防汛物资｜项目总金额（万元）：50｜资金计算依据：据实结算｜
支出明细→子项目→半年计划数→全年预算数｜→沙袋→600000→500000
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.forms.amounts import read_amount
from calcverify.forms.model import StatedTotal
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

FIELD = "支出明细"
NOTHING = frozenset({"", "0"})


def find(case: Case) -> Iterator[Finding]:
    """A finding for each row with the larger half-year amount."""
    for row in case.form.details:
        if row.half_year.strip() in NOTHING:
            continue
        unit = case.form.detail_unit or "元"
        half, full = (read_amount(text, unit, row.name) for text in (row.half_year, row.full_year))
        # An empty full-year cell is no nought.
        if not isinstance(half, StatedTotal) or not isinstance(full, StatedTotal) or half.yuan <= full.yuan:
            continue
        message = Bilingual(
            f"半年数大于全年数：“{row.name}”半年{row.half_year.strip()}，全年{row.full_year.strip()}",
            f"half a year above the year: “{row.name}” plans {row.half_year.strip()} for half a year, "
            f"{row.full_year.strip()} for the year",
        )
        yield RULE.elsewhere(message, FIELD, row.locator)


RULE = Rule("CV304", "明细半年数大于全年数", "half a year above the year", Severity.WARNING, __doc__, find, "details")
