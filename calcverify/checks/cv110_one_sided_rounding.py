"""Figures that are all rounded in favour of the request.

What: four or more figures of a form differ from their computation within rounding, and
every one of them is above it.
Why it matters: rounding to the nearest goes both ways; up every time is a habit that adds
to the request.
查什么：四处以上填报数与计算结果有取整差异，且全部偏高。
为什么：四舍五入应有高有低，处处向上取整会多报预算。
Passes: 甲31人×1000元/人=3.1万元
Fails: 甲29人×1010元/人=2.93万元，乙27人×1010元/人=2.73万元，丙28人×1010元/人=2.83万元，丁26人×1015元/人=2.64万元
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from calcverify.checks.rule import Rule
from calcverify.exact.printing import amount
from calcverify.exact.verdict import Verdict
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

ROUGH = (Verdict.ROUNDED, Verdict.CARRY, Verdict.APPROXIMATE)
ENOUGH = 4


def find(case: Case) -> Iterator[Finding]:
    """One finding where every rounding goes up."""
    if len(case.claims) < ENOUGH:
        return
    off = [
        c.difference for c in case.claims if c.verdict in ROUGH and c.difference and c.stated and c.stated.unit == "元"
    ]
    if len(off) >= ENOUGH and all(d > 0 for d in off):
        more = sum(off, Fraction(0))
        message = Bilingual(
            f"取整均偏向多报：{len(off)}处取整全部偏高，共多{amount(more, '元')}，请四舍五入或按实填报",
            f"every rounding favours the request: {len(off)} figures are above their computation, "
            f"by {amount(more, '元', 'en')} together; round to the nearest",
        )
        yield RULE.finding(case, message)


RULE = Rule("CV110", "取整均偏向多报", "one-sided rounding", Severity.NOTICE, __doc__, find, "claims")
