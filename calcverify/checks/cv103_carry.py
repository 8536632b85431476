"""A total that misses the sum of its items by their rounding.

What: a sum, a remainder, parts of a whole or shares whose stated figure differs by no
more than the rounding of its items explains (尾差).
Why it matters: nothing is wrong, but a reviewer who adds the items up gets another
last digit and asks.
查什么：合计、扣减、构成或分担与明细相差在各项四舍五入的范围之内（尾差）。
为什么：数字没有错，但评审人员逐项相加会得到不同的尾数，宜说明或统一位数。
Passes: 甲3.2万元，乙4.4万元，合计7.6万元
Fails: 甲3.24万元，乙4.33万元，丙2.44万元，合计10.02万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.exact.verdict import Verdict
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.wording import claim_amounts


def find(case: Case) -> Iterator[Finding]:
    """A finding for each claim that carries."""
    for index, claim in enumerate(case.claims):
        if claim.verdict is Verdict.CARRY:
            zh, en = claim_amounts(claim, "zh"), claim_amounts(claim, "en")
            message = Bilingual(
                f"尾差：计算得{zh.computed}，填报{zh.stated}，相差{zh.difference}，在各项四舍五入的范围内",
                f"rounding carried over: {en.computed} computed, {en.stated} stated, {en.difference} apart, "
                "which the rounding of the items explains",
            )
            span = claim.stated.span if claim.stated is not None else None
            yield RULE.finding(case, message, span or claim.span, claim=index)


RULE = Rule("CV103", "尾差", "rounding carried over", Severity.NOTICE, __doc__, find, Verdict.CARRY)
