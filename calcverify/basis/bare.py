"""Bare scales that are money because of their neighbours: ``46个村×3万`` asks for 万元."""

from __future__ import annotations

from calcverify.basis.evaluate import leaves
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.units import YUAN, power_of

TEN_THOUSAND = 10_000


def is_money(node: Node) -> bool:
    """Whether a figure of the expression is in 元."""
    return bool([leaf for leaf in leaves(node) if power_of(leaf.unit, "元") > 0])


def is_bare_scale(node: Node) -> bool:
    """A figure with 万 or 亿 and nothing behind it."""
    return isinstance(node, Leaf) and not node.unit and node.bare and node.scale >= TEN_THOUSAND


def with_money(node: Node) -> Node:
    """``node``, known to be money, with 元 given to the bare scales that stand for it.

    In a product without money the last bare scale is the rate (46个村×3万); in a sum a term
    that is a bare scale alone is money like its neighbours (2万×35元+4万). A bare scale beside
    money in a product is a count and stays one.
    """
    if isinstance(node, Leaf):
        return node._replace(unit=YUAN, bare=False) if is_bare_scale(node) else node
    if isinstance(node, Sum):
        return Sum(tuple(with_money(term) for term in node.terms), node.signs)
    if is_money(node):
        return node
    scales = [k for k, factor in enumerate(node.factors) if is_bare_scale(factor)]
    if not scales:
        return node
    return Product(
        tuple(with_money(f) if k == scales[-1] else f for k, f in enumerate(node.factors)), node.ups
    )
