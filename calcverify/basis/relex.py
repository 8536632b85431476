"""Lexing a text again of which a few characters are others, as a trial of a diagnosis has it.

A comma or a stop ends what the words before it say of a number, and no number or shape goes on
behind it. Only the tokens between two of them, around what was changed, are read again; the
others are taken over, and with them the sentences and clauses that they make.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from calcverify.basis.grammar import grammar
from calcverify.basis.lexer import Lexer
from calcverify.basis.tokens import Kind, Token
from calcverify.basis.work import Work
from calcverify.lexicon.loader import load
from calcverify.patterns import pattern

MARKS = frozenset("，,。；;！？")
# Whether 1 6人 are sixteen is told by other numbers near it that blanks part.
PARTED = pattern(r"\d\s+\.?\s*\d")


class Near(NamedTuple):
    """A text that was read, and between which places another one of the same length differs from it."""

    work: Work
    first: int
    last: int


def lex_near(text: str, near: Near) -> list[Token] | None:
    """The tokens of ``text``, a token for each of the other text and of the same kind; ``None`` where
    they are others, and the text is to be read from its beginning."""
    tokens, first, last = near.work.lexed, near.first, near.last
    if first == last:
        return list(tokens)
    if len(text) != len(near.work.text) or not load().traditional.isdisjoint(text) or PARTED.search(text):
        return None
    begin = end = -1  # the marks before and behind the change
    for k, (kind, start, until, _) in enumerate(tokens):
        if (kind is Kind.COMMA or kind is Kind.STOP) and text[start] in MARKS:
            if until <= first and not parts_digits(text, start):
                begin = k
            elif start >= last and not parts_digits(text, start):
                end = k
                break
    again = behind(text, tokens[: begin + 1])
    again.run(tokens[begin].end if begin >= 0 else 0, tokens[end].end if end >= 0 else len(text))
    count = end + 1 if end >= 0 else len(tokens)
    if len(again.tokens) != count or not alike(again.tokens[begin + 1 :], tokens[begin + 1 : count]):
        return None
    return again.tokens + list(tokens[count:])


def behind(text: str, tokens: Sequence[Token]) -> Lexer:
    """A lexer that goes on behind some tokens, the last of which is a mark."""
    lexer = Lexer(text, grammar(Lexer))
    lexer.tokens = list(tokens)
    items = [token.data for token in tokens if token.kind is Kind.ITEM]
    lexer.last_number = {item.style: item.number for item in items if not item.style.startswith("ref")}
    lexer.reset(tokens[-1].end if tokens else 0)
    return lexer


def parts_digits(text: str, at: int) -> bool:
    """12,345: whether digits stand on both sides of a mark, which may then be one of a number."""
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def alike(tokens: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether two stretches of tokens differ in nothing but what their figures say."""
    return all(a.kind is b.kind and (a.kind is Kind.FIGURE or a == b) for a, b in zip(tokens, others, strict=True))
