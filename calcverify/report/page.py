"""What pages are made of: templates that escape, document text made visible, the basis marked up.

Whatever a template prints passes through :func:`visible` and is escaped after that, so
that no template can forget it: a name of ten thousand characters is cut, a bidirectional
mark is shown as ``<U+202E>``, and ``<script>`` is text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from calcverify.errors import UsageError
from calcverify.exact.verdict import Verdict
from calcverify.report.highlight import Role, Segment, segments
from calcverify.report.model import Project
from calcverify.report.screen import PLAIN
from calcverify.report.words import colon, fill, in_brackets, reason, say
from calcverify.verify.model import Severity, Status

if TYPE_CHECKING:
    import jinja2

# What a page says of anything but the basis itself is cut here.
LONGEST = 600
TEMPLATES = "templates"

# A sign beside every colour: one person in twenty does not see red and green apart.
SIGNS: dict[str, str] = {
    Verdict.EXACT.value: "✓",
    Verdict.ROUNDED.value: "≈",
    Verdict.CARRY.value: "±",
    Verdict.APPROXIMATE.value: "∼",
    Verdict.QUERY.value: "?",
    Verdict.MISMATCH.value: "✗",
    "unjudged": "–",
    Status.PASS.value: "✓",
    Status.REVIEW.value: "?",
    Status.FAIL.value: "✗",
    Status.NO_FORMULA.value: "○",
    Severity.ERROR.value: "✗",
    Severity.WARNING.value: "!",
    Severity.NOTICE.value: "i",
}


def visible(text: str, most: int = LONGEST) -> str:
    """Document text as one visible line of at most ``most`` columns; not escaped yet."""
    return PLAIN.show(text, most)


def stylesheet() -> str:
    """The style sheet that the marked-up basis and the tables are made for."""
    return files("calcverify.report").joinpath(TEMPLATES, "report.css").read_text(encoding="utf-8")


@cache
def environment() -> jinja2.Environment:
    """The templates, escaping by themselves; ``UsageError`` names the remedy where jinja2 is missing."""
    try:
        import jinja2
        from markupsafe import Markup
    except ImportError as error:
        raise UsageError(
            "网页报告需要 jinja2，请先安装：pip install 'calcverify[files]'",
            "pages need jinja2; install it with: pip install 'calcverify[files]'",
        ) from error

    def shown(value: object) -> object:
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return jinja2.Environment(
        loader=jinja2.PackageLoader("calcverify.report", TEMPLATES),
        autoescape=True,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        extensions=(),
    )


def marked_basis(project: Project, lang: str = "zh", prefix: str = "") -> str:
    """The basis as HTML: every character of it once and in order, each figure marked by its verdict.

    ``prefix`` begins the ids of the claims (``{prefix}c1``) and findings (``{prefix}f1``)
    that the marks lead to. What marks add is drawn by :func:`stylesheet` and is no text.
    """
    return "".join(_marked(segment, project, lang, prefix) for segment in segments(project))


def _marked(segment: Segment, project: Project, lang: str, prefix: str) -> str:
    text = literal(segment.text)
    classes = [] if segment.role is Role.PLAIN else [segment.role.value]
    if segment.verdict is not None:
        classes.append(f"v-{segment.verdict.value}")
    if segment.findings:
        classes.append("has-finding")
    if classes:
        title = escape("；".join(_told(segment, project, lang)), quote=True)
        about = f'class="{" ".join(classes)}"' + (f' title="{title}"' if title else "")
        if segment.role is Role.STATED:
            text = f'<a {about} href="#{prefix}c{segment.stated_by[0] + 1}">{text}</a>'
        else:
            # A page with scripts shows the claim that a figure goes into.
            uses = f' data-claim="{prefix}c{segment.claims[0] + 1}"' if segment.claims else ""
            text = f"<span {about}{uses}>{text}</span>"
    return text + "".join(_mark(at, project, lang, prefix) for at in segment.ends)


def _told(segment: Segment, project: Project, lang: str) -> Iterator[str]:
    """What the title of a marked piece says: who states it, what uses it, why it was left out."""
    for at in segment.stated_by:
        verdict = project.claims[at].verdict
        word = say(verdict.value if verdict is not None else "unjudged", lang)
        yield fill("stated-by", lang, n=at + 1, verdict=word)
    if segment.role in (Role.STATED, Role.OPERAND):
        yield from (fill("used-by", lang, n=at + 1) for at in segment.claims if at not in segment.stated_by)
    if segment.reason:
        word = "unread" if segment.role is Role.UNREAD else "aside"
        yield say(word, lang) + colon(lang) + visible(reason(segment.reason, lang), 60)


def _mark(at: int, project: Project, lang: str, prefix: str) -> str:
    """The small number behind a figure that leads to what was found."""
    label = escape(fill("finding-n", lang, n=at + 1), quote=True)
    severity = project.findings[at].severity.value
    return f'<a class="mark {severity}" href="#{prefix}f{at + 1}" data-n="{at + 1}" aria-label="{label}"></a>'


def literal(text: str) -> str:
    """Document text as HTML, character by character, line ends and blanks kept.

    What does not show is written out: ``<U+202E>``, set apart from the text.
    """
    out = []
    for hidden, run in groupby(text, _is_hidden):
        piece = "".join(run)
        if hidden:
            out.append(f'<span class="hidden-char">{escape("".join(f"<U+{ord(char):04X}>" for char in piece))}</span>')
        else:
            # A parser would take the two for blanks of its own, or for a line end.
            out.append(escape(piece).replace("\t", "&#9;").replace("\r", "&#13;"))
    return "".join(out)


def _is_hidden(char: str) -> bool:
    return char not in "\n\t\r" and unicodedata.category(char) != "Zs" and PLAIN.glyph(char) != char


def bracketed(text: str, lang: str) -> str:
    """``text`` in the brackets of the language, nothing for an empty one."""
    return in_brackets(text, lang) if text else ""
