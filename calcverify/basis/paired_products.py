"""Products whose results stand in a list: ``甲12人、乙8人，每月分别为3000元、3500元，全年分别需43.2万元、33.6万元``.

The counts, the rates and the results may stand in three lists, or count and rate after one another; which are
meant is told by the results alone, so that all of them must hold, or all but one that a slip of the pen explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.counts import TIME, continued, is_count
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Leaf, Node, Product
from calcverify.basis.sureness import slip_of_pen
from calcverify.basis.tokens import Figure
from calcverify.basis.work import GOOD, Entry, Statement, Work, own_unit
from calcverify.exact.rational import ONE, integer
from calcverify.exact.units import Unit, power_of, show
from calcverify.exact.verdict import Shape, Verdict, judge
from calcverify.source import Span

REACH = 2  # sentences before the results in which counts and rates may stand
YEAR = (("月", 12), ("天", 365), ("季", 4))
NAME = 8  # characters of a 、 and the name before the next of a list
MOST_RUNS = 6  # ways to take the counts


def read_paired(work: Work, results: list[int]) -> bool:
    """Whether counts and rates before a list of amounts give all of them, or all but one; adds what they give."""
    rates = rates_before(work, results)
    if len(rates) != len(results):
        return False
    best: list[Statement] = []
    for counts in counts_before(work, results, rates):
        made = [product(work, c, r, t) for c, r, t in zip(counts, rates, results, strict=True)]
        good = sum(s is not None and s.verdict in GOOD for s in made)
        sure = all(
            s is not None and s.stated is not None and (s.verdict in GOOD or slip_of_pen(s.computed, s.stated))
            for s in made
        )
        if good == len(results) or (sure and good == len(results) - 1 > 1 and not best):
            best = [s for s in made if s is not None]
        if good == len(results):
            break
    if len(best) != len(results):
        return False
    for token, statement in zip(results, best, strict=True):
        keep(work, token, statement)
    return True


def rates_before(work: Work, results: Sequence[int]) -> list[int]:
    """As many rates before the results as there are, the last ones."""
    found = [
        i for i, f in work.figures()
        if i < results[0] and f.money == 1 and f.high is None and not f.bound
        and (f.is_rate or continued(work, i, f) is not None)
        and "previous" not in f.roles and work.sentence[results[0]] - work.sentence[i] <= REACH
    ]
    one = work.text.count("标准", 0, work.tokens[results[0]].start) == 1
    if len(found) == 1 or (found and one and len(found) < len(results)):
        return found[-1:] * len(results)  # 春季865人、秋季912人，标准每生500元，分别需43.25万元和45.6万元
    return found[-len(results) :]


def counts_before(work: Work, results: Sequence[int], rates: Sequence[int]) -> Iterator[list[int]]:
    """The counts that may belong to the rates: those of a list, the last before the results, the one next to each."""
    free = [
        (i, f) for i, f in with_units(work)
        if i < results[0] and f.unit and is_count(f) and not any(n in TIME for n, _ in f.unit[:1])
        and "previous" not in f.roles and work.sentence[results[0]] - work.sentence[i] <= REACH + 1
    ]
    wanted = [n for n, p in work.tokens[rates[0]].data.unit if p < 0 and n not in TIME]
    fitting = [i for i, f in free if not wanted or any(power_of(f.unit, n) > 0 for n in wanted)] or [i for i, _ in free]
    size = len(results)
    if len(fitting) >= size:
        plain = [i for i in fitting if "part" not in work.tokens[i].data.roles]
        for end in range(len(plain), max(size, len(plain) - MOST_RUNS) - 1, -1):
            yield plain[end - size : end]
    for end in range(len(fitting), size - 1, -1):
        yield fitting[end - size : end]
    beside = [max((i for i in fitting if i < r), default=-1) for r in rates]
    if min(beside) >= 0 and len(set(beside)) == size:
        yield beside


def with_units(work: Work) -> Iterator[tuple[int, Figure]]:
    """The figures; 213、198、206人 gives its unit to the bare ones before it."""
    for i, f in work.figures():
        yield i, shared_unit(work, f)


def shared_unit(work: Work, figure: Figure) -> Figure:
    """A bare figure of a list with the unit that stands behind the last of it: 甲班213、乙班198人."""
    last = figure
    while figure.bare and (following := work.figure_after(last.index)) is not None:
        between = work.text[last.end : following.start]
        if not between.startswith("、") or len(between) > NAME:
            break
        if following.unit:
            return figure._replace(unit=following.unit, bare=False) if not following.money else figure
        last = following
    return figure


def product(work: Work, count: int, rate: int, token: int) -> Statement | None:
    """A count at a rate, for a year where the rate is for a part of it, as the statement about an amount."""
    figure: Figure = work.tokens[token].data
    price: Figure = work.tokens[rate].data
    listed = continued(work, rate, price)
    price = price if listed is None else price._replace(unit=listed.unit)
    factors: list[Leaf] = [leaf_of(shared_unit(work, work.tokens[count].data)), leaf_of(price)]
    under = {n for n, p in price.unit if p < 0}
    first: Statement | None = None
    for more in ([], *([year(work, rate, n, times)] for n, times in YEAR if n in under)):
        leaves = (*factors, *more)
        node: Node = Product(leaves, (True,) * len(leaves))
        value = evaluate(node)
        if value is None or value.clash:
            return None
        verdict = judge(Shape.COMPOSED, value.value, target_of(figure), leeway=work.leeway)
        read = tuple(sorted((count, rate)))
        found = Statement(
            "composed", node, value.value, show(own_unit(figure)), figure, verdict, Shape.COMPOSED, read,
            (("months", "12"),) if more and more[0].unit == (("月", 1),) else (),
        )
        if verdict in GOOD:
            return found
        first = found if first is None or more else first
    return first


def year(work: Work, rate: int, name: str, times: int) -> Leaf:
    """The year as so many of what a rate is per."""
    end = work.tokens[rate].end
    unit: Unit = ((name, 1),)
    return Leaf(Span(end, end), integer(times), unit, ONE)


def keep(work: Work, token: int, statement: Statement) -> None:
    """Keep one of the products, and the entry of its result."""
    added = work.add(statement)
    for i in statement.operands:
        work.used[i] = "operand"
    work.used[token] = "result"
    figure: Figure = work.tokens[token].data
    work.entries.append(
        Entry(
            token, token, figure.value, statement.node, figure, figure.roles,
            rounded=statement.verdict is not Verdict.EXACT, composed=True, statement=added,
        )
    )
