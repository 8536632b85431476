"""PDF files: tables, page breaks, lines, and files made to do harm."""

from __future__ import annotations

import sys
import time
import zlib

import pytest

from calcverify.errors import InputProblem
from calcverify.forms.model import Form
from calcverify.readers import read_stream
from calcverify.readers.model import Item
from calcverify.readers.pdf import MOST_PAGES
from tests.pdf_files import Page, pdf_of, width_of

XS = (50, 150, 545)
FORM = [("项目名称", "河道清淤"), ("项目总金额（万元）", "60"), ("资金计算依据", "30公里×2万元/公里=60万元")]
TITLE = "项目支出绩效目标申报表"


def items_of(data: bytes) -> list[Item]:
    return list(read_stream(data, "a.pdf", bare=False))


def form_of(data: bytes) -> Form:
    (form,) = items_of(data)
    assert isinstance(form, Form), form
    return form


def basis_of(data: bytes) -> str:
    basis = form_of(data).basis
    assert basis is not None
    return basis.text


def page_of(basis: str, wrap: int = 0, turned: int = 0) -> Page:
    page = Page(turned)
    page.table(XS, 80, [*FORM[:2], ("资金计算依据", basis)], wrap=wrap)
    return page


def test_a_form_in_a_ruled_table() -> None:
    page = page_of(FORM[2][1]).text(200, 30, TITLE, 14).text(290, 820, "- 1 -")
    form = form_of(pdf_of(page))
    assert form.basis is not None
    assert (form.name, int(form.totals[0].yuan), form.basis.text) == ("河道清淤", 600000, FORM[2][1])
    assert str(form.basis.at(0)) == "page 1, table 1, row 3, cell 2"
    assert form.basis.at(0).box == (150, 116, 545, 134)


# What the cell says, and what is read where the column breaks its lines at 39 characters.
WRAPPED = [
    ("清淤长度30公里，" * 6 + "30公里×2万元/公里=60万元", None),
    ("甲：30人×80元\n乙：20人×90元", None),
    ("其中：\n一、清淤30公里×2万元/公里=60万元\n二、无", None),
]


@pytest.mark.parametrize(("basis", "read"), WRAPPED)
def test_a_line_break_made_by_the_width_of_the_column_is_none(basis: str, read: str | None) -> None:
    assert basis_of(pdf_of(page_of(basis, wrap=39))) == (read or basis)


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("清" * 36 + "3", "0人", "清" * 36 + "3\n0人"),  # two digits are not made one number
        ("清" * 38 + "3", "0人", "清" * 38 + "30人"),  # where not one more had room they are one
        ("清" * 38 + "3", "2、验收", "清" * 38 + "3\n2、验收"),
        ("清" * 38, "30人×80元", "清" * 38 + "30人×80元"),
        ("清" * 20, "30人×80元", "清" * 20 + "\n30人×80元"),
        ("清" * 37, "（30人）", "清" * 37 + "（30人）"),  # a bracket stays with what it opens
        ("1" * 78, "234", "1" * 78 + "234"),  # a number longer than the column is cut
    ],
)
def test_seams(first: str, second: str, read: str) -> None:
    assert basis_of(pdf_of(page_of(f"{first}\n{second}"))) == read


def test_a_row_cut_by_a_page_break_is_one_row() -> None:
    first = Page()
    first.table(XS, 600, [*FORM[:2], ("资金计算依据", "清" * 38)])
    second = Page()
    second.table(XS, 60, [("", "淤30公里×2万元/公里=60万元"), ("项目总目标", "河道畅通")])
    form = form_of(pdf_of(first, second))
    assert form.basis is not None
    assert form.basis.text == "清" * 38 + "淤30公里×2万元/公里=60万元"
    assert [str(form.basis.at(i)) for i in (0, 38)] == [
        "page 1, table 1, row 3, cell 2",
        "page 2, table 1, row 1, cell 2",
    ]
    assert [n.label for n in form.narratives] == ["项目总目标"]


