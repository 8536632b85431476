"""The report as SARIF 2.1.0, for code-review tools: a result a finding.

A file is named by its path as it was given; lines and columns (in code points) are those
of the file where the text stands in it as it is. An explained finding is a suppressed
result with the reason as justification; one that a baseline knows is unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath
from typing import Any, NamedTuple

from calcverify.errors import PROBLEMS, InputProblem
from calcverify.report.model import Project, Report
from calcverify.report.objects import dumps
from calcverify.report.places import locator_of, place_of, region_of
from calcverify.report.screen import PLAIN
from calcverify.review.fingerprint import fingerprints
from calcverify.review.notices import NOTICES
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION = "2.1.0"
LANGUAGES = {"zh": "zh-CN", "en": "en"}
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
FINGERPRINT = "calcverify/v1"
LONGEST = 2000

# In a message {0} stands for an argument and [text](place) is a link.
_MARKS = re.compile(r"[\\\[\]{}]")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


class About(NamedTuple):
    """A rule as a report names it: its names, its explanation, its usual level."""

    name: str
    help: str
    level: str


def render(report: Report, lang: str = "zh") -> str:
    """One run, a result a line."""
    codes = sorted({f.code for p in report.projects for f in p.findings})
    faults = sorted({p.code for p in report.problems if p.code})
    known = any(f.known for p in report.projects for f in p.findings)
    numbers = {code: at for at, code in enumerate(codes)}
    results = chain.from_iterable(results_of(p, numbers, known, lang) for p in report.projects)
    driver = {
        "name": "calcverify",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [rule_of(code, lang) for code in codes],
        "notifications": [{"id": code, "shortDescription": message(fault_text(code, lang))} for code in faults],
    }
    invocation = {
        "executionSuccessful": not report.defects,
        "toolExecutionNotifications": [
            *(notification(p, lang) for p in report.problems),
            *(notification(d, lang) for d in report.defects),
        ],
    }
    head = dumps({"$schema": SCHEMA, "version": VERSION})
    run = dumps(
        {
            "tool": {"driver": driver},
            "language": LANGUAGES[lang],
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
        }
    )
    body = ",\n".join(dumps(result) for result in results)
    return f'{head[:-1]}, "runs": [\n{run[:-1]},\n"results": [\n{body}\n]}}]}}\n'


def results_of(project: Project, numbers: dict[str, int], known: bool, lang: str) -> Iterator[dict[str, Any]]:
    """The result of each finding of a project."""
    pieces = (*project.set_aside, *project.unread)
    prints = fingerprints(project.form, project.claims, project.findings, pieces)
    for finding, fingerprint in zip(project.findings, prints, strict=True):
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": numbers[finding.code],
            "level": LEVELS[finding.severity],
            "message": message(text_of(finding, lang)),
            "locations": [location(finding, project)],
            "partialFingerprints": {FINGERPRINT: fingerprint},
            # Present on every result or on none; empty means that it stands.
            "suppressions": suppressions(finding),
        }
        if known:
            result["baselineState"] = "unchanged" if finding.known else "new"
        result["properties"] = {"project": shown(project.form.id), "status": project.status.value}
        yield result


def text_of(finding: Finding, lang: str) -> str:
    """The message of a finding, and what may be meant."""
    parts = [finding.message, *finding.suggestions]
    return ("; " if lang == "en" else "；").join(part.say(lang) for part in parts)


def suppressions(finding: Finding) -> list[dict[str, Any]]:
    """The reason why a finding does not count."""
    if finding.suppressed is None:
        return []
    reason, expiry = finding.suppressed
    found: dict[str, Any] = {"kind": "external", "status": "accepted", "justification": shown(reason)}
    return [found | ({"properties": {"expiry": expiry}} if expiry else {})]


def location(finding: Finding, project: Project) -> dict[str, Any]:
    """The file with its lines and columns, and the project and field by name."""
    form, region = project.form, region_of(finding, project)
    locator = locator_of(finding, project)
    found: dict[str, Any] = {}
    if form.source_name:
        found["physicalLocation"] = {"artifactLocation": {"uri": uri_of(form.source_name)}}
        if region is not None:
            keys = ("startLine", "startColumn", "endLine", "endColumn")
            placed = {key: value for key, value in zip(keys, region, strict=True) if value is not None}
            found["physicalLocation"]["region"] = placed | snippet(finding, project)
    cell = str(locator) if locator.sheet is not None else ""
    path = "/".join(shown(part) for part in (form.id or form.name, finding.field, cell) if part)
    found["logicalLocations"] = [{"name": shown(form.name or form.id), "fullyQualifiedName": path, "kind": "object"}]
    return found


def snippet(finding: Finding, project: Project) -> dict[str, Any]:
    """The text at the place of a finding."""
    text, span = place_of(finding, project)
    if not text or span is None:
        return {}
    return {"snippet": {"text": text[span.start : min(span.end, span.start + 200)]}}


def rule_of(code: str, lang: str) -> dict[str, Any]:
    """A rule with its name and its help."""
    about = about_code(code, lang)
    return {
        "id": code,
        "name": about.name,
        "shortDescription": message(about.name),
        "fullDescription": message(about.help.split("\n")[0]),
        "help": message(about.help),
        "defaultConfiguration": {"level": about.level},
    }


def about_code(code: str, lang: str) -> About:
    """The name, explanation and level of a code; a code that no rule has is its own name."""
    from calcverify.checks import RULES

    for rule in RULES:
        if rule.code == code:
            name = rule.name_en if lang == "en" else rule.name_zh
            return About(name, rule.explain(lang), LEVELS[rule.severity])
    for notice in NOTICES:
        if notice.code == code:
            return About(notice.name.say(lang), notice.explanation.say(lang), "note")
    return About(shown(code), shown(code), "warning")


def fault_text(code: str, lang: str) -> str:
    """What is wrong with an input that has this code."""
    words = Bilingual(*PROBLEMS[code]) if code in PROBLEMS else Bilingual(code, code)
    return re.sub(r"\{\w+\}", "…", words.say(lang))


def notification(problem: InputProblem, lang: str) -> dict[str, Any]:
    """An input that was not checked."""
    said = problem.message_en if lang == "en" else problem.message_zh
    found: dict[str, Any] = {"level": "error", "message": message(said)}
    if problem.code:
        found["descriptor"] = {"id": problem.code}
    if problem.source:
        line = re.search(r"\bline (\d{1,9})\b", problem.locator)
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri_of(problem.source)}}
        found["locations"] = [
            {"physicalLocation": physical | ({"region": {"startLine": int(line[1])}} if line and int(line[1]) else {})}
        ]
    return found


def message(text: str) -> dict[str, str]:
    """A message in which nothing is a link or a placeholder."""
    return {"text": "\n".join(_MARKS.sub(_escaped, shown(line)) for line in text.split("\n"))}


def _escaped(found: re.Match[str]) -> str:
    return found[0] * 2 if found[0] in "{}" else "\\" + found[0]


def shown(text: str) -> str:
    """Text of a document as one visible line of bounded length."""
    return PLAIN.show(text, LONGEST)


def uri_of(name: str) -> str:
    """A path as a URI, relative where the path is.

    >>> uri_of("forms/一季度.txt"), uri_of("/data/a b.txt")
    ('forms/%E4%B8%80%E5%AD%A3%E5%BA%A6.txt', 'file:///data/a%20b.txt')
    """
    path = PurePath(name[:LONGEST]).as_posix()
    quoted = "".join(chr(b) if b in _UNRESERVED else f"%{b:02X}" for b in path.encode("utf-8", "surrogatepass"))
    if re.match(r"[A-Za-z]%3A/", quoted):
        return f"file:///{quoted[0]}:{quoted[4:]}"
    return f"file://{quoted}" if quoted.startswith("/") else quoted
