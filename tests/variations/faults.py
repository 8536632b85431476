"""One fault at a time: what officers get wrong, and what the text must then become.

A fault changes one figure, one unit, one sign, or leaves one factor or item out, in a
consistent case. ``becomes`` is what the rules make of it:

- ``mismatch``: written arithmetic that no longer holds;
- ``question``: a composed reading that misses, which may only ask (``review``);
- ``either``: a total over a composed reading, where the rules allow both;
- ``hollow``: a product of which one factor is left (39个=22.62万元): no arithmetic to accuse, yet no ``pass``;
- ``months``: the year's months left out of a written monthly rate (a warning, ``review``);
- ``notice``: a part left out of a plain 其中;
- ``inside``: the fault lies within the rounding and may stay unseen;
- ``twin``: the faulty text is right when it is taken in another way that the style names, and cannot be
  told from a text that was meant so. The way is checked: every relation of it holds exactly.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple, TypeAlias

from . import gaps, slips
from .edits import Change
from .judge import FINE, Truth, judge, twin_of
from .model import Case, Draft, Expected


class Fault(NamedTuple):
    """A broken case: its texts, what it must become, and what it was."""

    name: str
    case: Case
    basis: str
    total: str | None
    becomes: str
    claims: tuple[Expected, ...]
    cause: tuple[str, ...]
    note: str
    draft: Draft


Maker: TypeAlias = Callable[[Case, random.Random], "Change | None"]

MAKERS: tuple[tuple[str, Maker], ...] = (
    ("digit", slips.digit),
    ("swap", slips.swap),
    ("unit", slips.unit),
    ("scale", slips.scale),
    ("factor", gaps.factor),
    ("forgotten", gaps.forgotten),
    ("item", gaps.item),
    ("miscounted", gaps.miscounted),
    ("share", slips.share),
    ("count", slips.count),
    ("sign", gaps.sign),
    ("copied", slips.copied),
)


def outcome(before: tuple[Truth, ...], after: tuple[Truth, ...]) -> str:
    """What a fault makes of the text, by the verdicts of all its relations."""
    bad = [t for t in after if t.verdict not in (*FINE, "notice") and not t.near]
    for verdict, name in (("mismatch", "mismatch"), ("either", "either"), ("query", "question")):
        if any(t.verdict == verdict for t in bad):
            return name
    noticed = sum(t.verdict == "notice" for t in after) > sum(t.verdict == "notice" for t in before)
    return "notice" if noticed else "inside"


def inject(case: Case, name: str, maker: Maker, rng: random.Random) -> Fault | None:
    """One fault of a kind, or ``None`` where this case has no place for it."""
    change = maker(case, rng)
    if change is None:
        return None
    _, before, _, _ = judge(case.draft)
    rendered, after, claims, _ = judge(change.draft)
    if (rendered.basis, rendered.total) == (case.basis, case.total):
        return None
    becomes = outcome(before, after)
    if becomes in ("mismatch", "question", "either") and twin_of(change.draft, rendered):
        becomes = "twin"
    if change.months:
        # In prose the year's months may be understood, and the reading then stands: no fault.
        if becomes == "question":
            return None
        becomes = "months" if becomes == "mismatch" else becomes
    if change.hollow and becomes in ("mismatch", "question"):
        becomes = "hollow"
    return Fault(name, case, rendered.basis, rendered.total, becomes, claims, change.cause, change.note, change.draft)


def faults(case: Case, limit: int, seed: int = 0) -> list[Fault]:
    """At most ``limit`` faults of different kinds in one case, drawn from ``seed`` and the text."""
    rng = random.Random(f"{seed}:{case.basis}:{case.total}")
    kinds = list(MAKERS)
    rng.shuffle(kinds)
    made = (inject(case, name, maker, rng) for name, maker in kinds)
    return list(islice((fault for fault in made if fault is not None), limit))
