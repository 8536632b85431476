"""Figures that one slip of the pen leads to: a digit, two digits, the point, the scale word.

Only figures with a value that would agree are made: the others are passed over as integers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from calcverify.basis.numerals import read_numeral
from calcverify.exact.printing import places
from calcverify.verify.diagnose_writing import (
    MOST_DECIMALS,
    MOST_DIGITS,
    TEN,
    Rewrite,
    Writing,
    hand,
    number_of,
    plain,
    power_of_ten,
    sign_for,
)

SCALE = re.compile(r"\s*(百万|千万|[千万亿萬億])")
WORTH = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "萬": 10**4, "億": 10**8}
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


def slips(w: Writing, windows: Windows) -> Iterator[Rewrite]:
    """Every figure in the windows that one slip may have turned into this one, likeliest slips first."""
    if w.arabic:
        whole = int("".join(str(w.digit(i)) for i in range(len(w.spots))))
        counts = [(-(-low // w.place), high // w.place) for low, high in windows]
        for slip, number in numbers(w, whole):
            if number not in (0, whole) and any(low <= number <= high for low, high in counts):
                digits_now = str(number).rjust(w.decimals + 1, "0")
                point = len(digits_now) - w.decimals
                text = hand(w, digits_now[:point] + "." * (w.decimals > 0) + digits_now[point:])
                yield Rewrite(slip, w.with_number(text), number * w.place, w.place)
        words = tuple(scales(w))
        known = {r.value for r in words}
        others: Iterable[Rewrite] = (*noughts(w), *words, *(r for r in points(w, windows) if r.value not in known))
    else:
        others = (*swaps(w), *digits_changed(w))
    yield from (r for r in others if r.value > 0 and inside(r.value, r.place, windows))


def inside(value: Fraction, place: Fraction, windows: Windows) -> bool:
    """Whether a value written to that place lies in a window."""
    return any(low - place / 2 <= value <= high + place / 2 for low, high in windows)


def numbers(w: Writing, whole: int) -> Iterator[tuple[str, int]]:
    """The digits of an Arabic figure, read as one integer, with one slip undone."""
    size = len(w.spots)
    figures = [w.digit(i) for i in range(size)]
    worth = [10 ** (size - 1 - i) for i in range(size)]
    noughts = size - w.decimals > 1  # a whole part of several digits begins with none
    for i in range(size - 1):
        # 0.6 for 6.0 is a point, not two digits, that changed places.
        across = i == size - 1 - w.decimals and not (figures[i] and figures[i + 1])
        if figures[i] != figures[i + 1] and (i or figures[1] or not noughts) and not across:
            yield "swap", whole + (figures[i + 1] - figures[i]) * (worth[i] - worth[i + 1])
    for i in range(size):
        for digit in range(1 if i == 0 and noughts else 0, 10):
            if digit != figures[i]:
                yield "digit", whole + (digit - figures[i]) * worth[i]
    # A digit that was typed twice or lost before the point: 13.3% for 3.3%.
    for i in range(size - w.decimals if noughts else 0):
        above, below = divmod(whole, worth[i] * 10)[0], whole % worth[i]
        if i or figures[1] or size - w.decimals == 2:
            yield "more", above * worth[i] + below
    for i in range(size - w.decimals + 1):
        base = worth[i] if i < size else 1
        step = base * 10 if i < size else 1
        above, below = divmod(whole, step)
        for digit in range(1 if i == 0 else 0, 10):
            yield "less", (above * 10 + digit) * step + below


def noughts(w: Writing) -> Iterator[Rewrite]:
    """A nought lost behind the point, or one too many: 3.6 for 3.06."""
    whole, _, decimals = plain(number_of(w), w.decimals).partition(".")
    for i in range(len(decimals)):
        longer = decimals[:i] + "0" + decimals[i:]
        if len(longer) <= MOST_DECIMALS and decimals[i:].strip("0"):
            yield pointed(w, whole, longer)
        if decimals[i] == "0" and decimals[i:].strip("0"):
            yield pointed(w, whole, decimals[:i] + decimals[i + 1 :])


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
        yield Rewrite(slip, text, read.value * w.worth, read.place * w.worth)


def digits_changed(w: Writing) -> Iterator[Rewrite]:
    """One digit of a Chinese figure changed."""
    for i in range(len(w.spots)):
        for digit in range(1, 10):
            if digit != w.digit(i):
                yield from put(w, {i: digit}, "digit")


def swaps(w: Writing) -> Iterator[Rewrite]:
    """Two neighbouring digits of a Chinese figure swapped."""
    for i in range(len(w.spots) - 1):
        a, b = w.digit(i), w.digit(i + 1)
        if a != b and w.spots[i] + 2 >= w.spots[i + 1]:
            yield from put(w, {i: b, i + 1: a}, "swap")


def scales(w: Writing) -> Iterator[Rewrite]:
    """万 lost, 万 too many, 万 for 亿: only where a unit shows that a scale may stand there."""
    found = SCALE.match(w.text, w.last) if w.arabic else None
    word = found.group(1) if found else ""
    behind = w.text[found.end() if found else w.last :].strip()
    if not w.arabic or not behind or behind[0] in "%％‰折成分个":
        return
    for other in CONFUSED[word]:
        if other == "亿" and "元" not in behind:
            continue
        factor = Fraction(WORTH[other], WORTH[word])
        text = w.text[: w.last] + other + w.text[found.end() if found else w.last :]
        value = number_of(w) * w.worth * factor
        yield Rewrite("scale", text, value, w.place * factor, power_of_ten(factor) or 0)


def points(w: Writing, windows: Windows) -> Iterator[Rewrite]:
    """The decimal point one to four places off."""
    number = number_of(w)
    for power in (1, -1, 2, -2, 3, -3, 4, -4):
        moved = number * TEN**power
        if not inside(moved * w.worth, w.place * TEN ** max(0, power), windows):
            continue
        decimals = places(moved) or 0
        if decimals <= MOST_DECIMALS and moved < 10**MOST_DIGITS:
            text = w.with_number(hand(w, plain(moved, decimals)))
            yield Rewrite("point", text, moved * w.worth, w.worth / TEN**decimals, power)
