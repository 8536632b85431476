"""The result of an expression that has no sign of equality, looked for around it.

Behind it where a word presents it (``70人×850元/人，需近6万元``); before it where it stands in
brackets (``3.44万元(430元/人×80人)``), behind a colon (``培训费3.44万元：430元/人×80人``) or behind a word
for how (``需资金3.44万元，即430元/人×80人``).
"""

from __future__ import annotations

from calcverify.basis.arithmetic import Side
from calcverify.basis.counts import is_count
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Work
from calcverify.patterns import pattern

RESULT_ROLES = frozenset({"sum", "equals", "result", "hedge", "allyear", "bear", "request"})
HOW = pattern("测算|计算|公式|算式|过程|依据|明细")  # 测算过程：430元/人×80人
THAT_IS = pattern("即|按|测算")  # 3.44万元，即430元/人×80人
WITHIN = frozenset({Kind.TEXT, Kind.CUE, Kind.COMMA, Kind.ASIDE, Kind.COLON})
WORDS = (Kind.TEXT, Kind.PER, Kind.CUE)


def result_around(work: Work, side: Side) -> int | None:
    """The token of the figure that the words make the result of an expression."""
    opens = side.first if work.tokens[side.first].kind is Kind.OPEN else side.first - 1
    if opens > 0 and work.closing.get(opens, -1) - side.last in (0, 1):
        before = work.tokens[opens - 1]
        if before.kind is Kind.FIGURE and before.data.money == 1 and work.closing[opens] < len(work.tokens) - 1:
            # 水质检测14.16万元（118处×2次×600元），报酬68.74万元: a bracket is about the amount before it.
            return result_before(work, side)
    after = result_after(work, side)
    return after if after is not None else result_before(work, side)


def result_after(work: Work, side: Side) -> int | None:
    """``70人×850元/人，需近6万元``: the figure behind the expression that a word presents as
    its result, unless that figure adds up several items."""
    tokens = work.tokens
    i = side.last + 1
    commas = 0
    while i < len(tokens) and tokens[i].kind in WITHIN:
        commas += tokens[i].kind is Kind.COMMA
        i += 1
    if commas > 1 or i >= len(tokens) or tokens[i].kind is not Kind.FIGURE:
        return None
    figure: Figure = tokens[i].data
    if not figure.roles & RESULT_ROLES or figure.roles & {"previous", "part", "rest"}:
        return None
    if figure.money != 1 or figure.is_rate or figure.bound or figure.kind == "percent":
        return None
    if "sum" in figure.roles and any(
        work.sentence[e.token] == work.sentence[side.first] and work.path[e.token] == work.path[side.first]
        for e in work.entries
    ):
        return None
    return i


def result_before(work: Work, side: Side) -> int | None:
    """``3.44万元(430元/人×80人)``, ``培训费3.44万元：430元/人×80人``, ``需资金3.44万元，即430元/人×80人``."""
    tokens = work.tokens
    k = side.first - 1
    if k > 1 and [t.kind for t in tokens[k - 2 : k + 1]] == [Kind.FIGURE, Kind.OPEN, Kind.EQUALS]:
        return k - 2 if free_amount(work, k - 2) else None  # 1.8万元（=60小时×…）
    in_brackets = tokens[side.first].kind is Kind.OPEN and work.closing.get(side.first) == side.last
    i = side.first if in_brackets else side.first - 1
    while i >= 0 and tokens[i].kind in WORDS and not is_part(work, i):
        i -= 1
    if i < 1:
        return None
    kind = tokens[i].kind
    if kind is Kind.COMMA and THAT_IS.search(work.text[tokens[i].end : tokens[side.first].start + 1]):
        figure = tokens[i - 1].data
        found = free_amount(work, i - 1) and not figure.is_rate and not figure.bound
        return i - 1 if found else None
    if kind is Kind.OPEN and not fills_bracket(work, side, i, in_brackets):
        return None
    if kind is Kind.COLON and operators_follow(work, side, i):
        return None
    return amount_before(work, i) if kind in (Kind.OPEN, Kind.COLON) else None


def count_before(work: Work, side: Side) -> int | None:
    """``2184场（182个村×12场）``: the count right before a bracket that holds nothing but the expression."""
    opens = side.first if work.tokens[side.first].kind is Kind.OPEN else side.first - 1
    if opens < 1 or work.tokens[opens].kind is not Kind.OPEN or work.tokens[opens - 1].kind is not Kind.FIGURE:
        return None
    figure: Figure = work.tokens[opens - 1].data
    last: Figure = work.tokens[side.operands[-1]].data
    if not fills_bracket(work, side, opens, opens == side.first) or work.used.get(opens - 1) is not None:
        return None
    return opens - 1 if is_count(figure) and last.unit == figure.unit and len(side.operands) > 1 else None


def is_part(work: Work, i: int) -> bool:
    """Whether a token is a cue for a part: 其中."""
    return work.tokens[i].kind is Kind.CUE and "part" in work.tokens[i].data


def free_amount(work: Work, i: int) -> bool:
    """Whether a token is an amount of money that nothing has used."""
    token = work.tokens[i]
    return token.kind is Kind.FIGURE and work.used.get(i) is None and token.data.money == 1


def fills_bracket(work: Work, side: Side, i: int, whole: bool) -> bool:
    """Whether the expression and words are all that the bracket of token ``i`` holds; ``whole``
    where the bracket is the expression's own."""
    if i not in work.closing:
        return False
    after = side.last + (not whole)
    while after < work.closing[i] and work.tokens[after].kind is Kind.TEXT:
        after += 1
    return after == work.closing[i]


def operators_follow(work: Work, side: Side, i: int) -> bool:
    """维修费5万元：甲楼3处×1万元、乙楼2处×1万元: more expressions behind the colon share the figure."""
    return any(
        work.part[k] == work.part[i] and t.kind is Kind.OPERATOR
        for k, t in enumerate(work.tokens[side.last + 1 :], side.last + 1)
    )


def amount_before(work: Work, i: int) -> int | None:
    """The amount right before the bracket or colon of token ``i``."""
    tokens = work.tokens
    k = i - 1
    if tokens[i].kind is Kind.COLON and HOW.search(work.text[tokens[max(0, i - 4)].start : tokens[i].start]):
        while k > 0 and tokens[k].kind in (Kind.TEXT, Kind.CUE, Kind.COMMA, Kind.STOP):
            k -= 1  # 共计3.44万元，测算过程：430元/人×80人
    while k >= 0 and tokens[k].kind is Kind.TEXT and tokens[k].end - tokens[k].start <= 2:
        k -= 1
    if k > 1 and tokens[i].kind is Kind.COLON and tokens[k].kind is Kind.CLOSE and work.closing.get(k - 2) == k:
        k -= 1  # 培训费（3.44万元）：430元/人×80人
    if k < 0 or tokens[k].kind is not Kind.FIGURE or work.used.get(k):
        return None
    figure: Figure = tokens[k].data
    return k if figure.money == 1 and not figure.bound else None
