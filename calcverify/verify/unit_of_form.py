"""The unit of figures without one, settled by the form's total.

单位：万元 over a form is meant for its own fields; whoever types ``路牌120×430=51600`` below it thinks in 元.
Where only another unit of the form leads to its total, the figures are taken in that one, and the
report says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.evaluate import leaves
from calcverify.basis.work import CONFIRMED, GOOD, Work
from calcverify.forms.model import Form
from calcverify.verify.case import Case
from calcverify.verify.claims import SCALE_WORDS
from calcverify.verify.model import Bilingual

SCALES = {"元": 1, "千元": 1000, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
# A text of more numbers is no cell that somebody typed in a hurry; reading it once is enough.
MOST_FIGURES = 60
# What a reading says of its own bare figures where it takes them in 元.
TOLD = (("money", ""), ("stated-unit", "元"))
# A bare price of a hundred or more is hardly in 万元.
LARGE_PRICE = 100


def other_scales(work: Work, form: Form) -> Iterator[int]:
    """What one of a bare figure may be worth other than the form's note says: 元, the unit of the totals."""
    declared = SCALES.get(form.unit_note or "", 0)
    if not form.totals or len(work.figs) > MOST_FIGURES:
        return
    # The basis declares a unit of its own, or has no figure without one.
    if work.heading != declared or not any(f.bare and f.kind == "arabic" and f.scale == 1 for _, f in work.figs):
        return
    for scale in dict.fromkeys((1, *(SCALES.get(total.unit, 0) for total in form.totals))):
        if scale and scale != declared:
            yield scale


def confirmed_by_total(case: Case) -> bool:
    """Whether a reading meets the total by a computation, misses nowhere, and has no price of 430万元."""
    found = case.reach
    if found is None or found.trivial or found.verdict not in CONFIRMED:
        return False
    if any(claim.verdict is not None and claim.verdict not in GOOD for claim in case.claims):
        return False
    scale = case.work.heading
    return scale == 1 or not any(
        leaf.scale == scale and leaf.value >= LARGE_PRICE * scale
        for s in case.statements
        if s.kind == "equation"
        for leaf in leaves(s.node)
    )


def assuming(case: Case, scale: int) -> Case:
    """The case with the unit told at the claim of the total, or at the last one."""
    if scale == 1 and any(note in TOLD for s in case.statements for note in s.notes):
        return case
    word = SCALE_WORDS[scale]
    assumed = Bilingual(
        f"依据中未注单位的数按{word}计，与申报金额相符",
        f"numbers without a unit in the basis are taken in {word}, which meets the amount asked for",
    )
    *others, last = case.claims
    return case._replace(claims=(*others, last._replace(assumptions=(*last.assumptions, assumed))))
