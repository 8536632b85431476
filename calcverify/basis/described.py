"""What part of a whole an amount is said to be: ``自筹552万元占60%，财政368万元占40%``, ``2023年付57万元（60%）``.

The words do not say of what, so that such a share only confirms.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.groups import amount_of_bracket, amounts_before
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Product
from calcverify.basis.portions import evaluate_rules
from calcverify.basis.rules import Rule
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


def read_explained(work: Work, rules: Sequence[Rule]) -> None:
    """预备费136.4万元（按前两项之和的5%计取）; 工程费952万元（中标价1190万元，按80%支付）: add what the share in the
    bracket behind an amount gives, where it gives the amount."""
    for rule in rules:
        i = amount_of_bracket(work, rule.token)
        if i is None or rule.parts or work.used.get(i) is not None or work.used.get(rule.token) is not None:
            continue
        inside = [k for k, f in work.figs if i < k and f.money and work.depth[k] and k < work.closing.get(i + 1, 0)]
        if any(k > rule.token for k in inside):
            continue
        figure: Figure = work.tokens[i].data
        found = product_of(work, inside[-1], rule.token, figure) if inside else evaluate_rules(work, i, [rule], {i})
        if found is not None and found.verdict in CONFIRMED:
            work.add(found)
            work.used[rule.token] = "operand"


def product_of(work: Work, base: int, share: int, figure: Figure) -> Statement | None:
    """A share of an amount as the statement about another."""
    if work.tokens[base].data.money != 1 or work.tokens[base].data.is_rate:
        return None
    node = Product((entry_of(work, base).node, leaf_of(work.tokens[share].data)), (True, True))
    value = evaluate(node)
    if value is None:
        return None
    verdict = judge(Shape.COMPOSED, value.value, target_of(figure), leeway=work.leeway)
    unit = show(own_unit(figure))
    return Statement("share", node, value.value, unit, figure, verdict, Shape.COMPOSED, (base, share))


def confirm(work: Work, amount: int, share: int) -> None:
    """Keep the share of the nearest whole that gives the amount."""
    figure: Figure = work.tokens[amount].data
    wholes = [i for i in amounts_before(work, amount, set()) if work.tokens[i].data.value > figure.value]
    for i in wholes[::-1][:MOST_WHOLES]:
        found = product_of(work, i, share, figure) if work.sentence[amount] - work.sentence[i] <= 1 else None
        if found is not None and found.verdict in CONFIRMED:
            work.add(found)
            work.used[share] = "operand"
            return
