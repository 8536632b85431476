"""Marked copies in the programs that open them: LibreOffice, and the engine that browsers show a PDF with."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from openpyxl.styles import Alignment
from pypdf import PdfReader

import calcverify
from calcverify import annotate_bytes
from tests.made_files import forms_in, sheet_of, write_xlsx
from tests.marked import ROWS
from tests.office_files import docx_of
from tests.pdf_files import pdf_of
from tests.test_annotate_pdf import page_of

RED = (192, 0, 0)
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """A file as LibreOffice saves it; the test is skipped where that is missing."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    source = folder / f"given{suffix}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", target]
    command += ["--outdir", str(folder / "saved"), str(source)]
    done = subprocess.run(command, capture_output=True, timeout=180, check=False)
    made = folder / "saved" / f"given.{target}"
    assert made.exists(), done.stderr
    return made.read_bytes()


def marked(path: Path) -> bytes:
    """The marked copy of a file."""
    copy = annotate_bytes(path.read_bytes(), str(path), calcverify.check_file(path))
    assert copy.suffix == path.suffix
    return copy.data


def forms_xlsx(folder: Path) -> Path:
    return write_xlsx(folder / "forms.xlsx", [sheet_of(form) for form in forms_in()])


def forms_docx(folder: Path) -> Path:
    path = folder / "forms.docx"
    path.write_bytes(docx_of([sheet_of(form) for form in forms_in()]))
    return path


def near(page: pypdfium2.PdfPage, colour: tuple[int, int, int]) -> int:
    """How many dots of a page have about this colour."""
    picture = page.render(scale=2).to_pil().convert("RGB")
    raw = picture.tobytes()
    dots = zip(raw[::3], raw[1::3], raw[2::3], strict=True)
    return sum(all(abs(a - b) < 12 for a, b in zip(dot, colour, strict=True)) for dot in dots)


@pytest.mark.slow
def test_libreoffice_opens_the_workbook_and_shows_the_figure_in_red(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.column_dimensions["B"].width = 50
    book.active["B4"].alignment = Alignment(wrap_text=True)
    book.active.row_dimensions[4].height = 60
    path = tmp_path / "form.xlsx"
    book.save(path)
    printed = [converted(each, ".xlsx", "pdf", tmp_path) for each in (path.read_bytes(), marked(path))]
    with pypdfium2.PdfDocument(printed[0]) as plain, pypdfium2.PdfDocument(printed[1]) as pdf:
        assert "calcverify 核对汇总" in pdf[0].get_textpage().get_text_range()
        assert "360册" in pdf[len(pdf) - 1].get_textpage().get_text_range()
        assert (near(plain[len(plain) - 1], RED), near(pdf[len(pdf) - 1], RED) > 50) == (0, True)


@pytest.mark.slow
def test_libreoffice_keeps_every_comment_of_the_document(tmp_path: Path) -> None:
    """Read and written again by LibreOffice, the comments stand at the same characters."""
    from tests.test_annotate_docx import commented

    data = marked(forms_docx(tmp_path))
    again = converted(data, ".docx", "docx", tmp_path)
    assert sorted(figure for figure, _ in commented(again)) == sorted(figure for figure, _ in commented(data))


@pytest.mark.slow
def test_libreoffice_keeps_every_comment_of_the_workbook(tmp_path: Path) -> None:
    data = marked(forms_xlsx(tmp_path))
    again = converted(data, ".xlsx", "xlsx", tmp_path)
    told = []
    for each in (data, again):
        book = openpyxl.load_workbook(io.BytesIO(each))
        told.append(
            {(p.title, c.coordinate): c.comment.text for p in book for r in p.iter_rows() for c in r if c.comment}
        )
    assert told[0] == told[1]


@pytest.mark.slow
def test_a_document_printed_to_pdf_is_marked_at_the_same_figures(tmp_path: Path) -> None:
    path = tmp_path / "forms.pdf"
    path.write_bytes(converted(forms_docx(tmp_path).read_bytes(), ".docx", "pdf", tmp_path))
    report = calcverify.check_file(path)
    copy = annotate_bytes(path.read_bytes(), str(path), report)
    assert copy.placed == copy.findings == sum(len(p.findings) for p in report.projects)


def test_the_highlight_is_red_where_the_figure_stands() -> None:
    data = pdf_of(page_of())
    (plain,), copy = (
        [near(page, (255, 184, 184)) for page in pypdfium2.PdfDocument(each)]
        for each in (data, annotate_bytes(data, "a.pdf", _report(data)).data)
    )
    assert (plain, copy[0]) == (0, 0)
    assert copy[1] > 500


def test_the_summary_of_a_pdf_can_be_seen() -> None:
    data = pdf_of(page_of())
    copy = annotate_bytes(data, "a.pdf", _report(data))
    with pypdfium2.PdfDocument(copy.data) as pdf:
        if near(pdf[1], (0, 0, 0)) < 50:
            pytest.skip("no font for Chinese is installed")
        assert near(pdf[0], RED) > 20
    assert len(PdfReader(io.BytesIO(copy.data)).pages) == 2


def _report(data: bytes) -> calcverify.Report:
    from tests.test_annotate_pdf import report_of

    return report_of(data)
