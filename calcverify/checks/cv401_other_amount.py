"""Another amount for the same thing elsewhere in the form.

What: a narrative field says what the project spends this year (预计列支, 安排, 投入, 共需 …), and
the amount is neither one of the form nor one that the basis leads to.
Why it matters: one of the two is of an older version, and the reviewer does not know which
one is applied for.
查什么：项目概述、总目标等文字中写明本年列支（安排、投入、共需）的金额，与申报金额不一致，测算依据中也没有这个数。
为什么：往往有一处是旧稿，评审无法确认究竟申请多少。
Passes: 项目名称：防汛物资｜项目总金额（万元）：50｜项目总目标：2025年预计列支50万元，保障汛期｜
资金计算依据：沙袋1万只×50元/只
Fails: 项目名称：防汛物资｜项目总金额（万元）：50｜项目总目标：2025年预计列支80万元，保障汛期｜
资金计算依据：沙袋1万只×50元/只
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

from calcverify.basis.lexer import lex
from calcverify.basis.tokens import Figure, Kind
from calcverify.checks.rule import Rule
from calcverify.forms.model import Form, Narrative
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.table_amounts import year_total
from calcverify.verify.whole import agree, amounts_told, year_of
from calcverify.verify.wording import money_unit, said_in

# A sentence that may say what the project spends, up to the amount.
SENTENCE = re.compile(r"[^。；;\n]+")
SPENDS = re.compile("列支|安排|投入|申请|申报|预算|共需|需要|所需|总需|需|总计|合计|共计|资金总额|总金额|总经费")
WHOLE = re.compile("总计|合计|共计|共需|总需|总预算|预算总额|资金总额|总金额|总经费|预计列支")
# What makes an amount something else: another year, a standard, an effect, another's money.
OTHER = re.compile(
    "上年|去年|往年|历年|前期|累计|以来|截至|已|曾|每|人均|户均|标准|最高|最低|不超过|不低于|以上|以下|上限|限额"
    "|收入|产值|税|销售|营业|营收|利润|效益|带动|拉动|节约|增加|增收|减少|撬动|贷款|融资|债券|社会资本|自筹|企业|合同|中标|采购"
    "|总投资|五年|三年|十三五|十四五|十五五|年均|其中|结转|结余|奖励|补助|补贴|第[一二三四]|一期|二期|分期|明年|次年|中央|省级|上级"
)
LONGEST = 300


def find(case: Case) -> Iterator[Finding]:
    """A finding for each amount of a narrative that contradicts the form's."""
    form = case.form
    if not form.totals or not form.narratives:
        return
    told: list[tuple[Fraction, Fraction]] | None = None
    for narrative in form.narratives:
        spent = list(spendings(form, narrative))
        if not spent:
            continue
        if told is None:
            told = list(amounts_told(case))
        # 安排会议费3万元、培训费5万元: parts of the total are no other amount for it.
        if any(sum((f.value for f, _, _ in spent), Fraction(0)) == t.yuan for t in form.totals):
            continue
        largest = max(t.yuan for t in form.totals)
        year = year_total(form).yuan
        for figure, span, said in spent:
            # 安排设备购置30万元 is a part; 分三年实施，2026年安排300万元 is all of the year.
            if said is not Said.WHOLE and figure.value < (year if said is Said.YEAR else largest):
                continue
            if not any(agree(figure.value, figure.place, value, place, case.work.leeway) for value, place in told):
                words = message(form, narrative, figure, span)
                yield RULE.elsewhere(words, narrative.label, narrative.source.locator, span)


class Said(Enum):
    """What the words say of an amount: all of the money, the form's year's, or neither."""

    WHOLE = "whole"
    YEAR = "year"
    OPEN = "open"


def spendings(form: Form, narrative: Narrative) -> Iterator[tuple[Figure, Span, Said]]:
    """The amounts that a narrative says the project spends, and what it says they are."""
    text = narrative.source.text
    if "元" not in text:
        return
    year = year_of(form)
    for found in SENTENCE.finditer(text):
        sentence = found[0][:LONGEST]
        if "元" not in sentence or not SPENDS.search(sentence):
            continue
        tokens = lex(sentence)
        years = {sentence[t.start : t.start + 4] for t in tokens if t.kind is Kind.ASIDE and t.data in ("year", "date")}
        if year is not None and any(y.isdecimal() and int(y) != year for y in years):
            continue
        begin = 0
        for token in tokens:
            if token.kind is not Kind.FIGURE:
                continue
            figure: Figure = token.data
            words, begin = sentence[begin : figure.start], figure.end
            plain = figure.money == 1 and not figure.is_rate and figure.high is None and not figure.bound
            # 总投资900万元，分三年实施，2026年安排300万元: what stands behind the form's year is of that year.
            own = max(sentence.rfind(f"{year}年", 0, figure.start), 0)
            if plain and SPENDS.search(words) and not OTHER.search(sentence, own, figure.start):
                span = Span(found.start() + figure.start, found.start() + figure.end)
                said = Said.WHOLE if WHOLE.search(words) else Said.YEAR if own else Said.OPEN
                yield figure, span, said


def message(form: Form, narrative: Narrative, figure: Figure, span: Span) -> Bilingual:
    """Where the other amount stands, what the form asks for, the difference, what to do."""
    total = form.totals[0]
    text, unit = span.of(narrative.source.text), money_unit(figure.scale)
    off = figure.value - total.yuan
    return Bilingual(
        f"文本表述金额与申报金额不一致：“{narrative.label}”写有{text}，{total.field or '总金额'}为"
        f"{said_in(total.yuan, unit)}，相差{said_in(off, unit)}；请核对，或说明两者的关系",
        f"another amount for the same thing: {narrative.label} says {text}, the form asks for "
        f"{said_in(total.yuan, unit, 'en')}, {said_in(off, unit, 'en')} apart; check, or say how they are related",
    )


RULE = Rule(
    "CV401", "文本表述金额与申报金额不一致", "another amount in the form", Severity.WARNING, __doc__, find, "narratives"
)
