"""The table that the lexer goes by: what its short cuts leave out could not have matched."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest

from calcverify.basis.grammar import (
    CN_DIGITS,
    DIGITS,
    ITEMS,
    NUMBERS,
    QUIET,
    Part,
    aside_parts,
    first_characters,
    grammar,
)
from calcverify.basis.lexer import Lexer
from calcverify.basis.suffix import suffixes
from calcverify.lexicon.loader import aside_patterns, load, table

CORPUS = Path(__file__).parent / "data" / "corpus.jsonl"
TEXTS = [json.loads(line)["basis"] for line in CORPUS.read_text(encoding="utf-8").splitlines()]
ASIDES = aside_patterns(table("asides.toml"))
SHAPED = [part for part in (*ITEMS, *aside_parts(load()), *NUMBERS) if set(part.begins) & set(DIGITS)]


@pytest.mark.parametrize("part", SHAPED, ids=lambda part: f"{part.detail or part.action}:{part.pattern[:24]}")
def test_no_shape_begins_with_a_number_that_is_read_at_once(part: Part) -> None:
    numbers = ("1", "12", "2019", "12345", "0571", "3.5", "2019.12", "12.34")
    behind = [
        "万元，",
        "元/人",
        "%，",
        "×3",
        "=12",
        "人×2",
        "个，",
        "亿，",
        "。",
        "，",
        "台*",
        "万)",
        "万元热线",
        "元电话",
    ]
    texts = [*TEXTS, *map("".join, product(numbers, behind))]
    pattern = re.compile(part.pattern, re.S)
    for text in texts:
        for number in re.finditer(r"(?<![0-9.])[0-9]", text):
            if QUIET.match(text, number.start()):
                assert not pattern.match(text, number.start()), text[number.start() :][:20]


@pytest.mark.parametrize(("reason", "pattern", "begins"), ASIDES, ids=lambda value: "-".join(sorted(value))[:24])
def test_an_aside_begins_with_the_characters_it_spells_out(reason: str, pattern: str, begins: frozenset[str]) -> None:
    assert reason
    first = first_characters(pattern)
    compiled = re.compile(pattern, re.S)
    if begins <= {"mark", "word"}:
        assert first, "an aside that begins with a mark or a word names them"
    for text in (*TEXTS, *(example for entry in table("asides.toml")["aside"] for example in entry["examples"])):
        plain = text.replace("⟦", "").replace("⟧", "")
        for m in compiled.finditer(plain):
            assert not first or plain[m.start()] in first


FIRST = [
    ("第\\s*{n}", "第"),
    ("(?:编码|编号|科目)[为是]", "编编科"),
    ("《[^《》]{1,80}》", "《"),
    ("[〔【\\[（(]\\s*", "〔【[（("),
    ("(?<!\\d)1[3-9]", ""),
    ("\\d{15,}", ""),
    ("[0-9]+号", ""),
    ("[^，]号", ""),
    ("(?:[0-9]+|[一二])岁", ""),
]


@pytest.mark.parametrize(("pattern", "first"), FIRST)
def test_first_characters(pattern: str, first: str) -> None:
    assert first_characters(pattern) == first


def test_every_word_is_found_where_it_begins() -> None:
    rules, units = grammar(Lexer), suffixes(load()).words
    for word in rules.words:
        assert word[0] in rules.readers, word
        assert len(word) in rules.sizes[word[0]], word
        assert word[0] not in DIGITS, word
    for word, known in units.known.items():
        assert units.at(word, 0) == known
    assert set(CN_DIGITS) <= rules.readers.keys()
