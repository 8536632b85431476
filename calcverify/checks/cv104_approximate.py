"""A stated figure that agrees with its computation as a round number.

What: a figure that is hedged (约), or rounded further up than its digits say (1300万元 for
1296万元), at most one per cent off its computation.
Why it matters: it is accepted, but the exact amount is known and could be asked for.
查什么：填报数是约数，或取了整数（如1296万元写作1300万元），与计算结果相差不超过1%。
为什么：可以接受，但既然算得出准确数，宜按准确数填报。
Passes: 供养人员240人×5.4万元/人=1296万元
Fails: 供养人员240人×5.4万元/人=1300万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.exact.verdict import Verdict
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.wording import claim_amounts


def find(case: Case) -> Iterator[Finding]:
    """A finding for each claim that agrees approximately."""
    for index, claim in enumerate(case.claims):
        if claim.verdict is Verdict.APPROXIMATE:
            zh, en = claim_amounts(claim, "zh"), claim_amounts(claim, "en")
            # 约10万余元 for 10.4万元: inside a range there is no difference to speak of.
            message = Bilingual(
                f"约数相符：计算得{zh.computed}，填报{zh.stated}" + f"，相差{zh.difference}" * bool(zh.difference),
                f"agrees approximately: {en.computed} computed, {en.stated} stated"
                + f", {en.difference} apart" * bool(en.difference),
            )
            span = claim.stated.span if claim.stated is not None else None
            yield RULE.finding(case, message, span or claim.span, claim=index)


RULE = Rule("CV104", "约数相符", "agrees approximately", Severity.NOTICE, __doc__, find, Verdict.APPROXIMATE)
