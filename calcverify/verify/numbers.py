"""Where every number of a basis ended: used, set aside with the reason, or unread."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from calcverify.basis.amounts import of_other_years
from calcverify.basis.reading import loose_operators
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import GOOD, Work
from calcverify.exact.rational import ONE, ZERO
from calcverify.exact.units import power_of
from calcverify.lexicon.loader import load
from calcverify.source import Span
from calcverify.verify.model import Aside

SIGNS = frozenset({Kind.OPERATOR, Kind.EQUALS})
NUMBERS = frozenset({Kind.FIGURE, Kind.ASIDE, Kind.RATIO, Kind.DAMAGED})
SET_ASIDE = frozenset({Kind.ASIDE, Kind.RATIO})


@cache
def currencies() -> frozenset[str]:
    """The units that are money of their own."""
    return frozenset(u.name for u in load().units.values() if u.kind == "currency")


def unread_of(work: Work) -> tuple[Aside, ...]:
    """The stretches that look like arithmetic and were not read."""
    if not work.tokens:
        size = len(work.text)
        return (Aside(work.text[:40], Span(0, size), "too-long"),) if size else ()
    found = [stretch(work, first, last, reason) for first, last, reason in work.unread]
    if not SIGNS.isdisjoint(work.kinds):
        for i in loose_operators(work):
            if not inside(work, i, found):
                found.append(stretch(work, i, i, "operator", around=True))
    if Kind.DAMAGED in work.kinds:
        for i, token in enumerate(work.tokens):
            if token.kind is Kind.DAMAGED and not inside(work, i, found):
                found.append(stretch(work, i, i, "damaged"))
    used, foreign, figures = work.used, currencies(), work.figures()
    for i, figure in figures:
        if figure.kind == "joined" and used.get(i) not in ("operand", "result") and not inside(work, i, found):
            found.append(stretch(work, i, i, "damaged"))
    free = [(i, f) for i, f in figures if i not in used]
    if len(free) > 1:
        found += uncounted(work, free)
    for i, figure in free:
        if figure.unit and any(n in foreign for n, _ in figure.unit):
            found.append(stretch(work, i, i, "currency"))
    return tuple(sorted(found, key=lambda a: a.span)) if found else ()


def inside(work: Work, i: int, found: list[Aside]) -> bool:
    """Whether token ``i`` begins in a stretch that is known to be unread."""
    start = work.tokens[i].start
    return any(a.span.start <= start < a.span.end for a in found)


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


def uncounted(work: Work, free: list[tuple[int, Figure]]) -> Iterator[Aside]:
    """A count and a rate of the same counter in one sentence, of the figures that nothing has used."""
    sentence = work.sentence
    plain = [(i, f) for i, f in free if f.high is None and not f.bound]
    rates = [(i, f) for i, f in plain if f.money == 1 and f.is_rate and not of_other_years(work, i)]
    counts = [(i, f) for i, f in plain if not f.money and "previous" not in f.roles]
    pairs = [
        (i, k, rate, count) for i, rate in rates for k, count in counts
        if sentence[k] == sentence[i]
        and any(power_of(count.unit, n) == 1 for n, p in rate.unit if p < 0 and n not in ("月", "年", "天"))
    ]
    known = computed_with(work) if pairs else []
    # 1460人，人均月补差510元，1460人×510元×12个月=893.52万元: a computation that holds has both.
    again = {
        at for i, k, rate, count in pairs if any(count.value in v and rate.value in v for v in known) for at in (i, k)
    }
    told: set[int] = set()
    for i, k, _, _ in pairs:
        if i not in told and i not in again and k not in again:
            told.add(i)
            yield stretch(work, min(i, k), max(i, k), "count-and-rate")


def computed_with(work: Work) -> list[set[Fraction]]:
    """The values that each computation that holds was made with."""
    return [
        {work.tokens[i].data.value for i in s.operands if work.tokens[i].kind is Kind.FIGURE}
        for s in work.statements if s.verdict in GOOD
    ]


def set_aside(work: Work, unread: tuple[Aside, ...]) -> tuple[Aside, ...]:
    """The numbers that are no amounts of this computation, with the reason."""
    used = work.used
    if work.kinds.isdisjoint(SET_ASIDE):
        numbers = [(i, work.tokens[i]) for i, _ in work.figures() if i not in used]
    else:
        numbers = [(i, token) for i, token in enumerate(work.tokens) if token.kind in NUMBERS]
    found: list[Aside] = []
    for i, (kind, start, end, data) in numbers:
        if kind is Kind.ASIDE:
            why: str = data
        elif i in used or kind is Kind.DAMAGED:
            continue
        else:
            why = "ratio" if kind is Kind.RATIO else reason(data)
        if not lies_in(start, end, unread):
            found.append(Aside(work.text[start:end], Span(start, end), why))
    return tuple(found)


def lies_in(start: int, end: int, unread: tuple[Aside, ...]) -> bool:
    """Whether a stretch lies in one that was not read."""
    return bool(unread) and any(u.span.start <= start and end <= u.span.end for u in unread)


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


def share_read(work: Work, unread: tuple[Aside, ...]) -> Fraction:
    """(used + set aside) / all numbers; 1 where there are none."""
    if not work.tokens and work.text:
        return ZERO
    if not unread:
        return ONE
    numbers = [token for token in work.tokens if token.kind in NUMBERS]
    lost = sum(lies_in(token.start, token.end, unread) for token in numbers)
    return Fraction(len(numbers) - lost, len(numbers)) if numbers else ONE
