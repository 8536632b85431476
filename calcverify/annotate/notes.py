"""The note at a figure: code and name, computed, stated, the difference, what would satisfy it, likely causes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from calcverify.annotate.model import Mark, Note
from calcverify.annotate.words import say as own
from calcverify.checks import RULES
from calcverify.checks.cv101_mismatch import CANNOT_TELL
from calcverify.report.model import Project
from calcverify.report.places import claim_of
from calcverify.report.screen import PLAIN
from calcverify.report.words import colon, comma, fill, in_brackets, say
from calcverify.verify.expression import expression
from calcverify.verify.model import Claim, Finding, Severity
from calcverify.verify.wording import claim_amounts, factor_text, satisfying

# A box beside a cell holds a few lines; the report has the rest.
LONGEST_LINE = 240
# Excel takes 32,767 characters in a comment; nobody reads more than a page of them.
MOST_CHARACTERS = 3000


@cache
def names() -> dict[str, tuple[str, str]]:
    """The Chinese and the English name of every rule, by its code."""
    return {rule.code: (rule.name_zh, rule.name_en) for rule in RULES}


def shown(text: str, most: int = LONGEST_LINE) -> str:
    """Document text for a note: one line, bounded, nothing invisible in it."""
    return PLAIN.show(text, most)


def note_of(finding: Finding, project: Project, number: int, lang: str) -> Note:
    """What is said of ``finding``; ``number`` is its number in the summary."""
    weight = say("explained" if finding.suppressed else "known" if finding.known else finding.severity.value, lang)
    name = names().get(finding.code, ("", ""))[lang == "en"]
    title = f"{in_marks(weight, lang)}{finding.code} {name}".rstrip()
    return Note(number, finding.severity, title, tuple(lines(finding, project, lang)), finding.counts)


def in_marks(word: str, lang: str) -> str:
    """``【错误】``; ``[error] `` in English."""
    return f"[{word}] " if lang == "en" else f"【{word}】"


def lines(finding: Finding, project: Project, lang: str) -> Iterator[str]:
    """The lines below the title, the shortest that say it all."""
    claim, message = claim_of(finding, project), finding.message.say(lang)
    compared = claim is not None and claim.stated is not None and claim.computed is not None
    if not compared or finding.code != "CV101":
        # The title has said the name already.
        rest = message.removeprefix(names().get(finding.code, ("", ""))[lang == "en"])
        yield from filter(None, [shown(rest.lstrip("：:，, ") if rest != message else message)])
    if claim is not None:
        yield from comparison(claim, lang, message, asks=finding.severity is not Severity.NOTICE)
    for suggestion in finding.suggestions:
        yield say("suggestion", lang) + colon(lang) + shown(suggestion.say(lang))
    if compared and message.endswith(CANNOT_TELL.say(lang)):
        yield own("cannot-tell", lang)
    if finding.suppressed is not None:
        reason, expiry = finding.suppressed
        until = in_brackets(fill("until", lang, day=shown(expiry, 20)), lang) if expiry else ""
        yield say("explained", lang) + colon(lang) + shown(reason) + until
    if finding.known:
        yield say("in-baseline", lang)


def comparison(claim: Claim, lang: str, message: str, asks: bool) -> Iterator[str]:
    """The reading with its value and the figure beside it, unless the message has them; what would
    satisfy the claim if it ``asks``."""
    computed, stated, difference = claim_amounts(claim, lang)
    reading = shown(expression(claim.node))
    if not (computed and reading in message):
        yield say("computed", lang) + colon(lang) + (f"{reading} = {computed}" if computed else reading)
        if stated:
            off = f"{comma(lang)}{say('difference', lang)} {difference}" if difference else ""
            yield say("stated", lang) + colon(lang) + shown(stated, 60) + off
    precise, nearest = satisfying(claim, lang)
    if asks and claim.factor is not None:
        yield fill("with-factor", lang, factor=factor_text(claim.factor, lang))
    elif asks and precise:
        digits = say("as-written", lang) + (" " if lang == "en" else "") + nearest
        yield fill("satisfied", lang, value=precise + ("" if nearest == precise else in_brackets(digits, lang)))


def comment_lines(marks: list[Mark], lang: str) -> list[tuple[str, bool]]:
    """The lines of a comment, each with whether it is bold; bounded, with what is left out counted."""
    lines: list[tuple[str, bool]] = []
    room, told = MOST_CHARACTERS, set[int]()
    for at, mark in enumerate(marks):
        if mark.note.number in told:  # a figure that runs over two pieces of one cell
            continue
        quote = f"“{shown(mark.text, 60)}”" if mark.text else ""
        texts = [(mark.note.title, True), *(((quote, False),) if quote else ()), *((t, False) for t in mark.note.lines)]
        room -= sum(len(text) for text, _ in texts)
        if room < 0 and told:
            lines.append((say("more-notes", lang).format(n=len({m.note.number for m in marks[at:]} - told)), True))
            break
        told.add(mark.note.number)
        lines += texts
    return lines
