"""Sources of money that do not make up the total.

What: what the payers give (财政拨款, 自有资金, 其他) adds up to neither the project's total nor
the year's amount, however funds within 财政拨款 are counted.
Why it matters: 资金总额＝财政拨款＋自有资金＋其他; a gap means that a payer is missing or an
amount is old.
查什么：各资金来源之和与项目总金额、本年度金额都不相等（财政拨款内的一般公共预算等不重复计算）。
为什么：资金总额应等于各来源之和，不平说明漏了来源或有一处未更新。
Passes: 项目名称→防汛物资｜年度资金总额（万元）→50｜财政拨款（万元）→40｜自有资金（万元）→10｜资金计算依据→据实结算
Fails: 项目名称→防汛物资｜年度资金总额（万元）→50｜财政拨款（万元）→40｜自有资金（万元）→5｜资金计算依据→据实结算
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from calcverify.checks.rule import Rule
from calcverify.forms.model import StatedTotal
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.table_amounts import carries_over, year_total
from calcverify.verify.whole import agree
from calcverify.verify.wording import said_in

# 财政拨款 and the funds in it, and what is carried over, may be told twice; another payer may not.
WITHIN = re.compile("财政|公共预算|政府性基金|国有资本|国资|专户|本级|上级|中央|省级|市级|县级|补助|结转|结余")
MOST = 10


def find(case: Case) -> Iterator[Finding]:
    """One finding where no way of counting the sources gives the total."""
    form = case.form
    if len(form.sources) < 2 or not form.totals:
        return
    others = [s for s in form.sources if not WITHIN.search(s.field)]
    public = [s for s in form.sources if WITHIN.search(s.field) and s.yuan]
    if len(public) > MOST:
        return
    fixed = sum((s.yuan for s in others), Fraction(0))
    place = sum((s.place for s in form.sources), Fraction(0))
    for total in form.totals:
        if any(agree(fixed + part, place, total.yuan, total.place) for part in part_sums(public)):
            return
    if carries_over(case):
        return
    total = year_total(form)
    # 财政拨款40（其中一般公共预算25）: the largest counts its funds already.
    gives = fixed + max((s.yuan for s in public), default=Fraction(0))
    everything = fixed + sum((s.yuan for s in public), Fraction(0))
    nearest = min((gives, everything), key=lambda value: abs(value - total.yuan))
    values = (nearest, total.yuan, total.yuan - nearest)
    told, stated, off = (said_in(v, total.unit) for v in values)
    zh = f"资金总额与资金来源合计不平：各来源合计{told}，{total.field}填报{stated}，相差{off}"
    told, stated, off = (said_in(v, total.unit, "en") for v in values)
    en = f"the sources do not make up {total.field}: they give {told}, {stated} is stated, {off} apart"
    yield RULE.elsewhere(Bilingual(zh, en), total.field, total.locator)


def part_sums(sources: Sequence[StatedTotal]) -> set[Fraction]:
    """The sums of some of the sources, of none and of all."""
    found = {Fraction(0)}
    for source in sources:
        found |= {value + source.yuan for value in found}
    return found


RULE = Rule("CV302", "资金来源合计不平", "sources do not make up the total", Severity.ERROR, __doc__, find, "sources")
