"""The verdict on a line, by the same rules as on a basis (design of verdicts: sums may carry, products not)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.evaluate import Value, evaluate
from calcverify.basis.interpret import SHARES, best, in_yuan, readings, target_of
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.options import decimal_factors
from calcverify.basis.tokens import Figure
from calcverify.basis.work import Statement, own_unit
from calcverify.exact.units import power_of, show
from calcverify.exact.verdict import USUAL, Addend, Leeway, Shape, judge
from calcverify.readings.lines import Line, LineError, LineFault

# From this scale on an amount that is added may itself have been rounded.
_ROUGH = 1000


class Around(NamedTuple):
    """What a line's project says besides it.

    ``heading`` is the scale of the unit declared for bare figures (0 where none is), ``money``
    whether the basis speaks of money at all, ``rounded`` the stated results that were
    themselves rounded: an addend that repeats one may carry its rounding on. ``leeway`` is
    how far a figure may be from what was computed.
    """

    heading: int = 0
    money: bool = False
    rounded: frozenset[Fraction] = frozenset()
    leeway: Leeway = USUAL


NOWHERE = Around()


def statement_of(kind: str, line: Line, prose: bool = False, around: Around = NOWHERE) -> Statement:
    """What a line of a kind states, judged; raises :class:`LineError` where its units contradict each other.

    ``prose`` is true where the text does not write the arithmetic: it may then ask, never accuse.
    """
    value = evaluate(line.node)
    if value is None or value.clash:
        raise LineError(LineFault.ZERO if value is None else LineFault.UNITS)
    if line.stated is None:
        return Statement("equation", line.node, value.value, show(value.unit), None, None, Shape.PRODUCT, ())
    if kind == "equation" and not prose:
        return _equation(line.node, line.stated, around)
    if not _comparable(value, line.stated):
        raise LineError(LineFault.UNITS)
    shape, addends = _shape(kind, line.node, prose, around)
    factors = decimal_factors(line.node, around.leeway.mode) if kind == "composed" else ()
    verdict = judge(shape, value.value, target_of(line.stated), addends, factors, around.leeway)
    unit = show(own_unit(line.stated)) or ("元" if kind in ("sum", "balance", "partition") and not value.unit else "")
    return Statement(kind, line.node, value.value, unit, line.stated, verdict, shape, ())


def _equation(node: Node, stated: Figure, around: Around) -> Statement:
    """A written equation, its bare numbers taken as those of a basis are."""
    reading = best(readings(node, stated, around.heading, around.leeway))
    if reading is None:
        raise LineError(LineFault.UNITS)
    reading = in_yuan(reading, around.money)
    return Statement(
        "equation", reading.node, reading.computed, reading.unit, reading.stated, reading.verdict, reading.shape, (),
        reading.notes, reading.issues,
    )


def _comparable(value: Value, stated: Figure) -> bool:
    """Whether a value and a figure may be one amount: both of money, both of none, or one without a unit."""
    if not value.unit or value.loose or not stated.unit:
        return True
    return power_of(value.unit, "元") == power_of(stated.unit, "元")


def _shape(kind: str, node: Node, prose: bool, around: Around) -> tuple[Shape, tuple[Addend, ...]]:
    """How a computation is judged, and its addends where it is a sum."""
    if prose or kind == "composed":
        return Shape.COMPOSED, ()
    if kind == "share":
        addends = tuple(shared_addends(node))
        return (Shape.SUM, addends) if len(addends) > 1 else (Shape.PRODUCT, ())
    if kind == "total" and not (isinstance(node, Sum) and all(isinstance(term, Leaf) for term in node.terms)):
        return Shape.PRODUCT, ()  # one written expression: 2万元 + 34台 × 1200元/台
    return Shape.SUM, tuple(plain_addends(node, around.rounded))


def plain_addends(node: Node, rounded: frozenset[Fraction]) -> Iterator[Addend]:
    """The terms of a sum; only a stated amount may have been rounded, a product is as exact as its factors."""
    for term, plus in _terms(node):
        sign = Fraction(1 if plus else -1)
        if isinstance(term, Leaf):
            yield Addend(sign, term.value, term.place, term.scale >= _ROUGH or term.value in rounded)
        else:
            value = evaluate(term)
            yield Addend(sign, value.value if value is not None else Fraction(0), Fraction(0), False)


def shared_addends(node: Node) -> Iterator[Addend]:
    """The amounts that are shared, each with its share: (87万元 + 53万元) × 30% + 126万元 × 50%."""
    for term, plus in _terms(node):
        coefficient = Fraction(1 if plus else -1)
        bases: list[Leaf] = []
        for factor, up in zip(term.factors, term.ups, strict=True) if isinstance(term, Product) else [(term, True)]:
            amounts = [t for t, added in _terms(factor) if added and isinstance(t, Leaf) and _is_amount(t)]
            if up and not bases and len(amounts) == len(_terms(factor)):
                bases = amounts
                continue
            value = evaluate(factor)
            if value is None or not value.value:
                return
            coefficient = coefficient * value.value if up else coefficient / value.value
        for base in bases:
            yield Addend(coefficient, base.value, base.place, base.scale >= _ROUGH)


def _terms(node: Node) -> list[tuple[Node, bool]]:
    return list(zip(node.terms, node.signs, strict=True)) if isinstance(node, Sum) else [(node, True)]


def _is_amount(leaf: Leaf) -> bool:
    return leaf.kind not in SHARES and power_of(leaf.unit, "元") == 1
