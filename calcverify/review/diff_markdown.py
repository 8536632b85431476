"""A comparison in Markdown, for the answer to a resubmission."""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.report.markup import plain, table
from calcverify.report.screen import PLAIN
from calcverify.report.summary import heading
from calcverify.report.words import colon, fill, in_brackets, say
from calcverify.review.diff import Change, Comparison, Pair
from calcverify.review.diff_words import FATES, about, amounts, counts, kind, outcome

MOST_PROJECTS = 200


def render(comparison: Comparison, lang: str = "zh") -> str:
    """Title, counts, a table of the projects that changed, their findings by fate."""
    changed = [pair for pair in comparison.pairs if not pair.same]
    shown = changed[:MOST_PROJECTS]
    blocks = [f"# {say('comparison', lang)}", counts(comparison, lang)]
    if shown:
        heads = ["project", "status", "broke", "left", "mended"]
        blocks.append(table([say(h, lang) for h in heads], [row(p, lang) for p in shown], frozenset({2, 3, 4})))
    if len(changed) > len(shown):
        blocks.append(fill("more-projects", lang, n=len(changed) - len(shown)))
    blocks += ["\n".join(section(p, lang)) for p in shown if p.changes or amounts(p, lang)]
    for title, problems in (("problems", comparison.problems), ("defects", comparison.defects)):
        if problems:
            listed = "\n".join(f"- {plain(p.say(lang))}" for p in problems)
            blocks.append(f"## {say(title, lang).rstrip('：:')}\n\n{listed}")
    return "\n\n".join(blocks) + "\n"


def row(pair: Pair, lang: str) -> list[str]:
    """One project in the table."""
    words = "; ".join(part for part in (kind(pair, lang), outcome(pair, lang)) if part)
    return [title(pair, lang), words, *(str(len(pair.of(fate))) for fate in FATES)]


def title(pair: Pair, lang: str) -> str:
    """The name and the code of a project."""
    return " ".join(plain(part, 60) for part in heading(pair.either, lang, PLAIN))


def section(pair: Pair, lang: str) -> Iterator[str]:
    """The amounts that changed, and the findings by fate."""
    yield f"## {title(pair, lang)}"
    moved = amounts(pair, lang)
    if moved:
        yield ""
        yield from (
            f"- {plain(label, 30)}{colon(lang)}{plain(old, 40)} → {plain(new, 40)}" for label, old, new in moved
        )
    for fate in FATES:
        changes = pair.of(fate)
        if changes:
            yield ""
            yield f"**{say(fate.value, lang)} {len(changes)}**"
            yield ""
            for change in changes:
                yield from item(change, pair, lang)


def item(change: Change, pair: Pair, lang: str) -> Iterator[str]:
    """A finding, the words that it is about, why it does not count, and what it was before."""
    finding = change.finding
    yield f"- {say(finding.severity.value, lang)} {finding.code} {plain(finding.message.say(lang), 600)}"
    if words := about(change, pair):
        yield f"  - {plain(words)}"
    if finding.suppressed is not None:
        reason, expiry = finding.suppressed
        until = in_brackets(fill("until", lang, day=plain(expiry, 20)), lang) if expiry else ""
        yield f"  - {say('explained', lang)}{colon(lang)}{plain(reason, 600)}{until}"
    if change.before is not None:
        yield f"  - {say('was', lang)}{colon(lang)}{plain(change.before.message.say(lang), 600)}"
