"""Scans: no figure is wrong and not marked as doubtful, no form passes, and pictures made to do harm are refused."""

from __future__ import annotations

import io
import re
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("rapidocr", reason="scans need the extra: pip install 'calcverify[ocr]'", exc_type=ImportError)
pytest.importorskip("cv2", reason="opencv needs the system's libGL: apt-get install libgl1", exc_type=ImportError)

import pypdfium2

from calcverify import check_file
from calcverify.errors import InputProblem
from calcverify.forms.model import Form
from calcverify.readers import read_stream
from calcverify.verify.model import Claim, Severity, Status
from tests.made_files import EXAMPLE, Sheet, forms_in, sheet_of
from tests.office_files import converted, write_docx
from tests.scans import pdf_of_scans, scan_of

# A number as it is written, with the points, commas and blanks in it: 12059.68, 2022. 1. 1
FIGURE = re.compile(r"[0-9](?:[0-9.,， ]*[0-9])?")
SURE = 95
# Each form is turned by other degrees and has other noise.
DEGREES = (0.8, -0.6, 0.4, -1.0, 0.7, 0.5, -0.8, 1.0, -0.4)
TRUTH = check_file(EXAMPLE).projects


def scanned(folder: Path, sheet: Sheet, degrees: float = 0.8, noise: int = 10, seed: int = 3) -> Path:
    """A form as the PDF of a scanner, with as many pages as it is printed on."""
    printed = converted(write_docx(folder / "form.docx", [sheet], size=10), "pdf").read_bytes()
    with closing(pypdfium2.PdfDocument(printed)) as pdf:
        pages = range(1, len(pdf) + 1)
    return pdf_of_scans(folder / "scan.pdf", [scan_of(printed, n, degrees, noise, seed + n) for n in pages])


def fields_of(form: Form) -> dict[str, str]:
    """Everything in a form that can have figures, by a name for it."""
    fields = {"id": form.id, "name": form.name, "basis": form.basis.text if form.basis is not None else ""}
    fields |= {f"total {t.field}": t.text for t in form.totals}
    fields |= {n.label: n.source.text for n in form.narratives}
    fields |= {f"detail {i}": f"{d.half_year} | {d.full_year}" for i, d in enumerate(form.details)}
    return fields | {f"{n} {i.name}": f"{i.half_year} | {i.full_year}" for n, i in enumerate(form.indicators)}


def wrong_in(written: Form, read: Form, doubtful: set[str]) -> Iterator[str]:
    """Where the figures of a field are others than those that were written, and none of them is doubtful."""
    there = fields_of(read)
    for (name, text), value in zip(fields_of(written).items(), there.values(), strict=True):
        want, got = FIGURE.findall(text), FIGURE.findall(value)
        for kind, a, b, c, d in SequenceMatcher(None, want, got, autojunk=False).get_opcodes():
            if kind != "equal" and not doubtful & set(got[c:d]):
                yield f"{name}: {want[a:b]} was read as {got[c:d]}"


def told_of(claim: Claim) -> tuple[object, ...]:
    """What a claim says, without its places."""
    return claim.kind, claim.computed, claim.stated.value if claim.stated is not None else None, claim.verdict


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
@pytest.mark.parametrize("index", range(9))
def test_every_figure_of_a_scanned_form_is_right_or_doubtful(tmp_path: Path, index: int) -> None:
    """All nine forms of the example at 200 dots an inch, turned a little, with noise and a seal, as JPEG in a PDF."""
    form = forms_in()[index]
    sheet = sheet_of(form)
    report = check_file(scanned(tmp_path, sheet, DEGREES[index], seed=10 * index))
    assert not report.problems
    (project,) = report.projects
    assert project.status in (Status.REVIEW, Status.FAIL)
    assert [f.severity for f in project.findings if f.code == "CV251"] == [Severity.WARNING]
    written = written_in(sheet)
    found = [(r.text, int(r.more)) for r in project.form.remarks if r.kind == "scanned"]
    figures = whole(found, written)
    sure = Counter(text for text, score in figures if score >= SURE)
    doubtful = {text for text, score in found if score < SURE}
    assert sure - written == Counter()
    assert (written - Counter(text for text, _ in figures)).total() <= len(figures) - sure.total()
    assert list(wrong_in(form, project.form, doubtful)) == []
    assert [told_of(claim) for claim in project.claims] == [told_of(claim) for claim in TRUTH[index].claims]
    for remark in project.form.remarks:
        assert 20 < Image.open(io.BytesIO(remark.picture)).width < 600
        assert len(remark.picture) < 5_000
    # What is doubtful is to be looked at by a person: little enough to be looked at.
    assert sure.total() * 10 >= written.total() * 8


@pytest.mark.slow
@pytest.mark.parametrize(("degrees", "noise"), [(-2.0, 4), (0.3, 16)])
def test_a_turned_and_a_noisy_picture(tmp_path: Path, degrees: float, noise: int) -> None:
    sheet = sheet_of(forms_in()[6]._replace(indicators=()))
    (project,) = check_file(scanned(tmp_path, sheet, degrees, noise)).projects
    written = written_in(sheet)
    found = [(r.text, int(r.more)) for r in project.form.remarks if r.kind == "scanned"]
    assert Counter(text for text, score in whole(found, written) if score >= SURE) - written == Counter()


@pytest.mark.slow
def test_a_page_on_its_side_or_head_is_turned(tmp_path: Path) -> None:
    """The same figures, each at its place on the page as it is."""
    form = forms_in()[4]._replace(indicators=(), narratives=())
    printed = converted(write_docx(tmp_path / "form.docx", [sheet_of(form)], size=10), "pdf").read_bytes()
    page = scan_of(printed, degrees=0, noise=4)[:1200]
    high, wide = page.shape[:2]
    back: dict[int, Callable[[float, float], tuple[float, float]]] = {
        0: lambda x, y: (x, y),
        1: lambda x, y: (y, wide - x),
        2: lambda x, y: (wide - x, high - y),
        3: lambda x, y: (high - y, x),
    }
    found = []
    for quarters, place in back.items():
        path = tmp_path / f"{quarters}.png"
        Image.fromarray(np.rot90(page, quarters)).save(path)
        (project,) = check_file(path).projects
        assert project.stated_total is not None
        assert project.stated_total.yuan == TRUTH[4].form.totals[0].yuan
        boxes = [(r.text, r.locator.box) for r in project.form.remarks if r.kind == "scanned"]
        found.append([(text, [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]) for text, box in boxes if box is not None])
        for (text, middle), (same, upright) in zip(found[-1], found[0], strict=True):
            assert text == same
            assert middle == pytest.approx(place(*upright), abs=12)


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
    pytest.param(blank(), "CV926", id="blank"),
]


@pytest.mark.parametrize(("data", "code"), HOSTILE)
def test_a_hostile_picture_is_refused(data: bytes, code: str) -> None:
    (item,) = read_stream(data, "form.png", bare=False)
    assert isinstance(item, InputProblem), item
    assert item.code == code
