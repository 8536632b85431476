"""The forms of numbers that are more than plain digits: shares, tenths, vague figures.

    form     = amount ["%" | "‰" | 个百分点] | amount 折 | amount 成 [digit | 半] | fraction
    fraction = [amount 又] (amount | 百 | 千 | 万 …) 分之 [负] amount | digits "/" digits
    amount   = numeral | numeral (余 | 多) {unit} | 几 unit …

``read_form`` is what :func:`calcverify.basis.numerals.read_numeral` falls back on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.numerals_arabic import BLANK, closers
from calcverify.basis.numerals_model import ONE, Numeral, damaged
from calcverify.basis.numerals_positional import Reading, approximate, positional
from calcverify.basis.numerals_scan import Scan, Token, scan
from calcverify.basis.numerals_words import NumeralWords, numeral_words

PERCENT = re.compile(f"{BLANK}{{0,2}}([%％﹪]|‰)|{BLANK}{{0,4}}[个個]?{BLANK}?百{BLANK}?分{BLANK}?[点點]")
OVER = re.compile(f"{BLANK}{{0,3}}分{BLANK}{{0,3}}之{BLANK}{{0,3}}([负負]?)")
AND = re.compile(f"{BLANK}{{0,3}}又{BLANK}{{0,3}}")
SLASH = re.compile(r"\s?[/／]\s?")
FRACTION_END = re.compile(r"\s?[/／.．]\s?[0-9０-９]")
PER_HUNDRED = re.compile(f"([百佰千仟万萬亿億]{{1,4}}){BLANK}{{0,3}}分{BLANK}{{0,3}}之{BLANK}{{0,3}}([负負]?)")
PER_HUNDRED_SHORT = re.compile("百分(?:(百)|(?=[一二三四五六七八九十0-9]))")
TENTH = re.compile(f"{BLANK}?([折成])")
FURTHER = re.compile(f"{BLANK}?([一二三四五六七八九])(?![十百千万亿分折成点])")
SUFFIXES = frozenset("%％﹪‰个個百分又折成/／ \u00a0\u3000") | frozenset(map(chr, range(0x2002, 0x200B)))
ARABIC = "0123456789０１２３４５６７８９"
HALF = Fraction(1, 2)
TENTHS = Fraction(1, 10)


class Amount(NamedTuple):
    """A number between ``value`` and ``high`` (where vague), before what stands behind it."""

    value: Fraction
    place: Fraction
    scale: int
    high: Fraction | None = None
    weak: bool = False


def read_form(text: str, start: int, slash: bool) -> Numeral | None:
    """The numeral at ``start`` in any form; see :func:`numerals.read_numeral`."""
    words = numeral_words()
    character = text[start]
    if character in ARABIC:
        return number(text, start, words, slash)
    prefixed = per_hundred(text, start, words)
    if prefixed is not None:
        return prefixed
    if not may_begin(text, start, words):
        return None
    if character == "半":
        return half(text, start + 1, words, True)
    if character == "一" and text.startswith("半", start + 1):
        return half(text, start + 2, words, False)
    if character == "对" or character == "對":
        paired = text[start + 1 : start + 2] == "折" and not text.startswith(words.not_tenths, start + 1)
        return Numeral(start + 2, HALF, TENTHS, 1, "zhe") if paired else None
    if character == "数":
        return several(text, start, words)
    return number(text, start, words, slash)


def may_begin(text: str, start: int, words: NumeralWords) -> bool:
    """Whether a Chinese numeral can begin here: not in a word (统一), not behind 第, not inside a run."""
    if words.inside_word(text, start):
        return False
    first = start
    while first > max(0, start - 16) and text[first - 1] in words.signs:
        first -= 1
    if text[max(0, first - 1) : first] == "第":
        return False
    return first == start or words.inside_word(text, start - 1)


def per_hundred(text: str, start: int, words: NumeralWords) -> Numeral | None:
    """百分之五, 千分之三, 百分百, 百分三十."""
    m = PER_HUNDRED.match(text, start)
    if m:
        over = 1
        for sign in m.group(1):
            over *= words.signs[sign][1]
        return share(text, m.end(), Fraction(over), ONE if not m.group(2) else -ONE, words)
    short = PER_HUNDRED_SHORT.match(text, start)
    if short is None:
        return None
    if short.group(1):
        return Numeral(short.end(), ONE, Fraction(1, 100), 1, "percent")
    return share(text, short.end(), Fraction(100), ONE, words)


def half(text: str, end: int, words: NumeralWords, weak: bool) -> Numeral:
    """半, 一半; 半成 and 半折 are half a tenth."""
    tenth = TENTH.match(text, end)
    if weak and tenth and not text.startswith(words.not_tenths, tenth.end() - 1):
        return Numeral(tenth.end(), HALF / 10, Fraction(1, 100), 1, "cheng" if tenth.group(1) == "成" else "zhe")
    return Numeral(end, HALF, TENTHS, 1, "half", weak=weak)


def several(text: str, start: int, words: NumeralWords) -> Numeral | None:
    """数十, 数百万; nothing behind a noun (参加人数十人), damage where it is not certain."""
    if words.signs.get(text[start + 1 : start + 2], "d")[0] not in "ub":
        return None
    before = text[start - 1 : start] if start else ""
    if before in words.several_nouns and before:
        return None
    found = scan(text, start + 1, words)
    tokens = (Token("j", 0, start + 1), *found.tokens)
    amount = evaluate(tokens)
    certain = before in words.several_behind or not "一" <= before <= "鿿"
    if amount is None or found.damaged or not certain:
        return damaged(found.end)
    return finish(text, found._replace(tokens=tokens), amount, words)


def number(text: str, start: int, words: NumeralWords, slash: bool) -> Numeral | None:
    """A numeral with what stands behind it."""
    found = blanks(scan(text, start, words))
    if found.damaged:
        return damaged(found.end)
    tokens = found.tokens
    if not tokens:
        return None
    followed = text[found.end : found.end + 1] in SUFFIXES
    tenths = tenth_digits(text, found, words) if followed else None
    if tenths is not None:
        return tenths
    if tokens[0].kind in "ub" and tokens[0].value > 10:
        # 百余人 is a figure; 百元 and 万元 are units.
        if len(tokens) < 2 or tokens[1].kind != "m":
            return None
        tokens = (Token("d", 1, start), *tokens)
    amount = evaluate(tokens)
    if amount is None:
        if any(t.kind != "d" for t in tokens) or closers().match(text, found.end):
            return damaged(found.end)
        return None
    found = found._replace(tokens=tokens)
    if slash and followed and len(tokens) == 1 and tokens[0].kind == "n" and not tokens[0].decimals:
        over = slashed(text, found.end, amount, words)
        if over is not None:
            return over
    return finish(text, found, amount, words)


def finish(text: str, found: Scan, amount: Amount, words: NumeralWords) -> Numeral:
    """An amount with its %, 分之, 又 or 成."""
    end = found.end
    if text[end : end + 1] in SUFFIXES:
        suffixed = with_suffix(text, end, amount, words)
        if suffixed is not None:
            return suffixed
    kinds = {t.kind for t in found.tokens}
    kind = "chinese" if "n" not in kinds else "arabic" if kinds <= set("numb") and single(found.tokens) else "mixed"
    return Numeral(end, amount.value, amount.place, amount.scale, kind, amount.high, amount.high is not None, amount.weak)


def with_suffix(text: str, end: int, amount: Amount, words: NumeralWords) -> Numeral | None:
    """An amount with the 分之, 又 or % that stands behind it, ``None`` where none does."""
    over = OVER.match(text, end)
    if over:
        whole = amount.value.denominator == 1 and amount.value > 0 and amount.high is None
        return share(text, over.end(), amount.value, -ONE if over.group(1) else ONE, words) if whole else damaged(over.end())
    joined = AND.match(text, end)
    if joined and joined.end() < len(text) and amount.high is None and amount.place >= 1:
        added = read_form(text, joined.end(), True)
        if added is not None and added.kind == "fraction":
            return Numeral(added.end, amount.value + added.value, added.place, 1, "fraction")
    percent = PERCENT.match(text, end)
    if percent:
        by = 1000 if percent.group(1) == "‰" else 100
        high = None if amount.high is None else amount.high / by
        kind = "permille" if by == 1000 else "percent"
        return Numeral(percent.end(), amount.value / by, amount.place / by, 1, kind, high, high is not None)
    return None


def single(tokens: Sequence[Token]) -> bool:
    """Whether Arabic digits stand once, with scale words behind them only (9.75万)."""
    return sum(t.kind == "n" for t in tokens) == 1 and tokens[0].kind == "n"


def share(text: str, start: int, over: Fraction, sign: Fraction, words: NumeralWords) -> Numeral:
    """What stands over ``over``: the numerator begins at ``start``."""
    found = blanks(scan(text, start, words)) if start < len(text) else Scan((), start, damaged=True)
    amount = None if found.damaged else evaluate(found.tokens)
    if amount is None:
        return damaged(max(found.end, start))
    kind = "percent" if over == 100 else "permille" if over == 1000 else "fraction"
    high = None if amount.high is None else sign * amount.high / over
    return Numeral(found.end, sign * amount.value / over, amount.place / over, 1, kind, high, high is not None)


def slashed(text: str, end: int, amount: Amount, words: NumeralWords) -> Numeral | None:
    """1/3, where the caller knows that ``/`` is no division and no rate."""
    m = SLASH.match(text, end)
    if m is None or m.end() >= len(text) or text[m.end()] not in ARABIC:
        return None
    found = scan(text, m.end(), words)
    under = evaluate(found.tokens) if not found.damaged and len(found.tokens) == 1 else None
    if under is None or under.value == 0 or found.tokens[0].decimals or FRACTION_END.match(text, found.end):
        return None
    return Numeral(found.end, amount.value / under.value, 1 / under.value, 1, "fraction")


def tenth_digits(text: str, found: Scan, words: NumeralWords) -> Numeral | None:
    """八折 0.8, 八五折 and 85折 0.85, 三成五 0.35; ``None`` where no 折 or 成 follows."""
    m = TENTH.match(text, found.end)
    if m is None or text.startswith(words.not_tenths, m.end() - 1):
        return None
    tokens, end = found.tokens, m.end()
    first = tokens[0]
    pair = [t.kind for t in tokens] == ["d", "d"] and first.value > 0
    reading: Reading | None
    if pair:
        # 七八折 may be 0.78 or between 0.7 and 0.8.
        tens, ones = first.value, tokens[1].value
        reading = Reading(Fraction(tens * 10 + ones, 10), TENTHS) if ones != tens + 1 and ones else None
    elif len(tokens) == 1 and first.kind == "n" and len(first.whole) == 2 and not first.decimals and first.whole != "10":
        reading = Reading(Fraction(int(first.whole), 10), TENTHS) if first.whole[1] != "0" and first.whole[0] != "0" else None
    else:
        reading = positional(tokens)
        if reading is None or reading.value > 10:
            return None
    if reading is None or (m.group(1) == "成" and (pair or reading.value > 10)):
        return damaged(end)
    value, place = reading.value / 10, reading.place / 10
    if m.group(1) == "折":
        return Numeral(end, value, place if reading.value < 10 else TENTHS, 1, "zhe")
    further = FURTHER.match(text, end)
    if text[end : end + 1] == "半":
        return Numeral(end + 1, value + Fraction(1, 20), Fraction(1, 100), 1, "cheng")
    if further and reading.place == 1:
        return Numeral(further.end(), value + Fraction(words.signs[further.group(1)][1], 100), Fraction(1, 100), 1, "cheng")
    return Numeral(end, value, min(place, TENTHS), 1, "cheng")


def blanks(found: Scan) -> Scan:
    """Close the blanks inside a numeral that cannot part two numbers, else stop before them.

    九十六 万 and 7 万5 千4 百 are one number: a scale cannot stand alone. 三百 五十 may be two
    and is damaged; 5万 3人 and 三 五 are two.
    """
    tokens = found.tokens
    gaps = [i for i, t in enumerate(tokens) if t.gap and t.kind in "dntpj" or (t.gap and t.value == 10)]
    if not gaps:
        return found
    spaced = sum(t.gap for t in tokens) > 1
    for i in gaps:
        before, lone = tokens[i - 1].kind, i + 1 == len(tokens)
        if before in "dn" and tokens[i].kind == "d" or (tokens[i].kind == "n" and lone):
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
    step = reading.place
    while reading.value % (step * 10) == 0:
        step *= 10
    value = reading.value * scale
    return Amount(value, step * scale, scale if behind else reading.scale, value + step * scale)


def some(tokens: Sequence[Token]) -> Amount | None:
    """几十 10 to 100, 十几 10 to 20, 几百万; 几 alone is 1 to 10."""
    at = next(i for i, t in enumerate(tokens) if t.kind == "j")
    one, nine = (
        positional([*tokens[:at], Token("d", digit, tokens[at].end), *tokens[at + 1 :]]) for digit in (1, 9)
    )
    if one is None or nine is None:
        return None
    weight = (nine.value - one.value) / 8
    low = one.value - weight
    return Amount(low or weight, weight, one.scale, low + 10 * weight, len(tokens) == 1)
