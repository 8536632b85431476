"""Scans: no figure is wrong and not marked as doubtful, no form passes, and pictures made to do harm are refused."""

from __future__ import annotations

import io
import re
import struct
import sys
import zlib
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("rapidocr", reason="scans need the extra: pip install 'calcverify[ocr]'", exc_type=ImportError)
pytest.importorskip("cv2", reason="opencv needs the system's libGL: apt-get install libgl1", exc_type=ImportError)

from calcverify import check_file
from calcverify.errors import InputProblem
from calcverify.readers import read_stream
from calcverify.readers.page_text import Grid, PageText, TextLine
from calcverify.readers.scan import crops_of, page_of
from calcverify.verify.model import Severity, Status
from tests.made_files import EXAMPLE, Sheet, forms_in, sheet_of, told
from tests.office_files import converted, write_docx
from tests.scans import pdf_of_scans, scan_of

FIGURE = re.compile(r"[0-9０-９][0-9０-９.,，．]*")


def short(index: int) -> Sheet:
    """A form of the example without its indicators, so that it fits on a page."""
    form = forms_in()[index]
    return sheet_of(form._replace(indicators=form.indicators[:3]))


def figures_in(page: PageText) -> list[tuple[str, int]]:
    lines = [b for b in page.blocks if isinstance(b, TextLine)]
    lines += [line for b in page.blocks if isinstance(b, Grid) for row in b.rows for box in row for line in box.lines]
    return [(figure.text, figure.score) for line in lines for figure in line.figures]


def written_in(sheet: Sheet) -> Counter[str]:
    return Counter(FIGURE.findall("\n".join(cell.text for row in sheet.rows for cell in row)))


def whole(figures: list[tuple[str, int]], written: Counter[str]) -> list[tuple[str, int]]:
    """The figures, those in one that the paper's edge has cut in two (a code of 21 digits in a narrow cell)."""
    found: list[tuple[str, int]] = []
    for text, score in figures:
        if found and found[-1][0] not in written and found[-1][0] + text in written:
            before, other = found.pop()
            found.append((before + text, min(score, other)))
        else:
            found.append((text, score))
    return found


@pytest.mark.slow
def test_a_scanned_form(tmp_path: Path) -> None:
    """Recognised figures are those of the form or doubtful; the form is to be looked at, and the crops are pictures."""
    sheet = short(4)
    printed = converted(write_docx(tmp_path / "form.docx", [sheet], size=10), "pdf")
    path = pdf_of_scans(tmp_path / "scan.pdf", [scan_of(printed.read_bytes())])
    report = check_file(path)
    (project,) = report.projects
    assert project.status == Status.REVIEW
    (finding,) = [f for f in project.findings if f.code == "CV251"]
    assert finding.severity == Severity.WARNING
    remarks = [r for r in project.form.remarks if r.kind == "scanned"]
    written = written_in(sheet)
    figures = whole([(r.text, int(r.more)) for r in remarks], written)
    sure = Counter(text for text, score in figures if score >= 95)
    doubtful = len(figures) - sure.total()
    assert sure - written == Counter()
    assert (written - Counter(text for text, _ in figures)).total() <= doubtful
    assert sure.total() * 10 >= written.total() * 8
    truth = next(t for t in map(told, check_file(EXAMPLE).projects) if t["name"] == project.form.name)
    assert project.form.basis is not None
    assert project.form.basis.text == truth["basis"]
    assert [(c.kind, c.computed, c.verdict) for c in project.claims] == [
        (c.kind, c.computed, c.verdict) for c in truth["claims"]
    ]
    crops = crops_of(path.read_bytes(), [r.locator for r in remarks[:3]])
    for crop in crops:
        assert 10 < Image.open(io.BytesIO(crop)).width < 600


@pytest.mark.slow
@pytest.mark.parametrize(("degrees", "noise"), [(-2.0, 4), (0.3, 16)])
def test_a_turned_and_a_noisy_picture(tmp_path: Path, degrees: float, noise: int) -> None:
    sheet = short(6)
    printed = converted(write_docx(tmp_path / "form.docx", [sheet], size=10), "pdf").read_bytes()
    page = page_of(scan_of(printed, degrees=degrees, noise=noise), 1)
    written = written_in(sheet)
    figures = whole(figures_in(page), written)
    assert Counter(text for text, score in figures if score >= 95) - written == Counter()


def test_without_the_extra_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    monkeypatch.delitem(sys.modules, "calcverify.readers.scan")
    (item,) = read_stream(png_of_size(8, 8), "form.png", bare=False)
    assert isinstance(item, InputProblem)
    assert item.code == "CV925"
    assert "calcverify[ocr]" in item.message_zh


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says it has this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\xff" * 100)), (b"IEND", b""))
    body = b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def blank() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "JPEG")
    return out.getvalue()


HOSTILE = [
    pytest.param(png_of_size(100_000, 100_000), "CV911", id="bomb"),
    pytest.param(png_of_size(9_000, 9_000), "CV911", id="large"),
    pytest.param(png_of_size(800, 800)[:60], "CV916", id="cut off"),
    pytest.param(b"\xff\xd8\xff\xe0" + b"\0" * 300, "CV916", id="zeros"),
    pytest.param(b"II*\0" + b"\xff" * 300, "CV916", id="tiff"),
    pytest.param(blank(), "CV903", id="blank"),
]


@pytest.mark.parametrize(("data", "code"), HOSTILE)
def test_a_hostile_picture_is_refused(data: bytes, code: str) -> None:
    (item,) = read_stream(data, "form.png", bare=False)
    assert isinstance(item, InputProblem), item
    assert item.code == code
