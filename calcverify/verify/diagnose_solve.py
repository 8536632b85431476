"""What one part of a computation would have to be, and what slips of the working give.

Everything here is exact arithmetic on an expression tree; no text is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.evaluate import evaluate, leaves
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.rational import minus, opposite, plus, product, quotient

MOST_LEAVES = 200
MOST_DEPTH = 40


class Slip(NamedTuple):
    """A slip of the working and what it gives for the whole.

    ``kind`` is ``factor-left``, ``factor-twice``, ``item-left``, ``item-twice`` or ``sign``;
    ``part`` is the operand or the item that it concerns.
    """

    kind: str
    part: Node
    value: Fraction


def value_of(node: Node) -> Fraction | None:
    """The value of an expression in its base unit, ``None`` where it divides by zero."""
    value = evaluate(node)
    return None if value is None else value.value


def solve(node: Node, leaf: Leaf, targets: tuple[Fraction, ...]) -> tuple[Fraction, ...] | None:
    """The values of ``leaf`` with which ``node`` gives the targets.

    ``None`` where it does not stand there just once, or no value does it.
    """
    if isinstance(node, Leaf):
        return targets if node == leaf else None
    inside = [i for i, part in enumerate(parts(node)) if holds(part, leaf)]
    if len(inside) != 1:
        return None
    i = inside[0]
    rest = without(node, i)
    if rest is None:
        return None
    if isinstance(node, Sum):
        left = (minus(target, rest) if node.signs[i] else minus(rest, target) for target in targets)
        return solve(node.terms[i], leaf, tuple(left))
    if not rest or not (node.ups[i] or all(targets)):
        return None
    left = (quotient(target, rest) if node.ups[i] else quotient(rest, target) for target in targets)
    return solve(node.factors[i], leaf, tuple(left))


def parts(node: Sum | Product) -> tuple[Node, ...]:
    """The terms or factors of a node."""
    return node.terms if isinstance(node, Sum) else node.factors


def holds(node: Node, leaf: Leaf) -> bool:
    """Whether the figure stands somewhere in the tree."""
    return leaf in leaves(node)


def without(node: Sum | Product, i: int) -> Fraction | None:
    """The sum of the other terms, or the product of the other factors."""
    rest: Node
    if isinstance(node, Sum):
        rest = Sum(node.terms[:i] + node.terms[i + 1 :], node.signs[:i] + node.signs[i + 1 :])
    else:
        rest = Product(node.factors[:i] + node.factors[i + 1 :], node.ups[:i] + node.ups[i + 1 :])
    return value_of(rest)


def replaced(node: Node, values: Mapping[Leaf, Fraction]) -> Node:
    """The tree with other values for some figures, wherever they stand."""
    if isinstance(node, Leaf):
        return node._replace(value=values[node]) if node in values else node
    if isinstance(node, Sum):
        return Sum(tuple(replaced(t, values) for t in node.terms), node.signs)
    return Product(tuple(replaced(f, values) for f in node.factors), node.ups)


def slips(node: Node) -> Iterator[Slip]:
    """Every slip of the working that leaves out, repeats or turns round one part."""
    if sum(1 for _ in zip(range(MOST_LEAVES + 1), leaves(node), strict=False)) <= MOST_LEAVES:
        yield from _slips(node, 0)


def _slips(node: Node, depth: int) -> Iterator[Slip]:
    if isinstance(node, Leaf) or depth > MOST_DEPTH:
        return
    whole = value_of(node)
    if whole is None:
        return
    for i, part in enumerate(parts(node)):
        rest, own = without(node, i), value_of(part)
        if rest is None or own is None:
            continue
        if isinstance(node, Sum):
            signed = own if node.signs[i] else opposite(own)
            if len(node.terms) > 1:
                yield Slip("item-left", part, rest)
                yield Slip("item-twice", part, plus(rest, plus(signed, signed)))
                yield Slip("sign", part, minus(rest, signed))
            for inner in _slips(part, depth + 1):
                yield inner._replace(value=plus(rest, inner.value) if node.signs[i] else minus(rest, inner.value))
            continue
        if not own:
            continue
        if isinstance(part, Leaf) and len(node.factors) > 1:
            yield Slip("factor-left", part, rest)
            twice = product(own, own)
            yield Slip("factor-twice", part, product(rest, twice) if node.ups[i] else quotient(rest, twice))
        for inner in _slips(part, depth + 1):
            if node.ups[i]:
                yield inner._replace(value=product(rest, inner.value))
            elif inner.value:
                yield inner._replace(value=quotient(rest, inner.value))
