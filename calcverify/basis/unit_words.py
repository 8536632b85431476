"""The unit word that stands at a place of a text, found in the lexicon's dictionary.

A dictionary is asked for the longest word first. A pattern of all units takes no less time
to search and a hundred times as long to compile, five times over for the places where a
unit may stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from calcverify.exact.rational import ONE
from calcverify.exact.units import NONE, Unit
from calcverify.lexicon.loader import Lexicon

BLANKS = frozenset(" \t\u3000\xa0")
# Behind a blank only these count things among the words of one character.
COMMON = frozenset("元人名户个台套亩辆次天月年场份位所村")


class Known(NamedTuple):
    """A unit word: how long it is and what it means.

    ``over`` is the unit, ``under`` the same below the line, ``multiplier`` what one of the
    word is worth (the very ``ONE`` of exact.rational for most). A ``factor`` is a pure
    number (倍), ``money`` is true for 元 and the currencies, ``common`` for words that count
    things even behind a blank. The word does not stand before a character of ``guard``
    (3方面 is not three cubic metres), but for the words in ``lifted`` (18人工资).
    """

    size: int
    name: str
    over: Unit
    under: Unit
    multiplier: Fraction
    factor: bool
    money: bool
    common: bool
    guard: frozenset[str]
    lifted: tuple[str, ...]

    def stands(self, text: str, end: int) -> bool:
        """Whether what follows at ``end`` leaves the word a unit."""
        return not self.guard or text[end : end + 1] not in self.guard or text.startswith(self.lifted, end)


class UnitWords(NamedTuple):
    """The unit words of a lexicon, and the lengths of those that begin with a character."""

    known: Mapping[str, Known]
    sizes: Mapping[str, tuple[int, ...]]

    def at(self, text: str, start: int) -> Known | None:
        """The longest unit word that begins at ``start``."""
        for size in self.sizes.get(text[start : start + 1], ()):
            end = start + size
            known = self.known.get(text[start:end])
            if known is not None and known.stands(text, end):
                return known
        return None

    def all_at(self, text: str, start: int) -> Iterator[Known]:
        """Every unit word that begins at ``start``, the longest first."""
        for size in self.sizes.get(text[start : start + 1], ()):
            known = self.known.get(text[start : start + size])
            if known is not None and known.stands(text, start + size):
                yield known

    def after_ge(self, text: str, start: int) -> tuple[Known, int] | None:
        """The unit word at ``start``, a 个 before it being nothing (个月), and where it ends."""
        if text[start : start + 1] == "个":
            known = self.at(text, start + 1)
            if known is not None:
                return known, start + 1 + known.size
        known = self.at(text, start)
        return None if known is None else (known, start + known.size)


def unit_words(lexicon: Lexicon) -> UnitWords:
    """The dictionary of a lexicon's units."""
    known: dict[str, Known] = {}
    sizes: dict[str, set[int]] = {}
    for word, entry in lexicon.units.items():
        factor = entry.kind == "factor"
        known[word] = Known(
            len(word),
            entry.name,
            NONE if factor else ((entry.name, 1),),
            ((entry.name, -1),),
            ONE if entry.factor == ONE else entry.factor,
            factor,
            entry.kind in ("money", "currency"),
            len(word) > 1 or word in COMMON,
            frozenset(lexicon.guards.get(word, "")),
            lexicon.unguarded.get(word, ()),
        )
        sizes.setdefault(word[0], set()).add(len(word))
    return UnitWords(known, {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()})


def skip_blanks(text: str, start: int) -> int:
    """Where the blanks at ``start`` end."""
    while text[start : start + 1] in BLANKS:
        start += 1
    return start
