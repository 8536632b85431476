"""A project that was checked with the readings of a person.

What: a line of the file of readings differs from what the program reads itself, and the
project was checked with that line in place of the program's own.
Why it matters: whoever signs should know which claims are as the text writes them and which
as a person says they were meant.
查什么：该项目按读法文件中更正、添加或删去后的算式核对，不再按程序自己的读法核对。
为什么：签字的人应当知道，哪些算式是原文写明的，哪些是经人更正的。
Passes: 图书360册×85元/册=3.06万元
Fails: 图书360册×85元/册=3.6万元 ⇐ 360册 × 100元/册 = 3.6万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """One finding where the readings of a person took the place of the program's own."""
    correction = case.correction
    if correction is None:
        return
    counts = [
        (correction.written, f"改正或添加{correction.written}条", f"{correction.written} written anew"),
        (correction.removed, f"替下原读法{correction.removed}条", f"{correction.removed} of ours set aside"),
    ]
    zh = "，".join(words for n, words, _ in counts if n)
    en = ", ".join(words for n, _, words in counts if n)
    message = Bilingual(
        f"按更正后的读法核对：{correction.source}" + (f"（{zh}）" if zh else ""),
        f"checked with corrected readings: {correction.source}" + (f" ({en})" if en else ""),
    )
    yield RULE.finding(case, message)


RULE = Rule("CV250", "按更正后的读法核对", "corrected readings", Severity.NOTICE, __doc__, find, "corrected")
