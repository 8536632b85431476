"""An indicator whose number is not that of the basis.

What: an indicator counts the same thing in the same unit as the basis, with another number;
neither parts nor sums of the two explain it (300人 = 180人 + 120人).
Why it matters: money is asked for other quantities than are promised.
查什么：绩效指标与测算依据中同一对象、同一单位的数量不同，分项相加也不能解释（如300人=180人+120人则一致）。
为什么：按一个数量要钱、按另一个数量考核，评审必问。
Passes: 项目名称：助学｜项目总金额（万元）：60｜资金计算依据：资助学生300人×2000元/人=60万元｜
一级指标→二级指标→三级指标→全年指标值｜产出指标→数量指标→资助学生人数→=300人
Fails: 项目名称：助学｜项目总金额（万元）：60｜资金计算依据：资助学生300人×2000元/人=60万元｜
一级指标→二级指标→三级指标→全年指标值｜产出指标→数量指标→资助学生人数→=260人
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.evaluate import leaves
from calcverify.basis.labels import shared
from calcverify.basis.nodes import Leaf
from calcverify.checks.rule import Rule
from calcverify.forms.model import Indicator
from calcverify.verify.case import Case
from calcverify.verify.indicator_values import Mark, mark_of
from calcverify.verify.model import Bilingual, Finding, Severity

COUNTED = re.compile("数|数量|人次|场次|面积|里程|规模")
NOISE = re.compile(
    "[人户场次期台套个件]?次?数量?$|人员|全市|全县|全区|全年|新增|完成|覆盖|举办|开展|补助|补贴|项目|数量|规模|人数|发放|预计|计划"
)
TIMES = frozenset({"年", "月", "天", "周", "季", "小时", "学期"})
LONGEST_RUN = 3
AROUND = 14
MOST = 40


class Count(NamedTuple):
    """A number of something in the basis, with the words around it."""

    value: Fraction
    unit: str
    words: str
    text: str


class Asked(NamedTuple):
    """An indicator with its number."""

    row: Indicator
    mark: Mark


def find(case: Case) -> Iterator[Finding]:
    """A finding for each indicator whose number the basis contradicts."""
    form = case.form
    if not form.indicators or not case.claims:
        return
    asked = [
        Asked(row, mark)
        for row in form.indicators[: MOST * 10]
        if COUNTED.search(row.name)
        and (mark := mark_of(row.full_year or row.half_year)) is not None
        and not mark.percent
    ][:MOST]
    if not asked:
        return
    counts = list(counts_of(case))[:MOST]
    for one in asked:
        alike = [c for c in counts if c.unit == (one.mark.unit or c.unit) and same_thing(one.row.name, c)]
        if alike and not explained(one, alike, asked, counts):
            count = alike[0]
            shown = (one.row.full_year or one.row.half_year).strip()
            message = Bilingual(
                f"绩效指标值与测算数量不一致：“{one.row.name}”为{shown}，测算依据为{count.text}",
                f"indicator and basis count differently: “{one.row.name}” is {shown}, the basis has {count.text}",
            )
            yield RULE.elsewhere(message, one.row.name, one.row.locator)


def counts_of(case: Case) -> Iterator[Count]:
    """The counts that went into the claims, each once."""
    told = set()
    for claim in case.claims:
        for leaf in leaves(claim.node):
            unit = counter(leaf)
            if unit and leaf.span not in told:
                told.add(leaf.span)
                text = case.work.text
                before = re.split("[，。；：、\n]", text[max(0, leaf.span.start - AROUND) : leaf.span.start])[-1]
                behind = re.split("[，。；：、×*＊\n]", text[leaf.span.end : leaf.span.end + AROUND])[0]
                yield Count(leaf.value, unit, f"{before} {behind}", leaf.span.of(text))


def counter(leaf: Leaf) -> str:
    """The counter of a leaf that counts things, ``""`` for rates, money and time."""
    if len(leaf.unit) != 1 or leaf.unit[0][1] != 1 or leaf.unit[0][0] in TIMES or leaf.unit[0][0] == "元":
        return ""
    return leaf.unit[0][0]


def same_thing(name: str, count: Count) -> bool:
    """Whether an indicator and a count are called alike."""
    core = NOISE.sub("", name)
    run = shared(core, count.words)
    return run >= min(LONGEST_RUN, len(core)) and run >= 2


def explained(one: Asked, alike: Sequence[Count], asked: Sequence[Asked], counts: Sequence[Count]) -> bool:
    """Whether the number agrees with a count, with their sum, or adds up to one with its neighbours."""
    target, sign = one.mark.value, one.mark.sign
    numbers = {c.value for c in alike} | {sum((c.value for c in alike), Fraction(0))}
    numbers |= {sum((c.value for c in counts if c.unit == alike[0].unit), Fraction(0))}
    if any(n == target or (sign == ">" and n > target) or (sign == "<" and n < target) for n in numbers):
        return True
    at = asked.index(one)
    for first in range(at + 1):
        value = Fraction(0)
        for last, other in enumerate(asked[first:], first):
            value += other.mark.value
            if last >= at and value in numbers:
                return True
    return False


RULE = Rule(
    "CV402",
    "指标值与测算数量不一致",
    "indicator and basis count differently",
    Severity.WARNING,
    __doc__,
    find,
    "indicators",
)
