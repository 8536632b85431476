"""What a row of a form is: labelled fields, the head of a table, a title, or something else."""

from __future__ import annotations

import re
from typing import NamedTuple

from calcverify.forms.amounts import read_amount
from calcverify.forms.grid import Row, trim
from calcverify.forms.labels import LONGEST_LABEL, TEXT, Label, Labels, key_of
from calcverify.forms.model import StatedTotal
from calcverify.patterns import pattern

# A title is short; a sentence of a narrative that ends in 表 is not.
_LONGEST_TITLE = 40
_YEAR = re.compile(r"[(（]?\s*((?:19|20)[0-9]{2})\s*年(?:度|初)?\s*[)）]?")
_YEAR_WITHIN = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_PAGE = pattern(r"[-—–]+\s*[0-9]{1,4}\s*[-—–]+|第\s*[0-9]{1,4}\s*页.{0,12}")
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]$")
_COLON = re.compile(r"[：:]")
_TOTALS = ("total", "annual")
_MONEY = ("source", "group", "amount")
_VALUES = ("half", "full")
_NAMES = frozenset({"item", "indicator"})


class Found(NamedTuple):
    """A label in a row: which cell, and where its value begins where they share the cell."""

    cell: int
    label: Label
    value_start: int | None = None


class Head(NamedTuple):
    """The head of a table: ``kind`` is ``"details"`` or ``"indicators"``.

    ``roles`` holds the role of each column by its number, ``unit`` the unit of money that
    the head declares, ``basis`` the label of the column that is called a basis. ``priced`` is
    true where it names quantity, price and amount, so that the rows compute.
    """

    kind: str
    roles: dict[int, str]
    unit: str | None
    basis: str | None
    priced: bool = False


class Line(NamedTuple):
    """A row with what was recognised in it; ``labels`` is empty where no field begins."""

    row: Row
    labels: tuple[Found, ...] = ()
    head: Head | None = None

    def roles(self) -> frozenset[str]:
        """The roles of the fields that begin in the row."""
        return frozenset(found.label.word.role for found in self.labels)

    @property
    def strong(self) -> bool:
        """Whether one of its labels does not occur in prose."""
        return any(not found.label.word.weak for found in self.labels)


def recognise(text: str, row: Row, labels: Labels) -> Line:
    """The row with its field labels and table head.

    The first cell of a field row is a label, or a merged cell (基本情况) before one.
    """
    keys = [key_of(c.of(text)) if c.end - c.start <= LONGEST_LABEL else "" for c in row.cells]
    found = [_label(text, row, 0, keys, labels)]
    if found[0] is None:
        head = _head(row, keys, labels)
        # 序号 | 项目内容 | 数量 | 单价 | 金额: the first cell is a column as well, and none merged before labels.
        if not _beside_merged(text, row, keys, labels) or (head is not None and labels.column_of(keys[0]) is not None):
            return Line(row, (), head)
    found += [_label(text, row, i, keys, labels) for i in range(1, len(row.cells))]
    first = next(f for f in found if f is not None)
    in_text = first.label.word.role in TEXT and first.value_start is None
    named = tuple(f for f in found if f is not None and (f is first or not _is_value(f, row, found, in_text)))
    head = _head(row, keys, labels)
    # 支出明细 | 项目名称 | 金额 names the columns of a table and no project; 测算依据 | 项目 | 金额 begins a basis.
    return Line(row, named, None) if head is None or (in_text and first.cell == 0) else Line(row, (), head)


def _is_value(found: Found, row: Row, every: list[Found | None], in_text: bool) -> bool:
    """Whether a word that may be a label is the value of the label before it.

    项目类别 | 其他 holds one field; so does a basis that begins with the head of a table.
    """
    if in_text and (found.label.word.weak or found.value_start is not None):
        return True
    # The short words for a payer (其他, 自筹) are values as well.
    if found.label.word.role != "source" or len(found.label.written) > 2 or found.value_start is not None:
        return False
    at = found.cell
    beside = every[at - 1] is not None and row.cells[at].column == row.cells[at - 1].column + 1
    return beside and (at + 1 == len(every) or every[at + 1] is not None)


def _beside_merged(text: str, row: Row, keys: list[str], labels: Labels) -> bool:
    """Whether the first cell is one merged over several fields: 基本情况 | 项目名称 | ……"""
    second = _label(text, row, 1, keys, labels) if len(row.cells) > 1 else None
    return second is not None and second.value_start is None and not second.label.word.weak


