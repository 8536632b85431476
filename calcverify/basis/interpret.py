"""What a written computation gives in the unit of the figure it is compared with.

Here bare numbers get their unit: ``24万×0.88×160元+5万`` ends in 元, ``333人×2万`` is
money because its result is. Each assumption is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.evaluate import evaluate, leaves
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.tokens import Figure
from calcverify.basis.work import GOOD, own_unit, with_scale
from calcverify.exact.units import NONE, YUAN, Unit, power_of, show, without
from calcverify.exact.verdict import USUAL, Addend, Leeway, Shape, Target, Verdict, judge

SHARES = frozenset({"percent", "permille", "fraction", "zhe", "cheng"})
EVENTS = frozenset({"场", "次", "期", "届", "回", "趟", "轮", "批", "课时", "餐", "人次", "场次", "批次", "期次", "班次"})
TIMES_LEFT = ("月", "天", "小时", "周", "季", "学期")


class Reading(NamedTuple):
    """One way to take a computation and its stated figure, with the verdict."""

    node: Node
    computed: Fraction
    unit: str
    stated: Figure
    verdict: Verdict
    shape: Shape
    notes: tuple[tuple[str, str], ...] = ()
    issues: tuple[str, ...] = ()


def target_of(figure: Figure) -> Target:
    """The figure as a target of the judge."""
    return Target(figure.value, figure.place, figure.hedged, figure.high)


def shape_of(node: Node) -> Shape:
    """A sum of plain figures carries; products do not."""
    return Shape.PRODUCT


def all_bare(node: Node) -> bool:
    """Whether no figure of the expression has a unit of its own."""
    plain = [leaf for leaf in leaves(node) if leaf.kind not in SHARES]
    return bool(plain) and all(leaf.bare and leaf.kind in ("arabic", "chinese", "mixed") for leaf in plain)


def scaled(node: Node, scale: int) -> Node:
    """The expression with every term taken in ``scale`` 元 (one factor of a product)."""
    if isinstance(node, Leaf):
        return node._replace(value=node.value * scale, place=node.place * scale, scale=scale, unit=YUAN, bare=False)
    if isinstance(node, Sum):
        return Sum(tuple(scaled(t, scale) for t in node.terms), node.signs)
    head, *rest = node.factors
    return Product((scaled(head, scale), *rest), node.ups)


def scaled_rate(node: Node, scale: int) -> Node:
    """Under 单位：万元 the bare factor of a product is the rate: 12人×0.65×12月=93.6."""
    if scale == 1 or not isinstance(node, Product):
        return node if scale == 1 else scaled(node, scale)
    bare = next(k for k, f in enumerate(node.factors) if isinstance(f, Leaf) and f.bare and f.kind not in SHARES)
    factors = tuple(scaled(f, scale) if k == bare else f for k, f in enumerate(node.factors))
    return Product(factors, node.ups)


def bare_terms_scaled(node: Node, scale: int) -> Node:
    """1+2.8=3.8万元: the bare terms of a sum take the scale of the result."""
    if not isinstance(node, Sum):
        return node
    return Sum(
        tuple(
            t._replace(value=t.value * scale, place=t.place * scale, scale=scale, unit=YUAN, bare=False)
            if isinstance(t, Leaf) and t.bare and t.scale == 1 and not t.unit
            else t
            for t in node.terms
        ),
        node.signs,
    )


def readings(node: Node, stated: Figure, heading: int = 0, leeway: Leeway = USUAL) -> Iterator[Reading]:
    """The ways to take ``node`` = ``stated``, the plainest first; none where the units
    contradict each other."""
    value = evaluate(node)
    if value is None or value.clash:
        return
    money, wanted = power_of(value.unit, "元"), power_of(stated.unit, "元")
    shape = shape_of(node)

    def reading(n: Node, computed: Fraction, unit: str, figure: Figure, *notes: tuple[str, str], issues: tuple[str, ...] = ()) -> Reading:
        verdict = judge(shape, computed, target_of(figure), addends_of(n), leeway=leeway)
        return Reading(n, computed, unit, figure, verdict, shape, notes, issues)

    if stated.kind in ("percent", "permille", "fraction", "cheng", "zhe") and not stated.unit:
        if not money or money == 0:
            yield reading(node, value.value, "", stated)
        return
    if wanted == 1:
        if money == 1:
            issues = left_over(value.unit, value.loose, stated)
            yield reading(node, value.value, show(own_unit(stated)), stated, issues=issues)
            if power_of(value.unit, "月") < 0 and power_of(stated.unit, "月") == 0:
                longer = Product((node, months_leaf(node)), (True, True))
                yield reading(longer, value.value * 12, show(own_unit(stated)), stated, ("months", "12"), issues=("months-left-out",))
        elif money == 0 and (value.loose or not value.unit):
            if not value.unit or value.loose:
                yield reading(node, value.value, show(own_unit(stated)), stated, ("money", ""))
        plain = without_conversion(node, stated.scale)
        same = evaluate(plain) if plain is not None else None
        if plain is not None and same is not None and not same.clash:
            yield reading(plain, same.value, show(own_unit(stated)), stated, ("converted", str(stated.scale)))
        if stated.scale > 1 and all_bare(node):
            yield reading(scaled(node, stated.scale), value.value * stated.scale, show(own_unit(stated)), stated, ("scale", str(stated.scale)))
        elif stated.scale > 1 and isinstance(node, Sum):
            other = bare_terms_scaled(node, stated.scale)
            again = evaluate(other) if other != node else None
            if again is not None and not again.clash:
                yield reading(other, again.value, show(own_unit(stated)), stated, ("scale", str(stated.scale)))
        return
    if wanted == 0 and not stated.unit:
        if heading and money == 0 and stated.scale == 1 and (value.loose or all_bare(node)):
            if heading >= 1000 and any(leaf.value >= 100 for leaf in leaves(node) if leaf.bare and leaf.kind not in SHARES):
                # 单位：万元。15场×800=12000: 元 and 万元 both fit, and the words do not say which.
                first = reading(node, value.value, "元", stated._replace(unit=YUAN), ("stated-unit", "元"), issues=("heading-conflict",))
                yield first._replace(verdict=first.verdict if first.verdict is not Verdict.EXACT else Verdict.EXACT)
            else:
                yield reading(
                    scaled_rate(node, heading), value.value * heading, "元", with_scale(stated, heading), ("stated-unit", str(heading))
                )
        if money == 1:
            yield reading(node, value.value, "元", stated._replace(unit=YUAN), ("stated-unit", "元"))
            for scale in dict.fromkeys((heading, 10**4, 10**8)):
                if scale > 1 and stated.scale == 1:
                    yield reading(node, value.value, "元", with_scale(stated, scale), ("stated-unit", str(scale)))
        elif money == 0:
            yield reading(node, value.value, show(value.unit) if not value.loose else "", stated)
            for scale in dict.fromkeys((heading, 10**4)):
                if scale > 1 and stated.scale == 1:
                    yield reading(node, value.value, "元", with_scale(stated, scale), ("stated-unit", str(scale)))
        return
    if wanted == 0 and money == 0:
        yield reading(node, value.value, show(own_unit(stated)), stated)


def without_conversion(node: Node, scale: int) -> Node | None:
    """450元×170÷10000=7.65万元: the ÷10000 only turns 元 into the 万元 of the result."""
    if scale == 1 or not isinstance(node, Product):
        return None
    kept = [
        (f, up) for f, up in zip(node.factors, node.ups, strict=True)
        if up or not (isinstance(f, Leaf) and f.value == scale and not f.unit)
    ]
    if len(kept) != len(node.factors) - 1:
        return None
    return Product(tuple(f for f, _ in kept), tuple(up for _, up in kept)) if len(kept) > 1 else kept[0][0]


def addends_of(node: Node) -> tuple[Addend, ...]:
    """A written-out equation has no addends that may carry: its figures are as written."""
    return ()


def with_months(node: Node) -> Node | None:
    """The expression with the year's twelve months in every term whose rate has 月 over;
    ``None`` where no term does."""
    if isinstance(node, Sum):
        terms = [with_months(t) for t in node.terms]
        if all(t is None for t in terms):
            return None
        return Sum(tuple(new or old for new, old in zip(terms, node.terms, strict=True)), node.signs)
    value = evaluate(node)
    if value is None or power_of(value.unit, "月") >= 0 or value.loose:
        return None
    twelve = months_leaf(node)
    if isinstance(node, Product):
        return Product((*node.factors, twelve), (*node.ups, True))
    return Product((node, twelve), (True, True))


def months_leaf(node: Node) -> Leaf:
    """The twelve months that a formula left out, placed at its last figure."""
    *_, last = leaves(node)
    return Leaf(last.span, Fraction(12), (("月", 1),), Fraction(1))


def left_over(unit: Unit, loose: bool, stated: Figure) -> tuple[str, ...]:
    """The units that nothing cancelled, as issues (design section 6, units left over)."""
    rest = [(n, p) for n, p in without(unit, "元") if (n, p) not in stated.unit]
    under = [n for n, p in rest if p < 0 and n != "年"]
    if not under or loose:
        return ()
    if any(n in TIMES_LEFT for n in under):
        return ("time-left",)
    over = [n for n, p in rest if p > 0]
    events = [n for n in under if n in EVENTS]
    persons = "人" in over and not any(n in ("人", "人次", "生") for n in under)
    if (events and not any(n in EVENTS for n in over)) or persons:
        return ("rate-left",)  # 15个社区×800元/场: how many 场 is not said
    return ("counter-differs",) if over else ("rate-left",)


def in_yuan(reading: Reading, around: bool) -> Reading:
    """A bare equation is in 元 where the text around it speaks of 元."""
    if around and reading.unit == "" and all_bare(reading.node) and not reading.stated.unit and reading.stated.kind == "arabic":
        return reading._replace(unit="元", stated=reading.stated._replace(unit=YUAN), notes=(*reading.notes, ("money", "")))
    return reading


def best(options: Iterator[Reading]) -> Reading | None:
    """The first reading that holds, else the plainest.

    Where no figure of the expression has a unit and nothing holds, the reading nearest
    to the stated figure is the one that was meant: 1+2.8=3.9万元 adds 万元.
    """
    missed: list[Reading] = []
    for option in options:
        if option.verdict in GOOD:
            return option
        missed.append(option)
    if not missed:
        return None
    if all_bare(missed[0].node) and len(missed) > 1:
        return min(missed, key=lambda r: abs(r.stated.value - r.computed) / (abs(r.computed) or 1))
    return missed[0]
