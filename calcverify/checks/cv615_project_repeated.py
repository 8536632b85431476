"""One project that is handed in twice.

What: two forms of one run and year have the same name, basis and amount, and different codes.
Why it matters: the money is asked for twice.
查什么：同一次检查、同一年度的两张表，项目名称、测算依据和金额完全相同，只有项目编码不同。
为什么：同一项目重复申报，等于要两次钱。
Passes: 项目名称：助学｜项目编码：33000025123000007｜项目总金额（万元）：60｜资金计算依据：300人×2000元/人‖
项目名称：助学｜项目编码：33000025123000008｜项目总金额（万元）：50｜资金计算依据：250人×2000元/人
Fails: 项目名称：助学｜项目编码：33000025123000007｜项目总金额（万元）：60｜资金计算依据：300人×2000元/人‖
项目名称：助学｜项目编码：33000025123000008｜项目总金额（万元）：60｜资金计算依据：300人×2000元/人
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcverify.checks.rule import Rule
from calcverify.forms.model import Form
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.repeats import coded, contents, place_of

FIELD = "项目名称"


def find(_case: Case) -> Iterator[Finding]:
    """Nothing: a form alone repeats no other."""
    return iter(())


def across(forms: Sequence[Form]) -> Iterator[tuple[int, Finding]]:
    """A finding for each form that repeats another under another code.

    The same form in two files (Word and PDF) has the same code, and is no second project.
    """
    first: dict[tuple[object, ...], Form] = {}
    for index, form in enumerate(forms):
        key = contents(form)
        if key is None or not coded(form):
            continue
        before = first.setdefault(key, form)
        if before is form or before.id == form.id:
            continue
        message = Bilingual(
            f"重复申报：与编码“{before.id}”的项目（{place_of(before)}）名称、测算依据和金额完全相同",
            f"handed in twice: name, basis and amount are those of project “{before.id}” ({place_of(before)})",
        )
        yield index, RULE.elsewhere(message, FIELD, form.locator)


RULE = Rule("CV615", "项目重复申报", "a project handed in twice", Severity.WARNING, __doc__, find, "several", across)
