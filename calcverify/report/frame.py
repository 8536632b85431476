"""The claims of a report as a tidy DataFrame, one row a claim.

==================  =========  ==============================================================
column              dtype      meaning
==================  =========  ==============================================================
``project``         string     the project's code
``name``            string     the project's name
``source``          string     the file it was read from
``status``          string     ``pass``, ``review``, ``fail`` or ``no-formula``
``claim``           Int64      the claim's index within its project, from 0
``kind``            string     ``equation sum balance partition share composed total``
``text``            string     the claim as written
``start``, ``end``  Int64      its place in the basis, code points, end excluded
``expression``      string     its reading, ``12万 × 0.75 × 140元 + 3万元``
``computed``        string     the computed value, exact: a decimal or ``p/q``
``stated``          string     the stated value, exact
``difference``      string     stated minus computed, exact
``unit``            string     the base unit of the three: 元, a counter, ``""`` for a share
``stated_text``     string     the stated figure as written
``place``           string     the value of its last written digit, exact
``verdict``         string     ``exact rounded carry approximate query mismatch``
``factor``          string     the missing factor that would explain a query, exact
``codes``           string     the codes of the claim's findings, joined by blanks
``assumptions``     string     what was assumed, joined by ``; ``
``suppressed``      string     the reasons why findings of the claim do not count, joined by ``; ``
``known``           boolean    whether a baseline knows all of the claim's findings; NA without a finding
``computed_float``  float64    ``computed`` as a float, NaN where absent
``stated_float``    float64    ``stated`` as a float
``difference_float``float64    ``difference`` as a float
==================  =========  ==============================================================

What is absent is ``NA``. Names, order and dtypes are the same for a report without
claims.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from calcverify.exact.printing import exact
from calcverify.report.model import Project, Report
from calcverify.verify.expression import expression
from calcverify.verify.model import Claim

if TYPE_CHECKING:
    import pandas

COLUMNS: tuple[tuple[str, str], ...] = (
    ("project", "string"),
    ("name", "string"),
    ("source", "string"),
    ("status", "string"),
    ("claim", "Int64"),
    ("kind", "string"),
    ("text", "string"),
    ("start", "Int64"),
    ("end", "Int64"),
    ("expression", "string"),
    ("computed", "string"),
    ("stated", "string"),
    ("difference", "string"),
    ("unit", "string"),
    ("stated_text", "string"),
    ("place", "string"),
    ("verdict", "string"),
    ("factor", "string"),
    ("codes", "string"),
    ("assumptions", "string"),
    ("suppressed", "string"),
    ("known", "boolean"),
    ("computed_float", "float64"),
    ("stated_float", "float64"),
    ("difference_float", "float64"),
)


def to_frame(report: Report, lang: str = "zh") -> pandas.DataFrame:
    """One row a claim, in the order of the report; columns as in this module's table."""
    import pandas

    rows = [_row(p, at, c, lang) for p in report.projects for at, c in enumerate(p.claims)]
    columns = {name: pandas.Series([row[i] for row in rows], dtype=dtype) for i, (name, dtype) in enumerate(COLUMNS)}
    return pandas.DataFrame(columns)


def as_float(value: Fraction | None) -> float:
    """The nearest float, for plotting: NaN where absent, infinite where it is too large."""
    if value is None:
        return float("nan")
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def as_text(value: Fraction | None) -> str | None:
    """The exact value as text, ``None`` where absent."""
    return None if value is None else exact(value)


def _row(project: Project, at: int, claim: Claim, lang: str) -> tuple[object, ...]:
    computed = claim.computed.value if claim.computed is not None else None
    stated = claim.stated.value if claim.stated is not None else None
    unit = claim.computed.unit if claim.computed is not None else (claim.stated.unit if claim.stated else None)
    findings = [f for f in project.findings if f.claim == at]
    return (
        project.form.id,
        project.form.name,
        project.form.source_name,
        project.status.value,
        at,
        claim.kind,
        claim.text,
        claim.span.start,
        claim.span.end,
        expression(claim.node),
        as_text(computed),
        as_text(stated),
        as_text(claim.difference),
        unit,
        claim.stated.text if claim.stated is not None else None,
        as_text(claim.stated.place) if claim.stated is not None else None,
        claim.verdict.value if claim.verdict is not None else None,
        as_text(claim.factor),
        " ".join(f.code for f in findings) or None,
        "; ".join(a.say(lang) for a in claim.assumptions) or None,
        "; ".join(f.suppressed.reason for f in findings if f.suppressed is not None) or None,
        all(f.known for f in findings) if findings else None,
        as_float(computed),
        as_float(stated),
        as_float(claim.difference),
    )
