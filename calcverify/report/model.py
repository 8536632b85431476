"""The one model that every renderer reads: projects and inputs that were not read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from calcverify.errors import InputProblem
from calcverify.forms.model import Form, StatedTotal
from calcverify.verify.model import Amount, Aside, Claim, Coverage, Finding, Printer, Status

if TYPE_CHECKING:
    import pandas
    from pandas.io.formats.style import Styler


class Project(NamedTuple):
    """One form with everything that was found in it.

    ``computes`` is whether its basis computes anything. ``counted`` is the status that
    decides an exit code where a baseline or a suppression leaves findings out of it.
    """

    form: Form
    status: Status
    computed_total: Amount | None
    coverage: Coverage
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    set_aside: tuple[Aside, ...] = ()
    unread: tuple[Aside, ...] = ()
    computes: bool = False
    counted: Status | None = None

    @property
    def decisive(self) -> Status:
        """The status that decides the exit code."""
        return self.status if self.counted is None else self.counted

    @property
    def stated_total(self) -> StatedTotal | None:
        """The form's first stated total."""
        return self.form.totals[0] if self.form.totals else None

    @property
    def basis_text(self) -> str:
        """The basis as it stands in the file (empty where there is none)."""
        return self.form.basis.text if self.form.basis is not None else ""

    def _repr_mimebundle_(self, **_asked: object) -> dict[str, str]:
        """What a notebook shows: the marked basis, the claims typeset, the findings."""
        from calcverify.report.display import of_project

        return of_project(self)

    def _repr_pretty_(self, printer: Printer, _cycle: bool) -> None:
        from calcverify.report.display import plain_of

        printer.text(plain_of(self))


class Report(NamedTuple):
    """Every project of a run, and every input that could not be read.

    ``defects`` are the inputs on which calcverify itself failed: neither unreadable nor
    wrong, but not checked.
    """

    projects: tuple[Project, ...]
    problems: tuple[InputProblem, ...] = ()
    defects: tuple[InputProblem, ...] = ()

    def count(self, status: Status) -> int:
        """How many projects have ``status``."""
        return sum(p.status is status for p in self.projects)

    def to_json(self, lang: str = "zh") -> str:
        """The report as the JSON document of the contract (version 1)."""
        from calcverify.report.json import render

        return render(self, lang)

    def to_html(self, lang: str = "zh") -> str:
        """The report as one HTML page without scripts; needs jinja2 (``pip install 'calcverify[files]'``)."""
        from calcverify.report.html import render

        return render(self, lang)

    def to_excel(self, path: str | os.PathLike[str], lang: str = "zh") -> None:
        """Write the report as an Excel workbook; needs xlsxwriter (``pip install 'calcverify[files]'``).

        A file that is there already is replaced; ``OSError`` where it cannot be written.
        """
        from calcverify.report.xlsx import render

        data = render(self, lang)
        Path(path).write_bytes(data)

    def to_frame(self, of: str = "claims", lang: str = "zh") -> pandas.DataFrame:
        """The claims as a tidy DataFrame, one row a claim; or the ``"projects"``, or the ``"findings"``.

        Columns and dtypes are those of ``report.frame`` and ``report.frames``, the same for
        every report. ``UsageError`` for rows of anything else.
        """
        from calcverify.report.frames import frame_of

        return frame_of(self, of, lang)

    def style(self, lang: str = "zh") -> Styler:
        """The claims as a coloured table for a notebook: a pandas ``Styler`` (needs jinja2)."""
        from calcverify.report.style import styled

        return styled(self, lang)

    def _repr_mimebundle_(self, **_asked: object) -> dict[str, str]:
        """What a notebook shows: the table of the projects, each to unfold."""
        from calcverify.report.display import of_report

        return of_report(self)

    def _repr_pretty_(self, printer: Printer, _cycle: bool) -> None:
        from calcverify.report.display import plain_of

        printer.text(plain_of(self))

    def _repr_html_(self) -> str | None:
        """The same HTML, for programs that ask for it alone; ``None`` where jinja2 is missing."""
        return self._repr_mimebundle_().get("text/html")
