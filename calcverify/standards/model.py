"""What a file of formulas holds, as frozen values.

Numbers are exact rationals; money is in the base unit of its unit (元 for 元/人·天).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from calcverify.errors import UsageError
from calcverify.exact.units import Unit
from calcverify.standards.expression import Expression, value_of


class PartialDate(NamedTuple):
    """A date as far as it is known: a year, a month of it, or a day (0 where it is not)."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{n:02d}" for n in (self.month, self.day) if n)]
        return "-".join(parts)


class Period(NamedTuple):
    """When a rule is in effect, both ends included; ``until`` is ``None`` while it still is."""

    since: PartialDate
    until: PartialDate | None = None

    def covers(self, year: int) -> bool:
        """Whether it is in effect on some day of ``year``."""
        return self.since.year <= year and (self.until is None or year <= self.until.year)

    def overlaps(self, other: Period) -> bool:
        """Whether both are in effect on some day."""
        return self.since.first <= other.last and other.since.first <= self.last

    @property
    def last(self) -> date:
        """The last day in effect."""
        return date.max if self.until is None else self.until.last

    def say(self, lang: str) -> str:
        """``2019-05-01起`` or ``2014-01-01至2015-12-31`` (in English, ``since`` and ``to``)."""
        if self.until is None:
            return f"since {self.since}" if lang == "en" else f"{self.since}起"
        return f"{self.since} to {self.until}" if lang == "en" else f"{self.since}至{self.until}"


class Document(NamedTuple):
    """The rule that a figure is taken from: 文号, title, issuer and date.

    ``scope`` says whom it binds where that is not everybody: a ceiling for central bodies
    (中央和国家机关) is only a yardstick for a county's conference.
    """

    number: str
    title: str
    issuer: str
    date: PartialDate
    scope: str = ""


class Factor(NamedTuple):
    """A named factor that a basis may leave out: a contribution rate, the months of a year.

    ``low`` and ``high`` are equal for a fixed factor; a rate that the rule gives as a
    range (公积金5%—12%) has both ends. ``scheme`` and ``payer`` are set for a rate of a
    scheme whose rates add up. Calendar facts have neither ``document`` nor ``period``.
    """

    name: str
    name_en: str
    low: Fraction
    high: Fraction
    document: Document | None = None
    period: Period | None = None
    scheme: str = ""
    scheme_en: str = ""
    payer: str = ""
    payer_en: str = ""
    kind: str = ""
    note: str = ""

    def covers(self, year: int | None) -> bool:
        """Whether it is in effect in ``year`` (``None`` for any year)."""
        return year is None or self.period is None or self.period.covers(year)


class Parameter(NamedTuple):
    """A quantity that a formula asks for, with its unit as written and as powers."""

    name: str
    unit_text: str
    unit: Unit


class Example(NamedTuple):
    """The numbers of an example, by parameter or unit word, and the result that was stated."""

    given: tuple[tuple[str, Fraction], ...]
    gives: Fraction


class Formula(NamedTuple):
    """A named funding formula: how an amount follows from its parameters."""

    name: str
    name_en: str
    parameters: tuple[Parameter, ...]
    expression: Expression
    unit_text: str
    unit: Unit
    document: Document
    period: Period
    example: Example
    note: str = ""

    def compute(self, values: Mapping[str, Fraction | int]) -> Fraction:
        """The amount in ``unit`` for ``values`` by parameter name, each in its parameter's unit.

        Raises ``UsageError`` where a parameter is missing, unknown, or makes a divisor zero.
        """
        wanted = [p.name for p in self.parameters]
        if set(values) != set(wanted):
            raise UsageError(f"{self.name}：应给出 {'、'.join(wanted)}，实际给出 {'、'.join(values)}")
        try:
            return value_of(self.expression, {name: Fraction(value) for name, value in values.items()})
        except ZeroDivisionError:
            raise UsageError(f"{self.name}：除数为零") from None


class Standard(NamedTuple):
    """An expense standard: the sum per unit that a rule allows.

    ``fixed`` standards are lump allowances (伙食补助费100元/人·天); the others are
    ceilings, ``at_least`` being the lower end where the rule gives a range. Conditions
    are pairs like ``("place", "北京")``; ``table`` names the table that it stands in.
    """

    name: str
    name_en: str
    item: str
    keywords: tuple[str, ...]
    at_most: Fraction
    at_least: Fraction | None
    fixed: bool
    unit_text: str
    unit: Unit
    conditions: tuple[tuple[str, str], ...]
    document: Document
    period: Period
    example: Example | None = None
    table: str = ""
    note: str = ""

    def judge(self, rate: Fraction) -> str:
        """``"above"``, ``"below"`` or ``"within"`` for a rate in the standard's unit.

        A ceiling without a lower end has nothing below it; a fixed sum is met exactly.
        """
        if rate > self.at_most:
            return "above"
        floor = self.at_most if self.fixed else self.at_least
        return "below" if floor is not None and rate < floor else "within"

    def condition(self, key: str) -> str:
        """The value of a condition, ``""`` where the standard does not depend on it."""
        return dict(self.conditions).get(key, "")

    def named_in(self, phrase: str, key: str) -> bool:
        """Whether ``phrase`` names what the condition ``key`` asks for, or one of several (院士、全国知名专家)."""
        return any(word in phrase for word in self.condition(key).split("、") if word)

    def concerns(self, phrase: str) -> bool:
        """Whether ``phrase`` names its item, a keyword of it, or its class (``三类会议``)."""
        return any(word in phrase for word in (self.item, *self.keywords)) or self.named_in(phrase, "kind")


class Table(NamedTuple):
    """A table of standards, one for each row and column; empty for an office to fill."""

    name: str
    name_en: str
    item: str
    unit_text: str
    document: Document
    period: Period
    standards: tuple[Standard, ...]
    note: str = ""


class Formulas(NamedTuple):
    """Everything that was loaded, in the order of the files and of their entries."""

    factors: tuple[Factor, ...] = ()
    formulas: tuple[Formula, ...] = ()
    standards: tuple[Standard, ...] = ()
    tables: tuple[Table, ...] = ()

    def standards_for(self, item: str, year: int) -> tuple[Standard, ...]:
        """The standards in effect in ``year`` that ``item`` speaks of, the latest rule first.

        ``item`` is an expense or a phrase that names it (``"会议费"``). A condition that the
        phrase names leaves only the standards that meet it (``"三类会议"``, ``"成都住宿费"``).
        The year is the form's: a standard is never applied to a year that it does not cover.
        """
        found = [s for s in self.standards if s.period.covers(year) and s.concerns(item)]
        for key in dict.fromkeys(key for s in found for key, _ in s.conditions):
            if any(s.named_in(item, key) for s in found):
                found = [s for s in found if s.named_in(item, key) or not s.condition(key)]
        return tuple(sorted(found, key=lambda s: s.period.since.first, reverse=True))

    def formula_named(self, name: str, year: int | None = None) -> Formula | None:
        """The formula called ``name`` that is in effect in ``year``, the latest one; else ``None``."""
        found = [f for f in self.formulas if f.name == name and (year is None or f.period.covers(year))]
        return max(found, key=lambda f: f.period.since.first, default=None)
