"""Formulas of workbooks: what they give, exactly; that what they give is what an office program gives."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlrd
import xlsxwriter
import xlwt
from hypothesis import given as given_
from hypothesis import strategies as st

from calcverify import check_file
from calcverify.readers.cell_names import Position, position
from calcverify.readers.formula import Book, Kept, shown_value
from calcverify.readers.formula_values import Fault
from calcverify.readers.xls_formulas import formulas_in
from calcverify.readers.xls_tokens import Strange, text_of
from calcverify.report.model import Project
from calcverify.source import Locator
from tests.office_files import converted

Cells = dict[str, Any]
CELLS: dict[str, Cells] = {
    "表": {"A1": 3, "A2": 4, "A3": "设备", "A4": "12", "B1": 2, "B2": 0.5, "B3": "甲", "B4": "甲", "B5": "乙"}
    | {"C3": 10, "C4": 20, "C5": 40, "C6": "1,200.50", "D1": "#REF!", "E1": True},
    "附表1": {"B1": 0.06, "C5": 7},
    "附表 2": {"A1": 9},
}
CASES = [
    (formula.strip(), given.partition(" #")[0].strip())
    for line in (Path(__file__).parent / "cases" / "formulas.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
    for formula, _, given in [line.partition("⇒")]
]


def book_of(sheets: dict[str, Cells]) -> Book:
    """Cells as a reader tells of them; a text with = is a formula without a result."""
    book = Book()
    book.names = {"税率": "附表1!$B$1"}
    for title, cells in sheets.items():
        sheet = book.sheet_of(title)
        for name, value in cells.items():
            at = position(name)
            assert at is not None
            if isinstance(value, bool):
                sheet.truth(at, value)
            elif not isinstance(value, str):
                sheet.number(at, Decimal(str(value)))
            elif value.startswith("="):
                sheet.add(at, value[1:], Kept())
            else:
                sheet.text(at, value, fault=value.startswith("#"))
    return book


def given(cells: Cells, name: str = "Z9", others: dict[str, Cells] | None = None) -> str:
    """What a formula gives, ``?`` where it is not worked out."""
    at = position(name)
    assert at is not None
    value = book_of({"表": cells, **(others or {})}).sheet_of("表").result(at)
    return "?" if isinstance(value, Fault) else shown_value(value)


@pytest.mark.parametrize(("formula", "expected"), CASES)
def test_what_a_formula_gives(formula: str, expected: str) -> None:
    others = {title: cells for title, cells in CELLS.items() if title != "表"}
    assert given(CELLS["表"] | {"Z9": formula}, others=others) == expected


@pytest.mark.slow
def test_an_office_program_gives_the_same(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, cells in CELLS.items():
        page = made.create_sheet(title)
        for name, value in cells.items():
            page[name] = value
            if isinstance(value, str):
                page[name].data_type = "e" if value.startswith("#") else "s"
    made.defined_names.add(openpyxl.workbook.defined_name.DefinedName("税率", attr_text="附表1!$B$1"))
    page = made["表"]
    known = [(formula, expected) for formula, expected in CASES if expected != "?"]
    for number, (formula, _) in enumerate(known, 10):
        page.cell(number, 30).value = formula
    made.save(tmp_path / "a.xlsx")
    calculated = openpyxl.load_workbook(converted(tmp_path / "a.xlsx", "xlsx"), data_only=True)["表"]
    told = [calculated.cell(number, 30).value for number in range(10, 10 + len(known))]
    assert [said(value) for value in told] == [expected for _, expected in known]


def said(value: object) -> str:
    """A value of openpyxl as a person reads it, without the noise of binary fractions."""
    if isinstance(value, bool) or value is None:
        return str(value or "").upper()
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def test_a_long_chain_is_worked_out_and_a_ring_is_not() -> None:
    chain: Cells = {"A1": 1} | {f"A{row}": f"=A{row - 1}+1" for row in range(2, 3000)}
    assert given(chain, "A2999") == "2999"
    ring: Cells = {"A1": "=A400"} | {f"A{row}": f"=A{row - 1}+1" for row in range(2, 401)}
    assert [given(ring, name) for name in ("A1", "A200", "A400")] == ["?", "?", "?"]
    assert given({"A1": "=B1", "B1": "=C1*2", "C1": "=B1"}, "A1") == "?"


HOSTILE = {
    "brackets": "=" + "(" * 900 + "1" + ")" * 900,
    "functions": "=" + "SUM(" * 400 + "1" + ")" * 400,
    "powers": "=9^9^9^9",
    "large": "=10^60",
    "long": "=" + "+".join("1" * 1500),
    "quote": '="' + '"' * 1500,
}


@pytest.mark.parametrize("formula", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_formula_is_not_worked_out(formula: str) -> None:
    assert given({"Z9": formula}) == "?"


def test_the_work_of_a_workbook_is_bounded() -> None:
    cells: Cells = {f"A{row}": f"=SUM(A{row + 1}:A4000)" for row in range(1, 4000)} | {"A4000": 1}
    assert given(cells, "A1") == "?"
    squares: Cells = {f"A{row}": f"=A{row + 1}*A{row + 1}" for row in range(1, 300)} | {"A300": 3}
    assert given(squares, "A1") == "?"


def test_a_subtotal_over_hidden_rows_or_subtotals_is_not_worked_out() -> None:
    cells: Cells = {
        "A1": 1,
        "A2": 2,
        "A3": "=SUBTOTAL(9,A1:A2)",
        "A4": "=SUBTOTAL(9,A1:A3)",
        "A5": "=SUBTOTAL(9,A1:A2)+1",
    }
    assert [given(cells, name) for name in ("A3", "A4", "A5")] == ["3", "?", "4"]
    book = book_of({"表": cells})
    book.sheet_of("表").hidden_rows.add(2)
    at = position("A3")
    assert at is not None
    assert isinstance(book.sheet_of("表").result(at), Fault)


# A formula, its kept result, and what is told of it.
KEPT: list[tuple[str, str, str]] = [
    ("SUM(A1:A2)", "7", ""),
    ("SUM(A1:A2)", "8", "7"),
    ("A1/A2", "0.75000000000000011", ""),
    ("123456789.12-123456789.11", "0.010000005364418", ""),  # what binary fractions leave of a difference
    ("0.3-0.1-0.2", "-2.7755575615628914E-17", ""),
    ("ROUND(1.005*100,0)", "100", ""),  # 100.49999… or 100.5
    ("ROUND(1.005*100,0)", "99", "101"),
    ("INT(0.29*100)", "28", ""),
    ("ROUNDUP(1.1*10,0)", "12", ""),
    ("VLOOKUP(1,A:B,2)", "8", ""),
    ("A1*A3", "8", ""),  # nothing is known of a text that is no number
]


@pytest.mark.parametrize(("formula", "kept", "told"), KEPT)
def test_a_kept_result_is_held_against_its_formula(formula: str, kept: str, told: str) -> None:
    sheet = book_of(CELLS).sheet_of("表")
    at = position("Z9")
    assert at is not None
    sheet.add(at, formula, Kept.of(kept, Decimal(kept)))
    assert [(r.kind, r.more) for _, r in sheet.remarks(place)] == ([("stale", told)] if told else [])


def place(row: int, column: int) -> Locator:
    return Locator(row=row, cell=str(column + 1))


def test_a_workbook_that_computes_with_what_it_shows_is_not_accused() -> None:
    book = book_of(CELLS)
    book.exact = False
    at = position("Z9")
    assert at is not None
    book.sheet_of("表").add(at, "A1/7", Kept.of("0.43", Decimal("0.43")))
    assert list(book.sheet_of("表").remarks(place)) == []


# --- workbooks ---------------------------------------------------------------------------

Fill = Callable[[Any, Any], None]


def project_of(path: Path, fill: Fill) -> Project:
    """The one project of a workbook that ``fill(book, page)`` writes below its name and its basis."""
    made = xlsxwriter.Workbook(path)
    page = made.add_worksheet("申报表")
    page.write_row(0, 0, ["项目名称", "河道清淤"])
    page.write_row(1, 0, ["资金计算依据", "3公里×2万元/公里=6万元"])
    fill(made, page)
    made.close()
    report = check_file(path)
    assert not report.problems
    (project,) = report.projects
    return project


def codes(project: Project) -> list[tuple[str, str, str]]:
    """What is said of formulas: the code, the place, the severity."""
    told = [f for f in project.findings if f.code in ("CV305", "CV611")]
    return [(f.code, str(f.locator), f.severity.value) for f in told]


def test_a_total_is_taken_from_a_sheet_behind_it(tmp_path: Path) -> None:
    def fill(made: Any, page: Any) -> None:
        page.write(2, 0, "项目总金额（万元）")
        page.write_formula(2, 1, "=ROUND(SUMPRODUCT('测算 表'!B2:B3,'测算 表'!C2:C3)/10000,2)", None, "")
        other = made.add_worksheet("测算 表")
        for number, row in enumerate(
            [["支出内容", "数量", "单价（元）", "金额（元）"], ["清淤", 3, 15000], ["运输", 1, 15000]]
        ):
            other.write_row(number, 0, row)
            if number:
                other.write_formula(number, 3, f"=B{number + 1}*C{number + 1}", None, "")

    project = project_of(tmp_path / "a.xlsx", fill)
    assert project.form.totals[0].yuan == Fraction(60_000)
    assert project.status.value == "pass"
    assert codes(project) == [("CV611", place, "notice") for place in ("申报表!B3", "测算 表!D2", "测算 表!D3")]


def test_a_zero_that_a_program_put_in_place_of_a_result_is_none(tmp_path: Path) -> None:
    def fill(_made: Any, page: Any) -> None:
        page.write_row(2, 0, ["项目总金额（万元）"])
        page.write_formula(2, 1, "=3*2")  # xlsxwriter writes 0 beside it
        page.write_row(3, 0, ["上年结转（万元）"])
        page.write_formula(3, 1, "=A9*2")  # 0 indeed

    project = project_of(tmp_path / "a.xlsx", fill)
    assert project.form.totals[0].yuan == Fraction(60_000)
    assert codes(project) == [("CV611", "申报表!B3", "notice")]


def test_a_formula_that_gives_nothing_is_not_told(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in (
        ["项目名称", "河道清淤"],
        ["项目总金额（万元）", 6],
        ["资金计算依据", "3公里×2万元/公里=6万元"],
        ["备注", '=IF(C9="","",C9*2)'],
    ):
        page.append(row)
    made.save(tmp_path / "a.xlsx")
    (project,) = check_file(tmp_path / "a.xlsx").projects
    assert codes(project) == []


def test_figures_kept_as_text_that_a_sum_leaves_out_are_told(tmp_path: Path) -> None:
    def fill(_made: Any, page: Any) -> None:
        page.write_row(2, 0, ["项目总金额（元）", 60000])
        page.write_row(3, 0, ["支出明细", "子项目", "2031"])  # a year over the figures is none of them
        page.write_string(4, 2, "40,000 ")
        page.write_row(5, 2, [15000])
        page.write_string(6, 2, "5000")
        page.write_string(7, 2, "无")
        page.write_formula(8, 2, "=SUM(C4:C8)", None, 15000)
        page.write_formula(9, 2, "=C5+C7", None, 45000)

    project = project_of(tmp_path / "a.xlsx", fill)
    (finding,) = [f for f in project.findings if f.code == "CV307"]
    assert str(finding.locator) == "申报表!C9"
    assert "C5（40,000）、C7（5000）" in finding.message.zh
    assert project.status.value == "review"


def old_workbook(path: Path, formula: str) -> Path:
    """A workbook of Excel 97 whose total (B2) is a formula over its second sheet, without a result."""
    made = xlwt.Workbook(encoding="utf-8")
    page, other = made.add_sheet("申报表"), made.add_sheet("测算 表")
    for row, (label, text) in enumerate([("项目名称", "河道清淤"), ("资金计算依据", "3公里×2万元/公里=6万元")]):
        page.write(row * 2, 0, label)
        page.write(row * 2, 1, text)
    page.write(1, 0, "项目总金额（万元）")
    page.write(1, 1, xlwt.Formula(formula))
    for row, amount in enumerate((40000, 15000, 5000)):
        other.write(row, 0, amount)
    made.save(str(path))
    return path


OLD = "ROUND(SUM('测算 表'!A1:A3)/10000,2)-('测算 表'!A9-0)"


def test_formulas_of_an_old_workbook_are_worked_out(tmp_path: Path) -> None:
    (project,) = check_file(old_workbook(tmp_path / "a.xls", OLD)).projects
    assert project.form.totals[0].yuan == Fraction(60_000)
    assert codes(project) == [("CV611", "申报表!B2", "notice")]


def test_a_kept_result_of_an_old_workbook_is_held_against_its_formula(tmp_path: Path) -> None:
    data = old_workbook(tmp_path / "a.xls", OLD).read_bytes()
    nothing = b"\x03" + b"\0" * 5 + b"\xff\xff"
    assert data.count(nothing) == 1
    for kept, told in ((5.5, [("CV305", "申报表!B2", "warning")]), (6.0, [])):
        (tmp_path / "b.xls").write_bytes(data.replace(nothing, struct.pack("<d", kept)))
        (project,) = check_file(tmp_path / "b.xls").projects
        assert codes(project) == told


@pytest.mark.slow
def test_tokens_of_an_old_workbook_are_the_text_that_was_typed(tmp_path: Path) -> None:
    typed = [
        "A1-(B1-1)",
        "A1/(B1*2)",
        "-(A1+B1)",
        "2^(1+1)",
        "(A1+B1)%",
        "A1-B1-(A2-(B2-1))",
        'IF(A1>2,"大",ROUND(A2/3,2))',
    ]
    typed += ["SUM(A1,,A2)", "'附表 2'!A1+SUM('附表 2'!A1:B3)", 'SUMIF(A1:A3,">1",B1:B3)', 'A1&"人"', "TRUE"]
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    made.create_sheet("附表 2")["A1"] = 5
    for row, formula in enumerate(typed, 1):
        page.cell(row, 5).value = f"={formula}"
        page.cell(row, 6).value = f"=A{row}*B{row}"
    made.save(tmp_path / "a.xlsx")
    path = converted(tmp_path / "a.xlsx", "xls")
    book = xlrd.open_workbook(path, on_demand=True)
    read = {at: text for at, text, _ in formulas_in(book, 0)}
    assert [read[Position(row, 4)] for row in range(1, len(typed) + 1)] == typed
    assert [read[Position(row, 5)] for row in range(1, len(typed) + 1)] == [
        f"A{row}*B{row}" for row in range(1, len(typed) + 1)
    ]


class _Names:
    """A workbook without sheets and names."""

    name_obj_list: tuple[()] = ()


@given_(st.binary(max_size=60))
def test_damaged_tokens_are_not_read(tokens: bytes) -> None:
    with contextlib.suppress(Strange, struct.error, IndexError, KeyError, ValueError, TypeError, AttributeError):
        assert len(text_of(_Names(), tokens, Position(1, 0))) <= 2000


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods", "fods", "xls"])
def test_what_an_office_program_calculated_is_not_accused(tmp_path: Path, kind: str) -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = "申报表"
    other = made.create_sheet("附表1")
    for name, value in (("税率", 0.06), ("单价", 1234.56), ("数量", 17)):
        other.append([name, value])
    for row in (
        ["项目名称", "河道清淤"],
        ["项目总金额（元）", "=ROUND(附表1!B2*附表1!B3*(1+附表1!B1),2)"],
        ["资金计算依据", "17台×1234.56元/台×106%=22246.77元"],
        ["备注", '=IF(B2>0,SUM(B2,附表1!B2:B3)/3,"")'],
    ):
        page.append(row)
    made.save(tmp_path / "a.xlsx")
    (project,) = check_file(converted(tmp_path / "a.xlsx", kind)).projects
    assert codes(project) == []
    assert [str(total.yuan) for total in project.form.totals] == ["2224677/100"]
    assert project.status.value == "pass"
