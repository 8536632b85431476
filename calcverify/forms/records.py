"""A table with a project a row: its head holds the labels, each row below it is a form::

项目名称    预算金额（万元）    测算依据
河道清淤    6                   3公里×2万元/公里
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.forms.amounts import read_amount
from calcverify.forms.beneath import is_over_values
from calcverify.forms.fields import Field, Fields
from calcverify.forms.grid import Row
from calcverify.forms.labels import AMOUNTS, FieldWord, Label, Labels, key_of
from calcverify.forms.lines import Line
from calcverify.forms.model import StatedTotal


def records_head(text: str, lines: list[Line], labels: Labels) -> int | None:
    """The index of the row that heads a table of projects, or ``None``.

    Its cells are labels side by side, a name or code among them and an amount or a basis;
    a row without labels follows that stands under them.
    """
    for i, line in enumerate(lines[:-1]):
        roles = line.roles()
        cells = line.row.cells
        if not roles & {"name", "code"} or not roles & (AMOUNTS | {"basis"}) or len(cells) < 2:
            continue
        if any(found.value_start is not None for found in line.labels):
            continue
        if 3 * _known(text, line, labels) < 2 * len(cells):
            continue
        below = lines[i + 1]
        # With one row of values and other fields below it, it is the head of a single form.
        if i + 2 < len(lines) and lines[i + 2].strong and is_over_values(lines, i):
            continue
        plain = not below.labels and below.head is None and len(below.row.cells) > 1
        if plain and below.row.cells[0].column in {cell.column for cell in cells}:
            return i
    return None


def _known(text: str, line: Line, labels: Labels) -> int:
    """How many cells of a row are labels, or words that head columns (序号, 金额, 备注)."""
    named = {found.cell for found in line.labels}
    cells = enumerate(line.row.cells)
    return sum(at in named or labels.column_of(key_of(cell.of(text))) is not None for at, cell in cells)


def record_fields(text: str, lines: list[Line], head: int, above: Fields, labels: Labels) -> Iterator[Fields]:
    """The fields of each row below ``head``, with what the rows above it say for all of them."""
    line = lines[head]
    columns = _columns(text, line, labels)
    shared = tuple(field for field in above.fields if field.role in ("organisation", "department", "year"))
    for below in lines[head + 1 :]:
        if not below.row.tabbed or _is_summary(text, below.row, columns, labels):
            continue
        fields = tuple(
            Field(columns[cell.column], cell.start, cell.end, cell.locator)
            for cell in below.row.cells
            if cell.column in columns
        )
        if any(field.role in ("name", "code", "basis") for field in fields):
            yield Fields((*fields, *shared), (), above.year, above.unit_note, None)


def _columns(text: str, line: Line, labels: Labels) -> dict[int, Label]:
    """The label of each column; 合计 beside 一般公共预算 is the project's total where no other column is."""
    columns = {line.row.cells[found.cell].column: found.label for found in line.labels}
    if not any(label.word.role in ("total", "annual", "group") for label in columns.values()):
        for cell in line.row.cells:
            label = labels.column_of(key_of(cell.of(text))) if cell.column not in columns else None
            if label is not None and label.word.role == "full":
                columns[cell.column] = label._replace(word=FieldWord("total", weak=True))
                break
    return columns


def transposed_head(text: str, lines: list[Line]) -> int | None:
    """The index of the row that names several projects side by side, each with its fields in the column below it::

        项目名称            河道清淤           路灯维修
        预算金额（万元）    6                  0.9
        测算依据            3公里×2万元/公里   30盏×300元/盏

    ``None`` where no such table ends the form: its amounts must be one a column, so that a value and a further
    label beside it are not taken for two projects.
    """
    for at, line in enumerate(lines):
        columns = [cell.column for cell in line.row.cells[1:]]
        if not _one_label(line) or line.labels[0].label.word.role != "name" or len(columns) < 2:
            continue
        below = [row for row in lines[at + 1 :] if row.row.tabbed]
        amounts = [row for row in below if _one_label(row) and row.labels[0].label.word.role in AMOUNTS]
        plain = all(
            [cell.column for cell in row.row.cells[1:]] == columns
            and all(_is_amount(cell.of(text)) for cell in row.row.cells[1:])
            for row in amounts
        )
        fits = all(_one_label(row) and {c.column for c in row.row.cells[1:]} <= set(columns) for row in below)
        return at if amounts and plain and fits else None
    return None


def _is_amount(text: str) -> bool:
    """Whether a cell states an amount: 6, 0.9万元; 1.金额单位为万元 is a guide."""
    return isinstance(read_amount(text, None if "万" in text else "元", ""), StatedTotal)


def _one_label(line: Line) -> bool:
    """Whether the only label of a row is its first cell."""
    return len(line.labels) == 1 and line.labels[0].cell == 0 and line.labels[0].value_start is None


def column_fields(lines: list[Line], head: int, above: Fields) -> Iterator[Fields]:
    """The fields of each column of such a table, with what the rows above it say for all of them."""
    shared = tuple(field for field in above.fields if field.role in ("organisation", "department", "year"))
    for named in lines[head].row.cells[1:]:
        fields = tuple(
            Field(line.labels[0].label, cell.start, cell.end, cell.locator)
            for line in lines[head:]
            if line.row.tabbed
            for cell in line.row.cells[1:]
            if cell.column == named.column
        )
        yield Fields((*fields, *shared), (), above.year, above.unit_note, None)


def _is_summary(text: str, row: Row, columns: dict[int, Label], labels: Labels) -> bool:
    """Whether the row sums up the table (合计): no project is called that."""
    return any(
        key_of(cell.of(text)) in labels.summaries
        for cell in row.cells
        if cell.column == 0 or (cell.column in columns and columns[cell.column].word.role == "name")
    )
