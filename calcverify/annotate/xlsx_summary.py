"""The summary sheet: the first of the workbook, each finding with a link to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calcverify.annotate.model import Entry, Plan
from calcverify.annotate.opc import OFFICE, OFFICE_STRICT, Package, serialised, whole
from calcverify.annotate.summary import STATUS_COLOUR, Summary, summary_of
from calcverify.annotate.words import say
from calcverify.annotate.xlsx_styles import COLOURS, Styles
from calcverify.verify.model import Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WIDTHS = (7, 12, 22, 26, 26, 78)
HEAD_FILL = "FFEDEDED"
# Points of a line of text, of the title, and of the highest row that Excel draws.
LINE_HEIGHT, TITLE_HEIGHT, MOST_HEIGHT = 14, 24, 409


def add_summary(package: Package, ns: str, styles: Styles, plan: Plan, placed: frozenset[int]) -> None:
    """Put the summary in front of the sheets of the workbook, and open the file with it."""
    book = package.tree(package.main)
    sheets = book.find(f"{ns}sheets")
    if sheets is None:
        return
    name = free_sheet_name(say("summary-name", plan.lang), {each.get("name") or "" for each in sheets})
    part = package.free_name("xl/worksheets/sheet{}.xml")
    root = _Page(ns, styles).write(summary_of(plan, placed))
    package.put(part, serialised(root), SHEET_TYPE)
    relation = package.relate(package.main, "worksheet", part)
    sheet = _element(f"{ns}sheet")
    sheet.set("name", name)
    sheet.set("sheetId", str(max([0, *(whole(each.get("sheetId")) for each in sheets)]) + 1))
    sheet.set(f"{{{OFFICE_STRICT if package.strict else OFFICE}}}id", relation)
    sheets.insert(0, sheet)
    _shift(book, ns)
    # Two sheets that are selected are a group: what is typed into one goes into both.
    for link in list(package.relations(package.main)):
        if link.kind not in ("worksheet", "chartsheet") or link.target == part or link.target not in package:
            continue
        if any(view.get("tabSelected") for view in package.view(link.target).iter(f"{ns}sheetView")):
            for view in package.tree(link.target).iter(f"{ns}sheetView"):
                view.attrib.pop("tabSelected", "")


def _shift(book: _Element, ns: str) -> None:
    """What counts sheets from the first one counts one more: print areas, the sheet that is shown."""
    for name in book.iter(f"{ns}definedName"):
        local = whole(name.get("localSheetId"))
        if local >= 0:
            name.set("localSheetId", str(local + 1))
    for view in book.iter(f"{ns}workbookView"):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")


def free_sheet_name(name: str, taken: set[str]) -> str:
    """``name``, with a number behind it where a sheet is called so."""
    lower, number, free = {each.lower() for each in taken}, 1, name
    while free.lower() in lower:
        number += 1
        free = f"{name} ({number})"
    return free


def link_to(entry: Entry) -> str:
    """Where a finding's link leads: ``'申报表'!B7``."""
    for mark in entry.marks:
        if mark.locator.sheet is not None and mark.locator.cell:
            sheet = mark.locator.sheet.replace("'", "''")
            return f"'{sheet}'!{mark.locator.cell}"
    return ""


