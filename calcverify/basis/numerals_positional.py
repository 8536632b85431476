"""What the signs of a numeral are worth.

    numeral  = digits | section {big} { ["零"] section big {big} } [["零"] section]
    section  = [c 千] ["零"] [c 百] ["零"] [[c] 十] ["零"] [c]
    fraction = numeral 点 digit+ {big}

``c`` is a Chinese digit or Arabic digits. A unit that is left out must be marked by 零
(一千零五十, not 一千五十): what stands without it may be two numbers whose comma is missing.
The last digit of a numeral may drop its unit, which is then a tenth of the unit before it
(两万三 = 23000, 一百二 = 120).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from calcverify.basis.numerals_scan import Token

LARGEST = 10**20
ONE = Fraction(1)


class Reading(NamedTuple):
    """A number with its place and the multiplier written last (see ``Numeral``)."""

    value: Fraction
    place: Fraction
    scale: int = 1


class Section(NamedTuple):
    """A part below 万.

    ``top`` is the value of its first digit's unit, ``low`` that of its last digit, ``unit``
    the unit written last. ``spoken`` says that its last digit left its unit out, ``lone``
    that it is one digit or Arabic number and nothing else, ``arabic`` that it begins so.
    """

    value: Fraction | int
    top: int
    low: Fraction | int
    unit: int
    end: int
    spoken: bool
    lone: bool
    arabic: bool


def positional(tokens: Sequence[Token]) -> Reading | None:
    """The number that ``tokens`` (d, n, t, u, b, p) write, or ``None`` where they write none."""
    point = next((i for i, t in enumerate(tokens) if t.kind == "p"), len(tokens))
    head, behind = tokens[:point], tokens[point + 1 :]
    pointed = point < len(tokens)
    reading = digit_string(head, pointed) or whole_number(head, pointed)
    return with_fraction(reading, behind) if reading and pointed else reading


def digit_string(tokens: Sequence[Token], pointed: bool) -> Reading | None:
    """Digits one by one (二〇二四, 一二点五), where they cannot be a loose row (三五, 一一)."""
    if len(tokens) < 2 or tokens[0].kind != "d":
        return None
    if any(t.kind != "d" and (t.kind != "n" or set(t.whole + t.decimals) != {"0"}) for t in tokens):
        return None
    digits = "".join(t.whole or str(t.value) for t in tokens)  # 二0二四 has an Arabic nought
    nought = "0" in digits
    row = {int(b) - int(a) for a, b in pairwise(digits)} in ({0}, {1})
    if not (pointed or nought) and (row or len(digits) < 4):
        return None
    return Reading(Fraction(int(digits)), ONE)


def with_fraction(reading: Reading, behind: Sequence[Token]) -> Reading | None:
    """``reading`` with the digits behind its 点 and the 万 or 亿 behind those."""
    digits, i = "", 0
    while i < len(behind) and behind[i].kind in "dn" and not behind[i].decimals:
        digits += behind[i].whole or str(behind[i].value)
        i += 1
    scale, count = bigs(behind, i)
    if not digits or i + count != len(behind) or reading.place < 1 or 1 < scale <= reading.scale:
        return None
    place = Fraction(scale, 10 ** len(digits))
    return Reading(reading.value * scale + int(digits) * place, place, scale)


def bigs(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The product of the 万 and 亿 from ``at`` on, and how many they are."""
    product, count = 1, 0
    while at + count < len(tokens) and tokens[at + count].kind == "b" and product < LARGEST:
        if tokens[at + count].value < product:  # 亿万 is a figure of speech
            break
        product *= tokens[at + count].value
        count += 1
    return product, count


