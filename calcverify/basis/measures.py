"""Measures that stand for one another: 1.2公里 × 9米 is 10800平方米, 2.5吨 at 3元/公斤 is 7500元.

A unit holds names, not sizes; where two names of one kind meet in it (公里 and 米), both are
turned into their base. A unit with one name is left as it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from calcverify.exact.rational import ONE
from calcverify.exact.units import NONE, Unit, times
from calcverify.lexicon.loader import Measure, load

# 米² is called 平方米 wherever something else than lengths made it.
NAMED = {("米", 2): ("平方米", 1), ("米", 3): ("立方米", 1)}


class Converted(NamedTuple):
    """What one of the old unit is worth in the new one; ``rough`` where people round that (亩 in 平方米)."""

    factor: Fraction
    unit: Unit
    rough: bool = False


def met(unit: Unit) -> Converted | None:
    """``unit`` with its measures in their bases, where two of one kind stand in it; else ``None``.

    >>> met((("公里", 1), ("米", 1)))
    Converted(factor=Fraction(1000, 1), unit=(('平方米', 1),), rough=False)
    """
    known = load().measures
    names = [name for name, _ in unit if name in known]
    if len(names) < 2 or len({known[name].base for name in names}) == len(names):
        return None
    return in_base(unit, known)


def ratio(unit: Unit, other: Unit) -> Converted | None:
    """What one of ``unit`` is worth in ``other``; ``None`` where neither is made of the other.

    >>> ratio((("平方米", 1),), (("公顷", 1),)).factor
    Fraction(1, 10000)
    """
    if unit == other:
        return Converted(ONE, unit)
    known = load().measures
    if not any(name in known for name, _ in unit) or not any(name in known for name, _ in other):
        return None
    here, there = in_base(unit, known), in_base(other, known)
    if here.unit != there.unit:
        return None
    return Converted(here.factor / there.factor, other, is_rough([*unit, *other], known))


def alike(name: str, other: str) -> bool:
    """Whether a count of one measure may be turned into a count of the other: 公里 and 米."""
    known = load().measures
    a, b = known.get(name), known.get(other)
    return a is not None and b is not None and (a.base, a.power) == (b.base, b.power)


def in_base(unit: Unit, known: Mapping[str, Measure]) -> Converted:
    """``unit`` with every measure in its base, squares and cubes of a length by their names."""
    factor, found = ONE, NONE
    for name, power in unit:
        measure = known.get(name)
        if measure is None:
            found = times(found, ((name, power),))
        else:
            factor *= measure.worth**power
            found = times(found, ((measure.base, measure.power * power),))
    named = NONE
    for name, power in found:
        sign = 1 if power > 0 else -1
        new, times_ = NAMED.get((name, abs(power)), (name, abs(power)))
        named = times(named, ((new, sign * times_),))
    return Converted(factor, named, is_rough(unit, known))


def is_rough(unit: Unit | list[tuple[str, int]], known: Mapping[str, Measure]) -> bool:
    """Whether a measure stands beside one in which people round its worth."""
    names = {name for name, _ in unit}
    return any(known[name].rough & names for name in names if name in known)
