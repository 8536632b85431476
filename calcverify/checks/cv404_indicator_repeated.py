"""An indicator that stands twice with different values.

What: the same indicator, in the same place of the table, is given two numbers.
Why it matters: nobody can tell which of them counts.
查什么：同一层级下同名的指标重复填列，而指标值不同。
为什么：考核时无法确定以哪个值为准。
Passes: 项目名称：清淤｜项目总金额（万元）：60｜资金计算依据：据实结算｜
一级指标→二级指标→三级指标→半年指标值→全年指标值｜满意度指标→满意度指标→居民满意度→≥90%→≥90%
Fails: 项目名称：清淤｜项目总金额（万元）：60｜资金计算依据：据实结算｜
一级指标→二级指标→三级指标→半年指标值→全年指标值｜满意度指标→满意度指标→居民满意度→≥90%→≥90%｜→→居民满意度→≥95%→≥95%
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.forms.model import Indicator
from calcverify.verify.case import Case
from calcverify.verify.indicator_values import Mark, mark_of, value_in
from calcverify.verify.model import Bilingual, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """A finding for each indicator with two values."""
    first: dict[tuple[tuple[str, ...], str], Indicator] = {}
    told = set()
    for row in case.form.indicators:
        key = (row.path, row.name.strip())
        if not key[1]:
            continue
        before = first.setdefault(key, row)
        if before is row or key in told or values(before) == values(row):
            continue
        if None in (values(before)[1], values(row)[1]):
            continue
        told.add(key)
        one, two = before.full_year.strip(), row.full_year.strip()
        if one == two:
            one, two = f"{before.half_year.strip()}/{one}", f"{row.half_year.strip()}/{two}"
        message = Bilingual(
            f"同一指标重复填列且值不同：“{key[1]}”先填{one}，又填{two}",
            f"an indicator stands twice with other values: “{key[1]}” is {one}, and then {two}",
        )
        yield RULE.elsewhere(message, key[1], row.locator)


def values(row: Indicator) -> tuple[Mark | None, Mark | None]:
    """The two numbers of a row."""
    return mark_of(value_in(row, row.half_year)), mark_of(value_in(row, row.full_year))


RULE = Rule("CV404", "同一指标值不同", "an indicator with two values", Severity.WARNING, __doc__, find, "indicators")
