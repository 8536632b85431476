"""What a written computation gives in the unit of the figure it is compared with.

Here bare numbers get their unit: ``1.5万×0.7×40元+3万`` ends in 元, ``85人×3万`` is
money because its result is. Each assumption is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from calcverify.basis.evaluate import Value, evaluate, leaves
from calcverify.basis.measures import ratio
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.tokens import Figure
from calcverify.basis.work import GOOD, own_unit, with_scale
from calcverify.exact.rational import product
from calcverify.exact.units import YUAN, Unit, power_of, show, times, without
from calcverify.exact.verdict import USUAL, Leeway, Shape, Target, Verdict, judge

SHARES = frozenset({"percent", "permille", "fraction", "zhe", "cheng"})
# What takes place a number of times: a rate per 场 that no count of 场 cancels is left over.
EVENTS = frozenset(
    {"场", "次", "期", "届", "回", "趟", "轮", "批", "课时", "餐", "人次", "场次", "批次", "期次", "班次"}
)
TIMES_LEFT = ("月", "天", "小时", "周", "季", "学期")

# An assumption of a reading and its detail: ("months", "12").
Note: TypeAlias = tuple[str, str]


new = tuple.__new__  # a NamedTuple's own constructor takes twice as long


class Reading(NamedTuple):
    """One way to take a computation and its stated figure, with the verdict."""

    node: Node
    computed: Fraction
    unit: str
    stated: Figure
    verdict: Verdict
    shape: Shape
    notes: tuple[Note, ...] = ()
    issues: tuple[str, ...] = ()


def target_of(figure: Figure) -> Target:
    """The figure as a target of the judge."""
    return new(Target, (figure.value, figure.place, figure.hedged, figure.high))


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
    """Under 单位：万元 the bare factor of a product is the rate: 14人×0.45×12月=75.6."""
    if scale == 1 or not isinstance(node, Product):
        return node if scale == 1 else scaled(node, scale)
    bare = next(k for k, f in enumerate(node.factors) if isinstance(f, Leaf) and f.bare and f.kind not in SHARES)
    factors = tuple(scaled(f, scale) if k == bare else f for k, f in enumerate(node.factors))
    return Product(factors, node.ups)


def bare_terms_scaled(node: Node, scale: int) -> Node:
    """2+1.7=3.7万元: the bare terms of a sum take the scale of the result."""
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


def readings(
    node: Node, stated: Figure, heading: int = 0, leeway: Leeway = USUAL, own: Value | None = None
) -> Iterator[Reading]:
    """The ways to take ``node`` = ``stated``, the plainest first; none where the units
    contradict each other. ``heading`` is what a bare figure is worth under 单位：万元, ``own``
    what ``node`` gives where that is known."""
    value = own = evaluate(node) if own is None else own
    if value is None or own is None or value.clash:
        return
    here, there = without(value.unit, "元"), without(own_unit(stated), "元")
    same = ratio(here, there) if here != there and here and there else None
    if same is not None:  # 20000平方米=2公顷
        unit = times(there, tuple(pair for pair in value.unit if pair[0] == "元"))
        value = value._replace(value=product(value.value, same.factor), unit=unit, rough=value.rough or same.rough)
    case = new(Case, (node, value, stated, heading, leeway, own))
    money, wanted = power_of(value.unit, "元"), power_of(stated.unit, "元")
    if stated.kind in SHARES and not stated.unit:
        if not money:
            yield case.reading(node, value.value, "", stated)
    elif wanted == 1:
        yield from case.of_money()
    elif wanted == 0 and not stated.unit:
        yield from case.of_bare()
    elif wanted == 0 and money == 0:
        yield case.reading(node, value.value, show(own_unit(stated)), stated)


class Case(NamedTuple):
    """A computation, what it gives in the measures of the figure that it is compared with, that figure;
    ``own`` is what it gives in its own measures."""

    node: Node
    value: Value
    stated: Figure
    heading: int
    leeway: Leeway
    own: Value

    def reading(
        self, node: Node, computed: Fraction, unit: str, stated: Figure, *notes: Note, issues: tuple[str, ...] = ()
    ) -> Reading:
        """One reading. A written-out equation has no addends that may carry: its figures are as written."""
        # 192人+49人=240人: a sum is not rounded to the tens that its figure ends in, as a product may be.
        added = isinstance(node, Sum) and all(isinstance(term, Leaf) for term in node.terms)
        shape = Shape.SUM if added else Shape.PRODUCT
        verdict = judge(shape, computed, target_of(stated), (), leeway=self.leeway)
        return new(Reading, (node, computed, unit, stated, verdict, shape, notes, issues))

    def of_money(self) -> Iterator[Reading]:
        """The readings where the stated figure is money: as written, with the year's months, with
        bare figures as money, without a conversion, with the result's scale."""
        node, value, stated = self.node, self.value, self.stated
        unit = show(own_unit(stated))
        money = power_of(value.unit, "元")
        if money == 1:
            issues = left_in_terms(node, stated.unit, self.own)
            yield self.reading(node, value.value, unit, stated, issues=issues)
            if power_of(value.unit, "月") < 0 and power_of(stated.unit, "月") == 0:
                longer = Product((node, months_leaf(node)), (True, True))
                left_out = ("months-left-out",)
                yield self.reading(longer, value.value * 12, unit, stated, ("months", "12"), issues=left_out)
            yield from self.with_months_in_terms(unit)
        elif money == 0 and (value.loose or not value.unit):
            yield self.reading(node, value.value, unit, stated, ("money", ""))
        plain = without_conversion(node, stated.scale)
        same = evaluate(plain) if plain is not None else None
        if plain is not None and same is not None and not same.clash:
            yield self.reading(plain, same.value, unit, stated, ("converted", str(stated.scale)))
        if stated.scale == 1:
            return
        scale = ("scale", str(stated.scale))
        if all_bare(node):
            yield self.reading(scaled(node, stated.scale), value.value * stated.scale, unit, stated, scale)
        elif isinstance(node, Sum):
            other = bare_terms_scaled(node, stated.scale)
            again = evaluate(other) if other != node else None
            if again is not None and not again.clash:
                yield self.reading(other, again.value, unit, stated, scale)

    def with_months_in_terms(self, unit: str) -> Iterator[Reading]:
        """60人×300元+15人×2000元/人·月=37.8万元: the year's months in the terms of a sum that left them out."""
        sums = any(isinstance(part, Sum) for part in (self.node, *factors_of(self.node)))
        longer = with_months(self.node) if sums else None
        again = evaluate(longer) if longer is not None else None
        if longer is not None and again is not None and not again.clash:
            note = ("months", "12")
            yield self.reading(longer, again.value, unit, self.stated, note, issues=("months-left-out",))

    def of_bare(self) -> Iterator[Reading]:
        """The readings where the stated figure has no unit: the heading's, 元, 万元, 亿元, none."""
        node, value, stated, heading = self.node, self.value, self.stated, self.heading
        money = power_of(value.unit, "元")
        as_yuan = stated._replace(unit=YUAN)
        if heading and money == 0 and stated.scale == 1 and (value.loose or all_bare(node)):
            if heading >= 1000 and has_large_rate(node):
                # 单位：万元。16场×700=11200: 元 and 万元 both fit, and the words do not say which.
                note = ("stated-unit", "元")
                yield self.reading(node, value.value, "元", as_yuan, note, issues=("heading-conflict",))
            else:
                other, note = scaled_rate(node, heading), ("stated-unit", str(heading))
                yield self.reading(other, value.value * heading, "元", with_scale(stated, heading), note)
        if money == 1:
            yield self.reading(node, value.value, "元", as_yuan, ("stated-unit", "元"))
            for scale in dict.fromkeys((heading, 10**4, 10**8)):
                if scale > 1 and stated.scale == 1:
                    note = ("stated-unit", str(scale))
                    yield self.reading(node, value.value, "元", with_scale(stated, scale), note)
        elif money == 0:
            yield self.reading(node, value.value, "" if value.loose else show(value.unit), stated)
            for scale in dict.fromkeys((heading, 10**4)):
                if scale > 1 and stated.scale == 1:
                    yield self.reading(node, value.value, "元", with_scale(stated, scale), ("stated-unit", str(scale)))


