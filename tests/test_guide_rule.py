"""The rule that the README shows is a rule: put into the folder of the rules it is found, explained and speaks."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import calcverify.checks
from calcverify import check_text
from calcverify.checks import discover
from calcverify.checks.rule import Rule
from calcverify.pipeline import read_form

PAGE = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"`(cv[0-9]+_\w+\.py)` in `calcverify/checks/`.{0,120}?\n\n```python\n(.*?)```", re.S)


@pytest.fixture
def rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rule]:
    """The README's rule, found as the program finds its own."""
    found = BLOCK.search(PAGE.read_text(encoding="utf-8"))
    assert found is not None
    (tmp_path / found[1]).write_text(found[2], encoding="utf-8")
    monkeypatch.setattr(calcverify.checks, "__path__", [*calcverify.checks.__path__, str(tmp_path)])
    (new,) = set(discover()) - set(calcverify.checks.RULES)
    yield new
    sys.modules.pop(f"calcverify.checks.{found[1].removesuffix('.py')}")


def test_it_is_thirty_lines() -> None:
    found = BLOCK.search(PAGE.read_text(encoding="utf-8"))
    assert found is not None
    assert len([line for line in found[2].splitlines() if line]) <= 30


def test_it_speaks_in_its_failing_example_and_is_silent_in_the_other(rule: Rule) -> None:
    assert (rule.code, rule.name_zh) == ("CV690", "列有预备费")
    for passing in (True, False):
        (text,) = rule.examples(passing)
        said = list(rule.find(read_form(check_text(text).form)))
        assert [f.code for f in said] == ([] if passing else ["CV690"])
        for finding in said:
            assert finding.message.zh == "项目中列有不可预见费，请按任务测算"
            assert finding.span is not None
            assert finding.span.of(text) == "不可预见费"


def test_it_is_explained_in_both_languages(rule: Rule) -> None:
    assert rule.explain("zh").startswith("查什么：测算依据中列有")
    assert rule.explain("en").startswith("What: the basis asks")
