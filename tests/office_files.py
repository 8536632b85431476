"""Forms as files of office programs: Word files made from the rows of a text, and their conversion by LibreOffice.

A row with tabs becomes a row of a table, its last cell merged across the rest of the grid and
the empty cells before it merged with those above; a line without tabs becomes a paragraph.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from itertools import groupby
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Cm, Pt
from docx.table import Table

from calcverify.forms.grid import Row, lay_out

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def words_of(text: str) -> list[tuple[bool, list[tuple[int, str]]]]:
    """The rows of a text: whether it is a row of a table, and its cells by column."""
    return [(row.tabbed, [(cell.column, cell.of(text)) for cell in row.cells]) for row in lay_out(text)]


def docx_of(text: str) -> bytes:
    """A text as a Word file."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    document.styles["Normal"].font.size = Pt(9)
    rows = list(lay_out(text))
    for tabbed, group in groupby(rows, key=lambda row: row.tabbed):
        if not tabbed:
            for row in group:
                document.add_paragraph("    ".join(cell.of(text) for cell in row.cells))
            continue
        _fill(document, text, list(group))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(document: WordDocument, text: str, rows: list[Row]) -> None:
    columns = 1 + max(cell.column for row in rows for cell in row.cells)
    table: Table = document.add_table(len(rows), columns, style="Table Grid")
    grid = [list(row.cells) for row in table.rows]
    for r, row in enumerate(rows):
        for cell in row.cells:
            end = columns - 1 if cell is row.cells[-1] and cell.column > 0 else cell.column
            target = grid[r][cell.column]
            if end > cell.column:
                target = target.merge(grid[r][end])
            target.text = cell.of(text)
    first = [row.cells[0].column for row in rows]
    for column in range(max(first, default=0)):
        at = 0
        for start, stop in _runs([column >= f for f in first]):
            if stop - start > 1 and all(grid[r][column]._tc is not None for r in range(start, stop)):
                spans = {grid[r][column].grid_span for r in range(start, stop)}
                if spans == {1}:
                    grid[start][column].merge(grid[stop - 1][column])
            at = stop
        assert at <= len(rows)


def _runs(begins: list[bool]) -> list[tuple[int, int]]:
    """Ranges that begin with a cell and hold the empty ones below it."""
    starts = [i for i, begin in enumerate(begins) if begin]
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(begins)], strict=True)]


def converted(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """A file converted by LibreOffice; the test is skipped where that is missing."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    source = folder / f"form{suffix}"
    source.write_bytes(data)
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
         "--convert-to", target, "--outdir", str(folder / "out"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "out" / f"form.{target.partition(':')[0]}").read_bytes()
