"""One expenditure of a project: counts, a rate, the amount that they give, and how it is written."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.variations.pen import decimal

from .words import Capped, Kind

SCALE = {"元": 1, "万元": 10**4}
MONTHLY_RATES = ("元/人·月", "元/人/月", "元/月", "元/人·月")
NOTHING: frozenset[str] = frozenset()


def shown(yuan: Fraction, unit: str, places: int | None = None) -> str:
    """``yuan`` in digits of ``unit``: all of them, or ``places`` decimals."""
    return decimal(yuan / SCALE[unit], places)


def rounded(yuan: Fraction, unit: str, places: int | None) -> Fraction:
    """``yuan`` as it reads when it is written with ``places`` decimals of ``unit``."""
    return Fraction(shown(yuan, unit, places)) * SCALE[unit]


@dataclass(frozen=True)
class Factor:
    """One factor: its number, the unit as written, and what it is (count, times, days, rate, months)."""

    number: int
    unit: str
    role: str


@dataclass(frozen=True)
class Expense:
    """An expenditure. Its result is written in ``unit`` with ``places`` decimals (``None`` for all).

    ``kind`` is what it was drawn from, ``item`` names its national standard where it has one. What
    faults change: ``unwritten`` holds the roles of factors that are meant and not written,
    ``bare`` those whose unit is not written, ``glued`` leaves the sign before the rate out,
    ``result`` replaces the written result, ``lump`` writes the amount without its product.
    """

    label: str
    factors: tuple[Factor, ...]
    unit: str = "元"
    places: int | None = None
    kind: Kind | None = None
    item: str = ""
    unwritten: frozenset[str] = NOTHING
    bare: frozenset[str] = NOTHING
    glued: bool = False
    result: str = ""
    lump: bool = False

    @property
    def value(self) -> Fraction:
        """The exact product in 元."""
        product = Fraction(1)
        for factor in self.factors:
            product *= factor.number
        return product

    @property
    def stated(self) -> Fraction:
        """The amount in 元 as its result states it."""
        return rounded(self.value, self.unit, self.places)

    def factor(self, role: str) -> Factor | None:
        """The first factor of a role."""
        return next((f for f in self.factors if f.role == role), None)

    def with_factor(self, role: str, number: int | None = None, unit: str | None = None) -> Expense:
        """The expenditure with another number or unit of one factor."""
        changed = tuple(
            replace(f, number=f.number if number is None else number, unit=f.unit if unit is None else unit)
            if f.role == role
            else f
            for f in self.factors
        )
        return replace(self, factors=changed)

    def counted(self) -> Factor | None:
        """The factor that an indicator counts: the times of an occasion, else the count."""
        return self.factor("times") or self.factor("count")

    def product(self, sign: str) -> str:
        """``120人×500元/人·月×12个月``."""
        written = [f for f in self.factors if f.role not in self.unwritten]
        text = ""
        for at, factor in enumerate(written):
            join = "" if at == 0 or (self.glued and factor.role == "rate") else sign
            text += f"{join}{factor.number}{'' if factor.role in self.bare else factor.unit}"
        return text

    def written_result(self) -> str:
        """``72万元``."""
        return self.result or f"{shown(self.value, self.unit, self.places)}{self.unit}"


def unit_of(yuan: Fraction, rng: random.Random) -> str:
    """元 or 万元, as an officer would choose for this amount."""
    if yuan < 10**4:
        return "元"
    return "万元" if yuan % 100 == 0 and rng.random() < 0.7 else "元" if yuan < 10**6 else "万元"


def draw(kind: Kind, rng: random.Random) -> Expense:
    """An expenditure of a kind with its usual numbers."""
    count = rng.randint(kind.low, kind.high)
    rate = kind.rate_low + kind.step * rng.randint(0, (kind.rate_high - kind.rate_low) // kind.step)
    factors: tuple[Factor, ...]
    if kind.per == "月":
        months = Factor(12 if rng.random() < 0.85 else rng.randint(5, 11), rng.choice(("个月", "个月", "月")), "months")
        unit = rng.choice(MONTHLY_RATES) if kind.counter in ("人", "名") else f"元/{kind.counter}·月"
        factors = (Factor(count, kind.counter, "count"), Factor(rate, unit, "rate"), months)
    elif kind.per:
        times, days = Factor(rng.randint(2, 12), kind.per, "times"), Factor(rng.randint(1, 5), "天", "days")
        unit = rng.choice(("元/人·天", "元/人/天"))
        factors = (times, Factor(count, f"{kind.counter}/{kind.per}", "count"), days, Factor(rate, unit, "rate"))
    else:
        unit = f"元/{kind.counter}" if rng.random() < 0.75 else "元"
        factors = (Factor(count, kind.counter, "count"), Factor(rate, unit, "rate"))
    made = Expense(kind.label, factors, kind=kind)
    return replace(made, unit=unit_of(made.value, rng))


def draw_capped(capped: Capped, rng: random.Random) -> Expense:
    """An expenditure with a national standard, within it."""
    counters = tuple(
        Factor(rng.randint(low, high), unit, "days" if unit == "天" else "count") for unit, low, high in capped.counters
    )
    factors = (*counters, Factor(rng.choice(capped.rates), capped.unit, "rate"))
    made = Expense(capped.label, factors, item=capped.item)
    return replace(made, unit=unit_of(made.value, rng))
