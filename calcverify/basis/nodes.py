"""Expression trees: what a basis says is to be computed.

Values are frozen tuples; every leaf keeps the span of the figure it was read from.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, TypeAlias

from calcverify.exact.units import Unit
from calcverify.source import Span


class Leaf(NamedTuple):
    """A figure of the text used as an operand.

    ``value`` and ``place`` are in the base unit; ``scale`` is the multiplier that was
    written (10000 for 2.2万人), ``kind`` how the number was written (``percent``,
    ``zhe`` …), ``bare`` whether it stands without a unit.
    """

    span: Span
    value: Fraction
    unit: Unit
    place: Fraction
    scale: int = 1
    kind: str = "arabic"
    bare: bool = False


class Sum(NamedTuple):
    """Terms added up; a ``False`` in ``signs`` subtracts its term."""

    terms: tuple[Node, ...]
    signs: tuple[bool, ...]


class Product(NamedTuple):
    """Factors multiplied; a ``False`` in ``ups`` divides by its factor."""

    factors: tuple[Node, ...]
    ups: tuple[bool, ...]


Node: TypeAlias = Leaf | Sum | Product
