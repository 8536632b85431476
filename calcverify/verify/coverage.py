"""How much of the total rests on arithmetic that was verified (design section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from calcverify.basis.reading import entries_on_top
from calcverify.basis.work import GOOD, Entry, Work
from calcverify.exact.rational import ZERO, plus, quotient, size
from calcverify.verify.total import Reach

WRITTEN = frozenset({"equation", "composed", "share"})


def amount_covered(work: Work, found: Reach | None) -> Fraction:
    """Backed leaves of the total over all its leaves, by absolute value.

    A leaf is a stated amount that no further amounts stand under; it is backed by an ok
    or notice claim that computes it from quantities. An amount inside a written
    expression is backed.
    """
    roots = list(found.entries) if found is not None else entries_on_top(work)
    backed = total = ZERO
    for root in roots:
        for leaf, good in leaves_of(root, 0):
            total = plus(total, size(leaf))
            if good:
                backed = plus(backed, size(leaf))
    return quotient(backed, total) if total else ZERO


def leaves_of(entry: Entry, depth: int) -> Iterator[tuple[Fraction, bool]]:
    """The leaves under an amount, each with whether it is backed."""
    statement = entry.statement
    if statement is not None and statement.kind in WRITTEN:
        yield entry.value, statement.verdict in GOOD
    elif entry.derived:
        yield entry.value, True
    elif entry.parts and depth < 20:
        for part in entry.parts:
            yield from leaves_of(part, depth + 1)
    else:
        yield entry.value, False
