"""Forms written as files of every kind, for the tests of the readers.

    forms = forms_in("examples/jiangyin-2022.txt")
    write_xlsx(path, [sheet_of(form) for form in forms])     # a sheet a form
    write_html(path, [stacked(map(sheet_of, forms))])        # one below the other

A :class:`Sheet` is a title and rows of cells, with the columns and rows that each covers; a
writer puts it into one format and nothing else. :func:`told` is what is said of a project
whatever its file: the same form in every format must give the same.
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from calcverify.forms import parse_forms
from calcverify.forms.grid import lay_out
from calcverify.forms.model import Form
from calcverify.report.model import Project

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "jiangyin-2022.txt"
COLUMNS = 5
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")


class Cell(NamedTuple):
    """A cell: its column from 0, its text, and how many columns and rows it covers."""

    column: int
    text: str
    across: int = 1
    down: int = 1


class Sheet(NamedTuple):
    """A sheet: its title and its rows from top to bottom."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


def forms_in(path: Path = EXAMPLE) -> list[Form]:
    """The forms of a text file."""
    return parse_forms(path.read_text(encoding="utf-8"), path.name)


def sheet_of(form: Form, title: str = "市级财政项目支出预算绩效目标表") -> Sheet:
    """The form laid out as its office prints it: labels beside their values, texts across the page."""
    totals = [(f"{t.field}（{t.unit}）", t.text) for t in (*form.totals, *form.sources)]
    pairs = [
        ("单位名称", form.organisation),
        ("主管部门", form.department),
        ("项目名称", form.name),
        ("项目编码", form.id if form.id.isalnum() else ""),
        *totals,
    ]
    rows: list[tuple[Cell, ...]] = [(Cell(0, title, COLUMNS),)]
    if form.year:
        rows.append((Cell(0, f"{form.year}年度", COLUMNS),))
    if form.unit_note:
        rows.append((Cell(0, f"单位：{form.unit_note}", COLUMNS),))
    for left in range(0, len(pairs), 2):
        row = [Cell(0, pairs[left][0]), Cell(1, pairs[left][1], 2)]
        if left + 1 < len(pairs):
            row += [Cell(3, pairs[left + 1][0]), Cell(4, pairs[left + 1][1])]
        rows.append(tuple(row))
    texts = [(n.label, n.source.text) for n in form.narratives]
    if form.basis is not None:
        texts.insert(max(len(texts) - 1, 0), (form.basis_field, form.basis.text))
    rows += [(Cell(0, label), Cell(1, text, COLUMNS - 1)) for label, text in texts]
    rows += _details(form)
    rows += _indicators(form)
    return Sheet(re.sub(r"[\[\]:*?/\\]", "", form.name)[:31] or "表", tuple(rows))


def _details(form: Form) -> list[tuple[Cell, ...]]:
    if not form.details:
        return []
    unit = f"（{form.detail_unit}）" if form.detail_unit else ""
    columns = ("子项目", "半年（程）计划执行数", "全年（程）预算数")
    head = (Cell(0, f"绩效支出明细{unit}", 2), *(Cell(i, name) for i, name in enumerate(columns, 2)))
    rows = [(Cell(2, row.name), Cell(3, row.half_year), Cell(4, row.full_year)) for row in form.details]
    return [head, *rows]


def _indicators(form: Form) -> list[tuple[Cell, ...]]:
    """The table of indicators, each level merged over the rows that it stands for."""
    if not form.indicators:
        return []
    names = ("一级指标", "二级指标", "三级指标", "半年（程）指标值", "全年（程）指标值")
    rows: list[tuple[Cell, ...]] = [tuple(Cell(i, name) for i, name in enumerate(names))]
    found = form.indicators
    for i, each in enumerate(found):
        cells = []
        for level in range(2):
            above = i and found[i - 1].path[: level + 1] == each.path[: level + 1]
            if not above and level < len(each.path) and each.path[level]:
                down = 1
                while i + down < len(found) and found[i + down].path[: level + 1] == each.path[: level + 1]:
                    down += 1
                cells.append(Cell(level, each.path[level], 1, down))
        rows.append((*cells, Cell(2, each.name), Cell(3, each.half_year), Cell(4, each.full_year)))
    return rows


def sheet_of_text(text: str, title: str = "表") -> Sheet:
    """Tab-separated text as a sheet: a cell a cell; a line without a tab runs across."""
    rows: list[tuple[Cell, ...]] = []
    for row in lay_out(text):
        if len(row.cells) == 1 and not row.tabbed:
            rows.append((Cell(0, row.cells[0].of(text), COLUMNS),))
        else:
            rows.append(tuple(Cell(c.column, c.of(text).replace('""', '"')) for c in row.cells))
    return Sheet(title, tuple(rows))


def stacked(sheets: Iterable[Sheet], title: str = "全部项目") -> Sheet:
    """Several forms one below the other on one sheet."""
    return Sheet(title, tuple(row for sheet in sheets for row in (*sheet.rows, ())))


def told(project: Project) -> dict[str, Any]:
    """What is said of a project, without the places in its file."""
    return {
        "id": project.form.id,
        "name": project.form.name,
        "status": project.status,
        "totals": [t._replace(locator=None) for t in project.form.totals],  # type: ignore[arg-type]  # places differ
        "basis": project.form.basis.text if project.form.basis is not None else None,
        "coverage": project.coverage,
        "claims": project.claims,
        "findings": [f._replace(locator=None) for f in project.findings],
        "unread": project.unread,
        "set_aside": project.set_aside,
        "details": [d._replace(locator=None) for d in project.form.details],  # type: ignore[arg-type]  # as above
        "indicators": [i._replace(locator=None) for i in project.form.indicators],  # type: ignore[arg-type]  # as above
        "narratives": [(n.label, n.source.text) for n in project.form.narratives],
    }


