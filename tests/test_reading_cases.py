"""What is claimed of a text: the lines of ``cases/{equations,composed,shares,tables,tallies}.txt``.

A line fails unless the claims of its text are exactly those listed, in their order.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

import calcverify
from calcverify.exact.verdict import Verdict
from calcverify.verify.model import Claim

FOLDER = Path(__file__).parent / "cases"
TOPICS = ("equations", "composed", "shares", "tables", "tallies")
LINE = re.compile(r"(?P<text>.+?) ⇒ (?P<claims>.+?)  # (?P<why>.+)")
CLAIM = re.compile(
    r"(?:equation|sum|balance|partition|share|composed|total) -?[\d/.]+ \S*"
    rf"(?: = -?[\d/.]+ (?:{'|'.join(verdict.value for verdict in Verdict)}))?"
)
MISSES = (Verdict.MISMATCH.value, Verdict.QUERY.value)


class Line(NamedTuple):
    """A line of a case file: the text, the claims as they are written there, the reason."""

    topic: str
    text: str
    claims: tuple[str, ...]
    why: str


def lines(topic: str) -> list[Line]:
    """The cases of a file; a line that cannot be read fails here, not silently."""
    found = []
    for line in (FOLDER / f"{topic}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        m = LINE.fullmatch(line)
        assert m, f"{topic}.txt: {line}"
        claims = () if m["claims"] == "none" else tuple(m["claims"].split("; "))
        assert all(CLAIM.fullmatch(claim) for claim in claims), f"{topic}.txt: {line}"
        found.append(Line(topic, m["text"].replace(r"\n", "\n").replace(r"\t", "\t"), claims, m["why"]))
    return found


CASES = [line for topic in TOPICS for line in lines(topic)]


def told(claim: Claim) -> str:
    """A claim as the case files write it."""
    computed = f"{claim.kind} {claim.computed.value} {claim.computed.unit}" if claim.computed else f"{claim.kind} none"
    if claim.stated is None or claim.verdict is None:
        return computed
    return f"{computed} = {claim.stated.value} {claim.verdict.value}"


@pytest.mark.parametrize("line", CASES, ids=[f"{c.topic}: {c.text}" for c in CASES])
def test_the_claims_are_those_of_the_line(line: Line) -> None:
    assert tuple(told(claim) for claim in calcverify.check_text(line.text).claims) == line.claims, line.why


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_confirms_misses_and_keeps_silent(topic: str) -> None:
    own = [line for line in CASES if line.topic == topic]
    missing = [line for line in own if any(claim.endswith(MISSES) for claim in line.claims)]
    assert len({line.text for line in own}) == len(own)
    assert missing
    assert any(not line.claims for line in own)
    assert any(line.claims and line not in missing for line in own)


def test_prose_never_accuses() -> None:
    assert not [line for line in CASES if any(c.startswith("composed") and "mismatch" in c for c in line.claims)]
