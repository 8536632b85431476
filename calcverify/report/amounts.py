"""The totals of a project in the scale that its form used, and its coverage in percent."""

from __future__ import annotations

from fractions import Fraction

from calcverify.exact.printing import SCALES, amount_in
from calcverify.report.model import Project
from calcverify.verify.wording import Amounts, natural_scale


def total_amounts(project: Project, lang: str) -> Amounts:
    """A project's totals in the unit of the stated one."""
    computed, stated = project.computed_total, project.stated_total
    scale, worth = ("", Fraction(0)) if computed is None else natural_scale(computed.value, computed.unit)
    if stated is not None:
        named = next((n for n, word in SCALES if f"{word}元" == stated.unit), None)
        scale, worth = ("元", Fraction(1)) if named is None else (stated.unit, Fraction(named))
    values = (
        computed.value if computed else None,
        stated.yuan if stated else None,
        (stated.yuan - computed.value) or None if stated and computed else None,
    )
    return Amounts(*("" if v is None else amount_in(v, scale, worth, lang) for v in values))


def share_text(share: Fraction) -> str:
    """A coverage in whole percent, never rounded up: 99.9% is not all."""
    percent = int(share * 100)
    return "<1%" if percent == 0 and share > 0 else f"{percent}%"
