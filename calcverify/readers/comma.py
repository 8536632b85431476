"""csv: text whose cells are parted by commas, semicolons or tabs, quoted where they hold such a sign.

Nothing in the bytes tells a csv file from other text; its name does. Office programs also
save such text under the name of a workbook.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from calcverify.errors import problem
from calcverify.forms.labels import LONGEST_LABEL, key_of, load_labels
from calcverify.readers.blocks import SheetRow
from calcverify.readers.encoding import Undecoded, decode
from calcverify.readers.fault import Unreadable
from calcverify.readers.model import Item, Options
from calcverify.readers.sheets import Budget, Sheet
from calcverify.readers.workbook import read_sheets

_SEPARATORS = "\t,;"
_LOOKED_AT = 60
# A first line of Excel that names the separator: sep=;
_NAMED = "sep="


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms in the rows of the file; problems where it is no text, empty or without a form."""
    decoded = decode(data)
    if isinstance(decoded, Undecoded):
        yield problem("CV904" if decoded.binary else "CV905", name, kind="binary", offset=str(decoded.offset))
    elif not decoded.text.strip():
        yield problem("CV903", name)
    else:
        yield from read_sheets([sheet_of(decoded.text)], name, options)


def sheet_of(text: str) -> Sheet:
    """The text as a sheet without a name. Raises ``Unreadable`` where a cell is too long."""
    text, separator = _separator(text)
    sheet, budget = Sheet(None), Budget()
    for number, record in enumerate(_records(text, separator), 1):
        cells = [(column, cell) for column, cell in enumerate(record) if cell.strip()]
        for _, cell in cells:
            budget.spend(cell)
        if cells:
            sheet.rows.append(SheetRow(number, cells))
    return sheet


def _records(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Unreadable("CV916", detail=str(error)) from error


def _separator(text: str) -> tuple[str, str]:
    """The text without a line that names its separator, and the separator.

    It is the one that makes most labels of forms out of the first rows, then the one that
    parts most of them: 一、单价,二、数量 in a cell is no table.
    """
    if text[:4].lower() == _NAMED and text[4:5] in _SEPARATORS:
        return text.partition("\n")[2], text[4]
    labels = load_labels()
    best = (-1, -1, ",")
    for separator in _SEPARATORS:
        known = parted = 0
        try:
            for number, record in enumerate(_records(text, separator)):
                if number == _LOOKED_AT:
                    break
                known += sum(labels.field_of(key_of(c)) is not None for c in record if len(c) <= LONGEST_LABEL)
                parted += len(record) > 1
        except Unreadable:
            continue
        if (known, parted) > best[:2]:
            best = (known, parted, separator)
    return text, best[2]
