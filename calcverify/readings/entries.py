"""An entry of a file of readings, whatever its format: checked key by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calcverify.readings.faults import ProjectFaults
from calcverify.readings.model import KIND_OF, ClaimLine, Piece
from calcverify.source import Span

CLAIM_KEYS = frozenset({"kind", "reading", "prose", "text", "place", "verdict"})
PIECE_KEYS = frozenset({"text", "place", "reason"})
_FURTHEST = 10**9


def claim_of(item: Mapping[str, Any], line: int, faults: ProjectFaults) -> ClaimLine:
    """A claim; one without a kind is a written equation."""
    strangers(item, CLAIM_KEYS, line, faults)
    kind, reading, prose = item.get("kind", "equation"), item.get("reading", ""), item.get("prose", False)
    text = item.get("text", "")
    known = faults.expect(isinstance(kind, str) and kind in KIND_OF, "kind", line)
    faults.expect(isinstance(prose, bool), "prose", line)
    faults.expect(isinstance(text, str), "text", line)
    good = faults.expect(isinstance(reading, str), "reading", line)
    claim = ClaimLine(
        KIND_OF[kind] if known else "equation", reading if good else "", prose is True, str(text),
        place_of(item.get("place"), line, faults), line=line,
    )
    return faults.read(claim) if good else claim


def piece_of(item: Mapping[str, Any], line: int, faults: ProjectFaults) -> Piece:
    """A stretch that was set aside or not read."""
    strangers(item, PIECE_KEYS, line, faults)
    for key in ("text", "reason"):
        faults.expect(isinstance(item.get(key, ""), str), key, line)
    place = place_of(item.get("place"), line, faults)
    return Piece(str(item.get("text", "")), place or Span(0, 0), str(item.get("reason", "")))


def place_of(value: Any, line: int, faults: ProjectFaults) -> Span | None:
    """``[12, 30]``: from one character of the basis to another; ``None`` where it is left out."""
    if value is None:
        return None
    good = isinstance(value, list) and len(value) == 2 and all(type(n) is int and 0 <= n < _FURTHEST for n in value)
    if not faults.expect(good and value[0] <= value[1], "place", line):
        return None
    return Span(*value)


def strangers(item: Mapping[str, Any], known: frozenset[str], line: int, faults: ProjectFaults) -> None:
    """A key that nothing reads may be a word misspelt, and what it says would be lost."""
    for key in sorted(set(item) - known):
        faults.expect(False, key[:40], line)