class _Page:
    """The sheet, row by row."""

    def __init__(self, ns: str, styles: Styles) -> None:
        self.ns, self.styles = ns, styles
        self.rows: list[_Element] = []
        self.links: list[tuple[str, str]] = []

    def write(self, summary: Summary) -> _Element:
        """The root of the sheet."""
        style, head = self.styles.style, self.styles.style(bold=True, fill=HEAD_FILL)
        self._row([summary.title], [style(size=16, bold=True, framed=False)], TITLE_HEIGHT)
        for line in summary.lines:
            self._row([line], [style(framed=False)], LINE_HEIGHT)
        self._row([], [])
        # A project's row uses the columns of the findings' table: its name stands under 项目.
        heads = summary.project_heads
        self._row([summary.finding_heads[0], heads[1], *_spread(heads)], [head] * 6)
        for number, project in enumerate(summary.projects, 1):
            status = style(bold=True, rgb=f"FF{STATUS_COLOUR[project.status]}")
            self._row([str(number), project.cells[1], *_spread(project.cells)], [style(), status, *[style()] * 4])
        self._row([], [])
        if summary.findings:
            self._row(list(summary.finding_heads), [head] * 6)
        for finding in summary.findings:
            note = finding.entry.note
            weight = style(bold=note.loud, rgb=COLOURS[note.severity])
            target = link_to(finding.entry) if finding.placed else ""
            place = style(link=True) if target else style()
            if target:
                self.links.append((f"D{len(self.rows) + 1}", target))
            self._row(list(finding.cells), [style(), weight, style(), place, style(), style()])
        for problem in summary.problems:
            self._row([problem], [style(framed=False)], LINE_HEIGHT)
        return self._sheet()

    def _row(self, texts: list[str], styles: list[int], height: int = 0) -> None:
        """Add a row; its height is written down, as not every program makes room for wrapped text by itself."""
        number = len(self.rows) + 1
        lines = max((lines_of(text, width) for text, width in zip(texts, WIDTHS, strict=False)), default=1)
        points = str(min(height or lines * LINE_HEIGHT + 3, MOST_HEIGHT))
        row = _element(f"{self.ns}row", r=str(number), ht=points, customHeight="1")
        for column, (text, style) in enumerate(zip(texts, styles, strict=True)):
            cell = _element(f"{self.ns}c", r=f"{'ABCDEF'[column]}{number}", s=str(style), t="inlineStr")
            held = _element(f"{self.ns}t")
            held.text = text
            held.set(_SPACE, "preserve")
            string = _element(f"{self.ns}is")
            string.append(held)
            cell.append(string)
            row.append(cell)
        self.rows.append(row)

    def _sheet(self) -> _Element:
        from lxml import etree

        ns = self.ns
        root: _Element = etree.Element(f"{ns}worksheet", nsmap={None: ns.strip("{}")})
        props = _below(root, f"{ns}sheetPr")
        _below(props, f"{ns}tabColor", rgb=COLOURS[Severity.ERROR])
        _below(props, f"{ns}pageSetUpPr", fitToPage="1")
        views = _below(root, f"{ns}sheetViews")
        _below(views, f"{ns}sheetView", showGridLines="0", tabSelected="1", workbookViewId="0")
        _below(root, f"{ns}sheetFormatPr", defaultRowHeight="14.25")
        columns = _below(root, f"{ns}cols")
        for number, width in enumerate(WIDTHS, 1):
            _below(columns, f"{ns}col", min=str(number), max=str(number), width=str(width), customWidth="1")
        data = _below(root, f"{ns}sheetData")
        data.extend(self.rows)
        if self.links:
            links = _below(root, f"{ns}hyperlinks")
            for cell, target in self.links:
                _below(links, f"{ns}hyperlink", ref=cell, location=target)
        _below(root, f"{ns}pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3", footer="0.3")
        _below(root, f"{ns}pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
        return root


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column that is ``width`` digits wide; a Chinese character takes two.

    >>> lines_of("一二三四五六", 10), lines_of("甲\\n乙", 10)
    (2, 2)
    """
    return sum(1 + (sum(1 + (char > "\u2e80") for char in line) - 1) // (width - 1) for line in text.split("\n"))


def _spread(cells: tuple[str, ...]) -> list[str]:
    """Name, stated, computed, difference of a project, in the columns C to F."""
    return [cells[0], cells[2], cells[3], cells[4]]


def _element(tag: str, **attributes: str) -> _Element:
    from lxml import etree

    element = etree.Element(tag)
    for key, value in attributes.items():
        element.set(key, value)
    return element


def _below(parent: _Element, tag: str, **attributes: str) -> _Element:
    element = _element(tag, **attributes)
    parent.append(element)
    return element
