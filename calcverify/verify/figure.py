"""One figure printed from its value, scale and unit, so that the lexer reads the same figure back."""

from __future__ import annotations

from fractions import Fraction

from calcverify.basis.nodes import Leaf
from calcverify.basis.numerals import read_numeral
from calcverify.exact.printing import exact, places, scale_word
from calcverify.exact.units import Unit
from calcverify.exact.verdict import trailing_place
from calcverify.lexicon.loader import load

# How a figure was written → its sign, and what the sign divides by (60% is 3/5, 八折 is 4/5).
_SIGNS = {"percent": ("%", 100), "permille": ("‰", 1000), "zhe": ("折", 10), "cheng": ("成", 10)}

_DIGITS = "零一二三四五六七八九"
_IN_FOUR = ("", "十", "百", "千")
_FOURS = ("", "万", "亿", "万亿")
# Behind a / an open word is read up to its fourth character (元/课题); a longer one stands before the figure.
_LONGEST_NOUN = 4


def figure(leaf: Leaf, placed: bool = False, over: bool = False) -> str:
    """A figure without its sign: ``3.5万人``, ``60%``, ``45元/月``, ``每人400``, ``2/3``.

    With ``placed`` its last written digit is kept: ``2.00万元``, ``一百二十万元``. Behind a
    division (``over``) a fraction is a division too, as (2/3) alone would be a remark.
    """
    value = abs(leaf.value)
    place = leaf.place if placed else Fraction(0)
    before, behind = unit_words(leaf.unit)
    if leaf.kind in _SIGNS and places(value) is not None:
        sign, divisor = _SIGNS[leaf.kind]
        return f"{before}{_decimal(value * divisor, place * divisor)}{sign}{behind}"
    if places(value) is None:
        if not leaf.unit and not over and value.numerator < 100 and value.denominator < 1000:
            return exact(value)
        # A third of a 万 has no decimal: 10000元 ÷ 3 keeps the value, which 0.3333万元 would not.
        return f"{before}{value.numerator}{behind} ÷ {value.denominator}"
    word = scale_word(leaf.scale)
    if word is None or f"{word}{behind}" in load().units:
        word = ""  # 3千 of 米 is 3000米: 3千米 would be 3公里
    scale = leaf.scale if word else 1
    if place > scale and 0 < value < 10**16 and trailing_place(value, Fraction(1)) == place:
        long = _chinese(int(value))
        for numeral in (long.removeprefix("一") if long.startswith("一十") else long, long):
            again = read_numeral(numeral + behind)
            # Not 一百合作社, whose 百合 is a word, nor a lone 十.
            lone = again is None or (again.weak and not behind)
            if again is not None and not lone and (again.value, again.end) == (value, len(numeral)):
                return f"{before}{numeral}{behind}"
    return f"{before}{_decimal(value / scale, place / scale)}{word}{behind}"


def is_plain(leaf: Leaf) -> bool:
    """Whether the figure is printed without a division of its own, which 2/3 is not."""
    return places(leaf.value) is not None


def unit_words(unit: Unit) -> tuple[str, str]:
    """What stands before a figure of this unit, and what behind: ``("", "元/人·月")``, ``("每人", "")``."""
    over = "·".join(name for name, power in unit for _ in range(power))
    under = [name for name, power in unit for _ in range(-power)]
    if not over:
        return "".join(f"每{name}" for name in under), ""
    words = load().units
    known = "·".join(name for name in under if name in words)
    nouns = [name for name in under if name not in words]
    before = "".join(f"每{name}" for name in nouns if len(name) > _LONGEST_NOUN)
    rates = [name for name in nouns if len(name) <= _LONGEST_NOUN] + ([known] if known else [])
    return before, "/".join([over, *rates])


def _decimal(value: Fraction, place: Fraction) -> str:
    """``value`` with the zeros that were written behind its point: 2 with a place of 1/100 is ``2.00``."""
    text = exact(value)
    wanted = places(place) or 0
    missing = wanted - (places(value) or 0)
    if missing <= 0:
        return text
    return text + ("" if "." in text else ".") + "0" * missing


def _chinese(n: int) -> str:
    """A whole number in Chinese numerals: 1200000 is ``一百二十万``, 1050 ``一千零五十``."""
    out = ""
    gap = False
    for four in reversed(range(len(_FOURS))):
        part = n // 10 ** (4 * four) % 10**4
        if not part:
            gap = bool(out)
            continue
        gap = gap or (bool(out) and part < 1000)
        for k in reversed(range(4)):
            digit = part // 10**k % 10
            if digit:
                out += ("零" if gap else "") + _DIGITS[digit] + _IN_FOUR[k]
            gap = not digit and bool(out) and bool(part % 10**k)
        out += _FOURS[four]
    return out
