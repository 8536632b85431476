"""The tokens of a formula in a workbook of Excel 97 to 2003, made the text that was typed.

They come with the operands before their operator, and with brackets as tokens of their own, so
that the text is the one that was typed, blanks apart. A token that budgets have no use for (a
constant area, a union) ends it: such a formula is not checked.
"""

from __future__ import annotations

import struct
from typing import Any

from xlrd.formula import func_defs, get_externsheet_local_range

from calcverify.readers.cell_names import Position, cell_name
from calcverify.readers.formula_reader import LONGEST
from calcverify.readers.number_format import decimal_of, general

_BINARY = dict(zip(range(0x03, 0x0F), ("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>"), strict=True))
_PLUS, _MINUS, _PERCENT, _BRACKET, _MISSING, _TEXT = 0x12, 0x13, 0x14, 0x15, 0x16, 0x17
_ATTRIBUTE, _TRUTH, _WHOLE, _NUMBER = 0x19, 0x1D, 0x1E, 0x1F
_FUNCTION, _FUNCTION_OF, _NAME, _CELL, _AREA = 0x21, 0x22, 0x23, 0x24, 0x25
_CELL_NEAR, _AREA_NEAR, _CELL_ON, _AREA_ON = 0x2C, 0x2D, 0x3A, 0x3B
_CHOOSES, _SUMS, _WIDE = 0x04, 0x10, 0x01
_COLUMN, _COLUMN_MOVES, _ROW_MOVES = 0x3FFF, 0x4000, 0x8000
_ROWS, _COLUMNS = 0x10000, 0x100


class Strange(Exception):  # noqa: N818  # it ends the reading of one formula
    """A token that is not read."""


def text_of(book: Any, tokens: bytes, at: Position) -> str:
    """The formula that ``tokens`` are, for the cell ``at`` of ``book`` (which is xlrd's).

    Raises ``Strange`` for a formula that is not read; ``struct.error`` and ``IndexError`` for a damaged one.
    """
    reader = _Tokens(book, tokens, at)
    while reader.place < len(tokens):
        reader.one()
    (text,) = reader.stack or [""]
    return text


class _Tokens:
    """The tokens of one formula, and the texts that they have been made so far."""

    def __init__(self, book: Any, data: bytes, at: Position) -> None:
        self._book, self._data, self._cell = book, data, at
        self.place = 0
        self.stack: list[str] = []

    def _take(self, code: str) -> Any:
        layout = struct.Struct("<" + code)
        found = layout.unpack_from(self._data, self.place)
        self.place += layout.size
        return found[0] if len(found) == 1 else found

    def one(self) -> None:
        """Read one token."""
        kind = self._take("B")
        kind = kind if kind < 0x20 else (kind & 0x1F) | 0x20
        text = self._joined(kind) or self._operand(kind)
        if len(text) > LONGEST:
            raise Strange
        if text:
            self.stack.append(text)

    def _joined(self, kind: int) -> str:
        """An operator with what it stands for; ``""`` for another token."""
        if kind in _BINARY:
            right, left = self.stack.pop(), self.stack.pop()
            return f"{left}{_BINARY[kind]}{right}"
        if kind in (_PLUS, _MINUS, _PERCENT, _BRACKET):
            own = self.stack.pop()
            return {_PLUS: f"+{own}", _MINUS: f"-{own}", _PERCENT: f"{own}%", _BRACKET: f"({own})"}[kind]
        if kind == _FUNCTION:
            name, least, most = func_defs[self._take("H")][:3]
            if least != most:
                raise Strange
            return self._call(name, most)
        if kind == _FUNCTION_OF:
            count, index = self._take("BH")
            return self._call(func_defs[index & 0x7FFF][0], count & 0x7F)
        if kind == _ATTRIBUTE:
            return self._attribute()
        return ""

    def _call(self, name: str, count: int) -> str:
        if count > len(self.stack):
            raise Strange
        arguments = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        return f"{name}({','.join(argument.strip() for argument in arguments)})"

    def _attribute(self) -> str:
        """What an office program notes besides: blanks, jumps, a SUM of one argument."""
        flags, count = self._take("BH")
        if flags & _CHOOSES:
            self.place += 2 * (count + 1)
        return self._call("SUM", 1) if flags & _SUMS else ""

    def _operand(self, kind: int) -> str:
        if kind == _ATTRIBUTE:
            return ""
        if kind == _MISSING:
            return " "
        if kind == _TEXT:
            return self._text()
        if kind == _TRUTH:
            return "TRUE" if self._take("B") else "FALSE"
        if kind == _WHOLE:
            return str(self._take("H"))
        if kind == _NUMBER:
            return _plain(self._take("d"))
        if kind == _NAME:
            index, _ = self._take("HH")
            return str(self._book.name_obj_list[index - 1].name)
        sheet = self._sheet(self._take("H")) if kind in (_CELL_ON, _AREA_ON) else ""
        near = kind in (_CELL_NEAR, _AREA_NEAR)
        if kind in (_CELL, _CELL_NEAR, _CELL_ON):
            row, column = self._take("HH")
            return sheet + self._named(row, column, near)
        if kind in (_AREA, _AREA_NEAR, _AREA_ON):
            top, bottom, left, right = self._take("HHHH")
            return f"{sheet}{self._named(top, left, near)}:{self._named(bottom, right, near)}"
        raise Strange

    def _text(self) -> str:
        count, flags = self._take("BB")
        size = count * 2 if flags & _WIDE else count
        raw = self._data[self.place : self.place + size]
        self.place += size
        written = raw.decode("utf-16-le" if flags & _WIDE else "latin-1", "replace").replace('"', '""')
        return f'"{written}"'

    def _sheet(self, index: int) -> str:
        first, last = get_externsheet_local_range(self._book, index)
        if first != last or first < 0:
            raise Strange
        title = self._book.sheet_names()[first].replace("'", "''")
        return f"'{title}'!"

    def _named(self, row: int, flags: int, near: bool) -> str:
        """The name of a cell; ``near`` where it is counted from the cell of the formula."""
        column = flags & _COLUMN
        if near and flags & _ROW_MOVES:
            row = (self._cell.row - 1 + row) % _ROWS
        if near and flags & _COLUMN_MOVES:
            column = (self._cell.column + column) % _COLUMNS
        return cell_name(row + 1, column)


def _plain(value: float) -> str:
    """A number without an exponent."""
    number = decimal_of(repr(value))
    if number is None or number < 0:
        raise Strange
    return general(number)
