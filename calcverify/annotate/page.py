"""The marked page: the report as HTML with every figure marked, where a file cannot be marked itself."""

from __future__ import annotations

from html import escape

from calcverify.annotate.model import Plan
from calcverify.annotate.notes import shown
from calcverify.verify.model import Bilingual

_BODY = '<body class="calcverify">\n'
_WHY = Bilingual(
    "没有在原文件中标注，改为生成本网页。原因：",
    "The file itself was not marked; this page was made instead: ",
)


def marked_page(plan: Plan, name: str, reason: Bilingual) -> bytes:
    """The page of a plan's report, with the reason why it is no copy of the file ``name``."""
    from calcverify.report.html import render

    lang = plan.lang
    said = f"{shown(name, 120)}{': ' if lang == 'en' else '：'}{_WHY.say(lang)}{reason.say(lang)}"
    head, body, rest = render(plan.report, lang).partition(_BODY)
    note = f'<p class="counts" role="note"><strong>{escape(said)}</strong></p>\n'
    return (head + body + note + rest).encode("utf-8", "replace")
