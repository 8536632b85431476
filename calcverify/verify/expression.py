"""An expression tree printed as people write it: ``12万 × 0.75 × 140元 + 3万元``.

Printing is deterministic, puts brackets only where the value needs them, and never
loses a digit: what is printed reads back to the same value. Operators stand between
blanks, so ``350元/人·月 × 12月`` keeps the rate's ``/`` apart from a division (÷).
"""

from __future__ import annotations

from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.printing import MINUS, exact, places, scale_word
from calcverify.exact.units import show

# How a leaf was written → its sign, and what the sign divides by (60% is 3/5, 八折 is 4/5).
_SIGNS = {"percent": ("%", 100), "permille": ("‰", 1000), "zhe": ("折", 10), "cheng": ("成", 10)}

_TIMES, _OVER, _PLUS = " × ", " ÷ ", " + "


def expression(node: Node) -> str:
    """``node`` as a person would write it.

    >>> from fractions import Fraction
    >>> from calcverify.source import Span
    >>> def leaf(n, unit=(), scale=1): return Leaf(Span(0, 1), Fraction(n), unit, Fraction(1), scale)
    >>> total = Sum((leaf(8), leaf(50000, (("元", 1),), 10000)), (True, False))
    >>> expression(Product((total, leaf(3)), (True, False)))
    '(8 − 5万元) ÷ 3'
    """
    return _sum(((node, True),))


def leaf_text(leaf: Leaf) -> str:
    """A figure from its value, scale and unit: ``3.5万人``, ``60%``, ``45元/月``."""
    sign = MINUS if leaf.value < 0 else ""
    return sign + _size(leaf)


def _size(leaf: Leaf) -> str:
    """A figure without its sign."""
    value, unit = abs(leaf.value), show(leaf.unit)
    if leaf.kind in _SIGNS and places(value) is not None:
        sign, divisor = _SIGNS[leaf.kind]
        return f"{exact(value * divisor)}{sign}{unit}"
    word = scale_word(leaf.scale)
    if word is None or places(value / leaf.scale) is None:
        # A third of a 万 has no decimal: 10000/3元 keeps the value, which 0.3333万元 would not.
        return f"{exact(value)}{unit}"
    return f"{exact(value / leaf.scale)}{word}{unit}"


def _terms(node: Node, up: bool) -> list[tuple[Node, bool]]:
    """The terms of ``node`` as it stands in a sum: nested sums that add are opened."""
    if isinstance(node, Sum) and up:
        return [pair for term, sign in zip(node.terms, node.signs, strict=True) for pair in _terms(term, sign)]
    if isinstance(node, Sum) and len(node.terms) == 1:
        return _terms(node.terms[0], not node.signs[0])
    if isinstance(node, Product) and node.ups == (True,):
        return _terms(node.factors[0], up)
    return [(node, up)]


def _factors(node: Node, up: bool) -> list[tuple[Node, bool]]:
    """The factors of ``node`` as it stands in a product: nested products that multiply are opened."""
    if isinstance(node, Product) and up:
        return [pair for factor, sign in zip(node.factors, node.ups, strict=True) for pair in _factors(factor, sign)]
    if isinstance(node, Product) and len(node.factors) == 1:
        return _factors(node.factors[0], up is node.ups[0])
    if isinstance(node, Sum) and node.signs == (True,):
        return _factors(node.terms[0], up)
    return [(node, up)]


def _sum(pairs: tuple[tuple[Node, bool], ...]) -> str:
    terms = [_term(*term) for node, up in pairs for term in _terms(node, up)]
    if terms and not terms[0][1]:
        # 减去2万元…共5万元: people write what is taken off behind what it is taken off from.
        terms.sort(key=lambda term: not term[1])
    out = ""
    for text, plus in terms:
        if out:
            out += (_PLUS if plus else f" {MINUS} ") + text
        else:
            out = text if plus else MINUS + text
    return out or "0"


def _term(node: Node, added: bool) -> tuple[str, bool]:
    """A term of a sum as it is written, and whether it is added: a + (−5) is a − 5."""
    if isinstance(node, Leaf):
        return _size(node), added is (node.value >= 0)
    return _product(node) if isinstance(node, Product) else f"({_sum(((node, True),))})", added


def _product(node: Product) -> str:
    out = ""
    for factor, up in _factors(node, True):
        if isinstance(factor, Leaf):
            text = leaf_text(factor)
            # 300 ÷ 2/3 would divide by 2 and then by 3; 2/3 × 300 is right as it stands.
            tight = factor.value >= 0 and (up or places(factor.value) is not None)
        else:
            text = _sum(((factor, True),))
            tight = False
        if not tight:
            text = f"({text})"
        if not out:
            out = text if up else f"1{_OVER}{text}"
        else:
            out += (_TIMES if up else _OVER) + text
    return out or "1"