def test_a_cut_between_two_paragraphs_keeps_them_apart() -> None:
    first, second = Page(), Page()
    first.table(XS, 600, [FORM[0], ("资金计算依据", "一、30人×80元")])
    second.table(XS, 60, [("", "二、20人×90元")])
    assert basis_of(pdf_of(first, second)) == "一、30人×80元\n二、20人×90元"


def test_rows_without_a_label_below_a_page_break_stay_rows() -> None:
    xs = (50, 130, 210, 400, 545)
    head = ("一级指标", "二级指标", "三级指标", "指标值")
    first, second = Page(), Page()
    low = first.table(XS, 60, FORM)
    first.table(xs, low, [head, ("产出指标", "数量指标", "清淤长度", "30公里")])
    second.table(xs, 60, [("", "", "清淤次数", "2次"), ("", "", "验收次数", "1次")])
    form = form_of(pdf_of(first, second))
    assert [(i.name, i.full_year) for i in form.indicators] == [
        ("清淤长度", "30公里"),
        ("清淤次数", "2次"),
        ("验收次数", "1次"),
    ]


def test_what_every_page_repeats_is_left_out() -> None:
    first, second = Page(), Page()
    for n, page in enumerate((first, second), 1):
        page.text(60, 30, "水务局2031年部门预算").text(260, 815, f"第{n}页 共2页").text(60, 815, "水务局编制")
    first.table(XS, 60, [FORM[0], ("资金计算依据", "清" * 38)])
    second.table(XS, 60, [("", "30公里×2万元/公里=60万元"), ("项目总目标", "河道畅通")])
    form = form_of(pdf_of(first, second))
    assert form.basis is not None
    assert form.basis.text == "清" * 38 + "30公里×2万元/公里=60万元"


def test_a_title_on_every_page_begins_a_form_on_every_page() -> None:
    pages = []
    for n in range(3):
        page = Page().text(200, 30, TITLE, 14)
        page.table(XS, 60, [("项目名称", f"清淤{n}期"), *FORM[1:]])
        pages.append(page)
    assert [item.name for item in items_of(pdf_of(*pages)) if isinstance(item, Form)] == [
        "清淤0期",
        "清淤1期",
        "清淤2期",
    ]


@pytest.mark.parametrize("turned", [0, 90])
def test_a_page_that_lies_on_its_side(turned: int) -> None:
    assert basis_of(pdf_of(page_of(FORM[2][1], turned=turned))) == FORM[2][1]


def test_columns_without_ruling_lines() -> None:
    page = Page().text(200, 30, TITLE, 14)
    rows = [
        ("项目名称", "河道清淤", "项目编码", "0031"),
        ("项目总金额（万元）", "60"),
        ("资金计算依据", "清淤长度30公里，每公里综合单价2万元，"),
        ("", "30公里×2万元/公里=60万元"),
    ]
    for i, row in enumerate(rows):
        for x, word in zip((60, 180, 320, 440), row, strict=False):
            page.text(x, 60 + 15 * i, word)
    form = form_of(pdf_of(page))
    assert form.basis is not None
    assert (form.id, form.name, int(form.totals[0].yuan)) == ("0031", "河道清淤", 600000)
    assert form.basis.text == "清淤长度30公里，每公里综合单价2万元，\n30公里×2万元/公里=60万元"


def test_lines_outside_of_tables_run_on() -> None:
    text = "资金计算依据：" + "清淤长度按年度计划安排，" * 4 + "30公里×2万元/公里=60万元"
    cut = next(i for i in range(len(text), 0, -1) if width_of(text[:i]) <= 475)
    page = Page().text(60, 60, "项目名称：河道清淤    项目编码：0031").text(60, 75, text[:cut]).text(60, 90, text[cut:])
    form = form_of(pdf_of(page))
    assert form.basis is not None
    assert (form.id, form.basis.text) == ("0031", text.removeprefix("资金计算依据："))


