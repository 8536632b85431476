"""Text boxes and drawings whose text is not read.

What: a text box or a drawing lies over the form and holds text, which is not among the cells.
Why it matters: a figure or a calculation in it was not checked, though the form looks complete.
查什么：表单上有文本框或图形，里面的文字不在单元格中，没有读取。
为什么：其中的数字和算式没有核对，看上去却像是核对过了。
Passes: <table>｜<tr><td>项目名称<td>防汛物资｜<tr><td>测算依据<td>5只×100元/只=500元｜</table>
Fails: <table>｜<tr><td>项目名称<td>防汛物资<svg><text>另需200元</text></svg>｜
<tr><td>测算依据<td>5只×100元/只=500元｜</table>
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.errors import excerpt
from calcverify.patterns import pattern
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

FIELD = "文本框"
DIGIT = pattern("[0-9０-９]")
MOST = 5


def find(case: Case) -> Iterator[Finding]:
    """One finding a text box; a warning where it holds a figure."""
    boxes = [remark for remark in case.form.remarks if remark.kind == "drawing"]
    for box in boxes[:MOST]:
        shown = excerpt(box.text, 60)
        message = Bilingual(
            f"文本框里的文字没有读取：{shown}，如与测算有关请移到单元格中",
            f"the text of a text box was not read: {shown}; move it into a cell where it matters",
        )
        severity = None if DIGIT.search(box.text) else Severity.NOTICE
        yield RULE.elsewhere(message, FIELD, box.locator, severity=severity)


RULE = Rule("CV610", "文本框未读取", "text box not read", Severity.WARNING, __doc__, find, "remarks")
