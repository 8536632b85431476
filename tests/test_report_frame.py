"""The claims as a DataFrame: stable columns and dtypes, exact values beside floats."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from calcverify.report import frame as module
from calcverify.report.frame import COLUMNS, to_frame
from calcverify.report.model import Report
from tests.made import empty, endless, failing, report

DTYPES = dict(COLUMNS)


@pytest.mark.parametrize("made", [report(), Report((empty(),)), Report(())], ids=["full", "no claims", "no projects"])
def test_columns_and_dtypes_are_the_same_for_every_report(made: Report) -> None:
    frame = to_frame(made)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == DTYPES
    assert list(frame.columns) == list(DTYPES)
    assert len(frame) == sum(len(p.claims) for p in made.projects)


def test_the_page_lists_every_column_with_its_dtype() -> None:
    rows = re.findall(r"^(``.*?)\s*(string|Int64|boolean|float64)\s", module.__doc__ or "", re.MULTILINE)
    listed = {name: dtype for names, dtype in rows for name in re.findall(r"``(\w+)``", names)}
    assert listed == DTYPES


def test_a_row_is_a_claim() -> None:
    frame = to_frame(Report((failing(),)))
    row = frame.iloc[1]
    expected = {
        "project": "330000261230000000002",
        "status": "fail",
        "claim": 1,
        "expression": "360册 × 85元/册",
        "computed": "30600",
        "stated": "36000",
        "difference": "5400",
        "unit": "元",
        "verdict": "mismatch",
        "codes": "CV101",
        "difference_float": 5400.0,
    }
    assert {key: row[key] for key in expected} == expected
    assert frame["factor"][2] == "0.24"
    basis = failing().basis_text
    assert [basis[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == list(frame["text"])


def test_exact_values_read_back_and_floats_are_near() -> None:
    row = to_frame(Report((endless(),))).iloc[0]
    assert Fraction(row["computed"]) == Fraction(160000, 3)
    assert row["computed_float"] == pytest.approx(53333.33, abs=0.01)
    assert row["stated"] is not row["stated"] or row.isna()["stated"]
    assert row.isna()[["stated", "difference", "verdict", "stated_float"]].all()


def test_a_report_shows_itself_in_a_notebook() -> None:
    html = report()._repr_html_()
    assert html is not None
    assert "360册 × 85元/册" in html
