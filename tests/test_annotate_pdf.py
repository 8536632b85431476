"""A marked PDF: highlights on the characters of each figure, the original kept byte by byte."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, RectangleObject

import calcverify
from calcverify import annotate_bytes
from calcverify.annotate.model import Annotated
from calcverify.forms.model import Form
from calcverify.pipeline import check_form
from calcverify.readers import read_stream
from calcverify.report.model import Report
from tests.made_files import told
from tests.pdf_files import Page, pdf_of

BASIS = "图书360册×85元/册=3.6万元，书架20组×1500元/组=3万元。"
XS = (50, 150, 545)


def page_of(basis: str = BASIS, wrap: int = 0, turned: int = 0, total: str = "6.6") -> Page:
    page = Page(turned)
    rows = [("项目名称", "乡镇图书室"), ("项目总金额（万元）", total), ("资金计算依据", basis)]
    page.table(XS, 80, rows, wrap=wrap)
    return page


def report_of(data: bytes, name: str = "a.pdf") -> Report:
    forms = [item for item in read_stream(data, name, bare=False) if isinstance(item, Form)]
    assert forms
    return Report(tuple(check_form(form) for form in forms))


def marked(data: bytes, lang: str = "zh") -> Annotated:
    copy = annotate_bytes(data, "a.pdf", report_of(data), lang)
    assert (copy.suffix, copy.reason) == (".pdf", None)
    return copy


def notes(data: bytes, kind: str = "/Highlight") -> list[tuple[int, Any]]:
    """The notes of the copy with the number of their page from 0."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages):
        held = page.get("/Annots")
        for each in held.get_object() if held is not None else ():
            note = each.get_object()
            if note["/Subtype"] == kind:
                found.append((number, note))
    return found


def under(data: bytes, kind: str = "/Highlight") -> list[str]:
    """The characters under each highlight, of pages that are not turned."""
    found = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, note in notes(data, kind):
            page = pdf.pages[number]
            corners = [float(v) for v in note["/QuadPoints"]]
            text = ""
            for at in range(0, len(corners), 8):
                left, top, right, _, _, bottom, *_ = corners[at : at + 8]
                for char in page.chars:
                    x, y = (char["x0"] + char["x1"]) / 2, (char["y0"] + char["y1"]) / 2
                    text += char["text"] if left <= x <= right and bottom <= y <= top else ""
            found.append(text)
    return found


def test_the_highlight_lies_on_the_characters_of_the_figure() -> None:
    data = pdf_of(page_of())
    copy = marked(data)
    assert under(copy.data) == ["3.6万元"]
    ((page, note),) = notes(copy.data)
    assert page == 1
    assert (note["/T"], int(note["/F"]) & 4, note["/NM"]) == ("calcverify", 4, "calcverify-1")
    assert str(note["/Contents"]).split("\n")[:3] == [
        "【错误】CV101 金额与算式结果不一致",
        "测算：360册 × 85元/册 = 3.06万元",
        "填报：3.6万元，相差 0.54万元",
    ]
    assert note["/AP"]["/N"].get_object()["/Resources"]["/ExtGState"]["/G"]["/BM"] == "/Multiply"
    assert (copy.findings, copy.placed) == (1, 1)


def test_the_original_is_kept_byte_by_byte() -> None:
    data = pdf_of(page_of())
    assert marked(data).data.startswith(data)


@pytest.mark.parametrize("wrap", range(11, 40))
def test_a_figure_that_is_cut_by_the_end_of_a_line(wrap: int) -> None:
    assert under(marked(pdf_of(page_of(wrap=wrap))).data)[0] == "3.6万元"


def test_the_right_one_of_equal_figures() -> None:
    basis = "图书3.6万元；书架120组×300元/组=3.6万元；教材360册×85元/册=3.6万元；另有3.6万元。"
    copy = marked(pdf_of(page_of(basis, wrap=30)))
    held = zip(under(copy.data), notes(copy.data), strict=True)
    ((text, found),) = [(text, note) for text, (_, note) in held if "360册" in note["/Contents"]]
    assert text == "3.6万元"
    with pdfplumber.open(io.BytesIO(copy.data)) as pdf:
        chars = [c for c in pdf.pages[1].chars if c["x0"] > 150]
        stream = "".join(c["text"] for c in chars)
        at = chars[stream.index("360册×85元/册=") + len("360册×85元/册=")]
    left, top = float(found["/QuadPoints"][0]), float(found["/QuadPoints"][1])
    assert (abs(left - at["x0"]) < 1, abs(top - at["y1"]) < 1) == (True, True)


