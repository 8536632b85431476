"""A form without a funding basis.

What: the field of the basis is empty, or holds a dash or 无; a notice where the form has no such field, as some
provinces print it.
Why it matters: the whole request rests on nothing that could be checked.
查什么：测算依据栏目为空，或只写“无”“/”；表式中没有这一栏的（有的省份如此），只作提示。
为什么：整个项目的金额没有可核对的依据。
Passes: 项目名称：防汛物资｜项目总金额（万元）：50｜资金计算依据：沙袋1万只×50元/只
Fails: 项目名称：防汛物资｜项目总金额（万元）：50｜资金计算依据：无
Fails: 项目名称：防汛物资｜项目总金额（万元）：50｜项目概述：储备沙袋
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import is_document, says_nothing

MESSAGE = Bilingual(
    "无测算依据：请写明数量、标准和计算过程",
    "there is no funding basis: give quantities, prices and the calculation",
)
# The officer cannot fill in a field that the printed form does not have.
NO_FIELD = Bilingual(
    "表中没有测算依据栏目，金额未经核对；依据如在附件或另一张表中，请一并检查",
    "the form has no field for the funding basis, so that its amount was not checked; "
    "if the basis is in an attachment or another table, check that as well",
)


def find(case: Case) -> Iterator[Finding]:
    """One finding where the basis says nothing."""
    if not says_nothing(case.form):
        return
    if case.form.basis is None and is_document(case.form):
        yield RULE.finding(case, NO_FIELD, severity=Severity.NOTICE)
    else:
        yield RULE.finding(case, MESSAGE)


RULE = Rule("CV602", "无测算依据", "no funding basis", Severity.WARNING, __doc__, find)
