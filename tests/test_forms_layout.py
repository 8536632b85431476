"""A document made of cells with places: the same form as from text, and every figure keeps its cell."""

from __future__ import annotations

from calcverify.forms.layout import Layout
from calcverify.forms.model import Form
from calcverify.forms.parse import forms_of
from calcverify.report.words import located
from calcverify.source import Locator

ROWS = (
    ("项目名称", "河道清淤"),
    ("项目总金额（万元）", "6"),
    ("资金计算依据", "  3公里×2万元/公里\n=6万元 ", "其中机械费4万元"),
)


def at(row: int, column: int) -> Locator:
    return Locator(sheet="申报表", cell=f"{'ABC'[column]}{row + 1}")


def form_of(layout: Layout) -> Form:
    (form,) = forms_of(layout.document("a.xlsx"))
    assert isinstance(form, Form)
    return form


def sheet() -> Layout:
    layout = Layout()
    for r, words in enumerate(ROWS):
        layout.row((c, word, at(r, c)) for c, word in enumerate(words))
    return layout


def test_cells_become_a_form() -> None:
    form = form_of(sheet())
    assert (form.name, int(form.totals[0].yuan), str(form.totals[0].locator)) == ("河道清淤", 60000, "申报表!B2")


def test_a_field_over_two_cells_keeps_both_places() -> None:
    basis = form_of(sheet()).basis
    assert basis is not None
    assert basis.text == "3公里×2万元/公里\n=6万元\t其中机械费4万元"
    assert [str(basis.at(i)) for i in (0, 11, basis.text.index("其中"))] == ["申报表!B3", "申报表!B3", "申报表!C3"]
    for piece in basis.pieces:
        cell = ROWS[2]["ABC".index(str(piece.locator.cell)[0])]
        assert basis.text[piece.start : piece.start + 3] == cell[piece.offset : piece.offset + 3]


def test_paragraphs_are_read_as_lines() -> None:
    layout = Layout()
    for n, text in enumerate(("项目名称：清淤    项目编码：0031", "资金计算依据：3公里×2万元/公里"), 1):
        layout.paragraph(text, Locator(paragraph=n))
    form = form_of(layout)
    assert form.basis is not None
    assert (form.id, form.basis.text, form.basis.pieces[0].offset) == ("0031", "3公里×2万元/公里", 7)
    assert located(form.basis.at(3), "zh") == "第2段"


def test_places_of_tables_in_words() -> None:
    place = Locator(page=2, table=1, row=3, cell="2")
    assert (located(place, "zh"), located(place, "en")) == ("第2页表1第3行第2格", "page 2, table 1, row 3, cell 2")
