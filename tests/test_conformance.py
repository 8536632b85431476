"""The labelled set: what is read right, with floors that only rise, and the scorer itself."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

import calcverify
from tests import scoring
from tests.conftest import ACCURACY
from tests.scoring import CORPUS, Record

FLOORS: dict[str, dict[str, dict[str, int]]] = tomllib.loads(
    (CORPUS.parent / "floors.toml").read_text(encoding="utf-8")
)
OWN = CORPUS.parent / "own.jsonl"


@pytest.fixture(scope="module")
def corpus_report() -> Record:
    """The JSON report of the labelled set."""
    report: Record = json.loads(calcverify.check_file(CORPUS).to_json())
    return report


@pytest.fixture(scope="module")
def corpus_marks(corpus_report: Record) -> list[scoring.Mark]:
    """How each text of the labelled set was read."""
    return scoring.marks(scoring.cases_in(CORPUS), corpus_report)


def test_every_record_is_reported_once_and_in_order(corpus_report: Record) -> None:
    assert [p["id"] for p in corpus_report["projects"]] == [c["id"] for c in scoring.cases_in(CORPUS)]
    assert corpus_report["errors"] == []


def test_accuracy_keeps_its_floors(corpus_marks: list[scoring.Mark], pytestconfig: pytest.Config) -> None:
    reached = scoring.counts(corpus_marks)
    pytestconfig.stash[ACCURACY] = scoring.summary(reached)
    faults = [f"{m.id} {fault}" for m in corpus_marks for fault in m.faults]
    within_bounds(reached, faults, FLOORS["corpus"])


def test_the_other_labelled_texts_keep_their_floors() -> None:
    """Texts written by other hands than those that wrote the program."""
    report: Record = json.loads(calcverify.check_file(OWN).to_json())
    found = scoring.marks(scoring.cases_in(OWN), report)
    within_bounds(scoring.counts(found), [f"{m.id} {fault}" for m in found for fault in m.faults], FLOORS["own"])


def within_bounds(reached: Mapping[str, int], faults: list[str], bounds: dict[str, dict[str, int]]) -> None:
    """No count below its floor, none above its ceiling."""
    low = {name: reached[name] for name, floor in bounds["at_least"].items() if reached[name] < floor}
    high = {name: reached[name] for name, ceiling in bounds["at_most"].items() if reached[name] > ceiling}
    assert not low, "\n".join(["below its floor", *faults])
    assert not high, "\n".join(["above its ceiling", *(f for f in faults if "false accusation" in f)])


def test_every_open_claim_has_one_finding(corpus_report: Record) -> None:
    """What is neither exact nor rounded is told of once, with a code for its verdict (CV1xx)."""
    for project in corpus_report["projects"]:
        told = sorted(f["claim"] for f in project["findings"] if f["claim"] is not None and f["code"].startswith("CV1"))
        opened = [n for n, c in enumerate(project["claims"]) if c["verdict"] not in ("exact", "rounded", None)]
        assert [n for n in told if n in opened] == opened, project["id"]


# What a scorer must tell apart: reported claims, then found, right, falsely accused, faults.
LABEL: dict[str, Any] = {"computed": "620", "unit": "元/人/月", "stated": "640", "verdict": "mismatch"}
OPTIONAL: dict[str, Any] = {"computed": "1/3", "unit": "", "stated": None, "verdict": None}


def claim(computed: str | None, stated: str | None, verdict: str | None, unit: str | None = "元/月·人") -> Record:
    """A claim as the JSON report has it."""
    return {
        "computed": None if computed is None else {"value": computed, "unit": unit},
        "stated": None if stated is None else {"value": stated},
        "verdict": verdict,
    }


SCORED = [
    ("found and right", [claim("620", "640", "mismatch")], (1, 1, 0, 0)),
    ("the same value, written otherwise", [claim("620.0", "1280/2", "mismatch", "元/名/个月")], (1, 1, 0, 0)),
    ("found with another verdict", [claim("620", "640", "query")], (1, 0, 0, 1)),
    ("one of two has the verdict", [claim("620", "640", "query"), claim("620", "640", "mismatch")], (1, 1, 0, 0)),
    ("not found at all", [], (0, 0, 0, 1)),
    ("another unit", [claim("620", "640", "mismatch", "元/人")], (0, 0, 1, 2)),
    ("another stated value", [claim("620", None, None)], (0, 0, 0, 1)),
    ("nothing computed", [claim(None, "640", "mismatch")], (0, 0, 0, 1)),
    ("falsely accused besides", [claim("620", "640", "mismatch"), claim("1", "2", "mismatch")], (1, 1, 1, 1)),
    ("asked without reason", [claim("620", "640", "mismatch"), claim("1", "2", "query")], (1, 1, 0, 1)),
    ("an optional reading may ask", [claim("620", "640", "mismatch"), claim("1/3", None, "query", "%")], (1, 1, 0, 0)),
    ("it may not accuse", [claim("620", "640", "mismatch"), claim("1/3", None, "mismatch", "")], (1, 1, 1, 1)),
    ("an agreeing extra claim is fine", [claim("620", "640", "mismatch"), claim("5", "5", "exact")], (1, 1, 0, 0)),
]


@pytest.mark.parametrize(("claims", "expected"), [case[1:] for case in SCORED], ids=[case[0] for case in SCORED])
def test_the_scorer(claims: list[Record], expected: tuple[int, int, int, int]) -> None:
    case = {"id": "X", "claims": [LABEL], "optional": [OPTIONAL], "status": "fail"}
    marked = scoring.mark(case, {"id": "X", "status": "fail", "claims": claims})
    assert (marked.found, marked.right, marked.false_accusations, len(marked.faults)) == expected
    assert marked.status_right is True


def test_the_scorer_counts_texts_that_were_not_reported() -> None:
    case = {"id": "X", "claims": [LABEL], "status": None}
    reached = scoring.counts(scoring.marks([case, {**case, "id": "Y", "status": "fail"}], {"projects": []}))
    assert (reached["texts"], reached["texts_perfect"], reached["claims_expected"]) == (2, 0, 2)
    assert (reached["status_right"], reached["status_total"]) == (0, 1)
