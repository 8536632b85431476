"""Bare numbers under a heading that declares 万元, where 元 fits as well.

What: under 单位：万元 a formula is written without units, and its numbers are so large that
they may as well be in 元: both readings agree with the stated result.
Why it matters: the two differ by a factor of ten thousand and nothing in the text decides.
查什么：表头标明“单位：万元”，而算式中的数未注单位且数值较大，按元、按万元都能与结果相符。
为什么：两种读法相差一万倍，文字本身无法判断。
Passes: 单位：万元。研修班20人×0.15=3
Passes: 单位：万元。研修班20人×1600=32000 => 3.2万元
Fails: 单位：万元。研修班20人×1600=32000
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.work import GOOD
from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """A finding for each formula that fits both units, unless the form's total tells which is meant."""
    if case.reach is not None and case.reach.verdict in GOOD:
        return
    for index, statement in enumerate(case.statements):
        if "heading-conflict" in statement.issues:
            claim = case.claims[index]
            message = Bilingual(
                f"计量单位不明：“{claim.text}”按元、按表头的万元都能成立，请在数字后注明单位",
                f"unit not clear: “{claim.text}” holds in 元 and in the 万元 of the heading; give the unit",
            )
            yield RULE.finding(case, message, claim.span, claim=index)


RULE = Rule("CV209", "表头单位与算式不一致", "heading and formula disagree", Severity.WARNING, __doc__, find, "issue")
