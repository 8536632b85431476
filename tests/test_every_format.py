"""The worked document as Word file and as PDF: claims, verdicts and findings are those of the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from calcverify import check_file
from tests.made_files import EXAMPLE, forms_in, sheet_of, told
from tests.office_files import converted, write_docx, write_printable_xlsx

FORMS = [sheet_of(form) for form in forms_in()]
TOLD = [told(project) for project in check_file(EXAMPLE).projects]


def said(path: Path) -> list[dict[str, Any]]:
    report = check_file(path)
    assert not report.problems
    return [told(project) for project in report.projects]


def test_the_example_as_a_word_file(tmp_path: Path) -> None:
    assert said(write_docx(tmp_path / "forms.docx", FORMS)) == TOLD


@pytest.mark.slow
def test_the_example_as_pdf_from_word(tmp_path: Path) -> None:
    assert said(converted(write_docx(tmp_path / "forms.docx", FORMS), "pdf")) == TOLD


@pytest.mark.slow
def test_the_example_as_pdf_from_excel(tmp_path: Path) -> None:
    assert said(converted(write_printable_xlsx(tmp_path / "forms.xlsx", FORMS), "pdf")) == TOLD


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_the_example_as_an_older_document(tmp_path: Path, kind: str) -> None:
    assert said(converted(write_docx(tmp_path / "forms.docx", FORMS), kind)) == TOLD
