"""Every entry of the lexicon has an example, and the example reads as its entry says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from calcverify.basis.lexer import lex
from calcverify.basis.tokens import Figure, Kind
from calcverify.lexicon import loader
from calcverify.lexicon.loader import LexiconError, load, table

UNITS = table("units.toml")
CUES = table("cues.toml")["cue"]
OPERATORS = table("operators.toml")["operator"]
ASIDES = table("asides.toml")["aside"]
PLAIN = table("plain.toml")["plain"]
TRADITIONAL = table("traditional.toml")["traditional"]
SETTLED = load()


def figures(text: str) -> list[Figure]:
    """The figures of a text in order."""
    return [t.data for t in lex(text) if t.kind is Kind.FIGURE]


def canonical(word: str) -> str:
    """The name that a unit word is kept under; an open word (社均) is its own."""
    unit = SETTLED.unit_named(word)
    return word if unit is None else unit.name


# Words that the lexicon lists as counters and the lexer sets aside, with the reason.
KNOWN = {
    "号段": "36号段 begins with the house number 36号, an aside of the reason grade",
    "楼": "36楼 is the thirty-sixth floor, an aside of the reason grade",
}
COUNTERS = [
    pytest.param(word, marks=pytest.mark.xfail(strict=True, reason=KNOWN[word])) if word in KNOWN else word
    for word in sorted(set(UNITS["counters"]["words"].split()))
]


@pytest.mark.parametrize("entry", UNITS["unit"], ids=lambda e: e["name"])
def test_a_unit_reads_as_its_canonical_name(entry: dict[str, Any]) -> None:
    (figure,) = figures(entry["example"])
    count = int(re.match(r"\d+", entry["example"])[0])  # type: ignore[index]  # every example begins with digits
    name = canonical(entry["name"])
    assert figure.unit == (() if entry["kind"] == "factor" else ((name, 1),))
    assert figure.value == count * SETTLED.units[entry["name"]].factor
    assert not figure.bare or entry["kind"] == "factor"


ALIASES = [(e["name"], word) for e in UNITS["unit"] for word in e.get("also", []) if e["kind"] != "factor"]


@pytest.mark.parametrize(("name", "word"), ALIASES)
def test_a_unit_by_another_name_is_the_same_unit(name: str, word: str) -> None:
    assert [f.unit for f in figures(f"360{word}，")] == [((canonical(name), 1),)]


@pytest.mark.parametrize("example", UNITS["counters"]["examples"].split())
def test_a_counter_is_its_own_unit(example: str) -> None:
    word = example.lstrip("0123456789")
    assert word in UNITS["counters"]["words"].split()
    assert [f.unit for f in figures(example)] == [((canonical(word), 1),)]


@pytest.mark.parametrize("word", COUNTERS)
def test_every_counter_reads_with_a_number(word: str) -> None:
    assert [f.unit for f in figures(f"36{word}，")] == [((canonical(word), 1),)]


@pytest.mark.parametrize("word", UNITS["averages"]["words"].split())
def test_an_average_is_a_rate(word: str) -> None:
    (figure,) = figures(f"{word}均300元")
    assert dict(figure.unit) == {"元": 1, canonical(word): -1}


@pytest.mark.parametrize("example", UNITS["averages"]["examples"].split())
def test_an_example_of_an_average(example: str) -> None:
    word = example.split("均", 1)[0]
    assert word in UNITS["averages"]["words"].split()
    assert [dict(f.unit) for f in figures(example)] == [{"元": 1, canonical(word): -1}]


GUARDED = [(word, c) for word, characters in UNITS["guards"].items() for c in characters]


@pytest.mark.parametrize(("word", "character"), GUARDED)
def test_a_guarded_word_is_not_that_unit(word: str, character: str) -> None:
    longer = {w for w in SETTLED.units if w.startswith(word + character)}
    units = {name for f in figures(f"36{word}{character}") for name, _ in f.unit}
    assert longer or canonical(word) not in units


@pytest.mark.parametrize(("word", "others"), UNITS["kin"].items())
def test_kin_are_units(word: str, others: list[str]) -> None:
    # 园 and the like may be open words of a rate; what takes their place has to be counted.
    assert others
    assert all(SETTLED.unit_named(other) for other in others)
    assert SETTLED.kin[word] == tuple(others)
    assert word not in others


@pytest.mark.parametrize("entry", CUES, ids=lambda e: e["role"])
def test_a_cue_gives_its_role(entry: dict[str, Any]) -> None:
    tokens = lex(entry["example"])
    roles = {role for t in tokens if t.kind is Kind.CUE for role in t.data}
    assert entry["role"] in roles
    assert any(word in entry["example"] for word in entry["words"])


@pytest.mark.parametrize("example", PLAIN["examples"].split())
def test_plain_words_give_no_role(example: str) -> None:
    assert any(word in example for word in PLAIN["words"].split())
    assert [f.roles for f in figures(example)] == [frozenset()]


@pytest.mark.parametrize("word", sorted(set(PLAIN["words"].split())))
def test_no_plain_word_is_a_cue(word: str) -> None:
    held = [w for entry in CUES for w in entry["words"]]
    assert word in held or not any(t.kind is Kind.CUE for t in lex(word))


SIGNS = [(e["op"], s) for e in OPERATORS for s in e["symbols"] + e["words"]]


@pytest.mark.parametrize(("sign", "word"), SIGNS)
def test_an_operator_is_its_sign(sign: str, word: str) -> None:
    found = [t.data for t in lex(f"36人{word}5元") if t.kind in (Kind.OPERATOR, Kind.EQUALS)]
    assert found == [sign]


@pytest.mark.parametrize("entry", OPERATORS, ids=lambda e: e["op"])
def test_an_example_of_an_operator(entry: dict[str, Any]) -> None:
    found = [t.data for t in lex(entry["example"]) if t.kind in (Kind.OPERATOR, Kind.EQUALS)]
    assert entry["op"] in found


@pytest.mark.parametrize(("reason", "example"), [(e["reason"], x) for e in ASIDES for x in e["examples"]])
def test_an_aside_is_set_aside_and_nothing_else_is(reason: str, example: str) -> None:
    start, end = example.index("⟦"), example.index("⟧") - 1
    text = example.replace("⟦", "").replace("⟧", "")
    found = [(t.data, text[t.start : t.end].strip()) for t in lex(text) if t.kind is Kind.ASIDE]
    assert found == [(reason, text[start:end])]


@pytest.mark.parametrize("entry", ASIDES, ids=lambda e: e["reason"])
def test_every_aside_has_an_example(entry: dict[str, Any]) -> None:
    assert entry["examples"]


@pytest.mark.parametrize("pair", TRADITIONAL["pairs"].split())
def test_traditional_pairs_are_two_characters(pair: str) -> None:
    assert len(pair) == 2
    assert SETTLED.simplify[ord(pair[0])] == pair[1]


def test_a_traditional_text_reads_as_its_simplified_twin() -> None:
    assert lex(TRADITIONAL["example"]) == lex(TRADITIONAL["simplified"])


M = {"name": "元", "kind": "money"}
REFUSED = [
    (loader.unit_words, {"unit": [M, M], "counters": {"words": ""}}, "'元' stands in two entries"),
    (loader.unit_words, {"unit": [{**M, "also": ["元"]}], "counters": {"words": ""}}, "'元' stands in two entries"),
    (loader.cue_words, {"cue": [{"role": "sum", "words": ["共", "共"]}]}, "'sum' lists a word twice"),
    (loader.aside_patterns, {"aside": [{"reason": "age", "begins": ["digits"], "patterns": []}]}, "begins must be of"),
    (loader.aside_patterns, {"aside": [{"reason": "age", "begins": [], "patterns": []}]}, "begins must be of"),
    (loader.aside_patterns, {"aside": [{"reason": "age", "begins": ["digit"], "patterns": ["(岁"]}]}, "age: '\\(岁'"),
]


@pytest.mark.parametrize(("read", "data", "message"), REFUSED)
def test_a_bad_entry_is_refused_by_name(read: Any, data: dict[str, Any], message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        read(data)
