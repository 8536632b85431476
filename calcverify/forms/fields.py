"""The rows of one form become fields: a label, and the range of the text that is its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from calcverify.forms.beneath import amounts_over_values, is_over_values, is_text_under
from calcverify.forms.grid import Cell, Row, trim
from calcverify.forms.labels import AMOUNTS, SHORT, TEXT, FieldWord, Label, Labels, is_numbered
from calcverify.forms.lines import Found, Head, Line, is_page_mark, is_title, year_line, year_within
from calcverify.source import Locator, Piece

UNKNOWN = FieldWord("narrative")


class Field(NamedTuple):
    """A field as found: its label, the range of its value (empty where there is none), its place.

    ``group_unit`` is the unit of the merged cell that the field stands beside. ``pieces``
    are the cells that its value is made of, their starts counted in the document.
    """

    label: Label
    start: int
    end: int
    locator: Locator
    group_unit: str | None = None
    pieces: tuple[Piece, ...] = ()

    @property
    def role(self) -> str:
        """What the field holds."""
        return self.label.word.role


class Table(NamedTuple):
    """A table: its head, the row that the head is, and the rows below it."""

    head: Head
    top: Row
    rows: tuple[Row, ...]

    @property
    def start(self) -> int:
        """Where the table begins in the text."""
        return self.top.cells[0].start

    @property
    def end(self) -> int:
        """Where the table ends in the text."""
        return (self.rows[-1] if self.rows else self.top).cells[-1].end

    @property
    def locator(self) -> Locator:
        """Where the head stands."""
        return self.top.locator


class Fields(NamedTuple):
    """Everything that the rows of one form say, before it is sorted by what it means."""

    fields: tuple[Field, ...]
    tables: tuple[Table, ...]
    year: str
    unit_note: str | None
    detail_unit: str | None


@dataclass
class _Open:
    """A field whose text may go on in the next rows.

    ``tabbed``: its value stands in a cell. ``closed``: its row was complete (a tab follows
    the value). ``below``: its label stood alone on a line, and everything under it is its;
    ``under``: alone in a row of a table, in this column, and its text may stand in the rows below.
    """

    label: Label
    locator: Locator
    start: int = -1
    end: int = -1
    tabbed: bool = False
    closed: bool = False
    below: bool = False
    under: int | None = None
    group_unit: str | None = None
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class _State:
    """What the rows of a form have given so far."""

    fields: list[Field] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    open: _Open | None = None
    head: tuple[Head, Row] | None = None
    table_rows: list[Row] = field(default_factory=list)
    group: tuple[Label, int] | None = None
    year: str = ""
    unit_note: str | None = None
    detail_unit: str | None = None


def pieces_of(cells: Sequence[Cell]) -> Iterator[Piece]:
    """Where the cells stand, unless the file is one of lines: there the text itself says it."""
    return (cell.piece for cell in cells if not cell.locator.in_lines)


def read_fields(text: str, lines: list[Line], labels: Labels) -> Fields:
    """The fields and tables of one form, in the order of the text.

    A row belongs, in this order, to: the text that is open above it, the table that is
    open above it, a field that begins in it. What is left is kept as an unknown field.
    """
    state = _State()
    values_at = -1
    for at, line in enumerate(lines):
        row = line.row
        if at == values_at:
            continue
        if state.open is not None and _goes_on(text, state.open, line, labels):
            if not _is_page_head(text, state.open, line, labels):
                _extend(state, row)
        elif state.head is not None and _in_table(text, state.head[0], line, labels):
            state.table_rows.append(row)
        elif state.head is not None and not row.tabbed and not line.labels:
            _begin(text, state, line, labels)  # a page number inside the table does not end it
        elif line.labels and (over := amounts_over_values(text, lines, at, labels)):
            _close(state)
            _amounts_under(text, state, line.row, over, lines[at + 1].row, labels)
            values_at = at + 1
        elif is_over_values(lines, at):
            _close(state)
            _values_under(text, state, line, lines[at + 1].row)
            values_at = at + 1
        else:
            _close(state)
            _begin(text, state, line, labels)
    _close(state)
    return Fields(tuple(state.fields), tuple(state.tables), state.year, state.unit_note, state.detail_unit)


def _goes_on(text: str, open_: _Open, line: Line, labels: Labels) -> bool:
    """Whether the row is more of the open text: a page break or a line break cut it."""
    row = line.row
    if open_.under is not None and is_text_under(text, open_.under, line, labels, begun=open_.start < open_.end):
        return True
    if open_.label.word.role in SHORT:  # its value stands on the line below
        return open_.start < 0 and not line.labels and len(row.cells) == 1 and not is_page_mark(text, row)
    shifted = row.cells[0].column > 0
    if line.labels and not _is_heading(text, open_, line) and (line.strong or (row.tabbed and not shifted)):
        return False
    if _is_amount(open_, line):
        return False
    if line.head is not None and not shifted:
        # A table below 资金计算依据： is the basis; below an empty 其他说明： the next part of the form begins.
        return open_.below and open_.label.word.role == "basis" and line.head.kind == "details"
    if open_.closed and open_.start < open_.end and _left_table(open_.locator, row):
        return False
    if shifted or not row.tabbed or open_.below:
        return True
    return len(row.cells) == 1 and not open_.closed


def _left_table(locator: Locator, row: Row) -> bool:
    """Whether a row is text below the table that a field stands in: 填表人、签章 are no part of its last cell."""
    return locator.table is not None and row.locator.table is None


def _is_amount(open_: _Open, line: Line) -> bool:
    """Whether a line of its own states an amount of the form below a narrative: 项目资金（元）：86400.

    The unit at the label tells it from a sentence. Below a basis such a line may be its sum, and is left to it.
    """
    if open_.label.word.role == "basis" or not line.labels:
        return False
    label = line.labels[0].label
    return label.unit is not None and label.word.role in AMOUNTS | {"group"}


def _is_page_head(text: str, open_: _Open, line: Line, labels: Labels) -> bool:
    """Whether the row is the number or the repeated title of a page, which the text does not end with."""
    if is_page_mark(text, line.row) or year_line(text, line.row) is not None:
        return True
    return open_.closed and is_title(text, line, labels)


def _is_heading(text: str, open_: _Open, line: Line) -> bool:
    """Whether labels in a line are headings inside the open text: 二、测算过程：30人×100元.

    They are where a basis goes on under another word for a basis, and where they are
    numbered in a cell that runs over several lines (but a basis is never inside another
    field's text: it is worth too much).
    """
    roles = line.roles()
    if not roles <= TEXT or (line.row.tabbed and any(found.value_start is None for found in line.labels)):
        return False
    if roles == {"basis"}:
        return open_.label.word.role == "basis"
    in_cell = open_.tabbed and not open_.closed and line.labels[0].value_start is not None
    return in_cell and is_numbered(line.row.cells[0].of(text))


def _extend(state: _State, row: Row) -> None:
    open_ = state.open
    if open_ is None:
        return
    if open_.start < 0 or (open_.under is not None and open_.start == open_.end):
        open_.start, open_.locator = row.cells[0].start, row.locator
    open_.end, open_.closed = row.cells[-1].end, row.closed
    open_.pieces += pieces_of(row.cells)


def _in_table(text: str, head: Head, line: Line, labels: Labels) -> bool:
    """Whether the row is one of the open table's: no other field begins in it."""
    row = line.row
    if line.head is not None or not row.tabbed:
        return False
    if not line.labels:
        return True
    first = row.cells[0].of(text)
    if head.kind == "indicators" and labels.ranks(first):
        return True
    weak = not line.strong and line.labels[0].label.word.role not in TEXT  # an item may be called 其他
    return weak and (row.cells[0].column > 0 or head.roles.get(0) == "item")


def _close(state: _State) -> None:
    """End what is open: the field is complete, the table has all its rows."""
    open_, state.open = state.open, None
    if open_ is not None:
        start = max(open_.start, 0)
        end = open_.end if open_.start >= 0 else start
        state.fields.append(Field(open_.label, start, end, open_.locator, open_.group_unit, tuple(open_.pieces)))
    if state.head is not None:
        head, row = state.head
        state.tables.append(Table(head, row, tuple(state.table_rows)))
        state.head, state.table_rows = None, []


def _begin(text: str, state: _State, line: Line, labels: Labels) -> None:
    row = line.row
    if line.head is not None:
        state.head = (line.head, row)
        if line.head.kind == "details" and line.head.unit is not None:
            state.detail_unit = line.head.unit
        return
    if line.labels:
        _labelled(text, state, line, labels)
        return
    if (year := year_line(text, row)) is not None:
        state.year = state.year or year
        return
    if len(row.cells) == 1 and not state.fields:  # the title: 某局2031年项目支出预算表
        state.year = state.year or year_within(row.cells[0].of(text)) or ""
    _unknown(text, state, list(row.cells), labels)


def _note_unit(state: _State, unit: str) -> None:
    """A note 单位：万元 over the form is the form's; one below its fields is the next table's."""
    if state.unit_note is None and not any(field.role in AMOUNTS | TEXT for field in state.fields):
        state.unit_note = unit
    elif state.detail_unit is None:
        state.detail_unit = unit


def _labelled(text: str, state: _State, line: Line, labels: Labels) -> None:
    """The fields of a row: each label with the cells up to the next one."""
    row = line.row
    if row.cells[0].column == 0:
        state.group = None
    if line.labels[0].cell > 0:  # a merged cell before the first label: 基本情况 | 项目名称 | …
        state.group = None
    ends = [found.cell for found in line.labels[1:]] + [len(row.cells)]
    for at, (found, end) in enumerate(zip(line.labels, ends, strict=True)):
        if state.open is not None:
            _close(state)
        cells = list(row.cells[found.cell + 1 : end])
        if not cells and _heads_others(line, at):
            continue
        left = _field(text, state, found, cells, row, last=end == len(row.cells))
        if left:
            _unknown(text, state, left, labels)


def _heads_others(line: Line, at: int) -> bool:
    """总体目标 | 中期目标 | … | 年度目标 | …: the first is a merged cell before the others, and no empty field."""
    found, after = line.labels[at], line.labels[at + 1 :]
    if found.value_start is not None or not after or found.label.word.role != "narrative":
        return False
    nearest = after[0]
    if nearest.label.word.role != "narrative":
        return False
    beside = line.row.cells[nearest.cell].column == line.row.cells[found.cell].column + 1
    return beside or nearest.label.written.endswith(found.label.written[-2:])


def _field(text: str, state: _State, found: Found, cells: list[Cell], row: Row, last: bool) -> list[Cell]:
    """Add or open the field of one label; the cells that are no part of it are handed back."""
    label, cell = found.label, row.cells[found.cell]
    role = label.word.role
    if found.value_start is not None:
        offset = cell.offset + found.value_start - cell.start
        cells = [Cell(cell.column, found.value_start, cell.end, cell.locator, offset), *cells]
    if role == "group":
        if not cells or not any(character.isdecimal() for character in cells[0].of(text)):
            state.group = (label, cell.column)  # 项目资金（万元） | 三年规划资金 | 360: a label stands beside it
            return cells
        label = label._replace(word=label.word._replace(role="total"))
        role = "total"
    if role in ("details", "indicators"):
        label, role = label._replace(word=UNKNOWN), "narrative"
        if not cells:
            return []
    group_unit = state.group[0].unit if state.group is not None else None
    alone = not cells and not row.tabbed
    if role in SHORT and not alone:
        value = cells[0] if cells else cell._replace(start=cell.end)
        state.fields.append(Field(label, value.start, value.end, value.locator, group_unit))
        return cells[1:]
    opened = _Open(label, cell.locator, tabbed=row.tabbed, closed=row.closed or not last, below=alone)
    opened.group_unit = group_unit
    if cells:
        opened.start, opened.end, opened.locator = cells[0].start, cells[-1].end, cells[0].locator
        opened.pieces += pieces_of(cells)
    elif not alone:
        opened.start = opened.end = cell.end
        opened.under = cell.column if len(row.cells) == 1 and found.value_start is None else None
    state.open = opened
    return []


def _values_under(text: str, state: _State, line: Line, values: Row) -> None:
    """The fields of a row of labels, each with the cell under it."""
    under = {cell.column: cell for cell in values.cells}
    state.group = None
    for at, found in enumerate(line.labels):
        value = under.get(line.row.cells[found.cell].column)
        if value is None and _heads_others(line, at):
            continue
        _field(text, state, found, [] if value is None else [value], line.row, last=False)
        _close(state)


def _amounts_under(
    text: str, state: _State, row: Row, over: dict[int, Label], values: Row, labels: Labels
) -> None:
    """The amounts of a row of payers, each in the cell under its name, in the unit of the merged cell before them."""
    first = labels.field(row.cells[0].of(text)) if row.cells[0].column not in over else None
    unit = first.unit if first is not None else None
    state.group = None
    state.fields += (Field(over[cell.column], cell.start, cell.end, cell.locator, unit) for cell in values.cells)


def _unknown(text: str, state: _State, cells: list[Cell], labels: Labels) -> None:
    """Cells under no label that is known: the first is taken as a label, the rest as its text.

    A lone cell is kept where it reads 名称：内容; a heading or a page number is not.
    """
    for cell in list(cells):
        if cell.end - cell.start <= 40 and (unit := labels.unit_in(cell.of(text))) is not None:
            _note_unit(state, unit)
            cells.remove(cell)
    if not cells:
        return
    first = cells[0]
    if cells[1:]:
        written = text[first.start : min(first.end, first.start + 60)].strip()
        label = Label(UNKNOWN, written, None)
        pieces = tuple(pieces_of(cells[1:]))
        state.fields.append(Field(label, cells[1].start, cells[-1].end, cells[1].locator, pieces=pieces))
        return
    written, colon, _ = text[first.start : min(first.end, first.start + 60)].replace("：", ":").partition(":")
    if colon and written.strip():
        start = min(trim(text, first.start + len(written) + 1, first.end)[0], first.end)
        state.fields.append(Field(Label(UNKNOWN, written.strip(), None), start, first.end, first.locator))
