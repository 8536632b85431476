"""Rows of cells in a text: lines with tabs, bars or blanks between the cells, HTML, and one cell after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from calcverify.basis.numerals import read_numeral
from calcverify.basis.tokens import Figure
from calcverify.basis.work import SCALE
from calcverify.exact.units import NONE, YUAN
from calcverify.patterns import pattern

CELL = {"tab": re.compile(r"[^\t]+"), "bar": re.compile(r"[^|｜\n]+"), "blank": re.compile(r"\S+")}
MARKS = {"tab": "\t", "bar": "|｜"}  # between cells, of which one may be empty: | 工作站 | 2 | 98 | 196 | |
# <tr><td colspan="2">合计</td><td>3500</td></tr>
HTML_ROW = pattern(r"<tr\b[^<>]*>", re.I)
HTML_CELL = pattern(r"<t[dh]\b([^<>]*)>([^<]*)", re.I)
SPAN = pattern(r"colspan\s*=\s*[\"']?(\d{1,2})", re.I)
# What the heads of a table are called, where nothing but their words tells them from the cells.
HEAD = pattern(
    "(?:序号|编号|项目|名称|品名|品目|内容|物品|设备|事项|类别|明细|科目|用途|单位|规格|型号|备注|说明|数量|人数|次数|天数|工作量"
    "|面积|单价|标准|价格|定额|金额|小计|合计|总价|合价|经费|费用|预算|资金|支出)"
)
TOTAL_ROW = pattern(r"^\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|总合计)")
SEPARATORS = (re.compile(r"[|｜]"), re.compile(r"\r?\n"))
NO_HEAD = pattern(r"[\d：:\s]")
LONGEST_HEAD = 14  # characters
FEWEST_HEADS = 3  # of a table that is no more than one cell after the other


class Cell(NamedTuple):
    """A cell: its words, where they stand, the number in it, if it is one, and its column, counted from
    the first cell of its row; -1 where columns are not told apart."""

    text: str
    start: int
    end: int
    figure: Figure | None
    column: int = -1


class Row(NamedTuple):
    """A line of cells."""

    cells: tuple[Cell, ...]

    @property
    def numbers(self) -> int:
        """How many of the cells are numbers."""
        return sum(c.figure is not None for c in self.cells)


def ways(text: str) -> Iterator[Iterator[Row]]:
    """The ways in which the text may hold rows, the plainest first."""
    for way, parted in (("tab", "\t" in text), ("bar", "|" in text or "｜" in text), ("blank", True)):
        if parted:
            yield rows_of(text, way)
    if "<t" in text:
        yield rows_of_html(text)
    for separator in SEPARATORS:
        yield rows_in_turn(text, separator)


def rows_of(text: str, way: str) -> Iterator[Row]:
    """The lines of the text as rows of cells; a rule of a Markdown table is none."""
    start = 0
    for line in text.splitlines(keepends=True):
        found = [m for m in CELL[way].finditer(line) if not m.group().isspace()]
        cells = []
        for m in found if len(found) > 1 else ():
            words = m.group().strip()
            at = start + m.start() + m.group().index(words)
            column = sum(line.count(mark, 0, m.start()) for mark in MARKS[way]) if way in MARKS else -1
            cells.append(Cell(words, at, at + len(words), number(text, at, at + len(words)), column))
        start += len(line)
        if len(cells) > 1 and not all(set(c.text) <= set("-:—") for c in cells):
            yield Row(tuple(cells))


def number(text: str, start: int, end: int) -> Figure | None:
    """The number that fills a cell, unit and all."""
    if text[start] not in "0123456789０１２３４５６７８９-.":
        return None
    cell = text[start:end]
    numeral = read_numeral(cell, 0)
    if numeral is None or numeral.kind == "damaged" or numeral.high is not None:
        return None
    unit = cell[numeral.end :].strip()
    # A price may carry its denominator, which the quantity of the row cancels: 430元/块.
    money = re.fullmatch(r"(百万|千万|[千万亿])?元(?:[/／每][^\d]{1,6})?", unit)
    if unit and not money and len(unit) > 3:
        return None
    scale = SCALE[money.group(1) or ""] if money else 1
    return Figure(
        start, end, numeral.value * scale, numeral.place * scale, YUAN if money else NONE, numeral.scale * scale,
        numeral.kind, start, bare=not money,
    )


def cell_at(text: str, start: int, end: int, column: int) -> Cell | None:
    """The cell in a stretch of text, without the blanks around it; ``None`` where it is empty."""
    words = text[start:end].strip()
    if not words:
        return None
    at = text.index(words, start)
    return Cell(words, at, at + len(words), number(text, at, at + len(words)), column)


def rows_of_html(text: str) -> Iterator[Row]:
    """The rows of HTML tables left in the text."""
    starts = [m.end() for m in HTML_ROW.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        cells, column = [], 0
        for m in HTML_CELL.finditer(text, start, end):
            cell = cell_at(text, m.start(2), m.end(2), column)
            cells += [] if cell is None else [cell]
            span = SPAN.search(m.group(1))
            column += max(1, int(span.group(1))) if span else 1
        if len(cells) > 1:
            yield Row(tuple(cells))


def rows_in_turn(text: str, separator: re.Pattern[str]) -> Iterator[Row]:
    """A table whose cells follow one another, as a copied table does: the heads say how many make a row.

    It ends at the first row whose numbers do not stand under the same heads as those of the rows before,
    so that a cell left out moves nothing into another column.
    """
    bounds = [0, *(i for m in separator.finditer(text) for i in m.span()), len(text)]
    stretches = list(zip(bounds[::2], bounds[1::2], strict=True))
    heads = head_run(text, stretches)
    if heads is None:
        return
    first, wide = heads
    yield Row(tuple(c for k in range(wide) if (c := cell_at(text, *stretches[first + k], k)) is not None))
    numeric: set[int] | None = None
    for at in range(first + wide, len(stretches), wide):
        row = [c for k, s in enumerate(stretches[at : at + wide]) if (c := cell_at(text, *s, k)) is not None]
        under = {c.column for c in row if c.figure is not None}
        if not row or row[0].column or row[0].figure is not None:
            return
        if not TOTAL_ROW.match(row[0].text):
            if not under or (numeric is not None and under != numeric):
                return
            numeric = under
        yield Row(tuple(row))


def head_run(text: str, stretches: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the heads of such a table begin, and how many they are."""
    run = 0
    for k, (start, end) in enumerate([*stretches, (len(text), len(text))]):
        words = text[start:end].strip()
        if words and len(words) <= LONGEST_HEAD and HEAD.search(words) and not NO_HEAD.search(words):
            run += 1
        elif run >= FEWEST_HEADS:
            return k - run, run
        else:
            run = 0
    return None
