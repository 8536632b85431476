"""Forms as files of office programs: written as Word files and printable workbooks, converted by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

from tests.made_files import COLUMNS, Cell, Sheet, write_xlsx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# The widths of the five columns of a form, in twentieths of a point; the page has 9,600 of them.
WIDTHS = (1900, 1900, 2000, 1900, 1900)


def write_docx(path: Path, sheets: Sequence[Sheet], size: int = 9) -> Path:
    """A Word file: what runs across above a form is a paragraph, the rest of it one table."""
    path.write_bytes(docx_of(sheets, size))
    return path


def docx_of(sheets: Sequence[Sheet], size: int = 9) -> bytes:
    """The bytes of a Word file."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    document.styles["Normal"].font.size = Pt(size)
    end = document.element.body[-1]
    for sheet in sheets:
        rows = list(sheet.rows)
        columns = max(max(c.column + c.across for c in row) for row in rows if row)
        while rows and (not rows[0] or (len(rows[0]) == 1 and rows[0][0].across >= COLUMNS)):
            text = "".join(cell.text for cell in rows.pop(0))
            end.addprevious(parse_xml(f"<w:p {_W}>{_runs(text)}</w:p>"))
        if rows:
            end.addprevious(parse_xml(_table(rows, columns)))
            end.addprevious(parse_xml(f"<w:p {_W}/>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _runs(text: str) -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{lines}</w:r>"


def _table(rows: Sequence[Sequence[Cell]], columns: int) -> str:
    widths = [WIDTHS[i] if columns == len(WIDTHS) else sum(WIDTHS) // columns for i in range(columns)]
    out = [f'<w:tbl {_W}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>']
    out += [f'<w:gridCol w:w="{width}"/>' for width in widths]
    out.append("</w:tblGrid>")
    below: dict[int, tuple[int, int]] = {}  # column → rows that the cell above still covers, columns it covers
    for row in rows:
        out.append("<w:tr>")
        cells = {cell.column: cell for cell in row}
        column = 0
        while column < columns:
            left, across = below.pop(column, (0, 1))
            cell = cells.get(column, Cell(column, ""))
            merged = ""
            if left:
                merged = "<w:vMerge/>"
                below[column] = (left - 1, across)
                cell = Cell(column, "")
            else:
                across = cell.across
                if cell.down > 1:
                    merged = '<w:vMerge w:val="restart"/>'
                    below[column] = (cell.down - 1, across)
            below = {c: kept for c, kept in below.items() if kept[0]}
            width = sum(widths[column : column + across])
            properties = f'<w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{across}"/>{merged}'
            out.append(f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{_runs(cell.text)}</w:p></w:tc>")
            column += across
        out.append("</w:tr>")
    return "".join([*out, "</w:tbl>"])


def write_printable_xlsx(path: Path, sheets: Sequence[Sheet]) -> Path:
    """A workbook as it is printed: borders, wrapped texts, rows as high as their texts, one page wide."""
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, Side

    book = openpyxl.load_workbook(write_xlsx(path, sheets, numbers=False))
    side = Side(style="thin")
    for page, sheet in zip(book.worksheets, sheets, strict=True):
        for i in range(COLUMNS):
            page.column_dimensions["ABCDE"[i]].width = 18
        for number, row in enumerate(sheet.rows, 1):
            lines = [sum(1 + len(part) // (9 * cell.across) for part in cell.text.split("\n")) for cell in row]
            page.row_dimensions[number].height = min(13 * max(lines, default=1) + 4, 400)
            for column in range(1, COLUMNS + 1):
                cell = page.cell(number, column)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(size=9)
                if not (len(row) == 1 and row[0].across == COLUMNS):
                    cell.border = Border(left=side, right=side, top=side, bottom=side)
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    book.save(path)
    return path


def converted(path: Path, target: str) -> Path:
    """A file converted by LibreOffice (``"pdf"``, ``"doc"``); the test is skipped where that is missing."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    out = path.parent / "converted"
    profile = (path.parent / "profile").as_uri()
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return out / path.with_suffix(f".{target}").name
