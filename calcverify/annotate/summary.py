"""What every summary shows, whatever it is written into: lines of projects and lines of findings."""

from __future__ import annotations

from typing import NamedTuple

from calcverify.annotate.model import Entry, Plan
from calcverify.annotate.notes import shown
from calcverify.annotate.words import say as own
from calcverify.readers.own import SUMMARY_MARK
from calcverify.report.amounts import total_amounts
from calcverify.report.model import Project
from calcverify.report.screen import PLAIN
from calcverify.report.summary import heading
from calcverify.report.words import comma, fill, say
from calcverify.verify.model import Severity, Status

# Red, amber, green and grey-blue that can be told apart in grey, too.
STATUS_COLOUR = {
    Status.FAIL: "C00000",
    Status.REVIEW: "B45F06",
    Status.PASS: "2E7D32",
    Status.NO_FORMULA: "44546A",
}


class ProjectLine(NamedTuple):
    """A project: its name with its code, status, stated and computed total, difference, findings."""

    name: str
    status: Status
    cells: tuple[str, ...]


class FindingLine(NamedTuple):
    """A finding: its entry, and the words of its cells; the place stands in the fourth of them."""

    entry: Entry
    placed: bool
    cells: tuple[str, ...]


class Summary(NamedTuple):
    """A summary in words."""

    title: str
    lines: tuple[str, ...]
    project_heads: tuple[str, ...]
    projects: tuple[ProjectLine, ...]
    finding_heads: tuple[str, ...]
    findings: tuple[FindingLine, ...]
    problems: tuple[str, ...]


def summary_of(plan: Plan, placed: frozenset[int]) -> Summary:
    """The summary of a plan; ``placed`` are the numbers of the notes that stand at their places."""
    lang, report = plan.lang, plan.report
    counts = {status.value.replace("-", "_"): report.count(status) for status in Status}
    lines = [fill("counts", lang, projects=len(report.projects), **counts), own("made-by", lang)]
    if not plan.entries:
        lines.append(own("no-findings", lang))
    problems = [problem.say(lang) for problem in (*report.problems, *report.defects)]
    return Summary(
        f"{SUMMARY_MARK} {own('summary-name', lang)}" if lang == "en" else SUMMARY_MARK,
        tuple(lines),
        tuple(own(f"h-{word}", lang) for word in ("project", "status", "stated", "computed", "difference")),
        tuple(project_line(project, lang) for project in report.projects),
        tuple(own(f"h-{word}", lang) for word in ("number", "severity", "project", "place", "quote", "finding")),
        tuple(
            finding_line(entry, block.project, entry.note.number in placed, lang)
            for block in plan.blocks
            for entry in block.entries
        ),
        tuple(shown(text, 300) for text in problems),
    )


def project_line(project: Project, lang: str) -> ProjectLine:
    """What the summary says of a project."""
    amounts = total_amounts(project, lang)
    name = " ".join(heading(project, lang, PLAIN))
    stated = amounts.stated or say("absent", lang)
    computed = amounts.computed or say("not-computed", lang)
    cells = (name, say(project.status.value, lang), shown(stated), shown(computed), shown(amounts.difference))
    return ProjectLine(name, project.status, cells)


def finding_line(entry: Entry, project: Project, placed: bool, lang: str) -> FindingLine:
    """What the summary says of a finding."""
    note = entry.note
    where = entry.where + (own("not-placed", lang) if entry.marks and not placed else "")
    weight = say(note.severity.value, lang)
    words = "\n".join((note.title, *note.lines))
    name = heading(project, lang, PLAIN)[0]
    return FindingLine(entry, placed, (str(note.number), weight, name, where, entry.quote, words))


def tally(plan: Plan) -> str:
    """``3 处错误，1 处警告``: what counts among the findings."""
    counted = [entry.note.severity for entry in plan.entries if entry.note.counts]
    parts = ((Severity.ERROR, "n-errors"), (Severity.WARNING, "n-warnings"))
    return comma(plan.lang).join(fill(word, plan.lang, n=counted.count(s)) for s, word in parts if s in counted)
