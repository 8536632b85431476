"""A report becomes a plan: which note stands at which characters of which cell."""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.annotate.model import Block, Entry, Mark, Note, Plan
from calcverify.annotate.notes import note_of, shown
from calcverify.annotate.words import say
from calcverify.errors import InputProblem
from calcverify.report.model import Project, Report
from calcverify.report.places import claim_of, locator_of
from calcverify.report.words import located
from calcverify.source import Locator, Source, Span
from calcverify.verify.model import Finding

# What parts two cells in a text belongs to neither of them.
_BETWEEN = "\t\r\n"
_LONGEST_QUOTE = 60


def plan_of(report: Report, lang: str = "zh") -> Plan:
    """The notes of all findings of ``report`` with their places, numbered in its order."""
    blocks: list[Block] = []
    number = 0
    for project in report.projects:
        entries = []
        for finding in project.findings:
            number += 1
            entries.append(entry_of(finding, project, number, lang))
        blocks.append(Block(project, tuple(entries)))
    return Plan(report, tuple(blocks), lang)


def of_file(report: Report, name: str) -> Report:
    """The part of a report that is about the file ``name``."""

    def about(problems: tuple[InputProblem, ...]) -> tuple[InputProblem, ...]:
        return tuple(problem for problem in problems if problem.source == name)

    projects = tuple(project for project in report.projects if project.form.source_name == name)
    return Report(projects, about(report.problems), about(report.defects))


def entry_of(finding: Finding, project: Project, number: int, lang: str) -> Entry:
    """One finding with every place that it is marked at."""
    note = note_of(finding, project, number, lang)
    marks = tuple(marks_of(finding, project, note))
    where = shown(located(marks[0].locator if marks else Locator(), lang), 80)
    field = shown(finding.field, 40) if finding.field else ""
    place = "\n".join(filter(None, (field, where))) or say("no-place", lang)
    return Entry(note, place, shown(marks[0].text, _LONGEST_QUOTE) if marks else "", marks)


def marks_of(finding: Finding, project: Project, note: Note) -> Iterator[Mark]:
    """The marks of a finding: the characters of its figure, cell by cell where it runs over several.

    Where the basis does not lead to the form's total, the cell of the total is marked too:
    it is the one that may have to change.
    """
    source, span = source_of(finding, project)
    claim = claim_of(finding, project)
    stated = claim.stated if claim is not None and claim.kind == "total" else None
    elsewhere = stated is not None and stated.span is None
    if source is not None and span is not None:
        places = [place for place in segments(source, span) if place[0] != Locator()]
        for at, (locator, piece, start) in enumerate(places[:1] if elsewhere else places):
            yield Mark(note, locator, piece, start, note.loud and not elsewhere, noted=at == 0)
    elif (locator := locator_of(finding, project)) != Locator():
        yield Mark(note, locator, coloured=note.loud)
    if stated is not None and elsewhere and note.loud:
        for total in project.form.totals:
            if total.yuan == stated.value and total.locator != Locator():
                yield Mark(note, total.locator, coloured=True)
                break


def source_of(finding: Finding, project: Project) -> tuple[Source | None, Span | None]:
    """The field that a finding points into and where; ``None`` for both where it points at a cell as a whole."""
    form, claim = project.form, claim_of(finding, project)
    if finding.field is not None and finding.field != form.basis_field:
        for narrative in form.narratives:
            if narrative.label == finding.field and finding.span is not None:
                return narrative.source, finding.span
        return None, None
    span = finding.span if finding.span is not None else claim.mark if claim is not None else None
    return (form.basis, span) if form.basis is not None and span is not None else (None, None)


def segments(source: Source, span: Span) -> Iterator[tuple[Locator, str, int]]:
    """Cell by cell: its place, the characters of ``span`` in it, where they begin in its text."""
    if not source.pieces:
        yield source.locator, span.of(source.text), span.start
        return
    ends = [piece.start for piece in source.pieces[1:]] + [len(source.text)]
    for piece, end in zip(source.pieces, ends, strict=True):
        start, stop = max(span.start, piece.start), min(span.end, end)
        text = source.text[start:stop].rstrip(_BETWEEN) if start < stop else ""
        kept = text.lstrip(_BETWEEN)
        if kept.strip():
            yield piece.locator, kept, piece.offset + start - piece.start + len(text) - len(kept)
