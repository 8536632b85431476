"""A total of the form that what was computed does not reach.

What: the basis computes something, but neither a figure of it nor its items lead to the
amount that the form asks for, and the text leaves open whether it states everything.
Why it matters: a part of the money has no calculation, or the form and its basis are of
different versions.
查什么：测算依据中有计算，但其结果、各项之和都得不到表单填报的金额，而文字又未说明是否列全。
为什么：说明有一部分金额没有测算过程，或表单与测算依据不是同一版本。
Passes: 桌椅40套×300元/套=1.2万元 => 1.2万元
Fails: 桌椅40套×300元/套=1.2万元，另有其他支出 => 5万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.tokens import Kind
from calcverify.basis.work import GOOD
from calcverify.checks.rule import Rule
from calcverify.source import Locator
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.slips import causes_of
from calcverify.verify.wording import said_in


def find(case: Case) -> Iterator[Finding]:
    """One finding where the total is missed and no claim says so already."""
    reach, totals = case.reach, case.form.totals
    if not totals or (reach is not None and reach.verdict in GOOD):
        return
    nothing = not case.claims and not any(e.derived for e in case.work.entries)
    if nothing and not open_list(case) and not another_amount(case):
        return
    asked = {t.yuan for t in totals}
    for claim in case.claims:
        told = claim.verdict is not None and claim.verdict not in GOOD
        if claim.kind == "total" or (told and claim.stated is not None and claim.stated.value in asked):
            return
    total = reach.total if reach is not None else totals[0]
    field = total.field or "total"
    if reach is None:
        zh, en = "没有可与之比较的测算结果", "the basis gives no amount to compare with it"
    else:
        values = (reach.value, total.yuan, total.yuan - reach.value)
        gives, stated, off = (said_in(v, total.unit) for v in values)
        zh = f"测算结果为{gives}，填报{stated}，相差{off}"
        gives, stated, off = (said_in(v, total.unit, "en") for v in values)
        en = f"the basis gives {gives}, {stated} is stated, {off} apart"
    finding = RULE.elsewhere(
        Bilingual(
            f"测算结果未达到项目总金额：{zh}；请补充其余部分的测算，或更正金额",
            f"what was computed does not reach the total: {en}; add the rest of the calculation, or correct the amount",
        ),
        field,
        total.locator if total.locator != Locator() else case.form.locator,
    )
    yield finding if reach is None else finding._replace(suggestions=causes_of(case, reach))


def another_amount(case: Case) -> bool:
    """共计20万元 beside a total of 30万元: the one amount of the basis is its own overall figure."""
    work = case.work
    if case.reach is None or len(work.entries) != 1 or len(work.figs) != 1 or work.unread:
        return False
    entry = work.entries[0]
    start, end = work.tokens[entry.token].start, work.tokens[entry.token].end
    alone = not (work.text[:start] + work.text[end:]).strip(" \t\r\n。；;，,.")
    return entry.figure is not None and (alone or bool(entry.roles & {"sum", "request"}))


def open_list(case: Case) -> bool:
    """Several amounts and a word for more: 购置帐篷6万元、睡袋2万元等."""
    work = case.work
    amounts = [e for e in work.entries if e.figure is not None]
    return len(amounts) > 1 and any(t.kind is Kind.CUE and "more" in t.data for t in work.tokens[amounts[0].token :])


RULE = Rule("CV106", "测算结果未达到总金额", "the total is not reached", Severity.WARNING, __doc__, find, "totals")
