"""What may have gone wrong in a claim that misses: the cases of ``cases/diagnosis.txt``, and the laws."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import calcverify
from calcverify.api.given import form_of
from calcverify.basis.relex import Near
from calcverify.exact.verdict import Verdict
from calcverify.forms.amounts import stated_total
from calcverify.forms.model import Form
from calcverify.pipeline import read_form, read_once
from calcverify.verify import diagnose as diagnosis
from calcverify.verify.case import Case
from calcverify.verify.diagnose import diagnose
from calcverify.verify.diagnose_model import Cause, Suggestion
from calcverify.verify.diagnose_words import WORDS
from tests.variations.faults import faults
from tests.variations.score import measure, rates
from tests.variations.styles import cases as made_cases

FILE = Path(__file__).parent / "cases" / "diagnosis.txt"
LINE = re.compile(r"(?P<basis>[^#].*?)(?: => (?P<total>.*?))? ⇒ (?P<expected>.*?)(?:\s+# .*)?")
MISSES = (Verdict.MISMATCH, Verdict.QUERY)


def lines() -> list[tuple[str, str | None, str]]:
    """(basis, total, expected) of each line."""
    written = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    found = [LINE.fullmatch(line) for line in written]
    assert all(found), [line for line, m in zip(written, found, strict=True) if not m]
    return [(m["basis"], m["total"], m["expected"]) for m in found if m]


CASES = lines()


def case_of(basis: str, total: str | None) -> Case:
    """The case of a text."""
    return read_form(form_of(basis, total, None))


def shown(suggestion: Suggestion) -> str:
    """A suggestion as the case file writes it."""
    follows = "".join(f" → {e.text}" for e in suggestion.carried)
    return f"{suggestion.cause.value}: {'&'.join(e.text for e in suggestion.edits)}{follows}"


def told(case: Case, found: dict[int, tuple[Suggestion, ...]]) -> str:
    """What is suggested, as the case file writes it."""
    if not any(claim.verdict in MISSES for claim in case.claims):
        return "no claim misses"
    each = ("; ".join(map(shown, found[i])) or "none" for i in sorted(found))
    return " | ".join(each) or "no suggestion"


@pytest.mark.parametrize(("basis", "total", "expected"), CASES, ids=[f"{b} {t}" for b, t, _ in CASES])
def test_the_causes_are_those_of_the_line(basis: str, total: str | None, expected: str) -> None:
    case = case_of(basis, total)
    assert told(case, diagnose(case, read_once)) == expected


def undone(basis: str, total: str | None, suggestion: Suggestion) -> Case:
    """The text with the changes of a suggestion made, read from the beginning."""
    text = basis
    edits = (*suggestion.edits, *suggestion.carried)
    for edit in sorted((e for e in edits if e.span is not None), reverse=True):
        assert edit.span is not None
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    stated = next((e.text for e in edits if e.span is None), total)
    return case_of(text, stated)


def suggested() -> Iterator[tuple[str, str | None, Case, int, Suggestion]]:
    """Every suggestion for every line of the file and for faults of made-up texts of every style."""
    texts = [(basis, total) for basis, total, _ in CASES]
    texts += [(f.basis, f.total) for made in made_cases(1, seed=11) for f in faults(made, 2, seed=11)]
    for basis, total in texts:
        case = case_of(basis, total)
        for index, found in diagnose(case, read_once).items():
            for suggestion in found:
                yield basis, total, case, index, suggestion


SUGGESTED = list(suggested())


def test_the_laws_below_have_something_to_hold() -> None:
    assert len(SUGGESTED) > 250
    assert len({s.cause for *_, s in SUGGESTED}) > 15


def test_a_suggestion_leaves_no_claim_that_it_touches_broken() -> None:
    """Made in the text, it lets the claim hold; what else still misses missed before and is another matter."""
    for basis, total, case, index, suggestion in SUGGESTED:
        after = undone(basis, total, suggestion)
        where = (basis, total, suggestion.message.zh)
        before = {c.stated.text for c in case.claims if c.verdict in MISSES and c.stated is not None}
        left = [c for c in after.claims if c.verdict in MISSES]
        assert len(left) < sum(c.verdict in MISSES for c in case.claims), where
        assert all(c.stated is not None and c.stated.text in before for c in left), where
        texts = {e.text for e in suggestion.edits}
        assert not any(o.text in texts for c in left for o in c.operands), where
        if case.reach is not None and case.claims[index].kind == "total":
            assert after.reach is not None, where
            assert after.reach.verdict not in MISSES, where


def test_a_suggestion_names_what_would_be_written() -> None:
    half_width = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
    for basis, _, _, _, suggestion in SUGGESTED:
        new = "".join(suggestion.replacement.split()).translate(half_width)
        new = new.removeprefix("、其他").removeprefix("+") or new
        for sentence in suggestion.message:
            assert new in sentence, (basis, suggestion)


def test_a_suggestion_is_worded_as_a_possibility() -> None:
    for zh, en in WORDS.values():
        assert "可能" in zh or "疑似" in zh
        assert "may" in en
    assert set(WORDS) == set(Cause)


def test_at_most_three_are_shown_and_ties_are_told() -> None:
    for basis, total, _ in CASES:
        for found in diagnose(case_of(basis, total), read_once).values():
            assert len(found) <= 3
    tied = calcverify.check_text("护林员32人×640元/人=14720元").findings[0].suggestions
    assert [("2种改法同样可能" in s.zh, "2 changes are as likely" in s.en) for s in tied] == [(True, True)] * 2


def test_what_cannot_be_told_is_said() -> None:
    finding = calcverify.check_text("护林员23人×640元/人=9999元").findings[0]
    assert finding.suggestions == ()
    assert finding.message.zh.endswith("；无法判断哪个数字有误")
    assert finding.message.en.endswith("it cannot be told which figure is wrong")
    finding = calcverify.check_text("护林员23人×640元/人=14820元").findings[0]
    assert finding.suggestions
    assert "无法判断" not in finding.message.zh


@pytest.mark.parametrize(("basis", "total"), [(b, t) for b, t, _ in CASES])
def test_a_suggestion_changes_no_verdict(basis: str, total: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = calcverify.check_text(basis, total)
    monkeypatch.setattr(diagnosis, "diagnose", lambda *_: {})
    without = calcverify.check_text(basis, total)
    assert (with_it.status, with_it.claims, with_it.coverage) == (without.status, without.claims, without.coverage)
    assert [(f.code, f.severity, f.span) for f in with_it.findings] == [
        (f.code, f.severity, f.span) for f in without.findings
    ]


def test_texts_that_add_up_load_nothing_of_it() -> None:
    code = (
        "import sys, calcverify\n"
        "calcverify.check_text('护林员23人×640元/人=14720元，印刷费3万元，合计4.472万元', '4.472万元')\n"
        "calcverify.check_text('护林员20名，每人每月600元，12个月，共计14.4万元')\n"
        "print([m for m in sys.modules if 'diagnose' in m])\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert run.stdout.strip() == "[]"


def counted(basis: str, total: str | None) -> int:
    """How often a text is read again."""
    case = case_of(basis, total)
    times = 0

    def again(form: Form, *, near: Near | None = None) -> Case:
        nonlocal times
        times += 1
        return read_once(form, near=near)

    diagnose(case, again)
    return times


MANY = [
    ("、".join(f"市财政承担{i}%计{i}万元" for i in range(1, 60)), "7万元"),
    ("；".join(f"护林员{i}人×35元/人={i * 35 + 1000}元" for i in range(100, 180)), None),
    ("，".join(f"印刷费{i}.5万元" for i in range(10, 200)) + "，合计1万元", "1万元"),
    ("+".join(f"{i}元" for i in range(100, 400)) + "=5元", None),
    ("×".join(["123456789012345元"] * 200) + "=5元", None),
    ("0×5元/人=0元，10元-10元=5元，100%×0元=3元", "0元"),
    ("护林员23人×640元/人=9999元。" + "其他情况说明如下。" * 3000, None),
]


@pytest.mark.parametrize(("basis", "total"), MANY, ids=[basis[:20] for basis, _ in MANY])
def test_a_text_is_read_again_a_bounded_number_of_times(basis: str, total: str | None) -> None:
    assert counted(basis, total) <= min(150, 60_000 // len(basis) + 1)


def test_a_total_is_changed_in_its_own_field() -> None:
    case = case_of("护林员23人×640元/人=14720元", "1.742万元")
    (suggestion,) = diagnose(case, read_once)[len(case.claims) - 1]
    assert (suggestion.span, suggestion.replacement) == (None, "1.472万元")
    fixed = stated_total(suggestion.replacement)
    assert fixed is not None
    assert fixed.yuan == 14720


def test_the_true_cause_of_made_up_faults_is_mostly_told_and_told_first() -> None:
    """The contract asks for 70% and 55%; what was reached once must not fall."""
    reached = rates(measure(made_cases(1, seed=5), 2, seed=5))
    assert reached["diagnosed"] >= 0.93
    assert reached["diagnosed_first"] >= 0.88