def whole_number(tokens: Sequence[Token], pointed: bool) -> Reading | None:
    """A numeral without 点; a spoken ending cannot be ``pointed`` (followed by one)."""
    if any(t.decimals for t in tokens) and sum(t.kind in "dnt" for t in tokens) > 1:
        return None  # 1.5亿3千
    total: Fraction | int = 0
    place: Fraction | int = 1
    scale, room, i = 1, 0, 0
    while i < len(tokens):
        zero = tokens[i].kind == "d" and tokens[i].value == 0 and len(tokens) > 1
        if zero and i == 0:
            return None
        section = read_section(tokens, i + zero)
        if section is None:
            return None
        big, count = bigs(tokens, section.end)
        i = section.end + count
        last = i == len(tokens)
        if (section.spoken and (not last or count or pointed)) or (count == 0 and not last):
            return None
        weight = unit = big
        if big > room > 0:  # 五千万零三百亿: all of it are 亿
            if total >= big or section.value >= room:
                return None
            total *= big
        elif room:
            weight = follow(section, room, big, zero, last and not pointed)
            if weight == 0:
                return None
            unit = weight if weight == big else room  # 两万三 is said in 万
        total, place = total + section.value * weight, section.low * weight
        scale = unit * section.unit if section.arabic else unit
        room = big
    return Reading(Fraction(total), Fraction(place), scale) if tokens else None


def follow(section: Section, room: int, big: int, zero: bool, last: bool) -> int:
    """What a section is multiplied by behind a 万 or 亿 worth ``room``; 0 where it cannot stand."""
    if section.value * big >= room:
        return 0
    if section.lone and big == 1 and not zero:
        if section.arabic and section.top > 1:  # 3万5000 has as many digits as 万 has room for
            return int(section.top * 10 == room)
        return room // 10 if last and room <= 10**8 else 0
    touching = section.top * big * 10 == room
    return big if zero or touching or (section.arabic and big > 1) else 0


def read_section(tokens: Sequence[Token], start: int) -> Section | None:
    """The part below 万 that begins at ``start``; ``None`` where it is malformed."""
    value: Fraction | int = 0
    low: Fraction | int = 1
    top, last, named, i = 0, 10**4, 1, start
    zero = spoken = False
    while i < len(tokens) and last > 1:
        token = tokens[i]
        if token.kind == "d" and token.value == 0 and i > start:
            if zero:
                return None
            zero, i = True, i + 1
            continue
        coefficient, unit, count = term(tokens, i, i == start or zero or last == 100)
        if count == 0:
            break
        weight = weigh(token, unit, last, i == start or zero)
        if weight == 0:
            return None
        spoken = weight != unit
        value += coefficient * weight
        low = Fraction(weight, 10 ** len(token.decimals)) if token.decimals else weight
        top = top or weight * 10 ** max(len(token.whole) - 1, 0)
        named, last, zero, i = (last if spoken else unit), unit, False, i + count
    if zero or not top:
        return None
    return Section(value, top, low, named, i, spoken, i == start + 1, tokens[start].kind == "n")


def term(tokens: Sequence[Token], i: int, opening: bool) -> tuple[Fraction | int, int, int]:
    """A coefficient, its unit, and how many tokens they take (0 where there is no term).

    十 alone is one ten where a section opens, and behind 百 (一百十五).
    """
    token = tokens[i]
    if token.kind not in "dntu" or (token.kind == "u" and (token.value != 10 or not opening)):
        return 1, 1, 0
    if token.kind in "tu":
        return max(token.value // 10, 1), 10, 1
    coefficient: Fraction | int = token.value
    if token.kind == "n":
        coefficient = int(token.whole + token.decimals)
        if token.decimals:
            coefficient = Fraction(coefficient, 10 ** len(token.decimals))
    if i + 1 == len(tokens) or tokens[i + 1].kind != "u":
        return coefficient, 1, 1
    return coefficient, tokens[i + 1].value, 2 * (token.kind == "n" or token.value > 0)


def weigh(token: Token, unit: int, last: int, opening: bool) -> int:
    """What a digit before ``unit`` is worth behind a digit worth ``last``; 0 where it cannot stand."""
    if unit >= last:
        return 0
    if opening or unit * 10 == last:
        return unit if opening or len(token.whole) <= 1 else 0
    digits = len(token.whole) or 1
    if unit > 1 or (digits > 1 and 10**digits != last):
        return 0
    return last // 10 if digits == 1 else 1


def approximate(tokens: Sequence[Token]) -> int | None:
    """Where two neighbouring digits stand for a figure between them (七八十, 三五个), or ``None``."""
    places = [i for i, (a, b) in enumerate(pairwise(tokens)) if a.kind == b.kind == "d"]
    if len(places) != 1 or any(t.kind == "p" for t in tokens):
        return None
    low, high = tokens[places[0]].value, tokens[places[0] + 1].value
    return places[0] if low and (high == low + 1 or (low, high) == (3, 5)) else None
