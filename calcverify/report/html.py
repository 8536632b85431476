"""The report as one HTML file: no scripts, nothing fetched, good to read and to print on A4."""

from __future__ import annotations

from typing import Any, NamedTuple

from calcverify.report.amounts import share_text, total_amounts
from calcverify.report.mathml import mathml
from calcverify.report.model import Project, Report
from calcverify.report.page import LONGEST, SIGNS, environment, literal, marked_basis, stylesheet, visible
from calcverify.report.places import claim_of, locator_of, place_of
from calcverify.report.scanned import MOST_PICTURES, recognised
from calcverify.report.screen import PLAIN
from calcverify.report.summary import heading, left_out, urgency
from calcverify.report.tree_svg import tree_svg
from calcverify.report.words import colon, comma, field_name, fill, in_brackets, located, reason, say
from calcverify.source import Span
from calcverify.verify.expression import expression
from calcverify.verify.model import Claim, Finding, Severity, Status
from calcverify.verify.wording import claim_amounts, factor_text, satisfying
from calcverify.version import __version__

# Nobody opens a page of more; a table or JSON lists everything.
MOST_PROJECTS, MOST_ROWS = 500, 5000
# In a notebook the output of a cell is kept in the file.
MOST_UNFOLDED, MOST_LISTED, MOST_CROPS = 20, 200, 200
MOST_ASIDES = 200
AROUND = 30


class _Words(NamedTuple):
    """The words of a language for a template: ``w.say('stated')``."""

    lang: str

    def say(self, word: str) -> str:
        return say(word, self.lang)

    def fill(self, word: str, **values: object) -> str:
        return fill(word, self.lang, **values)

    def headed(self, word: str) -> str:
        """``填报：``"""
        return say(word, self.lang) + colon(self.lang)

    def sign(self, word: str) -> str:
        return SIGNS.get(word, "")

    def reason(self, word: str) -> str:
        return visible(reason(word, self.lang), 60)


def render(report: Report, lang: str = "zh") -> str:
    """The whole page: the table of the projects, then each with its basis, claims and findings."""
    return _rendered("report.html.j2", report, lang, (MOST_PROJECTS, MOST_ROWS, MOST_PICTURES), "p")


def report_fragment(report: Report, lang: str = "zh", prefix: str = "p") -> str:
    """The table of the projects, and under it each to unfold, as HTML to stand in another page.

    The style sheet comes with it, ``prefix`` begins every id.
    """
    return _rendered("notebook.html.j2", report, lang, (MOST_UNFOLDED, MOST_LISTED, MOST_CROPS), prefix)


def project_fragment(project: Project, lang: str = "zh", prefix: str = "") -> str:
    """One project as HTML to stand in another page beside :func:`stylesheet`: its head, marked basis,
    claims, findings, numbers left out, and tree. ``prefix`` begins every id in it."""
    template = environment().get_template("project.html.j2")
    shown = _project(project, lang, prefix, MOST_CROPS)
    return str(template.render(w=_Words(lang), p=shown, level=2, legend=None))


def _rendered(template: str, report: Report, lang: str, most: tuple[int, int, int], prefix: str) -> str:
    """A template of the whole report, with so many projects in full, so many in the table, so many crops of scans."""
    most_full, most_rows, most_crops = most
    rows = report.projects[:most_rows]
    # The worst are shown in full where there are too many, in the order of the report.
    first = sorted(range(len(rows)), key=lambda at: urgency(rows[at]))[:most_full]
    in_full = set(first)
    scanned = sum(any(r.kind == "scanned" for r in rows[at].form.remarks) for at in first)
    each = most_crops // max(scanned, 1)
    counts = {s.value.replace("-", "_"): report.count(s) for s in Status}
    parts = left_out([f for p in report.projects for f in p.findings], lang)
    return str(
        environment()
        .get_template(template)
        .render(
            w=_Words(lang),
            lang=lang,
            css=_markup(stylesheet()),
            version=__version__,
            counts=[fill("counts", lang, projects=len(report.projects), **counts), *parts],
            rows=[_row(row, f"{prefix}{at + 1}" if at in in_full else "", lang) for at, row in enumerate(rows)],
            more=len(report.projects) - len(rows),
            problems=[p.say(lang) for p in report.problems],
            defects=[p.say(lang) for p in report.defects],
            projects=[_project(rows[at], lang, f"{prefix}{at + 1}-", each) for at in sorted(in_full)],
            pictured=scanned > 0,
            legend=legend(lang),
        )
    )


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _row(project: Project, anchor: str, lang: str) -> dict[str, object]:
    """A row of the table of projects."""
    amounts = total_amounts(project, lang)
    tally = [sum(f.severity is s and f.counts for f in project.findings) for s in (Severity.ERROR, Severity.WARNING)]
    return {
        "status": project.status.value,
        "counted": project.decisive.value if project.decisive is not project.status else "",
        "name": visible(" ".join(heading(project, lang, PLAIN)), 130),
        "anchor": anchor,
        "amounts": amounts,
        "coverage": share_text(project.coverage.amount),
        "errors": tally[0] or "",
        "warnings": tally[1] or "",
    }


