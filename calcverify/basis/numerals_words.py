"""The signs and words of ``lexicon/numerals.toml``, indexed for looking them up in place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from calcverify.lexicon.loader import LexiconError, table

COUNTING = "一二三四五六七八九十"


class NumeralWords(NamedTuple):
    """Signs by character (kind and value), and the words that are no number.

    Kinds of sign: ``d`` a digit, ``t`` twenty to forty (廿), ``u`` 十 百 千, ``b`` 万 亿.
    """

    signs: Mapping[str, tuple[str, int]]
    words: Mapping[str, str]
    pairs: frozenset[str]
    glued: tuple[str, ...]
    longest: int
    not_scale: tuple[str, ...]
    not_scale_after_digits: tuple[str, ...]
    not_vague: tuple[str, ...]
    not_tenths: tuple[str, ...]
    doubtful_tenths: tuple[str, ...]
    settled_tenths: tuple[str, ...]
    several_behind: frozenset[str]
    several_nouns: frozenset[str]

    def inside_word(self, text: str, at: int) -> bool:
        """Whether the character at ``at`` belongs to an ordinary word (统一, 五保)."""
        if text[at : at + 2] not in self.pairs and (at == 0 or text[at - 1 : at + 1] not in self.pairs):
            return False
        for first in range(max(0, at - self.longest + 1), at + 1):
            for end in range(at + 1, first + self.longest + 1):
                unless = self.words.get(text[first:end])
                if unless is not None and (not unless or text[end : end + 1] not in unless or end >= len(text)):
                    return True
        return False


def spread(words: str) -> list[str]:
    """The words of a list, ``{c}`` standing for each of 一 … 十."""
    return [w.replace("{c}", c) for w in words.split() for c in (COUNTING if "{c}" in w else "一")]


def signs(data: dict[str, Any]) -> dict[str, tuple[str, int]]:
    """Each numeral character with its kind and value; a character in two lists is an error."""
    found: dict[str, tuple[str, int]] = {}
    for name, kind in (("digits", "d"), ("tens", "t"), ("units", "u")):
        for value, characters in data[name].items():
            for character in characters:
                if character in found:
                    raise LexiconError(f"numerals.toml: {character!r} stands in two lists; keep it in one")
                found[character] = ("b" if int(value) >= 10**4 else kind, int(value))
    return found


@cache
def numeral_table() -> dict[str, Any]:
    """The file as parsed TOML, for reading only: what stands around numbers is made from it as well."""
    return table("numerals.toml")


@cache
def numeral_words() -> NumeralWords:
    """The shipped signs and words; read on the first call, the same value ever after."""
    data = numeral_table()
    found = signs(data)
    words: dict[str, str] = {}
    for stanza in data["words"]:
        for word in spread(stanza["words"]):
            if word in words and words[word] != stanza["unless"]:
                raise LexiconError(f"numerals.toml: {word!r} stands in two stanzas; keep it in one")
            words[word] = stanza["unless"]
    special = set(found) | set("半几")
    pairs = {w[i : i + 2] for w in words for i in range(len(w) - 1) if special & set(w[i : i + 2])}
    return NumeralWords(
        signs=MappingProxyType(found),
        words=MappingProxyType(words),
        pairs=frozenset(pairs),
        glued=tuple(w for s in data["words"] if s["glued"] for w in spread(s["words"]) if w[0] in found),
        longest=max(map(len, words)),
        not_scale=tuple(data["not_scale"]["words"].split()),
        not_scale_after_digits=tuple(data["not_scale"]["after_digits"].split()),
        not_vague=tuple(data["not_vague"]["words"].split()),
        not_tenths=tuple(data["not_tenths"]["words"].split()),
        doubtful_tenths=tuple(data["doubtful_tenths"]["words"].split()),
        settled_tenths=tuple(data["doubtful_tenths"]["but"].split()),
        several_behind=frozenset(data["several"]["behind"]),
        several_nouns=frozenset(data["several"]["nouns"]),
    )
