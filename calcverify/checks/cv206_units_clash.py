"""Money that is multiplied with money, or added to something else.

What: a computation multiplies two amounts of money, or adds persons (things, months) to
money.
Why it matters: such a figure means nothing; a unit or an operator is wrong.
查什么：金额与金额相乘，或金额与人数（物品、月数）相加。
为什么：这样的算式没有意义，必有一个单位或运算符写错了。
Passes: 补贴20人×500元/人+资料费1000元=1.1万元
Fails: 交通费300元×伙食费200元=6万元
Fails: 参训人员30人+资料费2000元=2030元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.spots import stretch

MESSAGES = {
    "money×money": Bilingual(
        "单位有误：金额不能与金额相乘，请检查单位或运算符",
        "units clash: money cannot be multiplied with money; check a unit or the operator",
    ),
    "money+other": Bilingual(
        "单位有误：金额不能与人数、数量相加减，请检查单位或运算符",
        "units clash: money cannot be added to a count; check a unit or the operator",
    ),
}


def find(case: Case) -> Iterator[Finding]:
    """A finding for each clash of units."""
    for name, first, last in case.work.issues:
        if name in MESSAGES:
            yield RULE.finding(case, MESSAGES[name], stretch(case.work, first, last))


RULE = Rule("CV206", "计量单位冲突", "units clash", Severity.ERROR, __doc__, find, "clash")
