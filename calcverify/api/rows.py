"""The rows of a DataFrame checked one by one, and their outcome as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calcverify.api.given import basis_cell, form_of, is_bare, total_cell
from calcverify.config.model import DEFAULT, Config
from calcverify.errors import UsageError
from calcverify.exact.verdict import Verdict
from calcverify.forms.amounts import check_unit
from calcverify.pipeline import check_form
from calcverify.report.formats import check_language
from calcverify.report.frame import as_float, as_text
from calcverify.report.model import Project
from calcverify.verify.model import Severity

if TYPE_CHECKING:
    import pandas

COLUMNS: tuple[tuple[str, str], ...] = (
    ("status", "string"),
    ("stated_total", "string"),
    ("computed_total", "string"),
    ("difference", "string"),
    ("computed_float", "float64"),
    ("difference_float", "float64"),
    ("coverage_amount", "float64"),
    ("coverage_numbers", "float64"),
    ("n_claims", "Int64"),
    ("worst_verdict", "string"),
    ("n_errors", "Int64"),
    ("n_warnings", "Int64"),
    ("n_unread", "Int64"),
    ("findings", "string"),
    ("error", "string"),
)

# From the best to the worst, as the enum lists them.
_VERDICTS = tuple(Verdict)


def check_rows(
    frame: pandas.DataFrame, basis: str, total: str | None, unit: str | None, lang: str, config: Config = DEFAULT
) -> pandas.DataFrame:
    """What :func:`calcverify.check_frame` does."""
    import pandas

    check_language(lang)
    check_unit(unit)
    texts = _column(frame, basis)
    totals = _column(frame, total) if total is not None else [None] * len(texts)
    if unit is None:
        for label, cell in zip(frame.index, totals, strict=True):
            if is_bare(cell):
                raise UsageError(
                    f'“{total}”列第 {label} 行的总额没有单位，请用 unit= 指定（如 unit="万元"）',
                    f'the total of row {label} in {total!r} has no unit; give unit= (such as unit="万元")',
                )
    rows = [_row(text, amount, unit, total, lang, config) for text, amount in zip(texts, totals, strict=True)]
    return pandas.DataFrame(
        {
            name: pandas.Series([row[at] for row in rows], index=frame.index, dtype=dtype)
            for at, (name, dtype) in enumerate(COLUMNS)
        },
        index=frame.index,
    )


def _column(frame: pandas.DataFrame, name: str) -> list[object]:
    """The cells of the one column called ``name``."""
    if list(frame.columns).count(name) != 1:
        known = ", ".join(map(str, frame.columns))
        raise UsageError(f"没有唯一的一列叫 {name!r}；现有：{known}", f"no single column {name!r}; there are {known}")
    return list(frame[name])


def _row(
    text: object, amount: object, unit: str | None, total: str | None, lang: str, config: Config
) -> tuple[object, ...]:
    try:
        form = form_of(basis_cell(text), total_cell(amount), unit, total or "")
    except UsageError as error:
        absent = tuple(as_float(None) if dtype == "float64" else None for _, dtype in COLUMNS[:-1])
        return (*absent, error.say(lang))
    return (*_outcome(check_form(form, config), lang), None)


def _outcome(project: Project, lang: str) -> tuple[object, ...]:
    stated = project.stated_total.yuan if project.stated_total is not None else None
    computed = project.computed_total.value if project.computed_total is not None else None
    difference = stated - computed if stated is not None and computed is not None else None
    verdicts = [_VERDICTS.index(c.verdict) for c in project.claims if c.verdict is not None]
    severities = [f.severity for f in project.findings]
    return (
        project.status.value,
        as_text(stated),
        as_text(computed),
        as_text(difference),
        as_float(computed),
        as_float(difference),
        as_float(project.coverage.amount),
        as_float(project.coverage.numbers),
        len(project.claims),
        _VERDICTS[max(verdicts)].value if verdicts else None,
        severities.count(Severity.ERROR),
        severities.count(Severity.WARNING),
        len(project.unread),
        "\n".join(f"{f.code} {f.message.say(lang)}" for f in project.findings) or None,
    )
