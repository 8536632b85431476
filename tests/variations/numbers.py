"""Numbers in every written form, with the value that each stands for.

A form is a function from a random source to :class:`Written`. ``measure`` asks
``calcverify.read_numbers`` for them: a *wrong* value is the worst defect a reader can
have, a *refusal* is allowed now and then.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeAlias

import calcverify
from tests.scoring import canonical_unit

from .number_forms import FORMS, Written


class Seen(Protocol):
    """What is used of a number that calcverify read."""

    @property
    def value(self) -> Fraction:
        """Its exact value in the base unit."""

    @property
    def place(self) -> Fraction:
        """The value of its last written digit."""

    @property
    def unit(self) -> str:
        """Its base unit."""


Reader: TypeAlias = Callable[[str], Iterable[Seen]]


class Outcome(NamedTuple):
    """One number and what became of it: right, refused, wrong value, wrong unit, wrong place."""

    written: Written
    result: str
    seen: str


def written(count: int, seed: int = 0) -> Iterable[Written]:
    """``count`` numbers, the forms in turn."""
    rng = random.Random(f"numbers:{seed}")
    for index in range(count):
        yield FORMS[index % len(FORMS)](rng)


def compare(number: Written, reader: Reader) -> Outcome:
    """What the reader made of one number; any other number in the text is a misreading."""
    found = list(reader(number.text))
    seen = "; ".join(f"{n.value} {n.unit} ±{n.place}" for n in found)
    if not found:
        return Outcome(number, "refused", seen)
    if len(found) > 1 or found[0].value != number.value:
        return Outcome(number, "wrong value", seen)
    if canonical_unit(found[0].unit) != canonical_unit(number.unit):
        return Outcome(number, "wrong unit", seen)
    if number.place is not None and found[0].place != number.place:
        return Outcome(number, "wrong place", seen)
    return Outcome(number, "right", seen)


def measure(count: int, seed: int = 0, reader: Reader | None = None) -> list[Outcome]:
    """Reads ``count`` numbers."""
    read = reader if reader is not None else calcverify.read_numbers
    return [compare(number, read) for number in written(count, seed)]


def report(outcomes: list[Outcome], most: int) -> str:
    """The counts by form, and at most ``most`` texts of each form that did not come out right."""
    counts: Counter[tuple[str, str]] = Counter((o.written.form, o.result) for o in outcomes)
    results = ("right", "refused", "wrong value", "wrong unit", "wrong place")
    out = [f"{'form':<20}" + "".join(f"{r:>13}" for r in results)]
    forms = sorted({o.written.form for o in outcomes})
    out += [f"{form:<20}" + "".join(f"{counts[form, r] or '.':>13}" for r in results) for form in forms]
    totals = Counter(o.result for o in outcomes)
    out.append(f"{'all':<20}" + "".join(f"{totals[r]:>13}" for r in results))
    shown: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        key = (outcome.written.form, outcome.result)
        shown[key] += 1
        if outcome.result != "right" and shown[key] <= most:
            number = outcome.written
            truth = f"{number.text!r} is {number.value} {number.unit}"
            out.append(f"[{outcome.result}] {number.form}: {truth}, read {outcome.seen or 'nothing'}")
    refused = totals["refused"] / len(outcomes) if outcomes else 0.0
    out.append(f"wrong values {totals['wrong value']} of {len(outcomes)}, refused {refused:.2%}")
    return "\n".join(out)
