"""The signs of a numeral, one token a sign or a run of Arabic digits.

The scan takes every sign that can continue the numeral and stops before a word that begins
with one (5 | 千克, 七十 | 百分位). Whether the signs make a number is decided by
:mod:`calcverify.basis.numerals_positional`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from calcverify.basis.numerals_arabic import BLANK, closers, money, read_run
from calcverify.basis.numerals_words import NumeralWords
from calcverify.patterns import pattern

MOST_TOKENS = 64
MOST_GAPS = 16
GAP = pattern(f"{BLANK}{{1,3}}")
DIGIT = pattern("[0-9０-９]")
CHINESE_RUN = re.compile("[零〇○一壹二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億廿卅点點0-9０-９.]+")
SPACED_RUN = pattern(f"(?:{BLANK}{{0,3}}{CHINESE_RUN.pattern})+")
LOOSE_POINT = pattern(f"(?:{BLANK}+[点點]{BLANK}*|[点點]{BLANK}+){CHINESE_RUN.pattern}")
CALENDAR = pattern(f"{BLANK}?[月日号]")
YEAR = pattern(f"{BLANK}?年")
DATED = pattern(rf"{BLANK}?(?:个?月|年|[日号时天])")


class Token(NamedTuple):
    """A sign of a numeral.

    ``kind``: ``d`` a Chinese digit, ``n`` Arabic digits (``whole`` and ``decimals``), ``t``
    廿, ``u`` 十 百 千, ``b`` 万 亿, ``p`` 点, ``j`` 几 or 数, ``m`` 余 or 多. ``gap`` is true
    behind a blank.
    """

    kind: str
    value: int
    end: int
    gap: bool = False
    whole: str = ""
    decimals: str = ""


class Scan(NamedTuple):
    """The tokens of a numeral, where they end, and whether damage stands among them."""

    tokens: tuple[Token, ...]
    end: int
    damaged: bool = False


def scan(text: str, start: int, words: NumeralWords) -> Scan:
    """The tokens from ``start`` on."""
    tokens: list[Token] = []
    pos, gaps = start, 0
    while True:
        at, gap = pos, False
        if tokens and text[pos : pos + 1] not in words.signs:
            blank = GAP.match(text, pos)
            if blank:
                at, gap = blank.end(), True
        if at >= len(text):
            break
        gaps += gap
        if len(tokens) >= MOST_TOKENS or gaps > MOST_GAPS:
            run = SPACED_RUN.match(text, pos)
            return Scan(tuple(tokens), run.end() if run else pos, damaged=True)
        if gaps > 1 and tokens[-1].gap and tokens[-1].kind == tokens[-2].kind == "d":
            break  # 一 二 三 is a row
        if DIGIT.match(text, at):
            if tokens and (tokens[-1].kind in "nmjt" or (gap and tokens[-1].kind not in "ub")):
                break
            run_read = read_run(text, at)
            if run_read.damaged:
                return Scan(tuple(tokens), run_read.end, damaged=True)
            if tokens and tokens[-1].kind == "d" and tokens[-1].value and set(run_read.whole) != {"0"}:
                break  # 表二20人
            token = Token("n", 0, run_read.end, gap, run_read.whole, run_read.decimals)
        else:
            found = sign(text, at, tokens, gap, words)
            if found is None:
                break
            token = found
        if token.kind in "ub" and len(tokens) > 1 and tokens[-1].gap and tokens[-1].kind in "dn":
            before = tokens[-2]
            if before.kind in "ub" and before.value <= token.value:  # 5万 6万 is a row
                tokens.pop()
                return settle(text, tokens, before.end, words)
        tokens.append(token)
        pos = token.end
    return settle(text, tokens, pos, words)


def sign(text: str, at: int, tokens: list[Token], gap: bool, words: NumeralWords) -> Token | None:
    """The sign at ``at`` that continues ``tokens``, or ``None``."""
    character = text[at]
    last = tokens[-1].kind if tokens else ""
    entry = words.signs.get(character)
    if entry is not None:
        kind, value = entry
        if kind in "ub":
            if tokens and text.startswith(words.not_scale, at):
                return None
            if last == "n" and text.startswith(words.not_scale_after_digits, at):
                return None
        # 十两 is a weight: 两 stands for two only before 百, 千, 万, 亿 or as the whole figure.
        following = words.signs.get(text[at + 1 : at + 2], "d")[0]
        if character in "两兩倆" and last in ("u", "b", "n") and following not in "ub":
            return None
        return Token(kind, value, at + 1, gap)
    if character in "○ＯOo" and last == "d" and not gap and words.signs.get(text[at + 1 : at + 2], "x")[0] == "d":
        return Token("d", 0, at + 1)  # 二O二四年
    if character in "点點" and last in ("d", "u", "b", "n", "t"):
        following = text[at + 1 : at + 2]
        decimal = bool(DIGIT.match(following)) or words.signs.get(following, "x")[0] == "d"
        return Token("p", 0, at + 1, gap) if decimal and following not in "两兩" else None
    if character == "几" and last in ("", "u", "b", "n") and not gap:
        return Token("j", 0, at + 1)
    if character in "余餘多来來" and opens(text, at, tokens, words):
        return Token("m", 0, at + 1, gap)
    return None


def opens(text: str, at: int, tokens: list[Token], words: NumeralWords) -> bool:
    """Whether 余, 多 or 来 at ``at`` opens the figure before it upward (100多, not 5多)."""
    if not tokens or text.startswith(words.not_vague, at) or any(t.kind in "mj" for t in tokens):
        return False
    last = tokens[-1]
    if text[at] in "来來":
        return last.kind == "u" or last.whole.endswith("0")
    return last.kind in "ubt" or (last.kind == "n" and (len(last.whole) > 1 or last.decimals != ""))


def settle(text: str, tokens: list[Token], end: int, words: NumeralWords) -> Scan:
    """Drop a last token that belongs to what follows; see what makes the rest uncertain."""
    point = LOOSE_POINT.match(text, end) if tokens else None
    if point:  # 四点 五个: 4.5, or five at four o'clock
        return Scan(tuple(tokens), point.end(), damaged=True)
    if len(tokens) > 1:
        last, before = tokens[-1], tokens[-2]
        bare = last.kind == "n" and before.kind in "ub"
        date = CALENDAR.match(text, end) or (len(last.whole) == 4 and YEAR.match(text, end))
        if bare and (last.gap or date):  # 5万 3人, 投入2万2024年完成, 3万5月支付
            tokens, end = tokens[:-1], before.end
        elif bare and len(last.whole) == 1 and closers().match(text, end) and not money().match(text, end):
            return Scan(tuple(tokens), end, damaged=True)  # 补助2万3人
        elif last.kind == "d" and before.kind in "ub" and before.value > 10 and DATED.match(text, end):
            return Scan(tuple(tokens), end, damaged=True)  # 两万三月
        elif last.kind == "d" and text.startswith(words.glued, end - 1):
            return Scan(tuple(tokens), end, damaged=True)  # 补助五十一次性发放
    return Scan(tuple(tokens), end)
