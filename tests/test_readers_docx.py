"""Word files: text, merged cells, tables within cells, changes, and files made to do harm."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from calcverify.errors import InputProblem
from calcverify.forms.model import Form
from calcverify.readers import read_path, read_stream
from calcverify.readers.docx import MOST_XML
from calcverify.report.words import located
from tests.made_files import sheet_of_text
from tests.office_files import docx_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def package(body: str, **parts: str) -> bytes:
    """A Word file with this body and these other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            file.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


def p(inner: str) -> str:
    """A paragraph; plain text becomes its only run."""
    return f"<w:p>{inner if '<' in inner else run(inner)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(c if c.startswith('<w:tc') or c.startswith('<w:sdt') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def form_of(data: bytes) -> Form:
    (form,) = read_stream(data, "a.docx", bare=False)
    assert isinstance(form, Form), form
    return form


def basis_in(inner: str) -> str:
    """The basis of a form whose cell holds ``inner``."""
    basis = form_of(package(tbl(tr("项目名称", "清淤"), tr("资金计算依据", tc(inner))))).basis
    assert basis is not None
    return basis.text


TEXTS = [
    pytest.param(p("3公里×2万元/公里"), "3公里×2万元/公里", id="plain"),
    pytest.param(p("甲") + p("乙"), "甲\n乙", id="paragraphs"),
    pytest.param(p(run("甲") + "<w:r><w:br/></w:r>" + run("乙")), "甲\n乙", id="line break"),
    pytest.param(p(run("甲") + "<w:r><w:tab/></w:r>" + run("乙")), "甲\t乙", id="tab"),
    pytest.param(p(run("甲") + '<w:r><w:br w:type="page"/></w:r>' + run("乙")), "甲乙", id="page break"),
    pytest.param(p(run("3") + "<w:ins>" + run("0") + "</w:ins>" + run("人")), "30人", id="inserted"),
    pytest.param(p(run("3") + "<w:del><w:r><w:delText>0</w:delText></w:r></w:del>" + run("人")), "3人", id="deleted"),
    pytest.param(
        p("<w:moveFrom>" + run("5台") + "</w:moveFrom><w:moveTo>" + run("6台") + "</w:moveTo>"), "6台", id="moved"
    ),
    pytest.param(
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>' + run("30人×") + "</w:p>" + p("80元"),
        "30人×80元",
        id="paragraph mark deleted",
    ),
    pytest.param(p(run("30人") + run("×9", "<w:vanish/>") + run("×80元")), "30人×9×80元", id="hidden"),
    pytest.param(p(run("30人") + run("×9", '<w:vanish w:val="0"/>')), "30人×9", id="not hidden"),
    pytest.param(p("<w:sdt><w:sdtContent>" + run("30人") + "</w:sdtContent></w:sdt>"), "30人", id="inline control"),
    pytest.param("<w:sdt><w:sdtContent>" + p("30人") + "</w:sdtContent></w:sdt>", "30人", id="block control"),
    pytest.param(
        p(
            run("30人")
            + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + run("点击输入")
            + "</w:sdtContent></w:sdt>"
        ),
        "30人",
        id="placeholder",
    ),
    pytest.param(
        p('<w:fldSimple w:instr="=SUM(ABOVE)">' + run("6万元") + "</w:fldSimple>"), "6万元", id="simple field"
    ),
    pytest.param(
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 9</w:instrText></w:r>' + run("6万元")),
        "6万元",
        id="field instruction",
    ),
    pytest.param(p("<w:hyperlink>" + run("6万元") + "</w:hyperlink>"), "6万元", id="link"),
    pytest.param(p(run("60×10") + run("4", '<w:vertAlign w:val="superscript"/>')), "60×10⁴", id="raised"),
    pytest.param(p(run("3") + '<w:r><w:sym w:font="Symbol" w:char="F0B4"/></w:r>' + run("2")), "3×2", id="symbol"),
    pytest.param(
        p(run("3") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run("2")), "3\ufffd2", id="unknown sign"
    ),
    pytest.param(p("<m:oMath><m:r><m:t>3×2</m:t></m:r></m:oMath>"), "3×2", id="formula of one line"),
    pytest.param(
        p(
            run("得")
            + "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
            + "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
        ),
        "得\ufffd",
        id="formula with a fraction",
    ),
    pytest.param(p(run("甲") + "<w:r><w:noBreakHyphen/></w:r>" + run("乙")), "甲-乙", id="hyphen"),
    pytest.param(
        p("测算如下：") + tbl(tr("人数", "标准"), tr("30人", "80元")),
        "测算如下：\n人数\t标准\n30人\t80元",
        id="table in the cell",
    ),
]


