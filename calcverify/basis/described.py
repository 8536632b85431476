"""What part of a whole an amount is said to be: ``自筹552万元占60%，财政368万元占40%``, ``2023年付57万元（60%）``.

The words do not say of what, so that such a share only confirms.
"""

from __future__ import annotations

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.groups import amounts_before
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Product
from calcverify.basis.tokens import SHARES, Figure
from calcverify.basis.work import CONFIRMED, Statement, Work, entry_of, own_unit
from calcverify.exact.units import show
from calcverify.exact.verdict import Shape, judge

BEHIND = ("占", "（", "(", "（占", "(占", "，占", "占比", "（占比", "，占比")
MOST_WHOLES = 6


def read_described(work: Work) -> None:
    """Add a share for each amount that is followed by its part of an amount before it."""
    if not work.shares:
        return
    for (a, amount), (b, share) in zip(work.figs, work.figs[1:], strict=False):
        if share.kind not in SHARES or amount.money != 1 or amount.is_rate or work.used.get(b) is not None:
            continue
        if work.text[amount.end : share.start].strip() in BEHIND:
            confirm(work, a, b)


def confirm(work: Work, amount: int, share: int) -> None:
    """Keep the share of the nearest whole that gives the amount."""
    figure: Figure = work.tokens[amount].data
    wholes = [i for i in amounts_before(work, amount, set()) if work.tokens[i].data.value > figure.value]
    for i in wholes[::-1][:MOST_WHOLES]:
        if work.sentence[amount] - work.sentence[i] > 1 or work.tokens[i].data.is_rate:
            continue
        node = Product((entry_of(work, i).node, leaf_of(work.tokens[share].data)), (True, True))
        value = evaluate(node)
        if value is None:
            continue
        verdict = judge(Shape.COMPOSED, value.value, target_of(figure), leeway=work.leeway)
        if verdict in CONFIRMED:
            unit = show(own_unit(figure))
            work.add(Statement("share", node, value.value, unit, figure, verdict, Shape.COMPOSED, (i, share)))
            work.used[share] = "operand"
            return
