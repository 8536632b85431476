"""Factors side by side in the brackets behind an amount: ``27.2万元（400套680元）``.

Nothing else stands in the brackets, and the product is the amount before them: the sign
was lost. As everywhere it is restored only where the result confirms it.
"""

from __future__ import annotations

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.equations import record
from calcverify.basis.interpret import best, readings
from calcverify.basis.nodes import Product
from calcverify.basis.results import free_amount
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import CONFIRMED, Work

FEWEST = 2
MOST = 6


def factors_in(work: Work, opens: int) -> list[int]:
    """The figures that are all that a bracket holds, blanks left aside; none where it holds more."""
    found = []
    for i in range(opens + 1, work.closing[opens]):
        token = work.tokens[i]
        if token.kind is Kind.FIGURE and work.used.get(i) is None:
            found.append(i)
        elif work.text[token.start : token.end].strip():
            return []
    return found if FEWEST <= len(found) <= MOST else []


def read_lost_signs(work: Work) -> None:
    """Add the equation of every amount that the factors in its brackets give."""
    for opens in work.closing:
        if opens == 0 or not free_amount(work, opens - 1):
            continue
        factors = factors_in(work, opens)
        figures: list[Figure] = [work.tokens[i].data for i in factors]
        # 400套680元: counts, and money behind them.
        if not factors or sum(f.money for f in figures) != 1 or not figures[-1].money:
            continue
        if any(f.high is not None or f.bound or f.hedged for f in figures):
            continue
        node = Product(tuple(leaf_of(f) for f in figures), (True,) * len(figures))
        reading = best(readings(node, work.tokens[opens - 1].data, work.heading, work.leeway))
        if reading is not None and reading.verdict in CONFIRMED:
            entry = record(work, "equation", tuple(factors), opens - 1, reading, ("missing-operator",))
            if entry is not None:
                work.entries.append(entry)
