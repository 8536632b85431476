"""How sure a reading is where it would accuse: whether the amounts stand together, whether a slip explains the miss.

``甲5万元、乙3万元，合计9万元`` leaves no doubt what the total is of. In a paragraph with amounts that the total does
not count, a miss may as well be the reading's: there only a miss that a slip of the pen explains is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from calcverify.basis.compare import power_of_ten
from calcverify.basis.tokens import Figure
from calcverify.basis.work import Entry, Work

SIGNIFICANT = 2  # digits that tell a slip from another amount: 5万元 and 9万元 have one
NO_ITEM = ("operand", "label", "range", "cell", "part", "base")


def stand_together(work: Work, stated: Entry, items: Sequence[Entry]) -> bool:
    """Whether every amount between the first of some items and their total is one of them, or was read into one."""
    tokens = {e.token for e in items}
    first, last = min(tokens | {stated.token}), max(tokens | {stated.token})
    within = {id(e) for e in items}
    for e in work.entries:
        if not first < e.token < last or e.token in tokens or e is stated or e.figure is None:
            continue
        if not absorbed(e, within) and work.used.get(e.token) not in NO_ITEM:
            return False
    return not any(
        first < i < last and f.money == 1 and not f.is_rate and i not in tokens and i != stated.token
        and i not in work.used and not any(e.token == i for e in work.entries)
        for i, f in work.figs
    )


def absorbed(e: Entry, within: set[int]) -> bool:
    """Whether an amount is a part of one of the items, however deep."""
    above = e.within
    for _ in range(8):
        if above is None:
            return False
        if id(above) in within:
            return True
        above = above.within
    return False


def explained(computed: Fraction, stated: Figure, items: Iterable[Fraction] = ()) -> bool:
    """Whether one slip turns what was computed into what is stated: a digit, two digits swapped, a place, or an item
    left out or taken twice."""
    difference = abs(computed - stated.value)
    half = stated.place / 2
    if any(item and abs(difference - abs(item)) <= half for item in items):
        return True
    return slip_of_pen(computed, stated)


def slip_of_pen(computed: Fraction, stated: Figure) -> bool:
    """Whether the digits of two amounts differ by one digit, by two that are swapped, or by their place alone."""
    if computed <= 0 or stated.value <= 0:
        return False
    if power_of_ten(computed / stated.value):
        return True
    # Half a unit up: 66.03 to one place is 66.0.
    a, b = str(int(computed / stated.place + Fraction(1, 2))), str(int(stated.value / stated.place))
    while len(a) > 1 and a[-1] == b[-1] == "0":
        a, b = a[:-1], b[:-1]
    if min(len(a), len(b)) < SIGNIFICANT:
        return False
    if len(a) == len(b):
        apart = [k for k in range(len(a)) if a[k] != b[k]]
        swapped = len(apart) == 2 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
        return len(apart) <= 1 or (swapped and apart[1] - apart[0] == 1)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) - len(shorter) == 1 and any(
        longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer))
    )
