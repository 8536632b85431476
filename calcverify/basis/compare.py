"""A figure against the amounts that should make it, and what a kept comparison leaves behind.

Totals, wholes and remainders all end here, so that ``甲6万元、乙3万元，合计9万元`` and ``9万元，
其中甲6万元、乙3万元`` are judged and remembered in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Node, Sum
from calcverify.basis.tokens import Figure
from calcverify.basis.work import Entry, Statement, Work, own_unit
from calcverify.exact.rational import ONE, ZERO, integer, total
from calcverify.exact.units import show
from calcverify.exact.verdict import Addend, Shape, Verdict, judge, may_carry

MINUS_ONE = integer(-1)
new = tuple.__new__  # a NamedTuple's own constructor takes twice as long


def figure_of(entry: Entry) -> Figure:
    """The figure of an entry that is written in the text: only such a one is compared."""
    assert entry.figure is not None, "only a written figure is compared"
    return entry.figure


def figure_node(entry: Entry) -> Node:
    """The stated figure of an entry as an operand, else what it was computed from."""
    return leaf_of(entry.figure) if entry.figure is not None else entry.node


def value_of(entries: Sequence[Entry], signs: Sequence[bool] = ()) -> tuple[Node, Fraction]:
    """The sum of some entries, as a tree of their stated figures.

    A ``False`` in ``signs`` takes its entry off; without signs all are added.
    """
    marks = tuple(signs) or (True,) * len(entries)
    if len(entries) == 1:
        return figure_node(entries[0]), sum_of(entries, marks)
    return new(Sum, (tuple([figure_node(e) for e in entries]), marks)), sum_of(entries, marks)


def sum_of(entries: Sequence[Entry], signs: Sequence[bool] = ()) -> Fraction:
    """What some entries come to, those with a ``False`` in ``signs`` taken off."""
    if all(signs):
        return total([e.value for e in entries])
    return total([e.value if s else -e.value for e, s in zip(entries, signs, strict=True)])


def addends(entries: Sequence[Entry], signs: Sequence[bool] = ()) -> tuple[Addend, ...]:
    """The entries as addends that may carry: 8.3万元 and 4.4万元, each rounded, may make 12.8万元."""
    marks = tuple(signs) or (True,) * len(entries)
    return tuple([
        new(Addend, (ONE if s else MINUS_ONE, e.value, e.figure.place if e.figure else ZERO, e.roundable))
        for e, s in zip(entries, marks, strict=True)
    ])


def in_reach(stated: Fraction, items: Sequence[Fraction], most: Fraction | int = 5) -> bool:
    """Whether a miss can be one of arithmetic: less than ``most`` fold, a point or a unit misplaced in the
    total or in one of its items, or an item copied down into the total.

    8万元/年、6万元/年，分别有60辆、45辆，共计750万元: 14万元 is what was misread, not what was miscounted.
    """
    computed = total(items)
    low, high = sorted((stated, computed))
    if low <= 0 or high <= most * low or stated in items or power_of_ten(high / low):
        return True
    return misplaced(stated, items)


def misplaced(stated: Fraction, items: Sequence[Fraction]) -> bool:
    """Whether a point or a unit misplaced in one of the items would make them the stated figure."""
    computed = sum(items, Fraction(0))
    return any(item and power_of_ten((stated - computed + item) / item) for item in items)


def nearer(statement: Statement, other: Statement) -> bool:
    """Whether what some amounts come to is nearer to their figure than what others do: a slip is small beside an
    item too many or too few."""
    stated = statement.stated
    assert stated is not None, "a sum is compared with a figure"
    return abs(statement.computed - stated.value) < abs(other.computed - stated.value)


def power_of_ten(times: Fraction) -> bool:
    """Whether a number is within a hundredth of 10, 100, … or of a tenth, a hundredth, …."""
    if times <= 0:
        return False
    times = max(times, 1 / times)
    power = 10 ** (len(str(times.numerator // times.denominator)) - 1)
    return any(p > 1 and abs(times - p) * 100 <= p for p in (power, 10 * power))


def compare(work: Work, kind: str, stated: Entry, entries: Sequence[Entry], signs: Sequence[bool] = ()) -> Statement:
    """The statement that some entries give the figure of ``stated``; nothing is kept yet.

    Where one of them was composed from the words alone, the sum is as unsure as it is.
    """
    node, value = value_of(entries, signs)
    figure = figure_of(stated)
    composed = bool([e for e in entries if e.figure is None and e.composed])
    shape = Shape.COMPOSED if composed else Shape.SUM
    target = target_of(figure)
    carrying = addends(entries, signs) if shape is Shape.SUM and may_carry(value, target) else ()
    verdict = judge(shape, value, target, carrying, leeway=work.leeway)
    unit, operands = show(own_unit(figure)) or "元", tuple([e.token for e in entries])
    return new(Statement, (kind, node, value, unit, figure, verdict, shape, operands, (), ()))


def keep(work: Work, statement: Statement, stated: Entry, entries: Sequence[Entry]) -> None:
    """Keep a statement; the entries are absorbed by the stated one and counted nowhere else."""
    kept = work.add(statement)
    for e in entries:
        if e.within is None and e is not stated:
            e.within = stated
        work.used.setdefault(e.token, "addend")
    stated.parts = tuple(entries)
    stated.rounded = stated.rounded or statement.verdict is not Verdict.EXACT
    if stated.statement is None:
        stated.statement = kept
    work.used[stated.token] = "result"
