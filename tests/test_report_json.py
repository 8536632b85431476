"""The JSON contract: keys and their order, exact numbers, valid UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from calcverify.report.model import Report
from calcverify.report.objects import dumps
from calcverify.source import Source
from tests.made import endless, failing, passing, report

DOCUMENT: dict[str, Any] = json.loads(report().to_json())

KEYS = {
    "": "version tool projects errors summary",
    "tool": "name version",
    "project": "id name source locator organisation department year status stated_total computed_total "
    "difference_yuan coverage basis claims findings set_aside unread counted_status",
    "stated_total": "text unit yuan field",
    "computed_total": "text yuan",
    "coverage": "amount numbers",
    "claim": "kind text span expression computed stated difference verdict factor operands assumptions",
    "computed": "value unit",
    "stated": "value unit text span place",
    "operand": "text span",
    "finding": "code severity message claim field span locator suggestions suppressed known",
    "set_aside": "text span reason",
    "unread": "text span reason",
    "error": "source locator message code",
    "summary": "projects pass review fail no-formula",
}


def objects(kind: str) -> list[dict[str, Any]]:
    """Every object of a kind in the document."""
    projects = DOCUMENT["projects"]
    claims = [c for p in projects for c in p["claims"]]
    found: dict[str, list[dict[str, Any] | None]] = {
        "": [DOCUMENT],
        "tool": [DOCUMENT["tool"]],
        "summary": [DOCUMENT["summary"]],
        "error": DOCUMENT["errors"][:1],
        "project": projects,
        "claim": claims,
        "finding": [f for p in projects for f in p["findings"]],
        "operand": [o for c in claims for o in c["operands"]],
        **{k: [p[k] for p in projects] for k in ("stated_total", "computed_total", "coverage")},
        **{k: [c[k] for c in claims] for k in ("computed", "stated")},
        **{k: [a for p in projects for a in p[k]] for k in ("set_aside", "unread")},
    }
    return [item for item in found[kind] if item is not None]


@pytest.mark.parametrize("kind", KEYS)
def test_keys_stand_in_the_order_of_the_contract(kind: str) -> None:
    found = objects(kind)
    assert found
    assert {" ".join(item) for item in found} == {KEYS[kind]}


def numbers(value: object, key: str = "") -> Iterator[object]:
    """Every value under a key that holds a number."""
    if isinstance(value, dict):
        for k, v in value.items():
            yield from numbers(v, k)
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item, key)
    elif key in {"yuan", "difference_yuan", "amount", "numbers", "value", "difference", "place", "factor"}:
        yield value


def test_every_number_is_an_exact_string_or_null() -> None:
    found = list(numbers(DOCUMENT))
    assert len(found) > 30
    assert all(n is None or isinstance(n, str) for n in found)
    assert all(Fraction(n).denominator >= 1 for n in found if isinstance(n, str))
    assert "160000/3" in found


def test_numbers_read_back_to_what_was_computed() -> None:
    for project, said in zip(report().projects, DOCUMENT["projects"], strict=True):
        assert Fraction(said["coverage"]["amount"]) == project.coverage.amount
        for claim, told in zip(project.claims, said["claims"], strict=True):
            assert claim.computed is not None
            assert Fraction(told["computed"]["value"]) == claim.computed.value
            assert (None if told["difference"] is None else Fraction(told["difference"])) == claim.difference


def test_spans_point_into_the_basis() -> None:
    for project in DOCUMENT["projects"]:
        for item in [*project["claims"], *project["set_aside"], *project["unread"]]:
            assert project["basis"][slice(*item["span"])] == item["text"]


def test_what_is_absent_is_null() -> None:
    nameless = DOCUMENT["projects"][3]
    assert [nameless[k] for k in ("name", "department", "computed_total", "difference_yuan", "basis")] == [None] * 5
    assert DOCUMENT["projects"][2]["id"] is None
    assert DOCUMENT["projects"][2]["claims"][0]["stated"] is None
    assert DOCUMENT["projects"][0]["claims"][0]["stated"]["span"] is None


def test_an_empty_basis_is_not_an_absent_one() -> None:
    project = passing()
    empty = project._replace(form=project.form._replace(basis=Source("", "forms.txt")), claims=(), set_aside=())
    assert json.loads(Report((empty,)).to_json())["projects"][0]["basis"] == ""


def test_an_input_that_broke_the_program_says_so() -> None:
    assert [e.get("defect") for e in DOCUMENT["errors"]] == [None, True]


def test_the_summary_counts() -> None:
    assert DOCUMENT["summary"] == {"projects": 4, "pass": 1, "review": 1, "fail": 1, "no-formula": 1}


def test_messages_are_in_the_language_asked_for() -> None:
    finding = json.loads(Report((failing(),)).to_json("en"))["projects"][0]["findings"][1]
    assert finding["message"] == "a factor is missing, about 24%"


def test_an_empty_report_is_a_document_too() -> None:
    document = json.loads(Report(()).to_json())
    assert (document["projects"], document["errors"], document["summary"]["projects"]) == ([], [], 0)


def test_lines_hold_the_same_objects_as_the_document() -> None:
    from calcverify.report.jsonl import render

    lines = [json.loads(line) for line in render(report()).splitlines()]
    assert lines[:4] == DOCUMENT["projects"]
    assert [line["error"] for line in lines[4:]] == DOCUMENT["errors"]


STRINGS = [
    "\x1b[31m",
    "\x7f\x9b",
    "\u202e\u2066",
    "\u2028\u2029\x85",
    "\ufeff\u200b",
    "\U000e0041",
    "😀",
    '"\\\n\t\x00',
]


@pytest.mark.parametrize("text", STRINGS)
def test_what_hides_is_escaped_and_reads_back(text: str) -> None:
    line = dumps({"text": text})
    assert json.loads(line) == {"text": text}
    assert line.isprintable()


def test_a_lone_surrogate_becomes_one_other_character() -> None:
    """Valid UTF-8, and every later span still points where it did."""
    line = dumps({"text": "甲\ud800乙\udfff"})
    assert json.loads(line.encode("utf-8")) == {"text": "甲\ufffd乙\ufffd"}


def test_an_endless_total_is_said_in_words_and_exactly() -> None:
    total = json.loads(Report((endless(),)).to_json())["projects"][0]["computed_total"]
    assert total == {"text": "约5.3333万元", "yuan": "160000/3"}
