"""A basis that stands in an attachment.

What: nothing is computed in the field, and its text sends the reader to an annex or a table
(详见附件, 见测算表).
Why it matters: the amount was not checked; the annex has to be checked as well.
查什么：栏目中没有可核对的测算，只写“详见附件”“见测算表”等。
为什么：金额没有被核对过，请把附件一并检查。
Passes: 沙袋1万只×50元/只=50万元，详见附件
Fails: 详见附件测算表
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import attached, is_computed

MESSAGE = Bilingual(
    "依据在附件，请一并检查：本栏没有可核对的测算过程",
    "the basis is in an attachment; check that as well: nothing here can be checked",
)


def find(case: Case) -> Iterator[Finding]:
    """One finding where the basis is elsewhere."""
    if is_computed(case):
        return
    span = attached(case.form)
    if span is not None:
        yield RULE.finding(case, MESSAGE, span)


RULE = Rule("CV603", "依据在附件", "basis in an attachment", Severity.NOTICE, __doc__, find, "uncomputed")
