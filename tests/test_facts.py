"""A rule that is not run for want of what it needs would have had nothing to say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from calcverify.checks import RULES
from calcverify.checks.rule import Rule
from calcverify.exact.verdict import Verdict
from calcverify.forms.model import Form
from calcverify.pipeline import read_form
from calcverify.readers import read_path
from calcverify.verify import facts
from calcverify.verify.case import Case
from calcverify.verify.facts import ALWAYS, facts_of

ROOT = Path(__file__).parent.parent
FILES = (ROOT / "examples" / "jiangyin-2022.txt", ROOT / "tests" / "data" / "corpus.jsonl")


def cases() -> Iterator[Case]:
    """The worked document and the labelled texts."""
    for path in FILES:
        for form in read_path(path, None):
            assert isinstance(form, Form)
            yield read_form(form)


@pytest.fixture(scope="module")
def told() -> list[tuple[set[str], Case]]:
    """Each case with what it has."""
    return [(facts_of(case), case) for case in cases()]


def test_a_rule_needs_what_is_explained() -> None:
    explained = facts.__doc__ or ""
    verdicts = {str(verdict.value) for verdict in Verdict}
    assert [r.code for r in RULES if f"``{r.needs}``" not in explained and r.needs not in {ALWAYS, *verdicts}] == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.needs != ALWAYS], ids=lambda rule: rule.code)
def test_a_rule_without_its_subject_has_nothing_to_say(rule: Rule, told: list[tuple[set[str], Case]]) -> None:
    for has, case in told:
        if rule.needs not in has:
            assert not list(rule.find(case)), case.work.text
