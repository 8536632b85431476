"""The report as a plain table, a row per project, for people with many of them."""

from __future__ import annotations

from tabulate import tabulate

from calcverify.report.amounts import share_text, total_amounts
from calcverify.report.model import Project, Report
from calcverify.report.screen import PLAIN, Screen
from calcverify.report.summary import summary
from calcverify.report.words import say
from calcverify.verify.model import Severity

_HEADS = ("code", "project", "status", "stated", "computed", "difference", "coverage", "claims", "error", "warning")
_RIGHT = frozenset(_HEADS[3:])


def render(report: Report, lang: str = "zh", screen: Screen = PLAIN) -> str:
    """The table, and under it the summary."""
    lines = []
    if report.projects:
        table = tabulate(
            [_row(p, lang, screen) for p in report.projects],
            headers=[screen.fit(say(head, lang)) for head in _HEADS],
            tablefmt="simple",
            # Else tabulate takes amounts for floats and prints 67.5 for 67.50.
            disable_numparse=True,
            colalign=["right" if head in _RIGHT else "left" for head in _HEADS],
        )
        lines += [table, ""]
    lines += summary(report, lang, screen)
    return screen.fit("\n".join(lines)) + "\n"


def _row(project: Project, lang: str, screen: Screen) -> list[str]:
    computed, stated, difference = total_amounts(project, lang)
    return [
        screen.fit(text)
        for text in (
            screen.show(project.form.id, 30),
            screen.show(project.form.name, 40),
            say(project.status.value, lang),
            screen.show(stated, 30),
            screen.show(computed, 30),
            screen.show(difference, 30),
            share_text(project.coverage.amount),
            str(len(project.claims)),
            str(sum(f.severity is Severity.ERROR for f in project.findings)),
            str(sum(f.severity is Severity.WARNING for f in project.findings)),
        )
    ]