@pytest.mark.parametrize(("inner", "text"), TEXTS)
def test_the_text_of_a_cell(inner: str, text: str) -> None:
    assert basis_in(inner) == text


def test_places_are_told_by_table_row_and_cell() -> None:
    nested = tbl(tr("30人", "80元"))
    data = package(p("申报表") + tbl(tr("项目名称", "清淤"), tr("资金计算依据", tc(p("如下：") + nested))))
    basis = form_of(data).basis
    assert basis is not None
    places = {word: str(basis.at(basis.text.index(word))) for word in ("如下", "30人", "80元")}
    assert places == {
        "如下": "table 1, row 2, cell 2",
        "30人": "table 2, row 1, cell 1",
        "80元": "table 2, row 1, cell 2",
    }
    assert located(basis.at(0), "zh") == "表1第2行第2格"
    for piece in basis.pieces:
        assert piece.offset == 0


def test_merged_cells_stand_at_their_upper_left_corner() -> None:
    rows = (
        tr(tc("一级指标"), tc("三级指标"), tc("指标值", '<w:gridSpan w:val="2"/>')),
        tr(tc("产出指标", '<w:vMerge w:val="restart"/>'), tc("清淤长度"), tc("3公里", '<w:gridSpan w:val="2"/>')),
        tr(tc("", "<w:vMerge/>"), tc("完成时间"), tc("年底前", '<w:gridSpan w:val="2"/>')),
    )
    data = package(tbl(tr("项目名称", "清淤"), tr("资金计算依据", "3公里×2万元/公里"), *rows))
    form = form_of(data)
    assert [(i.path[0], i.name, i.full_year, i.locator.row) for i in form.indicators] == [
        ("产出指标", "清淤长度", "3公里", 4),
        ("产出指标", "完成时间", "年底前", 5),
    ]


def test_cells_and_rows_in_content_controls_are_cells_and_rows() -> None:
    row = tr("项目名称", "<w:sdt><w:sdtContent>" + tc("清淤") + "</w:sdtContent></w:sdt>")
    data = package(
        "<w:sdt><w:sdtContent>"
        + tbl("<w:sdt><w:sdtContent>" + row + "</w:sdtContent></w:sdt>", tr("资金计算依据", "3公里×2万元/公里"))
        + "</w:sdtContent></w:sdt>"
    )
    assert form_of(data).name == "清淤"


def test_a_form_within_the_cell_of_a_frame() -> None:
    inner = tbl(tr("项目名称", "清淤"), tr("资金计算依据", "3公里×2万元/公里"))
    form = form_of(package(tbl(tr(tc(p("申报表") + inner)))))
    assert form.basis is not None
    assert (form.name, str(form.basis.locator)) == ("清淤", "table 2, row 2, cell 2")


def test_a_deleted_row_is_not_read() -> None:
    gone = tr("资金计算依据", "9公里×2万元/公里").replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="7"/></w:trPr>')
    form = form_of(package(tbl(tr("项目名称", "清淤"), gone, tr("资金计算依据", "3公里×2万元/公里"))))
    assert form.basis is not None
    assert (form.basis.text, form.basis.locator.row) == ("3公里×2万元/公里", 3)
    assert [r.kind for r in form.remarks] == ["tracked changes"]


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" + p("另有5万元") + "</w:txbxContent></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + p("另有5万元") + "</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
PICTURE = '<w:r><w:drawing><pic:pic xmlns:pic="urn:p"/></w:drawing></w:r>'
TOLD = [
    (BOX, "drawing", "另有5万元"),
    (PICTURE, "picture", ""),
    (run("×9", "<w:vanish/>"), "hidden text", "×9"),
    ("<w:del>" + run("5") + "</w:del>", "tracked changes", ""),
]