# --- writers -----------------------------------------------------------------------------


def _places(text: str) -> int | None:
    """How many decimals a text has that a spreadsheet keeps as a number, ``None`` for other texts."""
    if not _NUMBER.fullmatch(text) or len(text.replace(".", "")) > 15:
        return None
    return len(text.partition(".")[2])


def _code(places: int) -> str:
    return "0." + "0" * places if places else "0"


def write_xlsx(path: Path, sheets: Sequence[Sheet], numbers: bool = True) -> Path:
    """A workbook; plain figures are numbers that show as many places as they have."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(_title(sheet, book.sheetnames))
        for number, row in enumerate(sheet.rows, 1):
            for cell in row:
                at = page.cell(number, cell.column + 1)
                places = _places(cell.text) if numbers else None
                if places is None:
                    at.value = cell.text
                    at.data_type = "s"  # =100% is text here, no formula
                else:
                    at.value = float(cell.text)
                    at.number_format = _code(places)
                if cell.across > 1 or cell.down > 1:
                    page.merge_cells(None, number, cell.column + 1, number + cell.down - 1, cell.column + cell.across)
    book.save(path)
    return path


def write_xls(path: Path, sheets: Sequence[Sheet]) -> Path:
    """A workbook of Excel 97 to 2003."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[str, xlwt.XFStyle] = {}
    names: list[str] = []
    for sheet in sheets:
        names.append(_title(sheet, names))
        page = book.add_sheet(names[-1], cell_overwrite_ok=True)
        for number, row in enumerate(sheet.rows):
            for cell in row:
                places = _places(cell.text)
                value = cell.text if places is None else float(cell.text)
                code = "General" if places is None else _code(places)
                style = styles.setdefault(code, xlwt.easyxf(num_format_str=code))
                if cell.across > 1 or cell.down > 1:
                    last = (number + cell.down - 1, cell.column + cell.across - 1)
                    page.write_merge(number, last[0], cell.column, last[1], value, style)
                else:
                    page.write(number, cell.column, value, style)
    book.save(str(path))
    return path


def write_ods(path: Path, sheets: Sequence[Sheet]) -> Path:
    """An OpenDocument workbook, as small as it can be."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    tables = "".join(
        f"<table:table table:name={quoteattr(sheet.title)}>{''.join(_ods_rows(sheet))}</table:table>"
        for sheet in sheets
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return path


def _ods_rows(sheet: Sheet) -> Iterable[str]:
    for row in _filled(sheet):
        cells = []
        for cell in row:
            if cell is None:
                cells.append("<table:table-cell/>")
                continue
            span = f' table:number-columns-spanned="{cell.across}" table:number-rows-spanned="{cell.down}"'
            value = ""
            if _places(cell.text) is not None:
                value = f' office:value-type="float" office:value="{cell.text}"'
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n"))
            cells.append(f"<table:table-cell{span}{value}>{lines.replace(chr(9), '<text:tab/>')}</table:table-cell>")
        yield f"<table:table-row>{''.join(cells)}</table:table-row>"


def write_csv(path: Path, sheets: Sequence[Sheet], separator: str = ",", encoding: str = "utf-8-sig") -> Path:
    """The sheets one below the other, cells parted by ``separator``."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    for sheet in sheets:
        for row in _filled(sheet):
            writer.writerow([cell.text if cell is not None else "" for cell in row])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def write_html(path: Path, sheets: Sequence[Sheet], encoding: str = "utf-8") -> Path:
    """A page with a table a sheet."""
    parts = [f'<html><head><meta charset="{encoding}"><title>表</title></head><body>']
    for sheet in sheets:
        parts.append("<table border=1>")
        covered: set[tuple[int, int]] = set()
        for number, row in enumerate(sheet.rows):
            by_column = {cell.column: cell for cell in row}
            cells, column = [], 0
            last = max([cell.column for cell in row], default=-1)
            while column <= last:
                cell = by_column.get(column)
                if cell is None:
                    cells += [] if (number, column) in covered else ["<td></td>"]
                    column += 1
                    continue
                span = (f' colspan="{cell.across}"' if cell.across > 1 else "") + (
                    f' rowspan="{cell.down}"' if cell.down > 1 else ""
                )
                covered |= {(number + d, column + a) for d in range(cell.down) for a in range(cell.across)}
                cells.append(f"<td{span}>{html.escape(cell.text).replace(chr(10), '<br>')}</td>")
                column += cell.across
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    parts.append("</body></html>")
    path.write_bytes("\n".join(parts).encode(encoding))
    return path


def _filled(sheet: Sheet) -> Iterable[list[Cell | None]]:
    """The rows with a place for each column up to the last that is used."""
    for row in sheet.rows:
        width = max((cell.column + cell.across for cell in row), default=0)
        places: list[Cell | None] = [None] * width
        for cell in row:
            places[cell.column] = cell
        yield places


def _title(sheet: Sheet, taken: Sequence[str]) -> str:
    title = sheet.title[:31]
    return title if title not in taken else f"{title[:27]}{len(taken)}"
