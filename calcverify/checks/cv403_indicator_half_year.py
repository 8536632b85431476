"""An indicator that asks more of half a year than of the year.

What: the half-year value of an indicator is above its full-year value (ceilings such as
≤3% aside).
Why it matters: a year's result cannot be less than what its first half reached; the two
were swapped.
查什么：绩效指标的半年值大于全年值（≤3%之类的上限除外）。
为什么：全年不可能少于上半年已完成的，往往是两列填反。
Passes: 项目名称：清淤｜项目总金额（万元）：60｜资金计算依据：据实结算｜
一级指标→二级指标→三级指标→半年指标值→全年指标值｜产出指标→数量指标→清淤长度→≥1公里→≥3公里
Fails: 项目名称：清淤｜项目总金额（万元）：60｜资金计算依据：据实结算｜
一级指标→二级指标→三级指标→半年指标值→全年指标值｜产出指标→数量指标→清淤长度→≥5公里→≥3公里
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.indicator_values import mark_of, value_in
from calcverify.verify.model import Bilingual, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """A finding for each indicator with the larger half-year value."""
    for row in case.form.indicators:
        if row.half_year == row.full_year:
            continue
        half, full = mark_of(value_in(row, row.half_year)), mark_of(value_in(row, row.full_year))
        if half is None or full is None or "<" in (half.sign, full.sign):
            continue
        if half.value > full.value and half.percent == full.percent and half.unit == full.unit:
            message = Bilingual(
                f"半年值大于全年值：“{row.name}”半年{row.half_year.strip()}，全年{row.full_year.strip()}",
                f"half a year above the year: “{row.name}” is {row.half_year.strip()} for half a year, "
                f"{row.full_year.strip()} for the year",
            )
            yield RULE.elsewhere(message, row.name, row.locator)


RULE = Rule(
    "CV403", "指标半年值大于全年值", "half-year indicator above the year", Severity.WARNING, __doc__, find, "indicators"
)
