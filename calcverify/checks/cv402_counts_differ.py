"""A count that the basis, an indicator and the words of the form tell differently.

What: an indicator or a narrative field counts the same thing in the same unit as the basis (or as
each other) with another number; neither parts nor sums explain it (300人 = 180人 + 120人).
Why it matters: money is asked for other quantities than are promised.
查什么：绩效指标、项目概述等文字与测算依据中同一对象、同一单位的数量不同，分项相加也不能解释（如300人=180人+120人则一致）。
为什么：按一个数量要钱、按另一个数量考核，评审必问。
Passes: 项目名称：助学｜项目总金额（万元）：60｜资金计算依据：资助学生300人×2000元/人=60万元｜
一级指标→二级指标→三级指标→全年指标值｜产出指标→数量指标→资助学生人数→=300人
Fails: 项目名称：助学｜项目总金额（万元）：60｜资金计算依据：资助学生300人×2000元/人=60万元｜
一级指标→二级指标→三级指标→全年指标值｜产出指标→数量指标→资助学生人数→=260人
Fails: 项目名称：助学｜项目总金额（万元）：60｜年度绩效目标：资助学生360人｜
资金计算依据：资助学生300人×2000元/人=60万元
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.told_counts import Goal, Promise, Told, alike, basis_counts, goals, holds, multiplied, promises


def find(case: Case) -> Iterator[Finding]:
    """A finding for each indicator and each narrative count that another place of the form contradicts."""
    form = case.form
    asked, said = goals(form), promises(form)
    counts = basis_counts(case) if case.claims and (asked or said) else []
    if not counts and not (asked and said):
        return
    together = multiplied(case)
    doubted: list[Told] = []
    for one in asked:
        same = alike(one.told, counts)
        source = "测算依据", "the basis"
        if not same:
            # 855盏×630元+… names nothing: the words of the form tell what is counted.
            same = list(dict.fromkeys(p.told for p in said if alike(one.told, [p.told])))
            source = "文字表述", "the text"
            if any(c.value == one.told.value and c.unit == one.told.unit for c in counts):
                continue
        if same and not explained(one, same, asked, counts, together):
            doubted.append(one.told)
            yield about_indicator(one, same[0], source)
    for promise in said:
        same = alike(promise.told, counts)
        goal = next((g for g in asked if alike(promise.told, [g.told])), None)
        if goal is not None and (goal.told in doubted or not same):
            same = [] if goal.told in doubted else [g.told for g in asked if alike(promise.told, [g.told])]
        if same and not kept(promise, same, said, counts, together):
            yield about_words(promise, same[0], goal is not None and same[0] is goal.told)


def about_indicator(goal: Goal, count: Told, source: tuple[str, str]) -> Finding:
    """What an indicator asks for, and what the other place has."""
    name = goal.row.name
    message = Bilingual(
        f"绩效指标值与测算数量不一致：“{name}”为{goal.told.text}，{source[0]}为{count.text}",
        f"indicator and basis count differently: “{name}” is {goal.told.text}, {source[1]} has {count.text}",
    )
    return RULE.elsewhere(message, name, goal.row.locator)


def about_words(promise: Promise, count: Told, indicator: bool) -> Finding:
    """What a narrative field says, and what the other place has."""
    label, text = promise.narrative.label, promise.told.text
    place = ("绩效指标", "the indicator") if indicator else ("测算依据", "the basis")
    message = Bilingual(
        f"文字表述数量与{place[0]}不一致：“{label}”写有{text}，{place[0]}为{count.text}；请核对，或说明两者的关系",
        f"words and figures count differently: {label} says {text}, {place[1]} has {count.text}; "
        "check, or say how they are related",
    )
    return RULE.elsewhere(message, label, promise.narrative.source.at(promise.span.start), promise.span)


def numbers_of(same: Sequence[Told], counts: Sequence[Told], together: dict[str, set[Fraction]]) -> set[Fraction]:
    """The counts, their sum, the sum of everything in the unit, and what the unit's factors give together."""
    unit = same[0].unit
    numbers = {c.value for c in same} | {sum((c.value for c in same), Fraction(0))}
    return numbers | {sum((c.value for c in counts if c.unit == unit), Fraction(0))} | together.get(unit, set())


def explained(
    one: Goal, same: Sequence[Told], asked: Sequence[Goal], counts: Sequence[Told], together: dict[str, set[Fraction]]
) -> bool:
    """Whether an indicator agrees with a count, with their sum, or adds up to one with its neighbours."""
    numbers = numbers_of(same, counts, together)
    # ≥5000人 is not met by 4389人 of one thing and 800人 of another.
    own = [c.value for c in same]
    if one.told.value in numbers or any(holds(one.told, n) for n in (*own, sum(own, Fraction(0)))):
        return True
    at = asked.index(one)
    for first in range(at + 1):
        value = Fraction(0)
        for last, other in enumerate(asked[first:], first):
            value += other.told.value
            if last >= at and value in numbers:
                return True
    return False


def kept(
    one: Promise, same: Sequence[Told], said: Sequence[Promise], counts: Sequence[Told],
    together: dict[str, set[Fraction]],
) -> bool:  # fmt: skip
    """Whether a narrative count agrees with what is counted elsewhere, or is one of its parts: the
    counts of the field in that unit add up to it."""
    numbers = numbers_of(same, counts, together)
    # ≥221套 beside 221套 in the basis is that number; alone it lets the text say more.
    planned = {c.value for c in counts if c.unit == one.told.unit}
    # So are ≥120套 and ≥101套 of its two parts.
    if sum((s.value for s in same), Fraction(0)) in planned:
        planned |= {s.value for s in same}
    if one.told.value in numbers or any(
        holds(s, one.told.value) for s in same if s.sign != "=" and s.value not in planned
    ):
        return True
    parts = [p.told.value for p in said if p.narrative is one.narrative and p.told.unit == one.told.unit]
    return len(parts) > 1 and sum(parts, Fraction(0)) in numbers


RULE = Rule("CV402", "指标或文字与测算数量不一致", "counts differ", Severity.WARNING, __doc__, find, "document")
