"""A sheet of the workbook that holds figures and belongs to no form.

What: beside the form, the file has a sheet with figures in which no label of a form was found, and
no table of quantities and prices that could be taken for the form's.
Why it matters: what stands on it was not checked, and it may be the very calculation that the form points at.
查什么：文件里另有带数字的工作表，其中没有表单栏目，也不是能与本表对应的数量、单价明细表。
为什么：那张表里的内容没有核对，而它可能正是表单所说的测算表。
Passes: 12人×500元/人=6000元
Fails: 12人×500元/人=6000元 ⊘ other sheet
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.errors import excerpt
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

FIELD = "其他工作表"
MOST = 5


def find(case: Case) -> Iterator[Finding]:
    """One finding a sheet."""
    others = [remark for remark in case.form.remarks if remark.kind == "other sheet"]
    for remark in others[:MOST]:
        title = excerpt(remark.text)
        message = Bilingual(
            f"工作表“{title}”里没有表单栏目，其中的数字没有核对",
            f"the sheet “{title}” has no label of a form; its figures were not checked",
        )
        yield RULE.elsewhere(message, FIELD, remark.locator)


RULE = Rule("CV616", "另有工作表未核对", "a sheet that was not checked", Severity.NOTICE, __doc__, find, "remarks")
