"""The unit after a number and the rate words before it.

``460元/人·月``, ``85元/人天``, ``300元每户``, ``3.5（万元）``; ``每人每月``, ``人均``, ``月工资``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from calcverify.basis.tokens import Per
from calcverify.exact.units import NONE, Unit, inverse, times
from calcverify.lexicon.loader import Lexicon

SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "萬": 10**4, "億": 10**8}
FUSED = ("个月", "学期", "小时", "人次", "人", "天", "日", "月", "年", "次", "期", "季", "周", "户", "台", "场", "课时", "学时", "班", "班次")
COMMON = "元人名户个台套亩辆次天月年场份位所村"
LETTER = re.compile("[一-鿿]")
OVER_TIME = "工资|租金|租|薪|标准|缴费|人均|均|补贴|补助|津贴|生活费|服务费|保费|养老金|缴存|定额"


class Suffix(NamedTuple):
    """What stood after a number: where it ends, its unit, a multiplier in it."""

    end: int
    unit: Unit
    multiplier: Fraction = Fraction(1)
    factor: bool = False


@dataclass(frozen=True, slots=True)
class Suffixes:
    """The compiled patterns for units, made once from a lexicon."""

    lexicon: Lexicon
    unit: re.Pattern[str]
    rate: re.Pattern[str]
    grouped: re.Pattern[str]
    fused: re.Pattern[str]
    joined: re.Pattern[str]
    noun: re.Pattern[str]
    bracketed: re.Pattern[str]
    per_pattern: str
    per_word: re.Pattern[str]

    def read(self, text: str, start: int) -> Suffix | None:
        """The unit that begins at ``start`` (blanks allowed), or ``None``."""
        m = self.unit.match(text, start)
        if m is None:
            return None
        word = m.group(2)
        if word is None:  # （万元）
            return Suffix(m.end(), (("元", 1),), Fraction(SCALES[m.group(1) or ""]))
        entry = self.lexicon.units[word]
        end = m.end()
        if entry.kind == "factor":
            return Suffix(end, NONE, entry.factor, True)
        unit: Unit = ((entry.name, 1),)
        multiplier = entry.factor
        # 5 名教师, but not 2855.00 轮渡: behind a blank only the commonest counters count things.
        if text[start] in " \t\u3000\xa0" and len(word) == 1 and word not in COMMON and LETTER.match(text, end):
            return None
        if end < len(text) and text[end] in "/／每 （(一\u3000" and (
            entry.kind in ("money", "currency") or text[end:].lstrip(" \u3000")[:1] in ("/", "／")
        ):
            return self.rates(text, end, unit, multiplier)
        return Suffix(end, unit, multiplier)

    def before(self, text: str, start: int) -> Suffix | None:
        """用水量（吨）3.6万, 金额（万元）12.5: the unit in the bracket before a number."""
        m = self.bracketed.search(text, max(0, start - 8), start)
        if m is None:
            return None
        if m.group(2) is None:
            return Suffix(start, (("元", 1),), Fraction(SCALES[m.group(1) or ""]))
        entry = self.lexicon.units[m.group(2)]
        return Suffix(start, ((entry.name, 1),), entry.factor) if entry.kind != "factor" else None

    def rates(self, text: str, end: int, unit: Unit, multiplier: Fraction) -> Suffix:
        """The denominators after a unit: /人/月, /人·月, 每户."""
        m = self.grouped.match(text, end)
        if m is not None:  # 元/(人·月)
            for word in re.split(r"[·•.．、/／*×\s]+", m.group(1).strip()):
                unit = times(unit, ((self.lexicon.units[word].name, -1),))
            return Suffix(m.end(), unit, multiplier)
        while True:
            m = self.rate.match(text, end)
            if m is None:
                return Suffix(end, unit, multiplier)
            word = m.group(2)
            if m.group(1):  # 4.2批次/千人
                multiplier = multiplier / SCALES.get(m.group(1), 10)
            if word is not None:
                entry = self.lexicon.units[word]
                unit, end = times(unit, ((entry.name, -1),)), m.end()
            else:
                noun = self.noun.match(text, m.end())
                money = any(n in ("元", "美元") for n, _ in unit)
                if noun is None or not m.group(0).strip() or not (money or not unit):
                    return Suffix(end, unit, multiplier)
                unit, end = times(unit, ((noun.group(), -1),)), noun.end()
            while True:
                m = self.joined.match(text, end) or self.fused.match(text, end)
                if m is None:
                    break
                unit, end = times(unit, ((self.lexicon.units[m.group(1)].name, -1),)), m.end()

    def per(self, word: str) -> Per:
        """The unit of a rate word: 每人 → 人, 户均 → 户, 每课题 → an open word."""
        if word[0] != "每":
            stem = word.rstrip("均").strip() if len(word) > 1 else word
            return Per(self.lexicon.units[stem].name if stem in self.lexicon.units else stem, "")
        m = self.per_word.match(word, 1)
        if m is None:
            return Per("", word[1:].lstrip("一"))
        return Per(self.lexicon.units[m.group(1)].name, word[1:])


@cache
def suffixes(lexicon: Lexicon) -> Suffixes:
    """The unit patterns of a lexicon."""
    units = lexicon.unit_pattern
    blank = r"[ \t\u3000\xa0]*"
    average = "|".join(lexicon.averages)
    return Suffixes(
        lexicon=lexicon,
        unit=re.compile(rf"{blank}(?:[（(]{blank}(百万|千万|[百千万亿萬億])?元{blank}[)）]|个?({units}))"),
        rate=re.compile(rf"{blank}(?:[/／]{blank}(?:每|一)?|[（(][/／]|每一?(?=(?:{units})(?!{blank}\d)))(?!\d){blank}(?:([十百千万])(?=(?:{units})))?(?:个?({units})|(?=[一-鿿A-Za-z]))"),
        grouped=re.compile(rf"{blank}[/／]{blank}[（(]{blank}((?:{units})(?:{blank}[·•.．、/／*×]{blank}(?:{units}))*){blank}[)）]"),
        fused=re.compile(rf"({'|'.join(FUSED)})(?![才工员均次数])"),
        joined=re.compile(rf"{blank}(?:[·•.．、/／]\s*|每){blank}(?:每|一)?个?({units})(?!\d)"),
        noun=re.compile(r"(?:[一-鿿]{1,4}?|[A-Za-z]{1,4})(?=[×*＊xX+＋=＝，,。；;、)）\s\d/／·的计共约]|$)"),
        bracketed=re.compile(rf"[（(]\s*(?:(百万|千万|[百千万亿])?元|({units}))\s*[)）]$"),
        per_pattern=(
            rf"每{blank}一?(?!\d)(?:个(?=年|站年)|个?(?:{units})|[一-鿿]{{1,5}}?(?=[每\d补约为安给需共，（(]|$)|[一-鿿]{{1,2}})"
            rf"|(?:{average})均|[月日](?=(?:{OVER_TIME}))|年(?=人均|工资|薪|租金|缴费)"
        ),
        per_word=re.compile(rf"{blank}一?个?({units})"),
    )
