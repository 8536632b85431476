"""The CSV report: a row a claim and a finding, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcverify.cli.output import deliver
from calcverify.report.csv import COLUMNS, safe
from calcverify.report.formats import format_named, rendered
from calcverify.report.model import Report
from tests.lived import lived
from tests.made import endless, report
from tests.test_report_hostile import filled


def table(made: Report, lang: str = "en") -> list[dict[str, str]]:
    """The rows of a report as a reader of CSV gets them."""
    return list(csv.DictReader(io.StringIO(rendered(made, format_named("csv"), lang)), strict=True))


def test_every_claim_and_finding_has_a_row_and_no_project_is_lost() -> None:
    made = report()
    rows = table(made)
    kinds = [row["row"] for row in rows]
    assert kinds.count("claim") == sum(len(p.claims) for p in made.projects)
    assert kinds.count("finding") == sum(len(p.findings) for p in made.projects)
    assert kinds.count("error") == 2
    assert {row["project"] for row in rows} >= {p.form.id for p in made.projects}
    assert [row["status"] for row in rows if row["row"] == "project"] == ["no-formula"]


def test_numbers_are_exact() -> None:
    rows = [row for row in table(report()) if row["row"] == "claim"]
    claims = [c for p in report().projects for c in p.claims]
    for row, claim in zip(rows, claims, strict=True):
        assert claim.computed is not None
        assert Fraction(row["computed"]) == claim.computed.value
        assert (Fraction(row["difference"]) if row["difference"] else None) == claim.difference
    assert table(Report((endless(),)))[0]["computed"] == "160000/3"


def test_heads_and_words_are_chinese_in_chinese() -> None:
    rows = table(lived(), "zh")
    assert list(rows[0]) == list(COLUMNS.values())
    wrong = next(row for row in rows if row["规则"] == "CV101")
    assert (wrong["类别"], wrong["结论"], wrong["计入结论"], wrong["程度"]) == ("问题", "需复核", "通过", "错误")
    assert (wrong["说明"], wrong["说明有效期"], wrong["原文"]) == ("单价含运费 <见合同>", "2027-12-31", "3.6万元")
    assert [row["已知"] for row in rows if row["规则"] == "CV110"] == ["是"]
    assert list(table(lived())[0]) == list(COLUMNS)


# What stands in a form ⇒ what stands in the cell.
CELLS = [
    ("=1+1", "'=1+1"),
    ("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"),
    ("+86 10", "'+86 10"),
    ("-5+3", "'-5+3"),
    ("-5", "-5"),
    ("-2/3", "-2/3"),
    ("-0.5", "-0.5"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1+1", "' =1+1"),
    ("\r\n=1+1", "'  =1+1"),
    ("　=1+1", "'　=1+1"),
    ("＝1+1", "'＝1+1"),
    ("|calc", "'|calc"),
    ("3×5=15", "3×5=15"),
    ("甲\n乙", "甲 乙"),
    ("a\x00\u202eb", "a<U+0000><U+202E>b"),
    ('"', '"'),
    ("", ""),
]


@pytest.mark.parametrize(("text", "cell"), CELLS)
def test_a_cell_is_text_and_no_formula(text: str, cell: str) -> None:
    assert safe(text) == cell


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_no_cell_of_a_hostile_report_begins_a_formula(text: str) -> None:
    rows = table(filled(text))
    cells = [cell for row in rows for cell in row.values()]
    assert all(cell.lstrip()[:1] not in tuple("=@+|＝＠＋－") for cell in cells)
    assert all(Fraction(cell) for cell in cells if cell.lstrip().startswith("-"))
    assert all("\n" not in cell for cell in cells)
    assert len(rows) == 7
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_a_file_begins_with_a_mark_that_spreadsheets_know(tmp_path: Path) -> None:
    deliver(report(), format_named("csv"), "zh", tmp_path / "report.csv")
    assert (tmp_path / "report.csv").read_bytes().startswith(b'\xef\xbb\xbf"')
    deliver(report(), format_named("json"), "zh", tmp_path / "report.json")
    assert (tmp_path / "report.json").read_bytes().startswith(b"{")
