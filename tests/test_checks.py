"""Every rule on one-line cases, on its own examples, and all of them on the labelled texts.

``checks/CVnnn.txt`` holds the cases of a rule, one a line::

    + 12人×500元/人=6000元                   the rule has nothing to say
    - 12人×500元/人=6500元 :: 应为6000元     the rule speaks, and its message holds these words
    - 12人×500元/人 => 6500元  # why         `=>` gives the form's total

A whole form is written with ``｜`` where its file breaks the line and ``→`` where a tab
stands. Lines behind ``⇐`` are corrected readings, which the checked project is read as.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pytest

from calcverify import check_file, check_text, pipeline
from calcverify.api.given import form_of
from calcverify.checks import RULES
from calcverify.checks.rule import PARAGRAPHS, READING_MARK, REMARK_MARK, TOTAL_MARK, Rule, paragraphs
from calcverify.forms.model import Form, Remark
from calcverify.pipeline import across, check_form
from calcverify.readers import read_stream
from calcverify.readings.applying import corrected
from calcverify.readings.making import reading_of
from calcverify.readings.model import ClaimLine
from calcverify.report.model import Project
from calcverify.source import Locator
from calcverify.verify.model import Finding, Severity
from docs.make_rules import PAGE, page

FOLDER = Path(__file__).parent / "checks"
EXAMPLE = Path(__file__).parent.parent / "examples" / "jiangyin-2022.txt"
CORPUS = Path(__file__).parent / "data" / "corpus.jsonl"

# The code of the one finding that a claim of each verdict has; exact and rounded ones have none of these.
OF_VERDICT = {"mismatch": "CV101", "query": "CV102", "carry": "CV103", "approximate": "CV104"}


class Line(NamedTuple):
    """A case: what is checked, whether the rule must be silent, words of the message."""

    text: str
    passes: bool
    words: tuple[str, ...] = ()


def lines_of(code: str) -> Iterator[Line]:
    """The cases of a rule."""
    for line in (FOLDER / f"{code}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        assert line[:2] in ("+ ", "- "), line
        text, *words = re.split(r"\s+#\s", line[2:])[0].split(" :: ")
        yield Line(text.strip(), line[0] == "+", tuple(w.strip() for w in words))


def checked(text: str) -> Project:
    """The project that a case describes."""
    if "｜" in text:
        forms: list[Form] = []
        for part in text.split("‖"):
            written = part.replace("｜", "\n").replace("→", "\t")
            (form,) = [item for item in read_stream(written.encode()) if isinstance(item, Form)]
            forms.append(form)
        return across([check_form(form) for form in forms])[-1]
    given, *lines = text.split(READING_MARK)
    given, *kinds = given.split(REMARK_MARK)
    basis, _, total = given.partition(TOTAL_MARK)
    if kinds:
        remarks = tuple(Remark(kind, "1/2", Locator(paragraph=2)) for kind in kinds)
        return check_form(form_of(basis, total or None, None)._replace(remarks=remarks))
    if lines:
        claims = tuple(ClaimLine("equation", line) for line in lines)
        return check_form(
            form_of(basis, total or None, None),
            correct=lambda case: corrected(case, reading_of(case)._replace(claims=claims), "读法.toml"),
        )
    return check_text(basis, total or None)


def found(project: Project, rule: Rule) -> list[Finding]:
    """What one rule says of a project."""
    return [f for f in project.findings if f.code == rule.code]


CASES = [pytest.param(rule, line, id=f"{rule.code}-{line.text}") for rule in RULES for line in lines_of(rule.code)]
EXAMPLES = [
    pytest.param(rule, Line(text, passing), id=f"{rule.code}-{text}")
    for rule in RULES
    for passing in (True, False)
    for text in rule.examples(passing)
]


@pytest.mark.parametrize(("rule", "line"), CASES + EXAMPLES)
def test_rule(rule: Rule, line: Line) -> None:
    project = checked(line.text)
    said = found(project, rule)
    assert bool(said) is not line.passes, [f.message.zh for f in project.findings]
    for word in line.words:
        assert any(word in f.message.zh for f in said), [f.message.zh for f in said]
    for finding in said:
        in_basis = finding.field == project.form.basis_field
        texts = {n.label: n.source.text for n in project.form.narratives}
        text = project.basis_text if in_basis else texts.get(finding.field or "", "")
        if finding.span is not None:
            assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert re.search("[一-鿿]", finding.message.zh)
        assert finding.message.en
        assert finding.message.en != finding.message.zh


@pytest.mark.parametrize("rule", RULES, ids=[r.code for r in RULES])
def test_every_rule_is_explained_and_has_five_cases_of_each_kind(rule: Rule) -> None:
    marks = Counter(mark for mark, _ in paragraphs(rule.explanation))
    assert set(marks) == set(PARAGRAPHS)
    assert all(text for _, text in paragraphs(rule.explanation))
    cases = Counter(line.passes for line in lines_of(rule.code))
    assert min(cases[True], cases[False]) >= 5
    # Some are whole forms; what a person or a file's own marks say is written otherwise.
    whole = Counter(line.passes for line in lines_of(rule.code) if "｜" in line.text)
    marked = any(mark in line.text for line in lines_of(rule.code) for mark in (READING_MARK, REMARK_MARK))
    assert marked or min(whole[True], whole[False]) >= 1
    texts = [line.text for line in lines_of(rule.code)]
    assert len(set(texts)) == len(texts)
    assert re.search("[一-鿿]", rule.name_zh)
    assert rule.name_en.isascii()


def test_there_are_no_cases_without_a_rule() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{rule.code}.txt" for rule in RULES}


def test_a_rule_stands_in_a_module_of_its_code() -> None:
    for rule in RULES:
        assert rule.find.__module__.rsplit(".", 1)[1].startswith(f"{rule.code.lower()}_")


def test_explanations_speak_one_language_each() -> None:
    for rule in RULES:
        zh, en = rule.explain("zh"), rule.explain("en")
        assert [line.partition("：")[0] for line in zh.splitlines()[:2]] == ["查什么", "为什么"]
        assert [line.partition(":")[0] for line in en.splitlines()[:2]] == ["What", "Why it matters"]
        assert "Why" not in zh
        assert "查什么" not in en


def test_a_broken_line_of_an_explanation_gets_a_blank_between_words_only() -> None:
    text = "Title.\n\nWhat: one\ntwo\n查什么：甲\n乙\nPasses: 甲｜\n乙\n\nnot a paragraph\n"
    assert list(paragraphs(text)) == [("What: ", "one two"), ("查什么：", "甲乙"), ("Passes: ", "甲｜乙")]


@pytest.fixture(scope="module")
def corpus() -> list[Project]:
    """The labelled texts, checked."""
    records = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    return [check_text(r["basis"], r["total"]) for r in records]


def test_every_open_claim_has_one_finding_of_its_verdict(corpus: list[Project]) -> None:
    seen: Counter[str] = Counter()
    for project in corpus:
        for index, claim in enumerate(project.claims):
            told = [f.code for f in project.findings if f.claim == index and f.code in OF_VERDICT.values()]
            verdict = claim.verdict.value if claim.verdict is not None else ""
            assert told == ([OF_VERDICT[verdict]] if verdict in OF_VERDICT else []), claim.text
            seen[verdict] += 1
    assert all(seen[verdict] for verdict in OF_VERDICT)


def test_findings_of_the_first_kind_name_a_claim_only_where_they_are_about_it(corpus: list[Project]) -> None:
    for project in corpus:
        for finding in project.findings:
            if finding.claim is not None:
                assert 0 <= finding.claim < len(project.claims)


def test_an_unread_stretch_or_a_clash_is_always_told(corpus: list[Project]) -> None:
    told = Counter[bool]()
    for project in corpus:
        if project.unread:
            told[any(f.code in ("CV206", "CV207") for f in project.findings)] += 1
    assert told[True] > 5
    assert not told[False]


def test_amounts_are_said_in_the_unit_of_the_text() -> None:
    (finding,) = check_text("铺设草坪360平方米×85元/平方米=3.6万元").findings
    assert finding.message.zh == (
        "分项测算金额与算式结果不一致：应为3.06万元（按填报位数为3.1万元），填报3.6万元，相差0.54万元"
    )
    assert finding.message.en == (
        "the figure is not what its formula gives: it should be 3.06万元 (3.1万元 with the digits stated), "
        "but 3.6万元 is stated, 0.54万元 apart"
    )


@pytest.mark.parametrize(
    ("basis", "severity"),
    [
        ("草坪740平方米×40元/平方米=3万元", Severity.NOTICE),  # 1.3% of 3万元
        ("草坪650平方米×40元/平方米=3万元", Severity.WARNING),  # 13%
    ],
)
def test_coarse_rounding_weighs_by_its_size(basis: str, severity: Severity) -> None:
    (finding,) = [f for f in check_text(basis).findings if f.code == "CV105"]
    assert finding.severity is severity


def test_a_rule_that_is_left_out_says_nothing() -> None:
    from calcverify.config.model import Config

    form = Form("", "", "", check_text("").form.locator, None)
    assert [f.code for f in check_form(form).findings] == ["CV602"]
    assert check_form(form, Config(ignore=frozenset({"CV602"}))).findings == ()


def test_the_page_of_the_rules_is_what_the_rules_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python docs/make_rules.py"
    assert all(f"### {rule.code} " in page() for rule in RULES)


# The loud findings on the worked document, by the last digits of the project's code: a careful
# person agrees with each (the 满意度 and 知晓率 stand twice with other values, 参与体检人数 too).
LOUD = {
    "0001": ["CV401"],
    "0005": ["CV102", "CV102", "CV404"],
    "0004": ["CV404", "CV404", "CV404"],
    "0002": [],
    "0009": ["CV404"],
    "0008": [],
    "0007": ["CV101", "CV101", "CV404", "CV404"],
    "0003": [],
    "0006": [],
}


def test_a_careful_person_agrees_with_every_loud_finding_on_the_worked_document() -> None:
    report = check_file(EXAMPLE)
    loud = {
        p.form.id[-4:]: sorted(f.code for f in p.findings if f.severity is not Severity.NOTICE) for p in report.projects
    }
    assert loud == LOUD
    (other,) = [f for f in report.projects[0].findings if f.code == "CV401"]
    label = next(n for n in report.projects[0].form.narratives if n.label == other.field)
    assert other.span is not None
    assert other.span.of(label.source.text) == "12059.68万元"


HOSTILE = {
    "clashes": "1元×1元=3元，" * 800,
    "queries": "讲解员20名，每人补助500元，共计3万元。" * 200,
    "capitals": "伍万元（6元）" * 1200,
    "repeated": "交通补贴20人×500元/人=1万元，" * 600,
    "amounts": "设备2万元，" * 1500,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_rules_end_soon_on_a_text_made_against_them(text: str) -> None:
    case = pipeline.read_form(form_of(text, None, None))
    start = perf_counter()
    findings = sum(len(list(rule.find(case))) for rule in RULES)
    assert perf_counter() - start < 2
    assert findings
