"""Pictures, and formulas of the equation editor, which are not read.

What: the file holds a picture, or a formula with fractions or powers that was written with the equation editor.
Why it matters: a table that was pasted as a picture, and a calculation that was set as a formula, were not checked.
查什么：文件里有图片，或有用公式编辑器写的含分数、乘方的公式，没有读取。
为什么：以图片粘贴的测算表、以公式排版的算式都没有核对。
Passes: 图书360册×85元/册=3.06万元
Fails: 图书360册×85元/册=3.06万元 ⊘ formula
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.errors import excerpt
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

FIELD = "图片和公式"


def find(case: Case) -> Iterator[Finding]:
    """One finding for all pictures and one for all formulas, each at the first of them."""
    pictures = [remark for remark in case.form.remarks if remark.kind == "picture"]
    if pictures:
        message = Bilingual(
            f"图片（{len(pictures)}处）里的内容没有读取，如含测算内容请改为文字",
            f"pictures ({len(pictures)}) were not read; type what they hold where it matters",
        )
        yield RULE.elsewhere(message, FIELD, pictures[0].locator, severity=Severity.NOTICE)
    formulas = [remark for remark in case.form.remarks if remark.kind == "formula"]
    if formulas:
        shown = excerpt(formulas[0].text, 40)
        message = Bilingual(
            f"公式编辑器写的公式（{len(formulas)}处）没有读取：{shown}，请改写成一行算式",
            f"formulas of the equation editor ({len(formulas)}) were not read: {shown}; write them on one line",
        )
        yield RULE.elsewhere(message, FIELD, formulas[0].locator)


RULE = Rule("CV613", "图片或公式未读取", "picture or formula not read", Severity.WARNING, __doc__, find, "remarks")
