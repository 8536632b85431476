"""The worked document as Word file and as PDF: claims, verdicts and findings are those of the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from calcverify import check_file
from tests.forms.plan import Plan
from tests.forms.reading import misreadings
from tests.made_files import EXAMPLE, Sheet, forms_in, sheet_of, told
from tests.office_files import converted, write_docx, write_printable_xlsx
from tests.pdf_files import write_pdf
from tests.test_read_templates import BASIS, LAYOUTS, SHEETS, forms_of, rows

Writer = Callable[[Path, Sequence[Sheet]], Path]

FORMS = [sheet_of(form) for form in forms_in()]
TOLD = [told(project) for project in check_file(EXAMPLE).projects]


def said(path: Path) -> list[dict[str, Any]]:
    report = check_file(path)
    assert not report.problems
    return [told(project) for project in report.projects]


def test_the_example_as_a_word_file(tmp_path: Path) -> None:
    assert said(write_docx(tmp_path / "forms.docx", FORMS)) == TOLD


def test_the_example_as_pdf(tmp_path: Path) -> None:
    assert said(write_pdf(tmp_path / "forms.pdf", FORMS)) == TOLD


@pytest.mark.parametrize(("plan", "sheet"), SHEETS)
@pytest.mark.parametrize("write", [write_docx, write_pdf])
def test_every_field_of_a_template_is_found(tmp_path: Path, write: Writer, plan: Plan, sheet: Sheet) -> None:
    if write is write_pdf:
        plan, sheet = drawable(plan, sheet)
    assert misreadings(plan, forms_of(write(tmp_path / "form", [sheet]))) == []


def drawable(plan: Plan, sheet: Sheet) -> tuple[Plan, Sheet]:
    """The form with the sign that the font of the drawn pages has for ✕."""
    rows = (tuple(cell._replace(text=cell.text.replace("✕", "×")) for cell in row) for row in sheet.rows)
    basis = plan.basis.replace("✕", "×") if plan.basis is not None else None
    return replace(plan, basis=basis), sheet._replace(rows=tuple(rows))


# A margin of empty cells is a thing of workbooks.
DRAWN = {name: layout for name, layout in LAYOUTS.items() if name != "a margin"}


@pytest.mark.parametrize("layout", DRAWN.values(), ids=DRAWN)
@pytest.mark.parametrize("write", [write_docx, write_pdf])
def test_a_label_is_found_wherever_it_stands(tmp_path: Path, write: Writer, layout: tuple[str, ...]) -> None:
    (form,) = forms_of(write(tmp_path / "form", [rows(*layout)]))
    assert form.basis is not None
    assert (form.name, form.basis.text) == ("河道清淤", BASIS)
    assert [int(total.yuan) for total in form.totals] == [60_000]


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
