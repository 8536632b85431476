"""The amounts of a claim in words, for whoever speaks of it: the checks and the reports.

A claim that states ``1263万元`` is answered in 万元, whatever the computation was in:
three figures side by side in one unit can be compared at a glance.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from calcverify.exact.printing import SCALES, amount, amount_in, exact, readable, rounded, scale_for, scale_word
from calcverify.verify.model import Claim


class Amounts(NamedTuple):
    """Computed, stated and their difference as text; ``""`` for what is absent, or no difference."""

    computed: str
    stated: str
    difference: str


def natural_scale(value: Fraction, unit: str) -> tuple[str, Fraction]:
    """The scale a person would say a value of ``unit`` in, and what it is worth."""
    scale = scale_for(value) if unit else 1
    return f"{scale_word(scale)}{unit}", Fraction(scale)


def scale_of(claim: Claim) -> tuple[str, Fraction]:
    """The scale of a claim's stated figure; without one that of the size of its value."""
    stated, computed = claim.stated, claim.computed
    # 元 is the scale that a figure has where nothing was said of it, be it money or not.
    if stated is not None and stated.scale_value > 0 and (stated.unit == "元" or stated.scale != "元"):
        return stated.scale, stated.scale_value
    if stated is not None:
        return natural_scale(stated.value, stated.unit)
    return ("", Fraction(1)) if computed is None else natural_scale(computed.value, computed.unit)


def said_in(value: Fraction, unit: str, lang: str = "zh") -> str:
    """An amount of money in the unit that the text uses (``"万元"``): 2000元 is 0.2万元.

    A unit that is no scale of 元 is not repeated; the amount is then said in its own scale.
    """
    worth = next((n for n, word in SCALES if f"{word}元" == unit), None)
    return amount(value, "元", lang) if worth is None else amount_in(value, unit, Fraction(worth), lang)


def money_unit(scale: int) -> str:
    """The unit of a figure of money that was written with ``scale``: 万元 for 10000."""
    return f"{scale_word(scale) or ''}元"


def claim_amounts(claim: Claim, lang: str) -> Amounts:
    """A claim's figures in the scale of the stated one: ``1263.2万元``, ``1263万元``, ``−0.2万元``."""
    scale, worth = scale_of(claim)
    values = (
        claim.computed.value if claim.computed else None,
        claim.stated.value if claim.stated else None,
        claim.difference or None,
    )
    return Amounts(*("" if v is None else amount_in(v, scale, worth, lang) for v in values))


def in_both(claim: Claim) -> tuple[Amounts, Amounts]:
    """A claim's figures in Chinese and in English: they differ only where one is rounded (约, about)."""
    zh = claim_amounts(claim, "zh")
    return zh, claim_amounts(claim, "en") if any("约" in text for text in zh) else zh


def satisfying(claim: Claim, lang: str) -> tuple[str, str]:
    """The figure that would agree: precisely, and with the digits that were written.

    ``("1263.2万元", "1263万元")`` for a figure in whole 万元; empty where the claim
    has nothing to compare.
    """
    if claim.stated is None or claim.computed is None or not claim.difference:
        return "", ""
    scale, worth = scale_of(claim)
    value, place = claim.computed.value, claim.stated.place
    nearest = rounded(value / place, 0) * place if place > 0 else value
    return amount_in(value, scale, worth, lang), amount_in(nearest, scale, worth, lang)


def factor_text(factor: Fraction, lang: str) -> str:
    """A missing factor as a person names it: ``约15.0%`` below one, ``12`` above."""
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
