"""The status of a form once some of its findings do not count."""

from __future__ import annotations

from collections.abc import Callable
from itertools import compress

from calcverify.report.model import Project
from calcverify.source import Span
from calcverify.verify.model import Aside, Finding, Status
from calcverify.verify.status import status_of

# The rules that tell of text which was not read.
UNREAD = frozenset({"CV206", "CV207"})

# The rules that tell why there is nothing to compute.
NOTHING_COMPUTED = frozenset({"CV108", "CV109", "CV602", "CV603", "CV604"})


def standing(project: Project, out: Callable[[Finding], bool], strict: bool) -> Status:
    """The status that the findings give for which ``out`` does not hold.

    A piece that was not read is settled once every finding about it is out; one without a
    finding stays open. Nothing to compute stays so, whatever is said of it.
    """
    left = [f for f in project.findings if not out(f)]
    told = [f.span for f in project.findings if f.code in UNREAD and f.span is not None]
    open_ = [f.span for f in left if f.code in UNREAD and f.span is not None]
    unread = any(met(piece.span, open_) or not met(piece.span, told) for piece in project.unread)
    return status_of(left, unread, project.computes or bool(project.claims), strict)


def answered(project: Project, out: Callable[[Finding], bool]) -> bool:
    """Whether everything that says why nothing was computed is out."""
    why = [out(f) for f in project.findings if f.code in NOTHING_COMPUTED]
    return bool(why) and all(why)


def met(span: Span, others: list[Span]) -> bool:
    """Whether a place overlaps one of the others."""
    return any(span.start < other.end and other.start < span.end for other in others)


def without(pieces: tuple[Aside, ...], known: list[bool]) -> tuple[Aside, ...]:
    """The pieces that are not known."""
    return tuple(compress(pieces, (not k for k in known)))
