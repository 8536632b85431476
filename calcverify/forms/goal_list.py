"""A list of goals: each project with its goal beside its indicators, row after row (表 05-2)::

    项目名称    年度绩效目标    一级指标    三级指标    指标值
    河道清淤    清淤3公里       产出指标    清淤长度    3公里
                                效益指标    受益人口    2000人
    路灯维修    维修30盏        产出指标    维修盏数    30盏
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.forms.fields import Field, Fields, Table, pieces_of
from calcverify.forms.grid import Cell, Row
from calcverify.forms.labels import FieldWord, Label, Labels
from calcverify.forms.lines import Line

_OF_FORMS = frozenset({"name", "code", "basis", "total", "annual"})
_ORGANISATION = Label(FieldWord("organisation"), "单位名称", None)


def goals_head(text: str, lines: list[Line], labels: Labels) -> int | None:
    """The index of the head of a list of goals: a table of indicators that names projects as well.

    A form that has a name, an amount or a basis of its own is no such list.
    """
    if any(line.roles() & _OF_FORMS for line in lines):
        return None
    for at, line in enumerate(lines[:-1]):
        if line.head is not None and line.head.kind == "indicators" and _named(text, line, labels, "name") is not None:
            return at
    return None


def goal_fields(text: str, lines: list[Line], head: int, above: Fields, labels: Labels) -> Iterator[Fields]:
    """The fields of each project below the head; a name that comes again, or is left out, goes on."""
    top = lines[head]
    name, goal = _named(text, top, labels, "name"), _named(text, top, labels, "narrative")
    if name is None or top.head is None:
        return
    shared = tuple(field for field in above.fields if field.role in ("organisation", "department", "year"))
    owner: tuple[Field, ...] = ()
    held: tuple[Field, ...] = ()
    rows: list[Row] = []

    def done() -> Iterator[Fields]:
        if held and rows:
            table = Table(top.head, top.row, tuple(rows))  # type: ignore[arg-type]  # a head without a head was left above
            yield Fields((*held, *(owner or shared)), (table,), above.year, above.unit_note, None)

    for line in lines[head + 1 :]:
        cells = {cell.column: cell for cell in line.row.cells}
        named = cells.get(name[0])
        if named is not None and len(cells) == 1:  # the office whose projects follow
            yield from done()
            owner, held, rows = (_field(_ORGANISATION, named),), (), []
            continue
        if named is not None and not (held and named.of(text) == text[held[0].start : held[0].end]):
            yield from done()
            told = cells.get(goal[0]) if goal is not None else None
            held, rows = (_field(name[1], named),), []
            held += (_field(goal[1], told),) if goal is not None and told is not None else ()
        others = tuple(cell for cell in line.row.cells if cell.column not in (name[0], goal[0] if goal else -1))
        if held and others:
            rows.append(line.row._replace(cells=others))
    yield from done()


def _named(text: str, line: Line, labels: Labels, role: str) -> tuple[int, Label] | None:
    """The first column of a head that a label of this role names."""
    for cell in line.row.cells:
        label = labels.field(cell.of(text))
        if label is not None and label.word.role == role and not label.word.weak:
            return cell.column, label
    return None


def _field(label: Label, cell: Cell) -> Field:
    return Field(label, cell.start, cell.end, cell.locator, pieces=tuple(pieces_of([cell])))
