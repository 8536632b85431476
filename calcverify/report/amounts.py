"""The amounts of a claim or a project in the scale that its text used.

A claim that states ``3384万元`` is answered in 万元, whatever the computation was in:
three figures side by side in one unit can be compared at a glance.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from calcverify.report.model import Project
from calcverify.report.numbers import SCALES, amount_in, exact, readable, rounded, scale_for, scale_word
from calcverify.verify.model import Claim


class Amounts(NamedTuple):
    """Computed, stated and their difference as text; ``""`` for what is absent, or no difference."""

    computed: str
    stated: str
    difference: str


def _natural(value: Fraction, unit: str) -> tuple[str, Fraction]:
    """The scale a person would say a value of ``unit`` in, and what it is worth."""
    scale = scale_for(value) if unit else 1
    return f"{scale_word(scale)}{unit}", Fraction(scale)


def _scale(claim: Claim) -> tuple[str, Fraction]:
    """The scale of a claim's stated figure; without one that of the size of its value."""
    stated, computed = claim.stated, claim.computed
    # 元 is the scale that a figure has where nothing was said of it, be it money or not.
    if stated is not None and stated.scale_value > 0 and (stated.unit == "元" or stated.scale != "元"):
        return stated.scale, stated.scale_value
    if stated is not None:
        return _natural(stated.value, stated.unit)
    return ("", Fraction(1)) if computed is None else _natural(computed.value, computed.unit)


def claim_amounts(claim: Claim, lang: str) -> Amounts:
    """A claim's figures in the scale of the stated one: ``3384.2万元``, ``3384万元``, ``−0.2万元``."""
    scale, worth = _scale(claim)
    values = (
        claim.computed.value if claim.computed else None,
        claim.stated.value if claim.stated else None,
        claim.difference or None,
    )
    return Amounts(*("" if v is None else amount_in(v, scale, worth, lang) for v in values))


def satisfying(claim: Claim, lang: str) -> tuple[str, str]:
    """The figure that would agree: precisely, and with the digits that were written.

    ``("30945.134万元", "30945万元")`` for a figure in whole 万元; empty where the claim
    has nothing to compare.
    """
    if claim.stated is None or claim.computed is None or not claim.difference:
        return "", ""
    scale, worth = _scale(claim)
    value, place = claim.computed.value, claim.stated.place
    nearest = rounded(value / place, 0) * place if place > 0 else value
    return amount_in(value, scale, worth, lang), amount_in(nearest, scale, worth, lang)


def total_amounts(project: Project, lang: str) -> Amounts:
    """A project's totals in the unit of the stated one."""
    computed, stated = project.computed_total, project.stated_total
    scale, worth = ("", Fraction(0)) if computed is None else _natural(computed.value, computed.unit)
    if stated is not None:
        named = next((n for n, word in SCALES if f"{word}元" == stated.unit), None)
        scale, worth = ("元", Fraction(1)) if named is None else (stated.unit, Fraction(named))
    values = (
        computed.value if computed else None,
        stated.yuan if stated else None,
        (stated.yuan - computed.value) or None if stated and computed else None,
    )
    return Amounts(*("" if v is None else amount_in(v, scale, worth, lang) for v in values))


def factor_text(factor: Fraction, lang: str) -> str:
    """A missing factor as a person names it: ``约24.0%`` below one, ``12`` above."""
    if not 0 < factor < 1:
        return readable(factor, lang)
    percent = rounded(factor * 100, 1)
    if percent == 0:
        return readable(factor, lang)
    if percent == factor * 100:
        return f"{exact(percent)}%"
    tenths = exact(percent)
    about = "about " if lang == "en" else "约"
    return f"{about}{tenths if '.' in tenths else tenths + '.0'}%"


def share_text(share: Fraction) -> str:
    """A coverage in whole percent, never rounded up: 99.9% is not all."""
    percent = int(share * 100)
    return "<1%" if percent == 0 and share > 0 else f"{percent}%"
