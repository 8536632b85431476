"""Sheets of cells become documents: what the readers of xlsx, xls, ods, csv and html share.

A reader gives each sheet as rows of shown texts, with what a person cannot see on it or in
it; here the sheet is laid out, every cell with its place, and read as forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import islice

from calcverify.errors import problem
from calcverify.forms.grid import Document
from calcverify.forms.labels import SHORT, load_labels
from calcverify.forms.layout import Layout
from calcverify.forms.model import Form, Remark
from calcverify.forms.parse import forms_of
from calcverify.forms.words import field_words
from calcverify.readers.blocks import Part, SheetRow, parts_of
from calcverify.readers.cell_names import Position, cell_name
from calcverify.readers.fault import Unreadable
from calcverify.readers.model import MOST_BYTES, Item, Options
from calcverify.source import Locator

# Cells that hold something: a form has a few hundred, a list of a province's projects some ten thousand.
MOST_CELLS = 400_000
# What a cell shows whose formula fails.
ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#GETTING_DATA", "Err:502", "Err:522"}
)
_NAMED_IN_MESSAGE = ("name", "total", "basis")
_LOOKED_AT = 400
_LONGEST_SHOWN = 20
_Note = tuple[tuple[int, int], Remark]


@dataclass
class Sheet:
    """A sheet as it is read.

    ``wide`` are the cells that are merged across columns, by row and column, with how many
    columns they cover. ``notes`` are remarks by row and column, ``whole`` those on the sheet.
    The title is ``None`` where the file has rows alone (a text with commas).
    """

    title: str | None
    rows: list[SheetRow] = field(default_factory=list)
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    wide: Mapping[tuple[int, int], int] = field(default_factory=dict)
    notes: dict[tuple[int, int], Remark] = field(default_factory=dict)
    whole: list[Remark] = field(default_factory=list)

    def place(self, row: int, column: int) -> Locator:
        """Where a cell stands: its row from 1, its column from 0."""
        if self.title is None:
            return Locator(row=row, cell=str(column + 1))
        return Locator(sheet=self.title, cell=cell_name(row, column))


def unmerged(
    rows: list[SheetRow], merged: list[tuple[Position, Position]]
) -> tuple[list[SheetRow], dict[tuple[int, int], int]]:
    """The rows without what stands under merged cells, and the width of those that cover columns."""
    wide: dict[tuple[int, int], int] = {}
    covered: dict[int, list[tuple[int, int, bool]]] = {}
    numbers = [row.number for row in rows]
    for first, last in merged:
        if last.column > first.column:
            wide[first] = last.column - first.column + 1
        # A merged column of a million rows covers only those that hold something.
        for number in numbers if last.row - first.row > len(numbers) else range(first.row, last.row + 1):
            if first.row <= number <= last.row:
                covered.setdefault(number, []).append((first.column, last.column, number == first.row))
    kept = []
    for row in rows:
        spans = covered.get(row.number)
        if spans:
            cells = [
                cell
                for cell in row.cells
                if not any(low <= cell[0] <= high and not (top and cell[0] == low) for low, high, top in spans)
            ]
            row = row._replace(cells=cells)  # noqa: PLW2901  # the row as it is shown takes the place of the row
        if row.cells:
            kept.append(row)
    return kept, wide


def lay_out_sheet(sheet: Sheet, layout: Layout) -> Layout:
    """The sheet added to ``layout``: every cell at its place, its remarks where they belong."""
    for remark in sheet.whole:
        layout.remark(remark)
    if sheet.hidden:
        layout.remark(Remark("hidden sheet", sheet.title or "", Locator(sheet=sheet.title)))
    notes = sorted(sheet.notes.items(), reverse=True)
    for part in parts_of(sheet.rows, sheet.wide, load_labels()):
        own, others = list[_Note](), list[_Note]()
        for note in notes:
            inside = note[0][0] <= part.rows[-1].number and part.low <= note[0][1] < part.high
            (own if inside else others).append(note)
        notes = others
        _lay_out_part(sheet, part, own, layout)
    for _, remark in reversed(notes):
        layout.remark(remark, layout.at)
    return layout


def _lay_out_part(sheet: Sheet, part: Part, notes: list[_Note], layout: Layout) -> None:
    """The rows of a part, with the remarks on its cells (the last one first)."""
    for at, row in enumerate(part.rows):
        while notes and notes[-1][0][0] <= row.number:  # a formula without a result leaves its cell empty
            layout.remark(notes.pop()[1], layout.at)
        cells = row.cells
        if sheet.hidden_columns and (unseen := _behind_labels(cells, sheet.hidden_columns)):
            for column, text in unseen:
                layout.remark(Remark("hidden value", text, sheet.place(row.number, column)), layout.at)
            cells = [cell for cell in cells if cell not in unseen]
        places = [(max(c - part.margin, 0), text, sheet.place(row.number, c)) for c, text in cells]
        for (column, text), (_, _, place) in zip(cells, places, strict=True):
            if row.hidden:
                layout.remark(Remark("hidden row", text, place), layout.at)
            elif column in sheet.hidden_columns:
                layout.remark(Remark("hidden column", text, place), layout.at)
            if text in ERRORS:
                layout.remark(Remark("error", text, place), layout.at)
        wide = len(places) == 1 and (row.number, cells[0][0]) in sheet.wide
        layout.row(places, wide=wide, apart=part.apart and at == 0)


def _behind_labels(cells: list[tuple[int, str]], hidden: frozenset[int]) -> list[tuple[int, str]]:
    """The hidden cells between a label and the value that is shown for it: 项目总金额 | (80) | 86.4."""
    labels = load_labels()
    found = []
    for (before, label), cell, (after, shown) in zip(cells, cells[1:], cells[2:], strict=False):
        if cell[0] in hidden and before not in hidden and after not in hidden:
            known = labels.field(label)
            if known is not None and known.word.role in SHORT and labels.field(shown) is None:
                found.append(cell)
    return found


def read_documents(documents: Iterable[Document], name: str, options: Options) -> Iterator[Item]:
    """The forms of every document of a file; one problem where there is none in all of them."""
    count, found, cells = 0, False, list[str]()
    for document in documents:
        for item in forms_of(document, options.unit, first=count + 1):
            count += isinstance(item, Form)
            found = True
            yield item
        if not found and len(cells) < _LOOKED_AT:
            rows = islice(document.rows, _LOOKED_AT)
            cells += [cell.of(document.text) for row in rows for cell in row.cells if cell.end - cell.start < 200]
    if not found:
        if not cells:
            yield problem("CV903", name)
            return
        yield problem("CV918", name, labels=labels_looked_for(), cells="、".join(nearest(cells)))


def labels_looked_for() -> str:
    """The first labels of the fields that make a form: 项目名称、项目总金额、资金计算依据."""
    firsts: dict[str, str] = {}
    for entry in field_words()["field"]:
        firsts.setdefault(entry["role"], entry["labels"][0])
    return "、".join(firsts[role] for role in _NAMED_IN_MESSAGE)


def nearest(cells: Iterable[str], most: int = 4) -> list[str]:
    """The short texts that look most like the labels of a form, else the first texts.

    >>> nearest(["今天", "项目的名称", "合计"], 1)
    ['项目的名称']
    """
    short = [text for text in dict.fromkeys(cells) if len(text) <= _LONGEST_SHOWN][:_LOOKED_AT]
    known = [label for label, word in load_labels().fields.items() if word.role in ("name", "code", "total", "basis")]
    near = []
    for text in short:
        alike = [label for label in known if len(set(label) & set(text)) * 2 > len(text)]
        best = max((SequenceMatcher(None, text, label).ratio() for label in alike), default=0)
        near.append((best, text))
    close = sorted((n for n in near if n[0] * 2 > 1), key=lambda n: -n[0])
    return [text for _, text in close[:most]] or short[:most] or [next(iter(cells))[:_LONGEST_SHOWN] + "…"]


class Budget:
    """What one file may still hold: cells and characters. Raises ``Unreadable`` where it is used up."""

    def __init__(self) -> None:
        self._cells, self._characters = MOST_CELLS, MOST_BYTES

    def spend(self, text: str) -> None:
        """Count a cell with ``text``."""
        self._cells -= 1
        self._characters -= len(text)
        if self._cells < 0:
            raise Unreadable("CV911", limit=f"{MOST_CELLS} cells")
        if self._characters < 0:
            raise Unreadable("CV911", limit=f"{MOST_BYTES // 1_000_000} MB")
