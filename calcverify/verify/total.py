"""The form's total against what the basis gives (design section 6, claim 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import NamedTuple

from calcverify.basis.compare import addends, figure_node, in_reach, value_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import with_months
from calcverify.basis.nodes import Node, Sum
from calcverify.basis.reading import entries_on_top
from calcverify.basis.tokens import Kind
from calcverify.basis.work import CONFIRMED, GOOD, Entry, Statement, Work
from calcverify.exact import rational
from calcverify.exact.rational import integer, product, same
from calcverify.exact.verdict import Addend, Shape, Target, Verdict, judge, may_carry
from calcverify.forms.model import StatedTotal
from calcverify.patterns import pattern
from calcverify.verify.accusing import complete, leads, overall
from calcverify.verify.passed_over import passed_over

# 每月共计2万元 and a total of 24万元: the year is the form's, the month the text's.
YEAR = integer(12)  # months
MONTHLY = pattern("每月|月均|按月")
# 缺口9万元，其中镇自筹2万元，其余申请县财政: what is left of the gap is what the form is about.
OTHERS = pattern("其余|余下|剩余|不足部分")


new = tuple.__new__  # a NamedTuple's own constructor takes twice as long


class Reach(NamedTuple):
    """How a total was compared: what the basis gives, the verdict, and whether it counts.

    ``trivial`` is true where the basis only repeats the amount; ``accuses`` where a miss
    is an error and not a question; ``months`` where the year's twelve months had to be put
    in; ``doubtful`` where an amount is the total, and the text leads past it to this one; ``entries``
    are the amounts that it rests on.
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
    doubtful: bool = False


def target(total: StatedTotal) -> Target:
    """A stated total as a target of the judge."""
    return new(Target, (total.yuan, total.place, total.hedged, None))


def reach(work: Work, totals: Sequence[StatedTotal]) -> Reach | None:
    """The best way in which the basis meets a total of the form, or how it misses.

    ``None`` where the basis gives nothing to compare. The basis must meet the project's
    total or the year's amount; it misses only if it meets neither.
    """
    if not totals:
        return None
    missed: Reach | None = None
    near: Reach | None = None
    doubtful: Reach | None = None
    for total in totals:
        for way in ways(work, total):
            if way.doubtful:
                doubtful = doubtful or way
            elif way.verdict in GOOD:
                # 个人5元，财政87万元, and a total of 87万元: the 5元 does not come in by rounding.
                # 每季76.5万元，76.5万元×4=306万元；折合5.99元/平方米·月: the months that are put in go last.
                if not way.months and (way.verdict is Verdict.EXACT or not one_is_enough(work, total, way.entries)):
                    return way
                near = near or way
            elif missed is None or (way.accuses and not missed.accuses):
                missed = way
    return near or doubtful or missed


def one_is_enough(work: Work, total: StatedTotal, entries: Sequence[Entry]) -> bool:
    """Whether one of several amounts already is the total, so that the others only vanish in its rounding."""
    if len(entries) < 2:
        return False
    return any(
        e.value == total.yuan
        or (e.statement is not None and judge(Shape.PRODUCT, e.value, target(total), leeway=work.leeway) in CONFIRMED)
        for e in entries
    )


def ways(work: Work, total: StatedTotal) -> Iterator[Reach]:
    """What the basis gives, the likeliest first."""
    if not work.entries:
        return
    top = entries_on_top(work)
    goal = target(total)
    yield from by_months(work, total, top)
    yield from by_items_before(work, total, goal, top)
    yield from by_leader(work, total, goal, top)
    for e in top:
        if len(e.parts) > 1 and e.statement is not None and e.statement.kind in ("sum", "partition"):
            yield by_items(work, total, goal, e.parts, deep=True, accusing=False)
    if len(top) >= 2:
        yield from by_top(work, total, goal, top)
    yield from by_any(work, total, goal, top, [e for e in reversed(work.entries) if e.statement is not None])
    yield from less_another_payer(work, total, goal)
    stated = [e for e in reversed(work.entries) if e.figure is not None and e.value == total.yuan]
    yield from by_any(work, total, goal, top, stated)


def by_any(
    work: Work, total: StatedTotal, goal: Target, top: Sequence[Entry], entries: Sequence[Entry]
) -> Iterator[Reach]:
    """One amount of the text, whichever it is; 物业50万元、维修49万元，合计99万元 leads past its 49万元."""
    for e in entries:
        way = by_entry(work, total, goal, e, accuses=False)
        over = passed_over(work, e, top) if way.verdict in GOOD else None
        yield way if over is None else by_entry(work, total, goal, over, accuses=False)._replace(doubtful=True)


def by_months(work: Work, total: StatedTotal, top: Sequence[Entry]) -> Iterator[Reach]:
    """One month's 共计, and a total of twelve of them: to be asked."""
    for e in top:
        if same(product(e.value, YEAR), total.yuan) and MONTHLY.search(work.text[: work.tokens[e.token].start]):
            yield Reach(total, figure_node(e), e.value, Verdict.QUERY, Shape.COMPOSED, (e,), accuses=True)


