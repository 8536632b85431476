"""A form that asks for no amount.

What: a form with other fields states neither a project total nor a year's amount.
Why it matters: without it nothing says what the basis should lead to.
查什么：表单有其他栏目，却没有填报项目总金额或本年度金额。
为什么：没有申报金额，测算依据就无从比对。
Passes: 项目名称：防汛物资｜项目总金额（万元）：50｜资金计算依据：沙袋1万只×50元/只
Fails: 项目名称：防汛物资｜单位名称：某街道办事处｜资金计算依据：沙袋1万只×50元/只
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import is_document

FIELD = "项目总金额"
MESSAGE = Bilingual(
    "未读到项目总金额或本年度项目金额，测算结果无从比对；请填报，并注明单位",
    "no total and no year's amount was read, so that nothing says what the basis should give; state it with its unit",
)


def find(case: Case) -> Iterator[Finding]:
    """One finding for a form of a document without a total."""
    if not case.form.totals and is_document(case.form):
        # A list of goals (05-2) asks for no money at all.
        form = case.form
        goals = form.indicators and form.basis is None and not form.details and not form.sources
        yield RULE.elsewhere(MESSAGE, FIELD, form.locator, severity=Severity.NOTICE if goals else None)


RULE = Rule("CV601", "未填报总金额", "no total", Severity.WARNING, __doc__, find, "document")
