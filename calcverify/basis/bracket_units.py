"""The unit behind a bracket, for what stands inside: (800-200)万元, (2000元+1000元)/场."""

from __future__ import annotations

from fractions import Fraction

from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.units import Unit, times


def over(node: Node, unit: Unit) -> Node:
    """A bracket per unit: the denominator goes to every term inside."""
    if isinstance(node, Leaf):
        return node._replace(unit=times(node.unit, unit))
    if isinstance(node, Sum):
        return Sum(tuple(over(t, unit) for t in node.terms), node.signs)
    head, *rest = node.factors
    return Product((over(head, unit), *rest), node.ups)


def with_unit(node: Node, scale: Fraction, unit: Unit) -> Node:
    """(800-200)万元: the unit behind a bracket goes to every bare term inside."""
    if all(power < 0 for _, power in unit):  # (2000元+1000元)/场
        return over(node, unit)
    if isinstance(node, Leaf):
        if not node.bare:
            return node
        return node._replace(
            value=node.value * scale, place=node.place * scale, scale=node.scale * int(scale), unit=unit, bare=False
        )
    if isinstance(node, Sum):
        return Sum(tuple(with_unit(t, scale, unit) for t in node.terms), node.signs)
    head, *rest = node.factors
    return Product((with_unit(head, scale, unit), *rest), node.ups)
