"""The numbers of any text, with unit, hedge and sign; for use outside a basis.

A basis has its own lexer; this is the reading for one who wants the figures of a sentence.
What is not certain is left out: a digit of a word, ``5分`` (a score or money), ``40k``.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from calcverify.basis.numerals import read_numeral
from calcverify.basis.numerals_arabic import BLANK
from calcverify.basis.numerals_model import ONE, Numeral
from calcverify.basis.numerals_words import numeral_table, numeral_words
from calcverify.basis.suffix import Suffixes, suffixes
from calcverify.exact.units import show
from calcverify.lexicon.loader import alternation, load
from calcverify.patterns import pattern
from calcverify.source import Span

HALF = Fraction(1, 2)
POINT_FIRST = pattern(r"[.．]([0-9]{1,12})(?![0-9.．万亿%％A-Za-z])")
SLASHED = pattern(r"(?<![/／.．])[0-9０-９]{1,2}\s?[/／]\s?[0-9０-９]{1,2}(?![0-9０-９])|[0-9０-９]+\s?又")
DIGIT_AND_BLANK = pattern(r"[0-9０-９]\s$")
RANGE = pattern(r"\s?(?:[-－–~～至到]|—{1,2})\s?")
LATIN = pattern("[A-Za-z]")
FOREIGN_MONEY = "$＄€£"
SMALL_MONEY = pattern("(?=[0-9０-９零一二三四五六七八九两壹贰貳叁參肆伍陆陸柒捌玖])")
SMALL_UNIT = pattern("([角毛])|分钱?")
SPOKEN_TENTH = pattern("([一二三四五六七八九])(?![十百千万亿零一二三四五六七八九角毛分厘])")
HALF_MORE = pattern("半(?![价径决导自])")


class Number(NamedTuple):
    """A number of a text.

    ``value`` and ``place`` (the value of the last written digit) are in ``unit``, a unit of
    the lexicon by its canonical name (``元``, ``人``, ``元/月``; 6角 is 3/5 元; 美元 is no 元),
    ``""`` where none stands there. ``hedge`` is the word that hedges or bounds the figure
    (约, 左右, 不超过), else ``None``. ``high`` is the upper end of a vague figure (100多人).
    """

    text: str
    span: Span
    value: Fraction
    place: Fraction
    unit: str
    hedge: str | None = None
    high: Fraction | None = None


class Signs(NamedTuple):
    """The patterns of what stands around a number, made once from the lexicon."""

    start: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    minus: re.Pattern[str]
    money_before: re.Pattern[str]
    money_after: re.Pattern[str]
    whole: re.Pattern[str]
    no_figure: re.Pattern[str]
    units: Suffixes


@cache
def signs() -> Signs:
    """The patterns of the shipped lexicon."""
    data = numeral_table()
    hedges, around = data["hedges"], {k: alternation(w.split()) for k, w in data["signs"].items() if isinstance(w, str)}
    digits = "".join(sorted(numeral_words().signs))
    behind = "".join(f"(?<!{word})" for word in hedges["not_before"].split())
    unsigned = "".join(f"(?<!{word})" for word in data["signs"]["not_minus"].split())
    return Signs(
        start=re.compile(f"[0-9０-９]|(?<![0-9０-９.．])[.．](?=[0-9])|[{digits}半几数]|[对對](?=折)"),
        before=re.compile(f"({alternation(hedges['before'].split())}){behind}[为是达到\\s]{{0,2}}$"),
        after=re.compile(f"{BLANK}?({alternation(hedges['after'].split())})"),
        minus=re.compile(f"(?:{around['minus']}){unsigned}{BLANK}?$|[-−－]$"),
        money_before=re.compile(f"(?:{around['money_before']}){BLANK}?$"),
        money_after=re.compile(f"{BLANK}?(?:{around['money_after']})"),
        whole=re.compile(f"(?!{around['not_whole']})(?:{around['whole']})"),
        no_figure=re.compile(
            f"(?!{around['not_figures_unless']})(?:{around['not_figures']})"
            f"|{BLANK}(?:{around['latin_scales']})(?![A-Za-z])|[A-Za-zＡ-Ｚａ-ｚ^]"
        ),
        units=suffixes(load()),
    )


class Piece(NamedTuple):
    """A number on its way: where it stands, what it is worth, its unit.

    ``floor`` is where the number before it ends, read or not.
    """

    start: int
    end: int
    value: Fraction
    place: Fraction
    unit: str
    high: Fraction | None
    numeral: Numeral
    floor: int = 0


def read_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of ``text`` in their order; values are exact.

    >>> [(str(n.value), n.unit, n.hedge) for n in read_numbers("约270名，每人50元6角，共3—5万元")]
    [('270', '人', '约'), ('253/5', '元', None), ('30000', '元', None), ('50000', '元', None)]
    """
    rules = signs()
    pieces: list[Piece] = []
    pos, unread, floor = 0, -1, 0
    while True:
        m = rules.start.search(text, pos)
        if m is None:
            break
        start = m.start()
        numeral = numeral_at(text, start)
        if numeral is None:
            pos = start + 1
            continue
        pos, floor, before = numeral.end, numeral.end, floor
        if numeral.kind == "fraction" and DIGIT_AND_BLANK.search(text, max(0, start - 2), start):
            if pieces and pieces[-1].end == start - 1:  # 1 3/5
                pieces.pop()
            unread = pos
            continue
        if numeral.kind == "damaged" or not figure(text, start, numeral, rules):
            unread = pos
            continue
        piece = measured(text, start, numeral, rules)
        if piece is None:
            continue
        pos = floor = piece.end
        if pieces and unread < pieces[-1].end:
            ranged(text, pieces, piece)
        pieces.append(piece._replace(floor=before))
    return tuple(finished(text, piece, rules) for piece in pieces)