@pytest.mark.parametrize(("inner", "kind", "text"), TOLD)
@pytest.mark.parametrize("where", ["before", "in a cell", "after"])
def test_what_a_person_sees_otherwise_is_told(inner: str, kind: str, text: str, where: str) -> None:
    cell = tc(p(run("3公里×2万元/公里") + (inner if where == "in a cell" else "")))
    table = tbl(tr("项目名称", "清淤"), tr("资金计算依据", cell))
    body = {"before": p(inner) + table, "in a cell": table, "after": table + p(inner)}[where]
    form = form_of(package(body))
    assert form.basis is not None
    if kind != "hidden text":  # that is text of the form, and told
        assert form.basis.text == "3公里×2万元/公里"
    assert [(r.kind, r.text) for r in form.remarks] == [(kind, text)]


def test_the_unit_in_the_head_of_the_page_is_the_form_s() -> None:
    head = f"<w:hdr {NAMES}>{p('金额单位：万元')}</w:hdr>"
    form = form_of(
        package(tbl(tr("项目名称", "清淤"), tr("项目总金额", "6"), tr("资金计算依据", "6万元")), header1=head)
    )
    assert form.totals[0].yuan == 60000


def test_paragraphs_outside_of_tables_are_lines() -> None:
    form = form_of(package(p("项目名称：清淤") + tbl(tr("单位名称", "水务局")) + p("资金计算依据：3公里×2万元/公里")))
    assert form.basis is not None
    assert (form.name, form.basis.text, str(form.basis.at(0))) == ("清淤", "3公里×2万元/公里", "paragraph 2")


# Files made to do harm, and what is said of them.
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><w:document {NAMES}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
)
EXTERNAL = f'<!DOCTYPE d SYSTEM "file:///etc/hostname"><w:document {NAMES}><w:body/></w:document>'


def zipped(document: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", document)
    return out.getvalue()


HOSTILE = [
    pytest.param(zipped(LAUGHS), "CV916", id="entities"),
    pytest.param(zipped(EXTERNAL), "CV916", id="external entity"),
    pytest.param(zipped(LAUGHS.encode("utf-16")), "CV916", id="entities in UTF-16"),
    pytest.param(zipped(b" " * (MOST_XML + 1)), "CV911", id="bomb"),
    pytest.param(zipped("<w:document"), "CV916", id="no XML"),
    pytest.param(zipped("<a>" * 5000 + "</a>" * 5000), "CV916", id="deep"),
    pytest.param(zipped(f"<w:document {NAMES}/>"), "CV916", id="no body"),
    pytest.param(package(""), "CV903", id="empty"),
    pytest.param(package(p("今天天气好")), "CV918", id="no form"),
    pytest.param(package(tbl(tr("项目名称", "清淤")))[:-30], "CV916", id="cut off"),
    pytest.param(package(tbl(*[tr("甲", "乙")] * 100_000)), "CV911", id="100,000 rows"),
]


@pytest.mark.parametrize(("data", "code"), HOSTILE)
def test_a_hostile_file_is_refused_in_little_time(data: bytes, code: str) -> None:
    started = time.perf_counter()
    (item,) = read_stream(data, "a.docx", bare=False)
    assert isinstance(item, InputProblem)
    assert item.code == code, item
    assert time.perf_counter() - started < 60


def test_a_wrong_suffix_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(docx_of([sheet_of_text("项目名称\t清淤\n资金计算依据\t3公里×2万元/公里\n")]))
    (form,) = read_path(path)
    assert isinstance(form, Form)
    assert form.name == "清淤"


def test_text_below_the_table_is_no_part_of_its_last_cell() -> None:
    table = tbl(tr("项目名称", "清淤"), tr("资金计算依据", "3公里×2万元/公里=6万元"))
    basis = form_of(package(table + p("填表人（签章） 2031年3月1日，共2页"))).basis
    assert basis is not None
    assert basis.text == "3公里×2万元/公里=6万元"
