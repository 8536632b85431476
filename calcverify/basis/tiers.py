"""Tiered percentages: ``300万元以内部分0.9%，超过300万元部分0.6%；送审造价750万元，应付5.4万元``."""

from __future__ import annotations

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Node, Product, Sum
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Entry, Statement, Work, own_unit
from calcverify.exact.units import show
from calcverify.exact.verdict import Shape, Verdict, judge
from calcverify.patterns import pattern

BELOW = pattern("以内|以下|不超过|及以下")
ABOVE = pattern("以上|超过|超出|以外")
SHARES = frozenset({"percent", "permille"})


def read_tiers(work: Work) -> None:
    """Add the statement of a two-tier charge: one threshold, two rates, a base and a result."""
    figures = [(i, f) for i, f in work.figures() if f.money == 1 or f.kind in SHARES]
    for k in range(len(figures) - 5):
        window = figures[k : k + 6]
        kinds = ["m" if f.money == 1 else "%" for _, f in window]
        if kinds != ["m", "%", "m", "%", "m", "m"]:
            continue
        (a, first), (b, low), (c, second), (d, high), (e, base), (r, result) = window
        if first.value != second.value or base.value <= first.value or work.used.get(r) is not None:
            continue
        if not BELOW.search(around(work, a, b)) or not ABOVE.search(around(work, c, d)):
            continue
        if work.sentence[r] - work.sentence[a] > 1:
            continue
        settle(work, (a, b, d, e), (first, low, high, base), r, result)
        return


def around(work: Work, threshold: int, rate: int) -> str:
    """The words from a threshold's label to its rate."""
    figure: Figure = work.tokens[threshold].data
    return work.text[figure.label : work.tokens[rate].start]


def settle(work: Work, tokens: tuple[int, ...], parts: tuple[Figure, ...], r: int, result: Figure) -> None:
    """threshold × low + (base − threshold) × high, compared with the result."""
    first, low, high, base = (leaf_of(f) for f in parts)
    beyond: Node = Sum((base, first), (True, False))
    node = Sum((Product((first, low), (True, True)), Product((beyond, high), (True, True))), (True, True))
    value = evaluate(node)
    assert value is not None, "a sum of products has a value"
    verdict = judge(Shape.PRODUCT, value.value, target_of(result), leeway=work.leeway)
    statement = work.add(
        Statement("share", node, value.value, show(own_unit(result)), result, verdict, Shape.PRODUCT, tokens)
    )
    for i in tokens:
        work.used[i] = "operand"
    for i, token in enumerate(work.tokens[tokens[0] : r], tokens[0]):
        if token.kind is Kind.FIGURE:
            work.used.setdefault(i, "label")
    work.used[r] = "result"
    work.entries.append(
        Entry(r, r, result.value, node, result, result.roles, rounded=verdict is not Verdict.EXACT, statement=statement)
    )

