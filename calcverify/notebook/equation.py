"""A claim as an equation of sympy, with one of its numbers unknown: what would it have to be?

    >>> from calcverify import check_text
    >>> claim = check_text("360册×85元/册=3.6万元").claims[0]
    >>> unknown_of(claim, "85元/册")
    Eq(360*x, 36000)

Numbers come from the reading, exact; no text of a form is read by sympy.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Any

from calcverify.basis.nodes import Leaf, Node, Sum
from calcverify.errors import UsageError
from calcverify.source import Span
from calcverify.verify.model import Claim


def unknown_of(claim: Claim, figure: str | None = None) -> Any:
    """``computation = stated`` as a sympy ``Eq`` in the unknown ``x``, in base units (元, 人, 1).

    ``figure`` is an operand as it is written (``"85元/册"``): it is the unknown, wherever it
    stands in the computation. Without one the whole computation is times ``x``: the factor
    that would make it agree. ``sympy.solve(unknown_of(claim))`` solves it.

    ``UsageError`` for a claim without a stated figure, and for a figure that is no operand.
    """
    import sympy

    if claim.stated is None:
        raise UsageError("这条算式没有填报数，无法求解", "this claim states no figure, so there is nothing to solve")
    x = sympy.Symbol("x")
    spans = {operand.span for operand in claim.operands if operand.text == figure}
    if figure is not None and not spans:
        known = ", ".join(dict.fromkeys(operand.text for operand in claim.operands))
        raise UsageError(f"算式中没有“{figure}”，有：{known}", f"{figure!r} is no operand; there are {known}")
    computed = _expression(claim.node, spans, x)
    return sympy.Eq(computed if spans else computed * x, _rational(claim.stated.value), evaluate=False)


def _expression(node: Node, unknown: AbstractSet[Span], x: Any) -> Any:
    import sympy

    if isinstance(node, Leaf):
        return x if node.span in unknown else _rational(node.value)
    if isinstance(node, Sum):
        terms = zip(node.terms, node.signs, strict=True)
        return sympy.Add(*((1 if plus else -1) * _expression(term, unknown, x) for term, plus in terms))
    factors = zip(node.factors, node.ups, strict=True)
    return sympy.Mul(*(_expression(factor, unknown, x) ** (1 if up else -1) for factor, up in factors))


def _rational(value: Fraction) -> Any:
    import sympy

    return sympy.Rational(value.numerator, value.denominator)
