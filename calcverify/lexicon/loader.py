"""The words of the lexicon, read from its TOML files and checked once.

A :class:`Lexicon` is a frozen value: dictionaries from a word to what it means and the
compiled patterns made from them. Duplicate words and aliases that shadow another entry
are refused with the name of the file and the word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pkgutil import get_data
from types import MappingProxyType
from typing import Any, NamedTuple


class LexiconError(ValueError):
    """An entry of a lexicon file that cannot be used; the message names file and word."""


class UnitWord(NamedTuple):
    """A unit word: its canonical name, kind and what one is worth in ``name``.

    ``kind`` is ``money``, ``currency`` (money of its own), ``time``, ``counter``,
    ``measure`` or ``factor`` (倍, a pure number).
    """

    name: str
    kind: str
    factor: Fraction = Fraction(1)


class Measure(NamedTuple):
    """What one of a measure is in its base: a 公顷 is 10000 米².

    ``rough`` are the measures beside which people round its worth (a 亩 of 667 平方米).
    """

    base: str
    power: int
    worth: Fraction
    rough: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Every word that calcverify knows, by the word as it is written."""

    units: MappingProxyType[str, UnitWord]
    cues: MappingProxyType[str, frozenset[str]]
    operators: MappingProxyType[str, str]
    asides: tuple[tuple[str, str, frozenset[str]], ...]
    guards: MappingProxyType[str, str]
    unguarded: MappingProxyType[str, tuple[str, ...]]
    averages: tuple[str, ...]
    kin: MappingProxyType[str, tuple[str, ...]]
    measures: MappingProxyType[str, Measure]
    traditional: frozenset[str]
    simplify: MappingProxyType[int, str]

    def unit_named(self, word: str) -> UnitWord | None:
        """The unit that ``word`` means, or ``None``."""
        return self.units.get(word)


PLACEHOLDERS = {
    "{n}": r"[0-9０-９]+",
    "{c}": r"[〇零一二三四五六七八九十两]",
    "{d}": r"(?:-|－|—+|–|~|～|至|到)",
}


def table(name: str) -> dict[str, Any]:
    """One lexicon file as parsed TOML."""
    # pkgutil reads from a folder and from a zip like importlib.resources, which takes longer to load than the files.
    data = get_data("calcverify.lexicon", name)
    assert data is not None, "the package can always be read from"
    return tomllib.loads(data.decode("utf-8"))


def alternation(words: Iterable[str], guards: Mapping[str, str] = MappingProxyType({})) -> str:
    """A pattern that matches the longest of ``words``; a guarded word refuses the characters
    that it must not stand before (3方面 is not three cubic metres).

    The words are laid out as a tree of their characters: hundreds of alternatives tried
    one after the other would cost more than all the rest of reading a text.
    """
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for character in word:
            branch = branch.setdefault(character, {})
        branch[""] = f"(?![{guards[word]}])" if word in guards else ""
    return branches(tree)


def branches(tree: dict[str, Any]) -> str:
    """The pattern of a tree: longer words first, so that the word itself comes last."""
    single = [re.escape(c) for c, below in tree.items() if c and set(below) == {""} and not below[""]]
    parts = ["[" + "".join(single) + "]"] if len(single) > 1 else single
    for character, below in tree.items():
        if character and not (set(below) == {""} and not below[""]):
            inner = branches(below)
            parts.append(re.escape(character) + (f"(?:{inner})" if "|" in inner else inner))
    if "" in tree:
        parts.append(tree[""])
    return "|".join(parts)


def unit_words(data: dict[str, Any]) -> dict[str, UnitWord]:
    """The unit table; a word that two entries claim is an error."""
    words: dict[str, UnitWord] = {}
    for entry in data["unit"]:
        unit = UnitWord(entry.get("of", entry["name"]), entry["kind"], Fraction(entry.get("factor", 1)))
        for word in [entry["name"], *entry.get("also", [])]:
            if word in words:
                raise LexiconError(f"units.toml: {word!r} stands in two entries; keep it in one")
            words[word] = unit
    for word in data["counters"]["words"].split():
        words.setdefault(word, UnitWord(word, "counter"))
    return words


def measures(data: dict[str, Any]) -> dict[str, Measure]:
    """The measures that can be turned into one another, by their canonical names."""
    return {
        entry["name"]: Measure(
            entry["base"],
            entry.get("power", 1),
            Fraction(entry.get("worth", "1")),
            frozenset(entry.get("rough", ())),
        )
        for entry in data["unit"]
        if "base" in entry
    }


def cue_words(data: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Each cue word with every role it may have."""
    roles: dict[str, set[str]] = {}
    for entry in data["cue"]:
        if len(set(entry["words"])) != len(entry["words"]):
            raise LexiconError(f"cues.toml: role {entry['role']!r} lists a word twice")
        for word in entry["words"]:
            roles.setdefault(word, set()).add(entry["role"])
    return {word: frozenset(r) for word, r in roles.items()}


def operator_words(data: dict[str, Any]) -> dict[str, str]:
    """Each operator symbol or word with the sign it stands for."""
    return {word: entry["op"] for entry in data["operator"] for word in [*entry["symbols"], *entry["words"]]}


BEGINNINGS = frozenset({"digit", "numeral", "letter", "mark", "word"})


def aside_patterns(data: dict[str, Any], compiled: bool = True) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """(reason, pattern, what it begins with) in the order in which they are tried.

    A pattern that is none is refused where each is ``compiled``. The shipped ones are so in
    a test: at every start that would take longer than all the rest of reading the words.
    """
    found = []
    for entry in data["aside"]:
        begins = frozenset(entry["begins"])
        if not begins or begins - BEGINNINGS:
            raise LexiconError(f"asides.toml: {entry['reason']}: begins must be of {sorted(BEGINNINGS)}")
        for pattern in entry["patterns"]:
            for name, value in PLACEHOLDERS.items():
                pattern = pattern.replace(name, value)  # noqa: PLW2901  # each placeholder in turn
            try:
                if compiled:
                    re.compile(pattern)
            except re.error as error:
                raise LexiconError(f"asides.toml: {entry['reason']}: {pattern!r}: {error}") from error
            found.append((entry["reason"], pattern, begins))
    return tuple(found)


@cache
def load() -> Lexicon:
    """The shipped lexicon; read on the first call, the same value ever after."""
    unit_table = table("units.toml")
    pairs = table("traditional.toml")["traditional"]["pairs"].split()
    units = unit_words(unit_table)
    cues = cue_words(table("cues.toml"))
    # A plain word is a cue without a role: being longer, it wins over the cue inside it.
    for word in table("plain.toml")["plain"]["words"].split():
        cues.setdefault(word, frozenset())
    return Lexicon(
        units=MappingProxyType(units),
        cues=MappingProxyType(cues),
        operators=MappingProxyType(operator_words(table("operators.toml"))),
        asides=aside_patterns(table("asides.toml"), compiled=False),
        guards=MappingProxyType(unit_table["guards"]),
        unguarded=MappingProxyType({word: tuple(words) for word, words in unit_table["unguarded"].items()}),
        kin=MappingProxyType({word: tuple(others) for word, others in unit_table["kin"].items()}),
        measures=MappingProxyType(measures(unit_table)),
        traditional=frozenset(pair[0] for pair in pairs),
        simplify=MappingProxyType({ord(pair[0]): pair[1] for pair in pairs}),
        averages=tuple(unit_table["averages"]["words"].split()),
    )
