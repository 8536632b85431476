"""Whether a total of the form that the basis misses is an error: only where nothing is left open.

Words for more (另有, 等), a number that was not read, a share or a remainder all mean that
the form's total may be of something else than the basis adds up.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Entry, Work
from calcverify.patterns import pattern

# 余下6万元列入本年预算: these words give a remainder to the budget that the form is about.
THIS_BUDGET = pattern("本年|本次|申请|列入|今年|当年|实际")
# How many characters before and behind an amount are searched for them.
BEFORE, BEHIND = 12, 10


def leads(work: Work, e: Entry) -> bool:
    """Whether an amount is the basis' own overall figure: nothing says that it is shared,
    a remainder, or only a part of what is meant."""
    if sets_apart(work):
        kind = e.statement.kind if e.statement is not None else ""
        last = not any(x.token > e.token for x in work.entries)
        return kind in ("balance", "share") and last and of_this_budget(work, e) and settled(work)
    return settled(work)


def of_this_budget(work: Work, e: Entry) -> bool:
    """余下6万元列入本年预算: a remainder counts where the words give it to this budget."""
    token = work.tokens[e.token]
    return THIS_BUDGET.search(work.text[max(0, token.start - BEFORE) : token.end + BEHIND]) is not None


def sets_apart(work: Work) -> bool:
    """Whether the text takes a share or a remainder of anything."""
    kinds = [s.kind for s in work.statements]
    return "share" in kinds or "balance" in kinds


def overall(e: Entry, top: Sequence[Entry]) -> bool:
    """Whether a total stands over everything else in the text."""
    return all(x is e or x.within is not None for x in top)


def complete(work: Work, items: Sequence[Entry]) -> bool:
    """Whether the items are all of them: every amount used, no words for more."""
    if not settled(work) or sets_apart(work):
        return False
    if any(e.roles & {"previous", "whole", "rest", "request"} for e in items):
        return False
    lines = [work.part[e.token] for e in items]
    if len(set(lines)) == len(lines) and "\n" in work.text and all(e.figure is not None for e in items):
        return True  # an amount a line
    listed = all(e.statement is not None or e.derived or work.path[e.token] for e in items)
    return listed or all(work.sentence[e.token] == work.sentence[items[0].token] for e in items)


def settled(work: Work) -> bool:
    """Whether every figure was understood and no word stands for more than is written."""
    if work.unread or work.issues:
        return False
    if Kind.DAMAGED in work.kinds or "more" in work.roles:
        return False
    counted = {e.token for e in work.entries}
    return not [i for i, f in work.figs if i not in work.used and i not in counted and left_open(f)]


def left_open(figure: Figure) -> bool:
    """Whether an amount that nothing used may belong to the total; 不超过9万元 and 上年9万元 do not."""
    return figure.money == 1 and not figure.bound and "previous" not in figure.roles
