"""``calcverify explain [CODE]``: the rules, or one of them."""

from __future__ import annotations

import re
import sys
from typing import Annotated, NamedTuple

import typer

from calcverify.cli.guard import PASSED
from calcverify.cli.options import LangOption
from calcverify.cli.output import write_out
from calcverify.errors import PROBLEMS, UsageError
from calcverify.report.formats import check_language
from calcverify.report.words import say
from calcverify.review.notices import NOTICES


class Entry(NamedTuple):
    """What can be explained: a rule of the forms, or a fault of an input."""

    code: str
    name: str
    severity: str
    explanation: str


def explain(
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="规则编号，如 CV101 (a code).")] = None,
    lang: LangOption = "zh",
) -> int:
    """解释规则：查什么、为什么、正反例 (the rules, or one of them)."""
    check_language(lang)
    known = entries(lang)
    if code is None:
        text = "".join(f"{e.code}  {say(e.severity, lang)}  {e.name}\n" for e in known)
    else:
        text = _one(code, known, lang)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    from calcverify.report.screen import Screen

    write_out(Screen(encoding=encoding).fit(text).encode(encoding, "replace"))
    return PASSED


def entries(lang: str) -> list[Entry]:
    """Everything that has a code, in the order of the codes."""
    from calcverify import checks

    english = lang == "en"
    rules = [Entry(r.code, r.name_en if english else r.name_zh, r.severity.value, r.explanation) for r in checks.RULES]
    faults = [_fault(code, message[english]) for code, message in PROBLEMS.items()]
    notices = [Entry(n.code, n.name.say(lang), "notice", n.explanation.say(lang)) for n in NOTICES]
    return sorted(rules + faults + notices)


def _fault(code: str, message: str) -> Entry:
    """A fault of an input, named by the first clause of its message.

    What the message fills in (a file's size, a field) is not known before there is one.
    """
    explanation = re.sub(r"\{\w+\}", "…", message)
    return Entry(code, re.split("[，；;(（]", explanation)[0].strip(), "error", explanation)


def _one(code: str, known: list[Entry], lang: str) -> str:
    for entry in known:
        if entry.code == code.strip().upper():
            return f"{entry.code}  {say(entry.severity, lang)}  {entry.name}\n\n{entry.explanation.strip()}\n"
    raise UsageError(
        f"没有规则 {code[:40]!r}；calcverify explain 列出全部规则",
        f"no rule {code[:40]!r}; calcverify explain lists all of them",
    )
