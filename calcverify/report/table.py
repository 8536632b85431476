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
# Shown only where some finding does not count.
_LEFT_OUT = ("explained", "known")
_WEIGHTS = (Severity.ERROR, Severity.WARNING)
_RIGHT = frozenset((*_HEADS[3:], *_LEFT_OUT))


def render(report: Report, lang: str = "zh", screen: Screen = PLAIN) -> str:
    """The table, and under it the summary."""
    lines = []
    if report.projects:
        left_out = any(not f.counts for p in report.projects for f in p.findings)
        heads = _HEADS + _LEFT_OUT * left_out
        table = tabulate(
            [_row(p, lang, screen)[: len(heads)] for p in report.projects],
            headers=[screen.fit(say(head, lang)) for head in heads],
            tablefmt="simple",
            # Else tabulate takes amounts for floats and prints 67.5 for 67.50.
            disable_numparse=True,
            colalign=["right" if head in _RIGHT else "left" for head in heads],
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
            *(str(sum(f.severity is weight and f.counts for f in project.findings)) for weight in _WEIGHTS),
            str(sum(f.suppressed is not None for f in project.findings)),
            str(sum(f.known for f in project.findings)),
        )
    ]
