"""How the numbers of other recognisers' tests are read: ``python -m tests.numbers_report``.

A case is *right* where its value is among the values read for its span (for the whole input
where it has none), *refused* where nothing is read there, else *wrong*.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from calcverify.basis.numbers import Number, read_numbers

FILE = Path(__file__).parent / "data" / "numbers.jsonl"


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


def main() -> None:
    """Print the counts, and every case that was not read right."""
    counts: Counter[str] = Counter()
    by_peer: Counter[tuple[str, str]] = Counter()
    for case in cases():
        word, read = verdict(case)
        counts[word] += 1
        by_peer[case.peer, word] += 1
        if word != "right":
            values = ", ".join(f"{n.text} = {n.value}{n.unit}" for n in read)
            what = f"{case.input!r} span {case.span!r} is {case.value}; read {values or 'nothing'}"
            print(f"{word:8}{case.peer} {case.kind}: {what}")
    total = sum(counts.values())
    print(*(f"{word} {n} ({n / total:.2%})" for word, n in counts.most_common()), f"of {total}", sep="  ")
    for (peer, word), n in sorted(by_peer.items()):
        print(f"  {peer:24}{word:8}{n:5}")


if __name__ == "__main__":
    main()
