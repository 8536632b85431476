"""The arithmetic of a formula: a strict little grammar over parameter names and decimals.

    expression = term, { ("+" | "-"), term }
    term       = factor, { ("×" | "÷"), factor }
    factor     = number | name | "(", expression, ")"
    number     = digits, [ ".", digits ], [ "%" ]
    name       = letter, { letter | digit | "_" }

``*`` and ``/`` may stand for ``×`` and ``÷``, ``−`` for ``-``, full-width brackets for
brackets. There is nothing else: no powers, no calls, no comparison. An expression is
read once; it is evaluated for its value with numbers and for its unit with units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import NamedTuple, TypeAlias

from calcverify.exact.units import NONE, Unit, inverse, show, times
from calcverify.standards.faults import Fault, Flaw

LONGEST = 300
DEEPEST = 20

ADDING = {"+": True, "-": False, "−": False}
MULTIPLYING = {"×": True, "*": True, "÷": False, "/": False}
OPENING, CLOSING = "(（", ")）"
DIGITS = "0123456789"


class Number(NamedTuple):
    """A decimal written in the expression (70% is 7/10)."""

    value: Fraction


class Name(NamedTuple):
    """A parameter."""

    name: str


class Sum(NamedTuple):
    """Terms added up; a ``False`` in ``signs`` subtracts its term."""

    terms: tuple[Node, ...]
    signs: tuple[bool, ...]


class Product(NamedTuple):
    """Factors multiplied; a ``False`` in ``ups`` divides by its factor."""

    factors: tuple[Node, ...]
    ups: tuple[bool, ...]


Node: TypeAlias = Number | Name | Sum | Product


class Expression(NamedTuple):
    """An expression as written, and as read."""

    text: str
    node: Node


@dataclass(slots=True)
class Reader:
    """Where the parser stands in the text."""

    text: str
    at: int = 0

    def peek(self) -> str:
        """The next character after blanks, ``""`` at the end."""
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1
        return self.text[self.at : self.at + 1]

    def take(self, wanted: str | Mapping[str, bool]) -> str:
        """The next character if it is one of ``wanted``, else ``""``."""
        char = self.peek()
        if not char or char not in wanted:
            return ""
        self.at += 1
        return char

    def run(self, wanted: str | None = None) -> str:
        """The longest run of characters in ``wanted``, or of those that make a name."""
        start = self.at
        while self.at < len(self.text):
            char = self.text[self.at]
            if not (char in wanted if wanted else char.isalpha() or char in DIGITS or char == "_"):
                break
            self.at += 1
        return self.text[start : self.at]

    def expected(self, zh: str, en: str) -> Flaw:
        """The fault of finding something else here."""
        return Flaw(Fault.EXPECTED, text=self.text, place=self.at + 1, zh=zh, en=en)


def parse(text: str) -> Expression:
    """Read an expression; ``Flaw`` names the character where it goes wrong."""
    if len(text) > LONGEST:
        raise Flaw(Fault.TOO_LONG, limit=LONGEST)
    reader = Reader(text)
    node = _expression(reader, 0)
    if reader.peek():
        raise reader.expected("运算符或结尾", "an operator or the end")
    return Expression(text, node)


def _expression(reader: Reader, depth: int) -> Node:
    """expression = term, { ("+" | "-"), term }"""
    terms, signs = [_term(reader, depth)], [True]
    while sign := reader.take(ADDING):
        signs.append(ADDING[sign])
        terms.append(_term(reader, depth))
    return terms[0] if len(terms) == 1 else Sum(tuple(terms), tuple(signs))


def _term(reader: Reader, depth: int) -> Node:
    """term = factor, { ("×" | "÷"), factor }"""
    factors, ups = [_factor(reader, depth)], [True]
    while sign := reader.take(MULTIPLYING):
        ups.append(MULTIPLYING[sign])
        factors.append(_factor(reader, depth))
    return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(ups))


def _factor(reader: Reader, depth: int) -> Node:
    """factor = number | name | "(", expression, ")" """
    if reader.take(OPENING):
        if depth >= DEEPEST:
            raise Flaw(Fault.TOO_DEEP, limit=DEEPEST)
        node = _expression(reader, depth + 1)
        if not reader.take(CLOSING):
            raise reader.expected("右括号", "a closing bracket")
        return node
    char = reader.peek()
    if char and char in DIGITS:
        return _number(reader)
    if char.isalpha():
        return Name(reader.run())
    raise reader.expected("数、参数或左括号", "a number, a parameter or an opening bracket")


def _number(reader: Reader) -> Number:
    """number = digits, [ ".", digits ], [ "%" ]"""
    digits = reader.run(DIGITS)
    if reader.text[reader.at : reader.at + 1] == ".":
        reader.at += 1
        decimals = reader.run(DIGITS)
        if not decimals:
            raise reader.expected("小数位", "a decimal digit")
        digits += f".{decimals}"
    return Number(Fraction(digits) / (100 if reader.take("%") else 1))


def names_in(expression: Expression) -> tuple[str, ...]:
    """The parameters that it uses, each once, in the order of their first use."""
    return tuple(dict.fromkeys(_names(expression.node)))


def _names(node: Node) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, Sum | Product):
        for child in node[0]:
            yield from _names(child)


def value_of(expression: Expression, values: Mapping[str, Fraction]) -> Fraction:
    """Its value for the parameters' ``values``; ``ZeroDivisionError`` where a divisor is zero."""
    return _value(expression.node, values)


def _value(node: Node, values: Mapping[str, Fraction]) -> Fraction:
    match node:
        case Number(value):
            return value
        case Name(name):
            return values[name]
        case Sum(terms, signs):
            return sum((_value(t, values) * (1 if s else -1) for t, s in zip(terms, signs, strict=True)), Fraction(0))
        case Product(factors, ups):
            result = Fraction(1)
            for factor, up in zip(factors, ups, strict=True):
                value = _value(factor, values)
                result = result * value if up else result / value
            return result


def unit_of(expression: Expression, units: Mapping[str, Unit]) -> Unit:
    """Its unit for the parameters' ``units``; ``Flaw`` where it adds unlike ones.

    A bare number takes the unit of what it is added to: the 30 of ``天数 - 30`` is 30天.
    """
    return _unit(expression.node, units) or NONE


def _unit(node: Node, units: Mapping[str, Unit]) -> Unit | None:
    """The unit of a node, ``None`` for what is made of bare numbers only."""
    match node:
        case Number():
            return None
        case Name(name):
            return units[name]
        case Sum(terms):
            return reduce(_alike, (_unit(term, units) for term in terms))
        case Product(factors, ups):
            known = [(_unit(f, units), up) for f, up in zip(factors, ups, strict=True)]
            if all(unit is None for unit, _ in known):
                return None
            return reduce(times, ((u or NONE) if up else inverse(u or NONE) for u, up in known))


def _alike(left: Unit | None, right: Unit | None) -> Unit | None:
    """The one unit of two terms that are added."""
    if left is None or right is None or left == right:
        return right if left is None else left
    raise Flaw(Fault.UNITS_DISAGREE, left=show(left) or "1", right=show(right) or "1")
