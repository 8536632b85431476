"""Score what calcverify reads from labelled basis texts.

``python -m tests.scoring [--list]`` checks ``tests/data/corpus.jsonl`` and prints the
counts; with ``--list`` also what went wrong, text by text. The fields of a labelled
record are told in ``tests/data/README.md``.

A label is *found* when a claim with its unit, computed and stated value was reported,
and *right* when one of those claims has its verdict. The kind is not scored: what is a
sum to one reader is a partition to another. A *false accusation* is a reported
``mismatch`` that neither the labels nor the optional readings call one. A text is
*perfect* when all its labels are right, nothing is falsely accused, and every ``query``
asks about a labelled or optional reading.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

CORPUS = Path(__file__).parent / "data" / "corpus.jsonl"

Record: TypeAlias = dict[str, Any]

# Spellings that mean one unit; a label and a report may use either.
ONE_UNIT = [("人", "名", "位"), ("月", "个月"), ("天", "日"), ("平方米", "m2", "㎡", "平米"), ("", "ratio", "1", "%")]
CANONICAL = {word: words[0] for words in ONE_UNIT for word in words}


class Key(NamedTuple):
    """What identifies a reading: its values in the base unit, and that unit."""

    computed: Fraction
    stated: Fraction | None
    unit: str


class Reading(NamedTuple):
    """A labelled or reported claim as far as it is scored."""

    key: Key
    verdict: str | None


class Mark(NamedTuple):
    """How one text was read."""

    id: str
    expected: int
    found: int
    right: int
    mismatches_expected: int
    mismatches_found: int
    false_accusations: int
    status_right: bool | None
    faults: tuple[str, ...]


def canonical_unit(unit: str | None) -> str:
    """One spelling for 元/人/月 and 元/月·人; money where no unit is given."""
    if unit is None:
        return "元"
    over, *under = (CANONICAL.get(word, word) for word in unit.replace("·", "/").split("/"))
    return "/".join([over, *sorted(under)])


def labelled(claims: Iterable[Record]) -> list[Reading]:
    """The readings of a record's ``claims`` or ``optional``."""
    return [reading(c["computed"], c["stated"], c["unit"], c["verdict"]) for c in claims]


def reported(project: Record) -> Iterator[Reading]:
    """The readings of one project of a JSON report that computed something."""
    for claim in project.get("claims", []):
        computed, stated = claim.get("computed"), claim.get("stated")
        if computed is not None:
            value = None if stated is None else stated["value"]
            yield reading(computed["value"], value, computed.get("unit"), claim.get("verdict"))


def reading(computed: object, stated: object, unit: str | None, verdict: str | None) -> Reading:
    """A reading from the decimals or ``p/q`` of a label or a report."""
    stated_value = None if stated is None else Fraction(str(stated))
    return Reading(Key(Fraction(str(computed)), stated_value, canonical_unit(unit)), verdict)


def mark(case: Record, project: Record) -> Mark:
    """Compare one labelled record with the project reported for it (``{}`` for none)."""
    labels, optional = labelled(case["claims"]), labelled(case.get("optional", []))
    readings = list(reported(project))
    faults: list[str] = []
    found = right = mismatches_found = 0
    for label in labels:
        verdicts = [r.verdict for r in readings if r.key == label.key]
        found += bool(verdicts)
        right += label.verdict in verdicts
        mismatches_found += label.verdict == "mismatch" and label.verdict in verdicts
        if not verdicts:
            faults.append(f"not found: {describe(label)}")
        elif label.verdict not in verdicts:
            faults.append(f"{verdicts[0]} instead of {describe(label)}")
    known = {r.key for r in labels + optional}
    accusable = {r.key for r in labels + optional if r.verdict == "mismatch"}
    accused = [r for r in readings if r.verdict == "mismatch" and r.key not in accusable]
    asked = [r for r in readings if r.verdict == "query" and r.key not in known]
    faults += [f"false accusation: {describe(r)}" for r in accused]
    faults += [f"asked without reason: {describe(r)}" for r in asked]
    return Mark(
        id=str(case["id"]),
        expected=len(labels),
        found=found,
        right=right,
        mismatches_expected=sum(r.verdict == "mismatch" for r in labels),
        mismatches_found=mismatches_found,
        false_accusations=len(accused),
        status_right=project.get("status") == case["status"] if case.get("status") else None,
        faults=tuple(faults),
    )


def describe(r: Reading) -> str:
    """A reading on one line, as the list of faults shows it."""
    return f"{r.verdict} computed {r.key.computed} stated {r.key.stated} {r.key.unit}".rstrip()


def marks(cases: Iterable[Record], report: Record) -> list[Mark]:
    """Mark every labelled record against the JSON report of the same file, by id."""
    projects = {str(project["id"]): project for project in report["projects"]}
    return [mark(case, projects.get(str(case["id"]), {})) for case in cases]


def counts(marked: Iterable[Mark]) -> dict[str, int]:
    """The sums over all texts; ``tests/data/floors.toml`` holds bounds for them."""
    all_marks = list(marked)
    with_status = [m.status_right for m in all_marks if m.status_right is not None]
    return {
        "texts": len(all_marks),
        "texts_perfect": sum(not m.faults for m in all_marks),
        "claims_expected": sum(m.expected for m in all_marks),
        "claims_found": sum(m.found for m in all_marks),
        "verdict_right": sum(m.right for m in all_marks),
        "mismatches_expected": sum(m.mismatches_expected for m in all_marks),
        "mismatches_found": sum(m.mismatches_found for m in all_marks),
        "false_accusations": sum(m.false_accusations for m in all_marks),
        "texts_falsely_accused": sum(m.false_accusations > 0 for m in all_marks),
        "status_right": sum(with_status),
        "status_total": len(with_status),
    }


def summary(n: dict[str, int]) -> str:
    """The counts and rates on one line."""

    def of(part: str, whole: str) -> str:
        return f"{n[part]}/{n[whole]} ({n[part] / max(1, n[whole]):.1%})"

    return (
        f"perfect {of('texts_perfect', 'texts')}, claims found {of('claims_found', 'claims_expected')}, "
        f"verdicts {of('verdict_right', 'claims_found')}, "
        f"errors found {of('mismatches_found', 'mismatches_expected')}, "
        f"status {of('status_right', 'status_total')}, false accusations {n['false_accusations']} "
        f"in {n['texts_falsely_accused']} texts"
    )


def cases_in(path: Path) -> list[Record]:
    """The labelled records of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(argv: list[str]) -> None:
    """Check the corpus with the installed calcverify and print the counts."""
    import calcverify

    marked = marks(cases_in(CORPUS), json.loads(calcverify.check_file(CORPUS).to_json()))
    if "--list" in argv:
        for m in marked:
            status = ["wrong status"] if m.status_right is False else []
            print(
                "\n".join(f"{m.id} {fault}" for fault in [*m.faults, *status]), end="\n" if m.faults or status else ""
            )
    print(summary(counts(marked)))


if __name__ == "__main__":
    main(sys.argv[1:])
