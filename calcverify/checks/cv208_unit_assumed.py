"""A figure whose unit is taken from its context.

What: a figure without a unit went into a computation, and its unit (元, 万元) was taken
from its neighbours or from the result.
Why it matters: 元 read as 万元 is an error of 10⁴; whoever signs should know what was
assumed.
查什么：参与计算的数没有写计量单位，按上下文推定为元、万元等。
为什么：元与万元相差一万倍，推定了什么应让填报人知道。
Passes: 补助150人×3万元/人=450万元
Fails: 1.2+2.8=4万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

UNITS = frozenset({"money", "scale", "stated-unit"})


def find(case: Case) -> Iterator[Finding]:
    """A finding for each claim that assumes a unit which no claim before it did."""
    told: set[Bilingual] = set()
    for index, claim in enumerate(case.claims):
        if not claim.assumptions:
            continue
        notes = case.statements[index].notes if index < len(case.statements) else ()
        # 12 months that were added are a factor, not a unit.
        new = [
            assumed
            for at, assumed in enumerate(claim.assumptions)
            if assumed not in told and (at >= len(notes) or notes[at][0] in UNITS)
        ]
        told.update(new)
        if new:
            message = Bilingual(
                f"计量单位不明，按上下文推定：{'；'.join(a.zh for a in new)}",
                f"a unit is not written and was assumed: {'; '.join(a.en for a in new)}",
            )
            yield RULE.finding(case, message, claim.span, claim=index)


RULE = Rule("CV208", "计量单位按上下文推定", "unit assumed", Severity.NOTICE, __doc__, find, "assumed")
