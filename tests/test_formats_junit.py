"""The JUnit report, parsed: a test case a project, outcomes that agree with the exit code."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcverify.report.formats import format_named, rendered
from calcverify.report.model import Report
from calcverify.verify.model import Status
from tests.lived import lived
from tests.made import empty, endless, failing, passing, report
from tests.test_report_hostile import ATTACKS, filled


def suites(made: Report, lang: str = "zh") -> ElementTree.Element:
    """The document of a report."""
    root = ElementTree.fromstring(rendered(made, format_named("junit"), lang))
    assert root.tag == "testsuites"
    return root


def outcome(case: ElementTree.Element) -> str:
    """What a test case says: ``failure``, ``error``, ``skipped`` or nothing."""
    found = [child.tag for child in case if child.tag != "system-out"]
    assert len(found) <= 1
    return found[0] if found else ""


OUTCOMES = [(passing, ""), (failing, "failure"), (endless, "failure"), (empty, "skipped")]


def test_each_status_has_its_outcome() -> None:
    for make, wanted in OUTCOMES:
        (case,) = suites(Report((make(),))).iter("testcase")
        assert outcome(case) == wanted


def test_counts_are_those_of_the_cases() -> None:
    root = suites(report())
    for element in (root, *root.findall("testsuite")):
        outcomes = [outcome(case) for case in element.iter("testcase")]
        assert int(element.attrib["tests"]) == len(outcomes)
        for name, word in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(element.attrib[name]) == outcomes.count(word)
    assert (root.attrib["tests"], root.attrib["errors"]) == ("6", "2")


def test_only_elements_and_attributes_that_servers_know() -> None:
    known = {
        "testsuites": {"name", "tests", "failures", "errors", "skipped"},
        "testsuite": {"name", "tests", "failures", "errors", "skipped"},
        "testcase": {"name", "classname", "file", "line"},
        "failure": {"type", "message"},
        "error": {"type", "message"},
        "skipped": {"message"},
        "system-out": set(),
    }
    for element in suites(lived()).iter():
        assert set(element.attrib) <= known[element.tag]
        if element.tag == "testcase":
            assert element.attrib["name"]
            assert element.attrib["classname"]


def test_a_failure_says_what_and_where() -> None:
    (case,) = suites(Report((failing(),)), "en").iter("testcase")
    failure = case.find("failure")
    assert failure is not None
    assert case.attrib["name"] == "基层统计培训 [330000261230000000002]"
    assert (case.attrib["file"], case.attrib["line"], failure.attrib["type"]) == ("forms.txt", "3", "fail")
    assert (
        failure.attrib["message"]
        == "does not add up: the formula gives 3.06万元, but 3.6万元 is stated: 0.54万元 apart"
    )
    assert "error CV101" in (failure.text or "")
    assert "[line 9]" in (failure.text or "")


def test_what_does_not_count_fails_nothing_and_is_told() -> None:
    case = list(suites(lived()).iter("testcase"))[1]
    assert lived().projects[1].decisive is Status.PASS
    assert outcome(case) == ""
    text = case.findtext("system-out") or ""
    assert "<已说明: 单价含运费 <见合同> (至2027-12-31)>" in text
    assert "<已知问题，不计入>" in text


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_hostile_text_is_text(text: str) -> None:
    root = suites(filled(text))
    assert {element.tag for element in root.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "error"}
    assert len(list(root.iter("testcase"))) == 3


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_any_text_makes_well_formed_xml(text: str) -> None:
    assert len(list(suites(filled(text)).iter("testcase"))) == 3
