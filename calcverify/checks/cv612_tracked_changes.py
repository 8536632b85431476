"""A Word file with changes that nobody has accepted or rejected.

What: the file holds tracked changes. It is read as if all of them were accepted: what was inserted counts,
what was deleted does not.
Why it matters: who opens the file may see the old figure crossed out beside the new one, and whoever rejects a
change gets another form than the one that was checked.
查什么：文件带有未接受或未拒绝的修订。核对时按接受全部修订后的内容计算：插入的计入，删除的不计入。
为什么：打开文件的人可能同时看到新旧两个数字；若有人拒绝某处修订，表单就不是核对过的那一份了。
Passes: 图书360册×85元/册=3.06万元
Fails: 图书360册×85元/册=3.06万元 ⊘ tracked changes
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

FIELD = "修订"


def find(case: Case) -> Iterator[Finding]:
    """One finding for all changes, at the first of them."""
    changes = [remark for remark in case.form.remarks if remark.kind == "tracked changes"]
    if not changes:
        return
    count = len(changes)
    message = Bilingual(
        f"文件带有修订标记（{count}处），按接受全部修订后的内容核对，定稿前请接受或拒绝修订",
        f"the file has tracked changes ({count} places) and was checked as if all were accepted; settle them before "
        "it is handed in",
    )
    yield RULE.elsewhere(message, FIELD, changes[0].locator)


RULE = Rule("CV612", "有未定稿的修订", "tracked changes", Severity.NOTICE, __doc__, find, "remarks")
