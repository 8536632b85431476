"""What the templates show: rows of the list and the pieces of a project, as plain values."""

from __future__ import annotations

from typing import Any, NamedTuple

from calcverify.errors import excerpt
from calcverify.report.amounts import share_text, total_amounts
from calcverify.report.mathml import mathml
from calcverify.report.model import Project, Report
from calcverify.report.page import SIGNS
from calcverify.report.places import locator_of
from calcverify.report.screen import PLAIN
from calcverify.report.words import located, reason
from calcverify.verify.expression import expression
from calcverify.verify.model import Claim, Finding, Status
from calcverify.verify.wording import claim_amounts, factor_text
from calcverify.web.words import say

# Whatever asks for a look first, in this order, is opened first and decides the next step.
URGENT = (Status.FAIL, Status.REVIEW, Status.NO_FORMULA, Status.PASS)
ASKING = {"mismatch": 0, "query": 1}
LONGEST_NAME = 120
# A typeset reading does not wrap inside its brackets; a longer one is easier to read as text.
LONGEST_TYPESET = 46


class Row(NamedTuple):
    """A project in the list; the amounts are in the unit of its form."""

    at: int
    status: str
    symbol: str
    word: str
    name: str
    code: str
    source: str
    stated: str
    computed: str
    difference: str

    @property
    def open(self) -> bool:
        """Whether a difference is more than rounding."""
        return self.status in (Status.FAIL.value, Status.REVIEW.value)


class Card(NamedTuple):
    """A claim: its verdict, what was read, what was found of it."""

    at: int
    kind: str
    verdict: str
    symbol: str
    word: str
    text: str
    reading: str
    math: str
    stated: str
    computed: str
    difference: str
    factor: str
    assumptions: tuple[str, ...]
    findings: tuple[Note, ...]


class Note(NamedTuple):
    """A finding in words; ``n`` is the number that the marks in the basis carry."""

    n: int
    code: str
    severity: str
    symbol: str
    word: str
    message: str
    suggestions: tuple[str, ...]
    where: str = ""


class View(NamedTuple):
    """A project: its row, the claims, what is said of other fields, what was left out."""

    row: Row
    coverage_amount: str
    coverage_numbers: str
    place: str
    field: str
    cards: tuple[Card, ...]
    notes: tuple[Note, ...]
    aside: tuple[tuple[str, str], ...]
    unread: tuple[tuple[str, str], ...]


def row(project: Project, at: int, lang: str) -> Row:
    """A project as a line of the list."""
    form, amounts, status = project.form, total_amounts(project, lang), project.status.value
    name = excerpt(form.name.strip(), LONGEST_NAME) or say("unnamed", lang)
    return Row(
        at,
        status,
        SIGNS[status],
        say(status, lang),
        name,
        excerpt(form.id.strip(), 60) if form.name.strip() else "",
        excerpt(form.source_name, LONGEST_NAME),
        amounts.stated,
        amounts.computed,
        amounts.difference,
    )


def view(project: Project, at: int, lang: str) -> View:
    """A project with everything that the page shows of it."""
    cards = [card(project, claim, n, lang) for n, claim in enumerate(project.claims)]
    # What asks for a look comes first; the others follow in the order of the text.
    cards.sort(key=lambda card: ASKING.get(card.verdict, len(ASKING)))
    return View(
        row(project, at, lang),
        share_text(project.coverage.amount),
        share_text(project.coverage.numbers),
        located(project.form.locator, lang),
        excerpt(project.form.basis_field, 60) if project.basis_text else say("text", lang),
        tuple(cards),
        tuple(
            note(f, n, lang)._replace(where=where(f, project, lang))
            for n, f in enumerate(project.findings, 1)
            if f.claim is None
        ),
        tuple((excerpt(a.text, 60), reason(a.reason, lang)) for a in project.set_aside),
        tuple((excerpt(a.text, 200), reason(a.reason, lang)) for a in project.unread),
    )


def card(project: Project, claim: Claim, at: int, lang: str) -> Card:
    """A claim with its findings."""
    amounts, reading = claim_amounts(claim, lang), expression(claim.node)
    reading = f"{reading} = {amounts.computed}" if amounts.computed else reading
    verdict = claim.verdict.value if claim.verdict is not None else "unjudged"
    return Card(
        at,
        say(claim.kind, lang),
        verdict,
        SIGNS[verdict],
        say(verdict, lang),
        excerpt(claim.text, 400),
        reading,
        mathml(claim, lang) if PLAIN.columns(reading) <= LONGEST_TYPESET else "",
        amounts.stated,
        amounts.computed,
        amounts.difference,
        "" if claim.factor is None else factor_text(claim.factor, lang),
        tuple(a.say(lang) for a in claim.assumptions),
        tuple(note(f, n, lang) for n, f in enumerate(project.findings, 1) if f.claim == at),
    )


def note(finding: Finding, n: int, lang: str) -> Note:
    """A finding in words."""
    return Note(
        n,
        finding.code,
        finding.severity.value,
        SIGNS[finding.severity.value],
        say(finding.severity.value, lang),
        finding.message.say(lang),
        tuple(s.say(lang) for s in finding.suggestions),
    )


def where(finding: Finding, project: Project, lang: str) -> str:
    """The field that a finding is about, and its place in the file."""
    parts = (excerpt(finding.field or "", 60), located(locator_of(finding, project), lang))
    return " ".join(filter(None, parts))


def next_step(report: Report) -> str:
    """The word of the sentence that says where to begin."""
    for status in URGENT:
        if report.count(status):
            return f"next-{status.value}"
    return "next-none"


def first_to_open(report: Report) -> int | None:
    """The project that is open when the list appears: the first of the most urgent ones."""
    for status in URGENT:
        for at, project in enumerate(report.projects):
            if project.status is status:
                return at
    return None


def counts(report: Report, lang: str) -> list[dict[str, Any]]:
    """The statuses that occur, with how many projects have each, for the buttons that filter the list."""
    return [
        {"status": s.value, "symbol": SIGNS[s.value], "word": say(s.value, lang), "n": report.count(s)}
        for s in URGENT
        if report.count(s)
    ]
