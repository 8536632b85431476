"""A figure that agrees only because it is rounded very coarsely.

What: a stated figure with so few digits that its rounding hides more than one per cent
of the amount (3亿元 for 2.96亿元); a warning above five per cent.
Why it matters: rounding that always goes up is money that no calculation supports.
查什么：填报数位数太少，四舍五入掩盖了超过1%的差额（如2.96亿元写作3亿元）；超过5%的作为警告。
为什么：取整带来的差额没有测算依据，长期向上取整等于多报预算。
Passes: 绿化面积740平方米×40元/平方米=2.96万元
Fails: 绿化面积740平方米×40元/平方米=3万元
Fails: 绿化面积650平方米×40元/平方米=3万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.exact.verdict import Verdict
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.wording import claim_amounts

# A difference counts from 1/100 of the stated figure, and weighs more from 1/20.
NOTICED, WARNED = 100, 20


def find(case: Case) -> Iterator[Finding]:
    """A finding for each rounded claim that is more than one per cent off."""
    for index, claim in enumerate(case.claims):
        if claim.verdict is not Verdict.ROUNDED or claim.stated is None or claim.difference is None:
            continue
        off, size = abs(claim.difference), abs(claim.stated.value)
        if off * NOTICED > size:
            zh, en = claim_amounts(claim, "zh"), claim_amounts(claim, "en")
            share = "5%" if off * WARNED > size else "1%"
            message = Bilingual(
                f"四舍五入相差超过{share}：计算得{zh.computed}，填报{zh.stated}，相差{zh.difference}，请多写一位",
                f"the rounding hides more than {share}: {en.computed} computed, {en.stated} stated, "
                f"{en.difference} apart; write one more digit",
            )
            severity = Severity.WARNING if off * WARNED > size else Severity.NOTICE
            yield RULE.finding(case, message, claim.stated.span or claim.span, claim=index, severity=severity)


RULE = Rule("CV105", "四舍五入幅度过大", "coarse rounding", Severity.NOTICE, __doc__, find, Verdict.ROUNDED)
