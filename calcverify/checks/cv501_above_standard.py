"""A rate above the expense standard that is on file for it.

What: a computation uses a rate (会议费, 培训费, 讲课费, 专家咨询费, 伙食补助费 …) above every ceiling
that the named rules of the form's year give for that expense and unit; the office's own
standards (--standards) go before the nation's.
Why it matters: 超标准支出 is cut in the review. A standard is never applied to another
year than its own, nor to a form without a year.
查什么：算式中的标准（会议费、培训费、讲课费、专家咨询费、伙食补助费等）高于申报年度有效的支出标准的最高一档；本单位另有标准（--standards）的，按本单位标准。
为什么：超标准的部分评审时会核减。表单没有年度的，不适用任何标准。
Passes: 市级预算绩效目标表｜2025年度｜项目名称：工作会｜项目总金额（万元）：5.5｜
资金计算依据：三类会议费100人×1天×550元/人·天=5.5万元
Fails: 市级预算绩效目标表｜2025年度｜项目名称：工作会｜项目总金额（万元）：9｜
资金计算依据：三类会议费100人×1天×900元/人·天=9万元
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from calcverify.basis.evaluate import leaves
from calcverify.basis.nodes import Leaf
from calcverify.checks.rule import Rule
from calcverify.exact.printing import readable
from calcverify.exact.units import Unit, power_of
from calcverify.source import Span
from calcverify.standards.mentions import may_be_named
from calcverify.verify.case import Case, on_file
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import year_of

if TYPE_CHECKING:
    from calcverify.standards.model import Formulas, Standard

# The words that name an expense stand so near before its rate.
BEFORE = 40
STOPS = "。；;\n"
LOCAL = ("；本地另有标准的，请注明文件", "; name the document where a local standard applies")


def find(case: Case) -> Iterator[Finding]:
    """A finding for each rate above its standard."""
    year = year_of(case.form)
    if year is None:
        return
    told: set[Span] = set()
    for index, claim in enumerate(case.claims):
        for leaf in leaves(claim.node):
            if len(leaf.unit) < 2 or power_of(leaf.unit, "元") != 1 or leaf.span in told:
                continue
            told.add(leaf.span)
            yield from above(case, index, leaf, year)


def above(case: Case, index: int, leaf: Leaf, year: int) -> Iterator[Finding]:
    """The finding for one rate."""
    phrase = words_before(case.work.text, leaf.span.start)
    if case.standards is None and not may_be_named(phrase):
        return
    if leaf.unit not in units_in(case.standards):
        return
    standards = [s for s in standards_of(case.standards).standards_for(phrase, year) if s.unit == leaf.unit]
    # What an office has set for itself goes before the nation's, be it stricter or not.
    own = [s for s in standards if s not in shipped()] if case.standards is not None else []
    standards = own or standards
    if not standards or any(s.judge(leaf.value) != "above" for s in standards):
        return
    highest = max(standards, key=lambda s: s.at_most)
    document = f"{highest.document.number}"
    rate, ceiling = readable(leaf.value), f"{readable(highest.at_most)}{highest.unit_text}"
    local = ("", "") if own else LOCAL
    message = Bilingual(
        f"超标准：{leaf.span.of(case.work.text)}高于{highest.name}{ceiling}（{document}）{local[0]}",
        f"above the standard: {rate} against {ceiling} for {highest.name_en} ({document}){local[1]}",
    )
    yield RULE.finding(case, message, leaf.span, claim=index)


def words_before(text: str, at: int) -> str:
    """The words of the sentence before a rate."""
    begin = max((text.rfind(stop, 0, at) for stop in STOPS), default=-1) + 1
    return text[max(begin, at - BEFORE) : at]


def standards_of(folder: str | None) -> Formulas:
    """The standards on file, the office's own among them."""
    return on_file(folder, ("standard", "table"))


@cache
def shipped() -> frozenset[Standard]:
    """The standards that come with the program."""
    return frozenset(standards_of(None).standards)


@cache
def units_in(folder: str | None) -> frozenset[Unit]:
    """The units of the standards on file."""
    return frozenset(s.unit for s in standards_of(folder).standards)


RULE = Rule("CV501", "超支出标准", "above the standard", Severity.WARNING, __doc__, find, "year")
