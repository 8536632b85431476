"""Where the figures of a corrected line stand in the basis: by value and unit, nearest first.

A figure that stands nowhere, as after an OCR slip that the line corrects, has the empty
span at the beginning of the text: it names no words of the basis.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from calcverify.basis.nodes import Node, Product, Sum
from calcverify.basis.tokens import Figure
from calcverify.basis.work import Work
from calcverify.exact.units import Unit
from calcverify.source import Span

NOWHERE = Span(0, 0)


class Finder:
    """The figures of one basis that one line has not taken yet; made for that line and dropped."""

    def __init__(self, work: Work, place: Span | None) -> None:
        self.heading = work.heading
        near = place if place is not None else Span(0, len(work.text))
        figures = list(work.figures())
        inside = [(i, f) for i, f in figures if near.start <= f.start and f.end <= near.end]
        self.free = inside + [pair for pair in figures if pair not in inside]
        self.tokens: list[int] = []

    def find(self, value: Fraction, unit: Unit) -> tuple[int, Figure] | None:
        """The token and figure of a value that is nearest, one with the same unit before others."""
        fitting = [(i, f) for i, f in self.free if f.value == value or f.value * self.heading == value]
        found = next((pair for pair in fitting if pair[1].unit == unit), fitting[0] if fitting else None)
        if found is not None:
            self.free.remove(found)
        return found

    def placed(self, node: Node) -> Node:
        """``node`` with its figures where they stand in the basis; their tokens are kept in ``tokens``."""
        if isinstance(node, Sum):
            return node._replace(terms=tuple(self.placed(term) for term in node.terms))
        if isinstance(node, Product):
            return node._replace(factors=tuple(self.placed(factor) for factor in node.factors))
        found = self.find(node.value, node.unit)
        if found is None:
            return node._replace(span=NOWHERE)
        self.tokens.append(found[0])
        return node._replace(span=Span(found[1].start, found[1].end))


def hull(spans: Iterable[Span]) -> Span | None:
    """The stretch from the first to the last of the spans that are somewhere."""
    there = [span for span in spans if span.end > span.start]
    return Span(min(s.start for s in there), max(s.end for s in there)) if there else None
