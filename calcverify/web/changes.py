"""What an edit of the basis changed: the two checks compared, in the words of the page."""

from __future__ import annotations

from typing import NamedTuple

from calcverify.report.model import Project
from calcverify.report.words import say
from calcverify.review.diff import Fate, Pair, made
from calcverify.review.diff_words import FATES, amounts

MOST_TOLD = 5


class Change(NamedTuple):
    """A finding with its fate: ``kind`` is ``mended``, ``broke`` or ``left``."""

    kind: str
    word: str
    message: str


class Changes(NamedTuple):
    """``before`` and ``after`` are the words of the two statuses; ``counts`` the number of each fate;
    ``amounts`` label, old and new amount of what moved."""

    before: str
    after: str
    changes: tuple[Change, ...]
    amounts: tuple[tuple[str, str, str], ...]

    @property
    def told(self) -> tuple[Change, ...]:
        """What is worth a line: what is new or mended, a few of each."""
        moved = (fate for fate in Fate if fate is not Fate.LEFT)
        return tuple(c for fate in moved for c in [c for c in self.changes if c.kind == fate.value][:MOST_TOLD])

    @property
    def counts(self) -> dict[str, int]:
        """How many findings met each fate."""
        return {fate.value: sum(c.kind == fate.value for c in self.changes) for fate in Fate}


def changes(old: Project, new: Project, lang: str, strict: bool = False) -> Changes:
    """What became of the findings and amounts of ``old`` in ``new``."""
    pair: Pair = made(old, new, strict)
    found = [
        Change(fate.value, say(fate.value, lang), change.finding.message.say(lang))
        for fate in FATES
        for change in pair.of(fate)
    ]
    return Changes(say(old.status.value, lang), say(new.status.value, lang), tuple(found), tuple(amounts(pair, lang)))
