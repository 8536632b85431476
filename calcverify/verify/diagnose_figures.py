"""Slips in one figure: a digit, two digits, the point, the scale; a share; a count brought up to date.

The values that would agree are solved for, and a figure is proposed only where one small
slip leads from it to such a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from calcverify.basis.nodes import Leaf, Sum
from calcverify.exact.rational import HALF, integer, less, minus, plus, product, quotient
from calcverify.forms.model import StatedTotal
from calcverify.patterns import pattern
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.diagnose_model import Cause, Change, Edit, Operand, Trouble
from calcverify.verify.diagnose_slips import Windows, slips
from calcverify.verify.diagnose_solve import parts, replaced, solve, value_of
from calcverify.verify.diagnose_writing import Rewrite, Writing, written

CAUSES = {
    "digit": Cause.DIGIT,
    "swap": Cause.SWAP,
    "scale": Cause.SCALE,
    "point": Cause.POINT,
    "nought": Cause.NOUGHT,
    "more": Cause.DIGIT_MORE,
    "less": Cause.DIGIT_LESS,
}
# A figure that went in, and between which values it would have to lie.
Reached: TypeAlias = tuple[Operand, Sequence[tuple[Fraction, Fraction]]]
# What gives the figures that some slips may have turned into another, within bounds.
Undone: TypeAlias = Callable[[Writing, Windows], Iterator[Rewrite]]
SHARES = ("percent", "permille", "zhe", "cheng")
MOST_SHARES = 12
NUMBER = pattern(r"[0-9０-９.．,，\s]+")
# A count that was brought up to date is of the same order as the old one.
NEAR = Fraction(2)


def cost_of(rewrite: Rewrite, w: Writing) -> int:
    """How much it takes to believe a slip: points far off are rare, and a digit more or less fits often.

    One digit changed says little where the figure has but one: 3万元 could be any amount.
    """
    if rewrite.slip == "digit" and sum(digit > 0 for digit in w.figures) < 2:
        return 2
    if rewrite.slip in ("more", "less"):
        return 3
    return 2 if rewrite.slip == "nought" or (rewrite.slip == "point" and abs(rewrite.power) > 1) else 1


def in_stated(trouble: Trouble, case: Case, undone: Undone = slips) -> Iterator[Change]:
    """Slips of the pen in the stated figure."""
    w = trouble.figure
    if w is None:
        return
    windows = [(minus(t, trouble.slack), plus(t, trouble.slack)) for t in trouble.targets]
    for rewrite in undone(w, windows):
        if any(trouble.fits(t, rewrite.value, rewrite.place) for t in trouble.targets):
            yield restated(trouble, case, rewrite, CAUSES[rewrite.slip], cost_of(rewrite, w))


def restated(
    trouble: Trouble, case: Case, rewrite: Rewrite, cause: Cause, cost: int, told: tuple[str, ...] = ()
) -> Change:
    """The change that writes another stated figure."""
    assert trouble.claim.stated is not None, "only claims that compare are diagnosed"
    span = trouble.claim.stated.span
    total = total_with(case, rewrite) if span is None else None
    return Change(cause, cost, (Edit(span, rewrite.text),), told, rewrite.power, total, value=rewrite.value)


def total_with(case: Case, rewrite: Rewrite) -> StatedTotal | None:
    """The form's total as it would be read with another figure."""
    if case.reach is None:
        return None
    number = NUMBER.match(rewrite.text)
    end = number.end() if number else 0
    text, unit = rewrite.text[:end], rewrite.text[end:]
    return case.reach.total._replace(text=text, unit=unit, yuan=rewrite.value, place=rewrite.place)


def reaches(trouble: Trouble) -> list[Reached]:
    """Between which values each operand would have to lie, in each way to read the computation; those
    that no value mends are left out."""
    goal = minus(trouble.stated, trouble.slack), plus(trouble.stated, trouble.slack)
    found: list[Reached] = []
    for operand in trouble.operands if trouble.is_short else ():
        solved = (solve(node, operand.leaf, goal) for node in trouble.ways)
        windows = [(b, a) if less(b, a) else (a, b) for a, b in (ends for ends in solved if ends is not None)]
        if windows:
            found.append((operand, windows))
    return found


