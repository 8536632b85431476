"""A baseline: the findings that an office already knows of, so that only new ones decide.

The file is JSON with a finding a line, sorted, so that a version control shows what was
added and mended. Findings are told apart by their fingerprints, never by where they stand.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from calcverify.config.faults import ConfigError, Fault, Place
from calcverify.errors import UsageError
from calcverify.report.model import Project
from calcverify.report.objects import dumps
from calcverify.review.fingerprint import empty_print, fingerprints, piece_print
from calcverify.review.standing import answered, standing, without
from calcverify.review.suppressions import is_suppressed
from calcverify.verify.model import Finding, Status

VERSION = 1
LARGEST = 1_000_000_000

# What stands open in a form without a finding that says so.
UNREAD, EMPTY = "unread", "no-formula"


class BaselineError(UsageError):
    """A file that is no baseline."""


def write_baseline(projects: Iterable[Project]) -> str:
    """The baseline that knows everything which stands open in ``projects``."""
    lines = Counter(dumps(entry) for project in projects for entry in entries_of(project))
    body = ",\n".join(f'{line[:-1]}, "count": {count}}}' for line, count in sorted(lines.items()))
    return f'{{"baseline": {VERSION}, "tool": "calcverify", "findings": [\n{body}\n]}}\n'


def entries_of(project: Project) -> Iterator[dict[str, Any]]:
    """What stands open in a project: its findings that are not explained, what was not read, nothing to compute."""

    def entry(code: str, fingerprint: str, message: str) -> dict[str, Any]:
        about = project.form.id or project.form.name
        return {"project": about, "code": code, "fingerprint": fingerprint, "message": message[:200]}

    for finding, fingerprint in zip(project.findings, prints_of(project), strict=True):
        if not is_suppressed(finding) and not about_itself(finding):
            yield entry(finding.code, fingerprint, finding.message.zh)
    for piece in project.unread:
        yield entry(UNREAD, piece_print(project.form, piece), piece.text)
    if nothing_computed(project):
        yield entry(EMPTY, empty_print(project.form), "")


def nothing_computed(project: Project) -> bool:
    """Whether the basis computes nothing, be it that there is nothing or that it was not read."""
    return not project.computes and not project.claims


def about_itself(finding: Finding) -> bool:
    """Whether a finding is about a reason of the suppressions file and not about the form."""
    return finding.code.startswith("CV9")


def read_baseline(path: Path) -> Counter[str]:
    """How often a baseline knows each fingerprint; ``UsageError`` for a file that is none."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or error
        raise ConfigError(Fault.UNREADABLE, Place(str(path)), detail=why) from error
    return known_of(data, path)


def known_of(data: bytes, path: Path) -> Counter[str]:
    """How often the content of a baseline file knows each fingerprint."""
    try:
        content = json.loads(data.decode("utf-8-sig")) if len(data) <= LARGEST else None
    except (ValueError, RecursionError):
        content = None
    known: Counter[str] = Counter()
    try:
        version = content["baseline"]  # type: ignore[index]  # whatever it is not is caught below
        for entry in content["findings"]:  # type: ignore[index]  # the same
            count = entry.get("count", 1)
            if not isinstance(entry["fingerprint"], str) or type(count) is not int:
                raise TypeError
            known[entry["fingerprint"]] += count
    except (TypeError, KeyError, AttributeError):
        version = None
    if version != VERSION:
        place = Place(str(path))
        raise BaselineError(
            f"{place}: 不是基线文件；请用 --write-baseline 生成",
            f"{place}: no baseline; make one with --write-baseline",
        )
    return known


def with_known(projects: Iterable[Project], baseline: Mapping[str, int], strict: bool = False) -> Iterator[Project]:
    """The projects with the findings marked that the baseline knows, and the status that the new ones make.

    A finding is known as often as the baseline holds it: of two that are alike, where
    there was one, the second is new.
    """
    left = Counter(baseline)

    def take(fingerprint: str) -> bool:
        left[fingerprint] -= 1
        return left[fingerprint] >= 0

    for project in projects:
        # An explained finding is in no baseline, and takes nothing from those that are.
        findings = tuple(
            finding._replace(known=not is_suppressed(finding) and not about_itself(finding) and take(fingerprint))
            for finding, fingerprint in zip(project.findings, prints_of(project), strict=True)
        )
        pieces = [take(piece_print(project.form, piece)) for piece in project.unread]
        empty = nothing_computed(project) and take(empty_print(project.form))
        marked = project._replace(findings=findings)
        open_ = marked._replace(unread=without(project.unread, pieces), computes=project.computes or empty)
        counted = standing(open_, is_out, strict)
        if counted is Status.NO_FORMULA and answered(marked, is_out):
            counted = Status.PASS
        yield marked._replace(counted=counted)


def is_out(finding: Finding) -> bool:
    """Whether a finding decides nothing."""
    return not finding.counts


def prints_of(project: Project) -> list[str]:
    """The fingerprints of a project's findings."""
    return fingerprints(project.form, project.claims, project.findings, (*project.set_aside, *project.unread))
