"""How much an amount grew or fell: ``申请386万元，较上年412万元减少26万元`` says 412万元 − 386万元.

The words leave open which amount changed, so that such a difference only confirms.
"""

from __future__ import annotations

from calcverify.basis.amounts import CHANGED, REACH, compared
from calcverify.basis.compare import figure_node
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Sum
from calcverify.basis.tokens import Figure
from calcverify.basis.work import GOOD, Entry, Statement, Work, entry_of, own_unit
from calcverify.exact.units import show
from calcverify.exact.verdict import Shape, judge

MOST = 12  # amounts of a text that may be the one that changed


def read_changes(work: Work) -> None:
    """Add the differences from another year's amount that hold."""
    for number, (i, figure) in enumerate(work.figs if work.compares else ()):
        if number == 0 or figure.money != 1 or figure.is_rate:
            continue
        if not CHANGED.search(work.text, max(0, figure.start - REACH), figure.start):
            continue
        base = next((f for k, f in reversed(work.figs[:number]) if f.money == 1 and not f.is_rate), None)
        if base is None or not (compared(work, base.index, base) or "previous" in base.roles):
            continue
        settle(work, i, figure, entry_of(work, base.index))


def settle(work: Work, i: int, figure: Figure, base: Entry) -> None:
    """The first amount whose difference from ``base`` is the figure of token ``i``."""
    others = [e for e in reversed(work.entries) if e.token not in (i, base.token) and e.figure is not None]
    for e in others[:MOST]:
        larger, smaller = (e, base) if e.value >= base.value else (base, e)
        value = larger.value - smaller.value
        verdict = judge(Shape.SUM, value, target_of(figure), (), leeway=work.leeway)
        if verdict in GOOD:
            node = Sum((figure_node(larger), figure_node(smaller)), (True, False))
            operands = (larger.token, smaller.token)
            unit = show(own_unit(figure))
            work.add(Statement("balance", node, value, unit, figure, verdict, Shape.SUM, operands))
            work.used.setdefault(i, "label")
            return
