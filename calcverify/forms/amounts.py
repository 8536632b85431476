"""Amounts of money in the fields of a form: one plain decimal with its unit, or nothing.

    amount = [hedge] ["人民币"] ["¥"] ["-"] digits [unit] [hedge]
    digits = 1-3 digit groups joined by "," of three, or digits; "." digits

Anything else (two amounts, Chinese numerals, 待定) is a fault, never a guess: a total
that is misread by 10⁴ would accuse every correct basis below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from calcverify.errors import UsageError
from calcverify.exact.rational import integer
from calcverify.forms.model import StatedTotal
from calcverify.forms.words import field_words
from calcverify.source import Locator

# 元整 is exact: its last written digit is taken to be the smallest coin.
FEN = Fraction(1, 100)

NOWHERE = Locator()

_MOST_CHARACTERS = 64
# Only the full-width twins of what a plain amount holds; NFKC would make 10²万元 into 102万元.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－−￥", "0123456789.,--¥")
_WIDE = frozenset("０１２３４５６７８９．，－−￥")
_CURRENCY = ("人民币", "¥")
_DIGITS = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


class Money(NamedTuple):
    """A unit of money: its name, what one is worth in 元, and how the word was written."""

    name: str
    yuan: int
    word: str


class Fault(Enum):
    """Why a text is not an amount."""

    BLANK = "nothing is written"
    NOT_PLAIN = "not one plain decimal amount"
    NO_UNIT = "no unit is written or given"
    TWO_UNITS = "the amount and its column name different units"


@cache
def money_words() -> Mapping[str, Money]:
    """The units of money of ``fields.toml``, by every word that they are written with."""
    found: dict[str, Money] = {}
    for entry in field_words()["money"]:
        for word in [entry["name"], *entry.get("also", [])]:
            if word in found:
                raise ValueError(f"fields.toml: money word {word!r} stands in two entries; keep it in one")
            found[word] = Money(entry["name"], entry["yuan"], word)
    return MappingProxyType(found)


@cache
def _hedges() -> tuple[tuple[str, ...], tuple[str, ...]]:
    entries = field_words()["hedge"]
    before = sorted((w for e in entries for w in e["before"]), key=len, reverse=True)
    after = sorted((w for e in entries for w in e["after"]), key=len, reverse=True)
    return tuple(before), tuple(after)


def read_amount(
    text: str, column: str | None, field: str, locator: Locator = NOWHERE, role: str = "total"
) -> StatedTotal | Fault:
    """The amount that ``text`` states, with ``column`` the unit of its column where it has one.

    An own unit that ends in 元 leads over the column's (8000元 in a column of 万元);
    a bare 万 in a column of another unit is refused.

    >>> read_amount("1,206.50", "万元", "项目总金额").yuan
    Fraction(12065000, 1)
    >>> read_amount("1,206.50", None, "项目总金额")
    <Fault.NO_UNIT: 'no unit is written or given'>
    """
    bare = text.strip()
    if not bare:
        return Fault.BLANK
    if len(bare) > _MOST_CHARACTERS:
        return Fault.NOT_PLAIN
    if not _WIDE.isdisjoint(bare):
        bare = bare.translate(_HALF_WIDTH)
    bare, hedged = _without_hedge(bare)
    currency = False
    for sign in _CURRENCY:
        if bare.startswith(sign):
            bare, currency = bare[len(sign) :].lstrip(), True
    digits = _DIGITS.match(bare)
    if digits is None:
        return Fault.NOT_PLAIN
    word = bare[digits.end() :]
    own = money_words().get(word)
    if own is None:
        word = "".join(word.split())
        own = money_words().get(word)
    if word and own is None:
        return Fault.NOT_PLAIN
    if own is not None and "元" not in word and "圆" not in word and column is not None and own.name != column:
        return Fault.TWO_UNITS
    unit = own or money_words().get(column or ("元" if currency else ""))
    if unit is None:
        return Fault.NO_UNIT
    whole, _, decimals = digits[0].replace(",", "").partition(".")
    number, shift = int(whole + decimals), 10 ** len(decimals)
    place = _ratio(unit.yuan, shift)
    if word.endswith("整"):
        place = min(place, FEN)
    return StatedTotal(digits[0], unit.name, _ratio(number * unit.yuan, shift), place, field, locator, hedged, role)


def _ratio(number: int, over: int) -> Fraction:
    """One integer over another; mostly it is whole."""
    count, rest = divmod(number, over)
    return Fraction(number, over) if rest else integer(count)


def stated_total(text: str, unit: str | None = None, field: str = "total") -> StatedTotal | None:
    """The total that a caller gives as text (``"86万元"``), or ``None`` for an empty one.

    ``unit`` is the unit of a number that is written without one (``"万元"``). Raises
    ``UsageError`` where the text is no plain amount, or has no unit and none is given:
    guessing one would be a silent factor of 10⁴.
    """
    check_unit(unit)
    amount = read_amount(text, unit, field)
    if not isinstance(amount, Fault):
        return amount
    shown = text.strip()[:40]
    if amount is Fault.BLANK:
        return None
    if amount is Fault.NO_UNIT:
        raise UsageError(
            f"金额“{shown}”没有单位，请写成如 {shown}万元，或用 --unit（unit=）指定",
            f"“{shown}” has no unit; write it like {shown}万元, or give --unit (unit=)",
        )
    if amount is Fault.TWO_UNITS:
        raise UsageError(
            f"金额“{shown}”与指定的单位“{unit}”不一致，请只写一种", f"“{shown}” and the unit {unit} differ; keep one"
        )
    raise UsageError(
        f"“{shown}”不能读成一个金额，请写成 86万元 或 1,206.50万元 这样的数字",
        f"“{shown}” is not one plain amount; write it like 86万元 or 1,206.50万元",
    )


def check_unit(unit: str | None) -> None:
    """Raise ``UsageError`` where ``unit`` is given and is no unit of money that is known."""
    if unit is None:
        return
    names = tuple(dict.fromkeys(word.name for word in money_words().values()))
    if unit not in names:
        known = "、".join(names)
        raise UsageError(f"不认识单位“{unit[:40]}”，可用：{known}", f"unknown unit “{unit[:40]}”; use one of {known}")


def _without_hedge(text: str) -> tuple[str, bool]:
    before, after = _hedges()
    if not text.startswith(before) and not text.endswith(after):
        return text, False
    for word in before:
        if text.startswith(word):
            return text[len(word) :].lstrip(), True
    for word in after:
        if text.endswith(word):
            return text[: -len(word)].rstrip(), True
    return text, False
