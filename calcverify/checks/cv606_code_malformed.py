"""A project code that is damaged.

What: the code holds a letter O, I or l among digits, a blank, or a character that no code
has.
Why it matters: the project cannot be found by its code, and the budget system refuses it.
查什么：项目编码的数字中夹有字母O、I、l，或含有空格、汉字等不应出现的字符。
为什么：编码有误，系统无法匹配项目。
Passes: 项目名称：助学｜项目编码：330000251230000000007｜项目总金额（万元）：60｜资金计算依据：300人×2000元/人
Fails: 项目名称：助学｜项目编码：33000025123000000O007｜项目总金额（万元）：60｜资金计算依据：300人×2000元/人
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import is_document

FIELD = "项目编码"
SOUND = re.compile(r"[0-9A-Za-z]+(?:[-_.][0-9A-Za-z]+)*")
SLIP = re.compile("[0-9][OoIl](?=[0-9OoIl]|$)|^[OoIl](?=[0-9])")
DIGITS = 6


def find(case: Case) -> Iterator[Finding]:
    """One finding for a damaged code."""
    form = case.form
    # A form without a code is called by its file: forms.txt#1.
    if not form.id or "#" in form.id or not is_document(form):
        return
    if sum(c.isdigit() for c in form.id) >= DIGITS and (not SOUND.fullmatch(form.id) or SLIP.search(form.id)):
        message = Bilingual(
            f"项目编码有误：“{form.id}”含有不应出现的字符",
            f"the project code “{form.id}” holds a character that no code has",
        )
        yield RULE.elsewhere(message, FIELD, form.locator)


RULE = Rule("CV606", "项目编码有误", "malformed code", Severity.WARNING, __doc__, find, "document")