def _label(text: str, row: Row, index: int, keys: list[str], labels: Labels) -> Found | None:
    cell = row.cells[index]
    if (label := labels.field_of(keys[index])) is not None:
        # A weak word alone on a line may be a heading in prose: 标准, 说明.
        return None if label.word.weak and not row.tabbed else Found(index, label)
    at = cell.start
    for _ in range(2):  # the second colon is for 其中：财政拨款：80万元
        colon = _COLON.search(text, at, min(cell.end, cell.start + LONGEST_LABEL))
        if colon is None:
            return None
        label = labels.field(text[cell.start : colon.start()])
        if label is not None:
            start, _end = trim(text, colon.end(), cell.end)
            if row.tabbed or not label.word.weak or _speaks(label, text[start : min(cell.end, start + LONGEST_LABEL)]):
                return Found(index, label, start) if start < cell.end else Found(index, label)
        at = colon.end()
    return None


def _speaks(label: Label, value: str) -> bool:
    """Whether a weak word before a colon names a field on a line of its own.

    财政拨款：80万元 does, and 其他：见附件 is a sentence; what is called a total is one whatever follows.
    """
    role = label.word.role
    if role in _TOTALS:
        return True
    return role in _MONEY and isinstance(read_amount(value, label.unit or "元", label.written), StatedTotal)


def _head(row: Row, keys: list[str], labels: Labels) -> Head | None:
    """The table head that the row is: a name column and an amount or value column.

    A section's label before it (绩效支出明细 | 子项目 | …) lends it its unit and lets
    weak words count (支出明细 | 内容 | 金额).
    """
    if len(row.cells) < 2 or not row.tabbed:
        return None
    columns = [(cell.column, labels.column_of(key), key) for cell, key in zip(row.cells, keys, strict=True)]
    if sum(label is not None for _, label, _ in columns) < 2:
        return None
    section = labels.field_of(keys[0])
    inside = section is not None and section.word.role in ("details", "indicators")
    if inside and any(label is not None and label.word.role in _NAMES for _, label, _ in columns[1:]):
        columns = columns[1:]
    named = [(column, label) for column, label, _ in columns if label is not None]
    roles = {column: label.word.role for column, label in named}
    priced = labels.is_priced(key for _, _, key in columns)
    if priced and not set(roles.values()) & _NAMES:  # 设备 | 数量 | 单价 | 金额: whatever is bought
        item = next((column for column, label, _ in columns if label is None), None)
        roles |= {} if item is None else {item: "item"}
    sure = inside or priced or any(not label.word.weak for _, label in named if label.word.role in _NAMES)
    present = set(roles.values())
    if not sure or not present & _NAMES or not present & {"half", "full"}:
        return None
    kind = "indicators" if "indicator" in present else "details"
    units = [label.unit for _, label in named if label.unit is not None and label.word.role in _VALUES]
    units += [label.unit for _, label in named if label.unit is not None]
    unit = units[0] if units else section.unit if section is not None and inside else None
    basis = [labels.field_of(key) for _, label, key in columns if label is None]
    for column, _, _ in columns:
        roles.setdefault(column, "other")
    named_basis = [label.written for label in basis if label is not None and label.word.role == "basis"]
    priced = priced and kind == "details"
    return Head(kind, roles, unit, named_basis[0] if named_basis else None, priced)


def is_title(text: str, line: Line, labels: Labels) -> bool:
    """Whether the row may be the title over a form (县级项目支出绩效目标申报表)."""
    if len(line.row.cells) != 1 or line.labels:
        return False
    cell = line.row.cells[0]
    written = cell.of(text) if cell.end - cell.start <= _LONGEST_TITLE else ""
    written = _BRACKET.sub("", written)
    return written.endswith(labels.titles) and not _COLON.search(written)


def year_line(text: str, row: Row) -> str | None:
    """The year that a row such as ``2031年度`` states and nothing else, or ``None``."""
    if len(row.cells) != 1 or row.cells[0].end - row.cells[0].start > 20:
        return None
    match = _YEAR.fullmatch(row.cells[0].of(text))
    return match[1] if match else None


def year_within(text: str) -> str | None:
    """The first year that ``text`` names, or ``None``."""
    match = _YEAR_WITHIN.search(text[:100])
    return match[1] if match else None


def is_page_mark(text: str, row: Row) -> bool:
    """Whether the row is the number of a page (— 3 —, 第3页 共9页) and no text of a field."""
    if len(row.cells) != 1 or row.cells[0].end - row.cells[0].start > 24:
        return False
    return _PAGE.fullmatch(row.cells[0].of(text)) is not None
