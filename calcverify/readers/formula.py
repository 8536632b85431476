"""Formulas of a spreadsheet, as far as they are sums and products of cells: what they give, exactly.

    formula = term {("+" | "-") term}
    term    = sign {("*" | "/") sign}
    sign    = {"+" | "-"} atom {"%"}
    atom    = number | cell | "(" formula ")" | "SUM" "(" part {"," part} ")"
    part    = cell ":" cell | formula

Nothing else is worked out, and nothing is run: a formula with another function, another
sheet or a text has the result that the file keeps for it, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from calcverify.forms.model import Remark
from calcverify.readers.cell_names import CELL, Position, position
from calcverify.readers.number_format import decimal_of, general
from calcverify.source import Locator

_TOKEN = re.compile(
    r"\s*(?:(?P<cell>\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})(?![A-Za-z0-9_(.!])|(?P<number>[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})"
    r"|(?P<sum>(?i:SUM)\()|(?P<sign>[-+*/%(),:]))"
)
# What is typed into a cell as text and becomes a formula by its sign: =100%, =10.
_TYPED = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?%?")
_LONGEST = 2000
_DEEPEST = 30
# Steps that all formulas of one sheet may take together; a SUM takes one for each of its cells.
_MOST_STEPS = 2_000_000
_MOST_FORMULAS = 50_000


class _Formula(NamedTuple):
    text: str
    shift: Position
    kept: Fraction | None
    shown: str


class _Unknown(Exception):  # noqa: N818  # it ends the working out of one formula
    """A formula that is not worked out."""


class _TooDeep(_Unknown):
    """A formula that needs a formula that needs a formula …: nothing is known of it from here."""


class Formulas:
    """The numbers and formulas of one sheet."""

    def __init__(self) -> None:
        self._numbers: dict[Position, Fraction] = {}
        self._formulas: dict[Position, _Formula] = {}
        self._shared: dict[str, tuple[str, Position]] = {}
        self._known: dict[Position, Fraction | None] = {}
        self._rows: dict[int, list[int]] | None = None
        self._steps = _MOST_STEPS
        self._depth = 0

    def number(self, at: Position, value: Decimal) -> None:
        """A cell that holds a number."""
        self._numbers[at] = Fraction(value)
        self._rows = None

    def add(
        self, at: Position, text: str, shared: str | None, kind: str | None, shown: str, value: str, value_kind: str
    ) -> str | None:
        """A cell with a formula and its kept result; the text as typed where it is no formula to a person."""
        shift = Position(0, 0)
        if kind == "shared" and shared is not None:
            if text:
                self._shared[shared] = (text, at)
            elif shared in self._shared:
                text, first = self._shared[shared]
                shift = Position(at.row - first.row, at.column - first.column)
        if _TYPED.fullmatch(text):
            return "=" + text
        number = decimal_of(value) if value_kind in ("n", "") and value.strip() else None
        kept = Fraction(number) if number is not None else None
        if kept is not None:
            self._numbers[at] = kept
        self._rows = None
        if len(self._formulas) < _MOST_FORMULAS:
            self._formulas[at] = _Formula(text, shift, kept, shown if value.strip() else "")
        return None

    def value(self, at: Position) -> Decimal | None:
        """What the formula of a cell gives with the cells above it, or ``None``."""
        found = self._worked_out(at)
        return None if found is None else _decimal(found)

    def remarks(self, placed: Callable[[int, int], Locator]) -> Iterator[tuple[Position, Remark]]:
        """Formulas whose kept result is not what they give, and formulas that have none.

        ``placed`` says where a row (from 1) and a column (from 0) stand.
        """
        self._known.clear()
        for at, formula in self._formulas.items():
            place = placed(at.row, at.column)
            if formula.kept is None:
                if not formula.shown:
                    given = self._worked_out(at)
                    more = general(_decimal(given)) if given is not None else ""
                    yield at, Remark("uncomputed", "=" + formula.text, place, more)
                continue
            given = self._worked_out(at)
            if given is not None and not _same(given, formula.kept):
                yield at, Remark("stale", formula.shown, place, general(_decimal(given)))

    def _worked_out(self, at: Position) -> Fraction | None:
        if at not in self._known:
            self._known[at] = None  # a formula that needs itself has no result
            formula = self._formulas.get(at)
            if formula is not None and 0 < len(formula.text) <= _LONGEST:
                self._known[at] = self._result(at, formula)
        return self._known[at]

    def _result(self, at: Position, formula: _Formula) -> Fraction | None:
        if self._depth == _DEEPEST:
            del self._known[at]
            raise _TooDeep
        self._depth += 1
        try:
            return _Parser(self, formula).result()
        except _TooDeep:
            del self._known[at]
            if self._depth > 1:
                raise
            return None
        except (_Unknown, ZeroDivisionError):
            return None
        finally:
            self._depth -= 1

    def cell(self, at: Position) -> Fraction:
        """The number in a cell; an empty cell counts nothing. Raises ``_Unknown`` for one that is not known."""
        self._step()
        if (number := self._numbers.get(at)) is not None:
            return number
        if at in self._formulas:
            worked = self._worked_out(at)
            if worked is None:
                raise _Unknown
            return worked
        return Fraction(0)

    def cells(self, first: Position, last: Position) -> Iterator[Fraction]:
        """The numbers in a range; texts and empty cells in it count nothing."""
        if self._rows is None:
            self._rows = {}
            for at in self._numbers.keys() | self._formulas.keys():
                self._rows.setdefault(at.row, []).append(at.column)
        rows = range(first.row, last.row + 1) if last.row - first.row < len(self._rows) else list(self._rows)
        for row in rows:
            self._step()
            if first.row <= row <= last.row:
                for column in self._rows.get(row, ()):
                    self._step()
                    if first.column <= column <= last.column:
                        yield self.cell(Position(row, column))

    def _step(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise _Unknown


class _Parser:
    """Works out one formula while reading it."""

    def __init__(self, sheet: Formulas, formula: _Formula) -> None:
        self._sheet, self._shift = sheet, formula.shift
        self._tokens: list[tuple[str, str]] = []
        text, at = formula.text.rstrip(), 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None or match.lastgroup is None:
                raise _Unknown
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        self._at = 0
        self._depth = 0

    def result(self) -> Fraction:
        """The value of the whole formula."""
        value = self._formula()
        if self._at < len(self._tokens):
            raise _Unknown
        return value

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self, *signs: str) -> str:
        sign = self._peek()
        if sign not in signs or not sign:
            return ""
        self._at += 1
        return sign

    def _formula(self) -> Fraction:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unknown
        value = self._term()
        while sign := self._take("+", "-"):
            value = value + self._term() if sign == "+" else value - self._term()
        self._depth -= 1
        return value

    def _term(self) -> Fraction:
        value = self._sign()
        while sign := self._take("*", "/"):
            value = value * self._sign() if sign == "*" else value / self._sign()
            if value.denominator.bit_length() > 2000 or value.numerator.bit_length() > 2000:
                raise _Unknown
        return value

    def _sign(self) -> Fraction:
        minus = False
        while sign := self._take("+", "-"):
            minus ^= sign == "-"
        value = self._atom()
        while self._take("%"):
            value /= 100
        return -value if minus else value

    def _atom(self) -> Fraction:
        if self._at >= len(self._tokens):
            raise _Unknown
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return Fraction(Decimal(text))
        if kind == "cell":
            return self._sheet.cell(self._place(text))
        if kind == "sum":
            return self._sum()
        if text == "(":
            value = self._formula()
            if self._take(")"):
                return value
        raise _Unknown

    def _sum(self) -> Fraction:
        value = Fraction(0)
        while True:
            if self._is_range():
                first, last = self._place(self._tokens[self._at][1]), self._place(self._tokens[self._at + 2][1])
                self._at += 3
                for each in self._sheet.cells(min(first, last), max(first, last)):
                    value += each
            else:
                value += self._formula()
            if self._take(")"):
                return value
            if not self._take(","):
                raise _Unknown

    def _is_range(self) -> bool:
        ahead = self._tokens[self._at : self._at + 3]
        return len(ahead) == 3 and ahead[0][0] == ahead[2][0] == "cell" and ahead[1][1] == ":"

    def _place(self, reference: str) -> Position:
        """The cell of a reference, moved along where the formula was filled down."""
        match = CELL.fullmatch(reference)
        at = position(reference)
        if match is None or at is None:
            raise _Unknown
        row = at.row if match[3] else at.row + self._shift.row
        column = at.column if match[1] else at.column + self._shift.column
        if row < 1 or column < 0:
            raise _Unknown
        return Position(row, column)


def _decimal(value: Fraction) -> Decimal:
    found = decimal_of(str(Decimal(value.numerator) / Decimal(value.denominator)))
    return Decimal(0) if found is None else found


def _same(given: Fraction, kept: Fraction) -> bool:
    """Whether two results are one, apart from the noise of binary fractions."""
    return abs(given - kept) * 10**10 <= max(abs(given), abs(kept))
