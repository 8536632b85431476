"""The unit after a number and the rate words before it.

``460元/人·月``, ``85元/人天``, ``300元每户``, ``3.5（万元）``; ``每人每月``, ``人均``, ``月工资``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from calcverify.basis.tokens import Per
from calcverify.basis.unit_words import BLANKS, Known, UnitWords, skip_blanks, unit_words
from calcverify.exact.rational import ONE, integer
from calcverify.exact.units import NONE, YUAN, Unit, times
from calcverify.lexicon.loader import Lexicon
from calcverify.patterns import pattern

SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
SCALES |= {"萬": SCALES["万"], "億": SCALES["亿"]}
FUSED = "个月|学期|小时|人次|人|天|日|月|年|次|期|季|周|户|台|场|课时|学时|班|班次"
OVER_TIME = (
    "工资|租金|租|薪|标准|缴费|人均|均|补贴|补助|补差|津贴|生活费|服务费|管理费|使用费|托管费|保费|养老金|缴存|定额"
    "|报酬|待遇|救助|供养|绩效|话费|电费|水费|支出|支付"
)
# 元/人、月: a denominator behind a 、 is one of time or persons.
AFTER_PAUSE = frozenset({"年", "月", "天", "周", "季", "次", "人", "小时", "学期"})
BLANK = r"[ \t\u3000\xa0]*"

BRACKETED_YUAN = pattern(rf"[（(]{BLANK}(百万|千万|[百千万亿萬億])?元{BLANK}[)）]")
COLUMN = pattern(r"[（(]\s*([^()（）]*?)\s*[)）]$")
COLUMN_YUAN = pattern("(百万|千万|[百千万亿])?元")
GROUPED = re.compile(rf"{BLANK}[/／]{BLANK}[（(]{BLANK}([^()（）]*?){BLANK}[)）]")
BETWEEN_GROUPED = pattern(rf"{BLANK}[·•.．、/／*×]{BLANK}")
FUSED_UNIT = re.compile(f"({FUSED})(?![才工员均次数])")
NOUN = pattern(r"(?:[一-鿿]{1,4}?|[A-Za-z]{1,4})(?=[×*＊xX+＋=＝，,。；;、)）\s\d/／·的计共约]|$)")
# 每月租金, 每年计: what is a word of its own elsewhere (月租, 年计划) is a time behind 每.
EVERY_TIME = pattern("月(?=[租薪])|年(?=[薪计](?!划))")
EVERY_NOUN = pattern(r"[一-鿿]{1,5}?(?=[每\d补约为安给需共，（(]|$)|[一-鿿]{1,2}")

# What may begin the denominators of money, and of anything else.
RATE_BEGINS = frozenset("/／每 （(一\u3000")
SLASH = frozenset("/／")
OPENS = frozenset("（(")
new = tuple.__new__  # a NamedTuple's own constructor takes as long as finding the unit


class Suffix(NamedTuple):
    """What stood after a number: where it ends, its unit, a multiplier in it."""

    end: int
    unit: Unit
    multiplier: Fraction = ONE
    factor: bool = False


class Rate(NamedTuple):
    """A denominator: ``/千人`` is a scale of 千 and 人; without a unit word ``known`` is ``None``
    and a noun may begin at ``end``."""

    end: int
    scale: str
    known: Known | None


class Suffixes(NamedTuple):
    """The units of a lexicon where they stand: after a number, before it, in rates.

    ``averages`` is the pattern of the rate words that do not begin with 每 (人均, 月工资).
    """

    lexicon: Lexicon
    words: UnitWords
    averages: str
    average_begins: str

    def read(self, text: str, start: int) -> Suffix | None:
        """The unit that begins at ``start`` (blanks allowed), or ``None``."""
        at = start
        first = text[at : at + 1]
        spaced = first in BLANKS
        if spaced:
            at = skip_blanks(text, at)
            first = text[at : at + 1]
        if first == "个":
            found = self.words.after_ge(text, at)
            if found is None:
                return None
            known, end = found
        else:
            unit_word = self.words.at(text, at) if first in self.words.sizes else None
            if unit_word is None:
                m = BRACKETED_YUAN.match(text, at) if first in OPENS else None
                return None if m is None else Suffix(m.end(), YUAN, integer(SCALES[m.group(1) or ""]))  # （万元）
            known, end = unit_word, at + unit_word.size
        if known.factor:
            return Suffix(end, NONE, known.multiplier, True)
        # 5 名教师, but not 2855.00 轮渡: behind a blank only the commonest counters count things.
        if spaced and not known.common and chinese(text, end):
            return None
        following = text[end : end + 1]
        if following in RATE_BEGINS and (known.money or slashed(text, end)):
            return self.rates(text, end, known.over, known.multiplier)
        return new(Suffix, (end, known.over, known.multiplier, False))

    def before(self, text: str, start: int) -> Suffix | None:
        """用水量（吨）3.6万, 金额（万元）12.5: the unit in the bracket before a number."""
        m = COLUMN.search(text, max(0, start - 8), start)
        if m is None:
            return None
        money = COLUMN_YUAN.fullmatch(m.group(1))
        if money is not None:
            return Suffix(start, YUAN, integer(SCALES[money.group(1) or ""]))
        known = self.words.known.get(m.group(1))
        return Suffix(start, known.over, known.multiplier) if known is not None and not known.factor else None

    def rates(self, text: str, end: int, unit: Unit, multiplier: Fraction) -> Suffix:
        """The denominators after a unit: /人/月, /人·月, 每户."""
        grouped = self.grouped(text, end)
        if grouped is not None:
            for known in grouped[1]:
                unit = times(unit, known.under)
            return Suffix(grouped[0], unit, multiplier)
        while True:
            rate = self.rate(text, end)
            if rate is None:
                return Suffix(end, unit, multiplier)
            if rate.scale:  # 4.2批次/千人
                multiplier = multiplier / SCALES.get(rate.scale, 10)
            if rate.known is not None:
                unit, end = times(unit, rate.known.under), rate.end
            else:
                noun = NOUN.match(text, rate.end)
                money = any(n in ("元", "美元") for n, _ in unit)
                if noun is None or not text[end : rate.end].strip() or not (money or not unit):
                    return Suffix(end, unit, multiplier)
                unit, end = times(unit, ((noun.group(), -1),)), noun.end()
            while True:
                joined = self.joined(text, end)
                if joined is None:
                    break
                unit, end = times(unit, joined[0].under), joined[1]

    def rate(self, text: str, start: int) -> Rate | None:
        """One denominator at ``start``: ``/人``, ``／每户``, ``（/人``, ``每一户``; a noun may follow it.

        rate = ("/" ["每" | "一"] | "(/" | "每" ["一"]) [scale] (["个"] unit | letter)
        """
        at = skip_blanks(text, start)
        first = text[at : at + 1]
        ways: Sequence[int]
        if first in SLASH:
            at = skip_blanks(text, at + 1)
            ways = (at + 1, at) if text[at : at + 1] in ("每", "一") else (at,)
        elif first in ("（", "(") and text[at + 1 : at + 2] in SLASH:
            ways = (at + 2,)
        elif first == "每":
            at += 1
            ways = (at + 1, at) if text[at : at + 1] == "一" else (at,)
            ways = [w for w in ways if any(not counts(text, w + k.size) for k in self.words.all_at(text, w))]
        else:
            return None
        for way in ways:
            at = skip_blanks(text, way)
            scale = text[at : at + 1]
            if scale in ("十", "百", "千", "万") and self.words.at(text, at + 1) is not None:
                at += 1
            else:
                scale = ""
            found = self.words.after_ge(text, at)
            if found is not None:
                return Rate(found[1], scale, found[0])
            if lettered(text, at):
                return Rate(at, scale, None)
        return None

    def grouped(self, text: str, start: int) -> tuple[int, list[Known]] | None:
        """元/(人·月): the units in a bracket under the line, and where it ends."""
        m = GROUPED.match(text, start)
        if m is None:
            return None
        found = [self.words.known.get(word) for word in BETWEEN_GROUPED.split(m.group(1))]
        under = [known for known in found if known is not None]
        return (m.end(), under) if len(under) == len(found) else None

    def joined(self, text: str, start: int) -> tuple[Known, int] | None:
        """A further denominator, ``·月``, ``/天``, ``每次``, or a unit right behind: 元/人天."""
        at = skip_blanks(text, start)
        first = text[at : at + 1]
        if first in ("·", "•", ".", "．", "、", "/", "／", "每"):
            at += 1
            while first != "每" and text[at : at + 1].isspace():
                at += 1
            at = skip_blanks(text, at)
            for way in (at + 1, at) if text[at : at + 1] in ("每", "一") else (at,):
                for place in (way + 1, way) if text[way : way + 1] == "个" else (way,):
                    for known in self.words.all_at(text, place):
                        if first == "、" and known.name not in AFTER_PAUSE:
                            continue  # 县道60万元/公里、乡道40万元/公里 lists two rates
                        if not text[place + known.size : place + known.size + 1].isdecimal():
                            return known, place + known.size
        m = FUSED_UNIT.match(text, start)
        return None if m is None else (self.words.known[m.group(1)], m.end())

    def every(self, text: str, start: int) -> int | None:
        """Where a rate word that begins with 每 ends: 每人, 每 一户, 每课题."""
        at = past_break(text, start + 1)
        for way in (at + 1, at) if text[at : at + 1] == "一" else (at,):
            if text[way : way + 1].isdecimal():
                continue
            if text.startswith(("个年", "个站年"), way):
                return way + 1
            found = self.words.after_ge(text, way)
            if found is not None:
                return found[1]
            time = EVERY_TIME.match(text, way)
            if time is not None:
                return time.end()
            noun = EVERY_NOUN.match(text, way)
            if noun is not None:
                return noun.end()
        return None

    def per(self, word: str) -> Per:
        """The unit of a rate word: 每人 → 人, 户均 → 户, 每课题 → an open word."""
        if word[0] != "每":
            stem = word.rstrip("均").strip() if len(word) > 1 else word
            known = self.words.known.get(stem)
            return Per(known.name if known is not None else stem, "")
        at = past_break(word, 1)
        for way in (at + 1, at) if word[at : at + 1] == "一" else (at,):
            found = self.words.after_ge(word, way)
            if found is not None:
                return Per(found[0].name, word[1:])
        return Per("", word[1:].lstrip("一"))


def chinese(text: str, at: int) -> bool:
    """Whether a Chinese character stands there."""
    return "一" <= text[at : at + 1] <= "鿿"


def lettered(text: str, at: int) -> bool:
    """Whether a Chinese character or a Latin letter stands there."""
    letter = text[at : at + 1]
    return "一" <= letter <= "鿿" or "a" <= letter <= "z" or "A" <= letter <= "Z"


def slashed(text: str, at: int) -> bool:
    """Whether a slash follows, blanks apart."""
    while text[at : at + 1] in (" ", "\u3000"):
        at += 1
    return text[at : at + 1] in SLASH


def counts(text: str, at: int) -> bool:
    """Whether digits follow, blanks apart: 每户 3 is no denominator."""
    at = skip_blanks(text, at)
    return text[at : at + 1].isdecimal()


@cache
def suffixes(lexicon: Lexicon) -> Suffixes:
    """The units of a lexicon."""
    return Suffixes(
        lexicon=lexicon,
        words=unit_words(lexicon),
        averages=rf"(?:{'|'.join(lexicon.averages)})均|[月日](?=(?:{OVER_TIME}))|年(?=人均|工资|薪|租金|缴费)",
        average_begins="".join({word[0] for word in lexicon.averages} | set("月日年")),
    )


def past_break(text: str, at: int) -> int:
    """Past the blanks and the line break behind a 每, with which no line ends: 每座每⏎月."""
    at = skip_blanks(text, at)
    if text[at : at + 1] in ("\r", "\n"):
        at = skip_blanks(text, at + 1 + text.startswith("\r\n", at))
    return at
