"""A form with the readings of a person in place of the program's own, where they differ.

A line that was left as it was written is the claim that it was: its place, its assumptions
and what the rules say of it stay. A line that was changed or added is judged like a claim of
the text; one that was deleted is none. The form's total is compared with the corrected
amounts; where a line states how it is made up, that line counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from calcverify.basis.evaluate import leaves
from calcverify.basis.tables import token_at
from calcverify.basis.tokens import Figure
from calcverify.basis.work import GOOD, Statement, Work
from calcverify.exact.verdict import Shape
from calcverify.forms.model import StatedTotal
from calcverify.readings.faults import RefusedError, line_problem, told
from calcverify.readings.graph import Graph, bring, entries_under, reworked, within
from calcverify.readings.judging import Around, statement_of
from calcverify.readings.lines import Line, LineError, read_line, same
from calcverify.readings.locating import Finder, hull
from calcverify.readings.making import around_of, claim_lines, rounded_results, statement_at, unread_pieces
from calcverify.readings.model import ClaimLine, ProjectReading
from calcverify.source import Span
from calcverify.verify.case import Case, Correction
from calcverify.verify.claims import claim_of, operands, total_claim
from calcverify.verify.model import Claim
from calcverify.verify.numbers import set_aside
from calcverify.verify.total import Reach, reach


class Change(NamedTuple):
    """How a file differs from what the program reads: its new lines, what of ours is gone by its
    index, and the stretches that were not read and a person has dealt with."""

    added: tuple[ClaimLine, ...]
    removed: tuple[int, ...]
    dealt: frozenset[Span]

    @property
    def is_none(self) -> bool:
        """Whether the file says what the program reads."""
        return not (self.added or self.removed or self.dealt)


class Made(NamedTuple):
    """A claim, and what it was made from: a statement, or a comparison with the form's total, or neither."""

    claim: Claim
    statement: Statement | None = None
    reach: Reach | None = None


def change_in(case: Case, reading: ProjectReading) -> Change:
    """The lines of ``reading`` that are none of the case's, and the other way round."""
    own = list(enumerate(claim_lines(case)))
    added: list[ClaimLine] = []
    for claim in reading.claims:
        kept = next((pair for pair in own if is_same(pair[1], claim)), None)
        if kept is None:
            added.append(claim)
        else:
            own.remove(kept)
    left = {piece.place for piece in reading.unread}
    dealt = frozenset(piece.place for piece in unread_pieces(case) if piece.place not in left)
    return Change(tuple(added), tuple(index for index, _ in own), dealt)


def is_same(own: ClaimLine, other: ClaimLine) -> bool:
    """Whether a line of a file is one of ours, blanks apart."""
    return (own.kind, own.prose) == (other.kind, other.prose) and same(own.reading, other.reading)


def corrected(case: Case, reading: ProjectReading, source: str) -> Case:
    """``case`` with the claims of ``reading``, a project of the file ``source``; itself where they are its own.

    Raises :class:`RefusedError` for a line that is no claim of this form.
    """
    change = change_in(case, reading)
    if change.is_none:
        return case
    gone = [s for index in change.removed if (s := statement_at(case, index)) is not None]
    dropped = [case.claims[index].node for index in change.removed if case.claims[index].stated is None]
    graph = reworked(case.work, gone, dropped, change.dealt)
    kept = [Made(c, statement_at(case, i)) for i, c in enumerate(case.claims) if i not in change.removed]
    made: list[Made] = []
    # A total is compared with the amounts that the other lines bring.
    for line in sorted(change.added, key=lambda c: c.kind == "total"):
        around = around_of(case)._replace(rounded=rounded_results(tuple(m.claim for m in [*kept, *made])))
        try:
            made.append(new_claim(graph.work, line, around, case.form.totals))
        except LineError as error:
            raise RefusedError(line_problem(source, reading.title, line, error), reading) from error
        except NoTotalError as error:
            stated = "、".join(f"{t.text}{t.unit}" for t in case.form.totals) or "—"
            told_of = told("CV935", source, line.line, (stated, stated), key=reading.title, text=line.reading)
            raise RefusedError(told_of, reading) from error
    return assembled(case, graph, [*kept, *made], change, source)


class NoTotalError(Exception):
    """A line of the total whose figure is no total of the form."""


