"""How far a stated amount is from a computed one, where that has a name of its own."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from calcverify.basis.work import Entry
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual
from calcverify.verify.total import Reach

# Ratios of stated to computed that have a name of their own.
SLIPS: tuple[tuple[Fraction, Bilingual], ...] = (
    (Fraction(12), Bilingual("疑似漏乘12个月", "12 months may have been left out")),
    (Fraction(1, 12), Bilingual("疑似多乘12个月", "12 months may be one factor too many")),
    (Fraction(10**4), Bilingual("疑似单位错误（元/万元）", "元 and 万元 may have been confused")),
    (Fraction(1, 10**4), Bilingual("疑似单位错误（元/万元）", "元 and 万元 may have been confused")),
    (Fraction(10), Bilingual("疑似多写一位（相差10倍）", "one digit too many (10 times)")),
    (Fraction(1, 10), Bilingual("疑似少写一位（相差10倍）", "one digit too few (10 times)")),
)

MOST = 3
DEEPEST = 20


def slip_between(low: Fraction, high: Fraction) -> Bilingual | None:
    """The slip whose ratio lies between two ratios of stated to computed."""
    return next((words for worth, words in SLIPS if low <= worth <= high), None)


def causes_of(case: Case, reach: Reach) -> tuple[Bilingual, ...]:
    """What may lie behind a total that what was computed does not reach: a slip of the unit or the
    months, two digits of the total, an amount of the text that is just the difference."""
    if not reach.value:
        return ()
    return tuple(dict.fromkeys(causes(case, reach)))[:MOST]


def causes(case: Case, reach: Reach) -> Iterator[Bilingual]:
    """The causes, the simplest first."""
    total, mode = reach.total, case.work.leeway.mode
    inside = mode.preimage(total.yuan, total.place)
    ends = (inside.low / reach.value, inside.high / reach.value)
    slip = slip_between(min(ends), max(ends))
    if slip is not None:
        yield slip
    if swapped(str(int(reach.value / total.place)), str(int(total.yuan / total.place))):
        yield Bilingual("总金额可能有相邻两位数字颠倒", "two neighbouring digits of the total may be swapped")
    off = total.yuan - reach.value
    held = {id(e) for e in within(reach.entries)}
    for entry in case.work.entries:
        if entry.figure is None or abs(off - entry.value) * 2 > total.place or id(entry) in held:
            continue
        text = case.work.text[entry.figure.start : entry.figure.end]
        yield Bilingual(
            f"差额正好是“{text}”，可能漏计了这一项", f"the difference is just {text}; it may have been left out"
        )
    for entry in reach.entries[0].parts if len(reach.entries) == 1 else reach.entries:
        if entry.figure is not None and entry.value and abs(off + entry.value) * 2 <= total.place:
            text = case.work.text[entry.figure.start : entry.figure.end]
            yield Bilingual(
                f"差额正好是“{text}”，总金额可能没有包括这一项", f"the difference is just {text}; the total may lack it"
            )


def within(entries: tuple[Entry, ...], depth: int = 0) -> Iterator[Entry]:
    """Entries and what they are made of."""
    for entry in entries:
        yield entry
        if depth < DEEPEST:
            yield from within(entry.parts, depth + 1)


def swapped(one: str, other: str) -> bool:
    """Whether two numbers differ by two neighbouring digits in the other order."""
    if len(one) != len(other) or one == other:
        return False
    wrong = [k for k in range(len(one)) if one[k] != other[k]]
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    return one[wrong[0]] == other[wrong[1]] and one[wrong[1]] == other[wrong[0]]
