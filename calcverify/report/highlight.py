"""The basis cut into segments: what each piece of the text is in the check, and what was found of it.

A view model for whoever marks the text up, in HTML or elsewhere. The segments tile the
basis, so that their texts put together are the basis; nothing in them is escaped yet::

    教材费：   360册   ×            85元/册  =            3.6万元
    plain      operand computation  operand  computation  stated, mismatch

Claims lie across each other: 3.6万元 is what an equation states, and an addend of the sum
below it. A segment has one role, the strongest, and names every claim that has to do
with it. Its verdict is that of the claims it is stated by; one that no claim states takes
that of the computation it stands in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from calcverify.exact.verdict import Verdict
from calcverify.report.model import Project
from calcverify.report.places import place_of
from calcverify.source import Span
from calcverify.verify.model import Claim

# The words between the operands of these belong to the computation: 12名…每人每月1023元.
_WHOLE = frozenset({"equation", "composed"})
# What may stand between two operands of a written formula besides signs and blanks.
_WRITTEN_OPERATORS = frozenset("xX乘以加减除上")
_WORST_LAST = (
    Verdict.EXACT,
    Verdict.ROUNDED,
    Verdict.CARRY,
    Verdict.APPROXIMATE,
    Verdict.QUERY,
    Verdict.MISMATCH,
)


class Role(str, Enum):
    """What a piece of the basis is in the check, the strongest first."""

    STATED = "stated"
    OPERAND = "operand"
    UNREAD = "unread"
    SET_ASIDE = "set-aside"
    COMPUTATION = "computation"
    PLAIN = "plain"


class Segment(NamedTuple):
    """A piece of the basis in which nothing changes.

    ``claims`` are the indexes in ``project.claims`` of every claim that states, uses or
    spans it, ``stated_by`` those among them whose stated figure it is. ``verdict`` decides
    its colour, ``None`` where there is none. ``findings`` are
    the indexes in ``project.findings`` of what points at it, ``ends`` those among them
    that end with it, where a mark goes. ``reason`` says why a number was set aside or not
    read (a word of the lexicon, ``""`` for other roles).
    """

    span: Span
    text: str
    role: Role
    claims: tuple[int, ...] = ()
    stated_by: tuple[int, ...] = ()
    verdict: Verdict | None = None
    findings: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    reason: str = ""


class _Layer(NamedTuple):
    """Why a range of the basis is not plain: a role (``None`` for a finding), and which claim, number or finding."""

    role: Role | None
    at: int
    reason: str = ""


def segments(project: Project) -> tuple[Segment, ...]:
    """The segments of a project's basis, in order; none for an empty basis."""
    text = project.basis_text
    opens: defaultdict[int, list[_Layer]] = defaultdict(list)
    closes: defaultdict[int, list[_Layer]] = defaultdict(list)
    for span, layer in _layers(project):
        # A place beyond the text is no fault of the reader's: it is marked as far as the text goes.
        start, end = max(0, span.start), min(span.end, len(text))
        if start < end:
            opens[start].append(layer)
            closes[end].append(layer)
    found: list[Segment] = []
    active: dict[_Layer, int] = {}
    cuts = sorted({0, len(text), *opens, *closes})
    for start, end in pairwise(cuts):
        for layer in closes.get(start, ()):
            active[layer] -= 1
            if not active[layer]:
                del active[layer]
        for layer in opens.get(start, ()):
            active[layer] = active.get(layer, 0) + 1
        found.append(_segment(project, Span(start, end), active, closes.get(end, ())))
    return tuple(found)


def worst(verdicts: Iterator[Verdict | None]) -> Verdict | None:
    """The verdict that asks most for a look; ``None`` where there is none."""
    return max(filter(None, verdicts), key=_WORST_LAST.index, default=None)


def extent(claim: Claim) -> Span | None:
    """The stretch of text that a claim is written as; ``None`` where its operands lie apart.

    ``360册×85元/册=3.6万元`` is one stretch. A sum over items is not: what stands between
    them has nothing to do with it.
    """
    if claim.kind in _WHOLE:
        return claim.span
    spans = sorted(operand.span for operand in claim.operands)
    for before, after in pairwise(spans):
        between = claim.text[max(0, before.end - claim.span.start) : max(0, after.start - claim.span.start)]
        if any(char.isalnum() and char not in _WRITTEN_OPERATORS for char in between) or len(between) > 4:
            return None
        if any(char in "，。；、,;\n" for char in between):
            return None
    return Span(spans[0].start, spans[-1].end) if len(spans) > 1 else None


def _layers(project: Project) -> Iterator[tuple[Span, _Layer]]:
    for at, claim in enumerate(project.claims):
        written = extent(claim)
        if written is not None:
            yield written, _Layer(Role.COMPUTATION, at)
        for operand in claim.operands:
            yield operand.span, _Layer(Role.OPERAND, at)
        if claim.stated is not None and claim.stated.span is not None:
            yield claim.stated.span, _Layer(Role.STATED, at)
    for role, asides in ((Role.SET_ASIDE, project.set_aside), (Role.UNREAD, project.unread)):
        for at, aside in enumerate(asides):
            yield aside.span, _Layer(role, at, aside.reason)
    for at, finding in enumerate(project.findings):
        in_basis = finding.field in (None, project.form.basis_field)
        span = place_of(finding, project)[1] if in_basis else None
        if span is not None:
            yield span, _Layer(None, at)


def _segment(project: Project, span: Span, active: dict[_Layer, int], closing: list[_Layer] | tuple[()]) -> Segment:
    """The segment of ``span``, over which the layers of ``active`` lie."""
    by_role: defaultdict[Role | None, set[int]] = defaultdict(set)
    for layer in active:
        by_role[layer.role].add(layer.at)
    role = next((r for r in Role if by_role[r]), Role.PLAIN)
    claims = project.claims
    stated, operand, around = by_role[Role.STATED], by_role[Role.OPERAND], by_role[Role.COMPUTATION]
    deciding = stated or around
    left_out = role in (Role.SET_ASIDE, Role.UNREAD)
    reason = next((x.reason for x in active if x.role is role), "") if left_out else ""
    return Segment(
        span,
        span.of(project.basis_text),
        role,
        tuple(sorted(stated | operand | around)),
        tuple(sorted(stated)),
        None if left_out else worst(claims[at].verdict for at in deciding),
        tuple(sorted(by_role[None])),
        tuple(sorted({layer.at for layer in closing if layer.role is None})),
        reason,
    )
