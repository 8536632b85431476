"""The SARIF report against the constraints of the 2.1.0 schema, written out by hand.

``SHAPES`` names the keys that an object of the schema may have and those that it must
have; no object of SARIF takes others (``properties`` holds what is ours).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcverify.checks import RULES
from calcverify.forms.model import Form
from calcverify.pipeline import check_form
from calcverify.readers import read_path
from calcverify.report.formats import format_named, rendered
from calcverify.report.model import Report
from calcverify.report.sarif import uri_of
from calcverify.review.notices import NOTICES
from tests.lived import ROWS, form, lived
from tests.made import report
from tests.test_report_hostile import ATTACKS, filled

# Object → its keys; those that it must have end in an exclamation mark.
SHAPES = {
    "sarifLog": "$schema version! runs! inlineExternalProperties properties",
    "run": "tool! invocations results language columnKind artifacts originalUriBaseIds baselineGuid properties",
    "tool": "driver! extensions properties",
    "toolComponent": "name! version semanticVersion organization informationUri rules notifications properties",
    "reportingDescriptor": "id! name shortDescription fullDescription help helpUri defaultConfiguration properties",
    "multiformatMessageString": "text! markdown properties",
    "reportingConfiguration": "enabled level rank parameters properties",
    "invocation": "executionSuccessful! exitCode commandLine toolExecutionNotifications properties",
    "notification": "message! level locations descriptor exception associatedRule timeUtc properties",
    "descriptorReference": "id index guid toolComponent",
    "result": "message! ruleId ruleIndex rule kind level locations relatedLocations partialFingerprints fingerprints "
    "suppressions baselineState rank properties",
    "message": "text markdown id arguments properties",
    "location": "id physicalLocation logicalLocations message properties",
    "physicalLocation": "artifactLocation region contextRegion address properties",
    "artifactLocation": "uri uriBaseId index description properties",
    "region": "startLine startColumn endLine endColumn charOffset charLength snippet message properties",
    "artifactContent": "text binary rendered properties",
    "logicalLocation": "name index fullyQualifiedName decoratedName parentIndex kind properties",
    "suppression": "kind! status justification guid location properties",
}
# Where an object stands inside another.
INSIDE = {
    ("sarifLog", "runs"): "run",
    ("run", "tool"): "tool",
    ("tool", "driver"): "toolComponent",
    ("toolComponent", "rules"): "reportingDescriptor",
    ("toolComponent", "notifications"): "reportingDescriptor",
    ("reportingDescriptor", "shortDescription"): "multiformatMessageString",
    ("reportingDescriptor", "fullDescription"): "multiformatMessageString",
    ("reportingDescriptor", "help"): "multiformatMessageString",
    ("reportingDescriptor", "defaultConfiguration"): "reportingConfiguration",
    ("run", "invocations"): "invocation",
    ("invocation", "toolExecutionNotifications"): "notification",
    ("notification", "message"): "message",
    ("notification", "locations"): "location",
    ("notification", "descriptor"): "descriptorReference",
    ("run", "results"): "result",
    ("result", "message"): "message",
    ("result", "locations"): "location",
    ("result", "suppressions"): "suppression",
    ("location", "physicalLocation"): "physicalLocation",
    ("location", "logicalLocations"): "logicalLocation",
    ("physicalLocation", "artifactLocation"): "artifactLocation",
    ("physicalLocation", "region"): "region",
    ("region", "snippet"): "artifactContent",
}
TEXTS = frozenset({"version", "name", "semanticVersion", "id", "text", "uri", "ruleId", "kind", "justification"})
WORDS = {
    ("sarifLog", "version"): {"2.1.0"},
    ("run", "columnKind"): {"utf16CodeUnits", "unicodeCodePoints"},
    ("result", "level"): {"none", "note", "warning", "error"},
    ("notification", "level"): {"none", "note", "warning", "error"},
    ("reportingConfiguration", "level"): {"none", "note", "warning", "error"},
    ("result", "baselineState"): {"new", "unchanged", "updated", "absent"},
    ("suppression", "kind"): {"inSource", "external"},
    ("suppression", "status"): {"accepted", "underReview", "rejected"},
}
LEAST = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1, "ruleIndex": 0}


def objects(kind: str, value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object with the name that the schema has for it."""
    yield kind, value
    for key, child in value.items():
        inner = INSIDE.get((kind, key))
        if inner is None:
            assert not isinstance(child, dict) or key in ("properties", "partialFingerprints"), (kind, key)
            continue
        many = isinstance(child, list)
        assert many is (key.endswith("s") and key not in ("properties",)), key
        for one in child if many else [child]:
            yield from objects(inner, one)


def validated(made: Report, lang: str = "zh") -> dict[str, Any]:
    """The one run of a report that keeps to the schema."""
    log: dict[str, Any] = json.loads(rendered(made, format_named("sarif"), lang))
    for kind, value in objects("sarifLog", log):
        keys = SHAPES[kind].replace("!", "").split()
        assert set(value) <= set(keys), (kind, set(value) - set(keys))
        assert {key[:-1] for key in SHAPES[kind].split() if key.endswith("!")} <= set(value), kind
        for key, child in value.items():
            assert child in WORDS.get((kind, key), [child]), (kind, key, child)
            assert key not in TEXTS or isinstance(child, str), (kind, key)
            assert key not in LEAST or (type(child) is int and child >= LEAST[key]), (kind, key)
        if kind == "artifactLocation":
            assert re.fullmatch(r"(?:file:///)?[\w.~%/:-]*", value["uri"], re.ASCII), value["uri"]
        if kind == "location":
            assert value
    (run,) = log["runs"]
    assert re.fullmatch("[a-zA-Z]{2}(-[a-zA-Z]{2})?", run["language"])
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert all(isinstance(p, str) for p in result["partialFingerprints"].values())
        # All results of a run have it, or none has.
        assert "suppressions" in result
    assert len({"baselineState" in result for result in run["results"]}) <= 1
    return dict(run)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_keeps_to_the_schema(lang: str) -> None:
    for made in (report(), lived(), Report(())):
        run = validated(made, lang)
        assert len(run["results"]) == sum(len(p.findings) for p in made.projects)
        assert run["invocations"][0]["executionSuccessful"] is (not made.defects)


