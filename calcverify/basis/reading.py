"""Reading one basis text: tokens, written arithmetic, shares, prose, totals, in this order."""

from __future__ import annotations

from calcverify.basis.charges import read_charges
from calcverify.basis.compose import read_products
from calcverify.basis.described import read_described
from calcverify.basis.equations import read_equations
from calcverify.basis.headed import read_headed
from calcverify.basis.ledger import read_ledger
from calcverify.basis.lexer import lex
from calcverify.basis.lost_signs import read_lost_signs
from calcverify.basis.named_terms import read_named_terms
from calcverify.basis.pairs import read_pairs
from calcverify.basis.relex import Near, lex_near
from calcverify.basis.shares import read_shares
from calcverify.basis.side_by_side import read_side_by_side
from calcverify.basis.steps import read_steps
from calcverify.basis.tables import read_tables
from calcverify.basis.tallies import read_tallies
from calcverify.basis.tiers import read_tiers
from calcverify.basis.tokens import Figure, Kind, Token
from calcverify.basis.work import GOOD, Entry, Work, survey, survey_near
from calcverify.exact.verdict import USUAL, Leeway

MAX_LENGTH = 100_000
# The province's text boxes hold 1,000 characters; scopes of sums are looked for among all
# amounts of a text, which a text of thousands of numbers would make slow.
MAX_FIGURES = 400
MAX_TOKENS = 8000


def read_basis(text: str, unit_scale: int = 0, leeway: Leeway = USUAL, near: Near | None = None) -> Work:
    """Everything that ``text`` computes and states.

    ``unit_scale`` is the scale of a unit that the form's heading declares for bare
    figures (10000 for 万元), ``leeway`` how far a figure may be from its computation, ``near`` a
    text that was read and from which this one differs in a few characters. A text of more
    than 100,000 characters or 400 numbers is not read: the result holds no tokens and one
    unread stretch.
    """
    if len(text) > MAX_LENGTH:
        return not_read(text, unit_scale, leeway)
    tokens: list[Token] | None = None if near is None else lex_near(text, near)
    if tokens is None or near is None:
        tokens = lex(text)
        work = survey(text, tokens, unit_scale, leeway)
    else:
        work = survey_near(text, tokens, near.work, unit_scale, leeway)
    if len(work.figs) > MAX_FIGURES or len(tokens) > MAX_TOKENS:
        return not_read(text, unit_scale, leeway)
    read_tables(work)
    read_equations(work)
    read_named_terms(work)
    read_headed(work)
    read_lost_signs(work)
    read_side_by_side(work)
    read_tallies(work)
    read_pairs(work)
    read_tiers(work)
    read_shares(work)
    unsure = read_products(work) + read_steps(work) + read_charges(work)
    read_described(work)
    work.doubts = {s.stated.index: s for s in unsure if s.stated is not None}
    read_ledger(work)
    for statement in unsure:
        figure = statement.stated
        assert figure is not None, "a product that misses was compared with a figure"
        done = [s for s in work.statements if s.stated is not None and s.stated.start == figure.start]
        if not any(s.verdict in GOOD for s in done):
            work.add(statement)
            for i in statement.operands:
                work.used[i] = "operand"
            work.used[figure.index] = "result"
            for entry in work.entries:
                if entry.token == figure.index:
                    entry.statement, entry.composed = statement, True
    return work


def not_read(text: str, unit_scale: int, leeway: Leeway) -> Work:
    """A text that is too long, or holds too many numbers, for any basis."""
    work = survey("", [], unit_scale, leeway)
    work.text = text
    return work


def entries_on_top(work: Work) -> list[Entry]:
    """The amounts that no total, whole or remainder has absorbed."""
    return [e for e in work.entries if e.within is None]


def loose_operators(work: Work) -> list[int]:
    """Operators between two numbers that belong to no expression that was read."""
    covered: set[int] = set()
    for statement in work.statements:
        if statement.operands:
            first, last = min(statement.operands), max(statement.operands)
            if statement.kind in ("sum", "partition", "balance"):
                continue
            if statement.stated is not None and statement.kind == "share":
                covered.update(range(max(statement.operands), statement.stated.index))
            if statement.stated is not None and statement.kind == "equation":
                first, last = min(first, statement.stated.index), max(last, statement.stated.index)
            covered.update(range(first, last + 1))
    for entry in work.entries:
        if entry.derived:
            covered.update(range(entry.token, entry.last + 1))
    found = []
    for i, token in enumerate(work.tokens):
        if token.kind is not Kind.OPERATOR and token.kind is not Kind.EQUALS:
            continue
        passed = i in covered and not count_for_result(work, i)
        if passed or token.data == "→" or i in work.used:
            continue
        before = next((t for t in reversed(work.tokens[:i]) if t.kind is not Kind.TEXT), None)
        after = next((t for t in work.tokens[i + 1 :] if t.kind is not Kind.TEXT), None)
        if after and after.kind is Kind.FIGURE and work.used.get(after.data.index) == "range":
            continue
        if before and before.kind is Kind.OPEN:
            continue
        if before and after and before.kind in NUMBERS and after.kind in NUMBERS:
            found.append(i)
    return found


def count_for_result(work: Work, i: int) -> bool:
    """②体检：117人=6.7万元；①+②=9.2万元: a product that lost its rate, between the operands of another."""
    if work.tokens[i].kind is not Kind.EQUALS:
        return False
    before, after = figure_beside(work, i, -1), figure_beside(work, i, 1)
    if before is None or after is None or before.index in work.used:
        return False
    return bool(before.unit) and not before.money and after.money == 1


def figure_beside(work: Work, i: int, step: int) -> Figure | None:
    """The figure right before (``step`` -1) or behind a token, with nothing but space between them."""
    k = i + step
    while 0 <= k < len(work.tokens) and work.tokens[k].kind is Kind.TEXT:
        if work.text[work.tokens[k].start : work.tokens[k].end].strip():
            return None
        k += step
    found = work.tokens[k] if 0 <= k < len(work.tokens) else None
    return found.data if found is not None and found.kind is Kind.FIGURE else None


NUMBERS = frozenset({Kind.FIGURE, Kind.DAMAGED, Kind.CLOSE, Kind.OPEN, Kind.UNIT})
