"""How much of the total rests on arithmetic that was verified (design section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from calcverify.basis.reading import entries_on_top
from calcverify.basis.work import GOOD, Entry, Work
from calcverify.exact.rational import ZERO, plus, quotient, size
from calcverify.verify.total import Reach

WRITTEN = frozenset({"equation", "composed"})
DEEPEST = 20


def amount_covered(work: Work, found: Reach | None) -> Fraction:
    """Backed leaves of the total over all its leaves, by absolute value.

    A leaf is a stated amount that no further amounts stand under; it is backed by an ok
    or notice claim that computes it from quantities. An amount inside a written
    expression is backed. A sum, a remainder and a share rest on the amounts that they are
    made from: ``甲3万元（算式）、乙1万元，合计4万元，县级负担50%计2万元`` is covered by three quarters.
    """
    roots = list(found.entries) if found is not None else entries_on_top(work)
    by_token = {e.token: e for e in work.entries}
    backed = total = ZERO
    for root in roots:
        for leaf, good in leaves_of(root, by_token, 0):
            total = plus(total, size(leaf))
            if good:
                backed = plus(backed, size(leaf))
    return quotient(backed, total) if total else ZERO


def leaves_of(entry: Entry, by_token: Mapping[int, Entry], depth: int) -> Iterator[tuple[Fraction, bool]]:
    """The leaves under an amount, each with whether it is backed."""
    statement = entry.statement
    if statement is not None and statement.kind in WRITTEN:
        yield entry.value, statement.verdict in GOOD
        return
    if entry.derived:
        yield entry.value, True
        return
    under = [by_token[i] for i in statement.operands if i in by_token] if statement is not None else list(entry.parts)
    under = [e for e in under if e is not entry]
    if not under or depth > DEEPEST:
        yield entry.value, False
        return
    for part in under:
        yield from leaves_of(part, by_token, depth + 1)
