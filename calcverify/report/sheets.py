"""What stands in the sheets of a workbook: heads, rows, and where a row leads to.

Values only; how they are written to a file is another matter. A finding leads to the row
of its claim, a claim to its first finding, a project to its first claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from calcverify.errors import InputProblem
from calcverify.report.amounts import total_amounts
from calcverify.report.model import Project, Report
from calcverify.report.places import claim_of, locator_of, place_of
from calcverify.report.screen import PLAIN
from calcverify.report.sheet_columns import CLAIMS, FINDINGS, PROJECTS, UNREAD, Column
from calcverify.report.words import field_name, located, reason, say
from calcverify.verify.expression import expression
from calcverify.verify.model import Claim, Finding, Severity
from calcverify.verify.wording import claim_amounts, satisfying

# Excel holds 32,767 units of UTF-16 in a cell, and a character of one column may take two of them; nobody
# reads so much in a cell, though.
LONGEST = 4_000
# A difference of nothing is a dash, as in any account.
_MONEY, _OTHER = '#,##0.00####;-#,##0.00####;"–"', '#,##0.######;-#,##0.######;"–"'


class Number(NamedTuple):
    """An amount, and the number format that shows it."""

    value: Fraction | None
    shape: str


class Share(NamedTuple):
    """A share of one."""

    value: Fraction
    shape: str = "0.0%"


class Link(NamedTuple):
    """Text that leads to a row (from 0, the heads being row 0) of a sheet."""

    text: str
    sheet: str
    row: int


Cell: TypeAlias = str | int | Number | Share | Link


class Sheet(NamedTuple):
    """A sheet; the first ``frozen`` columns stay in view, the first ``printed`` go on paper."""

    name: str
    columns: tuple[Column, ...]
    rows: list[list[Cell]]
    frozen: int
    printed: int


def sheets(report: Report, lang: str) -> tuple[Sheet, ...]:
    """汇总, 核对明细, 问题清单, 未读取."""
    return _Sheets(report, lang).all()


class _Sheets:
    """The sheets of one report, with the row of every claim and finding known beforehand."""

    def __init__(self, report: Report, lang: str) -> None:
        self.report, self.lang = report, lang
        self.claims_name, self.findings_name = say("sheet-claims", lang), say("sheet-findings", lang)
        # First row of each project in the two sheets; the heads are row 0.
        self.first_claim, self.first_finding = [1], [1]
        for project in report.projects:
            self.first_claim.append(self.first_claim[-1] + len(project.claims))
            self.first_finding.append(self.first_finding[-1] + len(project.findings))

    def all(self) -> tuple[Sheet, ...]:
        """The four sheets in their order."""
        projects = list(enumerate(self.report.projects))
        return (
            self.sheet("overview", PROJECTS, [self.project(at, p) for at, p in projects], 2, 17),
            self.sheet("sheet-claims", CLAIMS, [row for at, p in projects for row in self.claims(at, p)], 2, 12),
            self.sheet("sheet-findings", FINDINGS, [r for at, p in projects for r in self.findings(at, p)], 3, 10),
            self.sheet("sheet-unread", UNREAD, list(self.unread()), 1, len(UNREAD)),
        )

    def sheet(self, name: str, columns: tuple[Column, ...], rows: list[list[Cell]], frozen: int, printed: int) -> Sheet:
        """A sheet with its heads in the language."""
        heads = tuple(column._replace(head=self.head(column.head)) for column in columns)
        return Sheet(say(name, self.lang), heads, rows, frozen, printed)

    def head(self, words: str) -> str:
        """A head: its words one after the other, ``stated yuan`` being 填报（元）."""
        first, *rest = words.split()
        tail = "".join(f"（{say(w, self.lang)}）" if self.lang == "zh" else f" ({say(w, self.lang)})" for w in rest)
        return say(first, self.lang) + tail

    def project(self, at: int, project: Project) -> list[Cell]:
        """A project: its amounts in 元 as numbers, as the form says them as text."""
        form, stated, computed = project.form, project.stated_total, project.computed_total
        amounts = total_amounts(project, self.lang)
        yuan = None if stated is None or computed is None else stated.yuan - computed.value
        count = [f.severity for f in project.findings if f.counts]
        name = shown(form.name) or say("unnamed" if form.source_name else "bare", self.lang)
        return [
            say(project.decisive.value, self.lang),
            Link(shown(name, 250), self.claims_name, self.first_claim[at]) if project.claims else name,
            shown(form.id),
            Number(None if stated is None else stated.yuan, _MONEY),
            shown(amounts.stated),
            Number(None if computed is None else computed.value, _MONEY),
            shown(amounts.computed),
            Number(yuan, _MONEY),
            shown(amounts.difference),
            Share(never_up(project.coverage.amount)),
            Share(never_up(project.coverage.numbers)),
            len(project.claims),
            *(count.count(severity) for severity in Severity),
            len(project.findings) - len(count),
            len(project.unread),
            shown(form.organisation),
            shown(form.department),
            shown(form.year),
            shown(form.source_name),
            shown(located(form.locator, self.lang)),
        ]

    def claims(self, at: int, project: Project) -> Iterator[list[Cell]]:
        """The claims of a project, a row each."""
        for n, claim in enumerate(project.claims):
            first = next((k for k, f in enumerate(project.findings) if f.claim == n), None)
            codes = " ".join(f.code for f in project.findings if f.claim == n)
            yield [
                shown(project.form.name),
                n + 1,
                say(claim.verdict.value if claim.verdict is not None else "unjudged", self.lang),
                say(claim.kind, self.lang),
                # A sum reaches over its items and all that is said of them: the beginning tells which it is.
                shown(claim.text, 160),
                shown(expression(claim.node)),
                *self.amounts(claim),
                shown("; ".join(a.say(self.lang) for a in claim.assumptions)),
                "" if first is None else Link(codes[:250], self.findings_name, self.first_finding[at] + first),
                shown(project.form.id),
            ]

    def amounts(self, claim: Claim) -> list[Cell]:
        """Stated, computed and difference: as numbers in the base unit, and as text in the unit of the form."""
        amounts, computed, stated = claim_amounts(claim, self.lang), claim.computed, claim.stated
        unit = computed.unit if computed is not None else stated.unit if stated is not None else ""
        shape = _MONEY if unit.startswith("元") else _OTHER
        return [
            Number(None if stated is None else stated.value, shape),
            shown(amounts.stated),
            Number(None if computed is None else computed.value, shape),
            shown(amounts.computed),
            Number(claim.difference, shape),
            shown(amounts.difference),
            shown(unit),
        ]

    def findings(self, at: int, project: Project) -> Iterator[list[Cell]]:
        """The findings of a project, a row each."""
        for finding in project.findings:
            claim = claim_of(finding, project)
            text, span = place_of(finding, project)
            reasons = finding.suppressed
            known = say("known", self.lang) if finding.known else ""
            row: Cell = ""
            if claim is not None and finding.claim is not None:
                row = Link(str(finding.claim + 1), self.claims_name, self.first_claim[at] + finding.claim)
            yield [
                say(finding.severity.value, self.lang),
                shown(finding.code),
                shown(project.form.name),
                shown(finding.message.say(self.lang)),
                "" if span is None else shown(span.of(text)),
                row,
                shown(self.satisfied(claim, finding)),
                shown("; ".join(s.say(self.lang) for s in finding.suggestions)),
                shown(field_name(finding.field, self.lang)),
                shown(located(locator_of(finding, project), self.lang)),
                known if reasons is None else shown(reasons.reason),
                "" if reasons is None else shown(reasons.expiry),
                shown(project.form.id),
                shown(project.form.source_name),
            ]

    def satisfied(self, claim: Claim | None, finding: Finding) -> str:
        """The figure that would agree; a notice asks for none."""
        if claim is None or finding.severity is Severity.NOTICE or claim.factor is not None:
            return ""
        return satisfying(claim, self.lang)[0]

    def unread(self) -> Iterator[list[Cell]]:
        """Inputs that were not checked, pieces that were not read, numbers that were set aside."""
        for word, problems in (("problems", self.report.problems), ("defects", self.report.defects)):
            yield from (self.problem(word, problem) for problem in problems)
        for project in self.report.projects:
            for word, asides in (("unread", project.unread), ("aside", project.set_aside)):
                for aside in asides:
                    where = located(project.form.locator, self.lang)
                    yield [
                        say(word, self.lang),
                        shown(project.form.source_name),
                        shown(where),
                        shown(project.form.name),
                        shown(aside.text),
                        shown(reason(aside.reason, self.lang)),
                    ]

    def problem(self, word: str, problem: InputProblem) -> list[Cell]:
        """An input that was not checked."""
        message = problem.message_en if self.lang == "en" else problem.message_zh
        said = say(word, self.lang).rstrip("：:")
        return [said, shown(problem.source), shown(problem.locator), "", shown(problem.code), shown(message)]


def never_up(share: Fraction) -> Fraction:
    """A share cut to a tenth of a percent: 99.99% is not all of it."""
    return Fraction(int(share * 1000), 1000)


def shown(text: str, most: int = LONGEST) -> str:
    """Text of a form as one visible line that a cell holds."""
    return PLAIN.show(text, most)
