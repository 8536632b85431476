"""One project code for two projects.

What: two forms of one run and year have the same project code and different names.
Why it matters: the budget system keeps one of them, and money is paid on the wrong one.
查什么：同一次检查、同一年度的两张表，项目编码相同而项目名称不同。
为什么：系统按编码入库，只会保留其中一个，资金可能拨错项目。
Passes: 项目名称：助学｜项目编码：330000251230000000007｜资金计算依据：据实结算‖
项目名称：改厕｜项目编码：330000251230000000008｜资金计算依据：据实结算
Fails: 项目名称：助学｜项目编码：330000251230000000007｜资金计算依据：据实结算‖
项目名称：改厕｜项目编码：330000251230000000007｜资金计算依据：据实结算
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcverify.checks.rule import Rule
from calcverify.forms.model import Form
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.repeats import coded, place_of, year_key

FIELD = "项目编码"


def find(_case: Case) -> Iterator[Finding]:
    """Nothing: a form alone repeats no other."""
    return iter(())


def across(forms: Sequence[Form]) -> Iterator[tuple[int, Finding]]:
    """A finding for each form whose code another project has already."""
    first: dict[tuple[str, str], Form] = {}
    for index, form in enumerate(forms):
        if not coded(form) or not form.name:
            continue
        before = first.setdefault((form.id, year_key(form)), form)
        if before is form or before.name == form.name:
            continue
        message = Bilingual(
            f"项目编码重复：“{form.id}”已用于“{before.name}”（{place_of(before)}）",
            f"one code for two projects: “{form.id}” stands for “{before.name}” already ({place_of(before)})",
        )
        yield index, RULE.elsewhere(message, FIELD, form.locator)


RULE = Rule("CV614", "项目编码重复", "one code for two projects", Severity.WARNING, __doc__, find, "several", across)