def numeral_at(text: str, start: int) -> Numeral | None:
    """The numeral at ``start``; ``.5`` and ``1/3`` count here."""
    if text[start] in ".．":
        m = POINT_FIRST.match(text, start)
        if m is None:
            return None
        place = Fraction(1, 10 ** len(m.group(1)))
        return Numeral(m.end(), int(m.group(1)) * place, place, 1, "arabic")
    slashed = SLASHED.match(text, start)
    return read_numeral(text, start, slash=slashed is not None)


def figure(text: str, start: int, numeral: Numeral, rules: Signs) -> bool:
    """Whether the numeral is a figure, not part of a label (A4, 40k) or uncertain (5分)."""
    before = text[start - 1 : start] if start else ""
    if before in FOREIGN_MONEY and before:
        return False
    if LATIN.match(before) and not rules.money_before.search(text, max(0, start - 5), start):
        return False
    if rules.no_figure.match(text, numeral.end) and rules.units.read(text, numeral.end) is None:
        return False
    # "- 5" may be a list mark as well as a sign.
    return not re.search(r"(?:^|[\n；;])\s*[-−－]\s$", text[max(0, start - 4) : start])


def measured(text: str, start: int, numeral: Numeral, rules: Signs) -> Piece | None:
    """The numeral with its unit; ``None`` for one digit of a word."""
    end, value, place, unit = numeral.end, numeral.value, numeral.place, ""
    suffix = rules.units.read(text, end)
    if suffix is not None:
        unit, end = show(suffix.unit), suffix.end
        value, place = value * suffix.multiplier, place * suffix.multiplier
    elif rules.money_before.search(text, max(0, start - 4), start):
        unit = "元"
    after = rules.money_after.match(text, end) if unit in ("", "元") else None
    if after:
        unit, end = "元", after.end()
    high = None if numeral.high is None else numeral.high * (suffix.multiplier if suffix else 1)
    piece = Piece(start, end, value, place, unit, high, numeral)
    signed = rules.minus.search(text, max(0, start - 4), start) is not None
    if numeral.weak and not (unit or signed or alone(text, start, end)):
        return None
    if suffix is None or numeral.vague:
        return piece
    if unit in ("元", "块"):
        return with_small_money(text, piece, rules)
    return with_half(text, piece, rules)


def alone(text: str, start: int, end: int) -> bool:
    """Whether no letter or Chinese character touches a numeral: “五”."""
    return not any(c.isalnum() for c in text[max(0, start - 1) : start] + text[end : end + 1])


