"""A marked workbook: comments and colours at the figures, everything else as it was."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image

import calcverify
from calcverify import annotate_bytes
from calcverify.annotate.model import Annotated
from calcverify.report.model import Report
from tests.made_files import forms_in, sheet_of, told, write_xlsx
from tests.marked import ROWS, SHEET, parts, repacked, report_of

RED = "FFC00A0B"


def workbook(rows: Any = ROWS, sheet: str = SHEET) -> Any:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    return book


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(copy: Annotated, **options: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(copy.data), **options)


def marked(data: bytes, report: Report, lang: str = "zh") -> Annotated:
    copy = annotate_bytes(data, "a.xlsx", report, lang)
    assert (copy.suffix, copy.reason) == (".xlsx", None)
    return copy


def coloured(value: Any) -> list[str]:
    """The pieces of a rich text that are red."""
    if not isinstance(value, CellRichText):
        return []
    runs = [run for run in value if isinstance(run, TextBlock)]
    return [run.text for run in runs if run.font.color is not None and run.font.color.rgb == RED]


def test_the_figure_is_red_and_the_cell_has_the_comment() -> None:
    copy = marked(saved(workbook()), report_of(ROWS))
    page = opened(copy, rich_text=True)[SHEET]
    assert coloured(page["B4"].value) == ["3.6万元"]
    assert str(page["B4"].value) == ROWS[3][1]
    lines = page["B4"].comment.text.split("\n")
    assert lines[:5] == [
        "【错误】CV101 金额与算式结果不一致",
        "“3.6万元”",
        "测算：360册 × 85元/册 = 3.06万元",
        "填报：3.6万元，相差 0.54万元",
        "若其余无误，此处应为 3.06万元（按填报位数3.1万元）",
    ]
    assert page["B4"].comment.author == "calcverify"
    assert (copy.findings, copy.placed) == (len(report_of(ROWS).projects[0].findings),) * 2


def test_the_other_characters_keep_the_font_of_their_cell() -> None:
    book = workbook()
    book[SHEET]["B4"].font = Font(name="仿宋", size=15, italic=True)
    runs = opened(marked(saved(book), report_of(ROWS)), rich_text=True)[SHEET]["B4"].value
    assert [(r.font.rFont, r.font.sz, bool(r.font.i), bool(r.font.b)) for r in runs] == [
        ("仿宋", 15, True, False),
        ("仿宋", 15, True, True),
        ("仿宋", 15, True, False),
    ]


def test_a_figure_across_runs_is_coloured_in_each() -> None:
    text = str(ROWS[3][1])
    cut = text.index("3.6万元") + 2
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(SHEET)
        for r, row in enumerate(ROWS[:3]):
            page.write_row(r, 0, row)
        page.write(3, 0, ROWS[3][0])
        page.write_rich_string(3, 1, text[:cut], book.add_format({"italic": True}), text[cut:])
    value = opened(marked(out.getvalue(), report_of(ROWS)), rich_text=True)[SHEET]["B4"].value
    assert coloured(value) == ["3.", "6万元"]
    assert [bool(run.font.i) for run in value if isinstance(run, TextBlock)][-2:] == [True, True]
    assert str(value) == text


def test_cells_that_share_a_string_keep_it() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(SHEET)
        for r, row in enumerate((*ROWS, ("备注", ROWS[3][1]))):
            page.write_row(r, 0, row)
    copy = marked(out.getvalue(), report_of(ROWS))
    assert b'uniqueCount="9"' in parts(copy.data)["xl/sharedStrings.xml"]
    page = opened(copy, rich_text=True)[SHEET]
    assert coloured(page["B4"].value) == ["3.6万元"]
    assert page["B5"].value == ROWS[3][1]


def test_a_number_cell_gets_a_fill_and_keeps_its_format() -> None:
    rows = (*ROWS[:2], ("项目总金额（万元）", 12), ("资金计算依据", "图书360册×85元/册+书架20组×1500元/组"))
    book = workbook(rows)
    book[SHEET]["B3"].number_format = "0.00"
    cell = opened(marked(saved(book), report_of(rows)))[SHEET]["B3"]
    assert (cell.value, cell.number_format, cell.fill.fgColor.rgb) == (12, "0.00", "FFFFC7CD")
    assert cell.comment.text.startswith("【错误】CV101")


def test_existing_comments_stay() -> None:
    book = workbook()
    page = book[SHEET]
    page["A1"].comment = Comment("名称与批复一致", "张会计")
    page["B4"].comment = Comment("依据见附件二", "张会计")
    copy = marked(saved(book), report_of(ROWS))
    page = opened(copy)[SHEET]
    assert (page["A1"].comment.text, page["A1"].comment.author) == ("名称与批复一致", "张会计")
    assert page["B4"].comment.author == "张会计"
    assert page["B4"].comment.text.startswith("依据见附件二\n—— calcverify ——\n【错误】CV101")
    drawings = [content for name, content in parts(copy.data).items() if name.endswith(".vml")]
    assert [content.count(b"<x:Row>") + content.count(b":Row>0<") for content in drawings] != []


def test_two_findings_in_one_cell_are_one_comment() -> None:
    rows = (*ROWS[:3], ("资金计算依据", "图书360册×85元/册=3.6万元，书架20组×1500元/组=5万元"))
    page = opened(marked(saved(workbook(rows)), report_of(rows)), rich_text=True)[SHEET]
    text = page["B4"].comment.text
    assert ("“3.6万元”" in text, "“5万元”" in text, text.count("CV101")) == (True, True, 3)
    assert coloured(page["B4"].value) == ["3.6万元", "5万元"]


def test_nothing_else_of_the_workbook_changes() -> None:
    book = workbook()
    page = book[SHEET]
    page["B5"] = "=B3*2"
    page.column_dimensions["B"].width = 61
    page.merge_cells("A7:B7")
    page.print_area = "A1:B7"
    page.print_title_rows = "1:1"
    page.freeze_panes = "B2"
    check = DataValidation(type="list", formula1='"是,否"')
    check.add("C1")
    page.add_data_validation(check)
    other = book.create_sheet("附表")
    other["A1"], other["B1"] = "=SUM(申报表!B3)", "附注"
    other.print_area = "A1:B2"
    data = saved(book)
    drawing = {
        "xl/drawings/drawing9.xml": b'<xdr:wsDr xmlns:xdr="urn:x"><xdr:sp>text box</xdr:sp></xdr:wsDr>',
        "xl/ctrlProps/ctrlProp1.xml": b"<formControlPr/>",
    }
    data = repacked(data, dict(drawing))
    copy = marked(data, report_of(ROWS))
    before, after = parts(data), parts(copy.data)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
    }
    book = opened(copy)
    page = book[SHEET]
    assert (page["B5"].value, page.column_dimensions["B"].width, page.freeze_panes) == ("=B3*2", 61, "B2")
    assert (page.print_area, page.print_title_rows) == ("'申报表'!$A$1:$B$7", "$1:$1")
    assert book["附表"].print_area == "'附表'!$A$1:$B$2"
    assert [str(r.sqref) for r in page.data_validations.dataValidation] == ["C1"]
    assert [str(r) for r in page.merged_cells.ranges] == ["A7:B7"]


def test_the_summary_is_the_first_sheet_and_links_to_the_cells() -> None:
    book = opened(marked(saved(workbook()), report_of(ROWS)))
    assert book.sheetnames == ["核对汇总", SHEET]
    assert book.active.title == "核对汇总"
    assert not book[SHEET].sheet_view.tabSelected
    page = book.worksheets[0]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][0] == "calcverify 核对汇总"
    assert rows[5][1:] == ("有误", "乡镇图书室补充图书 [330000261000000000123]", "9.1万元", "13.2万元", "−4.1万元")
    assert page["D9"].hyperlink.location == "'申报表'!B4"


def test_a_sheet_of_that_name_stays() -> None:
    book = workbook()
    book.create_sheet("核对汇总")["A1"] = "本局的汇总"
    assert opened(marked(saved(book), report_of(ROWS))).sheetnames == ["核对汇总 (2)", SHEET, "核对汇总"]


def look(cell: Any) -> tuple[str, str, str, str]:
    """The text of a cell, its fill, its comment."""
    comment = cell.comment.text if cell.comment else ""
    return str(cell.value), str(cell.fill.patternType), str(cell.fill.fgColor.rgb), comment


def test_a_copy_that_is_marked_again_has_each_note_once() -> None:
    """Corrected in the copy, then marked again: nothing of the first run is left."""
    data = full_workbook()
    report = report_of(ROWS)
    once = marked(data, report)
    twice = marked(once.data, report)
    assert opened(twice).sheetnames == ["核对汇总", SHEET, "附表"]
    for cell in ("A1", "B3", "B4"):
        texts = [opened(each)[SHEET][cell].comment.text for each in (once, twice)]
        assert texts[0] == texts[1]
    (project,) = report.projects
    clean = marked(twice.data, Report((project._replace(findings=()),)))
    before, after = (openpyxl.load_workbook(io.BytesIO(each), rich_text=True)[SHEET] for each in (data, clean.data))
    for row in before.iter_rows():
        for cell in row:
            assert look(after[cell.coordinate]) == look(cell)
    assert coloured(after["B4"].value) == []
    shapes = [parts(each)["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") for each in (data, clean.data)]
    assert shapes[0] == shapes[1]
    names = [re.findall(rb"localSheetId=.(.)", parts(each.data)["xl/workbook.xml"]) for each in (once, twice, clean)]
    assert names[0] == names[1] == names[2]


def test_a_cell_that_people_talk_on_is_left_alone() -> None:
    book = workbook()
    book[SHEET]["B4"].comment = Comment("[Threaded comment]\n这个数对吗？", "tc={0A1B}")
    copy = marked(saved(book), report_of(ROWS))
    page = opened(copy, rich_text=True)[SHEET]
    assert page["B4"].comment.text == "[Threaded comment]\n这个数对吗？"
    assert coloured(page["B4"].value) == ["3.6万元"]
    assert "（未能标在原处）" in opened(copy).worksheets[0]["D9"].value


def test_english() -> None:
    copy = marked(saved(workbook()), report_of(ROWS), "en")
    book = opened(copy)
    assert book.sheetnames[0] == "Check summary"
    assert book[SHEET]["B4"].comment.text.startswith("[error] CV101 figure and computation disagree\n")


@pytest.mark.parametrize("name", ["表'一", "a&b<c", "=1+1", "很长的名字" * 6, "🙂"])
def test_hostile_names_of_sheets(name: str) -> None:
    book = opened(marked(saved(workbook(sheet=name)), report_of(ROWS, sheet=name)))
    assert book[name]["B4"].comment is not None
    assert book.worksheets[0]["D9"].hyperlink.location == f"'{name.replace(chr(39), chr(39) * 2)}'!B4"


def test_what_hides_in_a_text_is_shown_in_the_notes() -> None:
    rows = (("项目名称", "图书\u202e室_x0007_"), *ROWS[1:3], ("资金计算依据", "=图书360册×85元/册\u202e=3.6万元"))
    book = opened(marked(saved(workbook((*rows[:3], (rows[3][0], "'" + str(rows[3][1]))))), report_of(rows)))
    text = " ".join(str(value) for row in book.worksheets[0].iter_rows(values_only=True) for value in row)
    assert "\u202e" not in text
    assert "<U+202E>" in text


def test_five_hundred_findings() -> None:
    rows: list[tuple[str | int, ...]] = []
    for number in range(250):
        rows += [("项目名称", f"图书室{number}"), ("项目总金额（万元）", 9)]
        rows += [("资金计算依据", f"图书{360 + number}册×85元/册=9.6万元，书架20组×1500元/组=5万元")]
    report = report_of(rows)
    copy = marked(saved(workbook(rows)), report)
    assert copy.findings == copy.placed == sum(len(p.findings) for p in report.projects) >= 500
    page = opened(copy)[SHEET]
    assert sum(cell.comment is not None for row in page.iter_rows() for cell in row) >= 250


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "no zip": lambda _: b"PK\x03\x04 xl/workbook.xml",
    "cut off": lambda data: data[: len(data) // 2],
    "no workbook": lambda data: repacked(data, {"xl/workbook.xml": None}),
    "an entity": lambda data: repacked(
        data,
        {
            "xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            + re.sub(rb"<\?xml.*?\?>", b"", parts(data)["xl/workbook.xml"])
        },
    ),
    "signed": lambda data: repacked(data, {"_xmlsignatures/sig1.xml": b"<x/>"}),
    "no styles": lambda data: repacked(data, {"xl/styles.xml": None}),
}


@pytest.mark.parametrize("fault", DAMAGED)
def test_what_cannot_be_marked_becomes_a_page(fault: str) -> None:
    copy = annotate_bytes(DAMAGED[fault](saved(workbook())), "a.xlsx", report_of(ROWS))
    assert copy.suffix == ".html"
    assert copy.reason is not None
    page = copy.data.decode()
    assert copy.reason.zh in page
    assert "360册" in page


def test_a_finding_without_a_cell_stands_in_the_summary() -> None:
    report = report_of(ROWS)
    project = report.projects[0]
    lost = tuple(f._replace(locator=None, field="其他", claim=None, span=None) for f in project.findings)
    report = Report((project._replace(findings=lost, form=project.form._replace(locator=project.form.locator._replace(
        sheet="没有这张表"))),))  # fmt: skip
    copy = annotate_bytes(saved(workbook()), "a.xlsx", report)
    assert copy.suffix == ".html"  # none of its findings has a place in this file


def test_a_marked_copy_is_checked_as_the_original(tmp_path: Path) -> None:
    """From the file itself: comments, colours and the summary are no part of the form."""
    path = write_xlsx(tmp_path / "forms.xlsx", [sheet_of(form) for form in forms_in()])
    report = calcverify.check_file(path)
    copy = annotate_bytes(path.read_bytes(), str(path), report)
    assert copy.findings == sum(len(project.findings) for project in report.projects)
    assert copy.placed == sum(f.locator is not None for p in report.projects for f in p.findings)
    (tmp_path / "copy.xlsx").write_bytes(copy.data)
    again = calcverify.check_file(tmp_path / "copy.xlsx")
    assert [told(project) for project in again.projects] == [
        told(project) | {"id": project.form.id.replace("forms.xlsx", "copy.xlsx")} for project in report.projects
    ]
    assert [f.locator for p in again.projects for f in p.findings] == [
        f.locator for p in report.projects for f in p.findings
    ]


def full_workbook() -> bytes:
    """A form with everything around it that a library would lose: boxes, buttons, pictures, charts, rules."""
    out, picture = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(picture, "PNG")
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(SHEET)
        for r, row in enumerate(ROWS):
            page.write_row(r, 0, row)
        page.set_column(1, 1, 50)
        page.set_row(3, 80)
        page.write_comment("A1", "名称与批复一致", {"author": "张会计"})
        page.write_comment("B4", "依据见附件二", {"author": "张会计"})
        page.insert_textbox("D2", "请核对")
        page.insert_button("D6", {"caption": "提交"})
        page.insert_checkbox("D10", True)
        page.insert_image("D12", "x.png", {"image_data": picture})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=附表!$A$1:$A$3"})
        page.insert_chart("A8", chart)
        page.data_validation("B2", {"validate": "length", "criteria": ">", "value": 3})
        page.conditional_format("B3", {"type": "cell", "criteria": ">", "value": 1, "format": book.add_format()})
        page.autofilter("A1:B4")
        page.print_area("A1:E20")
        page.set_header("&C页眉")
        page.protect("x")
        other = book.add_worksheet("附表")
        other.write_column("A1", [3, 5, 2])
        other.write_formula("B1", "=SUM(A1:A3)", None, 10)
        other.add_table("D1:E3")
        other.print_area("A1:B3")
        book.define_name("总额", f"={SHEET}!$B$3")
    return out.getvalue()


def test_boxes_buttons_pictures_charts_and_rules_stay() -> None:
    data = full_workbook()
    copy = marked(data, report_of(ROWS))
    before, after = parts(data), parts(copy.data)
    assert set(before) <= set(after)
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }
    ends = [part["xl/worksheets/sheet1.xml"].partition(b"</sheetData>")[2] for part in (before, after)]
    assert ends[0] == ends[1]  # protection, filter, rules, header, drawings: all that follows the cells
    names = re.findall(rb'localSheetId="(\d)"[^>]*>([^<]*)', after["xl/workbook.xml"])
    assert [(int(at), text.decode()) for at, text in names] == [
        (1, f"{SHEET}!$A$1:$B$4"),
        (1, f"{SHEET}!$A$1:$E$20"),
        (2, "附表!$A$1:$B$3"),
    ]
    assert b"<v>10</v>" in after["xl/worksheets/sheet2.xml"]  # the result of a formula, which is not worked out anew


def test_the_box_of_a_comment_that_was_there_grows() -> None:
    data = full_workbook()
    drawings = [parts(each)["xl/drawings/vmlDrawing1.vml"] for each in (data, marked(data, report_of(ROWS)).data)]
    old, new = (re.findall(rb"<v:shape .*?</v:shape>", each, re.DOTALL) for each in drawings)
    assert [shape for shape in old if shape not in new] == [shape for shape in old if b"<x:Row>3</x:Row>" in shape]
    assert all(b'ObjectType="Button"' not in shape or shape in new for shape in old)
    (grown,) = [shape for shape in new if b"<x:Row>3</x:Row>" in shape]
    top, bottom = (int(re.search(rb"<x:Anchor>([^<]*)", grown)[1].split(b",")[at]) for at in (2, 6))  # type: ignore[index]  # every box has one
    assert bottom - top >= 5
