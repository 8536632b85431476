"""Values that stand under their labels: a text in the row below, a row of values below a row of labels."""

from __future__ import annotations

from calcverify.forms.grid import Row
from calcverify.forms.labels import AMOUNTS, SHORT, TEXT, FieldWord, Label, Labels, key_of
from calcverify.forms.lines import Line, is_page_mark, is_title, year_line

_KNOWN = SHORT | TEXT
# A text of so many characters under a label is no heading of the next part of the form.
_LONG = 20


def is_text_under(text: str, label_column: int, line: Line, labels: Labels, begun: bool) -> bool:
    """Whether a row is the text of the label that stands alone in the row above it (资金计算依据 over its text).

    ``begun`` says that the label has text already, and the row would be its next line: 三、绩效指标
    is not, 3.清淤4公里×2万元/公里 is.
    """
    row = line.row
    if len(row.cells) != 1 or row.cells[0].column != label_column or line.labels or line.head is not None:
        return False
    if is_title(text, line, labels) or is_page_mark(text, row) or year_line(text, row) is not None:
        return False
    written = row.cells[0].of(text)
    counts = any(character.isdecimal() for character in written[2:])
    return counts or len(written) > _LONG or (row.wide and not begun)


def is_over_values(lines: list[Line], at: int) -> bool:
    """Whether a row holds labels alone and the next one their values, column by column::

        项目名称    项目编码    项目总金额（万元）
        河道清淤    330100      6
        资金计算依据    3公里×2万元/公里
    """
    if at + 1 >= len(lines):
        return False
    line, below = lines[at], lines[at + 1]
    cells = line.row.cells
    if len(cells) < 2 or len(line.labels) < len(cells) or below.labels or below.head is not None:
        return False
    if any(found.value_start is not None or found.label.word.role not in _KNOWN for found in line.labels):
        return False
    if "amount" in line.roles() and "name" not in line.roles():  # 单价 | 数量 | 金额 heads rows, not one of them
        return False
    return below.row.tabbed and columns_of(below.row) <= columns_of(line.row)


def columns_of(row: Row) -> frozenset[int]:
    """The columns that hold something."""
    return frozenset(cell.column for cell in row.cells)


def amounts_over_values(text: str, lines: list[Line], at: int, labels: Labels) -> dict[int, Label]:
    """The labels by their columns where a row names payers and the next one holds what each gives::

        资金来源（万元）    合计    财政拨款    自有资金    其他
                            86.4    80          6.4         0

    Empty where the rows are no such two; a short word for a payer (其他) is a label here.
    """
    if at + 1 >= len(lines):
        return {}
    row, below = lines[at].row, lines[at + 1]
    group = labels.field(row.cells[0].of(text))
    cells = row.cells[1:] if group is not None and group.word.role == "group" else row.cells
    if len(cells) < 2 or below.labels or below.head is not None or not below.row.tabbed:
        return {}
    found: dict[int, Label] = {}
    for cell in cells:
        label = labels.field(cell.of(text))
        if label is None and key_of(cell.of(text)) in labels.summaries:
            label = Label(FieldWord("total"), key_of(cell.of(text)), None)
        if label is None or label.word.role not in AMOUNTS:
            return {}
        found[cell.column] = label
    plain = all(cell.of(text)[:1].isdecimal() or labels.is_blank(cell.of(text)) for cell in below.row.cells)
    return found if plain and columns_of(below.row) <= found.keys() else {}