def test_text_printed_twice_is_read_once() -> None:
    page = page_of(FORM[2][1])
    page.text(153.4, 119.2, FORM[2][1])
    assert basis_of(pdf_of(page)) == FORM[2][1]


def test_a_raised_exponent_is_one() -> None:
    page = Page()
    page.table(XS, 80, [FORM[0], ("资金计算依据", "60×10")])
    page.text(153 + width_of("60×10"), 99, "4", size=6).text(153 + width_of("60×10") + 3, 101, "元")
    assert basis_of(pdf_of(page)) == "60×10⁴元"


def test_numbers_set_apart_stay_apart() -> None:
    page = Page()
    page.table(XS, 80, [FORM[0], ("资金计算依据", "30")])
    page.text(153 + 10 + 4, 101, "45")
    assert basis_of(pdf_of(page)) == "30 45"


NESTED = zlib.compress(zlib.compress(b"\0" * 10_000_000) * 40)
BOMB = zlib.compress(b"q " * 200_000_000, 9)
ENCRYPT = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <" + "00" * 32 + "> /U <" + "11" * 32 + "> >> /ID [<00><00>]"
)


def stream_of(data: bytes) -> bytes:
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(data) + data + b"\nendstream"


WHOLE = pdf_of(page_of(FORM[2][1]))
HOSTILE = [
    pytest.param(WHOLE[: len(WHOLE) // 2], "CV916", id="cut off"),
    pytest.param(b"%PDF-1.4\n", "CV916", id="nothing in it"),
    pytest.param(b"%PDF-1.4\n" + b"\0" * 5000, "CV916", id="zeros"),
    pytest.param(pdf_of(Page()), "CV903", id="empty page"),
    pytest.param(pdf_of(page_of("甲"), trailer=ENCRYPT), "CV917", id="password"),
    pytest.param(pdf_of(Page(), extra=[stream_of(BOMB)]), "CV911", id="bomb"),
    pytest.param(pdf_of(*[Page()] * (MOST_PAGES + 1)), "CV911", id="pages"),
    pytest.param(pdf_of(Page().text(60, 60, "今天天气好")), "CV918", id="no form"),
]


@pytest.mark.parametrize(("data", "code"), HOSTILE)
def test_a_hostile_file_is_refused_in_little_time(data: bytes, code: str) -> None:
    started = time.perf_counter()
    (item,) = items_of(data)
    assert isinstance(item, InputProblem), item
    assert item.code == code, item
    assert time.perf_counter() - started < 60


def test_a_page_tree_that_bites_its_tail_ends() -> None:
    data = pdf_of(page_of(FORM[2][1]), kids="2 0 R 5 0 R 2 0 R 5 0 R")
    assert basis_of(data) == FORM[2][1]


def test_a_picture_without_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    # As where the recogniser of characters is not installed: importing None is an ImportError.
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    monkeypatch.delitem(sys.modules, "calcverify.readers.scan", raising=False)
    monkeypatch.delattr("calcverify.readers.scan", raising=False)
    image = stream_of(zlib.compress(b"\xff" * 100)).replace(
        b"<<", b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8", 1
    )
    page = Page()
    page.parts.append("q 595 0 0 842 0 0 cm /I Do Q")
    data = pdf_of(page, extra=[image]).replace(b"/Font << /F 3 0 R >>", b"/Font << /F 3 0 R >> /XObject << /I 6 0 R >>")
    (item,) = items_of(data)
    assert isinstance(item, InputProblem)
    assert (item.code, item.locator) == ("CV921", "page 1")
    assert "calcverify[ocr]" in item.message_zh


def test_text_whose_font_names_no_characters_is_told() -> None:
    data = WHOLE.replace(b"/UniGB-UTF16-H", b"/Identity-H   ").replace(b"(GB1)", b"(XX1)")
    (item,) = items_of(data)
    assert isinstance(item, InputProblem)
    assert (item.code, item.locator) == ("CV922", "page 1")
