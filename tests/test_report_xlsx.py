"""The workbook: what stands in its cells, where its links lead, and what no form can put into it."""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from calcverify.api import check_file, check_text
from calcverify.cli import main
from calcverify.errors import UsageError
from calcverify.report.formats import format_named, rendered
from calcverify.report.model import Report
from calcverify.report.xlsx import as_number, render
from calcverify.verify.model import Explained
from tests.made import failing, passing, report
from tests.test_report_hostile import ATTACKS, IDS, filled

EXAMPLE = Path(__file__).parent.parent / "examples" / "jiangyin-2022.txt"


def opened(checked: Report, lang: str = "zh") -> Workbook:
    """The workbook as a spreadsheet reads it."""
    return openpyxl.load_workbook(io.BytesIO(render(checked, lang)))


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a sheet by their heads; what is empty is ``None``."""
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def example() -> Workbook:
    """The bundled example as a workbook."""
    return opened(check_file(EXAMPLE))


def test_a_sheet_for_projects_claims_findings_and_what_was_not_read(example: Workbook) -> None:
    assert example.sheetnames == ["汇总", "核对明细", "问题清单", "未读取"]
    assert opened(report(), "en").sheetnames == ["Summary", "Claims", "Findings", "Not read"]
    checked = check_file(EXAMPLE)
    assert example["汇总"].max_row == 1 + len(checked.projects)
    assert example["核对明细"].max_row == 1 + sum(len(p.claims) for p in checked.projects)
    assert example["问题清单"].max_row == 1 + sum(len(p.findings) for p in checked.projects)


def test_amounts_are_numbers_with_the_text_of_the_form_beside_them(example: Workbook) -> None:
    (row,) = [r for r in table(example["汇总"]) if r["结论"] == "有误"]
    assert (row["填报（元）"], row["填报（原单位）"]) == (273450000, "27345万元")
    assert (row["测算（元）"], row["测算（原单位）"]) == (309451340, "30945.134万元")
    assert (row["相差（元）"], row["相差（原单位）"]) == (-36001340, "−3600.134万元")
    assert (row["错误"], row["警告"]) == (2, 2)
    assert row["覆盖率（金额）"] == 0.839


def test_codes_stay_text_and_keep_all_their_digits(example: Workbook) -> None:
    (row,) = [r for r in table(example["汇总"]) if r["结论"] == "有误"]
    assert row["编码"] == "320281223230023000007"


def test_findings_lead_to_their_claim_and_back(example: Workbook) -> None:
    findings, claims = example["问题清单"], example["核对明细"]
    cells = [cell for sheet in (findings, claims) for row in sheet.iter_rows() for cell in row]
    links = {(c.parent.title, c.coordinate): c.hyperlink.location or "" for c in cells if c.hyperlink}
    wrong = [row for row in findings.iter_rows(min_row=2) if row[0].value == "错误"]
    assert len(wrong) == 2
    for row in wrong:
        target = re.fullmatch(r"'核对明细'!A(\d+)", links["问题清单", row[5].coordinate])
        assert target
        claim = claims[int(target[1])]
        assert (claim[2].value, str(claim[1].value)) == ("不一致", row[5].value)
        back = re.fullmatch(r"'问题清单'!A(\d+)", links["核对明细", claim[14].coordinate])
        assert back
        assert int(back[1]) == row[0].row


def test_what_was_not_read_is_listed_with_its_reason() -> None:
    rows = table(opened(report())["未读取"])
    assert [(r["类别"], r["文件"], r["内容"], r["原因"]) for r in rows] == [
        ("未能读取的输入", "notes.jsonl", "CV907", "不是一条完整的 JSON 记录"),
        ("calcverify 自身出错、未能核对的输入", "odd.txt", None, "calcverify 自身出错"),
        ("不参与测算", "forms.txt", "2026年", "年份"),
        ("未读懂", "forms.txt", "8万元", "背景数字"),
    ]


def test_explained_findings_keep_their_reason() -> None:
    project = failing()
    first, *rest = project.findings
    explained = first._replace(suppressed=Explained("以合同为准", "2026-12-31"))
    (row, *_) = table(opened(Report((project._replace(findings=(explained, *rest)),)))["问题清单"])
    assert (row["已说明"], row["说明有效期"]) == ("以合同为准", "2026-12-31")


def test_heads_stay_in_view_and_every_sheet_prints_on_a4(example: Workbook) -> None:
    for sheet in example.worksheets:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$1"


def test_colours_follow_the_words(example: Workbook) -> None:
    rules = [rule.formula for found in example["核对明细"].conditional_formatting for rule in found.rules]
    assert ['"不一致"'] in rules


def test_the_workbook_is_the_same_every_time() -> None:
    assert render(report()) == render(report())


@pytest.mark.parametrize("text", ATTACKS, ids=IDS)
def test_nothing_of_a_form_is_run_or_breaks_the_file(text: str) -> None:
    data = render(filled(text))
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(len(str(cell.value).encode("utf-16-le")) // 2 <= 32_767 for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        written = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels")))
    assert "<f>" not in written
    assert 'TargetMode="External"' not in written
    assert not re.search(r"_x00[01][0-9A-F]_", written)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "＝1"])
def test_text_that_looks_like_a_formula_stays_text_when_the_cell_is_edited(text: str) -> None:
    project = passing()
    book = opened(Report((project._replace(form=project.form._replace(id=text)),)))
    (cell,) = [c for c in book["汇总"][2] if c.value == text]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_a_number_too_large_for_a_spreadsheet_is_told_as_text_only() -> None:
    assert as_number(Fraction(10) ** 400) is None
    assert as_number(Fraction(1, 3)) == 1 / 3


def test_a_workbook_goes_to_a_file_only(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["text", "3×2万元=6万元", "--format", "xlsx"]) == 2
    captured = capsysbinary.readouterr()
    assert captured.out == b""
    assert "--output report.xlsx" in captured.err.decode()
    target = tmp_path / "r.xlsx"
    assert main(["text", "3×2万元=6万元", "--format", "xlsx", "--output", str(target)]) == 0
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "form"), [("r.xlsx", "text"), ("r.html", "text"), ("r.HTM", "json"), ("r.html", "xlsx")]
)
def test_text_is_not_written_under_the_name_of_a_workbook_or_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, form: str
) -> None:
    """A spreadsheet would say that the file is damaged."""
    target = tmp_path / name
    assert main(["text", "3×2万元=6万元", "--format", form, "--output", str(target)]) == 2
    assert "--format " + ("xlsx" if name == "r.xlsx" else "html") in capsys.readouterr().err
    assert not target.exists()


def test_the_methods_of_a_report_write_what_the_formats_do(tmp_path: Path) -> None:
    checked = Report((check_text("3×2万元=6万元"),))
    checked.to_excel(tmp_path / "r.xlsx")
    assert (tmp_path / "r.xlsx").read_bytes() == render(checked)
    assert checked.to_html("en") == rendered(checked, format_named("html"), "en")


def test_a_format_that_is_no_text_is_not_rendered_as_text() -> None:
    with pytest.raises(TypeError, match="as_bytes"):
        rendered(report(), format_named("xlsx"))


@pytest.mark.parametrize(("module", "name"), [("xlsxwriter", "xlsx"), ("jinja2", "html")])
def test_a_missing_library_names_its_remedy(monkeypatch: pytest.MonkeyPatch, module: str, name: str) -> None:
    import sys

    from calcverify.report import page
    from calcverify.report.formats import as_bytes

    monkeypatch.setitem(sys.modules, module, None)
    page.environment.cache_clear()
    with pytest.raises(UsageError, match=r"pip install 'calcverify\[files\]'"):
        as_bytes(report(), format_named(name))
