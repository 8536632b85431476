"""What a cell says: numbers as they are shown, formulas, hidden cells, text boxes; csv and pages in their dialects."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from calcverify import check_file
from calcverify.errors import InputProblem
from calcverify.forms.model import Form
from calcverify.readers import read_path, read_stream
from calcverify.readers.number_format import decimal_of, shown
from calcverify.report.model import Project
from calcverify.verify.model import Finding

# value as the file holds it | number format | what a person sees
SHOWN = [
    ("2.7", "0.00", "2.70"),
    ("2.7000000000000002", "General", "2.7"),
    ("0.30000000000000004", "General", "0.3"),
    ("8040.55", "0.00_ ", "8040.55"),
    ("1234567.891", "#,##0.00", "1,234,567.89"),
    ("0.5", "0", "1"),  # half away from zero, as on paper
    ("0.05", "0%", "5%"),
    ("0.125", "0.0%", "12.5%"),
    ("-5", "0.00", "-5.00"),
    ("-5", "#,##0.00_);(#,##0.00)", "-5.00"),
    ("-1234.5", "#,##0.0;[Red]-#,##0.0", "-1,234.5"),
    ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    ("3.5", "[$¥-804]#,##0.00", "¥3.50"),
    ("12.5", '0.00"万元"', "12.50万元"),
    ("123400", '0!.0,"万"', "12.3万"),
    ("123400", "0.00,", "123.40"),
    ("7", "000", "007"),
    ("0.5", "#.##", ".5"),
    ("320281223230023", "General", "320281223230023"),
    ("1.5E+3", "General", "1500"),
    ("1200", "0.00E+00", "1200"),
    ("0.5", "# ?/?", "0.5"),
    ("45000", "yyyy-mm-dd", "2023-03-15"),
    ("45000", 'yyyy"年"m"月"d"日";@', "2023年3月15日"),
    ("45000.5", "yyyy/m/d h:mm", "2023/3/15 12:00"),
    ("1", "yyyy/m/d", "1900/1/1"),
    ("60000000", "yyyy/m/d", "60000000"),  # no day of the calendar
    ("0.75", "h:mm:ss", "18:00:00"),
]


@pytest.mark.parametrize(("value", "code", "seen"), SHOWN)
def test_a_number_is_shown_as_in_its_cell(value: str, code: str, seen: str) -> None:
    number = decimal_of(value)
    assert number is not None
    assert shown(number, code) == seen


def test_what_is_no_number_is_none() -> None:
    assert [decimal_of(text) for text in ("", "12a", "nan", "inf", "1E+999999999")] == [None] * 5
    assert shown(Decimal(5), ";;;" * 100) == "5"


Fill = Callable[[Any, Any], None]


def book(path: Path, fill: Fill) -> Project:
    """The one project of a workbook that ``fill(book, page)`` writes."""
    made = xlsxwriter.Workbook(path)
    page = made.add_worksheet("申报表")
    fill(made, page)
    made.close()
    report = check_file(path)
    assert not report.problems
    (project,) = report.projects
    return project


def said(project: Project, code: str) -> list[Finding]:
    """What one rule says."""
    return [finding for finding in project.findings if finding.code == code]


def frame(page: Any) -> None:
    """A form whose total is in B2 and whose basis is in B3."""
    page.write_row(0, 0, ["项目名称", "河道清淤"])
    page.write_row(1, 0, ["项目总金额（万元）", "6"])
    page.write_row(2, 0, ["资金计算依据", "3公里×2万元/公里=6万元"])


def test_numbers_keep_their_places_and_codes_their_digits(tmp_path: Path) -> None:
    def fill(made: Any, page: Any) -> None:
        frame(page)
        page.write_number(1, 1, 2.7, made.add_format({"num_format": "0.00"}))
        page.write(3, 0, "项目编码")
        page.write_number(3, 1, 320281223230023, made.add_format({"num_format": "0"}))
        page.write_row(4, 0, ["主管部门", "0012"])

    form = book(tmp_path / "a.xlsx", fill).form
    assert form.totals[0].text == "2.70"
    assert (int(form.totals[0].yuan), int(form.totals[0].place)) == (27000, 100)
    assert (form.id, form.department) == ("320281223230023", "0012")


def test_what_a_person_types_with_an_equals_sign_is_text(tmp_path: Path) -> None:
    def fill(_made: Any, page: Any) -> None:
        frame(page)
        page.write_row(3, 0, ["一级指标", "二级指标", "三级指标", "指标值"])
        page.write_row(4, 0, ["产出指标", "数量指标", "完成率"])
        page.write_formula(4, 3, "=100%", None, 1)

    assert [i.full_year for i in book(tmp_path / "a.xlsx", fill).form.indicators] == ["=100%"]


def test_a_sum_that_was_not_calculated_anew_is_told(tmp_path: Path) -> None:
    def fill(made: Any, page: Any) -> None:
        frame(page)
        page.write_row(3, 0, ["支出明细", "子项目", "全年预算数（元）"])
        page.write_row(4, 1, ["清淤", 40000])
        page.write_row(5, 1, ["运输", 20000])
        page.write(6, 1, "合计")
        page.write_formula(6, 2, "=SUM(C5:C6)", made.add_format({"num_format": "#,##0"}), 55000)

    (finding,) = said(book(tmp_path / "a.xlsx", fill), "CV305")
    assert "应为60000，文件里保存的是55,000" in finding.message.zh
    assert str(finding.locator) == "申报表!C7"


def test_a_formula_without_a_result_is_worked_out_or_told(tmp_path: Path) -> None:
    def fill(_made: Any, page: Any) -> None:
        frame(page)
        page.write_formula(1, 1, "=C5*C6/10000", None, "")  # it stands above its cells
        page.write_row(4, 0, ["备注", "", 3])
        page.write_row(5, 0, ["说明", "", 20000])
        page.write_formula(6, 1, "=VLOOKUP(A1,A:B,2)", None, "")

    project = book(tmp_path / "a.xlsx", fill)
    assert project.form.totals[0].yuan == 60000
    told = [(str(f.locator), f.severity.value) for f in said(project, "CV611")]
    assert told == [("申报表!B2", "notice"), ("申报表!B7", "warning")]


def test_hidden_rows_columns_and_sheets_are_read_and_named(tmp_path: Path) -> None:
    def fill(made: Any, page: Any) -> None:
        frame(page)
        page.write_row(3, 0, ["备注", "另有运费300元", "", "见附件"])
        page.set_row(3, None, None, {"hidden": True})
        page.write(2, 4, "9")
        page.set_column(4, 4, None, None, {"hidden": True})
        made.add_worksheet("目录").activate()
        page.hide()

    project = book(tmp_path / "a.xlsx", fill)
    told = [(str(f.locator), f.severity.value) for f in said(project, "CV609")]
    assert sorted(told) == [("申报表", "warning"), ("申报表!A4", "warning"), ("申报表!E3", "warning")]


def test_what_is_shown_leads_over_what_is_hidden_before_it(tmp_path: Path) -> None:
    def fill(_made: Any, page: Any) -> None:
        page.write_row(0, 0, ["项目名称", "0012", "河道清淤"])
        page.write_row(1, 0, ["项目总金额（万元）", 5, 6])
        page.write_row(2, 0, ["资金计算依据", "", "3公里×2万元/公里=6万元"])
        page.set_column(1, 1, None, None, {"hidden": True})

    project = book(tmp_path / "a.xlsx", fill)
    assert (project.form.name, int(project.form.totals[0].yuan), project.status.value) == ("河道清淤", 60_000, "pass")
    (finding,) = said(project, "CV609")
    assert "未计入，以显示的内容为准：0012 5" in finding.message.zh


def test_a_text_box_is_told(tmp_path: Path) -> None:
    def fill(_made: Any, page: Any) -> None:
        frame(page)
        page.insert_textbox("D2", "另需3万元")

    (finding,) = said(book(tmp_path / "a.xlsx", fill), "CV610")
    assert "另需3万元" in finding.message.zh


def test_a_failed_formula_is_named(tmp_path: Path) -> None:
    def fill(_made: Any, page: Any) -> None:
        frame(page)
        page.write(3, 0, "备注")
        page.write_formula(3, 1, "=B9/0", None, "#DIV/0!")

    (finding,) = said(book(tmp_path / "a.xlsx", fill), "CV611")
    assert "#DIV/0!" in finding.message.zh


def test_only_the_first_of_merged_cells_counts(tmp_path: Path) -> None:
    def fill(made: Any, page: Any) -> None:
        frame(page)
        page.merge_range(2, 1, 2, 3, "3公里×2万元/公里=6万元")
        page.write(2, 2, "旧值5万元", made.add_format())

    basis = book(tmp_path / "a.xlsx", fill).form.basis
    assert basis is not None
    assert basis.text == "3公里×2万元/公里=6万元"


def test_a_workbook_without_a_form_says_what_stands_in_it(tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    made.add_worksheet().write_row(0, 0, ["姓名", "项目的名字", "电话"])
    made.close()
    (item,) = read_path(tmp_path / "a.xlsx")
    assert isinstance(item, InputProblem)
    assert item.code == "CV918"
    assert "项目名称" in item.message_zh
    assert "项目的名字" in item.message_zh


# --- csv -----------------------------------------------------------------------------------

CSV = '项目名称,"清淤, 疏浚"\n项目总金额（万元）,6\n资金计算依据,"3公里×2万元/公里，\n计6万元"\n'


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("gb18030"),
        CSV.encode("utf-16"),
        CSV.replace("\n", "\r\n").replace("，\r\n", "，\n").encode(),
        CSV.replace('称,"清', '称;"清').replace("），".replace("，", ","), "）;").replace('据,"', '据;"').encode(),
        ("sep=,\n" + CSV).encode(),
        CSV.replace('称,"清', '称\t"清').replace("）,", "）\t").replace('据,"', '据\t"').encode(),
    ],
    ids=["utf-8", "bom", "gb18030", "utf-16", "crlf", "semicolons", "sep=", "tabs"],
)
def test_csv_in_its_dialects(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    (form,) = read_path(tmp_path / "a.csv")
    assert isinstance(form, Form)
    assert (form.name, int(form.totals[0].yuan)) == ("清淤, 疏浚", 60_000)
    assert form.basis is not None
    assert form.basis.text == "3公里×2万元/公里，\n计6万元"
    assert str(form.basis.locator) in ("row 3, cell 2", "row 4, cell 2")


# --- pages ---------------------------------------------------------------------------------

BASIS = "<td>3公里×2万元/公里=6万元"
# A page, and the basis that is read from it.
PAGES = {
    "plain": (f"<table><tr><td>项目名称<td>清淤<tr><td>资金计算依据{BASIS}</table>", "3公里×2万元/公里=6万元"),
    "breaks": (
        "<table><tr><td>项目名称<td>清淤<tr><td>资金计算依据<td>一、3公里×2万元<br>二、<p>4万元</p></table>",
        "一、3公里×2万元\n二、\n4万元",
    ),
    "entities": (
        "<table><tr><td>项目名称<td>清淤<tr><td>资金计算依据<td>3&times;2&nbsp;万元&lt;p&gt;</table>",
        "3×2 万元<p>",
    ),
    "raised": (
        "<table><tr><td>项目名称<td>清淤<tr><td>资金计算依据<td>60m<sup>2</sup>×5元/m<sup>2</sup></table>",
        "60m²×5元/m²",
    ),
    "spans": (
        "<table><tr><td rowspan=2>基本情况<td>项目名称<td>清淤<tr><td>项目总金额（元）<td>6"
        f"<tr><td colspan=2>资金计算依据{BASIS}</table>",
        "3公里×2万元/公里=6万元",
    ),
    "a table in a cell": (
        "<table><tr><td>项目名称<td>清淤<tr><td>资金计算依据<td><table><tr><td>内容<td>金额（元）<tr><td>清淤<td>6</table></table>",
        "内容\t金额（元）\n清淤\t6",
    ),
    "a table for the layout": (
        f"<table><tr><td><table><tr><td>项目名称<td>清淤<tr><td>资金计算依据{BASIS}</table></table>",
        "3公里×2万元/公里=6万元",
    ),
    "paragraphs": ("<html><body><p>项目名称：清淤</p><div>资金计算依据：3×2万元=6万元</div>", "3×2万元=6万元"),
    "scripts": (
        "<html><style>td {}</style><script>document.write('x')</script>"
        f"<table><tr><td>项目名称<td>清淤<tr><td>资金计算依据{BASIS}<script>alert(1)</script></table>",
        "3公里×2万元/公里=6万元",
    ),
    "a workbook in XML": (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        "<DocumentProperties><Author>甲</Author></DocumentProperties><Worksheet ss:Name='表'><Table>"
        "<Row><Cell><Data ss:Type='String'>项目名称</Data></Cell><Cell><Data ss:Type='String'>清淤</Data></Cell></Row>"
        "<Row><Cell><Data ss:Type='String'>项目总金额（元）</Data></Cell>"
        "<Cell><Data ss:Type='Number'>0.30000000000000004</Data></Cell></Row>"
        "<Row><Cell><Data ss:Type='String'>资金计算依据</Data></Cell>"
        "<Cell ss:MergeAcross='2'><Data ss:Type='String'>3×2万元</Data></Cell></Row></Table></Worksheet></Workbook>",
        "3×2万元",
    ),
}


@pytest.mark.parametrize(("page", "basis"), PAGES.values(), ids=PAGES)
def test_a_page(page: str, basis: str) -> None:
    (form,) = read_stream(page.encode())
    assert isinstance(form, Form)
    assert form.name == "清淤"
    assert form.basis is not None
    assert form.basis.text == basis


def test_a_page_in_the_encoding_that_it_names() -> None:
    page = f'<html><meta charset="gb2312"><table><tr><td>项目名称<td>清淤<tr><td>资金计算依据{BASIS}</table>'
    for encoding in ("gb18030", "utf-8", "utf-8-sig", "utf-16"):
        said_so = page.replace("gb2312", "utf-8" if encoding != "gb18030" else "gb2312")
        (form,) = read_stream(said_so.encode(encoding))
        assert isinstance(form, Form)
        assert form.name == "清淤"


def test_cells_that_cover_a_million_columns_take_no_room() -> None:
    page = "<table>" + "<tr><td rowspan=99999 colspan=99999>a" * 5000 + "</table>"
    (item,) = read_stream(page.encode())
    assert isinstance(item, InputProblem)