def _project(project: Project, lang: str, prefix: str, most_crops: int) -> dict[str, object]:
    """Everything that the template of a project prints."""
    form = project.form
    name, *code = heading(project, lang, PLAIN)
    amounts, stated = total_amounts(project, lang), project.stated_total
    where = (form.source_name, located(form.locator, lang), form.organisation, form.department, form.year)
    asides = {"unread": project.unread, "aside": project.set_aside}
    field = field_name(stated.field, lang) if stated is not None else ""
    return {
        "prefix": prefix,
        "anchor": prefix.rstrip("-"),
        "name": name,
        "code": code,
        "status": project.status.value,
        "left_out": comma(lang).join(left_out(project.findings, lang)),
        "counted": project.decisive.value if project.decisive is not project.status else "",
        "where": [visible(part, 120) for part in where if part],
        "amounts": amounts,
        "field": visible(field, 60),
        "coverage": [share_text(share) for share in project.coverage],
        "basis_field": visible(field_name(form.basis_field, lang), 60),
        "basis": _markup(marked_basis(project, lang, prefix)),
        "claims": [_claim(claim, lang) for claim in project.claims],
        "findings": [_finding(finding, project, lang) for finding in project.findings],
        "scanned": recognised(project, lang, most_crops),
        "asides": {word: listed[:MOST_ASIDES] for word, listed in asides.items() if listed},
        "more_asides": {word: len(listed) - MOST_ASIDES for word, listed in asides.items()},
        "tree": _markup(tree_svg(project, lang)),
    }


def _claim(claim: Claim, lang: str) -> dict[str, object]:
    verdict = claim.verdict.value if claim.verdict is not None else "unjudged"
    return {
        "kind": claim.kind,
        "text": visible(claim.text, 200),
        "math": _markup(mathml(claim, lang)),
        "reading": expression(claim.node),
        "amounts": claim_amounts(claim, lang),
        "verdict": verdict,
        "assumptions": [a.say(lang) for a in claim.assumptions],
        "factor": factor_text(claim.factor, lang) if claim.factor is not None else "",
    }


def _finding(finding: Finding, project: Project, lang: str) -> dict[str, object]:
    claim = claim_of(finding, project)
    text, span = place_of(finding, project)
    name = field_name(finding.field, lang)
    where = [visible(part, 60) for part in (name, located(locator_of(finding, project), lang)) if part]
    explained = finding.suppressed
    until = fill("until", lang, day=explained.expiry) if explained is not None and explained.expiry else ""
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message.say(lang),
        "counts": finding.counts,
        "explained": visible(explained.reason, LONGEST) + (in_brackets(until, lang) if until else "")
        if explained is not None
        else None,
        "known": finding.known,
        "where": where,
        "quote": _quote(text, span) if text and span is not None else None,
        "claim": None if claim is None or finding.claim is None else finding.claim + 1,
        "amounts": None if claim is None else claim_amounts(claim, lang),
        "satisfied": "" if claim is None else _satisfied(claim, finding, lang),
        "suggestions": [s.say(lang) for s in finding.suggestions],
    }


def _satisfied(claim: Claim, finding: Finding, lang: str) -> str:
    """What would satisfy a claim; a notice asks for no other figure."""
    if finding.severity is Severity.NOTICE:
        return ""
    if claim.factor is not None:
        return fill("with-factor", lang, factor=factor_text(claim.factor, lang))
    precise, nearest = satisfying(claim, lang)
    if not precise:
        return ""
    said = say("as-written", lang) + (" " if lang == "en" else "") + nearest
    return fill("satisfied", lang, value=precise + (in_brackets(said, lang) if nearest != precise else ""))


def _quote(text: str, span: Span) -> tuple[Any, Any, Any]:
    """The words before a figure, the figure, the words behind it, as HTML."""
    cut = Span(span.start, min(span.end, span.start + LONGEST))
    before, after = text[max(0, cut.start - AROUND) : cut.start], text[cut.end : cut.end + AROUND]
    dots = ("…" * (cut.start > AROUND), "…" * (cut.end + AROUND < len(text)))
    parts = (dots[0] + literal(before), literal(cut.of(text)), literal(after) + dots[1])
    return _markup(parts[0]), _markup(parts[1]), _markup(parts[2])


def legend(lang: str) -> list[tuple[str, str, str]]:
    """Classes, a sample, and what it means."""
    sample = "3.6万元"
    rows = (
        ("stated v-exact", sample, "legend-agrees"),
        ("stated v-carry", sample, "legend-near"),
        ("stated v-query", sample, "legend-query"),
        ("stated v-mismatch", sample, "legend-mismatch"),
        ("operand v-exact", "85元/册", "legend-operand"),
        ("set-aside", "2026年", "legend-aside"),
        ("unread", "60×104", "legend-unread"),
    )
    return [(classes, text, say(word, lang)) for classes, text, word in rows]
