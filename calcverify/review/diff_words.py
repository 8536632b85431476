"""The words of a comparison that its renderers share."""

from __future__ import annotations

from fractions import Fraction

from calcverify.forms.model import StatedTotal
from calcverify.report.places import claim_of, place_of
from calcverify.report.words import fill, say
from calcverify.review.diff import Change, Comparison, Fate, Pair
from calcverify.verify.wording import said_in

# How much of a form is quoted: the words before a computation, and the computation.
BEFORE, LONGEST = 12, 60
STOPS = "；;。\n"

FATES = (Fate.BROKE, Fate.LEFT, Fate.MENDED)


def counts(comparison: Comparison, lang: str) -> str:
    """How many projects and findings met which fate."""
    pairs = comparison.pairs
    return fill(
        "changes",
        lang,
        projects=len(pairs),
        added=sum(p.old is None for p in pairs),
        removed=sum(p.new is None for p in pairs),
        same=sum(p.same for p in pairs),
        **{fate.value: comparison.count(fate) for fate in Fate},
    )


def outcome(pair: Pair, lang: str) -> str:
    """``有误 → 通过``; one status where it is the same, or the only one."""
    statuses = [say(p.status.value, lang) for p in (pair.old, pair.new) if p is not None]
    return " → ".join(dict.fromkeys(statuses))


def kind(pair: Pair, lang: str) -> str:
    """Whether a project was added or removed, else nothing."""
    return say("added", lang) if pair.old is None else say("removed", lang) if pair.new is None else ""


def amounts(pair: Pair, lang: str) -> list[tuple[str, str, str]]:
    """Label, old and new amount of every field that changed, and of what the basis gives."""
    found = [(moved.field, stated(moved.old, lang), stated(moved.new, lang)) for moved in pair.totals]
    if pair.old is not None and pair.new is not None:
        values = [None if p.computed_total is None else p.computed_total.value for p in (pair.old, pair.new)]
        if values[0] != values[1]:
            unit = scale(pair)
            found.append((say("computed", lang), computed(values[0], unit, lang), computed(values[1], unit, lang)))
    return found


def about(change: Change, pair: Pair) -> str:
    """The words of the form that a finding points at, with what names them: ``教材费：360册×85元/册=3.6万元``."""
    project = pair.old if change.fate is Fate.MENDED else pair.new
    if project is None:
        return ""
    text, span = place_of(change.finding, project)
    if not text or span is None:
        return ""
    claim = claim_of(change.finding, project)
    start = span.start if claim is None or claim.span.start > span.start else claim.span.start
    low, end = max(0, start - BEFORE), min(span.end, start + LONGEST)
    start = max(low, *(text.rfind(stop, low, start) + 1 for stop in STOPS))
    return "…" * (start > 0) + text[start:end].strip() + "…" * (end < len(text))


def scale(pair: Pair) -> str:
    """The unit that the form states its total in."""
    total = pair.either.stated_total
    return total.unit if total is not None else ""


def stated(total: StatedTotal | None, lang: str) -> str:
    """An amount as it is written, with its unit; a word where there is none."""
    if total is None:
        return say("absent", lang)
    return total.text if total.text.endswith(total.unit) else total.text + total.unit


def computed(value: Fraction | None, unit: str, lang: str) -> str:
    """A computed amount in the unit of the form."""
    return say("not-computed", lang) if value is None else said_in(value, unit, lang)
