"""A comparison for people: each project that changed, with what is new, still there and mended."""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.report.screen import PLAIN, Screen
from calcverify.report.summary import heading, problem_lines
from calcverify.report.words import colon, fill, in_brackets, say
from calcverify.review.diff import Change, Comparison, Fate, Pair
from calcverify.review.diff_words import FATES, about, amounts, counts, kind, outcome
from calcverify.verify.model import Severity

COLOURS = {Fate.BROKE: "red", Fate.LEFT: "yellow", Fate.MENDED: "green"}
SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}


def render(comparison: Comparison, lang: str = "zh", screen: Screen = PLAIN) -> str:
    """Every project that changed or still has findings, then the counts."""
    blocks = [list(block(pair, lang, screen)) for pair in comparison.pairs if not pair.same]
    last = [screen.paint(say("summary", lang), "bold"), "  " + counts(comparison, lang)]
    last += problem_lines(comparison.problems, "problems", lang, screen)
    last += problem_lines(comparison.defects, "defects", lang, screen)
    return screen.fit("\n\n".join("\n".join(lines) for lines in [*blocks, last])) + "\n"


def block(pair: Pair, lang: str, screen: Screen) -> Iterator[str]:
    """The lines of one project."""
    name, *code = heading(pair.either, lang, screen)
    parts = (screen.paint(name, "bold"), *code, kind(pair, lang), outcome(pair, lang))
    yield "  ".join(part for part in parts if part)
    for label, old, new in amounts(pair, lang):
        yield f"  {screen.show(label, 30)}{colon(lang)}{screen.show(old, 40)} → {screen.show(new, 40)}"
    for fate in FATES:
        changes = pair.of(fate)
        if changes:
            yield "  " + screen.paint(f"{say(fate.value, lang)} {len(changes)}", COLOURS[fate])
            for change in changes:
                yield from item(change, pair, lang, screen)


def item(change: Change, pair: Pair, lang: str, screen: Screen) -> Iterator[str]:
    """A finding, the words that it is about, why it does not count, and what it was before."""
    finding, most = change.finding, 6 * screen.width
    severity = screen.paint(say(finding.severity.value, lang), SEVERITIES[finding.severity])
    yield f"    {severity} {finding.code} {screen.show(finding.message.say(lang), most)}"
    if words := about(change, pair):
        yield f"      {screen.show(words, screen.width)}"
    if finding.suppressed is not None:
        reason, expiry = finding.suppressed
        until = in_brackets(fill("until", lang, day=screen.show(expiry, 20)), lang) if expiry else ""
        yield f"      {say('explained', lang)}{colon(lang)}{screen.show(reason, most)}{until}"
    if change.before is not None:
        yield f"      {say('was', lang)}{colon(lang)}{screen.show(change.before.message.say(lang), most)}"
