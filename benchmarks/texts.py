"""How many basis texts a second one core reads, against a bare search for digits."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

import calcverify

ROUNDS = 9
SHORTEST = 0.1  # seconds of processor time that one round lasts at least
DIGITS = re.compile(r"\d+(?:\.\d+)?")


class BasisText(NamedTuple):
    """A basis and the total that its form states (``None`` where it states none)."""

    basis: str
    total: str | None


class Speed(NamedTuple):
    """Texts per second of processor time, and the median ratio of paired rounds."""

    calcverify: float
    reference: float
    ratio: float


def from_example(path: Path) -> list[BasisText]:
    """The basis texts of the forms in a file, with the project totals."""
    return [
        BasisText(p.basis_text, p.stated_total and f"{p.stated_total.text}{p.stated_total.unit}")
        for p in calcverify.check_file(path).projects
    ]


def from_jsonl(path: Path) -> list[BasisText]:
    """The basis texts of a JSONL file."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [BasisText(record["basis"], record["total"]) for record in records]


def reading(texts: Sequence[BasisText]) -> Speed:
    """Measure both over the same texts, in alternating rounds."""
    check_passes = passes_for(check_all, texts)
    search_passes = passes_for(search_all, texts)
    pairs = [
        (seconds_of(check_all, texts, check_passes, n), seconds_of(search_all, texts, search_passes, n))
        for n in range(ROUNDS)
    ]
    return Speed(
        calcverify=len(texts) / median(check for check, _ in pairs),
        reference=len(texts) / median(search for _, search in pairs),
        ratio=median(search / check for check, search in pairs),
    )


def check_all(texts: Sequence[BasisText]) -> None:
    """Check every text as a form with its total."""
    for text in texts:
        calcverify.check_text(text.basis, total=text.total)


def search_all(texts: Sequence[BasisText]) -> None:
    """Find the digits in every text and do nothing with them."""
    for text in texts:
        DIGITS.findall(text.basis)


def passes_for(work: Callable[[Sequence[BasisText]], None], texts: Sequence[BasisText]) -> int:
    """How often a round goes over the texts; it warms up what is loaded on first use."""
    work(texts)
    start = process_time()
    work(texts)
    return 1 + int(SHORTEST / max(process_time() - start, 1e-6))


def seconds_of(
    work: Callable[[Sequence[BasisText]], None], texts: Sequence[BasisText], passes: int, round_number: int
) -> float:
    """Seconds of processor time for one pass over the texts, in one round.

    Every pass gets texts that no pass had before: other blanks stand at their end, so that
    a result kept from an earlier pass would not be found again. What earlier rounds left
    behind is collected before the clock starts, and what is loaded is taken out of the
    collector's sight. The collector stays on during the round, since collecting its own
    garbage is part of what a program costs.
    """
    fresh = [with_blanks(texts, round_number * passes + n) for n in range(passes)]
    gc.collect()
    gc.freeze()
    start = process_time()
    for batch in fresh:
        work(batch)
    seconds = process_time() - start
    gc.unfreeze()
    return seconds / passes


def with_blanks(texts: Sequence[BasisText], number: int) -> list[BasisText]:
    """The texts with ``number`` written behind them in two kinds of blanks."""
    blanks = f"{number:020b}".translate({ord("0"): " ", ord("1"): "\u3000"})
    return [text._replace(basis=text.basis + blanks) for text in texts]
