"""The amounts of a basis after a correction: which claim each has, and which total holds it.

What the total of the form is compared with is found among these amounts, as it was before;
claims that were taken away leave theirs as stated, claims that were added bring theirs.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.nodes import Leaf, Node, Sum
from calcverify.basis.work import Entry, Statement, Work
from calcverify.exact.units import power_of
from calcverify.exact.verdict import Shape, Verdict
from calcverify.source import Span
from calcverify.verify.spots import stretch

# Claims that put amounts together, which then stand under their figure.
GATHERING = frozenset({"sum", "partition", "balance"})


class Graph(NamedTuple):
    """A copy of a work, and which of its amounts stands for which of the original's (by ``id``)."""

    work: Work
    copies: Mapping[int, Entry]


def reworked(work: Work, removed: Collection[Statement], dropped: Collection[Node], dealt: Collection[Span]) -> Graph:
    """A copy of ``work`` without the claims of ``removed``, the expressions of ``dropped``, and what
    was not read in the stretches that a person has ``dealt`` with.
    """
    gone = {id(s) for s in removed}
    copies = {id(e): copy.copy(e) for e in reachable(work.entries)}
    for entry in copies.values():
        entry.within = copies.get(id(entry.within)) if entry.within is not None else None
        entry.parts = tuple(copies[id(p)] for p in entry.parts)
    for entry in copies.values():
        if entry.statement is not None and id(entry.statement) in gone:
            forget(entry)
    used = dict(work.used)
    for statement in removed:
        for token in statement.operands:
            used.pop(token, None)
        if statement.stated is not None:
            used.pop(statement.stated.index, None)
    mended = replace(
        work,
        used=used,
        statements=[s for s in work.statements if id(s) not in gone],
        entries=[copies[id(e)] for e in work.entries if not (e.derived and e.node in dropped)],
        issues=[(name, a, b) for name, a, b in work.issues if not within(stretch(work, a, b), dealt)],
        unread=[(a, b, name) for a, b, name in work.unread if not within(stretch(work, a, b), dealt)],
    )
    return Graph(mended, copies)


def within(span: Span, stretches: Collection[Span]) -> bool:
    """Whether a place lies in one of the stretches."""
    return any(s.start <= span.start and span.end <= s.end for s in stretches)


def reachable(entries: list[Entry]) -> Iterator[Entry]:
    """Every entry, and those that only a total or a part leads to."""
    seen: set[int] = set()
    todo = list(entries)
    while todo:
        entry = todo.pop()
        if id(entry) not in seen:
            seen.add(id(entry))
            yield entry
            todo += entry.parts
            todo += [entry.within] if entry.within is not None else []


def forget(entry: Entry) -> None:
    """An amount whose claim was taken away is an amount that the text states, no more."""
    entry.statement, entry.composed, entry.rounded = None, False, False
    if entry.figure is not None:
        entry.node = leaf_of(entry.figure)
    for part in entry.parts:
        part.within = None
    entry.parts = ()


def bring(work: Work, statement: Statement, token: int) -> None:
    """Add the amount of a new claim at ``token``, or give the amount that stands there its claim."""
    work.statements.append(statement)
    for operand in statement.operands:
        work.used[operand] = "operand"
    figure = statement.stated
    if figure is None:
        if is_money(statement.unit):
            work.entries.append(Entry(token, token, statement.computed, statement.node, None, derived=True))
        return
    if figure.index >= 0:
        work.used[figure.index] = "result"
    if statement.unit != "元":
        return
    entry = next((e for e in work.entries if e.figure is not None and 0 <= figure.index == e.token), None)
    if entry is None:
        entry = Entry(token, token, figure.value, statement.node, figure, figure.roles)
        work.entries.append(entry)
        work.entries.sort(key=lambda e: e.token)
    entry.statement, entry.value, entry.figure, entry.node = statement, figure.value, figure, statement.node
    entry.composed = statement.shape is Shape.COMPOSED
    entry.rounded = statement.verdict is not Verdict.EXACT
    if statement.kind in GATHERING:
        entry.parts = tuple(gathered(work, entry, statement.node))
        for part in entry.parts:
            part.within = entry


def is_money(unit: str) -> bool:
    """Whether a value of a printed unit is an amount of money or a rate of it."""
    return unit == "元" or unit.startswith("元/")


def gathered(work: Work, whole: Entry, node: Node) -> Iterator[Entry]:
    """The amounts that a claim adds up, those that stand where its figures do first."""
    free = [e for e in work.entries if e is not whole and e.within is None and not above(whole, e)]
    for leaf in amounts(node):
        fitting = [e for e in free if e.value == leaf.value]
        here = [e for e in fitting if e.figure is not None and leaf.span == (e.figure.start, e.figure.end)]
        if here or fitting:
            found = (here or fitting)[0]
            free.remove(found)
            yield found


def above(entry: Entry, other: Entry) -> bool:
    """Whether ``other`` holds ``entry``, directly or not."""
    seen = 0
    up = entry.within
    while up is not None and seen < 100:
        if up is other:
            return True
        up, seen = up.within, seen + 1
    return False


def amounts(node: Node) -> Iterator[Leaf]:
    """The amounts of money in a computation, from left to right."""
    if isinstance(node, Leaf):
        if power_of(node.unit, "元") == 1:
            yield node
        return
    for part in node.terms if isinstance(node, Sum) else node.factors:
        yield from amounts(part)


def entries_under(work: Work, node: Node) -> tuple[Entry, ...]:
    """The amounts that the form's total adds up, in order; one that stands nowhere is an entry of its own."""
    terms = node.terms if isinstance(node, Sum) else (node,)
    free = [e for e in work.entries if e.within is None] + [e for e in work.entries if e.within is not None]
    found: list[Entry] = []
    for term in terms:
        value = term.value if isinstance(term, Leaf) else value_of(term)
        entry = next((e for e in free if e.value == value), None)
        if entry is None:
            token = found[-1].token if found else 0
            entry = Entry(token, token, value, term, None, derived=not isinstance(term, Leaf))
        else:
            free.remove(entry)
        found.append(entry)
    return tuple(found)


def value_of(node: Node) -> Fraction:
    """The value of a computation that divides by no zero."""
    value = evaluate(node)
    return value.value if value is not None else Fraction(0)
