"""How reports, projects and claims show themselves in a notebook: HTML, LaTeX, and plain text for a terminal.

IPython asks an object for ``_repr_mimebundle_``, and for ``_repr_pretty_`` in a terminal; what
stands here answers for them. Without jinja2 there is the text only.
"""

from __future__ import annotations

from hashlib import blake2b

from calcverify.errors import UsageError
from calcverify.report.html import project_fragment, report_fragment
from calcverify.report.mathml import latex, mathml
from calcverify.report.model import Project, Report
from calcverify.report.page import SIGNS, literal, stylesheet
from calcverify.report.screen import PLAIN
from calcverify.report.summary import summary
from calcverify.report.text import project_text
from calcverify.report.words import comma, say
from calcverify.verify.expression import expression
from calcverify.verify.model import Claim
from calcverify.verify.wording import claim_amounts

# What a line of plain text shows of a claim's reading.
_LONGEST = 300


def of_report(report: Report, lang: str = "zh") -> dict[str, str]:
    """The table of the projects, each to unfold."""
    plain = {"text/plain": plain_of(report, lang)}
    try:
        texts = [p.basis_text for p in report.projects]
        return plain | {"text/html": report_fragment(report, lang, _prefix("report", *texts))}
    except UsageError:
        return plain


def of_project(project: Project, lang: str = "zh") -> dict[str, str]:
    """The marked basis, the claims and the findings."""
    plain = {"text/plain": plain_of(project, lang)}
    try:
        inside = project_fragment(project, lang, _prefix("project", project.form.id, project.basis_text) + "-")
    except UsageError:
        return plain
    return plain | {
        "text/html": f'<div class="calcverify in-notebook"><style>\n{stylesheet()}</style>\n{inside}\n</div>'
    }


def of_claim(claim: Claim, lang: str = "zh") -> dict[str, str]:
    """The reading typeset, and what the comparison says."""
    reading, judged = _said(claim, lang)
    tex = latex(claim, lang)
    bundle = {
        "text/plain": plain_of(claim, lang),
        "text/html": f"<div>{mathml(claim, lang) or literal(reading)}{comma(lang)}{literal(judged)}</div>",
    }
    return bundle | ({"text/latex": f"$\\displaystyle {tex}$"} if tex else {})


def plain_of(shown: Report | Project | Claim, lang: str = "zh") -> str:
    """What a terminal shows: the summary of a report, the text report of a project, a line for a claim."""
    if isinstance(shown, Report):
        return "\n".join(summary(shown, lang, PLAIN))
    if isinstance(shown, Project):
        return project_text(shown, lang)
    return comma(lang).join(_said(shown, lang))


def _said(claim: Claim, lang: str) -> tuple[str, str]:
    """The reading of a claim with its value; what was stated, the difference and the verdict."""
    amounts = claim_amounts(claim, lang)
    reading = PLAIN.show(expression(claim.node), _LONGEST)
    computed = f" = {PLAIN.show(amounts.computed, 60)}" if amounts.computed else ""
    parts = [
        f"{say(word, lang)} {PLAIN.show(text, 60)}" for word, text in _compared(amounts.stated, amounts.difference)
    ]
    verdict = claim.verdict.value if claim.verdict is not None else "unjudged"
    return reading + computed, comma(lang).join([*parts, f"{SIGNS[verdict]} {say(verdict, lang)}"])


def _compared(stated: str, difference: str) -> list[tuple[str, str]]:
    return [(word, text) for word, text in (("stated", stated), ("difference", difference)) if text]


def _prefix(*texts: str) -> str:
    """What begins the ids of one output, so that two outputs of a notebook do not share them."""
    digest = blake2b(digest_size=5)
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return f"cv{digest.hexdigest()}-"
