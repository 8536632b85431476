"""Which one slip would explain a figure that does not add up (design section 7).

Tried only where a claim misses. Each candidate is a single change of the text; it is shown
only if the changed form, read again from the first character, holds. Nothing here changes
a verdict, and nothing of it is imported where everything adds up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple, Protocol

from calcverify.basis.relex import Near
from calcverify.forms.model import Form
from calcverify.verify.case import Case
from calcverify.verify.diagnose_carry import carried
from calcverify.verify.diagnose_figures import Reached, in_operands, in_shares, in_stated, reaches, updated
from calcverify.verify.diagnose_model import Cause, Change, Suggestion, Trouble, troubles
from calcverify.verify.diagnose_slips import miscounted
from calcverify.verify.diagnose_solve import slips
from calcverify.verify.diagnose_trial import Fit, changed, compare, key, near
from calcverify.verify.diagnose_words import message
from calcverify.verify.diagnose_working import (
    factors_unwritten,
    in_copies,
    in_result,
    in_signs,
    unwritten,
    used_as_it_is,
)

MOST_SHOWN = 3
# A cause that takes so much more to believe than the first one only distracts.
MOST_BEHIND = 1
# A digit too many or too few, a factor that is not written: they fit often, and cost this much or more.
UNLIKELY = 3
MOST_CLAIMS = 20
MOST_TRIALS = 40
MOST_TRIALS_OF_FORM = 150
# Reading again costs by the character: a long text gets few trials, a short one all of them.
LONG_TEXT = 3_000
MOST_TRIALS_OF_LONG = 6
MOST_CHARACTERS = 60_000
# And by the pairs of figures, since each may be a part of any total: 甲1元、乙2元，合计4元 a hundred times over.
MOST_PAIRS = 700_000


class Holds(NamedTuple):
    """A change under which a claim holds, and what decides its place among others.

    ``rank``: the claims that still miss, and how much it takes to believe the slip, more
    where the claim then holds only by rounding (``grade``).
    """

    change: Change
    rank: tuple[int, int]
    grade: int


class Asked(NamedTuple):
    """A claim that misses, and the places among its causes of the changes that were found to hold.

    ``held`` has the key of each as :func:`diagnose` sorts them, those first after which no claim misses.
    """

    trouble: Trouble
    held: list[tuple[tuple[int, int], int]]

    def matters(self, cost: int) -> bool:
        """Whether a change of this cost could still be shown, or be counted as likely as the first one."""
        if self.trouble.is_query and cost > 1:
            return False
        held = sorted(self.held)
        if not held or held[0][0][0] or cost <= held[0][0][1]:
            return True
        if cost > held[0][0][1] + MOST_BEHIND:
            return False
        return len(held) < MOST_SHOWN or held[MOST_SHOWN - 1] > ((0, cost), 0)


class Again(Protocol):
    """Reads a form without diagnosing it; ``near`` is the basis that it was made from by a small change."""

    def __call__(self, form: Form, *, near: Near | None = None) -> Case:
        """The form as it is read."""


def diagnose(case: Case, again: Again) -> dict[int, tuple[Suggestion, ...]]:
    """At most three possible causes for each claim that misses, by its index; the likeliest first.

    An empty tuple says that no single slip explains a mismatch; a question that none explains
    has no entry.
    """
    asked = troubles(case)[:MOST_CLAIMS]
    fits = tried(case, asked, again)
    found: dict[int, tuple[Suggestion, ...]] = {}
    for trouble in asked:
        held = [h for change, fit in fits if (h := holds(trouble, change, fit)) is not None]
        held.sort(key=lambda h: (h.rank, h.grade))
        if held or not trouble.is_query:
            found[trouble.number] = tuple(suggestions(case, held))
    return found


def holds(trouble: Trouble, change: Change, fit: Fit) -> Holds | None:
    """The change as a cause of what is asked, ``None`` where it is none."""
    place = key(trouble.claim)
    if place is None or place not in fit.good or (trouble.is_query and change.cost > 1):
        return None
    return Holds(change, (fit.left, change.cost + fit.good[place]), fit.good[place])


def tried(case: Case, asked: list[Trouble], again: Again) -> list[tuple[Change, Fit]]:
    """Every change that was tried and leaves nothing inconsistent, with what it makes of the form.

    A change that was thought of for one claim may explain another: a wrong item makes the
    sum over it wrong. One that could be shown for none of them is not tried.
    """
    length = max(1, len(case.work.text))
    pairs = max(1, len(case.work.figs) ** 2)
    left = min(MOST_TRIALS_OF_FORM, MOST_CHARACTERS // length, MOST_PAIRS // pairs)
    most = MOST_TRIALS if length <= LONG_TEXT else MOST_TRIALS_OF_LONG
    known: set[object] = set()
    fits: list[tuple[Change, Fit]] = []
    open_ones = [Asked(trouble, []) for trouble in asked]
    for trouble in asked:
        for first in islice(candidates(trouble, case, partial(matter, trouble is asked[-1], open_ones)), most):
            change: Change | None = first
            while change is not None and (change.edits, change.carried, change.total) not in known:
                if left == 0:
                    return fits
                left -= 1
                known.add((change.edits, change.carried, change.total))
                if not any(each.matters(change.cost) for each in open_ones):
                    break  # what would follow from it costs no less
                after = again(changed(case.form, change), near=near(case, change))
                fit = compare(case, after, change)
                if fit is not None:
                    fits.append((change, fit))
                    for each in open_ones:
                        held = holds(each.trouble, change, fit)
                        each.held.extend([(held.rank, held.grade)] if held is not None else [])
                change = carried(trouble, case, after, change) if fit is None and restates(trouble, change) else None
    return fits


def matter(last: bool, asked: list[Asked], cost: int) -> bool:
    """Whether changes of this cost or more need be thought of: for the last claim those that would not be
    tried need not be counted among the trials either."""
    return not last or any(each.matters(cost) for each in asked)


def restates(trouble: Trouble, change: Change) -> bool:
    """Whether a change corrects a slip in the stated figure: others may have been made with it."""
    if change.cause is Cause.RESULT:
        return False  # it has nothing to show but that the others agree as they are
    stated = trouble.claim.stated
    return stated is not None and stated.span is not None and change.edits[0].span == stated.span


def candidates(trouble: Trouble, case: Case, matter: Callable[[int], bool]) -> Iterator[Change]:
    """The changes that are worth a trial, smaller slips first; one for each changed text.

    Those that take ``UNLIKELY`` to believe are thought of only once the others were tried, and
    only if ``matter`` says so of their cost then.
    """
    reached = reaches(trouble)
    first: set[object] = set()
    for think in (likely, unlikely):
        for change in sorted(think(trouble, case, reached), key=lambda c: c.cost):
            what = change.edits, change.total
            if what not in first:
                first.add(what)
                yield change
        if trouble.is_query or not matter(UNLIKELY):
            return


def likely(trouble: Trouble, case: Case, reached: Sequence[Reached]) -> list[Change]:
    """The changes that take less than ``UNLIKELY`` to believe."""
    if trouble.is_query:
        # A slip of the pen only: a factor that no word names is solved for by the question itself.
        return [c for c in (*in_stated(trouble, case), *in_operands(trouble, reached)) if c.cost == 1]
    worked = tuple(slips(trouble.node))
    return [
        *in_result(trouble, case, worked),
        *in_stated(trouble, case),
        *in_copies(trouble, case),
        *in_operands(trouble, reached),
        *in_signs(trouble, case, worked),
        *in_shares(trouble, case),
        *updated(trouble, reached, bare=False),
        *(change for change in factors_unwritten(trouble) if change.cost == 1),
    ]


def unlikely(trouble: Trouble, case: Case, reached: Sequence[Reached]) -> list[Change]:
    """The changes that take more."""
    return [
        *used_as_it_is(trouble, case),
        *in_stated(trouble, case, miscounted),
        *in_operands(trouble, reached, miscounted),
        *updated(trouble, reached, bare=True),
        *unwritten(trouble, case),
    ]


def suggestions(case: Case, held: list[Holds]) -> Iterator[Suggestion]:
    """The best of what holds, worded; where several are as likely, each says so."""
    ties = sum(h.rank == held[0].rank for h in held)
    best = held[0].rank if held else (0, 0)
    worth = [h for h in held if h.rank[0] == best[0] and h.rank[1] <= best[1] + MOST_BEHIND]
    for h in worth[:MOST_SHOWN]:
        tied = ties if h.rank == held[0].rank else 1
        yield Suggestion(h.change.cause, h.change.edits, message(case, h.change, tied), h.change.carried)
