"""The same forms in every kind of file: the same claims, verdicts and findings; only the places differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from calcverify import check_file
from tests.made_files import (
    EXAMPLE,
    Sheet,
    forms_in,
    sheet_of,
    stacked,
    told,
    write_csv,
    write_html,
    write_ods,
    write_xls,
    write_xlsx,
)
from tests.office_files import converted

Writer = Callable[[Path, Sequence[Sheet]], Path]
WRITERS: dict[str, Writer] = {
    "xlsx": write_xlsx,
    "xls": write_xls,
    "ods": write_ods,
    "csv": write_csv,
    "html": write_html,
}

FORMS = [sheet_of(form) for form in forms_in()]
TOLD = [told(project) for project in check_file(EXAMPLE).projects]


@pytest.mark.parametrize("sheets", [FORMS, [stacked(FORMS)]], ids=["a sheet each", "one sheet"])
@pytest.mark.parametrize("kind", WRITERS)
def test_the_example_reads_the_same(tmp_path: Path, kind: str, sheets: Sequence[Sheet]) -> None:
    report = check_file(WRITERS[kind](tmp_path / f"forms.{kind}", sheets))
    assert not report.problems
    assert [told(project) for project in report.projects] == TOLD


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xls", "ods", "html", "xlsx"])
def test_files_that_an_office_program_wrote_read_the_same(tmp_path: Path, kind: str) -> None:
    writer = write_xls if kind == "xlsx" else write_xlsx
    made = writer(tmp_path / ("forms.xls" if kind == "xlsx" else "forms.xlsx"), FORMS)
    report = check_file(converted(made, kind))
    assert not report.problems
    # A page has the name of the next sheet below each table, which the last text takes in.
    left_out = {"narratives"} if kind == "html" else set[str]()
    assert [kept(told(project), left_out) for project in report.projects] == [kept(one, left_out) for one in TOLD]


def kept(said: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    """What is said of a project without some of it."""
    return {key: value for key, value in said.items() if key not in left_out}