def with_small_money(text: str, piece: Piece, rules: Signs) -> Piece:
    """50元6角3分, 壹元零贰分, 三块五, 十元整."""
    end, value, place, smallest = piece.end, piece.value, piece.place, ONE
    if piece.unit == "块":  # 块 counts pieces, unless small money goes on with it
        spoken = with_tenth(text, piece, rules)
        if spoken is not None:
            return spoken._replace(unit="元")
    if text[piece.numeral.end] in "角毛":
        smallest = Fraction(1, 10)
    while True:
        digit = read_numeral(text, end) if SMALL_MONEY.match(text, end) else None
        unit = SMALL_UNIT.match(text, digit.end) if digit else None
        if digit is None or unit is None or not digit.value < 10:
            break
        worth = Fraction(1, 10) if unit.group(1) else Fraction(1, 100)
        if worth >= smallest:
            break
        end, value, place, smallest = unit.end(), value + digit.value * worth, digit.place * worth, worth
    if piece.unit == "块" and end == piece.end:
        return with_half(text, piece, rules)
    for behind in (rules.whole, rules.money_after):
        more = behind.match(text, end)
        end = more.end() if more else end
    return piece._replace(end=end, value=value, place=place, unit="元")


def with_tenth(text: str, piece: Piece, rules: Signs) -> Piece | None:
    """三块五, 三米九: a digit without a unit behind the unit is a tenth of it."""
    tenth = read_numeral(text, piece.end) if SPOKEN_TENTH.match(text, piece.end) else None
    if tenth is None or rules.units.read(text, tenth.end) is not None:
        return None
    return piece._replace(end=tenth.end, value=piece.value + tenth.value / 10, place=Fraction(1, 10))


def with_half(text: str, piece: Piece, rules: Signs) -> Piece:
    """三斤半, 两个半月, 三米九."""
    more = HALF_MORE.match(text, piece.end)
    if more:
        behind = rules.units.read(text, more.end())
        halved = piece._replace(end=more.end(), value=piece.value + HALF, place=Fraction(1, 10))
        if behind is None:
            return halved
        if piece.unit == "个":
            return halved._replace(end=behind.end, unit=show(behind.unit))
        return piece  # 三次半小时 are three times half an hour
    return (with_tenth(text, piece, rules) if piece.unit in ("米", "公里", "吨") else None) or piece


def ranged(text: str, pieces: list[Piece], last: Piece) -> None:
    """In 3—5万元 the first figure takes the scale and unit of the second, or is left out."""
    first = pieces[-1]
    between = RANGE.match(text, first.end)
    plain = first.unit == "" and first.numeral.kind in ("arabic", "chinese") and first.numeral.scale == 1
    if between is None or between.end() != last.start or not plain:
        return
    factor = {"percent": Fraction(1, 100), "zhe": None, "cheng": None, "permille": None, "fraction": None}.get(
        last.numeral.kind, Fraction(last.numeral.scale) * (last.value / last.numeral.value if last.value else 1)
    )
    if factor is None or first.value * factor >= last.value:
        if factor != 1:
            pieces.pop()
        return
    pieces[-1] = first._replace(value=first.value * factor, place=first.place * factor, unit=last.unit)


def subtracts(text: str, at: int, floor: int) -> bool:
    """Whether the minus at ``at`` stands behind an operand, or another minus."""
    return at == floor > 0 or (at > 0 and text[at - 1] in "-−－)）]】%％")


def finished(text: str, piece: Piece, rules: Signs) -> Number:
    """The number with its sign and hedge."""
    start, end, floor = piece.start, piece.end, piece.floor
    money = rules.money_before.search(text, max(floor, start - 4), start)
    if money:
        start = money.start()
    minus = rules.minus.search(text, max(floor, start - 2), start)
    sign = 1
    if minus and not (minus.group() in "-−－" and subtracts(text, minus.start(), floor)):
        sign, start = -1, minus.start()
    before = rules.before.search(text, max(floor, start - 6), start)
    after = rules.after.match(text, end)
    hedge = before.group(1) if before else after.group(1) if after else None
    high = piece.high if piece.high is None else sign * piece.high
    return Number(text[start:end], Span(start, end), sign * piece.value, piece.place, piece.unit, hedge, high)
