"""The formulas of a workbook: what they give, exactly, beside the results that the file keeps for them.

    book = Book()
    sheet = book.sheet_of("附表1")
    sheet.number(position("B2"), Decimal(3))
    sheet.add(position("B3"), "ROUND(B2*2%,2)", kept)
    sheet.remarks(place)

A formula that is not understood (a function that is not known, another file) has the result that
the file keeps for it, or none. Cells that need each other have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from calcverify.forms.model import Remark
from calcverify.readers.cell_names import Position, cell_name
from calcverify.readers.formula_reader import LONGEST, Written, work_out
from calcverify.readers.formula_values import Fault, Grid, Unknown, Value, decimal
from calcverify.readers.number_format import GENERAL, TEXT, general, shown
from calcverify.source import Locator

# What is typed into a cell as text and becomes a formula by its sign: =100%, =10.
_TYPED = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?%?")
# Formulas that need a formula that needs a formula …: so far they are worked out one within the other.
_DEEPEST = 20
# Steps that all formulas of a workbook may take together; an area takes one for each of its cells.
_MOST_STEPS = 1_500_000
_MOST_FORMULAS = 50_000
_MOST_WAITING = 20_000


class Kept(NamedTuple):
    """What the file keeps for a formula: the text that its cell shows, and its number where it is one.

    ``place`` is the value of its last digit, where the number is known as it is shown only, else 0.
    ``present`` is false where the file keeps nothing, ``sure`` where what it keeps may be what a program
    that does not calculate puts in place of a result: a 0, an empty text.
    """

    shown: str = ""
    number: Fraction | None = None
    present: bool = False
    place: Fraction = Fraction(0)
    sure: bool = True

    @property
    def counts(self) -> bool:
        """Whether the file's result is taken, and held against what the formula gives."""
        return self.present and self.sure

    @classmethod
    def of(cls, shown: str, number: Decimal | None, *, present: bool = True, sure: bool = True) -> Kept:
        """What a file keeps for a formula whose cell shows ``shown``."""
        return cls(shown, None if number is None else Fraction(number), present, sure=sure)


class _Formula(NamedTuple):
    written: Written
    kept: Kept


class _TooDeep(Unknown):
    """A formula that needs too many others; ``cell`` is the one to work out first."""

    def __init__(self, cell: tuple[Formulas, Position]) -> None:
        super().__init__()
        self.cell = cell


class Book:
    """The sheets of a workbook, its names, and what its formulas may still take.

    ``exact`` is false where the workbook computes with what its cells show.
    """

    def __init__(self) -> None:
        self._sheets: dict[str, Formulas] = {}
        self._steps = _MOST_STEPS
        self.formulas = 0
        self.depth = 0
        self.largest = Fraction(0)
        self.as_text: dict[tuple[Grid, Position], str] | None = None
        self.names: Mapping[str, str] = {}
        self.exact = True

    def sheet_of(self, title: str) -> Formulas:
        """The cells of a sheet, to be filled."""
        return self._sheets.setdefault(title.casefold(), Formulas(self))

    def give_name(self, sheet: Formulas, title: str) -> None:
        """Name a sheet whose cells were read before its name."""
        self._sheets.setdefault(title.casefold(), sheet)

    def sheet(self, title: str) -> Formulas:
        """The cells of the sheet of that name. Raises ``Unknown``."""
        if title.casefold() not in self._sheets:
            raise Unknown
        return self._sheets[title.casefold()]

    def named(self, name: str) -> str:
        """The formula of a name. Raises ``Unknown``."""
        if name.casefold() not in self.names:
            raise Unknown
        return self.names[name.casefold()]

    def step(self, count: int = 1) -> None:
        """Count steps. Raises ``Unknown`` where there were too many."""
        self._steps -= count
        if self._steps < 0:
            raise Unknown


