"""What a form was read as, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from calcverify.basis.work import Statement
from calcverify.exact.verdict import Shape
from calcverify.readings.judging import Around, statement_of
from calcverify.readings.lines import LineError, claim_line, read_line
from calcverify.readings.model import ClaimLine, Piece, ProjectReading, fingerprint, in_one_line
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.model import Claim
from calcverify.verify.spots import stretch

EXACT = "exact"
_LONGEST = 80
# Faults of units that keep a written expression from being a claim.
CLASHES = ("money×money", "money+other")


def reading_of(case: Case) -> ProjectReading:
    """The normalised reading of one form."""
    form = case.form
    return ProjectReading(
        id=in_one_line(form.id),
        name=in_one_line(form.name),
        fingerprint=fingerprint(form),
        source=in_one_line(form.source_name),
        locator=str(form.locator),
        field=in_one_line(form.basis_field),
        basis=form.basis.text if form.basis is not None else "",
        totals=tuple(in_one_line(f"{t.field}：{t.text}{t.unit}") for t in form.totals),
        claims=tuple(claim_lines(case)),
        set_aside=tuple(Piece(shortened(a.text), a.span, a.reason) for a in case.set_aside),
        unread=tuple(unread_pieces(case)),
    )


def claim_lines(case: Case) -> Iterator[ClaimLine]:
    """The claims of a case in their order."""
    around = around_of(case)
    for index, claim in enumerate(case.claims):
        statement = statement_at(case, index)
        prose = asks(case, claim, statement)
        verdict = claim.verdict.value if claim.verdict is not None else ""
        line = claim_line(claim, statement)
        if claim.kind == "total" and read_verdict(claim, line, prose, around) != verdict:
            # 测算约20万元 for a total of 20万元: the total is met as the basis' own hedged figure is.
            hedged = claim_line(claim, statement, about=True)
            line = hedged if read_verdict(claim, hedged, prose, around) == verdict else line
        yield ClaimLine(claim.kind, line, prose, shortened(claim.text), claim.span, verdict)


def shortened(text: str) -> str:
    """The stretch of a claim as a reminder: the whole of it stands in the basis above, at the place."""
    return in_one_line(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def read_verdict(claim: Claim, line: str, prose: bool, around: Around) -> str:
    """The verdict that a line of a claim gets when it is read back (``""`` without one)."""
    try:
        verdict = statement_of(claim.kind, read_line(line), prose, around).verdict
    except LineError:
        return ""
    return verdict.value if verdict is not None else ""


def statement_at(case: Case, index: int) -> Statement | None:
    """What a claim was made from; ``None`` for the form's total and for an expression without a result."""
    return case.statements[index] if index < len(case.statements) else None


def asks(case: Case, claim: Claim, statement: Statement | None) -> bool:
    """Whether a claim whose kind is that of written arithmetic rests on prose, and may only ask."""
    shape = statement.shape if statement is not None else case.reach.shape if case.reach is not None else None
    return claim.kind != "composed" and claim.stated is not None and shape is Shape.COMPOSED


def around_of(case: Case) -> Around:
    """What the project says besides a line."""
    work = case.work
    return Around(
        work.heading, any(f.money == 1 for _, f in work.figures()), rounded_results(case.claims), work.leeway
    )


def rounded_results(claims: tuple[Claim, ...]) -> frozenset[Fraction]:
    """The stated results that are not exactly what was computed."""
    return frozenset(
        c.stated.value for c in claims if c.stated is not None and c.verdict is not None and c.verdict.value != EXACT
    )


def unread_pieces(case: Case) -> Iterator[Piece]:
    """The stretches that were not read, and those whose units contradict each other, in the order
    of the text; those that overlap are one: 2O0册×85元/册=1.7万元 is unread on both sides of 85元."""
    work = case.work
    found = [(a.span, a.reason) for a in case.unread]
    found += [(stretch(work, first, last), name) for name, first, last in work.issues if name in CLASHES]
    joined: list[tuple[Span, str]] = []
    for span, name in sorted(found):
        if joined and span.start < joined[-1][0].end:
            before, reason = joined[-1]
            joined[-1] = (Span(before.start, max(before.end, span.end)), reason)
        else:
            joined.append((span, name))
    for span, name in joined:
        yield Piece(shortened(span.of(work.text)), span, name)
