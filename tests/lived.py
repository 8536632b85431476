"""Forms and reports with findings that are explained or known, for tests of living with them."""

from __future__ import annotations

from calcverify.forms.model import Form
from calcverify.pipeline import check_form
from calcverify.readers import read_stream
from calcverify.report.model import Project, Report
from calcverify.source import Locator
from calcverify.verify.model import Explained, Status
from tests.made import failing, report

# Faults of several kinds, a row each; the words before the figures name them.
ROWS = (
    "教材费：360册×85元/册=3.6万元",
    "师资费：5人×500元/人=2600元",
    "参保500人，人均年缴费基数8万元，全年征收保险费960万元",
    "疗养费280人×7.8万元/人=2200万元",
    "树苗1500元÷0=100株",
)


def form(basis: str, code: str = "330000261230000000002", name: str = "基层培训", total: str = "9.9") -> str:
    """A form as text, two cells a line."""
    return f"项目名称\t{name}\t项目编码\t{code}\n项目总金额（万元）\t{total}\n资金计算依据\t{basis}\n"


def checked(text: str) -> list[Project]:
    """The projects of a text of forms."""
    return [check_form(item) for item in read_stream(text.encode()) if isinstance(item, Form)]


def one(basis: str, **about: str) -> Project:
    """The one project of a form."""
    (project,) = checked(form(basis, **about))
    return project


def lived() -> Report:
    """The report of every kind of project, with an explained and a known finding, in a file of lines."""
    made = report()
    project = failing()
    first, second, *others = project.findings
    assert project.form.basis is not None
    findings = (
        first._replace(suppressed=Explained("单价含运费 <见合同>", "2027-12-31"), locator=Locator(line=9, column=8)),
        second._replace(known=True),
        *others,
    )
    project = project._replace(findings=findings, status=Status.REVIEW, counted=Status.PASS)
    return made._replace(projects=(made.projects[0], project, *made.projects[2:]))
