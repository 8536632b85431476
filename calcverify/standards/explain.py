"""What a factor that is missing from a basis may stand for.

A project pays 24 per cent of a wage bill and never says why; the rates on file say
单位16% + 个人8%. Only named factors and sums within one scheme are tried, so an
explanation is always something that a rule says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple, TypeAlias

from calcverify.errors import UsageError
from calcverify.exact.rational import less
from calcverify.standards.model import Document, Factor, Formulas, PartialDate, Period
from calcverify.standards.printing import percent, plain

RateSum: TypeAlias = tuple[tuple[Factor, ...], Fraction, Fraction]


class Explanation(NamedTuple):
    """A named factor, or the rates of one scheme that add up to it.

    ``low`` and ``high`` are equal where the rule fixes the factor, apart where it gives
    a range that the factor lies in.
    """

    parts: tuple[Factor, ...]
    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """Whether the rule fixes the factor."""
        return self.low == self.high

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that it rests on, each once."""
        return tuple(dict.fromkeys(part.document for part in self.parts if part.document is not None))

    def say(self, lang: str) -> str:
        """One phrase: ``24% = 单位16% + 个人8%（机关事业单位基本养老保险，国办发〔2019〕13号）``."""
        english = lang == "en"
        first = self.parts[0]
        if not first.scheme:
            words = f"{amount(self, False)}: {first.name_en}" if english else f"{amount(self, False)}：{first.name}"
            return words + (f" ({self._cited(lang)})" if english else f"（{self._cited(lang)}）") * bool(self.documents)
        terms = " + ".join(share(part, lang) for part in self.parts)
        left = f"{amount(self, True)} = " if len(self.parts) > 1 else ""
        if english:
            return f"{left}{terms} ({first.scheme_en}, {self._cited(lang)})"
        return f"{left}{terms}（{first.scheme}，{self._cited(lang)}）"

    def _cited(self, lang: str) -> str:
        return ("; " if lang == "en" else "、").join(document.number for document in self.documents)


def share(part: Factor, lang: str) -> str:
    """One rate of a scheme with its payer."""
    if lang == "en":
        return f"{amount(part, True)} {part.payer_en}"
    return f"{part.payer}{f'（{part.kind}）' if part.kind else ''}{amount(part, True)}"


def amount(found: Factor | Explanation, as_percent: bool) -> str:
    """A factor, or the range of one, as a person writes it."""
    write = percent if as_percent else plain
    return write(found.low) if found.low == found.high else f"{write(found.low)}—{write(found.high)}"


def explain_factor(
    factor: Fraction | None,
    formulas: Formulas,
    year: int | None,
    tolerance: Fraction = Fraction(0),
    *,
    low: Fraction | None = None,
    high: Fraction | None = None,
    known: Sequence[Explanation] | None = None,
) -> tuple[Explanation, ...]:
    """What ``factor`` may stand for in ``year`` (``None``: in any year), the best first.

    It may be off by ``tolerance`` either way; a factor that is known only within an
    interval is given by ``low`` and ``high``, both included, and ``factor`` may then be
    ``None``. Fixed factors come before ranges, single ones before sums, near ones before
    far ones, rules in force before rules that have ended, then the order of the files.
    ``known`` are the :func:`candidates` of the formulas and the year where they were made already.
    Raises ``UsageError`` where neither the factor nor both ends are given.
    """
    low = low if low is not None else None if factor is None else factor - tolerance
    high = high if high is not None else None if factor is None else factor + tolerance
    if low is None or high is None:
        raise UsageError("explain_factor：请给出 factor，或同时给出 low 和 high")
    middle = factor if factor is not None else (low + high) / 2
    known = candidates(formulas.factors, year) if known is None else known
    found = [e for e in known if not (less(high, e.low) or less(e.high, low))]
    return tuple(sorted(found, key=lambda e: rank(e, middle)))


def rank(found: Explanation, factor: Fraction) -> tuple[bool, int, Fraction, int]:
    """What makes one explanation better than another; smaller is better."""
    distance = max(found.low - factor, factor - found.high, Fraction(0))
    last = min((part.period.last.toordinal() for part in found.parts if part.period), default=0)
    return (not found.exact, len(found.parts), distance, -last)


def candidates(factors: Sequence[Factor], year: int | None) -> list[Explanation]:
    """Every factor in effect, and every sum of rates of one scheme."""
    found = [Explanation((factor,), factor.low, factor.high) for factor in factors if factor.covers(year)]
    for scheme in dict.fromkeys(f.scheme for f in factors if f.scheme):
        found += [Explanation(*s) for s in sums_of([f for f in factors if f.scheme == scheme], year)]
    return found


def sums_of(rates: Sequence[Factor], year: int | None) -> Iterator[RateSum]:
    """The sums of two or more payers' rates that were in effect at one time, in ``year`` if given.

    A payer pays one rate at a time: 20% until April 2019 and 16% since are never added.
    """
    payers = list(dict.fromkeys(rate.payer for rate in rates))
    for size in range(2, len(payers) + 1):
        for group in combinations(payers, size):
            for parts in product(*([r for r in rates if r.payer == payer] for payer in group)):
                if together([part.period for part in parts if part.period], year):
                    yield parts, sum((p.low for p in parts), Fraction(0)), sum((p.high for p in parts), Fraction(0))


def together(periods: Sequence[Period], year: int | None) -> bool:
    """Whether all were in effect on one day, in ``year`` if given."""
    days = [*periods, *([Period(PartialDate(year), PartialDate(year))] if year is not None else [])]
    first = max((p.since.first for p in days), default=date.min)
    return all(first <= p.last for p in days)
