"""What follows from a wrong figure: sums and totals that were made with it, or repeat it.

``课桌36套×85元/套=3600元，合计4600元`` with a total of 4600元: who mends the 3600元 mends the sum
and the total with it. It is one slip in one figure; the others are right for what they
were made from, and are given the values that then follow.
"""

from __future__ import annotations

from calcverify.basis.work import GOOD
from calcverify.exact.verdict import Verdict
from calcverify.verify.case import Case
from calcverify.verify.diagnose_figures import total_with
from calcverify.verify.diagnose_model import BAD, Change, Edit, Trouble
from calcverify.verify.diagnose_trial import TOTAL, key, moved
from calcverify.verify.diagnose_writing import writing, written

MOST_CARRIED = 6


def carried(trouble: Trouble, before: Case, after: Case, change: Change) -> Change | None:
    """The change with what follows from it, or ``None`` where that is nothing or does not explain it.

    Only figures that agreed with their computation before are taken along; one that missed
    then is another slip. The sums come first: the total is met by what they lead to.
    """
    more = following(before, after, change)
    if more is None or len(change.carried) + len(more) > MOST_CARRIED:
        return None
    if more:
        cost = change.cost + (not change.carried)
        return change._replace(carried=(*change.carried, *more), cost=cost)
    return with_total(trouble, before, after, change) if change.total is None else None


def following(before: Case, after: Case, change: Change) -> list[Edit] | None:
    """The figures of the basis that now miss, with what their computations give."""
    edits = (*change.edits, *change.carried)
    stood = {moved(k, edits): c for c in before.claims if c.verdict not in (None, *BAD) and (k := key(c)) is not None}
    more: list[Edit] = []
    for claim in after.claims:
        k = key(claim)
        if claim.verdict not in BAD or k is None or k == TOTAL:
            continue
        old = stood.get(k)
        if old is None or old.stated is None or old.stated.span is None or claim.computed is None:
            return None
        hand = writing(old.stated.span.of(before.work.text), old.stated.value)
        exact = old.verdict is Verdict.EXACT
        new = written(hand, claim.computed.value, full=exact) if hand is not None else None
        if new is None or any(edit.span == old.stated.span for edit in edits):
            return None
        more.append(Edit(old.stated.span, new.text))
    return more


def with_total(trouble: Trouble, before: Case, after: Case, change: Change) -> Change | None:
    """The change with the form's total behind it, where that was met and now is not.

    A total that repeats the wrong figure is written with it and costs nothing more; one
    that adds it up must differ by just as much as the figure.
    """
    stood, now = before.reach, after.reach
    if stood is None or now is None or stood.verdict not in GOOD or now.verdict in GOOD:
        return None
    total = stood.total
    value = change.value
    repeats = abs(total.yuan - trouble.stated) <= total.place / 2
    if value is None or not (repeats or now.value - stood.value == value - trouble.stated):
        return None
    hand = writing(total.text + total.unit, total.yuan)
    exact = total.yuan == trouble.stated if repeats else stood.verdict is Verdict.EXACT
    new = written(hand, value if repeats else now.value, full=exact) if hand is not None else None
    if new is None:
        return None
    cost = change.cost + (not repeats and not change.carried)
    follows = (*change.carried, Edit(None, new.text))
    return change._replace(carried=follows, total=total_with(before, new), cost=cost)
