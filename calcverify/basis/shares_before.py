"""Shares that a sentence names and the next one gives: ``省级补20%，市级30%，县级50%。省级应补96.6万元，…``.

Each amount has the share of the payer that its label names. Such a reading confirms; it accuses only where the
shares of other payers of the list are met.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from calcverify.basis.labels import payer
from calcverify.basis.portions import evaluate_rules
from calcverify.basis.rules import Rule
from calcverify.basis.tokens import Figure
from calcverify.basis.work import GOOD, Statement, Work

FEWEST = 2  # shares of a list


def read_shares_before(work: Work, rules: Sequence[Rule], keep: Callable[[Work, int, Statement], None]) -> None:
    """Add what the shares of the sentence before give, for each list of payers."""
    for sentence in sorted({work.sentence[r.token] for r in rules}):
        listed = [r for r in rules if work.sentence[r.token] == sentence and r.payer and not r.parts and not r.growth]
        payers = [r.payer for r in listed]
        if len(listed) < FEWEST or len(set(payers)) < len(payers):
            continue
        if any(work.used.get(r.token) is not None for r in listed):
            continue
        amounts = amounts_of(work, sentence + 1, listed)
        found = [(token, s) for token, rule in amounts if (s := evaluate_rules(work, token, [rule], set())) is not None]
        good = [token for token, s in found if s.verdict in GOOD]
        for token, s in found:
            if token in good or len(good) >= FEWEST:
                keep(work, token, s)


def amounts_of(work: Work, sentence: int, listed: Sequence[Rule]) -> list[tuple[int, Rule]]:
    """The amounts of a sentence that a payer of the list bears, each payer's first, with its share."""
    found: dict[str, tuple[int, Rule]] = {}
    for i, figure in work.figs:
        if work.sentence[i] != sentence or not plain(figure) or work.used.get(i) is not None:
            continue
        who = payer(work.label(i))
        rule = next((r for r in listed if r.payer == who), None)
        if rule is not None:
            found.setdefault(who, (i, rule))
    return list(found.values())


def plain(figure: Figure) -> bool:
    """Whether a figure is an amount that a share may give."""
    return figure.money == 1 and not figure.is_rate and not figure.bound and figure.high is None
