"""The rows of the detail table and of the indicator table.

Rows that a page break has shifted by a column are read by what they hold, not by where
it stands: the last cells are the values, the one before them is the name, and the words
before that are the levels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcverify.forms.fields import Table
from calcverify.forms.grid import Cell, Row
from calcverify.forms.labels import Labels
from calcverify.forms.lines import Head
from calcverify.forms.model import DetailRow, Indicator

_VALUE = re.compile(r"[=＝≥≤><＞＜≧≦≈约]|[0-9０-９]")
# Columns that hold no amount and no value.
_OTHERS = frozenset({"other", "sign", "measure"})


def detail_rows(text: str, table: Table) -> Iterator[DetailRow]:
    """The rows of a detail table, amounts as written (``""`` where a cell is empty)."""
    for row in _rows(table):
        by_role = _by_column(text, row, table.head) or _by_count(text, row, table.head)
        yield DetailRow(by_role["item"], by_role.get("half", ""), by_role.get("full", ""), row.locator)


def indicators(text: str, table: Table, labels: Labels) -> Iterator[Indicator]:
    """The rows of an indicator table; a row without a name repeats the one above it."""
    path: tuple[str, str] = ("", "")
    name = ""
    columns = _value_roles(table.head)
    for row in _rows(table):
        cells = [(cell, cell.of(text)) for cell in row.cells]
        levels, cells = _levels(cells, labels, path)
        values: dict[str, str]
        aligned = _by_column(text, row, table.head) if _OTHERS & _after_name(table.head) else None
        if aligned is not None and aligned.get("indicator"):
            path, name, values = levels, aligned["indicator"], aligned
        elif len(cells) > len(columns):
            extra = [word for _, word in cells[: -len(columns) - 1]]
            path = levels if not extra else (extra[-2] if extra[1:] else levels[0], extra[-1])
            name = cells[-len(columns) - 1][1]
            values = dict(zip(columns, (word for _, word in cells[-len(columns) :]), strict=True))
        elif cells and (levels != path or not _all_values([word for _, word in cells])):
            path, name = levels, cells[0][1]
            values = dict(zip(columns, (word for _, word in cells[1:]), strict=False))
        else:
            path = levels
            values = _placed(cells, table.head, columns)
        sign, unit = ("", "") if values is not aligned else (values.get("sign", ""), values.get("measure", ""))
        yield Indicator(path, name, values.get("half", ""), values.get("full", ""), row.locator, sign, unit)


def _rows(table: Table) -> Iterator[Row]:
    """The rows of a table without those that are one cell merged across it: 二、项目文本 heads what comes next."""
    return (row for row in table.rows if not row.wide)


def _levels(
    cells: list[tuple[Cell, str]], labels: Labels, path: tuple[str, str]
) -> tuple[tuple[str, str], list[tuple[Cell, str]]]:
    """The levels that the first cells name, the ones above where they name none; the other cells."""
    first, second = path
    ranks = labels.ranks(cells[0][1]) if len(cells) > 1 else frozenset()
    # 成本指标 is of the first level where a word of the second follows it (经济成本指标).
    if 1 in ranks and (2 not in ranks or 2 in labels.ranks(cells[1][1])):
        first, second, cells = cells[0][1], "", cells[1:]
        ranks = labels.ranks(cells[0][1]) if len(cells) > 1 else frozenset()
    if 2 in ranks:
        second, cells = cells[0][1], cells[1:]
    return (first, second), cells


def _all_values(words: list[str]) -> bool:
    """Whether a row without levels holds values alone (≥90% | ≥95%), no name."""
    return words.count(words[0]) == len(words) > 1 or all(_VALUE.match(word) for word in words)


def _placed(cells: list[tuple[Cell, str]], head: Head, columns: list[str]) -> dict[str, str]:
    """Values by their columns where these are the head's, else from the last one back."""
    if all(head.roles.get(cell.column) in columns for cell, _ in cells):
        return {head.roles[cell.column]: word for cell, word in cells}
    return dict(zip(columns[-len(cells) :], (word for _, word in cells), strict=False))


def _value_roles(head: Head) -> list[str]:
    """``["half", "full"]`` in the order of the head, or the one that it has."""
    return [role for _, role in sorted(head.roles.items()) if role in ("half", "full")][:2]


def _after_name(head: Head) -> set[str]:
    named = [column for column, role in head.roles.items() if role in ("item", "indicator")]
    return {role for column, role in head.roles.items() if column > min(named)}


def _by_column(text: str, row: Row, head: Head) -> dict[str, str] | None:
    """Cells by the roles of their columns, where every cell stands under one and one of them is the name."""
    found: dict[str, str] = {}
    for cell in row.cells:
        role = head.roles.get(cell.column)
        if role is None:
            return None
        found.setdefault(role, cell.of(text))
    return found if found.keys() & {"item", "indicator"} else None


def _by_count(text: str, row: Row, head: Head) -> dict[str, str]:
    """The last cells as values, the one before them as the name."""
    words = [cell.of(text) for cell in row.cells]
    columns = _value_roles(head)
    take = min(len(columns), len(words) - 1)
    values = dict(zip(columns[len(columns) - take :], words[len(words) - take :], strict=True)) if take else {}
    return {"item": " ".join(words[: len(words) - take]), **values}
