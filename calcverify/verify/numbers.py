"""Where every number of a basis ended: used, set aside with the reason, or unread."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from calcverify.basis.reading import loose_operators
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Work
from calcverify.exact.units import power_of
from calcverify.lexicon.loader import load
from calcverify.source import Span
from calcverify.verify.model import Aside


CURRENCIES = frozenset(u.name for u in load().units.values() if u.kind == "currency")


def unread_of(work: Work) -> tuple[Aside, ...]:
    """The stretches that look like arithmetic and were not read."""
    if not work.tokens:
        size = len(work.text)
        return (Aside(work.text[:40], Span(0, size), "too-long"),) if size else ()
    found = [stretch(work, first, last, reason) for first, last, reason in work.unread]
    for i in loose_operators(work):
        if not any(a.span.start <= work.tokens[i].start < a.span.end for a in found):
            found.append(stretch(work, i, i, "operator", around=True))
    for i, token in enumerate(work.tokens):
        if token.kind is Kind.DAMAGED and not any(a.span.start <= token.start < a.span.end for a in found):
            found.append(stretch(work, i, i, "damaged"))
    for i, figure in work.figures():
        if figure.kind == "joined" and work.used.get(i) not in ("operand", "result") and not any(
            a.span.start <= figure.start < a.span.end for a in found
        ):
            found.append(stretch(work, i, i, "damaged"))
    found += uncounted(work)
    for i, figure in work.figures():
        if any(n in CURRENCIES for n, _ in figure.unit) and work.used.get(i) is None:
            found.append(stretch(work, i, i, "currency"))
    return tuple(sorted(found, key=lambda a: a.span))


def stretch(work: Work, first: int, last: int, reason: str, around: bool = False) -> Aside:
    """A stretch of tokens, with the numbers on both sides where only the sign was lost."""
    tokens = work.tokens
    if around:
        while first > 0 and tokens[first].kind not in (Kind.FIGURE, Kind.DAMAGED):
            first -= 1
        while last + 1 < len(tokens) and tokens[last].kind not in (Kind.FIGURE, Kind.DAMAGED):
            last += 1
    span = Span(tokens[first].start, tokens[min(last, len(tokens) - 1)].end)
    return Aside(span.of(work.text), span, reason)


def uncounted(work: Work) -> Iterator[Aside]:
    """A count and a rate of the same counter in one sentence that nothing has used."""
    free = [(i, f) for i, f in work.figures() if i not in work.used and f.high is None and not f.bound]
    for i, rate in free:
        if rate.money != 1 or not rate.is_rate:
            continue
        for k, count in free:
            if work.sentence[k] != work.sentence[i] or count.money or "previous" in count.roles:
                continue
            if any(power_of(count.unit, n) == 1 for n, p in rate.unit if p < 0 and n not in ("月", "年", "天")):
                first, last = min(i, k), max(i, k)
                yield stretch(work, first, last, "count-and-rate")
                break


def set_aside(work: Work, unread: tuple[Aside, ...]) -> tuple[Aside, ...]:
    """The numbers that are no amounts of this computation, with the reason."""
    found: list[Aside] = []
    for i, token in enumerate(work.tokens):
        span = Span(token.start, token.end)
        if any(u.span.start <= span.start and span.end <= u.span.end for u in unread):
            continue
        if token.kind is Kind.ASIDE:
            found.append(Aside(span.of(work.text), span, token.data))
        elif token.kind is Kind.RATIO and i not in work.used:
            found.append(Aside(span.of(work.text), span, "ratio"))
        elif token.kind is Kind.FIGURE and i not in work.used:
            found.append(Aside(span.of(work.text), span, reason(token.data)))
    return tuple(found)


def reason(figure: Figure) -> str:
    """Why a figure that nothing used is set aside."""
    if figure.high is not None:
        return "vague"
    if figure.bound:
        return "bound"
    if "previous" in figure.roles:
        return "previous-year"
    if figure.money:
        return "rate" if figure.is_rate else "amount"
    return "context"


def share_read(work: Work, set_aside_count: int, unread: tuple[Aside, ...]) -> Fraction:
    """(used + set aside) / all numbers; 1 where there are none."""
    numbers = [Span(t.start, t.end) for t in work.tokens if t.kind in (Kind.FIGURE, Kind.ASIDE, Kind.RATIO, Kind.DAMAGED)]
    if not work.tokens and work.text:
        return Fraction(0)
    if not numbers:
        return Fraction(1)
    lost = sum(any(u.span.start <= s.start and s.end <= u.span.end for u in unread) for s in numbers)
    return Fraction(len(numbers) - lost, len(numbers))
