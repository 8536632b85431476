"""The scores as a table of plain text, one line a style, and the survivors."""

from __future__ import annotations

from collections.abc import Iterable

from .faults import MAKERS
from .score import Score, Survivor, rates

COLUMNS: tuple[tuple[str, str], ...] = (
    ("texts", "cases"),
    ("accused", "accused"),
    ("asked", "asked"),
    ("unread", "unread"),
    ("status", "status"),
    ("claims", "claims"),
    ("found", "found"),
    ("verdict", "wrong verdict"),
    ("written", "mismatch faults"),
    ("caught", "caught"),
    ("weak", "weak"),
    ("silent", "silent"),
    ("composed", "question faults"),
    ("asked", "asked about"),
    ("over", "over"),
    ("months", "months faults"),
    ("warned", "months warned"),
    ("either", "either faults"),
    ("caught", "either caught"),
    ("hollow", "hollow faults"),
    ("said", "hollow noticed"),
    ("notice", "notice faults"),
    ("said", "noticed"),
    ("inside", "inside faults"),
    ("twin", "twin faults"),
    ("cause", "diagnosed"),
    ("first", "diagnosed first"),
    ("crash", "crash"),
)


def line(name: str, cells: Iterable[object]) -> str:
    """One line: the name, then right-aligned cells."""
    return f"{name:<24}" + "".join(f"{cell!s:>9}" for cell in cells)


def table(score: Score) -> str:
    """Styles by outcome, kinds of fault by outcome, the rates."""
    styles = sorted({style for style, _ in score.counts})
    out = [line("style", (head for head, _ in COLUMNS))]
    out += [line(style, (score.of(outcome, style) or "." for _, outcome in COLUMNS)) for style in styles]
    out += [line("all", (score.of(outcome) for _, outcome in COLUMNS)), ""]
    faulty = COLUMNS[8:]
    out.append(line("fault", (head for head, _ in faulty)))
    out += [line(kind, (score.by_kind(outcome, kind) or "." for _, outcome in faulty)) for kind, _ in MAKERS]
    out.append("")
    for name, value in rates(score).items():
        out.append(f"{name:<24}{value if isinstance(value, int) else f'{value:.4f}':>9}")
    return "\n".join(out)


def shown(survivors: Iterable[Survivor], defects: Iterable[str], most: int) -> str:
    """The survivors of those defects, at most ``most`` of a style and defect."""
    wanted = set(defects)
    seen: dict[tuple[str, str], int] = {}
    out: list[str] = []
    for survivor in survivors:
        key = (survivor.style, survivor.defect)
        seen[key] = seen.get(key, 0) + 1
        if (not wanted or survivor.defect in wanted) and seen[key] <= most:
            out.append(f"[{survivor.defect}] {survivor.style} | {survivor.note}")
            out.append(f"    {survivor.basis!r} | {survivor.total}")
    return "\n".join(out)
