"""Amounts: a number, or the two numbers a vague figure lies between.

    amount = numeral | numeral (余 | 多 | 来) {unit} | 几 unit | numeral with two digits (七八十)

Blanks inside a numeral are closed here too, where they cannot part two numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.numerals_arabic import closers
from calcverify.basis.numerals_model import ONE
from calcverify.basis.numerals_positional import approximate, positional
from calcverify.basis.numerals_scan import Scan, Token

TEN = Fraction(10)


class Amount(NamedTuple):
    """A number between ``value`` and ``high`` (where vague), before what stands behind it."""

    value: Fraction
    place: Fraction
    scale: int
    high: Fraction | None = None
    weak: bool = False


def blanks(text: str, found: Scan) -> Scan:
    """Close the blanks inside a numeral that cannot part two numbers, else stop before them.

    九十六 万 and 7 万5 千4 百 are one number: a scale cannot stand alone. 三百 五十 may be two
    and is damaged; 5万 3人 and 三 五 are two.
    """
    tokens = found.tokens
    gaps = [i for i, t in enumerate(tokens) if t.gap and (t.kind in "dntpj" or t.value == 10)]
    if not gaps or found.damaged:
        return found
    spaced = sum(t.gap for t in tokens) > 1
    for i in gaps:
        before, lone = tokens[i - 1].kind, i + 1 == len(tokens)
        if before in "dn" and tokens[i].kind == "d" and closers().match(text, found.end):
            return found._replace(damaged=True)
        if (before in "dn" and tokens[i].kind == "d") or (tokens[i].kind == "n" and lone):
            return Scan(tokens[:i], tokens[i - 1].end)
    if evaluate(tokens) is None:
        return Scan(tokens[: gaps[0]], tokens[gaps[0] - 1].end)
    return found if spaced else found._replace(damaged=True)


def evaluate(tokens: Sequence[Token]) -> Amount | None:
    """The amount that the tokens write; ``None`` where they are malformed."""
    if len(tokens) == 1 and tokens[0].kind == "d":
        return Amount(Fraction(tokens[0].value), ONE, 1, weak=True)
    if any(t.kind == "m" for t in tokens):
        return opened(tokens)
    if any(t.kind == "j" for t in tokens):
        return some(tokens)
    pair = approximate(tokens)
    if pair is not None:
        low = positional([*tokens[: pair + 1], *tokens[pair + 2 :]])
        high = positional([*tokens[:pair], *tokens[pair + 1 :]])
        if low is None or high is None:
            return None
        return Amount(low.value, low.place, low.scale, high.value, len(tokens) == 2)
    reading = positional(tokens)
    if reading is None:
        return None
    return Amount(*reading, weak=len(tokens) == 1 and tokens[0].kind in "du")


def opened(tokens: Sequence[Token]) -> Amount | None:
    """100多, 10万余, 三十多万: up by one unit of the last digit that is not nought."""
    at = next(i for i, t in enumerate(tokens) if t.kind == "m")
    reading = positional(tokens[:at])
    behind = tokens[at + 1 :]
    if reading is None or reading.value == 0 or (behind and tokens[at - 1].kind == "b"):
        return None
    scale = 1
    for token in behind:
        if token.kind not in "ub":
            return None
        scale *= token.value
    if scale > 10**12:
        return None
    digits, step = int(reading.value / reading.place), reading.place * scale
    while digits % 10 == 0:
        digits, step = digits // 10, step * 10
    return Amount(digits * step, step, scale if behind else reading.scale, (digits + 1) * step)


def some(tokens: Sequence[Token]) -> Amount | None:
    """几十 10 to 100, 十几 10 to 20, 几百万; 几 alone is 1 to 10."""
    if len(tokens) == 1:
        return Amount(ONE, ONE, 1, TEN, weak=True)
    at = next(i for i, t in enumerate(tokens) if t.kind == "j")
    one, nine = (positional([*tokens[:at], Token("d", digit, tokens[at].end), *tokens[at + 1 :]]) for digit in (1, 9))
    if one is None or nine is None:
        return None
    weight = (nine.value - one.value) / 8
    low = one.value - weight
    return Amount(low or weight, weight, one.scale, low + 10 * weight)