def under_heading(node: Node, heading: int) -> Node:
    """120×0.043+60×0.07 below 单位：万元: an expression without any unit of money has its prices in 万元,
    where each of its terms has a price that may be in 万元."""
    terms = node.terms if isinstance(node, Sum) else (node,)
    if heading < 1000 or not all(has_small_price(term) for term in terms):
        return node
    priced = tuple(scaled_rate(t, heading) if isinstance(t, Product) else scaled(t, heading) for t in terms)
    return Sum(priced, node.signs) if isinstance(node, Sum) else priced[0]


def has_small_price(term: Node) -> bool:
    """Whether a bare figure of a term may be a price in 万元: one with decimals, or below a hundred where
    the others are counts by their units (16场×7)."""
    factors = term.factors if isinstance(term, Product) else (term,)
    bare = [f for f in factors if isinstance(f, Leaf) and f.bare and f.kind not in SHARES]
    return any(f.value.denominator > 1 for f in bare) or (len(bare) == 1 < len(factors) and bare[0].value < 100)


def has_large_rate(node: Node) -> bool:
    """Whether a bare figure is too large to be a rate in 万元."""
    return any(leaf.value >= 100 for leaf in leaves(node) if leaf.bare and leaf.kind not in SHARES)


def without_conversion(node: Node, scale: int) -> Node | None:
    """350元×240÷10000=8.4万元: the division only turns 元 into the 万元 of the result."""
    if scale == 1 or not isinstance(node, Product):
        return None
    kept = [
        (f, up) for f, up in zip(node.factors, node.ups, strict=True)
        if up or not (isinstance(f, Leaf) and f.value == scale and not f.unit)
    ]
    if len(kept) != len(node.factors) - 1:
        return None
    return Product(tuple(f for f, _ in kept), tuple(up for _, up in kept)) if len(kept) > 1 else kept[0][0]


