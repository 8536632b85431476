"""The forms of numbers that are more than plain digits: shares, tenths, vague figures.

    form     = amount ["%" | "‰" | 个百分点] | amount 折 | amount 成 [digit | 半] | fraction
    fraction = [amount 又] (amount | 百 | 千 | 万 …) 分之 [负] amount | digits "/" digits

``read_form`` is what :func:`calcverify.basis.numerals.read_numeral` falls back on.
"""

from __future__ import annotations

from fractions import Fraction

from calcverify.basis.numerals_amounts import Amount, blanks, evaluate
from calcverify.basis.numerals_arabic import BLANK, closers
from calcverify.basis.numerals_model import ONE, Numeral, damaged
from calcverify.basis.numerals_positional import positional
from calcverify.basis.numerals_scan import CHINESE_RUN, Scan, Token, scan
from calcverify.basis.numerals_words import NumeralWords, numeral_words
from calcverify.patterns import pattern

PERCENT = pattern(f"{BLANK}{{0,2}}([%％﹪]|‰)|{BLANK}{{0,4}}[个個]?{BLANK}?百{BLANK}?分{BLANK}?[点點]")
OVER = pattern(f"{BLANK}{{0,3}}分{BLANK}{{0,3}}之{BLANK}{{0,3}}([负負]?)")
AND = pattern(f"{BLANK}{{0,3}}又{BLANK}{{0,3}}")
SLASH = pattern(r"\s?[/／]\s?")
FRACTION_END = pattern(r"\s?[/／.．]\s?[0-9０-９]")
PER_HUNDRED = pattern(f"([百佰千仟万萬亿億]{{1,4}}){BLANK}{{0,3}}分{BLANK}{{0,3}}之{BLANK}{{0,3}}([负負]?)")
PER_HUNDRED_SHORT = pattern("百分(?:(百)|(?=[一二三四五六七八九十0-9]))")
TENTH = pattern(f"{BLANK}?([折成])")
RUIN = pattern(
    f"{BLANK}{{0,3}}(?:又|分{BLANK}{{0,3}}之){BLANK}{{0,3}}[负負]?(?=[零一二三四五六七八九十百千万亿0-9０-９])|[%％‰折]"
)
FURTHER = pattern(f"{BLANK}?([一二三四五六七八九])")
SUFFIXES = frozenset("%％﹪‰个個百分又折成/／ \u00a0\u3000") | frozenset(map(chr, range(0x2002, 0x200B)))
ARABIC = "0123456789０１２３４５６７８９"
HALF = Fraction(1, 2)
TENTHS = Fraction(1, 10)
HUNDREDTH = Fraction(1, 100)


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
    if character in "对對":
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
    """半, 一半; 半成 is half a tenth."""
    tenth = TENTH.match(text, end)
    if weak and tenth and not text.startswith(words.not_tenths, tenth.end() - 1):
        if tenth.group(1) == "折":  # half the price, or a twentieth of it
            return damaged(tenth.end())
        return Numeral(tenth.end(), HALF / 10, Fraction(1, 100), 1, "cheng")
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
    found = blanks(text, scan(text, start, words))
    if found.damaged:
        return ruin(text, found.end)
    tokens = found.tokens
    if not tokens:
        return None
    followed = text[found.end : found.end + 1] in SUFFIXES
    discount = tenths(text, found, words) if followed else None
    if discount is not None:
        return discount
    if tokens[0].kind in "ub" and tokens[0].value > 10:
        # 百余人 is a figure; 百元 and 万元 are units.
        if len(tokens) < 2 or tokens[1].kind != "m":
            return None
        tokens = (Token("d", 1, start), *tokens)
    amount = evaluate(tokens)
    if amount is None:
        if any(t.kind != "d" for t in tokens) or closers().match(text, found.end):
            return ruin(text, found.end)
        return None
    found = found._replace(tokens=tokens)
    if slash and followed and len(tokens) == 1 and tokens[0].kind == "n" and not tokens[0].decimals:
        over = slashed(text, found.end, amount, words)
        if over is not None:
            return over
    return finish(text, found, amount, words)


def ruin(text: str, end: int) -> Numeral:
    """A damaged numeral with everything that belongs to it: no part may be read as a number."""
    while True:
        m = CHINESE_RUN.match(text, end) or RUIN.match(text, end)
        if m is None or m.end() == end:
            return damaged(end)
        end = m.end()


def finish(text: str, found: Scan, amount: Amount, words: NumeralWords) -> Numeral:
    """An amount with its %, 分之, 又 or 成."""
    end = found.end
    if text[end : end + 1] in SUFFIXES:
        suffixed = with_suffix(text, end, amount, words)
        if suffixed is not None:
            return suffixed
    return Numeral(end, *amount[:3], kind_of(found), amount.high, amount.high is not None, amount.weak)


