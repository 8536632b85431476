"""A claim as one line of arithmetic, and back: ``2.2万人 × 120元/人 = 264万元``.

A line is read with the lexer and the parser that read a basis, so an officer may write it
as in a form (``2.2万人*120元/人=264万元``). Unlike a basis it must be read whole: what is
left over is refused with its place, never ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from calcverify.basis.arithmetic import Parser, brackets, leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.lexer import lex
from calcverify.basis.nodes import Leaf, Node
from calcverify.basis.tokens import Figure, Kind, Token
from calcverify.basis.work import Statement, own_unit
from calcverify.exact.printing import MINUS
from calcverify.exact.units import YUAN
from calcverify.source import Span
from calcverify.verify.expression import expression
from calcverify.verify.figure import figure
from calcverify.verify.model import Claim

MAX_LENGTH = 20_000
EQUALS = " = "
ABOUT = "约"

# A figure at the beginning of a line may be an item's number (1.5人), one behind a label never is.
_LABEL = "算式"
# 18村 × 3万: only a figure right behind its operator is seen to be an operand.
_BLANK_AFTER_SIGN = re.compile(rf"([×*+＋÷=＝≈(（{MINUS}-])[ \t\u3000]+")
_SIGNS = re.compile(rf"[×*+＋÷=＝≈<>＜＞~～^{MINUS}\-－—]")
# Text that says nothing: blanks, our own label, and the end of an amount in capitals (六千元整).
_NOTHING = frozenset({"", _LABEL, "整"})
_WORDS = (Kind.TEXT, Kind.CUE, Kind.PER)


class LineFault(Enum):
    """Why a line is no claim."""

    EMPTY = "empty"
    LONG = "long"
    PIECE = "piece"
    BRACKET = "bracket"
    SHAPE = "shape"
    RESULT = "result"
    ZERO = "zero"
    UNITS = "units"


class LineError(Exception):
    """A line that cannot be read: the fault, and the piece of the line that it is about."""

    def __init__(self, fault: LineFault, piece: str = "") -> None:
        super().__init__(fault, piece)
        self.fault = fault
        self.piece = piece


class Line(NamedTuple):
    """What a line says: a computation, and the figure that it is said to give (or ``None``)."""

    node: Node
    stated: Figure | None


def claim_line(claim: Claim, statement: Statement | None = None, about: bool = False) -> str:
    """``claim`` as a line; ``statement`` is what it was made from, ``about`` puts 约 before its figure."""
    line = expression(claim.node, placed=True)
    stated = stated_text(claim, statement, about)
    return line + EQUALS + stated if stated else line


def stated_text(claim: Claim, statement: Statement | None, about: bool = False) -> str:
    """The stated figure of a claim as the lexer reads it back; ``""`` where there is none."""
    stated = claim.stated
    if stated is None:
        return ""
    if statement is None or statement.stated is None:
        leaf = Leaf(Span(0, 0), stated.value, YUAN, stated.place, int(stated.scale_value))
    elif statement.stated.high is not None:
        return stated.text  # 120多亿元: a vague figure is as vague as its words
    else:
        leaf = leaf_of(statement.stated)._replace(unit=own_unit(statement.stated))
    return (ABOUT if about or stated.hedged else "") + figure(leaf, placed=True)


def read_line(text: str) -> Line:
    """The computation and the stated figure of a line; raises :class:`LineError`.

    >>> line = read_line("2.2万人 × 120元/人 = 264万元")
    >>> evaluate(line.node).value, line.stated.value
    (Fraction(2640000, 1), Fraction(2640000, 1))
    """
    text = text.strip()
    if not text:
        raise LineError(LineFault.EMPTY)
    if len(text) > MAX_LENGTH:
        raise LineError(LineFault.LONG)
    text = _LABEL + _BLANK_AFTER_SIGN.sub(r"\1", text)
    tokens = lex(text)
    closing = brackets(tokens)
    _refuse(text, tokens, closing)
    parser = Parser(tokens, closing)
    first = parser.side(0, need_operator=False)
    if first is None or first.missing:
        raise LineError(LineFault.SHAPE)
    end = parser.skip_label(first.last + 1)
    stated: Figure | None = None
    if parser.kind(end) is Kind.EQUALS:
        second = parser.side(end + 1, need_operator=False)
        if second is None or second.missing or second.written or len(second.operands) != 1:
            raise LineError(LineFault.RESULT, text[tokens[end].end :])
        stated = tokens[second.operands[0]].data
        end = parser.skip_label(second.last + 1)
    if end < len(tokens):
        raise LineError(LineFault.PIECE, text[tokens[end].start :])
    if len(first.operands) + (stated is not None) != sum(t.kind is Kind.FIGURE for t in tokens):
        raise LineError(LineFault.SHAPE)
    value = evaluate(first.node)
    if value is None:
        raise LineError(LineFault.ZERO)
    if value.clash:
        raise LineError(LineFault.UNITS)
    return Line(first.node, stated)


def _refuse(text: str, tokens: list[Token], closing: dict[int, int]) -> None:
    """Refuse a line with a piece that is no arithmetic: a year, damage, a range, a second sign."""
    closed = set(closing.values())
    for i, token in enumerate(tokens):
        piece = text[token.start : token.end]
        if token.kind is Kind.FIGURE:
            vague = token.data.high is not None and i != len(tokens) - 1
            if token.data.bound or vague or token.data.value < 0:
                raise LineError(LineFault.PIECE, piece)
        elif token.kind in _WORDS:
            # −3万元: a minus that is no operator would be lost without a word.
            signs = _SIGNS.search(piece) or any(c.isdecimal() for c in piece)
            if signs or (piece.strip() not in _NOTHING and not _is_label(text, tokens, i)):
                raise LineError(LineFault.PIECE, piece.removeprefix(_LABEL))
        elif (token.kind is Kind.OPEN and i not in closing) or (token.kind is Kind.CLOSE and i not in closed):
            raise LineError(LineFault.BRACKET, piece)
        elif token.kind not in (Kind.OPERATOR, Kind.EQUALS, Kind.OPEN, Kind.CLOSE, Kind.UNIT):
            raise LineError(LineFault.PIECE, piece)


def _is_label(text: str, tokens: list[Token], i: int) -> bool:
    """Whether a word names the figure or bracket behind it: 书架12个 is named, in 12个减半 a word is left over."""

    def kinds(step: int) -> Iterator[Kind]:
        k = i + step
        while 0 <= k < len(tokens):
            if tokens[k].kind is not Kind.TEXT or text[tokens[k].start : tokens[k].end].strip():
                yield tokens[k].kind
            k += step

    before = next(kinds(-1), Kind.STOP)
    behind = next((kind for kind in kinds(1) if kind not in _WORDS), Kind.STOP)
    return before not in (Kind.FIGURE, Kind.CLOSE, Kind.UNIT) and behind in (Kind.FIGURE, Kind.OPEN)


def same(line: str, other: str) -> bool:
    """Whether two lines are one but for blanks, which an editor of tables may have changed."""
    return "".join(line.split()) == "".join(other.split())
