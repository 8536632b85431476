"""Where a finding stands: the text that it points into, the place in it, the place in the file."""

from __future__ import annotations

from typing import NamedTuple

from calcverify.patterns import pattern
from calcverify.report.model import Project
from calcverify.source import Locator, Span
from calcverify.verify.model import Claim, Finding

LINE = pattern(r"\r\n|\r|\n")


class Region(NamedTuple):
    """A range of a file: lines and columns from 1, the end column excluded; ``None`` where it is not known."""

    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


def claim_of(finding: Finding, project: Project) -> Claim | None:
    """The claim that a finding is about."""
    if finding.claim is not None and 0 <= finding.claim < len(project.claims):
        return project.claims[finding.claim]
    return None


def place_of(finding: Finding, project: Project) -> tuple[str, Span | None]:
    """The text that a finding points into, and where; ``""`` where it points into none.

    A finding about a claim whose stated figure stands in another field (the form's
    total) points at the computation.
    """
    form, claim = project.form, claim_of(finding, project)
    for narrative in form.narratives:
        if finding.field == narrative.label and finding.field != form.basis_field:
            return narrative.source.text, finding.span
    if finding.field is not None and finding.field != form.basis_field:
        return "", None
    if finding.span is not None:
        return project.basis_text, finding.span
    if claim is None:
        return "", None
    return project.basis_text, claim.mark


def locator_of(finding: Finding, project: Project) -> Locator:
    """The place in the file of the text that a finding points into; the form's own where it has none."""
    if finding.locator is not None and finding.locator != Locator():
        return finding.locator
    return project.form.locator


def region_of(finding: Finding, project: Project) -> Region | None:
    """The lines and columns of a finding in its file; ``None`` where the file has no lines.

    Columns are known only where the text stands in the file as it is.
    """
    locator = locator_of(finding, project)
    if locator.line is None:
        return None
    text, span = place_of(finding, project)
    if locator.column is None or span is None or not 0 <= span.start <= span.end <= len(text):
        return Region(locator.line)
    line, column = moved(locator.line, locator.column, text[: span.start])
    return Region(line, column, *moved(line, column, span.of(text)))


def moved(line: int, column: int, text: str) -> tuple[int, int]:
    """The line and column behind ``text``, which begins at ``line`` and ``column``."""
    breaks = [found.end() for found in LINE.finditer(text)]
    return (line, column + len(text)) if not breaks else (line + len(breaks), len(text) - breaks[-1] + 1)