def changed(data: bytes, **entries: Any) -> bytes:
    """The file with entries of its pages set."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        for key, value in entries.items():
            page[NameObject(f"/{key}")] = value
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "entries",
    [
        {"Rotate": NumberObject(90)},
        {"Rotate": NumberObject(180)},
        {"Rotate": NumberObject(270)},
        {"MediaBox": RectangleObject((-30, -50, 600, 900))},
        {"MediaBox": RectangleObject((-30, -50, 600, 900)), "Rotate": NumberObject(90)},
        {"MediaBox": RectangleObject((-30, -50, 600, 900)), "Rotate": NumberObject(270)},
        {"CropBox": RectangleObject((20, 30, 580, 800))},
    ],
    ids=str,
)
def test_turned_moved_and_cropped_pages(entries: dict[str, Any]) -> None:
    """The words stay where they are on the page as it is stored, and so does the highlight."""
    plain, other = (notes(marked(data).data) for data in (pdf_of(page_of()), changed(pdf_of(page_of()), **entries)))
    assert len(plain) == len(other) == 1
    for one, two in zip(plain[0][1]["/Rect"], other[0][1]["/Rect"], strict=True):
        assert abs(float(one) - float(two)) < 0.5


def test_a_page_of_words_that_lie_on_their_side() -> None:
    copy = marked(pdf_of(page_of(turned=90)))
    ((_, note),) = notes(copy.data)
    left, bottom, right, top = (float(v) for v in note["/Rect"])
    assert top - bottom > right - left  # the figure runs up the page


def test_existing_notes_stay() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of(page_of())))
    writer.add_annotation(0, FreeText(text="已核", rect=(10, 10, 60, 30)))
    out = io.BytesIO()
    writer.write(out)
    copy = marked(out.getvalue())
    assert [note["/Contents"] for _, note in notes(copy.data, "/FreeText")] == ["已核"]
    assert len(notes(copy.data)) == 1


def test_a_total_that_is_not_met_is_marked_and_its_basis_has_a_sign() -> None:
    copy = marked(pdf_of(page_of("图书360册×85元/册+书架20组×1500元/组", wrap=20)))
    assert under(copy.data) == ["6.6"]
    assert len(notes(copy.data, "/Text")) == 1


def test_two_findings_on_one_figure_are_one_note() -> None:
    data = pdf_of(page_of())
    project = report_of(data).projects[0]
    (finding,) = project.findings
    twice = Report((project._replace(findings=(finding, finding._replace(code="CV105"))),))
    ((_, note),) = notes(annotate_bytes(data, "a.pdf", twice).data)
    assert note["/Contents"].count("【错误】") == 2


def test_the_summary_is_in_front_and_leads_to_the_pages() -> None:
    copy = marked(pdf_of(Page().text(50, 80, "封面"), page_of()))
    reader = PdfReader(io.BytesIO(copy.data))
    assert len(reader.pages) == 3
    with pdfplumber.open(io.BytesIO(copy.data)) as pdf:
        words = pdf.pages[0].extract_text()
    assert words.startswith("calcverify 核对汇总")
    assert "乡镇图书室" in words
    ((_, link),) = notes(copy.data, "/Link")
    assert link["/Dest"][0].get_object()["/Contents"] == reader.pages[2]["/Contents"]


def test_a_copy_that_is_marked_again_has_each_note_once() -> None:
    once = marked(pdf_of(page_of(), page_of()))
    twice = marked(once.data)
    assert twice.data.startswith(once.data)
    assert len(PdfReader(io.BytesIO(twice.data)).pages) == 3
    assert under(twice.data) == under(once.data) == ["3.6万元", "3.6万元"]
    links = [[page for page, _ in notes(each.data, "/Link")] for each in (once, twice)]
    assert links[0] == links[1] == [0, 0]


def test_what_the_pages_share_does_not_turn_the_summary() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of(page_of())))
    pages: Any = writer.root_object["/Pages"].get_object()
    pages[NameObject("/Rotate")] = NumberObject(90)
    out = io.BytesIO()
    writer.write(out)
    assert [p.rotation for p in PdfReader(io.BytesIO(marked(out.getvalue()).data)).pages] == [0, 90]


def test_a_marked_copy_is_checked_as_the_original(tmp_path: Path) -> None:
    for number, page in enumerate((page_of(), page_of(wrap=12), page_of(turned=90))):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(pdf_of(page))
        report = calcverify.check_file(path)
        copy = annotate_bytes(path.read_bytes(), str(path), report)
        assert copy.placed == copy.findings == 1
        path.write_bytes(copy.data)
        assert [told(project) for project in calcverify.check_file(path).projects] == [
            told(project) for project in report.projects
        ]


def test_a_summary_of_several_pages() -> None:
    rows = [page_of(f"图书{360 + n}册×85元/册=3.6万元，书架20组×1500元/组=5万元") for n in range(60)]
    data = pdf_of(*rows)
    report = report_of(data)
    copy = annotate_bytes(data, "a.pdf", report)
    assert copy.placed == copy.findings == sum(len(p.findings) for p in report.projects) >= 120
    again = report_of(copy.data)
    assert [told(project) for project in again.projects] == [told(project) for project in report.projects]


def test_signed_and_locked_files_become_a_page() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of(page_of())))
    form = DictionaryObject({NameObject("/SigFlags"): NumberObject(3), NameObject("/Fields"): ArrayObject()})
    writer.root_object[NameObject("/AcroForm")] = form
    signed, locked = io.BytesIO(), io.BytesIO()
    writer.write(signed)
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of(page_of())))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(locked)
    report = report_of(pdf_of(page_of()))
    for data, why in ((signed, "电子签名"), (locked, "密码")):
        copy = annotate_bytes(data.getvalue(), "a.pdf", report)
        assert copy.suffix == ".html"
        assert copy.reason is not None
        assert why in copy.reason.zh


@pytest.mark.parametrize("keep", [9, 400, 900])
def test_damaged_files_become_a_page(keep: int) -> None:
    data = pdf_of(page_of())
    copy = annotate_bytes(data[:keep], "a.pdf", report_of(data))
    assert copy.suffix == ".html"


def test_a_report_of_another_file_marks_nothing_wrong() -> None:
    data = pdf_of(page_of("别的文字，没有这个数"))
    copy = annotate_bytes(data, "a.pdf", report_of(pdf_of(page_of())))
    assert (copy.suffix, copy.placed) == (".html", 0)
