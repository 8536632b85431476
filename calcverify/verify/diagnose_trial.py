"""Trying a change: the text is changed, read again, and every claim compared with what it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from calcverify.basis.relex import Near
from calcverify.basis.work import GOOD
from calcverify.exact.verdict import Verdict
from calcverify.forms.model import Form
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.diagnose_model import BAD, Change, Edit
from calcverify.verify.model import Claim

# Where the form's total stands, among places that are offsets into the basis.
TOTAL = -1
GRADES = {Verdict.EXACT: 0, Verdict.ROUNDED: 1}


class Fit(NamedTuple):
    """What a change makes of a form in which it leaves nothing inconsistent that it touches.

    ``left`` is how many claims still miss; ``good`` gives for each figure of a claim that
    holds, by its place in the unchanged text, how well (0 exact, 1 rounded, 2 otherwise).
    """

    left: int
    good: dict[int, int]


def changed(form: Form, change: Change) -> Form:
    """The form with the change made in its basis or its total."""
    edits = (*change.edits, *change.carried)
    spots = sorted(((e.span, e.text) for e in edits if e.span is not None), reverse=True)
    if spots and form.basis is not None:
        text = form.basis.text
        for span, new in spots:
            text = text[: span.start] + new + text[span.end :]
        form = form._replace(basis=form.basis._replace(text=text))
    total = change.total
    if total is not None:
        totals = tuple(total if (t.field, t.role) == (total.field, total.role) else t for t in form.totals)
        form = form._replace(totals=totals)
    return form


def near(case: Case, change: Change) -> Near | None:
    """The basis with the places between which a change alters it, where it keeps its length."""
    spots = [(e.span, e.text) for e in (*change.edits, *change.carried) if e.span is not None]
    if any(len(text) != span.end - span.start for span, text in spots):
        return None
    first = min((span.start for span, _ in spots), default=0)
    return Near(case.work, first, max((span.end for span, _ in spots), default=0))


def moved(position: int, edits: Iterable[Edit]) -> int:
    """Where a place of the text stands once the edits are made."""
    shift = 0
    for span, text in edits:
        if span is not None and span.end <= position and (span.start < position or span.end > span.start):
            shift += len(text) - (span.end - span.start)
    return position if position == TOTAL else position + shift


def figures_of(claim: Claim) -> list[tuple[int, int]]:
    """Where the figures of a claim stand, the stated one first."""
    spans: list[tuple[int, int]] = [operand.span for operand in claim.operands]
    if claim.stated is not None:
        spans.insert(0, claim.stated.span or (TOTAL, TOTAL + 1))
    return spans


def key(claim: Claim) -> int | None:
    """The place of the figure that a claim is about, ``None`` where it compares with none."""
    if claim.stated is None:
        return None
    return TOTAL if claim.stated.span is None else claim.stated.span.start


def compare(before: Case, after: Case, change: Change) -> Fit | None:
    """What a change makes of the form, or ``None`` where it leaves something inconsistent.

    No claim that the change touches may miss, no other may begin to miss, no claim or
    figure that was read may be lost, and no fault of units may be new.
    """
    edits = (*change.edits, *change.carried)
    met = after.reach is not None and after.reach.verdict in GOOD
    if not met and before.reach is not None and before.reach.verdict in GOOD:
        return None
    touched = [Span(moved(e.span.start, edits), moved(e.span.start, edits) + len(e.text)) for e in edits if e.span]
    if change.total is not None:
        touched.append(Span(TOTAL, TOTAL + 1))
    were_bad = {moved(k, edits) for c in before.claims if c.verdict in BAD and (k := key(c)) is not None}
    misses = [claim for claim in after.claims if claim.verdict in BAD]
    for claim in misses:
        inside = any(a < t.end and t.start < b for a, b in figures_of(claim) for t in touched)
        if inside or key(claim) not in were_bad:
            return None
    now: dict[int, int] = {TOTAL: 0} if met else {}
    for claim in after.claims:
        if claim.verdict is not None and claim.verdict not in BAD:
            grade = GRADES.get(claim.verdict, 2)
            for at, (start, _) in enumerate(figures_of(claim)):
                # The figure that a claim states speaks for the claim; an operand only shows that it is used.
                now[start] = grade if at == 0 else now.get(start, 2)
    missing = {key(claim) for claim in misses}
    for claim in before.claims:
        k = key(claim)
        if k is not None and moved(k, edits) not in now and moved(k, edits) not in missing:
            return None
    if lost(before, after, edits) or issues(after) > issues(before):
        return None
    open_total = bool(before.form.totals) and not met and TOTAL not in missing
    bad = {claim.stated for claim in misses}
    return Fit(len(bad) + open_total, {p: now[moved(p, edits)] for p in places(before) if moved(p, edits) in now})


def places(case: Case) -> set[int]:
    """Where the figures of all claims begin."""
    return {start for claim in case.claims for start, _ in figures_of(claim)}


def lost(before: Case, after: Case, edits: tuple[Edit, ...]) -> bool:
    """Whether a number that was used is now set aside, unread, or used by nothing."""
    if len(after.work.unread) > len(before.work.unread) or len(after.unread) > len(before.unread):
        return True
    if aside(after) > aside(before):
        return True
    used = after.work.used
    idle = {figure.start for i, figure in after.work.figs if i not in used}
    return bool(idle) and any(moved(before.work.tokens[i].start, edits) in idle for i in before.work.used)


def aside(case: Case) -> int:
    """How many numbers are no figures; an amount that only a total uses stands among them."""
    return sum(each.reason != "amount" for each in case.set_aside)


def issues(case: Case) -> int:
    """How many faults of units a reading has; a rest that has no name is none."""
    own = sum(not name.startswith("rest-unnamed") for name, *_ in case.work.issues)
    return own + sum(len(s.issues) for s in case.statements)