class Formulas:
    """The values and formulas of one sheet."""

    def __init__(self, book: Book | None = None) -> None:
        self.book = book if book is not None else Book()
        self._values: dict[Position, Value | Decimal] = {}  # a number becomes a fraction when a formula asks for it
        self._formulas: dict[Position, _Formula] = {}
        self._shared: dict[str, tuple[str, Position]] = {}
        self._known: dict[Position, Value | type[Unknown]] = {}
        self._rows: dict[int, list[int]] | None = None
        self._end = Position(1, 0)
        self.hidden_rows: set[int] = set()

    def number(self, at: Position, value: Decimal) -> None:
        """A cell that holds a number."""
        self._hold(at, value)

    def text(self, at: Position, value: str, *, fault: bool = False) -> None:
        """A cell that holds a text, or (``fault``) an error."""
        self._hold(at, Fault(value) if fault else value)

    def truth(self, at: Position, value: bool) -> None:
        """A cell that holds TRUE or FALSE."""
        self._hold(at, value)

    def _hold(self, at: Position, value: Value | Decimal) -> None:
        self._values[at] = value
        self._rows = None

    def add(
        self, at: Position, text: str, kept: Kept, shared: str | None = None, kind: str | None = None
    ) -> str | None:
        """A cell with a formula and its kept result; the text as typed where it is no formula to a person.

        What the cell holds, the file's own result, is told by :meth:`number` and its like. ``shared`` and
        ``kind`` are what the file says of a formula that was filled down, or is one for an area.
        """
        shift = Position(0, 0)
        if kind == "shared" and shared is not None:
            if text:
                self._shared[shared] = (text, at)
            elif shared in self._shared:
                text, first = self._shared[shared]
                shift = Position(at.row - first.row, at.column - first.column)
        if _TYPED.fullmatch(text):
            return "=" + text
        if self.book.formulas < _MOST_FORMULAS:
            self.book.formulas += 1
            self._formulas[at] = _Formula(Written(text, shift, kind == "array"), kept)
            self._rows = None
        return None

    def result(self, at: Position) -> Value:
        """What the formula of a cell gives, or what the file keeps for it; a fault where neither is known."""
        found = self._worked_out(at)
        if not isinstance(found, type):
            return found
        kept = self._formulas[at].kept if at in self._formulas else Kept()
        return kept.number if kept.number is not None else kept.shown if kept.present else Fault("")

    def remarks(self, placed: Callable[[int, int], Locator]) -> Iterator[tuple[Position, Remark]]:
        """Formulas whose kept result is not what they give, and formulas that have none.

        ``placed`` says where a row (from 1) and a column (from 0) stand.
        """
        for at, formula in self._formulas.items():
            kept = formula.kept
            if left_out := self._left_out(formula.written):
                text = "=" + formula.written.text
                yield at, Remark("text number", left_out, placed(at.row, at.column), text)
            if not kept.counts:
                given = self.result(at)
                if given == "" or (kept.present and given in (kept.number, kept.shown)):
                    continue  # IF(C5="","",C5*D5) gives nothing, and the cell is as empty as it should be
                text = "=" + formula.written.text
                yield at, Remark("uncomputed", text, placed(at.row, at.column), shown_value(given))
            elif kept.number is not None and self.book.exact:
                given = self._other_than(at, formula.written, kept)
                if given is not None:
                    yield at, Remark("stale", kept.shown, placed(at.row, at.column), general(decimal(given)))

    def _left_out(self, written: Written) -> str:
        """The figures kept as text that the SUM of a formula leaves out: C5（30000）、C6（23500）."""
        if "SUM(" not in written.text.upper():
            return ""
        self.book.as_text = {}
        try:
            work_out(written, self, self.book)
        except Unknown:
            return ""
        finally:
            found, self.book.as_text = self.book.as_text, None
        return "、".join(f"{cell_name(at.row, at.column)}（{text}）" for (_, at), text in found.items())

    def _other_than(self, at: Position, written: Written, kept: Kept) -> Fraction | None:
        """What a formula gives with the results that are kept, where it is not the one kept for it.

        Binary fractions may have rounded to the other neighbour; that is the same.
        """
        self._known[at] = Unknown  # a formula that needs itself has no result
        self.book.largest = Fraction(0)
        try:
            given = work_out(written, self, self.book)
            if not isinstance(given, Fraction) or self._is_same(given, kept):
                return None
            other = work_out(written, self, self.book, other_way=True)
        except Unknown:
            return None
        return None if isinstance(other, Fraction) and self._is_same(other, kept) else given

    def _is_same(self, given: Fraction, result: Kept) -> bool:
        """Whether two results are one, apart from the noise of binary fractions, which is that of the cells added."""
        kept = result.number or Fraction(0)
        apart = abs(given - kept)
        noise = max(max(abs(given), abs(kept)) / 10**10, self.book.largest / 10**14)
        return apart <= max(noise, result.place / 2)

    def _worked_out(self, at: Position) -> Value | type[Unknown]:
        """What a formula gives; those that it needs are worked out first where they are many."""
        waiting: dict[tuple[Formulas, Position], None] = {(self, at): None}
        while waiting and len(waiting) < _MOST_WAITING:
            sheet, cell = next(reversed(waiting))
            try:
                sheet._known_value(cell)
                del waiting[sheet, cell]
            except _TooDeep as deep:
                if deep.cell in waiting:
                    deep.cell[0]._known[deep.cell[1]] = Unknown  # it needs itself
                else:
                    waiting[deep.cell] = None
        return self._known.get(at, Unknown)

    def _known_value(self, at: Position) -> Value | type[Unknown]:
        if at in self._known:
            return self._known[at]
        formula = self._formulas.get(at)
        if formula is None or not 0 < len(formula.written.text) <= LONGEST:
            self._known[at] = Unknown
            return Unknown
        if self.book.depth > _DEEPEST:
            raise _TooDeep((self, at))
        self._known[at] = Unknown  # a formula that needs itself has no result
        try:
            self._known[at] = work_out(formula.written, self, self.book)
        except _TooDeep:
            del self._known[at]
            raise
        except Unknown as unknown:
            self._known[at] = type(unknown)
        return self._known[at]

    def value(self, at: Position) -> Value:
        """What a cell holds, ``None`` where it is empty. Raises ``Unknown`` for a formula that is not known."""
        kept = self._values.get(at)
        found = Fraction(kept) if isinstance(kept, Decimal) else kept
        if at in self._formulas and not self._formulas[at].kept.counts:
            worked = self._known_value(at)
            if isinstance(worked, type):
                if found is None:
                    raise worked
            else:
                found = worked
        if isinstance(found, Fraction):
            self.book.largest = max(self.book.largest, abs(found))
        return found

    def filled(self, first: Position, last: Position) -> Iterator[tuple[Position, Value]]:
        """The cells of an area that hold something. Raises ``Unknown`` as :meth:`value` does."""
        held = self._held()
        rows = range(first.row, last.row + 1) if last.row - first.row < len(held) else list(held)
        for row in rows:
            if first.row <= row <= last.row:
                columns = held.get(row, ())
                self.book.step(len(columns) + 1)
                for column in columns:
                    if first.column <= column <= last.column:
                        at = Position(row, column)
                        yield at, self.value(at)

    def is_plain(self, first: Position, last: Position) -> bool:
        """Whether no row of an area is hidden, and no formula in it is a SUBTOTAL itself."""
        if any(first.row <= row <= last.row for row in self.hidden_rows):
            return False
        inside = (at for at, _ in self.filled(first, last) if at in self._formulas)
        return not any("SUBTOTAL" in self._formulas[at].written.text.upper() for at in inside)

    def end(self) -> Position:
        """The last row and the last column that hold something."""
        self._held()
        return self._end

    def _held(self) -> dict[int, list[int]]:
        if self._rows is None:
            self._rows = {}
            for at in sorted(self._values.keys() | self._formulas.keys()):
                self._rows.setdefault(at.row, []).append(at.column)
            last = max((columns[-1] for columns in self._rows.values()), default=0)
            self._end = Position(max(self._rows, default=1), last)
        return self._rows


def shown_value(value: Value, code: str = GENERAL, from_1904: bool = False) -> str:
    """The text that a cell shows whose formula gives ``value``; ``""`` where that is not known."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Fraction):
        return shown(decimal(value), GENERAL if code == TEXT else code, from_1904)
    return value if isinstance(value, str) else ""
