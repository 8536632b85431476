"""A basis of another year than the form.

What: the basis plans for a year (2024年度, 2024年预计), and never for the year of the form.
Why it matters: last year's text was copied; counts and rates may be last year's too.
查什么：测算依据写的是另一年度（如“2024年预计”），没有写申报年度。
为什么：可能直接沿用了上年文本，人数、标准也未更新。
Passes: 市级预算绩效目标表｜2025年度｜项目名称：助学｜项目总金额（万元）：60｜
资金计算依据：2025年预计资助300人×2000元/人=60万元
Fails: 市级预算绩效目标表｜2025年度｜项目名称：助学｜项目总金额（万元）：60｜
资金计算依据：2024年预计资助300人×2000元/人=60万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import year_of

PLANNED = re.compile("((?:19|20)[0-9]{2})年(?:度|全年|预计|计划|预算|需|共需|拟|安排)")


def find(case: Case) -> Iterator[Finding]:
    """One finding where the basis plans for other years only."""
    year, text = year_of(case.form), case.work.text
    if year is None:
        return
    planned = list(PLANNED.finditer(text))
    if not planned or str(year) in text:
        return
    first = planned[0]
    message = Bilingual(
        f"测算年度与申报年度不符：依据写的是{first[1]}年，表单为{year}年",
        f"the basis plans for {first[1]}, the form is of {year}",
    )
    yield RULE.finding(case, message, Span(first.start(), first.end()))


RULE = Rule("CV605", "测算年度与申报年度不符", "basis of another year", Severity.NOTICE, __doc__, find, "year")
