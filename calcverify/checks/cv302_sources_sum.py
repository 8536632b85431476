"""Sources of money that do not make up the total.

What: what the payers give (财政拨款, 自有资金, 其他) adds up to neither the project's total nor
the year's amount, the parts of 财政拨款 counted once; or its parts are more than 财政拨款.
Why it matters: 资金总额＝财政拨款＋自有资金＋其他; a gap means that a payer is missing or an
amount is old.
查什么：各资金来源之和与项目总金额、本年度金额都不相等（财政拨款内的一般公共预算等不重复计算）；或财政拨款所列各项之和超过财政拨款。
为什么：资金总额应等于各来源之和，不平说明漏了来源或有一处未更新。
Passes: 项目名称→防汛物资｜年度资金总额（万元）→50｜财政拨款（万元）→40｜自有资金（万元）→10｜资金计算依据→据实结算
Fails: 项目名称→防汛物资｜年度资金总额（万元）→50｜财政拨款（万元）→40｜自有资金（万元）→5｜资金计算依据→据实结算
Fails: 项目名称→防汛物资｜年度资金总额（万元）→50｜财政拨款（万元）→40｜其中：一般公共预算（万元）→45｜
自有资金（万元）→10｜资金计算依据→据实结算
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from calcverify.checks.rule import Rule
from calcverify.exact.verdict import Leeway
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.payers import Payers, payers_of
from calcverify.verify.table_amounts import carries_over, year_total
from calcverify.verify.whole import agree
from calcverify.verify.wording import said_in


def find(case: Case) -> Iterator[Finding]:
    """One finding where no way of counting the sources gives the total, one for each whole below its parts."""
    form = case.form
    if len(form.sources) < 2 or not form.totals:
        return
    payers = payers_of(form)
    if payers is None:
        return
    yield from parts_above(payers, case.work.leeway)
    # A nought is not rounded, whatever its digits.
    place = sum((s.place for s in form.sources if s.yuan), Fraction(0))
    leeway = case.work.leeway
    if any(agree(way, place, t.yuan, t.place, leeway) for t in form.totals for way in payers.ways()):
        return
    total = year_total(form)
    nearest = min(payers.plain(), key=lambda value: abs(value - total.yuan))
    if carries_over(case, total.yuan - nearest, place + total.place):
        return
    values = (nearest, total.yuan, total.yuan - nearest)
    told, stated, off = (said_in(v, total.unit) for v in values)
    zh = f"资金总额与资金来源合计不平：各来源合计{told}，{total.field}填报{stated}，相差{off}"
    told, stated, off = (said_in(v, total.unit, "en") for v in values)
    en = f"the sources do not make up {total.field}: they give {told}, {stated} is stated, {off} apart"
    yield RULE.elsewhere(Bilingual(zh, en), total.field, total.locator)


def parts_above(payers: Payers, leeway: Leeway) -> Iterator[Finding]:
    """财政拨款40万元，其中：一般公共预算45万元: a part cannot be more than its whole."""
    whole = payers.whole
    for parts in (payers.funds, payers.levels):
        value = sum((s.yuan for s in parts), Fraction(0))
        place = sum((s.place for s in parts if s.yuan), Fraction(0))
        if whole is None or value <= whole.yuan or agree(value, place, whole.yuan, whole.place, leeway):
            continue
        values = (value, whole.yuan, value - whole.yuan)
        told, stated, off = (said_in(v, whole.unit) for v in values)
        zh = f"{whole.field}小于其中所列各项之和：各项合计{told}，{whole.field}填报{stated}，相差{off}"
        told, stated, off = (said_in(v, whole.unit, "en") for v in values)
        en = f"{whole.field} is less than its parts: they give {told}, {stated} is stated, {off} apart"
        yield RULE.elsewhere(Bilingual(zh, en), whole.field, whole.locator)


RULE = Rule("CV302", "资金来源合计不平", "sources do not make up the total", Severity.ERROR, __doc__, find, "sources")
