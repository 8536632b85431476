"""The labels of a form: the words of ``fields.toml`` and how a cell is recognised as one.

A label is compared without blanks, tags, the ordinal before it, the colon and the bracket
after it: ``一、 项目总金额（万元）：`` is ``项目总金额`` with the unit 万元.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from calcverify.forms.amounts import Money, money_words
from calcverify.forms.words import field_words

# Roles whose value is one cell; the others hold free text of any length.
SHORT = frozenset(
    {"name", "code", "organisation", "department", "year", "total", "annual", "source", "group", "note", "amount"}
)
TEXT = frozenset({"basis", "narrative"})
AMOUNTS = frozenset({"total", "annual", "source"})

LONGEST_LABEL = 60
_TAG = re.compile(r"<[^<>]{0,200}>")
_WIDTHS = (("（", "("), ("）", ")"), ("：", ":"), ("．", "."))
_ORDINAL = re.compile(
    r"(?:[*★☆▲●■◆#]|[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2}[、.)]|\([0-9一二三四五六七八九十]{1,2}\)|其中:?)+"
)
_LAST_BRACKET = re.compile(r"\(([^()]{0,40})\)$")
_UNIT_NOTE = re.compile(r"(?:(?:金额|货币|计量|预算)?单位:?|人民币|[,:/])*")


class FieldWord(NamedTuple):
    """A label of the lexicon: what its field holds, and how far the word may be trusted."""

    role: str
    weak: bool = False
    fallback: bool = False


class Label(NamedTuple):
    """A label in a cell: its word, the label as written (without unit), the unit in its bracket."""

    word: FieldWord
    written: str
    unit: str | None


class Labels(NamedTuple):
    """Every word of ``fields.toml``, by the key that :func:`key_of` makes of a cell."""

    fields: Mapping[str, FieldWord]
    columns: Mapping[str, FieldWord]
    levels: Mapping[str, frozenset[int]]
    money: Mapping[str, Money]
    blanks: frozenset[str]
    titles: tuple[str, ...]
    summaries: frozenset[str]
    guides: frozenset[str]
    prices: tuple[str, ...]
    quantities: tuple[str, ...]

    def field(self, text: str) -> Label | None:
        """The field label that ``text`` is, or ``None``."""
        return self.field_of(key_of(text))

    def field_of(self, key: str) -> Label | None:
        """The field label whose :func:`key_of` is ``key``, or ``None``."""
        return self._find(key, self.fields)

    def column_of(self, key: str) -> Label | None:
        """The head of a table column whose :func:`key_of` is ``key``, or ``None``."""
        return self._find(key, self.columns)

    def ranks(self, text: str) -> frozenset[int]:
        """The levels (1, 2) of an indicator table that ``text`` is a name of."""
        return self.levels.get(key_of(text), frozenset())

    def is_blank(self, text: str) -> bool:
        """Whether ``text`` says that nothing was filled in."""
        return len(text) <= LONGEST_LABEL and (not text.strip() or text.strip() in self.blanks)

    def unit_in(self, text: str) -> str | None:
        """The unit that a note such as ``单位：万元`` declares, or ``None``.

        >>> load_labels().unit_in("（金额单位：万元）"), load_labels().unit_in("单位：水务局")
        ('万元', None)
        """
        key = key_of(text).strip("()")
        word = self.money.get(key[_UNIT_NOTE.match(key).end() :])  # type: ignore[union-attr]  # it matches "" too
        return word.name if word is not None and "单位" in key else None

    def is_priced(self, keys: Iterable[str]) -> bool:
        """Whether the heads of a table's columns name a quantity and a price."""
        named = list(keys)
        priced = [any(word in key for word in self.prices) for key in named]
        counted = [any(word in key for word in self.quantities) for key in named]
        return any(priced) and any(c and not p for c, p in zip(counted, priced, strict=True))

    def _find(self, key: str, words: Mapping[str, FieldWord]) -> Label | None:
        if not key:
            return None
        bracket = _LAST_BRACKET.search(key) if key.endswith(")") else None
        bare = key[: bracket.start()] if bracket else key
        word = words.get(key) or words.get(bare)
        if word is None:
            return None
        unit = self._unit(bracket[1]) if bracket else None
        return Label(word, bare if unit is not None or key not in words else key, unit)

    def _unit(self, note: str) -> str | None:
        word = self.money.get(note[_UNIT_NOTE.match(note).end() :])  # type: ignore[union-attr]  # it matches "" too
        return word.name if word is not None else None


def key_of(text: str) -> str:
    """What labels are compared by; empty for a text that is too long to be one.

    >>> key_of(" 一、项目 总金额（万元）：")
    '项目总金额(万元)'
    """
    if len(text) > LONGEST_LABEL:
        return ""
    key = _bare(text)
    ordinal = _ORDINAL.match(key)
    return key[ordinal.end() :] if ordinal else key


def _bare(text: str) -> str:
    key = "".join((_TAG.sub("", text) if "<" in text else text).split())
    for wide, narrow in _WIDTHS:
        key = key.replace(wide, narrow)
    return key.rstrip(":")


def is_numbered(text: str) -> bool:
    """Whether ``text`` begins with an ordinal: 二、测算过程."""
    return _ORDINAL.match(_bare(text[:8])) is not None


def clean(text: str) -> str:
    """A short value without tags and without blanks around it (the basis is never cleaned)."""
    return _TAG.sub("", text).strip()


def _words(entries: Iterable[dict[str, Any]]) -> Mapping[str, FieldWord]:
    found: dict[str, FieldWord] = {}
    for entry in entries:
        for label in entry["labels"]:
            key = key_of(label)
            if key in found:
                raise ValueError(f"fields.toml: {label!r} stands in two entries; keep it in one")
            found[key] = FieldWord(entry["role"], entry.get("weak", False), entry.get("fallback", False))
    return MappingProxyType(found)


def _levels(entries: Iterable[dict[str, Any]]) -> Mapping[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for entry in entries:
        for name in entry["names"]:
            found[key_of(name)] = found.get(key_of(name), frozenset()) | {entry["rank"]}
    return MappingProxyType(found)


@cache
def load_labels() -> Labels:
    """The shipped labels; read on the first call, the same value ever after."""
    data = field_words()
    return Labels(
        fields=_words(data["field"]),
        columns=_words(data["column"]),
        levels=_levels(data["level"]),
        money=money_words(),
        blanks=frozenset(word for entry in data["blank"] for word in entry["words"]),
        titles=tuple(word for entry in data["title"] for word in entry["endings"]),
        prices=tuple(word for entry in data["priced"] for word in entry["price"]),
        quantities=tuple(word for entry in data["priced"] for word in entry["quantity"]),
        guides=frozenset(key_of(word) for entry in data["guide"] for word in entry["words"]),
        summaries=frozenset(key_of(word) for entry in data["summary"] for word in entry["words"]),
    )
