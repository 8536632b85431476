"""Rates that another rate gives: ``每生每天4元，全年190天，每生全年760元``. They are confirmed or left alone."""

from __future__ import annotations

from collections.abc import Sequence

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.counts import Counts, is_count
from calcverify.basis.evaluate import evaluate
from calcverify.basis.nodes import Node, Product
from calcverify.basis.tokens import Figure
from calcverify.basis.work import Statement, Work, own_unit
from calcverify.exact.units import power_of, show
from calcverify.exact.verdict import Shape, Verdict


def derived_rates(work: Work, rates: Sequence[int], counts: Counts) -> set[int]:
    """Add a statement for each of the rates that one before it gives; the rates that give one."""
    giving: set[int] = set()
    for rate in rates:
        for base in rates:
            if base < rate and work.sentence[base] == work.sentence[rate] and gives(work, base, rate, counts):
                giving.add(base)
                break
    return giving


def gives(work: Work, base: int, rate: int, counts: Counts) -> bool:
    """Whether one rate and a count for its one further denominator give another; adds the statement."""
    figure: Figure = work.tokens[rate].data
    start: Figure = work.tokens[base].data
    gone = [n for n, p in start.unit if p < 0 and (n, p) not in figure.unit]
    if len(gone) != 1 or any((n, p) not in start.unit for n, p in figure.unit if p < 0):
        return False
    found = [
        i for i, f in work.figs
        if base < i < rate and work.used.get(i) in (None, "base", "part", "whole")
        and power_of(f.unit, gone[0]) == 1 and is_count(f)
    ]
    count = leaf_of(work.tokens[found[-1]].data) if found else counts.span_of_time(gone[0], base, rate)
    if count is None:
        return False
    node: Node = Product((leaf_of(start), count), (True, True))
    value = evaluate(node)
    if value is None or value.value != figure.value:
        return False
    unit, tokens = show(own_unit(figure)), (base, *found[-1:])
    work.add(Statement("composed", node, value.value, unit, figure, Verdict.EXACT, Shape.COMPOSED, tokens))
    for i in tokens:
        work.used.setdefault(i, "operand")
    return True