def kind_of(found: Scan) -> str:
    """``arabic`` is one run of digits with scale words (8.25万), ``mixed`` has more (3亿5千万)."""
    kinds = "".join(t.kind for t in found.tokens)
    if "n" not in kinds:
        return "chinese"
    return "arabic" if kinds[0] == "n" and not set(kinds[1:]) & set("dtnp") else "mixed"


def with_suffix(text: str, end: int, amount: Amount, words: NumeralWords) -> Numeral | None:
    """An amount with the 分之, 又 or % that stands behind it, ``None`` where none does."""
    over = OVER.match(text, end)
    if over:
        if amount.value.denominator > 1 or amount.value <= 0 or amount.high is not None:
            return ruin(text, over.end())
        return share(text, over.end(), amount.value, -ONE if over.group(1) else ONE, words)
    joined = AND.match(text, end)
    if joined and joined.end() < len(text) and amount.high is None and amount.place >= 1:
        added = bare_fraction(text, joined.end(), words)
        if added is not None:
            return Numeral(added.end, amount.value + added.value, added.place, 1, "fraction")
    percent = PERCENT.match(text, end)
    if percent:
        by = 1000 if percent.group(1) == "‰" else 100
        high = None if amount.high is None else amount.high / by
        kind = "permille" if by == 1000 else "percent"
        return Numeral(percent.end(), amount.value / by, amount.place / by, 1, kind, high, high is not None)
    return None


def bare_fraction(text: str, start: int, words: NumeralWords) -> Numeral | None:
    """The 十四分之一 of 十一又十四分之一, or 1/5."""
    found = blanks(text, scan(text, start, words))
    amount = None if found.damaged or not found.tokens else evaluate(found.tokens)
    if amount is None or amount.high is not None or amount.value <= 0 or amount.value.denominator > 1:
        return None
    over = OVER.match(text, found.end)
    if over:
        read = share(text, over.end(), amount.value, ONE, words)
        return None if read.kind == "damaged" or over.group(1) else read
    return slashed(text, found.end, amount, words)


def share(text: str, start: int, over: Fraction, sign: Fraction, words: NumeralWords) -> Numeral:
    """What stands over ``over``: the numerator begins at ``start``."""
    found = blanks(text, scan(text, start, words)) if start < len(text) else Scan((), start, damaged=True)
    amount = None if found.damaged else evaluate(found.tokens)
    if amount is None and [t.kind for t in found.tokens] == ["u"] and found.tokens[0].value == 100:
        amount = Amount(Fraction(100), ONE, 1)  # 百分之百
    if amount is None:
        return ruin(text, max(found.end, start))
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


def tenths(text: str, found: Scan, words: NumeralWords) -> Numeral | None:
    """八折 0.8, 八五折 and 85折 0.85, 三成五 0.35; ``None`` where no 折 or 成 follows."""
    m = TENTH.match(text, found.end)
    if m is None or text.startswith(words.not_tenths, m.end() - 1):
        return None
    reading = tenfold(found, m.group(1) == "折")
    if reading is None:
        return None
    value, place, end = reading[0] / 10, min(reading[1] / 10, TENTHS), m.end()
    doubtful = text.startswith(words.doubtful_tenths, end - 1) and not text.startswith(words.settled_tenths, end - 1)
    if doubtful or value == 0:
        return damaged(end)
    if m.group(1) == "折":
        return Numeral(end, value, place, 1, "zhe")
    if place == TENTHS:
        further = FURTHER.match(text, end)
        if text[end : end + 1] == "半":
            return Numeral(end + 1, value + Fraction(1, 20), HUNDREDTH, 1, "cheng")
        if further and (CHINESE_RUN.match(text, further.end()) or closers().match(text, further.end())):
            return ruin(text, further.end())  # 三成五百户, 三成五户
        if further:
            more = Fraction(words.signs[further.group(1)][1], 100)
            return Numeral(further.end(), value + more, HUNDREDTH, 1, "cheng")
    return Numeral(end, value, place, 1, "cheng")


def tenfold(found: Scan, discount: bool) -> tuple[Fraction, Fraction] | None:
    """How many tenths are written, and the place; 0 where that is not certain, ``None`` where too many.

    Two digits are tenths and hundredths of a discount (折), not of a share (成).

    七八折 may be 0.78 or between 0.7 and 0.8, 20折 is nothing that a shop would write.
    """
    tokens = found.tokens
    kinds = [t.kind for t in tokens]
    if kinds == ["d", "d"]:
        tens, ones = tokens[0].value, tokens[1].value
        certain = discount and tens and ones and ones != tens + 1
        return Fraction(tens * 10 + ones, 10) if certain else Fraction(0), TENTHS
    if discount and kinds == ["n"] and len(tokens[0].whole) == 2 and not tokens[0].decimals and tokens[0].whole != "10":
        return (Fraction(int(tokens[0].whole), 10) if "0" not in tokens[0].whole else Fraction(0), TENTHS)
    reading = positional(tokens)
    return (reading.value, reading.place) if reading and reading.value <= 10 else None
