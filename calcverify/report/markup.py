"""Document text in Markdown: shown as it is, and nothing of it becomes markup."""

from __future__ import annotations

import re

from calcverify.report.screen import PLAIN
from calcverify.source import Span

LONGEST = 300
AROUND = 30

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~#&$]")
_ADDRESS = re.compile(r"(?i)(?<=www)(?=\.)|(?<=:)(?=//)")


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


def quote(text: str, span: Span) -> str:
    """The words around a figure, and the figure set apart."""
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    dots = ("…" * (span.start > AROUND), "…" * (span.end + AROUND < len(text)))
    return f"{dots[0]}{plain(before)} {code(span.of(text), 120)} {plain(after)}{dots[1]}".strip()


def table(heads: list[str], rows: list[list[str]], right: frozenset[int] = frozenset()) -> str:
    """A table; the cells are Markdown already, the columns of ``right`` hold amounts."""
    rule = ["---:" if at in right else "---" for at in range(len(heads))]
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rule, *rows])
