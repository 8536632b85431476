"""A number with what stands around it: its unit, the rate words before it, hedges and bounds."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TypeAlias

from calcverify.basis.grammar import Grammar
from calcverify.basis.numerals import Numeral
from calcverify.basis.suffix import Suffix
from calcverify.basis.tokens import NO_ROLES, Figure, Kind, Token, kinds_of
from calcverify.exact.rational import ONE, integer, product
from calcverify.exact.units import NONE, YUAN, Unit, times
from calcverify.patterns import pattern

TEXT, FIGURE = Kind.TEXT, Kind.FIGURE
TRAILING = pattern(r"\s*(左右|上下|以上|以下|以内|不等)")
TRAILING_BEGINS = frozenset("左上以不 ")
BOUNDS = {"以上": "floor", "以下": "ceiling", "以内": "ceiling"}
SPLIT_YUAN = pattern(r"[ \t]*\r?\n\s*([万亿]?)元")
SPLIT_UNIT = pattern(r"[ \t]*\r?\n[ \t]*")
SPLIT_BEGINS = frozenset(" \t\r\n")
AFTER_NUMBER = re.compile(r"\s*[×*＊xX+＋\-－=＝÷%％‰]")
ALONE = re.compile(r"\s*(?:$|[，,。；;、)）\n]|左右|以内)")
RATIOS = frozenset({"percent", "permille", "fraction", "zhe", "cheng", "half"})
EXACT_KINDS = frozenset({"chinese", "arabic", "mixed"})
Size: TypeAlias = tuple[Fraction, Fraction, Unit, int, str]  # value, place, unit, scale, kind
SPLIT_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
new = tuple.__new__  # a NamedTuple's own constructor takes twice as long


class Figures:
    """The part of the lexer that makes figures, and the words since the last separator that
    say something of the next one."""

    def __init__(self, text: str, rules: Grammar) -> None:
        self.text = text
        self.rules = rules
        self.units = rules.suffixes
        self.tokens: list[Token] = []
        self.yuan = -1
        self.reset(0)

    def reset(self, at: int) -> None:
        """A separator: the words before it say nothing of what follows."""
        self.roles: frozenset[str] = NO_ROLES
        self.per: Unit = NONE
        self.label = at
        self.in_label = False

    def plain(self, start: int, end: int) -> int:
        """Take a stretch as ordinary text."""
        tokens = self.tokens
        if tokens and tokens[-1].kind is TEXT:
            start = tokens.pop().start
        tokens.append(new(Token, (TEXT, start, end, None)))
        return end

    def mark(self, kind: Kind, start: int, end: int, data: object = None) -> int:
        """Add a token."""
        self.tokens.append(new(Token, (kind, start, end, data)))
        return end

    def figure(self, start: int, numeral: Numeral) -> int:
        """Add the figure that a numeral and what follows it make."""
        text = self.text
        end, value, place, scale, kind, high, _, weak = numeral
        unit, bare = NONE, True
        suffix = self.units.read(text, end)
        if suffix is None and text[end : end + 1] in SPLIT_BEGINS and (scale >= 10000 or kind == "arabic"):
            suffix, factor = self.split(end, scale)
            if factor != 1:
                value, place, scale = value * factor, place * factor, scale * factor
        if suffix is not None:
            after, unit, multiplier, is_factor = suffix
            bare = not unit
            if is_factor:
                kind = "times"
            if text[end : end + 1] in ("整", "正") and kind in EXACT_KINDS and unit == YUAN:
                place = ONE  # 元整 is exact
            end = after
            if multiplier is not ONE and multiplier != 1:
                value, place = product(value, multiplier), product(place, multiplier)
                if multiplier > 1:
                    scale *= int(multiplier)
        elif scale >= 10000 and text[end : end + 1] in ("/", "／"):
            tail = self.units.rates(text, end, NONE, ONE)
            if tail.end > end:  # 6辆*18万/辆
                unit, end, bare = times(tail.unit, YUAN), tail.end, False
        elif weak or (kind == "chinese" and end - start < 3 and not AFTER_NUMBER.match(text, end)):
            return self.plain(start, end)
        assumed = False
        if bare:
            if self.yuan == start:
                unit, bare = YUAN, False
            elif start and text[start - 1] in ")）":
                before = self.units.before(text, start)
                if before is not None:
                    unit, bare = before.unit, False
                    value, place = product(value, before.multiplier), product(place, before.multiplier)
                    scale *= int(before.multiplier)
            assumed = bare and scale >= 10000 and kind not in RATIOS and self.alone(end)
            if assumed:
                unit, bare = YUAN, False
        return self.add(start, end, (value, place, unit, scale, kind), high, bare, assumed)

    def split(self, end: int, scale: int) -> tuple[Suffix | None, int]:
        """The unit on the next line, and what a scale word before it is worth."""
        text = self.text
        yuan = SPLIT_YUAN.match(text, end)
        if yuan is None:
            broken = SPLIT_UNIT.match(text, end)
            behind = self.units.read(text, broken.end()) if broken else None
            # 4128⏎份×7元
            return (behind if behind is not None and AFTER_NUMBER.match(text, behind.end) else None), 1
        result = bool(self.tokens) and self.tokens[-1].kind is Kind.EQUALS
        # 450⏎元，: a line does not begin with 元 and a comma.
        if not (yuan.group(1) or scale >= 10000 or result or ALONE.match(text, yuan.end())):
            return None, 1
        # 42.2 万⏎元, 128.6⏎万元
        return self.units.read(text, yuan.end() - 1), SPLIT_SCALES[yuan.group(1)]

    def add(self, start: int, end: int, size: Size, high: Fraction | None, bare: bool, assumed: bool) -> int:
        """Add a figure with the hedges and rate words around it."""
        text, roles, per = self.text, self.roles, self.per
        value, place, unit, scale, kind = size
        hedged, bound = False, ""
        if roles:
            hedged = "hedge" in roles
            bound = "ceiling" if "ceiling" in roles else "floor" if "floor" in roles else ""
        if text[end : end + 1] in TRAILING_BEGINS:
            trailing = TRAILING.match(text, end)
            if trailing:
                word = trailing.group(1)
                hedged = hedged or word in "左右上下"
                bound = BOUNDS.get(word, bound)
                end = trailing.end()
        if per and kind != "percent" and not (self.in_label and not any(n == "元" for n, _ in unit)):
            for name, power in per:
                if (name, -power) not in unit and all(name != n or p > 0 for n, p in unit):
                    unit = times(unit, ((name, -power),))
        tokens = self.tokens
        if len(unit) == 1:
            ((name, power),) = unit
            money, is_rate = power if name == "元" else 0, False
        else:
            money, is_rate = kinds_of(unit)
        figure = new(
            Figure,
            (
                start, end, value, place, unit, scale, kind, self.label, roles, high,
                hedged, bare, per, bound, len(tokens), assumed, money, is_rate,
            ),
        )
        tokens.append(new(Token, (FIGURE, start, end, figure)))
        self.reset(end)
        return end

    def alone(self, end: int) -> bool:
        """Whether 万 or 亿 without a unit is money: 共计约20万。, 人均10万，; not 24万×… or 24万老人."""
        before = self.tokens[-2:]
        if before and before[-1].kind is Kind.TEXT and not self.text[before[-1].start : before[-1].end].strip():
            before = before[:-1]
        if before and before[-1].kind in (Kind.OPERATOR, Kind.EQUALS):
            return False
        return (bool(self.per) and not AFTER_NUMBER.match(self.text, end)) or ALONE.match(self.text, end) is not None

    def months(self, start: int, end: int, count: int) -> int:
        """Add ``1至12月`` as so many months."""
        figure = Figure(
            start, end, integer(count), ONE, (("月", 1),), 1, "months", self.label, self.roles, index=len(self.tokens)
        )
        self.tokens.append(Token(FIGURE, start, end, figure))
        self.reset(end)
        return end