def in_operands(trouble: Trouble, reached: Sequence[Reached], undone: Undone = slips) -> Iterator[Change]:
    """Slips of the pen in the figures that went in."""
    for operand, windows in reached:
        for rewrite in undone(operand.writing, windows):
            if splits(operand.leaf, rewrite) or vanishes(trouble, operand.leaf, rewrite):
                continue
            cause, cost = CAUSES[rewrite.slip], cost_of(rewrite, operand.writing)
            if rewrite.slip == "point" and operand.leaf.kind in SHARES:
                if operand.leaf.kind != "percent":
                    continue
                cause = Cause.TENTHS
            if rewrite.slip == "scale" and rewrite.power > 0:
                # 2.3人 cannot be, 23人 is seldom 23万人: whole numbers of 万 are the exception.
                cost += 1 if not operand.writing.decimals else -1 if splits(operand.leaf, rewrite, back=True) else 0
            yield Change(cause, cost, (Edit(operand.leaf.span, rewrite.text),), (), rewrite.power)


def splits(leaf: Leaf, rewrite: Rewrite, back: bool = False) -> bool:
    """Whether a moved point would leave a part of a person or a month; with ``back`` whether it mends one."""
    if rewrite.slip not in ("point", "scale") or not leaf.unit or leaf.unit[0][0] == "元":
        return False
    before, after = leaf.value.denominator == 1, rewrite.value.denominator == 1
    return after > before if back else before > after


def vanishes(trouble: Trouble, leaf: Leaf, rewrite: Rewrite) -> bool:
    """Whether an amount would become so small that its sum does not see it any more."""
    return rewrite.slip in ("point", "scale") and leaf.unit == (("元", 1),) and rewrite.value < trouble.place


def updated(trouble: Trouble, reached: Sequence[Reached], bare: bool) -> Iterator[Change]:
    """A count that would agree, or with ``bare`` a share or a figure without a unit, written with as many
    digits: it was changed, the product not."""
    items = parts(trouble.node) if isinstance(trouble.node, Sum) else ()
    for (leaf, w), windows in reached:
        if bare == bool(leaf.unit) or any(name == "元" for name, _ in leaf.unit) or leaf in items:
            continue  # any item could be stretched to close the gap of its sum, and any price
        for low, high in windows:
            rewrite = between(w, low, high)
            if rewrite is None or not quotient(leaf.value, NEAR) <= rewrite.value <= product(leaf.value, NEAR):
                continue
            if leaf.kind in ("percent", "permille") and rewrite.value > 1:
                continue
            yield Change(Cause.UPDATED, 2 if leaf.unit else 3, (Edit(leaf.span, rewrite.text),))


def between(w: Writing, low: Fraction, high: Fraction) -> Rewrite | None:
    """The one figure with the same last digit that lies between two values, or right in their middle."""
    place = w.place if w.arabic else w.worth
    first = -(-low // place)
    if high // place != first:
        middle = quotient(product(plus(low, high), HALF), place)
        if middle.denominator != 1:
            return None
        first = middle.numerator
    found = written(w, product(integer(first), place))
    return found if found is not None and low <= found.value <= high else None


def in_shares(trouble: Trouble, case: Case) -> Iterator[Change]:
    """The share of the rest (40% for 60%), and two shares or two rates that changed places."""
    for operand in trouble.operands:
        leaf = operand.leaf
        if leaf.kind in SHARES and 0 < leaf.value < 1:
            rest = written(operand.writing, 1 - leaf.value)
            if rest is not None and gives(trouble, {leaf: rest.value}):
                yield Change(Cause.COMPLEMENT, 2, (Edit(leaf.span, rest.text),))
    yield from swapped(trouble, case)


def gives(trouble: Trouble, values: Mapping[Leaf, Fraction]) -> bool:
    """Whether the computation agrees with other values of some figures."""
    computed = value_of(replaced(trouble.node, values))
    return computed is not None and trouble.fits(computed, trouble.stated)


def swapped(trouble: Trouble, case: Case) -> Iterator[Change]:
    """Two figures of one kind that changed places; one of them may stand in another claim."""
    text = case.work.text
    figures = [figure for _, figure in case.work.figures()]
    shares = [f for f in figures if f.kind in SHARES]
    rates = [f for f in figures if f.kind not in SHARES and f.is_rate]
    for group, cause in ((shares, Cause.SHARES), (rates, Cause.RATES)):
        if not 2 <= len(group) <= MOST_SHARES:
            continue
        for operand in trouble.operands:
            leaf = operand.leaf
            mine = next((f for f in group if f.start == leaf.span.start), None)
            for other in group if mine is not None else ():
                if mine is None or other.value == mine.value or (other.unit, other.kind) != (mine.unit, mine.kind):
                    continue
                twin = next((o.leaf for o in trouble.operands if o.leaf.span.start == other.start), None)
                values = {leaf: other.value} | ({twin: leaf.value} if twin is not None else {})
                if gives(trouble, values):
                    first, second = sorted((Span(mine.start, mine.end), Span(other.start, other.end)))
                    yield Change(cause, 1, (Edit(first, second.of(text)), Edit(second, first.of(text))))
