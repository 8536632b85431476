"""The report in Markdown, for a mail or a merge request: a table of the projects, then the findings.

Nothing of a form becomes markup: no link, no image, no mention of a person, no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcverify.report.amounts import total_amounts
from calcverify.report.model import Project, Report
from calcverify.report.places import claim_of, locator_of, place_of
from calcverify.report.screen import PLAIN
from calcverify.report.summary import heading, left_out
from calcverify.report.words import fill, located, say
from calcverify.source import Span
from calcverify.verify.expression import expression
from calcverify.verify.model import Finding, Severity, Status
from calcverify.verify.wording import claim_amounts, satisfying

# What nobody reads to the end is cut: so many projects, and so much of a text.
MOST_PROJECTS = 200
LONGEST = 300
AROUND = 30

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~#&$]")
_ADDRESS = re.compile(r"(?i)(?<=www)(?=\.)|(?<=:)(?=//)")
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


def plain(text: str, most: int = LONGEST) -> str:
    """Document text as Markdown that shows it and does nothing else.

    >>> plain("[x](http://a.b) <b> @bob")
    '\\\\[x\\\\](http:\\\\//a.b) \\\\<b\\\\> ＠bob'
    """
    shown = _SPECIAL.sub(lambda m: "\\" + m[0], PLAIN.show(text, most))
    # A mention is made of whatever is left once the markup is read, so no escape helps against it.
    return _ADDRESS.sub(r"\\", shown).replace("@", "＠")


def code(text: str, most: int = LONGEST) -> str:
    """Document text set as code.

    >>> code("3.6万元"), code("a`b")
    ('`3.6万元`', '`` a`b ``')
    """
    shown = PLAIN.show(text, most)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}" if longest or not shown.strip() else f"{fence}{shown}{fence}"


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
    rows = [[say(head, lang) for head in _HEADS], ["---", "---", "---:", "---:", "---:", "---"]]
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
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def name_of(project: Project, lang: str) -> str:
    """The name and the code of a project."""
    return " ".join(plain(part, 60) for part in heading(project, lang, PLAIN))


def status_of(project: Project, lang: str) -> str:
    """The status, and the one that counts where it is another."""
    status, decisive = say(project.status.value, lang), say(project.decisive.value, lang)
    return f"**{status}**" if status == decisive else f"**{status}**" + in_brackets(
        fill("counted", lang, status=decisive), lang
    )


def tally(project: Project, lang: str) -> str:
    """``1 处错误，2 处警告，已说明 1 处``."""
    counted = [f.severity for f in project.findings if f.counts]
    words = ((Severity.ERROR, "n-errors"), (Severity.WARNING, "n-warnings"))
    parts = [fill(word, lang, n=counted.count(s)) for s, word in words if s in counted]
    return comma(lang).join(parts + left_out(project.findings, lang))


def comma(lang: str) -> str:
    """The comma of the language."""
    return ", " if lang == "en" else "，"


def in_brackets(text: str, lang: str) -> str:
    """``text`` in the brackets of the language."""
    return f" ({text})" if lang == "en" else f"（{text}）"


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
    colon = ": " if lang == "en" else "："
    if finding.suppressed is not None:
        reason, expiry = finding.suppressed
        until = in_brackets(fill("until", lang, day=plain(expiry, 20)), lang) if expiry else ""
        yield f"**{say('explained', lang)}**{colon}{plain(reason, 600)}{until}"
    if finding.known:
        yield f"**{say('in-baseline', lang)}**"
    text, span = place_of(finding, project)
    where = [plain(part, 60) for part in (finding.field, located(locator_of(finding, project), lang)) if part]
    quoted = [quote(text, span)] if text and span is not None else []
    if where or quoted:
        yield f"{say('place', lang)}{colon}{comma(lang).join(where + quoted)}"
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
        yield f"{say('suggestion', lang)}{colon}{plain(suggestion.say(lang))}"


def quote(text: str, span: Span) -> str:
    """The words around a figure, and the figure set apart."""
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    dots = ("…" * (span.start > AROUND), "…" * (span.end + AROUND < len(text)))
    return f"{dots[0]}{plain(before)} {code(span.of(text), 120)} {plain(after)}{dots[1]}".strip()
