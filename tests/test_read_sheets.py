"""The same forms in every kind of file: the same claims, verdicts and findings; only the places differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

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
