"""Every word that the program can say has its Chinese and its English."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import calcverify
from calcverify.exact.verdict import Verdict
from calcverify.report.words import LANGUAGES, REASONS, WORDS, fill, located, reason, say
from calcverify.source import Locator
from calcverify.verify.model import Severity, Status

KINDS = ("equation", "sum", "balance", "partition", "share", "composed", "total")
PACKAGE = Path(calcverify.__file__).parent


@pytest.mark.parametrize("word", [*Verdict, *Status, *Severity])
def test_every_verdict_status_and_severity_has_words(word: Verdict | Status | Severity) -> None:
    assert word.value in WORDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_claim_has_words(kind: str) -> None:
    assert kind in WORDS


def test_every_reason_of_the_lexicon_has_words() -> None:
    table = tomllib.loads(files("calcverify.lexicon").joinpath("asides.toml").read_text(encoding="utf-8"))
    reasons = {entry["reason"] for entry in table["aside"]}
    assert len(reasons) > 5
    assert reasons <= set(REASONS)


def test_every_reason_that_a_rule_words_is_named_in_the_report_too() -> None:
    from calcverify.checks import cv207_unread

    assert len(cv207_unread.REASONS) > 5
    assert set(cv207_unread.REASONS) <= set(REASONS)


def test_every_word_that_a_renderer_says_is_in_the_table() -> None:
    said = set()
    for path in [*(PACKAGE / "report").glob("*.py"), *(PACKAGE / "cli").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("say", "fill", "said", "headed") and node.args[0].value not in LANGUAGES:
                    said.add(node.args[0].value)
    assert len(said) > 20
    assert said <= set(WORDS)


@pytest.mark.parametrize("word", [*WORDS.values(), *REASONS.values()], ids=lambda pair: str(pair[1]))
def test_both_languages_say_the_same_fields(word: tuple[str, str]) -> None:
    zh, en = word
    assert zh
    assert en.isascii()
    assert sorted(re.findall(r"\{[\w-]+\}", zh)) == sorted(re.findall(r"\{[\w-]+\}", en))


def test_a_word_that_is_not_there_is_shown_as_it_is() -> None:
    assert (say("neu", "zh"), reason("neu", "en")) == ("neu", "neu")


def test_values_are_put_in_as_they_are() -> None:
    assert fill("satisfied", "en", value="{value} %s \\1") == "if the rest is right, this should be {value} %s \\1"


PLACES = [
    (Locator(), "", ""),
    (Locator(line=7), "第7行", "line 7"),
    (Locator(line=7, page=2), "第2页第7行", "page 2, line 7"),
    (Locator(sheet="表1", cell="B7"), "表1!B7", "表1!B7"),
]


@pytest.mark.parametrize(("place", "zh", "en"), PLACES)
def test_a_place_in_words(place: Locator, zh: str, en: str) -> None:
    assert (located(place, "zh"), located(place, "en")) == (zh, en)