def test_levels_rules_and_help() -> None:
    run = validated(report(), "en")
    levels = {r["ruleId"]: r["level"] for r in run["results"]}
    assert levels == {"CV101": "error", "CV110": "warning", "CV401": "warning", "CV104": "note"}
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    known = {rule.code: rule for rule in RULES}
    for code, rule in rules.items():
        assert rule["name"] == known[code].name_en
        assert rule["help"]["text"].startswith("What: ")
        assert "Why it matters: " in rule["help"]["text"]
    assert validated(report())["tool"]["driver"]["rules"][0]["help"]["text"].startswith("查什么：")


def test_notices_of_reasons_have_help_too() -> None:
    project = lived().projects[0]
    findings = tuple(n.finding(n.name) for n in NOTICES)
    run = validated(Report((project._replace(findings=findings),)), "en")
    assert [r["name"] for r in run["tool"]["driver"]["rules"]] == [n.name.en for n in NOTICES]


def test_explained_and_known_results_are_marked() -> None:
    results = {r["ruleId"]: r for r in validated(lived())["results"]}
    (suppression,) = results["CV101"]["suppressions"]
    assert suppression == {
        "kind": "external",
        "status": "accepted",
        "justification": "单价含运费 <见合同>",
        "properties": {"expiry": "2027-12-31"},
    }
    assert {code: r["suppressions"] for code, r in results.items() if code != "CV101"} == {
        "CV110": [],
        "CV401": [],
        "CV104": [],
    }
    assert {code: r["baselineState"] for code, r in results.items()} == {
        "CV101": "new",
        "CV110": "unchanged",
        "CV401": "new",
        "CV104": "new",
    }
    assert all("baselineState" not in r for r in validated(report())["results"])


def test_inputs_that_were_not_checked_are_notifications() -> None:
    (invocation,) = validated(report())["invocations"]
    assert invocation["executionSuccessful"] is False
    unread, defect = invocation["toolExecutionNotifications"]
    assert unread["descriptor"] == {"id": "CV907"}
    assert unread["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert "descriptor" not in defect


# A basis over several lines, with either kind of line end.
LINES = [
    "书架3万元；\n" + ROWS[0] + "；桌椅1万元",
    ROWS[0] + "；\n书架3万元",
    "书架3万元；\n\n桌椅1万元；\n" + ROWS[0],
]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("basis", LINES)
def test_a_region_is_where_the_figure_stands_in_the_file(basis: str, newline: str, tmp_path: Path) -> None:
    """The region is cut out of the file itself, line by line, and holds the figure."""
    text = "2026年度\n\n" + form(basis).replace("\n", "\n", 1)
    path = tmp_path / "forms.txt"
    path.write_bytes(text.replace("\n", newline).encode("utf-8-sig"))
    projects = tuple(check_form(item) for item in read_path(path) if isinstance(item, Form))
    results = [r for r in validated(Report(projects))["results"] if "3.6万元" in r["message"]["text"]]
    assert results
    for result in results[:1]:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"]
        line = text.split("\n")[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "3.6万元" == region["snippet"]["text"]


def test_a_record_has_its_line_and_no_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    record = {"id": "7", "basis": "桌椅1万元\n" + ROWS[0]}
    path.write_text("\n" + json.dumps(record, ensure_ascii=False), encoding="utf-8")
    projects = tuple(check_form(item) for item in read_path(path) if isinstance(item, Form))
    result = next(r for r in validated(Report(projects))["results"] if r["ruleId"] == "CV101")
    location = result["locations"][0]
    assert location["physicalLocation"]["region"] == {"startLine": 2, "snippet": {"text": "3.6万元"}}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "7/basis"


URIS = [
    ("forms.txt", "forms.txt"),
    ("a b/c#d?e%.txt", "a%20b/c%23d%3Fe%25.txt"),
    ("/data/x.txt", "file:///data/x.txt"),
    ("C:/data/x.txt", "file:///C:/data/x.txt"),
    ("javascript:alert(1)", "javascript%3Aalert%281%29"),
    ("\ud800\n", "%ED%A0%80%0A"),
]


@pytest.mark.parametrize(("name", "uri"), URIS)
def test_a_path_becomes_a_uri(name: str, uri: str) -> None:
    assert uri_of(name) == uri


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_hostile_text_keeps_to_the_schema(text: str) -> None:
    assert len(validated(filled(text))["results"]) == 4


@settings(max_examples=60)
@given(st.text(alphabet="[](){}\\a", max_size=20))
def test_no_message_holds_a_link_or_a_placeholder(text: str) -> None:
    """``[text](1)`` is a link and ``{0}`` an argument, unless the marks are escaped."""
    for result in validated(filled(text))["results"]:
        said = re.sub(r"\\\\|\\\[|\\\]|\{\{|\}\}", "", result["message"]["text"])
        assert not re.search(r"[\[\]{}\\]", said)
