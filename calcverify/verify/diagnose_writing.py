"""How a figure is written, and the same figure with another value.

A figure is rewritten in its own hand: width, separators, scale and unit stay as they are,
and only the number is another (``１２.５万元`` → ``１２.８万元``).
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from calcverify.basis.numerals import read_numeral
from calcverify.basis.numerals_words import numeral_words
from calcverify.exact.printing import digits, places, rounded, units_of
from calcverify.exact.rational import integer, minus, product, quotient, ratio, size, times_over
from calcverify.patterns import pattern

WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
# Digits as they stand on the keyboard, without the commas that part them.
TO_PLAIN = WIDE | dict.fromkeys(map(ord, ",，"))
TO_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
RUN = re.compile(r"[0-9０-９](?:[0-9０-９.．,，\s]*[0-9０-９])?")
CHINESE = pattern("[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩点點0-9０-９.．]+")
# Each script writes a digit with one sign; 两 is read as 2 and written 二 when it changes.
SCRIPTS = ("零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "〇一二三四五六七八九")
TEN = Fraction(10)
MOST_DIGITS = 18

MOST_DECIMALS = 6
# A hostile product has thousands of digits, and no figure of a form has its value.
MOST_BITS = 200


class Rewrite(NamedTuple):
    """A figure with one slip undone: how it is then written, and its value and place.

    ``slip`` is ``digit``, ``swap``, ``scale`` (the scale word), ``point`` (the decimal point),
    ``nought`` (one behind the point), ``more`` or ``less`` (a digit too many or too few), or
    ``value`` where a value was given. ``power`` is the power of ten of a scale or a point.
    """

    slip: str
    text: str
    value: Fraction
    place: Fraction
    power: int = 0


class Writing(NamedTuple):
    """A figure of the text: ``text[first:last]`` is its number, worth ``worth`` a one.

    ``spots`` are the places of its digits, ``figures`` the digits there, ``decimals`` how many
    stand behind the point. ``number`` is what the digits make as one integer, ``place`` the
    value of the last of them, both of an Arabic figure.
    """

    text: str
    first: int
    last: int
    spots: tuple[int, ...]
    figures: tuple[int, ...]
    decimals: int
    number: int
    worth: Fraction
    place: Fraction
    arabic: bool

    def with_number(self, number: str) -> str:
        """The figure with another number in its place."""
        return self.text[: self.first] + number + self.text[self.last :]


def digit_of(character: str) -> int:
    """The value of a digit in any script, -1 where it is none."""
    if "0" <= character <= "9":
        return ord(character) - 48
    plain = character.translate(WIDE)
    if "0" <= plain <= "9":
        return int(plain)
    kind, value = numeral_words().signs.get(character, ("", 0))
    return value if kind == "d" else -1


@cache
def digit_signs() -> frozenset[str]:
    """Every sign of a digit, in any script."""
    written = (sign for sign, (kind, _) in numeral_words().signs.items() if kind == "d")
    return frozenset("0123456789０１２３４５６７８９").union(written)


def writing(text: str, value: Fraction) -> Writing | None:
    """How ``text`` writes ``value``, or ``None`` where it is no plain number (5:3:2, 1至12月)."""
    signs = digit_signs()
    found = RUN.search(text)
    if found and signs.isdisjoint(text[: found.start()]) and signs.isdisjoint(text[found.end() :]):
        whole, _, decimals = "".join(found.group().split()).translate(TO_PLAIN).partition(".")
        if "." in decimals or len(whole + decimals) > MOST_DIGITS:
            return None
        count = ratio(int(whole + decimals), 10 ** len(decimals)) if decimals else integer(int(whole))
        arabic, first, last = True, found.start(), found.end()
    else:
        run = CHINESE.search(text)
        read = read_numeral(text, run.start()) if run else None
        if run is None or read is None or read.kind == "damaged" or read.high is not None:
            return None
        count, decimals, arabic, first, last = read.value, "", False, run.start(), read.end
        if not signs.isdisjoint(text[:first]) or not signs.isdisjoint(text[last:]):
            return None
    spots = tuple([i for i in range(first, last) if text[i] in signs])
    if not count or not spots or len(spots) > MOST_DIGITS:
        return None
    worth = quotient(value, count)
    if power_of_ten(worth) is None:
        return None
    if arabic:
        written_down = (whole + decimals) if decimals else whole
        figures, number = tuple(map(int, written_down)), int(written_down)
    else:
        figures = tuple([digit_of(text[i]) for i in spots])
        number = int("".join(map(str, figures)))
    place = quotient(worth, integer(10 ** len(decimals))) if decimals else worth
    return Writing(text, first, last, spots, figures, len(decimals), number, worth, place, arabic)


def power_of_ten(value: Fraction) -> int | None:
    """``k`` where ``value`` is ten to the ``k``, else ``None``."""
    above, below = value.as_integer_ratio()
    number = above if below == 1 else below
    if above <= 0 or 1 not in (above, below) or number.bit_length() > 100:
        return None
    k = len(str(number)) - 1
    if number != 10**k:
        return None
    return k if below == 1 else -k


def sign_for(digit: int, like: str) -> str:
    """The digit in the script of the sign ``like``."""
    if like.isascii():
        return str(digit)
    if like.translate(WIDE).isascii():
        return str(digit).translate(TO_WIDE)
    return next((s[digit] for s in SCRIPTS if like in s), SCRIPTS[0][digit])


def plain(number: Fraction, decimals: int) -> str:
    """A number that is not negative with just that many decimals."""
    figures = digits(units_of(number, decimals)).rjust(decimals + 1, "0")
    return f"{figures[:-decimals]}.{figures[-decimals:]}" if decimals else figures


def hand(w: Writing, number: str) -> str:
    """An Arabic number with the separators and the width of the figure."""
    own = w.text[w.first : w.last]
    if "," in own or "，" in own:
        whole, point, decimals = number.partition(".")
        number = f"{int(whole):,}{point}{decimals}"
    return number.translate(TO_WIDE) if not own[0].isascii() else number


def written(w: Writing, value: Fraction, full: bool = False) -> Rewrite | None:
    """The figure with ``value``: at its own last digit where that is near enough, else with all digits.

    With ``full`` it takes no more and no fewer digits than the value has.
    """
    number = quotient(value, w.worth)
    if not 0 < number.numerator < 10**MOST_DIGITS * number.denominator or number.denominator.bit_length() > MOST_BITS:
        return None
    if not w.arabic:
        return in_chinese(w, value)
    needed = places(number)
    decimals = w.decimals
    if needed is not None and needed <= MOST_DECIMALS:
        # 386.49 stated in whole 万元 is 386; 12.50 keeps its nought, 12.5 takes none.
        near = not times_over(size(minus(number, rounded(number, decimals))), 200, number)
        noughts = w.decimals > 0 and w.figures[-1] == 0
        if full or (needed > decimals and not near) or (needed < decimals and not noughts):
            decimals = needed
    said = rounded(number, decimals)
    text = w.with_number(hand(w, plain(said, decimals)))
    return Rewrite("value", text, product(said, w.worth), quotient(w.worth, integer(10**decimals)))


def in_chinese(w: Writing, value: Fraction) -> Rewrite | None:
    """A whole number in the numerals of the figure: 二百六十四万, 贰佰陆拾肆万."""
    number = value / w.worth
    if number.denominator != 1 or not 0 < number < 10**12:
        return None
    capital = any(c in "壹贰叁肆伍陆柒捌玖拾佰仟萬億" for c in w.text)
    out, n = "", int(number)
    for scale, word in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, n = divmod(n, scale)
        if part:
            out += ("零" if out and part < 1000 else "") + section(part, capital) + word
    read = read_numeral(out, 0)
    if read is None or read.end != len(out) or read.value != number:
        return None
    return Rewrite("value", w.with_number(out), value, read.place * w.worth)


def section(n: int, capital: bool) -> str:
    """A number below ten thousand in Chinese numerals."""
    signs, powers = (SCRIPTS[1], "仟佰拾") if capital else (SCRIPTS[0], "千百十")
    out, gap = "", False
    for power, word in zip((1000, 100, 10, 1), (*powers, ""), strict=True):
        digit = n // power % 10
        if digit:
            out += ("零" if gap and out else "") + signs[digit] + word
        gap = not digit
    return out
