"""Reads one formula and works it out on the way, exactly.

    formula  = joined {("=" | "<>" | "<" | ">" | "<=" | ">=") joined}
    joined   = terms {"&" terms}
    terms    = term {("+" | "-") term}
    term     = power {("*" | "/") power}
    power    = sign {"^" sign}
    sign     = {"+" | "-"} atom {"%"}
    atom     = number | text | TRUE | FALSE | place | name | function "(" [formula {"," formula}] ")" | "(" formula ")"
    place    = [sheet "!"] (cell [":" cell] | column ":" column | row ":" row)

Nothing is run: a formula with anything else in it is not worked out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple, Protocol

from calcverify.readers.cell_names import CELL, MOST_COLUMNS, Position, position
from calcverify.readers.formula_functions import FUNCTIONS
from calcverify.readers.formula_operators import compared, minus, over, plus, times, to_the
from calcverify.readers.formula_values import (
    Area,
    Array,
    Grid,
    Operand,
    Unknown,
    Value,
    array,
    is_figure,
    single,
    text,
)

LONGEST = 2_000
# Formulas within formulas, those that others need among them: an argument takes twelve calls of Python.
_DEEPEST = 50
_MOST_POWER = 60
_TOO_LARGE = 10**40
_LAST_ROW = 1_048_576
_LONGEST_LIST = 2_000
_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)"
    r"|(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w.(!])"
    r"|(?P<rows>\$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6})(?![\w.(!])"
    r"|(?P<cell>\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})(?![\w.(!])"
    r"|(?P<function>[A-Za-z_][A-Za-z0-9_.]*)\("
    r"|(?P<word>[^\W\d][\w.]*)"
    r"|(?P<number>(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,2})?)"
    r"|(?P<sign><=|>=|<>|[-+*/^%&(),:<>=]))"
)
_COMPARISONS = ("=", "<>", "<", ">", "<=", ">=")


class Token(NamedTuple):
    """A part of a formula; ``kind`` is the name of its group above."""

    kind: str
    text: str


class Around(Protocol):
    """What a formula may refer to besides the cells of its own sheet.

    ``depth`` is how far formulas stand in others, ``largest`` the largest number that they came upon,
    ``as_text`` the figures kept as text that a SUM left out, ``None`` where nobody asks for them.
    """

    depth: int
    largest: Fraction
    as_text: dict[tuple[Grid, Position], str] | None

    def sheet(self, title: str) -> Grid:
        """The cells of a sheet. Raises ``Unknown`` where there is none of that name."""

    def named(self, name: str) -> str:
        """The formula that a name of the workbook stands for. Raises ``Unknown``."""

    def step(self) -> None:
        """Count one step of work. Raises ``Unknown`` where there were too many."""


class Written(NamedTuple):
    """A formula as it stands in its cell; ``shift`` is how far it was filled down from where it is written.

    ``arrays`` is true where areas are worked through cell by cell all over it.
    """

    text: str
    shift: Position = Position(0, 0)
    arrays: bool = False


def work_out(written: Written, grid: Grid, around: Around, *, other_way: bool = False) -> Value:
    """What a formula gives. Raises ``Unknown``.

    ``other_way`` rounds what lies on the edge between two neighbours to the other one.
    """
    reader = _Reader(written, grid, around, other_way)
    value = single(reader.formula())
    reader.end()
    if isinstance(value, Fraction) and abs(value) >= _TOO_LARGE:
        raise Unknown
    return Fraction(0) if value is None else value  # =C5 of an empty cell shows 0


def _tokens(written: str) -> list[Token]:
    found: list[Token] = []
    bare, at = written.strip(), 0
    if len(bare) > LONGEST:
        raise Unknown
    while at < len(bare):
        match = _TOKEN.match(bare, at)
        if match is None or match.lastgroup is None:
            raise Unknown
        found.append(Token(match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


class _Reader:
    """One formula, token by token."""

    def __init__(self, written: Written, grid: Grid, around: Around, other_way: bool) -> None:
        self._grid, self._around, self._shift = grid, around, written.shift
        self.other_way, self.arrays = other_way, written.arrays
        self._tokens = _tokens(written.text)
        self._at = 0

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self._at < len(self._tokens):
            raise Unknown

    def formula(self) -> Operand:
        """A whole formula, or one argument."""
        self._around.depth += 1
        try:
            if self._around.depth > _DEEPEST:
                raise Unknown
            left = self._joined()
            while sign := self._take(*_COMPARISONS):
                left = self._each(left, self._joined(), partial(compared, sign))
            return left
        finally:
            self._around.depth -= 1

    def _joined(self) -> Operand:
        left = self._terms()
        while self._take("&"):
            left = self._each(left, self._terms(), lambda a, b: text(a) + text(b))
        return left

    def _terms(self) -> Operand:
        left = self._term()
        while sign := self._take("+", "-"):
            right = self._term()
            left = self._each(left, right, plus if sign == "+" else minus)
        return left

    def _term(self) -> Operand:
        left = self._power()
        while sign := self._take("*", "/"):
            right = self._power()
            left = self._each(left, right, times if sign == "*" else over)
        return left

    def _power(self) -> Operand:
        left = self._sign()
        while self._take("^"):
            left = self._each(left, self._sign(), to_the)
        return left

    def _sign(self) -> Operand:
        signs = 0
        while sign := self._take("+", "-"):
            signs += sign == "-"
        value = self._atom()
        while self._take("%"):
            value = self._each(value, Fraction(100), over)
        # --(B3:B9="设备") makes numbers of truth values.
        return self._each(Fraction(0), value, minus if signs % 2 else plus) if signs else value

    def _each(self, left: Operand, right: Operand, work: Callable[[Value, Value], Value]) -> Operand:
        """An operation on two values, or on each cell of two areas where these are worked through."""
        self._around.step()
        if not self.arrays or not (isinstance(left, Area | Array) or isinstance(right, Area | Array)):
            return work(single(left), single(right))
        a, b = array(left), array(right)
        rows, columns = max(a.size[0], b.size[0]), max(a.size[1], b.size[1])
        if a.size != b.size and (1, 1) not in (a.size, b.size):
            raise Unknown
        count = rows * columns
        out = []
        for i in range(count):
            self._around.step()
            out.append(work(single(a.values[i % len(a.values)]), single(b.values[i % len(b.values)])))
        return Array((rows, columns), tuple(out))

    def _peek(self, ahead: int = 0) -> Token:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else Token("end", "")

    def _take(self, *signs: str) -> str:
        token = self._peek()
        if token.kind != "sign" or token.text not in signs:
            return ""
        self._at += 1
        return token.text

    def _atom(self) -> Operand:
        token = self._peek()
        self._at += 1
        if token.kind == "number":
            literal = Fraction(Decimal(token.text))
            self._around.largest = max(self._around.largest, literal)
            return literal
        if token.kind == "text":
            return token.text[1:-1].replace('""', '"')
        if token.kind == "function":
            return self._function(token.text.upper())
        if token.kind == "word":
            return self._word(token.text)
        if token.kind == "sheet":
            title = token.text[:-1]
            title = title[1:-1].replace("''", "'") if title.startswith("'") else title
            grid = self._around.sheet(title)
            token = self._peek()
            self._at += 1
            return self._place(token, grid)
        if token == Token("sign", "("):
            value = self.formula()
            if self._take(")"):
                return value
        return self._place(token, self._grid)

    def _word(self, word: str) -> Operand:
        if word.upper() in ("TRUE", "FALSE"):
            return word.upper() == "TRUE"
        named = _Reader(Written(self._around.named(word)), self._grid, self._around, self.other_way)
        named.arrays = self.arrays
        value = named.formula()
        named.end()
        return value

    def look_at(self, area: Area) -> None:
        """Note the figures in an area that are kept as text; those under the head of a whole column are not meant."""
        found = self._around.as_text
        if found is not None and area.size[0] <= _LONGEST_LIST:
            for at, value in area.grid.filled(area.first, area.last):
                if is_figure(value):
                    found[area.grid, at] = str(value).strip()

    def _function(self, name: str) -> Operand:
        """A function; its arguments are worked out when it asks for them."""
        starts, end = self._arguments()
        work = FUNCTIONS.get(name.removeprefix("_XLFN."))
        if work is None:
            raise Unknown
        kept, self.arrays = self.arrays, self.arrays or name == "SUMPRODUCT"
        try:
            self._around.step()
            return work(_Call(self, starts))
        except IndexError as error:
            raise Unknown from error
        finally:
            self._at, self.arrays = end, kept

    def _arguments(self) -> tuple[list[int], int]:
        """Where the arguments of a function begin, and the token behind its bracket."""
        starts, depth, at = [self._at], 0, self._at
        while at < len(self._tokens):
            token = self._tokens[at]
            at += 1
            if token.kind == "function" or token == Token("sign", "("):
                depth += 1
            elif token == Token("sign", ")"):
                if not depth:
                    return ([] if at - 1 == starts[0] else starts), at
                depth -= 1
            elif token == Token("sign", ",") and not depth:
                starts.append(at)
        raise Unknown

    def ends_argument(self) -> bool:
        """Whether an argument ends here."""
        return self._peek() in (Token("sign", ","), Token("sign", ")"))

    def argument(self, start: int) -> Operand:
        """The argument that begins at a token; an empty one is an empty cell."""
        kept, self._at = self._at, start
        try:
            value = None if self.ends_argument() else self.formula()
            if not self.ends_argument():
                raise Unknown
        finally:
            self._at = kept
        return value

    def _place(self, token: Token, grid: Grid) -> Operand:
        """A cell or an area."""
        if token.kind == "columns":
            first, _, last = token.text.partition(":")
            return self._area(grid, f"{first}$1", f"{last}${_LAST_ROW}")
        if token.kind == "rows":
            top, _, bottom = token.text.partition(":")
            return self._area(grid, f"$A{top}", f"$XFD{bottom}")
        if token.kind != "cell":
            raise Unknown
        if self._peek() == Token("sign", ":") and self._peek(1).kind == "cell":
            self._at += 2
            return self._area(grid, token.text, self._tokens[self._at - 1].text)
        at = self._moved(token.text)
        return Area(grid, at, at)

    def _area(self, grid: Grid, first: str, last: str) -> Area:
        one, other = self._moved(first), self._moved(last)
        top, bottom = sorted((one.row, other.row))
        left, right = sorted((one.column, other.column))
        return Area(grid, Position(top, left), Position(bottom, right))

    def _moved(self, reference: str) -> Position:
        """The cell of a reference, moved along where the formula was filled down."""
        match = CELL.fullmatch(reference)
        at = position(reference)
        if match is None or at is None:
            raise Unknown
        row = at.row if match[3] else at.row + self._shift.row
        column = at.column if match[1] else at.column + self._shift.column
        if not 1 <= row <= _LAST_ROW or not 0 <= column < MOST_COLUMNS:
            raise Unknown
        return Position(row, column)


class _Call:
    """A function with its arguments."""

    def __init__(self, reader: _Reader, starts: list[int]) -> None:
        self._reader, self._starts = reader, starts
        self.other_way = reader.other_way

    def __len__(self) -> int:
        return len(self._starts)

    def look_at(self, area: Area) -> None:
        self._reader.look_at(area)

    def __getitem__(self, index: int) -> Operand:
        return self._reader.argument(self._starts[index])
