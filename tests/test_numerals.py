"""Numerals one by one: the cases of ``cases/numerals.txt`` and the examples of the lexicon."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from calcverify.basis.numerals import Numeral, read_numeral
from calcverify.basis.numerals_words import numeral_words, spread
from calcverify.lexicon.loader import table

FILE = Path(__file__).parent / "cases" / "numerals.txt"
LINE = re.compile(r"(?P<text>[^#].*?) ⇒ (?P<expected>.*?)(?:\s+# .*)?")
LEXICON = table("numerals.toml")
WORDS = sorted({word for stanza in LEXICON["words"] for word in spread(stanza["words"])})
NAMED = ("not_scale", "not_vague", "not_tenths", "doubtful_tenths", "several")
STANZAS: list[dict[str, Any]] = [*LEXICON["words"], *(LEXICON[name] for name in NAMED)]


def cases() -> list[tuple[str, str]]:
    """(text, expected) of each line."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), [line for line, m in zip(lines, found, strict=True) if not m]
    return [(m["text"], m["expected"]) for m in found if m]


def told(numeral: Numeral | None) -> str:
    """A numeral as the case file writes it."""
    if numeral is None:
        return "none"
    if numeral.kind == "damaged":
        return "damaged"
    parts = [numeral.value, numeral.place, numeral.kind, *([] if numeral.high is None else [numeral.high])]
    return ("weak " if numeral.weak else "") + " | ".join(map(str, parts))


def normal(expected: str) -> str:
    """``expected`` with its decimals as fractions."""
    return re.sub(r"-?\d+\.\d+", lambda m: str(Fraction(m.group())), expected)


@pytest.mark.parametrize(("text", "expected"), cases(), ids=[t for t, _ in cases()])
def test_a_numeral_is_read_as_its_line_says(text: str, expected: str) -> None:
    start, end = text.index("⟦"), text.index("⟧") - 1
    plain = text.replace("⟦", "").replace("⟧", "")
    numeral = read_numeral(plain, start)
    assert told(numeral) == normal(expected)
    if numeral is not None:
        assert (numeral.end, numeral.vague) == (end, numeral.high is not None)


@pytest.mark.parametrize(("text", "expected"), cases(), ids=[t for t, _ in cases()])
def test_what_stands_before_is_not_taken_in(text: str, expected: str) -> None:
    """The same numeral behind a sentence of its own; only item marks depend on the line they begin."""
    if "\n" in text or text.startswith(("⟦1⟧.", "⟦5 ", "⟦1 ", "⟦2⟧ ")):
        return
    before = "经费说明。"
    plain = before + text.replace("⟦", "").replace("⟧", "")
    assert told(read_numeral(plain, len(before) + text.index("⟦"))) == normal(expected)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_lexicon_holds_no_number(word: str) -> None:
    signs = set(numeral_words().signs) | set("半几")
    places = [i for i, c in enumerate(word) if c in signs]
    assert places, "the word holds no numeral sign and does not belong here"
    assert [word[i:] for i in places if read_numeral(f"为{word}。", i + 1) is not None] == []


@pytest.mark.parametrize("stanza", STANZAS, ids=[s["example"] for s in STANZAS])
def test_the_example_of_a_stanza_is_read_as_it_says(stanza: dict[str, Any]) -> None:
    text, at, read = stanza["example"], 0, []
    signs = set(numeral_words().signs) | set("半几数0123456789")
    while at < len(text):
        numeral = read_numeral(text, at) if text[at] in signs else None
        if numeral is not None:
            read.append(text[at : numeral.end])
        at = numeral.end if numeral else at + 1
    assert read == stanza["reads"]


SCALES = [
    ("9.75万", 10**4), ("3亿5千万", 10**7), ("1060", 1), ("5%", 1), ("120多亿", 10**8), ("6百万", 10**6), ("5百", 100),
    ("一百二十万", 10**4), ("一千二百", 1), ("两万三", 10**4), ("3万5", 10**4), ("八五折", 1), ("几十万", 10**4),
]  # fmt: skip


@pytest.mark.parametrize(("text", "scale"), SCALES)
def test_the_scale_is_the_multiplier_written_last(text: str, scale: int) -> None:
    numeral = read_numeral(text)
    assert numeral is not None
    assert numeral.scale == scale


def test_a_slash_is_a_fraction_only_where_the_caller_says_so() -> None:
    assert told(read_numeral("2/3")) == "2 | 1 | arabic"
    assert told(read_numeral("2/3", 0, slash=True)) == "2/3 | 1/3 | fraction"
    for text in ("2024/5/1", "5/0", "1/2.5", "3万/5"):
        numeral = read_numeral(text, 0, slash=True)
        assert numeral is not None
        assert text[: numeral.end] == text.split("/", maxsplit=1)[0]


def test_nothing_begins_behind_the_end() -> None:
    assert read_numeral("", 0) is None
    assert read_numeral("3人", 2) is None