def by_items_before(work: Work, total: StatedTotal, goal: Target, top: Sequence[Entry]) -> Iterator[Reach]:
    """甲5万元。乙3万元。县级安排8万元: the text states the form's total last, and the items before it make it."""
    if len(top) < 3:
        return
    last = top[-1]
    if last.figure is not None and last.statement is None and last.value == total.yuan:
        found = by_items(work, total, goal, top[:-1], accusing=False)
        if found.verdict in GOOD:
            yield found


def by_leader(work: Work, total: StatedTotal, goal: Target, top: Sequence[Entry]) -> Iterator[Reach]:
    """The figure that is applied for, or the only one; then the last total that the text computes."""
    for e in [x for x in work.entries if "request" in x.roles] + ([top[0]] if len(top) == 1 else []):
        only = len(top) == 1 or ("request" in e.roles and all(x.value == e.value for x in top))
        yield by_entry(work, total, goal, e, accuses=only and leads(work, e))
    for e in [x for x in reversed(top) if "sum" in x.roles and x.statement is not None][:1]:
        yield by_entry(work, total, goal, e, accuses=leads(work, e) and overall(e, top))


def by_top(work: Work, total: StatedTotal, goal: Target, top: Sequence[Entry]) -> Iterator[Reach]:
    """The amounts that nothing has absorbed, all of them or those of one sort."""
    yield from by_half(work, total, goal, top)
    if not shared_out(top):
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
    # 甲560万元；乙256万元；省级承担60%（489.6万元）: the share is of the others.
    bases = {e.token for e in top}
    shares = [e for e in top if e.statement is not None and e.statement.kind == "share"]
    whole = [e for e in top if e not in shares or e.statement is None or bases.isdisjoint(e.statement.operands)]
    if 2 <= len(whole) < len(top):
        yield by_items(work, total, goal, whole, accusing=False)


def by_half(work: Work, total: StatedTotal, goal: Target, top: Sequence[Entry]) -> Iterator[Reach]:
    """来源：省300万元、县300万元；支出：设备480万元、安装120万元: two lists that each make the total."""
    so_far = [Fraction(0), *accumulate(e.value for e in top)]
    for k in range(2, len(top) - 1):
        if so_far[k] == total.yuan and so_far[-1] - so_far[k] == total.yuan:
            yield by_items(work, total, goal, top[k:], accusing=False)
            yield by_items(work, total, goal, top[:k], accusing=False)


def shared_out(top: Sequence[Entry]) -> bool:
    """总投资4581万元，市级负担80%即3664.8万元，县级20%即916.2万元: what payers bear is not added to what it is of."""
    for whole in top:
        shares = [
            e for e in top
            if e.statement is not None and e.statement.kind == "share" and whole.token in e.statement.operands
        ]
        if len(shares) > 1 and rational.total(e.value for e in shares) == whole.value:
            return True
    return False


def by_entry(work: Work, total: StatedTotal, goal: Target, e: Entry, accuses: bool) -> Reach:
    """The total is one figure of the text, with the computation under it."""
    statement = statement_under(work, e)
    if statement is not None and statement.stated is not None:
        own = judge(Shape.PRODUCT, e.value, goal, leeway=work.leeway)
        if own in CONFIRMED:
            return by_repeated(work, total, goal, e, statement, own)
    if statement is None and e.figure is not None:
        other = by_rest_of_whole(work, total, goal, e)
        if other is not None:
            return other
    node, value, shape = computation_of(e, statement)
    summed = statement is not None and statement.shape is Shape.SUM
    terms = addends(e.parts) if summed and len(e.parts) > 1 else ()
    trivial = statement is None and e.figure is not None
    verdict = judge(shape, value, goal, terms, leeway=work.leeway)
    if verdict not in GOOD and e.derived:
        longer = by_year(work, Reach(total, node, value, verdict, shape, (e,)), goal, terms)
        if longer is not None:
            return longer
    accuses = accuses and shape is not Shape.COMPOSED and not trivial
    return Reach(total, node, value, verdict, shape, (e,), trivial, accuses)


def statement_under(work: Work, e: Entry) -> Statement | None:
    """The judged computation of an amount, else one that gives the same amount elsewhere in the text."""
    statement = e.statement or next(
        (
            x.statement
            for x in work.entries
            if x.statement is not None and x.statement.verdict in GOOD and x.value == e.value
        ),
        None,
    )
    return statement if statement is not None and statement.verdict is not None else None


