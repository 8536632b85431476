"""A monthly or daily rate that is not multiplied by months or days.

What: a count times a rate per month (day, week, hour) is said to be the amount, and no
number of months stands in the computation.
Why it matters: the classic error of budgets: one month's money is asked for a year,
or the rate is a yearly one and its unit is wrong. It counts even where the result
agrees.
查什么：按月（天、周、小时）的标准只乘了数量，没有乘月数（天数），结果与算式相符也要提示。
为什么：这是最常见的审计问题：要么只算了一个月的钱，要么标准的单位写错了。
Passes: 门卫5人×3000元/月×12个月=18万元
Fails: 门卫5人×3000元/月=1.5万元
Fails: 门卫5人×3000元/月 => 1.5万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.interpret import TIMES_LEFT
from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.leftover import left_in, names_left
from calcverify.verify.model import Bilingual, Finding, Severity

NUMBERS = {"月": "月数", "天": "天数", "小时": "小时数", "周": "周数", "季": "季数", "学期": "学期数"}


def find(case: Case) -> Iterator[Finding]:
    """A finding for each computation with a time left under the line."""
    for left in left_in(case, "time-left"):
        under = [name for name in names_left(left.node)[1] if name in TIMES_LEFT] or ["月"]
        number = "、".join(NUMBERS[name] for name in under)
        message = Bilingual(
            f"漏乘{number}：标准按“元/{under[0]}”计，算式中没有乘{number}；请补上，或更正标准的单位",
            f"nothing cancels {'/'.join(under)}: the rate is per {under[0]}; multiply by how many, or correct the unit",
        )
        yield RULE.finding(case, message, left.span, claim=left.claim)


RULE = Rule("CV203", "漏乘月数", "months or days left out", Severity.WARNING, __doc__, find, "issue")
