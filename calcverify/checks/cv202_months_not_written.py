"""A formula that leaves the months out while its result has them.

What: a monthly rate times a count is said to give an amount that only holds for twelve
months (``1500人×80元/月=144万元``).
Why it matters: the formula as written is wrong by a factor of twelve; a reviewer cannot
know whether twelve months were meant.
查什么：按月的标准没有乘月数，而填报结果是按全年12个月算出的（如“1500人×80元/月=144万元”）。
为什么：算式本身相差12倍，评审无法确认是否应按12个月计算。
Passes: 发放津贴1500人×80元/月×12个月=144万元
Fails: 发放津贴1500人×80元/月=144万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.wording import claim_amounts

MONTHS = 12


def find(case: Case) -> Iterator[Finding]:
    """A finding for each formula that was read with the months it does not write."""
    for index, statement in enumerate(case.statements):
        if "months-left-out" in statement.issues:
            claim = case.claims[index]
            zh, en = claim_amounts(claim, "zh"), claim_amounts(claim, "en")
            message = Bilingual(
                f"算式漏写月数：填报{zh.stated}是按{MONTHS}个月计算的，请在算式中补上“×{MONTHS}个月”",
                f"the months are not written: {en.stated} holds for {MONTHS} months; add × {MONTHS}月 to the formula",
            )
            yield RULE.finding(case, message, claim.span, claim=index)


    if case.reach is not None and case.reach.months:
        index = len(case.claims) - 1
        message = Bilingual(
            f"算式漏写月数：项目总额是按{MONTHS}个月计算的，请在算式中补上“×{MONTHS}个月”",
            f"the months are not written: the total holds for {MONTHS} months; add × {MONTHS}月 to the formula",
        )
        yield RULE.finding(case, message, case.claims[index].span, claim=index)


RULE = Rule("CV202", "算式漏写月数", "months not written", Severity.WARNING, __doc__, find, "issue")
