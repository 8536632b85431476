"""The claims of a report as a coloured table for a notebook: a pandas ``Styler``."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from calcverify.errors import UsageError
from calcverify.report.model import Report
from calcverify.report.page import SIGNS, visible
from calcverify.report.words import fill, say
from calcverify.verify.expression import expression
from calcverify.verify.wording import claim_amounts

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

MOST_ROWS = 1000
_HEADS = ("project", "kind", "reading", "stated", "computed", "difference", "verdict")
# The colours of the page, by the sign that begins a verdict.
_COLOURS = {
    "✓": "color: #0b5394; background-color: #e3effa",
    "≈": "color: #0b5394; background-color: #e3effa",
    "±": "color: #4b4f9c; background-color: #ececfb",
    "∼": "color: #4b4f9c; background-color: #ececfb",
    "?": "color: #7a4b00; background-color: #fff0cc",
    "✗": "color: #a3260b; background-color: #fde5dc; font-weight: bold",
}


def styled(report: Report, lang: str = "zh") -> Styler:
    """A row a claim, at most ``MOST_ROWS``: project, reading, the three amounts, and the verdict with its sign.

    Text of a form is escaped. ``UsageError`` names the remedy where jinja2 is missing.
    """
    import pandas

    rows = []
    for project in report.projects:
        for claim in project.claims:
            verdict = claim.verdict.value if claim.verdict is not None else "unjudged"
            reading = expression(claim.node)
            texts = (project.form.name, say(claim.kind, lang), reading, *claim_amounts(claim, lang))
            rows.append([*(visible(text, 200) for text in texts), f"{SIGNS[verdict]} {say(verdict, lang)}"])
    frame = pandas.DataFrame(rows[:MOST_ROWS], columns=[say(head, lang) for head in _HEADS], dtype="string")
    try:
        table = frame.style
    except (ImportError, AttributeError) as error:
        raise UsageError(
            "着色的表格需要 jinja2，请先安装：pip install 'calcverify[files]'",
            "a coloured table needs jinja2; install it with: pip install 'calcverify[files]'",
        ) from error
    amounts: list[Hashable] = [say(head, lang) for head in ("stated", "computed", "difference")]
    table = table.format(escape="html").hide(axis="index")
    table = table.map(lambda text: _COLOURS.get(str(text)[:1], ""), subset=[say("verdict", lang)])
    table = table.set_properties(subset=amounts, **{"text-align": "right"})
    if len(rows) > MOST_ROWS:
        table = table.set_caption(fill("more-claims", lang, n=len(rows) - MOST_ROWS))
    return table
