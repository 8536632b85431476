"""A count and a rate that use different words.

What: the count is of one thing and the rate per another (20台 × 3元/套).
Why it matters: mostly two words for one thing; sometimes the rate is that of something
else.
查什么：数量与标准的计量单位不同（如“20台×300元/套”）。
为什么：多数是同一事物的两种叫法，但也可能套错了标准。
Passes: 电脑20台×5000元/台=10万元
Fails: 电脑20台×5000元/套=10万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.leftover import left_in, names_left
from calcverify.verify.model import Bilingual, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """A finding for each computation whose counters do not cancel."""
    for left in left_in(case, "counter-differs"):
        over, under = names_left(left.node)
        # 12个班级×2400元/班 says one thing in two lengths.
        if all(any(a in b or b in a for b in under) for a in over):
            continue
        message = Bilingual(
            f"数量的单位（{'、'.join(over)}）与标准的单位（{'、'.join(under)}）不一致，请统一",
            f"what is counted ({', '.join(over)}) is not what the rate is for ({', '.join(under)}); use one word",
        )
        yield RULE.finding(case, message, left.span, claim=left.claim)


RULE = Rule("CV205", "数量与标准单位不一致", "counters differ", Severity.NOTICE, __doc__, find, "issue")
