"""A formula that lacks an operator.

What: two figures stand side by side where a × is meant (``0.4万人1250=500万元``), and the
stated result shows it.
Why it matters: the formula can be misread, and other software reads 0.41250 or nothing.
查什么：算式中两个数紧挨着，缺少运算符（如“0.4万人1250=500万元”），而结果说明此处应为乘号。
为什么：算式容易误读；其他系统可能读成另一个数，或读不出来。
Passes: 慰问困难户0.3万户×700元/户=210万元
Fails: 慰问困难户0.3万户700=210万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

MESSAGE = Bilingual(
    "算式缺少运算符：由结果推断两数之间应为“×”，请补上",
    "an operator is missing: the result shows that × is meant between two figures; write it",
)


def find(case: Case) -> Iterator[Finding]:
    """A finding for each formula that was restored."""
    for index, statement in enumerate(case.statements):
        if "missing-operator" in statement.issues:
            yield RULE.finding(case, MESSAGE, case.claims[index].span, claim=index)


RULE = Rule("CV201", "算式缺少运算符", "missing operator", Severity.NOTICE, __doc__, find, "issue")
