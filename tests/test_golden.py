"""The worked document, project by project, against what a careful person finds in it.

``golden/jiangyin-2022.json`` was written by hand from the rules, not by the program.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = "examples/jiangyin-2022.txt"

Record: TypeAlias = dict[str, Any]
GOLDEN: Record = json.loads((Path(__file__).parent / "golden" / "jiangyin-2022.json").read_text(encoding="utf-8"))
PROJECTS: list[Record] = GOLDEN["projects"]
by_project = pytest.mark.parametrize("golden", PROJECTS, ids=[p["code"][-4:] for p in PROJECTS])


def check(*options: str) -> subprocess.CompletedProcess[str]:
    """``calcverify check`` on the example, as a person runs it."""
    command = [sys.executable, "-m", "calcverify", "check", EXAMPLE, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60)


@pytest.fixture(scope="module")
def run() -> subprocess.CompletedProcess[str]:
    """The run whose report the tests below read."""
    return check("--format", "json")


@pytest.fixture(scope="module")
def reported(run: subprocess.CompletedProcess[str]) -> dict[str, Record]:
    """The projects of the report by their code."""
    return {project["id"]: project for project in json.loads(run.stdout)["projects"]}


def amount(text: str | None) -> Fraction | None:
    """An amount of the golden or the report."""
    return None if text is None else Fraction(text)


def claims_of(project: Record) -> list[tuple[str, Fraction | None, Fraction | None, str | None]]:
    """Kind, computed and stated value in 元, verdict of every claim that computed something."""
    return [
        (c["kind"], amount(c["computed"]["value"]), amount(c["stated"] and c["stated"]["value"]), c["verdict"])
        for c in project["claims"]
        if c["computed"] is not None
    ]


def test_the_two_errors_give_exit_code_1(run: subprocess.CompletedProcess[str]) -> None:
    assert (run.returncode, run.stderr) == (1, "")
    summary = json.loads(run.stdout)["summary"]
    expected = Counter(p["status"] for p in PROJECTS)
    assert summary == {
        "projects": 9,
        **{status: expected[status] for status in ("pass", "review", "fail", "no-formula")},
    }


def test_projects_come_in_the_order_of_the_file(reported: dict[str, Record]) -> None:
    assert [(p["id"], p["name"]) for p in reported.values()] == [(p["code"], p["name"]) for p in PROJECTS]


@by_project
def test_status_and_totals(golden: Record, reported: dict[str, Record]) -> None:
    project = reported[golden["code"]]
    computed = project["computed_total"] and project["computed_total"]["yuan"]
    assert project["status"] == golden["status"]
    assert amount(project["stated_total"]["yuan"]) == amount(golden["stated_total_yuan"])
    assert amount(computed) == amount(golden["computed_total_yuan"])


@by_project
def test_every_claim_is_found_with_its_verdict(golden: Record, reported: dict[str, Record]) -> None:
    expected = [
        (c["kind"], amount(c["computed_yuan"]), amount(c["stated_yuan"]), c["verdict"]) for c in golden["claims"]
    ]
    found = claims_of(reported[golden["code"]])
    assert [claim for claim in expected if claim not in found] == []
    units = {c["computed"]["unit"] for c in reported[golden["code"]]["claims"] if c["computed"]}
    assert units <= {"元"}


@by_project
def test_nothing_else_is_accused_or_asked(golden: Record, reported: dict[str, Record]) -> None:
    expected = Counter(c["verdict"] for c in golden["claims"])
    found = Counter(verdict for *_, verdict in claims_of(reported[golden["code"]]))
    for verdict in ("mismatch", "query"):
        assert found[verdict] == expected[verdict], verdict


@by_project
def test_every_open_claim_has_its_finding_and_the_others_are_there(golden: Record, reported: dict[str, Record]) -> None:
    project = reported[golden["code"]]
    for index, claim in enumerate(project["claims"]):
        told = [f["code"] for f in project["findings"] if f["claim"] == index and f["code"].startswith("CV1")]
        assert claim["verdict"] in ("exact", "rounded") or len(told) == 1, claim["text"]
    for finding in golden["findings"]:
        alike = [f for f in project["findings"] if f["severity"] == finding["severity"]]
        assert any(finding["text"] in excerpt(f, project) for f in alike), finding["about"]


def excerpt(finding: Record, project: Record) -> str:
    """What a finding says, and the part of the basis that it points to."""
    at = slice(*finding["span"]) if finding["span"] and finding["field"] == "资金计算依据" else slice(0)
    return f"{finding['message']} {project['basis'][at]}"


def test_coverage(reported: dict[str, Record]) -> None:
    """Of 85.8万元 only 14.8万元 rest on a formula; projects without one rest on nothing."""
    shares = {code: Fraction(p["coverage"]["amount"]) for code, p in reported.items()}
    assert round(100 * shares["320281223230023000003"]) == 17
    assert shares["320281223230023000003"] == Fraction("14.8") / Fraction("85.8")
    assert {p["code"] for p in PROJECTS if shares[p["code"]] == 0} >= {p["code"] for p in PROJECTS if not p["claims"]}
    assert all(shares[p["code"]] > 0 for p in PROJECTS if p["claims"])


def test_spans_point_at_what_they_quote(reported: dict[str, Record]) -> None:
    for project in reported.values():
        quoted = [*project["claims"], *project["set_aside"], *project["unread"]]
        quoted += [c["stated"] for c in project["claims"] if c["stated"] and c["stated"]["span"]]
        quoted += [operand for c in project["claims"] for operand in c["operands"]]
        for item in quoted:
            assert project["basis"][slice(*item["span"])] == item["text"]


def test_the_text_report_shows_both_errors_and_what_was_computed() -> None:
    run = check()
    assert run.returncode == 1
    for figure in ("67631", "67031.49", "27345", "30945.134"):
        assert figure in run.stdout
    for project in PROJECTS:
        assert project["name"] in run.stdout


def test_the_program_knows_nothing_of_the_worked_document() -> None:
    """Its names, codes and amounts are an example; the program is for the forms nobody has seen."""
    telling = {word for p in PROJECTS for word in (p["name"], p["code"])}
    amounts = {Fraction(c[f]) / 10000 for p in PROJECTS for c in p["claims"] for f in ("computed_yuan", "stated_yuan")}
    # 24000 may stand anywhere; 67631 would be no accident.
    telling |= {str(a) for a in amounts if a.denominator == 1 and a > 9999 and len(str(a).rstrip("0")) >= 4}
    assert {"67631", "27345"} <= telling
    for folder in ("calcverify", "formulas"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".toml"}:
                text = path.read_text(encoding="utf-8")
                assert [word for word in telling if word in text] == [], path


# What a careful person agrees with, by the last digit of the project: an indicator that stands twice with
# another value (CV404), another amount in the goal of the project (CV401), a factor of 24% that the words leave
# out (CV102), and the two figures that do not follow (CV101). Nothing else is worth an error or a warning.
OPEN = {
    "1": ["CV401"],
    "5": ["CV102", "CV102", "CV404"],
    "4": ["CV404", "CV404", "CV404"],
    "9": ["CV404"],
    "7": ["CV101", "CV101", "CV404", "CV404"],
}


def test_every_error_and_warning_is_one_that_a_careful_person_agrees_with(reported: dict[str, Record]) -> None:
    found = {
        code[-1]: sorted(f["code"] for f in project["findings"] if f["severity"] != "notice")
        for code, project in reported.items()
    }
    assert {digit: codes for digit, codes in found.items() if codes} == OPEN
