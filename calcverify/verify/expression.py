"""An expression tree printed as people write it: ``12万 × 0.75 × 140元 + 3万元``.

Printing is deterministic, puts brackets only where the value needs them, and never
loses a digit: the program reads what is printed back to the same value. Operators stand
between blanks, so ``350元/人·月 × 12月`` keeps the rate's ``/`` apart from a division (÷).
"""

from __future__ import annotations

from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.printing import MINUS
from calcverify.verify.figure import figure, is_plain

_TIMES, _OVER, _PLUS = " × ", " ÷ ", " + "


def expression(node: Node, placed: bool = False) -> str:
    """``node`` as a person would write it.

    With ``placed`` every figure keeps its last written digit (2.00万元) and every sum inside
    another its brackets, so that what is read back is rounded as the original was.

    >>> from fractions import Fraction
    >>> from calcverify.source import Span
    >>> def leaf(n, unit=(), scale=1): return Leaf(Span(0, 1), Fraction(n), unit, Fraction(1), scale)
    >>> total = Sum((leaf(8), leaf(50000, (("元", 1),), 10000)), (True, False))
    >>> expression(Product((total, leaf(3)), (True, False)))
    '(8 − 5万元) ÷ 3'
    """
    return _sum(node, placed)


def leaf_text(leaf: Leaf) -> str:
    """A figure from its value, scale and unit: ``3.5万人``, ``60%``, ``45元/月``."""
    return expression(leaf)


def terms_of(node: Node, up: bool = True, opened: bool = True) -> list[tuple[Node, bool]]:
    """The terms of ``node`` as it stands in a sum: nested sums that add are opened, unless they are to be kept."""
    if isinstance(node, Sum) and len(node.terms) == 1:
        return terms_of(node.terms[0], up is node.signs[0], opened)
    if isinstance(node, Sum) and up and opened:
        parts = zip(node.terms, node.signs, strict=True)
        return [pair for term, sign in parts for pair in terms_of(term, sign, opened)]
    if isinstance(node, Product) and node.ups == (True,):
        return terms_of(node.factors[0], up, opened)
    return [(node, up)]


def factors_of(node: Node, up: bool = True) -> list[tuple[Node, bool]]:
    """The factors of ``node`` as it stands in a product: nested products that multiply are opened."""
    if isinstance(node, Product) and up:
        parts = zip(node.factors, node.ups, strict=True)
        return [pair for factor, sign in parts for pair in factors_of(factor, sign)]
    if isinstance(node, Product) and len(node.factors) == 1:
        return factors_of(node.factors[0], up is node.ups[0])
    if isinstance(node, Sum) and node.signs == (True,):
        return factors_of(node.terms[0], up)
    return [(node, up)]


def _sum(node: Node, placed: bool) -> str:
    pairs = zip(node.terms, node.signs, strict=True) if isinstance(node, Sum) else [(node, True)]
    terms = [_term(*term, placed) for part, up in pairs for term in terms_of(part, up, not placed)]
    if terms and not terms[0][1]:
        # 减去2万元…共5万元: people write what is taken off behind what it is taken off from.
        terms.sort(key=lambda term: not term[1])
    # Nobody writes a budget that begins with a minus, and none is read: 0 − 5万元.
    out = "" if terms and terms[0][1] else "0"
    for text, plus in terms:
        out += (_PLUS if out and plus else "" if plus else f" {MINUS} ") + text
    return out


def _term(node: Node, added: bool, placed: bool) -> tuple[str, bool]:
    """A term of a sum as it is written, and whether it is added: a + (−5) is a − 5."""
    if isinstance(node, Leaf):
        return figure(node, placed), added is (node.value >= 0)
    return _product(node, placed) if isinstance(node, Product) else f"({_sum(node, placed)})", added


def _product(node: Product, placed: bool) -> str:
    out = ""
    for factor, up in factors_of(node, True):
        # 300 ÷ 2/3 would divide by 2 and then by 3; 2/3 × 300 is right as it stands.
        if isinstance(factor, Leaf) and factor.value >= 0:
            text = figure(factor, placed, over=not up)
            text = text if up or is_plain(factor) else f"({text})"
        else:
            text = f"({_sum(factor, placed)})"
        if not out:
            out = text if up else f"1{_OVER}{text}"
        else:
            out += (_TIMES if up else _OVER) + text
    return out or "1"
