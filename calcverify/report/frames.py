"""The projects and the findings of a report as tidy DataFrames, beside the claims of ``report.frame``.

Projects, one row each:

====================  =======  ============================================================
column                dtype    meaning
====================  =======  ============================================================
``project``           string   the project's code
``name``              string   the project's name
``organisation``      string   the unit that asks
``department``        string   the department over it
``year``              string   the budget year
``source``            string   the file it was read from
``status``            string   ``pass``, ``review``, ``fail`` or ``no-formula``
``stated_total``      string   in 元, exact: a decimal or ``p/q``
``computed_total``    string   in 元, exact
``difference``        string   stated minus computed, in 元, exact
``coverage_amount``   float64  the share of the total that was verified, 0 to 1
``coverage_numbers``  float64  the share of the numbers that were read, 0 to 1
``n_claims``          Int64    how many computations were found
``n_errors``          Int64    findings that are errors and count
``n_warnings``        Int64    findings that are warnings and count
``n_unread``          Int64    pieces that look like arithmetic and were not read
``stated_float``      float64  ``stated_total`` as a float, NaN where absent
``computed_float``    float64  ``computed_total`` as a float
``difference_float``  float64  ``difference`` as a float
====================  =======  ============================================================

Findings, one row each:

====================  =======  ============================================================
column                dtype    meaning
====================  =======  ============================================================
``project``           string   the project's code
``name``              string   the project's name
``department``        string   the department over it
``source``            string   the file it was read from
``code``              string   the rule
``severity``          string   ``error``, ``warning`` or ``notice``
``message``           string   what was found
``claim``             Int64    the index of its claim within the project, from 0
``field``             string   the field it stands in
``start``             Int64    its place in the field's text, code points
``end``               Int64    where it ends, excluded
``suggestions``       string   likely causes, joined by ``; ``
``suppressed``        string   a person's reason why it does not count
``known``             boolean  whether a baseline knows it
====================  =======  ============================================================

What is absent is ``NA``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calcverify.errors import UsageError
from calcverify.report.frame import as_float, as_text, to_frame
from calcverify.report.model import Project, Report
from calcverify.verify.model import Finding, Severity

if TYPE_CHECKING:
    import pandas

PROJECTS: tuple[tuple[str, str], ...] = (
    ("project", "string"),
    ("name", "string"),
    ("organisation", "string"),
    ("department", "string"),
    ("year", "string"),
    ("source", "string"),
    ("status", "string"),
    ("stated_total", "string"),
    ("computed_total", "string"),
    ("difference", "string"),
    ("coverage_amount", "float64"),
    ("coverage_numbers", "float64"),
    ("n_claims", "Int64"),
    ("n_errors", "Int64"),
    ("n_warnings", "Int64"),
    ("n_unread", "Int64"),
    ("stated_float", "float64"),
    ("computed_float", "float64"),
    ("difference_float", "float64"),
)
FINDINGS: tuple[tuple[str, str], ...] = (
    ("project", "string"),
    ("name", "string"),
    ("department", "string"),
    ("source", "string"),
    ("code", "string"),
    ("severity", "string"),
    ("message", "string"),
    ("claim", "Int64"),
    ("field", "string"),
    ("start", "Int64"),
    ("end", "Int64"),
    ("suggestions", "string"),
    ("suppressed", "string"),
    ("known", "boolean"),
)
KINDS = ("claims", "projects", "findings")


def frame_of(report: Report, of: str, lang: str) -> pandas.DataFrame:
    """One of the three tables; ``UsageError`` names them where ``of`` is another."""
    if of == "claims":
        return to_frame(report, lang)
    if of == "projects":
        return _frame([_project(p) for p in report.projects], PROJECTS)
    if of == "findings":
        return _frame([_finding(p, f, lang) for p in report.projects for f in p.findings], FINDINGS)
    known = ", ".join(KINDS)
    raise UsageError(f"没有“{of}”这种表，可用：{known}", f"no table of {of!r}; there are {known}")


def _frame(rows: list[tuple[object, ...]], columns: tuple[tuple[str, str], ...]) -> pandas.DataFrame:
    import pandas

    return pandas.DataFrame(
        {name: pandas.Series([row[i] for row in rows], dtype=dtype) for i, (name, dtype) in enumerate(columns)}
    )


def _project(project: Project) -> tuple[object, ...]:
    form = project.form
    stated = project.stated_total.yuan if project.stated_total is not None else None
    computed = project.computed_total.value if project.computed_total is not None else None
    apart = None if stated is None or computed is None else stated - computed
    count = [f.severity for f in project.findings if f.counts]
    return (
        form.id or None,
        form.name or None,
        form.organisation or None,
        form.department or None,
        form.year or None,
        form.source_name or None,
        project.status.value,
        as_text(stated),
        as_text(computed),
        as_text(apart),
        float(project.coverage.amount),
        float(project.coverage.numbers),
        len(project.claims),
        count.count(Severity.ERROR),
        count.count(Severity.WARNING),
        len(project.unread),
        as_float(stated),
        as_float(computed),
        as_float(apart),
    )


def _finding(project: Project, finding: Finding, lang: str) -> tuple[object, ...]:
    form, span = project.form, finding.span
    return (
        form.id or None,
        form.name or None,
        form.department or None,
        form.source_name or None,
        finding.code,
        finding.severity.value,
        finding.message.say(lang),
        finding.claim,
        finding.field,
        None if span is None else span.start,
        None if span is None else span.end,
        "; ".join(s.say(lang) for s in finding.suggestions) or None,
        None if finding.suppressed is None else finding.suppressed.reason,
        finding.known,
    )
