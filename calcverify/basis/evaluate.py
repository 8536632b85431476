"""The value and unit of an expression tree, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.measures import met, ratio
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.rational import ONE, ZERO, minus, plus, product, quotient
from calcverify.exact.units import NONE, Unit, inverse, power_of, times

new = tuple.__new__  # a NamedTuple's own constructor takes twice as long


class Value(NamedTuple):
    """What an expression gives: a number in base units and its unit.

    ``clash`` names what cannot be added or multiplied: ``"money×money"``,
    ``"money+other"``; ``loose`` is true where a figure without a unit went in, ``rough``
    where a measure was turned into another with a worth that people round (亩).
    """

    value: Fraction
    unit: Unit
    clash: str = ""
    loose: bool = False
    rough: bool = False


def leaves(node: Node) -> list[Leaf]:
    """The figures of an expression, from left to right."""
    if isinstance(node, Leaf):
        return [node]
    found: list[Leaf] = []
    for part in node[0]:  # the terms of a sum, the factors of a product
        if isinstance(part, Leaf):
            found.append(part)
        else:
            found += leaves(part)
    return found


def evaluate(node: Node) -> Value | None:
    """The value of ``node``; ``None`` where it divides by zero."""
    if isinstance(node, Leaf):
        return new(Value, (node.value, node.unit, "", node.bare, False))
    return add(node) if isinstance(node, Sum) else multiply(node)


def add(node: Sum) -> Value | None:
    """A sum. Terms without a unit take that of the others; counters mix freely."""
    total = ZERO
    unit: Unit = NONE
    clash = ""
    loose = True
    money = rough = False
    for term, sign in zip(node.terms, node.signs, strict=True):
        value = evaluate(term)
        if value is None:
            return None
        if unit and value.unit and unit != value.unit and (same := ratio(value.unit, unit)) is not None:
            # 1.2公里+300米: the second term in the unit of the first.
            value = value._replace(value=product(value.value, same.factor), unit=unit, rough=same.rough)
        total = plus(total, value.value) if sign else minus(total, value.value)
        clash = clash or value.clash
        rough = rough or value.rough
        loose = loose and value.loose
        if value.unit:
            is_money = power_of(value.unit, "元") != 0
            if unit and money != is_money and not value.loose:
                clash = clash or "money+other"
            if not unit or (is_money and not money):
                unit, money = value.unit, is_money
    return new(Value, (total, unit, clash, loose and not money, rough))


def multiply(node: Product) -> Value | None:
    """A product: values and units multiply, a denominator's invert."""
    total = ONE
    unit: Unit = NONE
    clash = ""
    loose = rough = False
    for factor, up in zip(node.factors, node.ups, strict=True):
        if isinstance(factor, Leaf):  # as most are: no value of its own need be made
            own, by, loose = factor.value, factor.unit, loose or factor.bare
        else:
            value = evaluate(factor)
            if value is None:
                return None
            own, by, loose = value.value, value.unit, loose or value.loose
            clash = clash or value.clash
            rough = rough or value.rough
        if up:
            if unit and by and power_of(unit, "元") > 0 and power_of(by, "元") > 0:
                clash = clash or "money×money"
            total = own if total is ONE else product(total, own)
            unit = times(unit, by)
        elif not own:
            return None
        else:
            total = quotient(total, own)
            unit = times(unit, inverse(by))
    if len(unit) > 1 and (same := met(unit)) is not None:
        return new(Value, (product(total, same.factor), same.unit, clash, loose, rough or same.rough))
    return new(Value, (total, unit, clash, loose, rough))
