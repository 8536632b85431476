"""Units as products of powers: 元/人·月 is 元¹ 人⁻¹ 月⁻¹.

A unit is a sorted tuple of (name, power) pairs without zero powers; the empty tuple
is a pure number. Names are canonical (名, 位 and 人 are one, see the lexicon).
"""

from __future__ import annotations

from typing import TypeAlias

Unit: TypeAlias = tuple[tuple[str, int], ...]

NONE: Unit = ()
YUAN: Unit = (("元", 1),)


def times(a: Unit, b: Unit) -> Unit:
    """The unit of a product."""
    if not a or not b:
        return a or b
    if len(b) == 1:
        ((name, power),) = b
        for k, (other, own) in enumerate(a):
            if other == name:
                return (*a[:k], (name, own + power), *a[k + 1 :]) if own + power else a[:k] + a[k + 1 :]
            if other > name:
                return a[:k] + b + a[k:]
        return a + b
    powers = dict(a)
    for name, power in b:
        total = powers.get(name, 0) + power
        if total:
            powers[name] = total
        else:
            del powers[name]
    return tuple(sorted(powers.items()))


def inverse(a: Unit) -> Unit:
    """The unit of one over a quantity."""
    return tuple((name, -power) for name, power in a)


def power_of(unit: Unit, name: str) -> int:
    """The power of ``name`` in ``unit`` (0 where it does not occur)."""
    for other, power in unit:
        if other == name:
            return power
    return 0


def without(unit: Unit, name: str) -> Unit:
    """``unit`` with ``name`` left out."""
    return tuple(pair for pair in unit if pair[0] != name)


def show(unit: Unit) -> str:
    """A unit as it is printed: ``元/人·月``, ``人``, ``""`` for a pure number."""
    if len(unit) == 1 and unit[0][1] == 1:
        return unit[0][0]
    over = "·".join(name if power == 1 else f"{name}{power}" for name, power in unit if power > 0)
    under = "·".join(name if power == -1 else f"{name}{-power}" for name, power in unit if power < 0)
    return f"{over}/{under}" if under else over


def cancels(count: Unit, rate: Unit) -> bool:
    """Whether a rate is per what a count counts: 2天 and 500元/人·天."""
    return bool(count) and all((name, -power) in rate for name, power in count)
