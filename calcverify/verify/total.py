"""The form's total against what the basis gives (design section 6, claim 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import months_leaf, with_months
from calcverify.basis.ledger import addends, compare, value_of
from calcverify.basis.nodes import Node, Product, Sum
from calcverify.basis.reading import entries_on_top
from calcverify.basis.tokens import Kind
from calcverify.basis.work import GOOD, Entry, Work
from calcverify.exact.verdict import Addend, Shape, Target, Verdict, judge
from calcverify.forms.model import StatedTotal


THIS_BUDGET = re.compile("本年|本次|申请|列入|今年|当年|实际")
MONTHLY = re.compile("每月|月均|按月")
OTHERS = re.compile("其余|余下|剩余|不足部分")


class Reach(NamedTuple):
    """How a total was compared: what the basis gives, the verdict, and whether it counts.

    ``trivial`` is true where the basis only repeats the amount; ``accuses`` where a miss
    is an error and not a question; ``months`` where the year's twelve months had to be put
    in; ``entries`` are the amounts that it rests on.
    """

    total: StatedTotal
    node: Node
    value: Fraction
    verdict: Verdict
    shape: Shape
    entries: tuple[Entry, ...]
    trivial: bool = False
    accuses: bool = False
    months: bool = False


def target(total: StatedTotal) -> Target:
    """A stated total as a target of the judge."""
    return Target(total.yuan, total.place, total.hedged)


def reach(work: Work, totals: Sequence[StatedTotal]) -> Reach | None:
    """The best way in which the basis meets a total of the form, or how it misses.

    ``None`` where the basis gives nothing to compare. The basis must meet the project's
    total or the year's amount; it misses only if it meets neither.
    """
    if not totals:
        return None
    missed: Reach | None = None
    for total in totals:
        for way in ways(work, total):
            if way.verdict in GOOD:
                return way
            if missed is None or (way.accuses and not missed.accuses):
                missed = way
    return missed


def ways(work: Work, total: StatedTotal) -> Iterator[Reach]:
    """What the basis gives, the likeliest first."""
    top = entries_on_top(work)
    if not work.entries:
        return
    goal = target(total)
    for e in top:
        if e.value * 12 == total.yuan and MONTHLY.search(work.text[: work.tokens[e.token].start]):
            # One month's 共计, and a total of twelve of them: to be asked.
            node = leaf_of(e.figure) if e.figure is not None else e.node
            yield Reach(total, node, e.value, Verdict.QUERY, Shape.COMPOSED, (e,), accuses=True)
    # A figure that the text states as well and that the items before it make is no new total.
    last = top[-1] if len(top) > 2 else None
    if last is not None and last.figure is not None and last.statement is None and last.value == total.yuan:
        found = by_items(work, total, goal, top[:-1], accusing=False)
        if found.verdict in GOOD:
            yield found
    # A figure that is applied for leads over others.
    for e in [x for x in work.entries if "request" in x.roles] + ([top[0]] if len(top) == 1 else []):
        only = len(top) == 1 or ("request" in e.roles and all(x.value == e.value for x in top))
        yield by_entry(work, total, goal, e, accuses=only and leads(work, e))
    ends = [e for e in work.entries if e.statement is not None]
    for e in [x for x in reversed(top) if "sum" in x.roles and x.statement is not None][:1]:
        yield by_entry(work, total, goal, e, accuses=leads(work, e) and overall(work, e, top))
    for e in top:
        if len(e.parts) > 1 and e.statement is not None and e.statement.kind in ("sum", "partition"):
            yield by_items(work, total, goal, e.parts, deep=True, accusing=False)
    if len(top) >= 2:
        yield by_items(work, total, goal, top)
        yield by_items(work, total, goal, top, deep=True)
        plain = [e for e in top if not e.roles & {"rest", "whole"}]
        if 2 <= len(plain) < len(top):
            yield by_items(work, total, goal, plain, accusing=False)
        made = [e for e in top if e.statement is not None or e.derived]
        for e in made:
            if e.derived:
                yield by_entry(work, total, goal, e, accuses=False)
        if 2 <= len(made) < len(top):
            yield by_items(work, total, goal, made, accusing=False)
        items = [e for e in top if "sum" not in e.roles]
        if 2 <= len(items) < len(top):
            yield by_items(work, total, goal, items, accusing=False)
    for e in reversed(ends):
        yield by_entry(work, total, goal, e, accuses=False)
    yield from less_another_payer(work, total, goal)
    for e in reversed(work.entries):
        if e.figure is not None and e.value == total.yuan:
            yield by_entry(work, total, goal, e, accuses=False)


def by_entry(work: Work, total: StatedTotal, goal: Target, e: Entry, accuses: bool) -> Reach:
    """The total is one figure of the text, with the computation under it."""
    node, value, shape = e.node, e.value, Shape.PRODUCT
    terms: tuple[Addend, ...] = ()
    trivial = False
    statement = e.statement or next(
        (x.statement for x in work.entries if x.statement is not None and x.statement.verdict in GOOD and x.value == e.value), None
    )
    if statement is not None and statement.verdict is not None:
        node, value, shape = statement.node, statement.computed, statement.shape
        own = judge(Shape.PRODUCT, e.value, goal, leeway=work.leeway)
        if statement.stated is not None and own in (Verdict.EXACT, Verdict.ROUNDED):
            # The form repeats the figure that the text states: what stands under it was
            # judged there already.
            verdict = judge(shape, value, goal, addends(e.parts) if len(e.parts) > 1 and shape is Shape.SUM else (), leeway=work.leeway)
            if own is Verdict.EXACT or verdict not in GOOD:
                verdict = statement.verdict if statement.verdict in GOOD else own
            return Reach(total, node, value, verdict, shape, (e,))
        if e.parts and shape is Shape.SUM:
            terms = addends(e.parts) if len(e.parts) > 1 else ()
        if statement.verdict in GOOD and e.figure is not None and shape is Shape.COMPOSED:
            shape = Shape.PRODUCT  # the text states this figure itself, and it was confirmed
        if statement.verdict not in GOOD:
            node, value = (leaf_of(e.figure), e.value) if e.figure is not None else (node, value)
    elif e.figure is not None:
        whole = e.within
        if whole is not None and e in whole.parts and whole.figure is not None and e.value == total.yuan:
            others = [x for x in whole.parts if x is not e]
            if others and adds_up(work, whole):
                node, value = value_of([whole, *others], [True] + [False] * len(others))
                verdict = judge(Shape.SUM, value, goal, addends([whole, *others], [True] + [False] * len(others)), leeway=work.leeway)
                return Reach(total, node, value, verdict, Shape.SUM, (whole, *others))
        trivial = True
    if e.composed and e.figure is None:
        shape = Shape.COMPOSED
    verdict = judge(shape, value, goal, terms, leeway=work.leeway)
    if verdict not in GOOD and e.derived:
        longer = with_months(node)
        again = evaluate(longer) if longer is not None else None
        if longer is not None and again is not None:
            own = judge(shape, again.value, goal, terms, leeway=work.leeway)
            if own in (Verdict.EXACT, Verdict.ROUNDED):
                return Reach(total, longer, again.value, own, shape, (e,), months=True)
    return Reach(total, node, value, verdict, shape, (e,), trivial, accuses and shape is not Shape.COMPOSED and not trivial)


def adds_up(work: Work, whole: Entry) -> bool:
    """Whether the parts of a whole were found to make it."""
    return any(
        s.kind in ("partition", "sum") and s.verdict in GOOD and s.stated is not None and s.stated.index == whole.token
        for s in work.statements
    )


def by_items(work: Work, total: StatedTotal, goal: Target, items: Sequence[Entry], deep: bool = False, accusing: bool = True) -> Reach:
    """The total is the sum of the items; ``deep`` takes what they were computed from."""
    composed = any(e.composed and e.figure is None for e in items)
    if deep:
        nodes = tuple(e.statement.node if e.statement is not None else e.node for e in items)
        value = sum(((e.statement.computed if e.statement is not None else e.value) for e in items), Fraction(0))
        node: Node = Sum(nodes, (True,) * len(nodes))
        terms: tuple[Addend, ...] = ()
    else:
        node, value = value_of(items)
        terms = addends(items)
    shape = Shape.COMPOSED if composed else Shape.SUM
    verdict = judge(shape, value, goal, terms if shape is Shape.SUM else (), leeway=work.leeway)
    return Reach(total, node, value, verdict, shape, tuple(items), False, accusing and not composed and complete(work, items))


def less_another_payer(work: Work, total: StatedTotal, goal: Target) -> Iterator[Reach]:
    """A gap less the part of it that 其中 sets apart for another payer; may only confirm."""
    for whole in work.entries:
        parts = [e for e in work.entries if e.within is whole and "part" in e.roles and not whole.parts]
        if len(parts) == 1 and OTHERS.search(work.text[work.tokens[parts[0].token].end :]):
            node, value = value_of([whole, parts[0]], [True, False])
            verdict = judge(Shape.SUM, value, goal, leeway=work.leeway)
            if verdict in GOOD:
                yield Reach(total, node, value, verdict, Shape.SUM, (whole, parts[0]))
    rests = [e for e in work.entries if "rest" in e.roles and e.statement is not None]
    for whole, part in zip(rests, rests[1:], strict=False):
        first = next((k for k in range(whole.token, part.token) if work.sentence[k] == work.sentence[part.token]), part.token)
        if not any(t.kind is Kind.CUE and "part" in t.data for t in work.tokens[first : part.token]):
            continue
        for deep in (False, True):
            left = whole.statement.node if deep and whole.statement is not None else leaf_of(whole.figure) if whole.figure else whole.node
            right = leaf_of(part.figure) if part.figure else part.node
            start = whole.statement.computed if deep and whole.statement is not None else whole.value
            value = start - part.value
            node = Sum((left, right), (True, False))
            yield Reach(total, node, value, judge(Shape.SUM, value, goal, leeway=work.leeway), Shape.SUM, (whole, part))


def leads(work: Work, e: Entry) -> bool:
    """Whether an amount is the basis' own overall figure: nothing says that it is shared,
    a remainder, or only a part of what is meant."""
    if any(s.kind in ("share", "balance") for s in work.statements):
        # 余下764.82万元列入本年预算: a remainder counts where the words give it to this budget.
        kind = e.statement.kind if e.statement is not None else ""
        around = work.text[work.tokens[e.token].start - 12 if work.tokens[e.token].start > 12 else 0 : work.tokens[e.token].end + 10]
        last = not any(x.token > e.token for x in work.entries)
        return kind in ("balance", "share") and last and THIS_BUDGET.search(around) is not None and settled(work)
    return settled(work)


def overall(work: Work, e: Entry, top: Sequence[Entry]) -> bool:
    """Whether a total stands over everything else in the text."""
    return all(x is e or x.within is not None for x in top)


def complete(work: Work, items: Sequence[Entry]) -> bool:
    """Whether the items are all of them: every amount used, no words for more."""
    if not settled(work) or any(s.kind in ("share", "balance") for s in work.statements):
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
    for i, token in enumerate(work.tokens):
        if token.kind is Kind.DAMAGED:
            return False
        if token.kind is Kind.CUE and "more" in token.data:
            return False
        if token.kind is Kind.FIGURE and token.data.money == 1 and i not in work.used and not (
            token.data.bound or "previous" in token.data.roles
        ) and not any(
            e.token == i for e in work.entries
        ):
            return False
    return True
