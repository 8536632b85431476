"""What calcverify makes of the made-up texts, style by style.

A consistent text is *accused* where a claim is a mismatch or the form fails, *asked* where it
is a question without reason, *unread* where nothing was computed. A fault in written
arithmetic is *caught* where the form fails, *weak* where it is only asked about, *silent*
where it passes; one in a composed reading is caught where it is asked about and *over*
where it is accused. A *diagnosis* counts where a fault in written arithmetic was caught:
a hit where some suggestion names the true cause, first where the first one does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple

import calcverify
from calcverify import Project
from tests.scoring import canonical_unit

from .faults import Fault, faults
from .judge import twin_of
from .model import Case
from .render import render

# Which outcomes are defects, for the list of survivors.
DEFECTS = (
    *("crash", "accused", "asked", "unread", "not found", "wrong verdict", "status"),
    *("silent", "weak", "over", "undiagnosed"),
)


class Survivor(NamedTuple):
    """A text that was not read as it should be."""

    style: str
    defect: str
    note: str
    basis: str
    total: str | None


class Score(NamedTuple):
    """Counts by (style, outcome), and the texts behind them."""

    counts: Counter[tuple[str, str]]
    kinds: Counter[tuple[str, str]]
    survivors: list[Survivor]

    def of(self, outcome: str, style: str | None = None) -> int:
        """How often something happened, in one style or in all."""
        return sum(n for (s, o), n in self.counts.items() if o == outcome and style in (None, s))

    def by_kind(self, outcome: str, kind: str) -> int:
        """How often something happened to one kind of fault."""
        return self.kinds[kind, outcome]


def check(basis: str, total: str | None) -> Project | None:
    """The project, or ``None`` where calcverify broke."""
    try:
        return calcverify.check_text(basis, total)
    except Exception:  # a crash is counted and listed with its text, whatever it is
        return None


def verdicts(project: Project) -> dict[tuple[Fraction, Fraction, str], set[str]]:
    """The verdicts by computed value, stated value and unit."""
    found: dict[tuple[Fraction, Fraction, str], set[str]] = {}
    for claim in project.claims:
        if claim.computed is not None and claim.stated is not None:
            key = (claim.computed.value, claim.stated.value, canonical_unit(claim.computed.unit))
            found.setdefault(key, set()).add(claim.verdict.value if claim.verdict is not None else "")
    return found


def score_case(case: Case, score: Score) -> None:
    """Counts what became of a consistent text."""

    def say(outcome: str, note: str = "") -> None:
        score.counts[case.style, outcome] += 1
        if outcome in DEFECTS:
            score.survivors.append(Survivor(case.style, outcome, note, case.basis, case.total))

    say("cases")
    project = check(case.basis, case.total)
    if project is None:
        say("crash")
        return
    found = verdicts(project)
    said = {v for each in found.values() for v in each}
    status = project.status.value
    if "mismatch" in said or status == "fail":
        say("accused", "; ".join(f.message.zh for f in project.findings if f.severity.value == "error"))
    elif "query" in said or (status == "review" and case.status != "review"):
        say("asked", "; ".join(f.message.zh for f in project.findings if f.severity.value == "warning"))
    elif status == "no-formula" and case.status != status:
        say("unread")
    elif status != case.status:
        say("status", f"{status}, not {case.status}")
    for claim in case.claims:
        say("claims")
        key = (claim.computed, claim.stated, canonical_unit(claim.unit))
        note = f"{claim.kind} {claim.computed} stated {claim.stated} {claim.unit} {claim.verdict}"
        if key not in found:
            say("not found", note)
            continue
        say("found")
        if claim.verdict not in found[key]:
            say("wrong verdict", f"{sorted(found[key])} for {note}")


def names(suggestion: str, cause: str) -> bool:
    """Whether a suggestion names a cause; a number must stand alone."""
    plain = re.sub(r"[,，\s]", "", suggestion)
    wanted = re.escape(re.sub(r"[,，\s]", "", cause))
    return re.search(rf"(?<![\d.]){wanted}(?!\d|\.\d)", plain) is not None


def score_fault(fault: Fault, score: Score) -> None:
    """Counts what became of a broken text."""
    style = fault.case.style

    def say(outcome: str, note: str = "") -> None:
        score.counts[style, outcome] += 1
        score.kinds[fault.name, outcome] += 1
        if outcome in DEFECTS:
            score.survivors.append(
                Survivor(style, outcome, f"{fault.name}: {fault.note} {note}", fault.basis, fault.total)
            )

    say("faults")
    say(f"{fault.becomes} faults")
    if fault.becomes == "inside":
        return
    if fault.becomes == "twin":
        told = twin_of(fault.draft, render(fault.draft))
        score.survivors.append(Survivor(style, "twin", f"{fault.note} ({told})", fault.basis, fault.total))
        return
    project = check(fault.basis, fault.total)
    if project is None:
        say("crash")
        return
    status = project.status.value
    failed, asked = status == "fail", status == "review"
    silent = status in ("pass", "no-formula")
    if fault.becomes == "mismatch":
        say("caught" if failed else "weak" if asked else "silent", f"became {status}")
        if failed:
            diagnose(fault, project, say)
    elif fault.becomes == "question":
        say("asked about" if asked else "over" if failed else "silent", f"became {status}")
    elif fault.becomes == "either":
        say("silent" if silent else "either caught", f"became {status}")
    elif fault.becomes == "hollow":
        # 体检（6.7万元）：117人 is told as an amount without a calculation (CV109).
        bare = any(f.code == "CV109" for f in project.findings)
        say("silent" if status == "pass" and not bare else "hollow noticed", f"became {status}")
    elif fault.becomes == "months":
        warned = asked and any("月" in f.message.zh for f in project.findings)
        say("months warned" if warned else "over" if failed else "silent", f"became {status}")
    else:
        say("silent" if status == "pass" and not project.findings else "noticed", f"became {status}")


def diagnose(fault: Fault, project: Project, say: Callable[[str, str], None]) -> None:
    """Counts whether the suggestions name what was done to the text."""
    suggestions = [s.zh for finding in project.findings for s in finding.suggestions]
    hits = [any(names(s, cause) for cause in fault.cause) for s in suggestions]
    say("diagnosed", "") if any(hits) else say("undiagnosed", "; ".join(suggestions))
    if hits and hits[0]:
        say("diagnosed first", "")


def measure(cases: Iterable[Case], per_case: int, seed: int = 0) -> Score:
    """Scores the cases, and ``per_case`` faults of each."""
    score = Score(Counter(), Counter(), [])
    for case in cases:
        score_case(case, score)
        for fault in faults(case, per_case, seed):
            score_fault(fault, score)
    return score


def rates(score: Score) -> dict[str, float]:
    """What the floors hold. Counts of defects, and shares of what should happen."""

    def share(part: int, whole: int) -> float:
        return part / whole if whole else 1.0

    caught = score.of("caught")
    return {
        "crashes": score.of("crash"),
        "false_accusations": score.of("accused"),
        "composed_accused": score.of("over"),
        "asked_without_reason": share(score.of("asked"), score.of("cases")),
        "claims_found": share(score.of("found"), score.of("claims")),
        "verdicts_right": share(score.of("found") - score.of("wrong verdict"), score.of("found")),
        "faults_caught": share(caught, score.of("mismatch faults")),
        "faults_asked": share(score.of("asked about"), score.of("question faults")),
        "silent": share(score.of("silent"), score.of("faults") - score.of("inside faults") - score.of("twin faults")),
        "twins": share(score.of("twin faults"), score.of("faults")),
        "diagnosed": share(score.of("diagnosed"), caught),
        "diagnosed_first": share(score.of("diagnosed first"), caught),
    }
