"""Figures that one slip of the pen leads to: a digit, two digits, the point, the scale word.

Only figures with a value that would agree are made: the others are passed over as integers.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from calcverify.basis.numerals import read_numeral
from calcverify.exact.printing import places
from calcverify.exact.rational import HALF, integer, less, minus, plus, product, ratio
from calcverify.verify.diagnose_writing import (
    MOST_DECIMALS,
    MOST_DIGITS,
    TEN,
    Rewrite,
    Writing,
    hand,
    plain,
    sign_for,
)

SCALE = re.compile(r"\s*(百万|千万|[千万亿萬億])")
POWERS = {"": 0, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "萬": 4, "億": 8}
# What a scale word is confused with: none written for 万, 万 for 亿 …
CONFUSED = {
    "": ("万", "亿"),
    "千": ("", "万"),
    "万": ("", "亿"),
    "百万": ("万",),
    "千万": ("万",),
    "亿": ("万", ""),
    "萬": ("",),
    "億": ("萬",),
}

# The lowest and the highest value that would agree.
Windows: TypeAlias = Sequence[tuple[Fraction, Fraction]]
# The same counted in places of a figure, each end as a numerator and a denominator.
Steps: TypeAlias = Sequence[tuple[int, int, int, int]]


def slips(w: Writing, windows: Windows) -> Iterator[Rewrite]:
    """Every figure in the windows that one slip may have turned into this one, likeliest slips first;
    those with a digit too many or too few are given by :func:`miscounted`."""
    if not w.arabic:
        made = (*swaps(w), *digits_changed(w, windows))
        yield from (r for r in made if r.value > 0 and inside(r.value, r.place, windows))
        return
    steps = in_places(w.place, windows)
    counts = whole_places(steps)
    for slip, number in numbers(w, counts) if counts else ():
        yield with_digits(w, slip, number)
    words = scales(w)
    yield from noughts(w, steps)
    for other, power in words:
        if near(w.number, power, power, steps):
            yield scaled(w, other, power)
    yield from points(w, steps, {power for _, power in words})


def miscounted(w: Writing, windows: Windows) -> Iterator[Rewrite]:
    """Every figure in the windows from which this one comes by a digit typed twice, too many or lost."""
    counts = whole_places(in_places(w.place, windows)) if w.arabic else []
    for slip, number in digits_miscounted(w, counts) if counts else ():
        yield with_digits(w, slip, number)


def with_digits(w: Writing, slip: str, number: int) -> Rewrite:
    """The figure with the digits of ``number``, and the point where it stands."""
    digits_now = str(number).rjust(w.decimals + 1, "0")
    point = len(digits_now) - w.decimals
    text = hand(w, digits_now[:point] + "." * (w.decimals > 0) + digits_now[point:])
    return Rewrite(slip, w.with_number(text), product(integer(number), w.place), w.place)


def inside(value: Fraction, place: Fraction, windows: Windows) -> bool:
    """Whether a value written to that place lies in a window."""
    half = product(place, HALF)
    above, below = plus(value, half), minus(value, half)
    return any(not less(above, low) and not less(high, below) for low, high in windows)


def in_places(place: Fraction, windows: Windows) -> Steps:
    """The windows counted in places of a figure: a slip moves it by so many of them."""
    worth, over = place.as_integer_ratio()
    ends = ((low.as_integer_ratio(), high.as_integer_ratio()) for low, high in windows)
    return [(low * over, below * worth, high * over, under * worth) for (low, below), (high, under) in ends]


def whole_places(steps: Steps) -> list[tuple[int, int]]:
    """The least and the greatest whole number above nought of each window that has one."""
    ends = ((max(1, -(-low // over)), high // under) for low, over, high, under in steps)
    return [(low, high) for low, high in ends if high >= low]


def near(number: int, power: int, own: int, steps: Steps) -> bool:
    """Whether ``number`` × 10^``power``, written to the place 10^``own``, lies in a window."""
    least = -min(0, power, own)
    unit = 2 * 10**least
    value, place = 2 * number * 10 ** (power + least), 10 ** (own + least)
    up, down = value + place, value - place
    return any(low * unit <= up * over and down * under <= high * unit for low, over, high, under in steps)


def numbers(w: Writing, counts: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """The digits of an Arabic figure, read as one integer, with a swap or another digit undone: those
    that lie between one of the pairs of ``counts`` and are another number than before."""
    whole, figures = w.number, w.figures
    size = len(figures)
    worth = [10 ** (size - 1 - i) for i in range(size)]
    noughts = size - w.decimals > 1  # a whole part of several digits begins with none
    for i in range(size - 1):
        # 0.6 for 6.0 is a point, not two digits, that changed places.
        across = i == size - 1 - w.decimals and not (figures[i] and figures[i + 1])
        if figures[i] != figures[i + 1] and (i or figures[1] or not noughts) and not across:
            number = whole + (figures[i + 1] - figures[i]) * (worth[i] - worth[i + 1])
            if any(low <= number <= high for low, high in counts):
                yield "swap", number
    for i in range(size):
        base = whole - figures[i] * worth[i]
        for digit in fitting(base, worth[i], 1 if i == 0 and noughts else 0, counts):
            if digit != figures[i]:
                yield "digit", base + digit * worth[i]


def digits_miscounted(w: Writing, counts: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """The same with a digit that was typed twice, or lost, before the point or behind it: 13.3% for 3.3%."""
    whole, figures = w.number, w.figures
    size = len(figures)
    worth = [10 ** (size - 1 - i) for i in range(size)]
    noughts = size - w.decimals > 1
    for i in range(size - w.decimals if noughts else 0):
        if i or figures[1] or size - w.decimals == 2:
            number = whole // (worth[i] * 10) * worth[i] + whole % worth[i]
            if number != whole and any(low <= number <= high for low, high in counts):
                yield "more", number
    for i in range(size - w.decimals + 1):
        base = worth[i] if i < size else 1
        step = base * 10 if i < size else 1
        above, below = divmod(whole, step)
        for digit in fitting(above * 10 * step + below, step, 1 if i == 0 else 0, counts):
            number = (above * 10 + digit) * step + below
            if number != whole:
                yield "less", number


def fitting(base: int, worth: int, first: int, counts: Sequence[tuple[int, int]]) -> Iterable[int]:
    """The digits from ``first`` on with which ``base`` + digit × ``worth`` lies between one of the pairs."""
    if len(counts) == 1:
        ((low, high),) = counts
        return range(max(first, -((base - low) // worth)), min(9, (high - base) // worth) + 1)
    found = {
        digit
        for low, high in counts
        for digit in range(max(first, -((base - low) // worth)), min(9, (high - base) // worth) + 1)
    }
    return sorted(found)


def noughts(w: Writing, steps: Steps) -> Iterator[Rewrite]:
    """A nought lost behind the point, or one too many: 3.6 for 3.06."""
    if not w.decimals:
        return
    digits_now = str(w.number).rjust(w.decimals + 1, "0")
    whole, decimals = digits_now[: -w.decimals], digits_now[-w.decimals :]
    for i in range(len(decimals)):
        longer = decimals[:i] + "0" + decimals[i:]
        if not decimals[i:].strip("0"):
            continue
        for other in (longer, decimals[:i] + decimals[i + 1 :]) if decimals[i] == "0" else (longer,):
            own = w.decimals - len(other)
            if (other is not longer or len(longer) <= MOST_DECIMALS) and near(int(whole + other), own, own, steps):
                yield pointed(w, whole, other)


def pointed(w: Writing, whole: str, decimals: str) -> Rewrite:
    """The figure with other decimals."""
    number = f"{whole}.{decimals}"
    return Rewrite("nought", w.with_number(hand(w, number)), Fraction(number) * w.worth, w.worth / TEN ** len(decimals))


def put(w: Writing, spots: dict[int, int], slip: str) -> Iterator[Rewrite]:
    """A Chinese figure with other digits at some of its spots; nothing where that is no number."""
    signs = list(w.text)
    for i, digit in spots.items():
        signs[w.spots[i]] = sign_for(digit, signs[w.spots[i]])
    text = "".join(signs)
    read = read_numeral(text, w.first)
    if read is not None and read.end == w.last and read.kind != "damaged" and read.high is None:
        yield Rewrite(slip, text, product(read.value, w.worth), product(read.place, w.worth))


def digits_changed(w: Writing, windows: Windows) -> Iterator[Rewrite]:
    """One digit of a Chinese figure changed, where that may lead to a window: what two digits of a place
    make of it tells what the others do."""
    for i, now in enumerate(w.figures):
        first, second = ([*put(w, {i: digit}, "digit")] for digit in (1, 9))
        step = minus(second[0].value, first[0].value) if first and second else None
        for digit in range(1, 10):
            if digit == now:
                continue
            if step is not None:
                value = plus(first[0].value, product(step, ratio(digit - 1, 8)))
                if not inside(value, max(first[0].place, second[0].place), windows):
                    continue
            yield from put(w, {i: digit}, "digit")


def swaps(w: Writing) -> Iterator[Rewrite]:
    """Two neighbouring digits of a Chinese figure swapped."""
    for i, (a, b) in enumerate(pairwise(w.figures)):
        if a != b and w.spots[i] + 2 >= w.spots[i + 1]:
            yield from put(w, {i: b, i + 1: a}, "swap")


def scales(w: Writing) -> list[tuple[str, int]]:
    """万 lost, 万 too many, 万 for 亿: the other word and the power of ten between them. Only where a
    unit shows that a scale may stand there."""
    word, end = scale_word(w)
    behind = w.text[end:].strip()
    if not behind or behind[0] in "%％‰折成分个":
        return []
    own = POWERS[word]
    return [(other, POWERS[other] - own) for other in CONFUSED[word] if other != "亿" or "元" in behind]


def scale_word(w: Writing) -> tuple[str, int]:
    """The scale word behind the digits of a figure, or none, and where it ends."""
    found = SCALE.match(w.text, w.last)
    return (found.group(1), found.end()) if found else ("", w.last)


def scaled(w: Writing, other: str, power: int) -> Rewrite:
    """The figure with another scale word."""
    factor = TEN**power
    text = w.text[: w.last] + other + w.text[scale_word(w)[1] :]
    return Rewrite("scale", text, w.number * w.place * factor, w.place * factor, power)


def points(w: Writing, steps: Steps, known: Container[int]) -> Iterator[Rewrite]:
    """The decimal point one to four places off, except by a power that another scale word would make."""
    least = min((low // over for low, over, _, _ in steps), default=0) - 1
    most = max((-(-high // under) for _, _, high, under in steps), default=0) + 1
    for power in (1, -1, 2, -2, 3, -3, 4, -4):
        # Most lie outside by far: the digits with one more or less at their last place tell that.
        up, down = 10 ** max(0, power), 10 ** max(0, -power)
        if least * down > (w.number + down) * up or (w.number - down) * up > most * down:
            continue
        if power in known or not near(w.number, power, max(0, power), steps):
            continue
        moved = ratio(w.number * int(10 ** max(0, power)), int(10 ** (w.decimals + max(0, -power))))
        decimals = places(moved) or 0
        if decimals > MOST_DECIMALS or moved >= 10**MOST_DIGITS:
            continue
        if near(w.number, power, w.decimals - decimals, steps):
            text = w.with_number(hand(w, plain(moved, decimals)))
            yield Rewrite("point", text, moved * w.worth, w.worth / TEN**decimals, power)