def with_months(node: Node) -> Node | None:
    """The expression with the year's twelve months in every term whose rate has 月 over;
    ``None`` where no term does."""
    if isinstance(node, Sum):
        terms = [with_months(t) for t in node.terms]
        if all(t is None for t in terms):
            return None
        return Sum(tuple(new or old for new, old in zip(terms, node.terms, strict=True)), node.signs)
    inner = [with_months(f) if isinstance(f, Sum) else None for f in factors_of(node)]
    if isinstance(node, Product) and any(inner):  # （3520元/月+25元/小时×140小时）×40人
        return Product(tuple(new or old for new, old in zip(inner, node.factors, strict=True)), node.ups)
    value = evaluate(node)
    if value is None or power_of(value.unit, "月") >= 0 or value.loose:
        return None
    twelve = months_leaf(node)
    if isinstance(node, Product):
        return Product((*node.factors, twelve), (*node.ups, True))
    return Product((node, twelve), (True, True))


def factors_of(node: Node) -> tuple[Node, ...]:
    """The factors of a product; none of anything else."""
    return node.factors if isinstance(node, Product) else ()


def months_leaf(node: Node) -> Leaf:
    """The twelve months that a formula left out, placed at its last figure."""
    *_, last = leaves(node)
    return Leaf(last.span, Fraction(12), (("月", 1),), Fraction(1))


def terms_of(node: Node) -> tuple[Node, ...]:
    """The computations whose units stand for themselves: each term of a written-out sum."""
    return node.terms if isinstance(node, Sum) else (node,)


def left_in_terms(node: Node, stated: Unit = YUAN, whole: Value | None = None) -> tuple[str, ...]:
    """The units that nothing cancelled in a computation or in a term of its sum; ``whole`` is what the
    computation gives where that is known.

    92户×300元/户+15人×2000元/人·月: the first term is sound, and the second leaves its months out.
    """
    if whole is not None and not isinstance(node, Sum):
        return left_over(whole.unit, whole.loose, stated) if power_of(whole.unit, "元") == 1 else ()
    found: dict[str, None] = {}
    for term in terms_of(node):
        value = evaluate(term)
        if value is not None and power_of(value.unit, "元") == 1:
            found |= dict.fromkeys(left_over(value.unit, value.loose, stated))
    return tuple(found)


def left_over(unit: Unit, loose: bool, stated: Unit) -> tuple[str, ...]:
    """The units that nothing cancelled, as issues (design section 6, units left over)."""
    rest = [(n, p) for n, p in without(unit, "元") if (n, p) not in stated]
    under = [n for n, p in rest if p < 0 and n != "年"]
    if not under or loose:
        return ()
    if any(n in TIMES_LEFT for n in under):
        return ("time-left",)
    over = [n for n, p in rest if p > 0]
    events = [n for n in under if n in EVENTS]
    persons = "人" in over and not any(n in ("人", "人次", "生") for n in under)
    if (events and not any(n in EVENTS for n in over)) or persons:
        return ("rate-left",)  # 18个社区×700元/场: how many 场 is not said
    return ("counter-differs",) if over else ("rate-left",)


def in_yuan(reading: Reading, around: bool) -> Reading:
    """A bare equation is in 元 where the text around it speaks of 元."""
    stated = reading.stated
    if not around or reading.unit or stated.unit or stated.kind != "arabic" or not all_bare(reading.node):
        return reading
    return reading._replace(unit="元", stated=stated._replace(unit=YUAN), notes=(*reading.notes, ("money", "")))


def best(options: Iterator[Reading]) -> Reading | None:
    """The first reading that holds, else the plainest.

    Where no figure of the expression has a unit and nothing holds, the reading nearest
    to the stated figure is the one that was meant: 2+1.7=3.6万元 adds 万元.
    """
    missed: list[Reading] = []
    for option in options:
        if option.verdict in GOOD:
            return option
        missed.append(option)
    if not missed:
        return None
    if all_bare(missed[0].node) and len(missed) > 1:
        return min(missed, key=times_off)
    return missed[0]


def times_off(reading: Reading) -> Fraction:
    """How many times the larger of the stated and the computed figure is of the smaller: 38×12×850=387.6万元 is ten
    times off in 元, and a thousand times in 万元."""
    stated, computed = abs(reading.stated.value), abs(reading.computed)
    return max(stated, computed) / (min(stated, computed) or 1)
