"""How the numbers of other recognisers' tests are read: ``python -m tests.numbers_report``.

A case is *right* where its value is among the values read for its span (for the whole input
where it has none), *refused* where nothing is read there, else *wrong*.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from calcverify.basis.numbers import Number, read_numbers

FILE = Path(__file__).parent / "data" / "numbers.jsonl"


# What is refused on purpose, as no budget is written so, or as it has two meanings there.
OUTSIDE = (
    ("a letter as a scale: 40k may be a label, 100M a bandwidth", r"\d\s?[kKmMGwＫ]"),
    ("dozens", "打"),
    ("分: a score, minutes or money", r"\d分|[^之角元圆]分$"),
    ("a version number", r"\d\.\d+\.\d"),
    ("a number that begins with its unit (百三)", "^[百千万萬][一二三九]萬?$"),
    ("a blank beside 点: four o'clock, five pieces", " [点點]|[点點] | 點五|十[点點] "),
)
LONE = "a lone digit in a sentence about digits"


class Case(NamedTuple):
    """One number that another recogniser expects."""

    peer: str
    kind: str
    input: str
    value: Fraction
    unit: str | None
    span: str | None


def cases() -> list[Case]:
    """Every case of the file."""
    records = (json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines())
    return [Case(r["peer"], r["kind"], r["input"], Fraction(r["value"]), r["unit"], r.get("span")) for r in records]


def places(case: Case) -> list[tuple[int, int]]:
    """Where the case's span stands in its input (spans are given in half-width)."""
    if case.span is None:
        return [(0, len(case.input))]
    narrow, span = narrowed(case.input), narrowed(case.span)
    found, at = [], narrow.find(span)
    while at >= 0:
        found.append((at, at + len(span)))
        at = narrow.find(span, at + 1)
    assert found, case
    return found


def narrowed(text: str) -> str:
    """``text`` with half-width lower-case letters, as long as before."""
    forms = ((c, unicodedata.normalize("NFKC", c).lower()) for c in text)
    return "".join(n if len(n) == 1 else c for c, n in forms)


def verdict(case: Case) -> tuple[str, tuple[Number, ...]]:
    """``right``, ``refused`` or ``wrong``, and what was read at the case's place."""
    numbers = read_numbers(case.input)
    read = [tuple(n for n in numbers if n.span.start < e and n.span.end > s) for s, e in places(case)]
    everything = tuple(n for found in read for n in found)
    if any(n.value == case.value for n in everything):
        return "right", everything
    return ("wrong" if all(read) else "refused"), everything


def outside(case: Case) -> str | None:
    """Why a case is refused on purpose, or ``None``."""
    for reason, pattern in OUTSIDE:
        if re.search(pattern, case.input):
            return reason
    lone = case.span is not None and len(case.span) == 1 and case.input != case.span
    return LONE if lone else None


def main() -> None:
    """Print the counts, and every case that was not read right."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    by_peer: Counter[tuple[str, str]] = Counter()
    for case in cases():
        word, read = verdict(case)
        counts[word] += 1
        by_peer[case.peer, word] += 1
        if word != "right":
            values = ", ".join(f"{n.text} = {n.value}{n.unit}" for n in read)
            reasons[outside(case) or "other"] += word == "refused"
            what = f"{case.input!r} span {case.span!r} is {case.value}; read {values or 'nothing'}"
            print(f"{word:8}{case.peer} {case.kind}: {what}")
    total = sum(counts.values())
    print(*(f"{word} {n} ({n / total:.2%})" for word, n in counts.most_common()), f"of {total}", sep="  ")
    print("Refused, by reason:")
    for reason, n in reasons.most_common():
        print(f"  {n:4}  {reason}")
    print("By peer:")
    for (peer, word), n in sorted(by_peer.items()):
        print(f"  {peer:24}{word:8}{n:5}")


if __name__ == "__main__":
    main()