def new_claim(work: Work, line: ClaimLine, around: Around, totals: Sequence[StatedTotal]) -> Made:
    """The claim of a line that a person wrote, its amount brought into ``work``.

    Raises ``LineError`` or :class:`NoTotalError` where it is no claim of this form.
    """
    read = read_line(line.reading)
    finder = Finder(work, place_in(work, line))
    if line.kind == "total":
        return new_total(work, line, read, around, totals, finder)
    statement = statement_of(line.kind, read, line.prose, around)
    node = finder.placed(statement.node)
    spans = [leaf.span for leaf in leaves(node)]
    figure = placed_figure(finder, statement.stated) if statement.stated is not None else None
    there = figure is not None and figure.index >= 0
    place = place_in(work, line) or hull([*spans, *([Span(figure.start, figure.end)] if figure and there else [])])
    place = place or Span(0, len(work.text))
    if figure is not None and not there:
        # A figure that stands nowhere is shown as the stretch that the line is about.
        figure = figure._replace(start=place.start, end=place.end, label=place.start)
    statement = statement._replace(node=node, stated=figure, operands=tuple(finder.tokens))
    claim = claim_of(work, statement)
    if claim.stated is not None and not there:
        written = line.reading.rpartition("=")[2].strip()
        claim = claim._replace(stated=claim.stated._replace(text=written, span=None))
    if work.tokens:
        first = min(finder.tokens, default=token_at(work, place.start))
        bring(work, statement, figure.index if figure is not None and there else first)
    return Made(at(work, claim, place), statement if figure is not None else None)


def new_total(
    work: Work, line: ClaimLine, read: Line, around: Around, totals: Sequence[StatedTotal], finder: Finder
) -> Made:
    """The form's total as a person made it up from the basis."""
    stated = read.stated
    total = next((t for t in totals if stated is not None and stated.value == t.yuan), None)
    if total is None or stated is None:
        raise NoTotalError
    figure = stated._replace(value=total.yuan, place=total.place, hedged=total.hedged or stated.hedged)
    statement = statement_of("total", Line(read.node, figure), line.prose, around)
    assert statement.verdict is not None, "a line with a stated figure has a verdict"
    node = finder.placed(statement.node)
    entries = entries_under(work, node) if work.tokens else ()
    accuses = statement.shape is not Shape.COMPOSED
    found = Reach(total, node, statement.computed, statement.verdict, statement.shape, entries, False, accuses)
    place = place_in(work, line) or hull(leaf.span for leaf in leaves(node)) or Span(0, len(work.text))
    return Made(at(work, total_claim(work, found), place), None, found)


def place_in(work: Work, line: ClaimLine) -> Span | None:
    """The stretch of the basis that a line is about, where the file names one."""
    place = line.place
    return place if place is not None and place.start < place.end <= len(work.text) else None


def placed_figure(finder: Finder, figure: Figure) -> Figure:
    """A stated figure where it stands in the basis, with the words before it; ``index`` −1 where it stands nowhere."""
    found = finder.find(figure.value, figure.unit)
    if found is None:
        return figure._replace(index=-1)
    token, there = found
    return figure._replace(start=there.start, end=there.end, label=there.label, roles=there.roles, index=token)


def at(work: Work, claim: Claim, place: Span) -> Claim:
    """A claim that stands at ``place`` of the basis."""
    spans = [leaf.span for leaf in leaves(claim.node)]
    return claim._replace(span=place, text=place.of(work.text), operands=operands(work, spans))


def assembled(case: Case, graph: Graph, claims: Sequence[Made], change: Change, source: str) -> Case:
    """The case of the corrected claims, in the order of the text: those of the basis, the total, mere expressions."""
    work = graph.work
    of_text = sorted((m for m in claims if m.statement is not None), key=order)
    total = [m for m in claims if m.claim.kind == "total"]
    bare = [m for m in claims if m.statement is None and m.claim.kind != "total"]
    found = reach_of(case, graph, total, any(c.kind == "total" for c in case.claims))
    found_claims = [m.claim for m in [*of_text, *total]]
    if found is not None and not total and worth_a_claim(found, found_claims):
        found_claims.append(total_claim(work, found))
    unread = tuple(a for a in case.unread if not within(a.span, change.dealt))
    return case._replace(
        work=work,
        claims=(*found_claims, *(m.claim for m in bare)),
        statements=tuple(m.statement for m in of_text if m.statement is not None),
        reach=found,
        set_aside=set_aside(work, unread),
        unread=unread,
        correction=Correction(source, len(change.added), len(change.removed)),
    )


def order(made: Made) -> tuple[int, Span]:
    """Where a claim stands in a report: by its stated figure, then by its computation."""
    stated = made.claim.stated
    return (stated.span or made.claim.span).start if stated is not None else 0, made.claim.span


def reach_of(case: Case, graph: Graph, total: Sequence[Made], had_one: bool) -> Reach | None:
    """How the form's total is compared now: as its line says, else with the corrected amounts.

    Where a person deleted the line of the total, nothing leads to it.
    """
    if total and total[0].reach is not None:
        return total[0].reach
    if total and case.reach is not None:
        return case.reach._replace(entries=tuple(graph.copies.get(id(e), e) for e in case.reach.entries))
    if had_one or not graph.work.tokens:
        return None
    found = reach(graph.work, case.form.totals)
    return found._replace(accuses=False) if found is not None else None


def worth_a_claim(found: Reach, claims: Sequence[Claim]) -> bool:
    """A total that the corrected amounts meet, unless a claim says so already; one they miss is a question."""
    if found.trivial or found.verdict not in GOOD:
        return False
    pair = (found.value, found.total.yuan)
    return all(c.computed is None or c.stated is None or (c.computed.value, c.stated.value) != pair for c in claims)
