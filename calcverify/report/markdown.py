"""The report in Markdown, for a mail or a merge request: a table of the projects, then the findings.

Nothing of a form becomes markup: no link, no image, no mention of a person, no HTML.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.report.amounts import total_amounts
from calcverify.report.markup import plain, quote
from calcverify.report.markup import table as table_of
from calcverify.report.model import Project, Report
from calcverify.report.places import claim_of, locator_of, place_of
from calcverify.report.screen import PLAIN
from calcverify.report.summary import heading, left_out
from calcverify.report.words import colon, comma, field_name, fill, in_brackets, located, say
from calcverify.verify.expression import expression
from calcverify.verify.model import Finding, Severity, Status
from calcverify.verify.wording import claim_amounts, satisfying

# What nobody reads to the end is cut.
MOST_PROJECTS = 200
_HEADS = ("project", "status", "stated", "computed", "difference", "findings")


def render(report: Report, lang: str = "zh") -> str:
    """Title, counts, table, the findings of each project, the inputs that were not checked."""
    blocks = [f"# {say('title', lang)}", counts_line(report, lang)]
    shown = report.projects[:MOST_PROJECTS]
    if shown:
        blocks.append(table(shown, lang))
    if len(report.projects) > len(shown):
        blocks.append(fill("more-projects", lang, n=len(report.projects) - len(shown)))
    blocks += ["\n".join(section(p, lang)) for p in shown if p.findings]
    for title, problems in (("problems", report.problems), ("defects", report.defects)):
        if problems:
            listed = "\n".join(f"- {plain(p.say(lang))}" for p in problems)
            blocks.append(f"## {say(title, lang).rstrip('：:')}\n\n{listed}")
    return "\n\n".join(blocks) + "\n"


def counts_line(report: Report, lang: str) -> str:
    """How many projects have which status, and what does not count."""
    counts = {s.value.replace("-", "_"): report.count(s) for s in Status}
    findings = [f for p in report.projects for f in p.findings]
    parts = left_out(findings, lang)
    return ("; " if lang == "en" else "；").join(
        [fill("counts", lang, projects=len(report.projects), **counts), *parts]
    )


def table(projects: tuple[Project, ...], lang: str) -> str:
    """A row a project."""
    rows = []
    for project in projects:
        amounts = total_amounts(project, lang)
        rows.append(
            [
                name_of(project, lang),
                status_of(project, lang),
                *(plain(amount, 60) for amount in (amounts.stated, amounts.computed, amounts.difference)),
                tally(project, lang),
            ]
        )
    return table_of([say(head, lang) for head in _HEADS], rows, right=frozenset({2, 3, 4}))


def name_of(project: Project, lang: str) -> str:
    """The name and the code of a project."""
    return " ".join(plain(part, 60) for part in heading(project, lang, PLAIN))


def status_of(project: Project, lang: str) -> str:
    """The status, and the one that counts where it is another."""
    status, decisive = say(project.status.value, lang), say(project.decisive.value, lang)
    return (
        f"**{status}**"
        if status == decisive
        else f"**{status}**" + in_brackets(fill("counted", lang, status=decisive), lang)
    )


def tally(project: Project, lang: str) -> str:
    """``1 处错误，2 处警告，已说明 1 处``."""
    counted = [f.severity for f in project.findings if f.counts]
    words = ((Severity.ERROR, "n-errors"), (Severity.WARNING, "n-warnings"))
    parts = [fill(word, lang, n=counted.count(s)) for s, word in words if s in counted]
    return comma(lang).join(parts + left_out(project.findings, lang))


def section(project: Project, lang: str) -> Iterator[str]:
    """The heading of a project, and a list item a finding."""
    yield f"## {name_of(project, lang)}"
    where = ", ".join(filter(None, (project.form.source_name, located(project.form.locator, lang))))
    yield ""
    yield f"{status_of(project, lang)}" + (f"  {plain(where)}" if where else "")
    yield ""
    for finding in project.findings:
        yield f"- **{say(finding.severity.value, lang)} {finding.code}** {plain(finding.message.say(lang), 600)}"
        yield from (f"  - {line}" for line in details(finding, project, lang))


def details(finding: Finding, project: Project, lang: str) -> Iterator[str]:
    """The reason why it does not count, its place, what was computed, what may be meant."""
    if finding.suppressed is not None:
        reason, expiry = finding.suppressed
        until = in_brackets(fill("until", lang, day=plain(expiry, 20)), lang) if expiry else ""
        yield f"**{say('explained', lang)}**{colon(lang)}{plain(reason, 600)}{until}"
    if finding.known:
        yield f"**{say('in-baseline', lang)}**"
    text, span = place_of(finding, project)
    name = field_name(finding.field, lang)
    where = [plain(part, 60) for part in (name, located(locator_of(finding, project), lang)) if part]
    quoted = [quote(text, span)] if text and span is not None else []
    if where or quoted:
        yield f"{say('place', lang)}{colon(lang)}{comma(lang).join(where + quoted)}"
    claim = claim_of(finding, project)
    if claim is not None:
        amounts = claim_amounts(claim, lang)
        parts = [f"{say('computed', lang)} {plain(expression(claim.node))} = {plain(amounts.computed, 60)}"]
        parts += [f"{say('stated', lang)} {plain(amounts.stated, 60)}"] * bool(amounts.stated)
        precise, _ = satisfying(claim, lang)
        if precise and finding.severity is not Severity.NOTICE:
            parts.append(fill("satisfied", lang, value=plain(precise, 60)))
        yield ("; " if lang == "en" else "；").join(parts)
    for suggestion in finding.suggestions:
        yield f"{say('suggestion', lang)}{colon(lang)}{plain(suggestion.say(lang))}"
