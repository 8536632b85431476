"""An amount in capital numerals and the same amount in digits that disagree.

What: 伍万元整 and 60000元 beside each other, one in brackets or introduced by 大写 or 小写.
Why it matters: a payment order goes by the capitals; the form asks for two amounts.
查什么：同一金额的大写与小写不一致（如“伍万元整（60000元）”）。
为什么：支付以大写为准，两个数必有一个是错的。
Passes: 申请补助伍万元整（50000元）
Fails: 申请补助伍万元整（60000元）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from calcverify.basis.tokens import Figure
from calcverify.basis.work import Work
from calcverify.checks.rule import Rule
from calcverify.exact.printing import amount
from calcverify.patterns import pattern
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

CAPITALS = re.compile("[壹贰叁肆伍陆柒捌玖貳參陸]")
# What may stand between the two: （大写：…）, 小写, 人民币, 整, ￥.
BETWEEN = pattern(r"[\s元整正圆（()）:：，,、即计为合￥¥¥]|人民币|[大小]写|RMB|金额")
BRACKET_OR_WORD = pattern("[（(]|[大小]写|￥|¥|¥|即")
FURTHEST = 16


def find(case: Case) -> Iterator[Finding]:
    """A finding for each pair that disagrees."""
    if not CAPITALS.search(case.work.text):
        return
    figures = [f for _, f in case.work.figures() if f.money == 1]
    for one, two in pairwise(figures):
        capital, digits = (one, two) if is_capital(case.work, one) else (two, one)
        if not is_capital(case.work, capital) or is_capital(case.work, digits) or not beside(case.work, one, two):
            continue
        # 伍万零叁佰元（5.03万元）: the digits may be rounded, capitals are exact.
        if abs(capital.value - digits.value) * 2 > digits.place:
            text = case.work.text
            in_words, in_digits = text[capital.start : capital.end], text[digits.start : digits.end]
            off = capital.value - digits.value
            message = Bilingual(
                f"大小写金额不一致：大写{in_words}（{amount(capital.value, '元')}），小写{in_digits}，"
                f"相差{amount(off, '元')}",
                f"capitals and digits disagree: {in_words} is {amount(capital.value, '元', 'en')}, "
                f"the digits say {in_digits}, {amount(off, '元', 'en')} apart",
            )
            yield RULE.finding(case, message, Span(one.start, two.end))


def is_capital(work: Work, figure: Figure) -> bool:
    """Whether a figure is written in capital numerals."""
    return CAPITALS.search(work.text, figure.start, figure.end) is not None


def beside(work: Work, one: Figure, two: Figure) -> bool:
    """Whether nothing but a bracket or a word for it stands between two figures."""
    between = work.text[one.end : two.start]
    if len(between) > FURTHEST or not BRACKET_OR_WORD.search(between):
        return False
    return not BETWEEN.sub("", between)


RULE = Rule("CV210", "大小写金额不一致", "capitals and digits disagree", Severity.ERROR, __doc__, find)
