"""The report as an Excel workbook: projects, claims, findings, and what was not read, a sheet each.

Amounts are numbers that a spreadsheet can add up, with the exact figure as text beside
them: a spreadsheet keeps fifteen digits. Text of a form is text and never a formula, a
link or a control character.
"""

from __future__ import annotations

import io
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calcverify.errors import UsageError
from calcverify.report.model import Report
from calcverify.report.screen import PLAIN
from calcverify.report.sheet_columns import Column
from calcverify.report.sheets import Cell, Link, Number, Share, Sheet, sheets
from calcverify.report.words import say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# The workbook of a report is the same every time: it carries no time of its own.
CREATED = datetime(1980, 1, 1)
# The last row of a sheet, and how many links one may hold.
MOST_ROWS, MOST_LINKS = 1_048_576, 60_000
# Points a line; a row of more lines than this is read in the cell itself.
_LINE, _MOST_LINES = 14, 12
_FONT = "Microsoft YaHei"
_LINED = {"bottom": 1, "bottom_color": "#DDE3E8"}
_HEAD = {"bold": True, "bg_color": "#DCE3EA", "border": 1, "border_color": "#AEB8C2", "text_wrap": True}
# Word → how a cell that says it looks; the word itself stands in the cell, so that no colour says anything alone.
_COLOURS = {
    "fail": ("#A3260B", "#FDE5DC"),
    "mismatch": ("#A3260B", "#FDE5DC"),
    "error": ("#A3260B", "#FDE5DC"),
    "review": ("#7A4B00", "#FFF0CC"),
    "query": ("#7A4B00", "#FFF0CC"),
    "warning": ("#7A4B00", "#FFF0CC"),
    "pass": ("#0B5394", "#E3EFFA"),
    "exact": ("#0B5394", "#E3EFFA"),
    "rounded": ("#0B5394", "#E3EFFA"),
    "carry": ("#4B4F9C", "#ECECFB"),
    "approximate": ("#4B4F9C", "#ECECFB"),
    "no-formula": ("#56606B", "#F4F6F8"),
    "notice": ("#56606B", "#F4F6F8"),
}
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def render(report: Report, lang: str = "zh") -> bytes:
    """The workbook as the bytes of an ``.xlsx`` file; ``UsageError`` names the remedy where xlsxwriter is missing."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise UsageError(
            "Excel 报告需要 xlsxwriter，请先安装：pip install 'calcverify[files]'",
            "Excel reports need xlsxwriter; install it with: pip install 'calcverify[files]'",
        ) from error
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": say("title", lang), "created": CREATED})
        writer = _Writer(book, lang)
        for sheet in sheets(report, lang):
            writer.sheet(sheet)
    return out.getvalue()


class _Writer:
    """Writes sheets of one workbook; formats are made once each."""

    def __init__(self, book: Workbook, lang: str) -> None:
        self.book, self.lang = book, lang
        self.made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, **properties: Any) -> Format:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            usual = {"font_name": _FONT, "font_size": 10, "valign": "top"} | _LINED
            self.made[key] = self.book.add_format(usual | properties)
        return self.made[key]

    def sheet(self, sheet: Sheet) -> None:
        """One sheet: heads, rows, filter, colours, and how it prints."""
        page = self.book.add_worksheet(sheet.name)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
            page.write_string(
                0,
                at,
                column.head,
                self.look(**_HEAD, align="right" if column.right else "left", indent=int(column.indent)),
            )
        page.set_row(0, 2 * _LINE + 4)
        rows = sheet.rows[: MOST_ROWS - 1]
        links = 0
        for n, row in enumerate(rows, 1):
            page.set_row(n, _LINE * lines_of(row, sheet.columns) + 2)
            for at, cell in enumerate(row):
                links += isinstance(cell, Link)
                self.cell(page, n, at, cell, sheet.columns[at], linked=links <= MOST_LINKS)
        self.colours(page, sheet, len(rows))
        page.freeze_panes(1, sheet.frozen)
        page.autofilter(0, 0, max(1, len(rows)), len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.print_area(0, 0, max(1, len(rows)), sheet.printed - 1)
        page.repeat_rows(0)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.set_footer("&L&A&R&P / &N")

    def cell(self, page: Worksheet, row: int, at: int, cell: Cell, column: Column, linked: bool) -> None:
        """A value as what it is: text, a number, a share, a link into the workbook."""
        wrap: dict[str, Any] = {"align": "left", "text_wrap": column.wraps, "indent": int(column.indent)}
        if isinstance(cell, Number | Share):
            value = as_number(cell.value)
            if value is None:
                page.write_blank(row, at, None, self.look())
            else:
                page.write_number(row, at, value, self.look(num_format=cell.shape))
        elif isinstance(cell, Link) and linked:
            look = self.look(font_color="#0B5394", underline=1, **wrap)
            page.write_url(row, at, f"internal:'{cell.sheet}'!A{cell.row + 1}", look, cell.text)
        elif isinstance(cell, int):
            page.write_number(row, at, cell, self.look())
        else:
            text = cell.text if isinstance(cell, Link) else cell
            # Excel makes a formula of such a text once somebody edits the cell, unless it is marked as text.
            marked = {"quote_prefix": True} if text.startswith(_FORMULA_SIGNS) else {}
            if text:
                page.write_string(row, at, text, self.look(**wrap, **marked))
            else:
                page.write_blank(row, at, None, self.look())

    def colours(self, page: Worksheet, sheet: Sheet, rows: int) -> None:
        """Colours by the word in a cell, and bars for shares; they follow when the cell is changed."""
        if not rows:
            return
        for at, column in enumerate(sheet.columns):
            for word in column.coloured:
                ink, ground = _COLOURS[word]
                look = self.book.add_format({"font_color": ink, "bg_color": ground})
                rule = {"type": "cell", "criteria": "==", "value": f'"{say(word, self.lang)}"', "format": look}
                page.conditional_format(1, at, rows, at, rule)
            if column.bars:
                bar = {"type": "data_bar", "bar_color": "#9DC3E6", "min_type": "num", "max_type": "num"}
                page.conditional_format(1, at, rows, at, bar | {"min_value": 0, "max_value": 1})


def lines_of(row: list[Cell], columns: tuple[Column, ...]) -> int:
    """How many lines the longest wrapped cell of a row takes: not every program finds that out by itself."""
    most = 1
    for cell, column in zip(row, columns, strict=True):
        text = cell.text if isinstance(cell, Link) else cell
        if column.wraps and isinstance(text, str):
            most = max(most, -(-PLAIN.columns(text[:2000]) // (column.width - 2)))
    return min(most, _MOST_LINES)


def as_number(value: Fraction | None) -> float | None:
    """The nearest number of a spreadsheet; ``None`` where there is none."""
    if value is None:
        return None
    try:
        return float(value)
    except OverflowError:
        return None
