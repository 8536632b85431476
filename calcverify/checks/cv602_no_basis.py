"""A form without a funding basis.

What: the field of the basis is missing, empty, or holds a dash or 无.
Why it matters: the whole request rests on nothing.
查什么：没有测算依据栏目，或栏目为空、只写“无”“/”。
为什么：整个项目的金额没有任何依据。
Passes: 项目名称：防汛物资｜项目总金额（万元）：50｜资金计算依据：沙袋1万只×50元/只
Fails: 项目名称：防汛物资｜项目总金额（万元）：50｜资金计算依据：无
Fails: 项目名称：防汛物资｜项目总金额（万元）：50｜项目概述：储备沙袋
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import says_nothing

MESSAGE = Bilingual(
    "无测算依据：请写明数量、标准和计算过程",
    "there is no funding basis: give quantities, prices and the calculation",
)


def find(case: Case) -> Iterator[Finding]:
    """One finding where the basis says nothing."""
    if says_nothing(case.form):
        yield RULE.finding(case, MESSAGE)


RULE = Rule("CV602", "无测算依据", "no funding basis", Severity.WARNING, __doc__, find)
