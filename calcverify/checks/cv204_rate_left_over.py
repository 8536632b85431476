"""A rate per something that nothing counts.

What: a rate per 场, 户, 次 … stands in a computation without a number of them, although
the stated result agrees.
Why it matters: the amount is that of one 场 or one 户; either the count was forgotten or
the unit of the rate is wrong.
查什么：标准按“元/场”“元/户”等计，算式中却没有对应的场数、户数，尽管结果与算式相符。
为什么：算出的只是一场、一户的金额，要么漏了数量，要么标准的单位写错了。
Passes: 慰问5户×200元/户·次×2次=2000元
Fails: 慰问5户×200元/户·次=1000元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.leftover import left_in, names_left
from calcverify.verify.model import Bilingual, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """A finding for each computation with a counter left under the line."""
    for left in left_in(case, "rate-left"):
        unit = "、".join(names_left(left.node)[1])
        message = Bilingual(
            f"标准按“元/{unit}”计，算式中没有乘{unit}的数量；请补上，或更正标准的单位",
            f"the rate is per {unit} and nothing counts them; multiply by how many, or correct the unit",
        )
        yield RULE.finding(case, message, left.span, claim=left.claim)


RULE = Rule("CV204", "标准未乘数量", "a rate that nothing counts", Severity.WARNING, __doc__, find, "issue")
