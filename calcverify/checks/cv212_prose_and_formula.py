"""A number in the words before a formula that the formula has with other digits.

What: the text says how many there are (网格员136名) and the formula behind it counts
the same digits in another order (163名×…).
Why it matters: one of the two is a slip, and the amount rests on it.
查什么：文字中写明的数量与后面算式中的数量相邻两位数字颠倒。
为什么：两处必有一处笔误，而金额以它为依据。
Passes: 现有网格员136名，136名×2000元/月×12月=326.4万元
Fails: 现有网格员136名，163名×2000元/月×12月=391.2万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.counts import is_count
from calcverify.basis.labels import shared
from calcverify.basis.work import Work
from calcverify.checks.rule import Rule
from calcverify.patterns import pattern
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.slips import swapped

STOPS = pattern("[，,。；;：:、\n]")
CHANGED = pattern("增加|减少|新增|净增|增长|下降|调整为")
NAME = 24
ALIKE = 3


def find(case: Case) -> Iterator[Finding]:
    """A finding for each count that a formula nearby has otherwise."""
    work = case.work
    free = [(i, f) for i, f in work.figs if i not in work.used and is_count(f) and f.value >= 10]
    if not free:
        return
    taken = {work.tokens[k].data.value for s in case.statements for k in s.operands if is_count(work.tokens[k].data)}
    free = [(i, f) for i, f in free if f.value not in taken]
    for index, statement in enumerate(case.statements):
        if statement.kind != "equation":
            continue
        for k in statement.operands:
            operand = work.tokens[k].data
            if not is_count(operand):
                continue
            for i, figure in free:
                slip = figure.unit == operand.unit and swapped(str(figure.value), str(operand.value))
                if slip and i < k and near(work, i, k):
                    said, used = work.text[figure.start : figure.end], work.text[operand.start : operand.end]
                    message = Bilingual(
                        f"文字与算式中的数量不一致：文字为{said}，算式用{used}，请核对",
                        f"words and formula disagree: the text says {said}, the formula takes {used}",
                    )
                    yield RULE.finding(case, message, case.claims[index].span, claim=index)


def near(work: Work, i: int, k: int) -> bool:
    """Whether the words before a formula speak of it: they stand beside it, or lead to the list that
    it is an item of and call the same thing by its name (改厕涉及120户。1.改厕：120户×…).

    上年末78人，预计有所增加，87人×… tells of two years.
    """
    if CHANGED.search(work.text[work.tokens[i].end : work.tokens[k].start]):
        return False
    if work.path[i] == work.path[k] and work.sentence[k] - work.sentence[i] <= 1:
        return True
    return work.path[k][: len(work.path[i])] == work.path[i] and shared(name_of(work, i), name_of(work, k)) >= ALIKE


def name_of(work: Work, i: int) -> str:
    """The words before a count, past the colon directly before it."""
    start = work.tokens[i].data.start
    return STOPS.split(work.text[max(0, start - NAME) : start].rstrip("：: "))[-1]


RULE = Rule("CV212", "文字与算式数量不一致", "words and formula disagree", Severity.WARNING, __doc__, find, "claims")
