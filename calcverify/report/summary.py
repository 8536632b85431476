"""The last page of a report for people: how many of each status, and what to do first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from calcverify.errors import InputProblem
from calcverify.report.amounts import total_amounts
from calcverify.report.model import Project, Report
from calcverify.report.screen import Screen
from calcverify.report.words import comma, fill, say
from calcverify.verify.model import Finding, Severity, Status

_RANK = {Status.FAIL: 0, Status.REVIEW: 1, Status.NO_FORMULA: 2, Status.PASS: 3}
_MOST_PROJECTS = 15


def summary(report: Report, lang: str, screen: Screen) -> list[str]:
    """The lines of the summary: one page, however many projects there are."""
    lines = [screen.paint(say("summary", lang), "bold")]
    if report.projects:
        counts = {s.value.replace("-", "_"): report.count(s) for s in Status}
        lines.append("  " + fill("counts", lang, projects=len(report.projects), **counts))
        lines += ["  " + line for line in [comma(lang).join(left_out(_all(report), lang))] if line]
        lines += _first(report, lang, screen)
    elif not report.problems and not report.defects:
        lines.append("  " + say("nothing", lang))
    lines += problem_lines(report.problems, "problems", lang, screen)
    lines += problem_lines(report.defects, "defects", lang, screen)
    return lines


def heading(project: Project, lang: str, screen: Screen) -> list[str]:
    """What a project is called: its name, and its code in brackets; the code alone where it has no name."""
    name, code = screen.show(project.form.name, 60), screen.show(project.form.id, 60)
    if name and code:
        return [name, f"[{code}]"]
    # A basis given on the command line has no form around it, and so no name.
    return [name or code or say("unnamed" if project.form.source_name else "bare", lang)]


def problem_lines(problems: tuple[InputProblem, ...], title: str, lang: str, screen: Screen) -> list[str]:
    """Inputs that were not checked: file, place, message."""
    lines = ["  " + say(title, lang)] if problems else []
    return lines + ["    " + screen.show(problem.say(lang), 6 * screen.width) for problem in problems]


def _first(report: Report, lang: str, screen: Screen) -> list[str]:
    """The projects that need work, the worst and the dearest before the others."""
    work = [p for p in report.projects if p.decisive in (Status.FAIL, Status.REVIEW)]
    work.sort(key=urgency)
    lines = ["  " + say("first", lang)] if work else []
    for at, project in enumerate(work[:_MOST_PROJECTS], 1):
        lines.append(
            f"    {at}. {say(project.decisive.value, lang)}: {' '.join(heading(project, lang, screen))}"
            f"  {_why(project, lang)}".rstrip()
        )
    if len(work) > _MOST_PROJECTS:
        lines.append("    " + fill("more-projects", lang, n=len(work) - _MOST_PROJECTS))
    return lines


def urgency(project: Project) -> tuple[int, int, Fraction]:
    stated, computed = project.stated_total, project.computed_total
    apart = abs(stated.yuan - computed.value) if stated is not None and computed is not None else Fraction(0)
    return _RANK[project.decisive], -_number_of(project, Severity.ERROR), -apart


def _number_of(project: Project, severity: Severity) -> int:
    """How many findings weigh so much, those left out that do not count."""
    return sum(f.severity is severity and f.counts for f in project.findings)


def _why(project: Project, lang: str) -> str:
    parts = []
    for severity, word in ((Severity.ERROR, "n-errors"), (Severity.WARNING, "n-warnings")):
        if n := _number_of(project, severity):
            parts.append(fill(word, lang, n=n))
    if difference := total_amounts(project, lang).difference:
        parts.append(f"{say('difference', lang)} {difference}")
    return comma(lang).join(parts)


def left_out(findings: Iterable[Finding], lang: str) -> list[str]:
    """``已说明 1 处``, ``已知 2 处``: the findings that do not count, where there are any."""
    findings = list(findings)
    counts = (
        ("n-explained", sum(f.suppressed is not None for f in findings)),
        ("n-known", sum(f.known for f in findings)),
    )
    return [fill(word, lang, n=n) for word, n in counts if n]


def _all(report: Report) -> Iterator[Finding]:
    return (f for p in report.projects for f in p.findings)
