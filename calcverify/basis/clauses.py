"""The clause around a token: its tokens, its words, the roles of its cues."""

from __future__ import annotations

from calcverify.basis.tokens import SHARES, Kind, Token
from calcverify.basis.work import Work

ENDS = (Kind.STOP, Kind.COMMA, Kind.PAUSE, Kind.LINE)


def clause_tokens(work: Work, i: int) -> list[Token]:
    """The tokens of the clause of token ``i``."""
    return [t for k, t in enumerate(work.tokens) if work.clause[k] == work.clause[i]]


def clause_range(work: Work, i: int) -> tuple[int, int]:
    """First and last token of the clause of token ``i``, without the sign that ends it."""
    clause, tokens = work.clause, work.tokens
    first = last = i
    while first > 0 and clause[first - 1] == clause[i] and tokens[first - 1].kind not in ENDS:
        first -= 1
    while last + 1 < len(tokens) and clause[last + 1] == clause[i] and tokens[last + 1].kind not in ENDS:
        last += 1
    return first, last


def clause_text(work: Work, i: int) -> str:
    """The words around the share of token ``i`` in its clause, without the figure itself:
    from the amount or share before it to the next figure behind it."""
    tokens = work.tokens
    first, last = clause_range(work, i)
    k = i - 1
    while k >= first and not amount_or_share(tokens[k]):
        k -= 1
    start = tokens[k].end if k >= first else tokens[first].start
    token = tokens[i]
    tail = i + 1
    while tail <= last and tokens[tail].kind in (Kind.TEXT, Kind.CUE):
        tail += 1
    after = work.text[token.end : tokens[tail - 1].end] if tail > i + 1 else ""
    middle = work.text[token.start : token.end] if token.kind is Kind.CUE else ""
    return work.text[start : token.start] + middle + after


def amount_or_share(token: Token) -> bool:
    """Whether a token is a figure of money or a ratio."""
    return token.kind is Kind.FIGURE and (token.data.money or token.data.kind in SHARES)


def clause_roles(work: Work, i: int) -> frozenset[str]:
    """The cue roles of the clause of token ``i``, up to the next figure behind it."""
    first, last = clause_range(work, i)
    roles: set[str] = set()
    for k in range(first, last + 1):
        token = work.tokens[k]
        if k > i and token.kind is Kind.FIGURE:
            break
        if token.kind is Kind.CUE:
            roles |= token.data
    return frozenset(roles)


def of_last_year(work: Work, i: int) -> bool:
    """上年按4个月发放129600元: whether a figure before it in its clause is said to be of last year."""
    first, _ = clause_range(work, i)
    return any(t.kind is Kind.FIGURE and "previous" in t.data.roles for t in work.tokens[first:i])


def sentence_start(work: Work, i: int) -> int:
    """The offset where the sentence of token ``i`` begins."""
    k = i
    while k > 0 and work.sentence[k - 1] == work.sentence[i]:
        k -= 1
    return work.tokens[k].start
