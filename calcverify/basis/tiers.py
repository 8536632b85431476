"""Tiered percentages: ``300万元以内部分0.9%，超过300万元部分0.6%；送审造价750万元，应付5.4万元``; or band by band:
``300万元以内按0.9%计2.7万元，300-750万元部分按0.6%计2.7万元``."""

from __future__ import annotations

from fractions import Fraction

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.rules import GIVES
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import GOOD, Entry, Statement, Work, own_unit
from calcverify.exact.rational import ZERO
from calcverify.exact.units import show
from calcverify.exact.verdict import Shape, Verdict, judge
from calcverify.patterns import pattern

BELOW = pattern("以内|以下|不超过|及以下")
ABOVE = pattern("以上|超过|超出|以外")
OF_BAND = pattern("(?:之?间)?的?部分[，,]?(?:按照?|以|费率|收费标准|比例|为|收取|计取|[：:])*$")
TO = pattern("[-－—–~～至到]{1,2}")
CHARGES = frozenset({"percent", "permille"})


def read_tiers(work: Work) -> None:
    """Add the statement of a two-tier charge: one threshold, two rates, a base and a result."""
    if not work.shares:
        return
    read_bands(work)
    figures = [(i, f) for i, f in work.figures() if f.money == 1 or f.kind in CHARGES]
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


def read_bands(work: Work) -> None:
    """Add what each band of a progressive charge comes to: 500-1000万元部分按1.8%计9万元.

    A base of 800万元 fills the band only so far. A band accuses where an amount that is no end of a band reaches to its
    top, and none lies inside it.
    """
    ends = {i for n in range(len(work.figs)) if (found := band_below(work, n)) is not None for i in found[1]}
    amounts = [f for i, f in work.figs if f.money == 1 and not f.is_rate and i not in ends and work.used.get(i) is None]
    for n in range(len(work.figs) - 2):
        (_, high), (b, rate), (r, result) = work.figs[n : n + 3]
        band = band_below(work, n)
        if band is None or rate.kind not in CHARGES or result.money != 1 or result.is_rate or result.high is not None:
            continue
        led = GIVES.fullmatch(work.text[rate.end : result.start].strip()) is not None
        if not led or work.used.get(r) is not None or OF_BAND.match(work.text[high.end : rate.start]) is None:
            continue
        width, tokens = band
        bottom = width.terms[1] if isinstance(width, Sum) else None
        low = bottom.value if isinstance(bottom, Leaf) else ZERO
        inside = [f for f in amounts if low < f.value < high.value and f is not result]
        node, value, verdict = charged(work, width, rate, result)
        for base in inside:
            if bottom is None or verdict in GOOD:
                break
            other = charged(work, Sum((leaf_of(base), bottom), (True, False)), rate, result)
            if other[2] in GOOD:
                node, value, verdict = other
        reaches = not inside and any(f.value >= high.value for f in amounts)
        for i in (*tokens, b):
            work.used[i] = "operand"
        if verdict not in GOOD and not reaches:
            work.unread.append((tokens[0], r, "unsure"))
            continue
        unit = show(own_unit(result))
        kept = work.add(Statement("share", node, value, unit, result, verdict, Shape.PRODUCT, (*tokens, b)))
        work.used[r] = "result"
        rounded = verdict is not Verdict.EXACT
        work.entries.append(Entry(r, r, result.value, node, result, result.roles, rounded=rounded, statement=kept))


def charged(work: Work, width: Node, rate: Figure, result: Figure) -> tuple[Node, Fraction, Verdict]:
    """What a rate takes of so much of a band, and how it compares with the figure."""
    node = Product((width, leaf_of(rate)), (True, True))
    value = evaluate(node)
    assert value is not None, "a product of amounts has a value"
    return node, value.value, judge(Shape.PRODUCT, value.value, target_of(result), leeway=work.leeway)


def band_below(work: Work, n: int) -> tuple[Node, tuple[int, ...]] | None:
    """How wide the band is whose upper end is the ``n``-th figure, and its tokens: 100万元以下, 500-1000万元, 500万元至
    1000万元; the lower end has the scale of the upper."""
    k, high = work.figs[n]
    if high.money != 1 or high.high is not None:
        return None
    if high.bound == "ceiling" and work.text[high.start : high.end].endswith(("以内", "以下")):
        return leaf_of(high), (k,)
    if high.bound or not n:
        return None
    i, low = work.figs[n - 1]
    if low.high is None and TO.fullmatch(work.text[low.end : high.start].strip()) is None:
        return None
    below = leaf_of(low)
    if low.bare:
        times = high.scale // low.scale
        below = below._replace(value=below.value * times, place=below.place * times, scale=high.scale, unit=high.unit)
    if below.value >= high.value or below.unit != high.unit:
        return None
    return Sum((leaf_of(high), below), (True, False)), (i, k)


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

