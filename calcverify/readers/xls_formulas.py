"""The formulas of a workbook of Excel 97 to 2003, which keeps them as tokens: as the text that was typed.

xlrd reads the results alone; the records of the formulas are walked here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from calcverify.readers.cell_names import Position
from calcverify.readers.xls_tokens import Strange, text_of

_FORMULA, _SHARED, _EOF, _START = 0x0006, 0x04BC, 0x000A, 0x0809
# A record of a formula: row, column, style, result, flags, and behind these the length of the tokens.
_HEAD = struct.Struct("<3H8xH4xH")
_AT_OPENING = 0x3  # it is to be calculated always, or when the file is opened
_REFERS = 0x01  # the only token of a cell whose formula is kept once for several cells
_MOST_TOKENS = 4_000
_MOST_FORMULAS = 50_000
_EXCEL_97 = 80


def formulas_in(book: Any, index: int) -> Iterator[tuple[Position, str, bool]]:
    """The formulas of a sheet of ``book`` (which is xlrd's): place, text, and whether it is calculated at opening.

    Those that are not read are left out; so are all of files older than Excel 97.
    """
    starts = getattr(book, "_sh_abs_posn", ())
    if book.biff_version < _EXCEL_97 or book.mem is None or index >= len(starts):
        return
    shared: dict[tuple[int, int], bytes] = {}
    waiting: list[tuple[Position, tuple[int, int], bool]] = []
    for count, (kind, data) in enumerate(_records(book.mem, starts[index])):
        if kind == _FORMULA and len(data) >= _HEAD.size and count < _MOST_FORMULAS * 20:
            row, column, _, flags, size = _HEAD.unpack_from(data)
            tokens = data[_HEAD.size :]
            at = Position(row + 1, column)
            if size == 5 and tokens[:1] == bytes([_REFERS]):
                waiting.append((at, struct.unpack_from("<2H", tokens, 1), bool(flags & _AT_OPENING)))
            elif text := _text(book, tokens, size, at):
                yield at, text, bool(flags & _AT_OPENING)
        elif kind == _SHARED and len(data) >= 10:
            top, _, left, _ = struct.unpack_from("<2H2B", data)
            shared[top, left] = data[8:]
    for at, first, opening in waiting[:_MOST_FORMULAS]:
        if first in shared:
            (size,) = struct.unpack_from("<H", shared[first])
            if text := _text(book, shared[first][2:], size, at):
                yield at, text, opening


def _records(data: Any, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one sheet; those of charts within it are passed over."""
    depth = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<2H", data, at)
        if kind == _START:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, bytes(data[at + 4 : at + 4 + size])
        at += 4 + size


def _text(book: Any, tokens: bytes, size: int, at: Position) -> str:
    if not 0 < size <= min(len(tokens), _MOST_TOKENS):
        return ""
    try:
        return text_of(book, tokens[:size], at)
    except (Strange, struct.error, IndexError, KeyError, ValueError, TypeError):  # damaged tokens are not checked
        return ""