def computation_of(e: Entry, statement: Statement | None) -> tuple[Node, Fraction, Shape]:
    """What an amount stands for: its computation where that holds, else the figure itself."""
    if statement is None:
        return e.node, e.value, Shape.COMPOSED if e.composed and e.figure is None else Shape.PRODUCT
    node, value, shape = statement.node, statement.computed, statement.shape
    if e.figure is None:
        return node, value, Shape.COMPOSED if e.composed else shape
    if statement.verdict not in GOOD:
        return figure_node(e), e.value, shape
    # The text states a composed figure itself, and it was confirmed.
    return node, value, Shape.PRODUCT if shape is Shape.COMPOSED else shape


def by_repeated(
    work: Work, total: StatedTotal, goal: Target, e: Entry, statement: Statement, own: Verdict
) -> Reach:
    """The form repeats the figure that the text states: what stands under it was judged there already."""
    terms = addends(e.parts) if len(e.parts) > 1 and statement.shape is Shape.SUM else ()
    verdict = judge(statement.shape, statement.computed, goal, terms, leeway=work.leeway)
    if own is Verdict.EXACT or verdict not in GOOD:
        verdict = statement.verdict if statement.verdict in GOOD else own
    return Reach(total, statement.node, statement.computed, verdict, statement.shape, (e,))


def by_rest_of_whole(work: Work, total: StatedTotal, goal: Target, e: Entry) -> Reach | None:
    """总投资8万元，其中省级5万元，县级3万元, and a total of 3万元: the whole less the other parts."""
    whole = e.within
    if whole is None or e not in whole.parts or whole.figure is None or e.value != total.yuan:
        return None
    others = [x for x in whole.parts if x is not e]
    if not others or not adds_up(work, whole):
        return None
    entries, signs = [whole, *others], [True] + [False] * len(others)
    node, value = value_of(entries, signs)
    terms = addends(entries, signs) if may_carry(value, goal) else ()
    verdict = judge(Shape.SUM, value, goal, terms, leeway=work.leeway)
    return Reach(total, node, value, verdict, Shape.SUM, tuple(entries))


def by_year(work: Work, missed: Reach, goal: Target, terms: Sequence[Addend]) -> Reach | None:
    """3人×2000元/月, and a total of 72000元: the year's twelve months put in, where they meet the total."""
    longer = with_months(missed.node)
    again = evaluate(longer) if longer is not None else None
    if longer is None or again is None:
        return None
    verdict = judge(missed.shape, again.value, goal, terms, leeway=work.leeway)
    if verdict not in CONFIRMED:
        return None
    return missed._replace(node=longer, value=again.value, verdict=verdict, months=True)


def adds_up(work: Work, whole: Entry) -> bool:
    """Whether the parts of a whole were found to make it."""
    return any(
        s.kind in ("partition", "sum") and s.verdict in GOOD and s.stated is not None and s.stated.index == whole.token
        for s in work.statements
    )


def by_items(
    work: Work, total: StatedTotal, goal: Target, items: Sequence[Entry], deep: bool = False, accusing: bool = True
) -> Reach:
    """The total is the sum of the items; ``deep`` takes what they were computed from."""
    composed = any(e.composed and e.figure is None for e in items)
    shape = Shape.COMPOSED if composed else Shape.SUM
    terms: tuple[Addend, ...] = ()
    if deep:
        under = [computed_under(e) for e in items]
        node: Node = Sum(tuple(n for n, _ in under), (True,) * len(under))
        value = rational.total(v for _, v in under)
    else:
        node, value = value_of(items)
        terms = addends(items) if not composed and may_carry(value, goal) else ()
    verdict = judge(shape, value, goal, terms, leeway=work.leeway)
    # 建安费1.26亿元、征迁费4300万元已由前期批复解决，本次仅列预备费: 1.69亿元 is no sum that came out as 800万元.
    near = in_reach(total.yuan, [e.value for e in items])
    accuses = accusing and near and not composed and complete(work, items)
    return Reach(total, node, value, verdict, shape, tuple(items), accuses=accuses)


def computed_under(e: Entry) -> tuple[Node, Fraction]:
    """What an amount was computed from, and what that comes to."""
    return (e.statement.node, e.statement.computed) if e.statement is not None else (e.node, e.value)


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
    for whole, part in pairwise(rests):
        if not part_cue_before(work, whole, part):
            continue
        # The gap as it is written, then as it was computed.
        for left, start in ((figure_node(whole), whole.value), computed_under(whole)):
            value = start - part.value
            node = Sum((left, figure_node(part)), (True, False))
            verdict = judge(Shape.SUM, value, goal, leeway=work.leeway)
            yield Reach(total, node, value, verdict, Shape.SUM, (whole, part))


def part_cue_before(work: Work, whole: Entry, part: Entry) -> bool:
    """Whether a 其中 stands before an amount, in its own sentence and behind the whole."""
    sentence = work.sentence[part.token]
    return any(
        t.kind is Kind.CUE and "part" in t.data and work.sentence[k] == sentence
        for k, t in enumerate(work.tokens[whole.token : part.token], whole.token)
    )
