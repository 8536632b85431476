"""A basis without any amount or formula.

What: the basis says something (按实核算, 按照文件执行) and holds neither an amount nor anything to
compute, nor does it name an attachment.
Why it matters: 测算依据不充分; nothing supports the amount that is asked for.
查什么：测算依据有文字（如“按实核算”“按文件执行”），但没有金额、没有算式，也未指明附件。
为什么：测算依据不充分，申报的金额得不到任何支持。
Passes: 沙袋1万只×50元/只=50万元
Fails: 按照有关文件据实结算
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import attached, is_computed, says_nothing

MESSAGE = Bilingual(
    "测算依据不充分：没有可核对的数量、标准或金额",
    "the basis is not sufficient: it holds no quantity, price or amount that can be checked",
)


def find(case: Case) -> Iterator[Finding]:
    """One finding where the basis holds words only."""
    if is_computed(case) or case.work.entries or case.unread or case.work.issues:
        return
    if not says_nothing(case.form) and attached(case.form) is None:
        yield RULE.finding(case, MESSAGE)


RULE = Rule("CV604", "测算依据不充分", "basis not sufficient", Severity.NOTICE, __doc__, find, "uncomputed")
