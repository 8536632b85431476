"""The fields of one form become a :class:`Form`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calcverify.errors import InputProblem, problem
from calcverify.forms.amounts import Fault, read_amount
from calcverify.forms.fields import Field, Fields, Table, pieces_of
from calcverify.forms.labels import AMOUNTS, Labels, clean, key_of
from calcverify.forms.lines import year_within
from calcverify.forms.model import Form, Narrative, StatedTotal
from calcverify.forms.tables import detail_rows, indicators
from calcverify.patterns import pattern
from calcverify.source import Locator, Piece, Source

# A form has one of these; a page that has none (a cover, a list of names) is none.
FORM_ROLES = frozenset({"name", "code", "basis", "total", "annual"})
_SINGLE = ("name", "code", "organisation", "department", "year")
_FAULTS = {Fault.NOT_PLAIN: "CV909", Fault.NO_UNIT: "CV910", Fault.TWO_UNITS: "CV913"}
_DIGIT = pattern("[0-9０-９一二三四五六七八九十百千万]")
_NUMERAL = pattern("[0-9０-９一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]")
# A short value is bounded: a name of ten million characters helps nobody.
_LONGEST_VALUE = 500
# What stands in a line before a field is a few labels and values.
_LONGEST_LABELLING = 10_000


class Setting(NamedTuple):
    """What holds for every form of a document: its name and text, the words, a unit given by the caller."""

    name: str
    text: str
    labels: Labels
    unit: str | None


def build(setting: Setting, found: Fields, made_up_id: str, first: Locator) -> Iterator[Form | InputProblem]:
    """The form that the fields make, and a problem for each amount that cannot be read.

    ``made_up_id`` is its id where it has no code, ``first`` its place where it has no
    basis. Nothing is yielded where the fields are those of no form.
    """
    if not any(field.role in FORM_ROLES for field in found.fields):
        return
    single, rest = _single(setting, found.fields)
    basis, basis_field, rest = _basis(setting, found, rest)
    totals: list[StatedTotal] = []
    sources: list[StatedTotal] = []
    narratives: list[Narrative] = []
    unread: list[tuple[Field, Fault]] = []
    rest = _with_lone_amount(setting, found, rest)
    for field in rest:
        amount = _amount(setting, found, field) if field.role in AMOUNTS else None
        if isinstance(amount, StatedTotal) and not any(amount.field == other.field for other in totals + sources):
            (sources if field.role == "source" else totals).append(amount)
            continue
        # What is twice the same is said once; an amount that cannot be read is kept as text.
        if not isinstance(amount, StatedTotal) or amount not in _placeless(totals + sources, amount.locator):
            narratives.append(_narrative(setting, field))
        if isinstance(amount, Fault) and amount in _FAULTS and field.role != "source":
            unread.append((field, amount))
    read = {total.field for total in totals}
    for field, fault in unread:
        # 项目总金额：以万元为单位 is a guide to the field, where the field itself is filled in.
        if field.label.written not in read or _NUMERAL.search(setting.text, field.start, field.end):
            yield _unread_amount(setting, field, fault)
    if not totals:
        totals += _total_row(setting, found)
    totals.sort(key=lambda total: total.role != "total")
    locator = basis.locator if basis is not None else first
    yield Form(
        id=clean(single.get("code", "")) or made_up_id,
        name=single.get("name", ""),
        source_name=setting.name,
        locator=locator,
        basis=basis,
        basis_field=basis_field,
        totals=tuple(totals),
        organisation=single.get("organisation", ""),
        department=single.get("department", ""),
        year=year_within(single["year"]) or single["year"] if single.get("year") else found.year,
        unit_note=found.unit_note,
        details=tuple(r for t in _tables(found, "details") for r in detail_rows(setting.text, t)),
        indicators=tuple(r for t in _tables(found, "indicators") for r in indicators(setting.text, t, setting.labels)),
        narratives=tuple(narratives),
        sources=tuple(sources),
        detail_unit=found.detail_unit,
        priced=tuple(
            text
            for table in found.tables
            if table.head.priced and (text := _table_text(setting, table)) != basis and table.head.basis is None
        ),
    )


def _single(setting: Setting, fields: tuple[Field, ...]) -> tuple[dict[str, str], list[Field]]:
    """The first filled-in value of each field that a form has once, and the other fields."""
    values: dict[str, str] = {}
    rest: list[Field] = []
    for field in fields:
        value = clean(setting.text[field.start : min(field.end, field.start + _LONGEST_VALUE)])
        if field.role not in _SINGLE:
            rest.append(field)
        elif setting.labels.is_blank(value):
            continue
        elif field.role not in values:
            values[field.role] = value
        elif values[field.role] != value:
            rest.append(field)
    return values, rest


def _basis(setting: Setting, found: Fields, fields: list[Field]) -> tuple[Source | None, str, list[Field]]:
    """The basis, the label it stood under, and the other fields.

    A filled-in field leads over an empty one, a field that is called a basis over one
    that only may hold it (资金总额及构成), the first over the second. Without any, a
    detail table with a column of that name is the basis, or one whose rows compute; so it
    is where the field only points at it (详见明细).
    """
    candidates = [i for i, field in enumerate(fields) if field.role == "basis"]
    if any(table.head.priced for table in found.tables):
        candidates = [i for i in candidates if _DIGIT.search(setting.text, fields[i].start, fields[i].end)]
    if candidates:
        best = min(candidates, key=lambda i: (fields[i].start == fields[i].end, fields[i].label.word.fallback))
        field = fields[best]
        return _source(setting, field), field.label.written, fields[:best] + fields[best + 1 :]
    for table in found.tables:
        if table.head.basis is not None:
            return _table_text(setting, table, whole=True), table.head.basis, fields
    for table in found.tables:
        if table.head.priced:
            return _table_text(setting, table), "支出明细", fields
    return None, "资金计算依据", fields


def _with_lone_amount(setting: Setting, found: Fields, fields: list[Field]) -> list[Field]:
    """The fields with 金额 | 21.6万元 as the total where the form states no other; else it stays text."""
    stated = any(field.role in ("total", "annual") for field in fields)
    lone = [
        at
        for at, field in enumerate(fields)
        if field.role == "amount" and not stated and isinstance(_amount(setting, found, field), StatedTotal)
    ]
    if len(lone) == 1:
        field = fields[lone[0]]
        word = field.label.word._replace(role="total")
        fields = [*fields]
        fields[lone[0]] = field._replace(label=field.label._replace(word=word))
    return fields


def _total_row(setting: Setting, found: Fields) -> Iterator[StatedTotal]:
    """The 合计 row of the only detail table: a 经费预算表 states its total nowhere else."""
    tables = list(_tables(found, "details"))
    unit = found.detail_unit or found.unit_note or setting.unit
    for row in detail_rows(setting.text, tables[0]) if len(tables) == 1 else ():
        if key_of(row.name) in setting.labels.summaries:
            amount = read_amount(row.full_year, unit, row.name, row.locator, "total")
            if isinstance(amount, StatedTotal):
                yield amount
                return


def _table_text(setting: Setting, table: Table, whole: bool = False) -> Source:
    """A table as text: its head and its rows, with the name of its section (支出明细) where ``whole``."""
    top = [cell for cell in table.top.cells if whole or cell.column in table.head.roles]
    start = top[0].start
    pieces = [piece for cells in (top, *(row.cells for row in table.rows)) for piece in pieces_of(cells)]
    place = _place(setting, table.locator, start)
    return Source(setting.text[start : table.end], setting.name, place, _within(pieces, start))


def _tables(found: Fields, kind: str) -> Iterator[Table]:
    return (table for table in found.tables if table.head.kind == kind)


def _amount(setting: Setting, found: Fields, field: Field) -> StatedTotal | Fault:
    """The amount of a field, in its own unit, its label's, its group's, the form's or the caller's."""
    label = field.label
    raw = setting.text[field.start : min(field.end, field.start + _LONGEST_VALUE)]
    text = clean(raw)
    if setting.labels.is_blank(text):
        return Fault.BLANK
    unit = label.unit or field.group_unit or found.unit_note or setting.unit
    return read_amount(text, unit, label.written, field.locator, field.role)


def _placeless(amounts: list[StatedTotal], locator: Locator) -> list[StatedTotal]:
    return [amount._replace(locator=locator) for amount in amounts]


def _place(setting: Setting, locator: Locator, start: int) -> Locator:
    """The place of a text, with its column where it stands in a line of the file itself."""
    if not locator.in_lines:
        return locator
    low = max(0, start - _LONGEST_LABELLING)
    breaks = (setting.text.rfind(c, low, start) for c in "\r\n")
    begin = max(breaks)
    return locator if low and begin < 0 else locator._replace(column=start - begin)


def _narrative(setting: Setting, field: Field) -> Narrative:
    return Narrative(field.label.written, _source(setting, field))


def _source(setting: Setting, field: Field) -> Source:
    text = setting.text[field.start : field.end]
    return Source(text, setting.name, _place(setting, field.locator, field.start), _within(field.pieces, field.start))


def _within(pieces: Sequence[Piece], start: int) -> tuple[Piece, ...]:
    """Pieces of the document as pieces of the text that begins at ``start`` of it."""
    return tuple(piece._replace(start=piece.start - start) for piece in pieces)


def _unread_amount(setting: Setting, field: Field, fault: Fault) -> InputProblem:
    raw = clean(setting.text[field.start : min(field.end, field.start + _LONGEST_VALUE)])
    unit = field.label.unit or field.group_unit or setting.unit or ""
    return problem(_FAULTS[fault], setting.name, field.locator, field=field.label.written, text=raw[:41], unit=unit)
