"""The scores as tables of plain text: a line a template, a line a fault, an example of each defect."""

from __future__ import annotations

from collections.abc import Iterable

from .faults import KINDS, without_fault
from .score import Example, Score
from .templates import TEMPLATES

CLEAN = ("clean", "misread", "flagged", "crash")
FAULTY = ("faults", "found", "another", "missed", "no rule yet", "crash")
# All forms, and those whose clean version was read as it was written.
RATES = (("found", "faults"), ("read found", "read faults"))
ORIGINS = ("basis of its own", "basis borrowed")


def line(name: str, cells: Iterable[object], width: int = 34) -> str:
    """One line: the name, then right-aligned cells. A Chinese character is two columns wide."""
    wide = sum(1 for c in name if c > "\u2e80")
    return name.ljust(width - wide) + "".join(f"{cell!s:>12}" for cell in cells)


def table(score: Score) -> str:
    """Templates by outcome, what was flagged, faults by outcome."""
    names = [row for t in TEMPLATES for row in (f"{t.name} 1", f"{t.name} 2")]
    out = [line("clean forms", CLEAN)]
    out += [cells(score, row, CLEAN) for row in (*names, *ORIGINS, "all") if score.of(row, "clean")]
    out += ["", line("findings on clean forms", ("above notice",))]
    flagged = sorted(row for row, outcome in score.counts if row.startswith("clean ") and "flagged CV" in outcome)
    out += [line(row, (score.of(row, f"flagged {row.removeprefix('clean ')}"),)) for row in flagged]
    out += ["", line("faults by template", FAULTY)]
    out += [cells(score, t.name, FAULTY) for t in TEMPLATES if score.of(t.name, "faults")]
    out += ["", line("faults by kind", ("rules", *FAULTY, "rate", "where read"))]
    for fault in KINDS:
        if score.of(fault.name, "faults"):
            rules = "/".join(code if at == 0 else code.removeprefix("CV") for at, code in enumerate(fault.codes)) or "-"
            counts = (score.of(fault.name, outcome) or "." for outcome in FAULTY)
            shares = (share(score, fault.name, *pair) if fault.codes else "" for pair in RATES)
            out.append(line(fault.name, (rules, *counts, *shares)))
    out += [cells(score, "all", FAULTY), "", line("two forms in one file", ("batches", "misread"))]
    out.append(line("all", (score.of("all", "batches"), score.of("all", "batch misread"))))
    out += ["", line("rules that no fault is for", ()) + ", ".join(without_fault())]
    found = ((name, value if isinstance(value, int) else f"{value:.4f}") for name, value in rates(score).items())
    return "\n".join([*out, "", *(line(name, (value,)) for name, value in found)])


def share(score: Score, row: str, part: str, whole: str) -> str:
    """A rate, where there is anything to divide by."""
    return f"{score.of(row, part) / score.of(row, whole):.1%}" if score.of(row, whole) else "."


def cells(score: Score, row: str, outcomes: Iterable[str]) -> str:
    """A row of counts."""
    return line(row, (score.of(row, outcome) or "." for outcome in outcomes))


def rates(score: Score) -> dict[str, float]:
    """What the floors hold: counts of what a user would not forgive, shares of what should happen.

    ``kinds_at_98`` is how many kinds of fault their rule finds in at least 98 of 100 forms,
    ``kinds_at_98_where_read`` leaves out the forms that were not read as they were written.
    """
    clean = score.of("all", "clean")
    ruled = score.of("all", "faults") - score.of("all", "no rule yet")
    kinds = [kind.name for kind in KINDS if kind.codes]
    often = [
        sum(bool(score.of(name, whole)) and score.of(name, part) >= 0.98 * score.of(name, whole) for name in kinds)
        for part, whole in RATES
    ]
    return {
        "crashes": score.of("all", "crash"),
        "misread": score.of("all", "misread") / clean if clean else 0.0,
        "flagged": score.of("all", "flagged") / clean if clean else 0.0,
        "found": score.of("all", "found") / ruled if ruled else 1.0,
        "missed": score.of("all", "missed") / ruled if ruled else 0.0,
        "kinds_at_98": often[0],
        "kinds_at_98_where_read": often[1],
    }


def shown(examples: Iterable[Example], wanted: Iterable[str], most: int, whole: bool) -> str:
    """The texts behind the defects, at most ``most`` of a row and outcome; ``whole`` prints the forms."""
    words = list(wanted)
    seen: dict[tuple[str, str], int] = {}
    out: list[str] = []
    for example in examples:
        key = (example.row, example.outcome)
        if words and not any(word in f"{example.row} {example.outcome}" for word in words):
            continue
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= most:
            out.append(f"[{example.outcome}] {example.row}, {example.where}: {example.said}")
            out += [f"    {row}" for row in example.text.splitlines()] if whole else []
    return "\n".join(out)
