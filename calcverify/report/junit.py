"""The report as JUnit XML, for a build server: a test case a project, a suite a file.

A project that does not add up, or that needs a person, fails; one without a formula is
skipped, as there was nothing to test; an input that could not be read is an error. What
was explained, or is known from a baseline, fails nothing and stands in the output.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from calcverify.errors import InputProblem
from calcverify.report.model import Project, Report
from calcverify.report.screen import PLAIN
from calcverify.report.summary import heading, left_out
from calcverify.report.words import fill, located, say
from calcverify.verify.model import Finding, Status

LONGEST = 2000


class Case(NamedTuple):
    """A test case: its suite, its outcome (``failure``, ``error``, ``skipped`` or ``""``), its XML."""

    suite: str
    outcome: str
    xml: str


def render(report: Report, lang: str = "zh") -> str:
    """One suite a file, in the order of the report."""
    cases = [project_case(p, lang) for p in report.projects]
    cases += [problem_case(p, p.code or "unreadable", lang) for p in report.problems]
    cases += [problem_case(d, "defect", lang) for d in report.defects]
    suites: dict[str, list[Case]] = {}
    for case in cases:
        suites.setdefault(case.suite, []).append(case)
    body = "".join(
        f"<testsuite {attributes(name=name)} {counts(group)}>\n{''.join(c.xml for c in group)}</testsuite>\n"
        for name, group in suites.items()
    )
    head = f'<testsuites name="calcverify" {counts(cases)}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}</testsuites>\n'


def project_case(project: Project, lang: str) -> Case:
    """The test case of a project."""
    form, status = project.form, project.decisive
    said = "\n".join(lines(project, lang))
    outcome = {Status.FAIL: "failure", Status.REVIEW: "failure", Status.NO_FORMULA: "skipped"}.get(status, "")
    message = message_of(project, lang)
    inner = ""
    if outcome:
        # A skipped case holds no text of its own in the formats that servers read.
        text = f">{escape(said, quote=False)}</{outcome}>" if outcome == "failure" and said else "/>"
        kind = attributes(type=status.value) + " " if outcome == "failure" else ""
        inner += f"<{outcome} {kind}{attributes(message=message)}{text}\n"
    if outcome != "failure" and said:
        inner += f"<system-out>{escape(said, quote=False)}</system-out>\n"
    suite = form.source_name or "calcverify"
    line = {} if form.locator.line is None else {"line": str(form.locator.line)}
    tag = attributes(name=" ".join(heading(project, lang, PLAIN)), classname=suite, file=form.source_name, **line)
    return Case(suite, outcome, f"<testcase {tag}>\n{inner}</testcase>\n" if inner else f"<testcase {tag}/>\n")


def message_of(project: Project, lang: str) -> str:
    """``有误：分项测算金额与算式结果不一致……``: the status, and the weightiest finding that counts."""
    counted = sorted((f for f in project.findings if f.counts), key=lambda f: WEIGHTS[f.severity.value])
    colon = ": " if lang == "en" else "："
    status = say(project.decisive.value, lang)
    return status + (colon + counted[0].message.say(lang) if counted else "")


WEIGHTS = {"error": 0, "warning": 1, "notice": 2}


def lines(project: Project, lang: str) -> Iterator[str]:
    """A line a finding, and one for what does not count."""
    show = PLAIN.show
    for finding in project.findings:
        place = "" if finding.locator is None else f" [{located(finding.locator, lang)}]"
        said = f"{say(finding.severity.value, lang)} {finding.code} {finding.message.say(lang)}"
        yield show(said + place + mark(finding, lang), LONGEST)
    for piece in project.unread[:8]:
        yield show(f"{say('unread', lang)}: {piece.text}", 200)
    if parts := left_out(project.findings, lang):
        yield "; ".join(parts)


def mark(finding: Finding, lang: str) -> str:
    """Why a finding does not count."""
    words = []
    if finding.suppressed is not None:
        reason, expiry = finding.suppressed
        until = f" ({fill('until', lang, day=expiry)})" if expiry else ""
        words.append(f"{say('explained', lang)}: {reason}{until}")
    if finding.known:
        words.append(say("in-baseline", lang))
    return "".join(f" <{word}>" for word in words)


def problem_case(problem: InputProblem, kind: str, lang: str) -> Case:
    """The test case of an input that was not checked."""
    message = problem.message_en if lang == "en" else problem.message_zh
    name = problem.locator or problem.source
    tag = attributes(name=name, classname=problem.source, file=problem.source)
    error = f"<error {attributes(type=kind, message=message)}/>"
    return Case(problem.source or "calcverify", "error", f"<testcase {tag}>\n{error}\n</testcase>\n")


def counts(cases: list[Case]) -> str:
    """How many cases there are, and of each outcome."""
    outcomes = [case.outcome for case in cases]
    names = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    return f'tests="{len(cases)}" ' + " ".join(f'{n}="{outcomes.count(word)}"' for n, word in names.items())


def attributes(**values: str) -> str:
    """XML attributes, made of visible characters only."""
    quoted = {name: escape(PLAIN.show(text, LONGEST)) for name, text in values.items()}
    return " ".join(f'{name}="{text}"' for name, text in quoted.items())
