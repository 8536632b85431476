"""Places in a basis that a finding points at, from the tokens of its reading."""

from __future__ import annotations

from calcverify.basis.tokens import Kind
from calcverify.basis.work import Work
from calcverify.source import Span


def stretch(work: Work, first: int, last: int) -> Span:
    """From the beginning of one token to the end of another."""
    return Span(work.tokens[first].start, work.tokens[min(last, len(work.tokens) - 1)].end)


def phrase(work: Work, token: int) -> Span:
    """A figure with the words of its own that stand directly before it: ``共计约15万``."""
    first = token
    while first > 0 and work.tokens[first - 1].kind is Kind.CUE and "more" not in work.tokens[first - 1].data:
        first -= 1
    return stretch(work, first, token)
