"""From a basis text to tokens that tile it.

The lexer knows words and numbers and nothing of arithmetic. Its one pattern is made
from the lexicon; a number is read by :mod:`calcverify.basis.numerals`, its unit by
:mod:`calcverify.basis.suffix`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from calcverify.basis.numerals import Numeral, read_numeral
from calcverify.basis.suffix import Suffixes, suffixes
from calcverify.basis.tokens import NO_ROLES, Figure, Item, Kind, Per, Token
from calcverify.exact.units import NONE, Unit, times
from calcverify.lexicon.loader import Lexicon, alternation, load

CN_DIGITS = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億半几数廿卅貳參陸兩"
Part: TypeAlias = tuple[str, str, str]  # action, detail, pattern
YUAN: Part = ("yuan", "", r"[￥¥](?=\s*[\d０-９])|(?:人民币|CNY|RMB)(?=\s*[\d０-９])")
DIGITS: tuple[Part, ...] = (
    ("months", "", r"(?<![\d.])(\d{1,2})\s*月?\s*(?:-|－|—+|–|~|～|至|到)\s*(\d{1,2})\s*月份?"),
    ("ratio", "", r"(?<![\d.:：])\d{1,3}(?:\.\d+)?(?:[:：]\d{1,3}(?:\.\d+)?)+(?![\d.])"),
    ("number", "a", "(?=.)"),
)
MARK_CHARACTERS = "<&（(\\[【{〔［｛)）\\]】}〕］｝，,\\t|｜、﹑。；;！？!?\\r\\n:：￥¥■□▇█\ufffd*＊○●→⇒=＝≈≒﹦\\-－−–—﹣+＋﹢×✕✖╳∗⨯·÷/／∕≤≥《“\"「『①-⑳⑴-⒇㈠-㈩❶-❿"
MARKS: tuple[Part, ...] = (
    ("tag", "", r"<[^<>\n]{1,120}>|&(?:nbsp|emsp|ensp|amp|lt|gt);"),
    ("damaged", "", "[■□▇█\ufffd]+|\\*{2,}|[○●]{2,}"),
    ("equals", "", "→|⇒|=>|->"),
    ("open", "", r"[（(\[【{〔［｛]"),
    ("close", "", r"[)）\]】}〕］｝]"),
    ("comma", "", r"[，,\t|｜]"),
    ("pause", "", "[、﹑]"),
    ("stop", "", "[。；;！？!?]"),
    ("line", "", r"[\r\n]+"),
    ("colon", "", "[:：]"),
    YUAN,
)
ITEM_PATTERNS = (
    ("pa", r"[（(]\s*(\d{1,2})\s*[)）]"),
    ("pc", r"[（(]\s*([一二三四五六七八九十]{1,3})\s*[)）]"),
    ("o", r"[①-⑳⑴-⒇㈠-㈩❶-❿]"),
    ("c", r"([一二三四五六七八九十]{1,3})\s*、"),
    ("s", r"([一二三四五六七八九])是(?!否)"),
    ("f", r"(\d)\.(?=[1-9]\d*(?:名|人(?!次)|个(?!月)|台|套|户|辆|件|场|位|家|所|期|盏|把|张))"),
    ("d", r"([\d０-９]{1,2})\s*(?:、|[．.](?!\s?[\d０-９])|[)）])"),
)
ITEMS: tuple[Part, ...] = tuple(("item", style, pattern) for style, pattern in ITEM_PATTERNS)
ITEMS_DIGIT = tuple(i for i in ITEMS if i[1] in ("f", "d"))
ITEMS_NUMERAL = tuple(i for i in ITEMS if i[1] in ("c", "s"))
ITEMS_MARK = tuple(i for i in ITEMS if i[1] in ("pa", "pc", "o"))



Action: TypeAlias = "Callable[[Lexer, int, int, str, re.Match[str]], int]"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled patterns of the lexer, made once from a lexicon."""

    master: re.Pattern[str]
    actions: tuple[tuple[Action, str], ...]
    lexicon: Lexicon
    suffixes: Suffixes


def build(lexicon: Lexicon) -> Grammar:
    """The lexer's patterns for one lexicon."""
    words = {*lexicon.cues, *(w for w in lexicon.operators if not w.isalpha() or len(w) > 1 or w in "加减乘")}
    word = ("word", "", alternation(words))
    per = ("per", "", suffixes(lexicon).per_pattern)

    def asides(kind: str) -> list[Part]:
        return [("aside", reason, pattern) for reason, pattern, begins in lexicon.asides if kind in begins]

    # What a stretch of text may be is decided by its first character, so that a search
    # passes over ordinary words at the cost of five look-aheads a character.
    classes: list[tuple[str, list[Part]]] = [
        ("0-9０-９", [*ITEMS_DIGIT, *asides("digit"), *DIGITS]),
        (CN_DIGITS, [*ITEMS_NUMERAL, *asides("numeral"), ("percent", "", "(?=[百千万]分之)"), per, word, ("number", "c", "(?=.)")]),
        ("A-Za-zｘＸхХ", [*asides("letter"), ("times", "", r"[xXｘＸхХ](?=\s*[（(\[]?\s*[\d０-９一-鿿])"), YUAN]),
        (MARK_CHARACTERS, [*ITEMS_MARK, *asides("mark"), *MARKS, word]),
        ("^\\s", [YUAN, *asides("word"), per, word]),
    ]
    parts = [part for _, own in classes for part in own]
    numbered = iter(range(len(parts)))
    pattern = "|".join(
        f"(?=[{characters}])(?:" + "|".join(f"(?P<g{next(numbered)}>{p})" for _, _, p in own) + ")"
        for characters, own in classes
    )
    master = re.compile(pattern, re.S)
    # Groups inside the patterns shift the numbering: an action is found by group number.
    actions: list[tuple[Action, str]] = [(Lexer.on_tag, "")] * (master.groups + 1)
    for name, number in master.groupindex.items():
        action, detail, _ = parts[int(name[1:])]
        actions[number] = (getattr(Lexer, "on_" + action), detail)
    return Grammar(master, tuple(actions), lexicon, suffixes(lexicon))


@cache
def grammar() -> Grammar:
    """The grammar of the shipped lexicon."""
    return build(load())


CHINESE_ITEMS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}


def item_number(text: str) -> int:
    """The number of an item mark: 二 → 2, 十三 → 13, ③ → 3."""
    digits = text.strip("（()）.．、) \u3000是")
    if digits.isascii() and digits.isdigit():
        return int(digits)
    if len(digits) == 1 and digits in CHINESE_ITEMS:
        return CHINESE_ITEMS[digits]
    if digits and all(c in CHINESE_ITEMS for c in digits):
        tens, _, ones = digits.partition("十")
        return CHINESE_ITEMS.get(tens, 1) * 10 + CHINESE_ITEMS.get(ones, 0)
    for base in ("①", "⑴", "㈠", "❶"):
        if digits and 0 <= ord(digits[0]) - ord(base) < 20:
            return ord(digits[0]) - ord(base) + 1
    return 0


TRAILING = re.compile(r"\s*(左右|上下|以上|以下|以内|不等)")
SPLIT_YUAN = re.compile(r"[ \t]*\r?\n\s*([万亿]?)元")
SPLIT_UNIT = re.compile(r"[ \t]*\r?\n[ \t]*")
AFTER_NUMBER = re.compile(r"\s*[×*＊xX+＋\-－=＝÷%％‰]")
ITEM_BEFORE = {Kind.STOP, Kind.LINE, Kind.COLON, Kind.ITEM}
BOUNDS = {"以上": "floor", "以下": "ceiling", "以内": "ceiling"}


class Lexer:
    """One pass over one text. Not kept: :func:`lex` makes one and drops it."""

    def __init__(self, text: str, rules: Grammar) -> None:
        self.text = text
        self.rules = rules
        self.tokens: list[Token] = []
        self.last_number: dict[str, int] = {}
        self.yuan = -1
        self.reset(0)

    def reset(self, at: int) -> None:
        """A separator: the words before it say nothing of what follows."""
        self.roles: frozenset[str] = NO_ROLES
        self.per: Unit = NONE
        self.label = at
        self.colon = False

    def run(self) -> list[Token]:
        """Read the whole text."""
        text, search, actions, tokens = self.text, self.rules.master.search, self.rules.actions, self.tokens
        pos, size = 0, len(self.text)
        while pos < size:
            m = search(text, pos)
            if m is None:
                self.plain(pos, size)
                break
            start = m.start()
            if start > pos:
                self.plain(pos, start)
            action, detail = actions[m.lastindex or 0]
            pos = action(self, start, m.end(), detail, m)
        return tokens

    def plain(self, start: int, end: int) -> int:
        """Take a stretch as ordinary text."""
        tokens = self.tokens
        if tokens and tokens[-1].kind is Kind.TEXT:
            start = tokens.pop().start
        tokens.append(Token(Kind.TEXT, start, end))
        return end

    def mark(self, kind: Kind, start: int, end: int, data: object = None) -> int:
        """Add a token."""
        self.tokens.append(Token(kind, start, end, data))
        return end

    def on_number(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A number with its unit, or ordinary text that only looks like one."""
        fraction = FRACTION.match(self.text, start)
        numeral = read_numeral(self.text, start, slash=fraction is not None)
        if numeral is None:
            return self.plain(start, start + 1)
        if numeral.end - start <= 2 and all(c in "百千万亿萬億" for c in self.text[start : numeral.end]):
            return self.plain(start, numeral.end)  # the 万 of 单位：万元
        if self.text[numeral.end : numeral.end + 1] in MASKS:
            masked = MASKED.match(self.text, numeral.end)
            if masked is not None:
                return self.mark(Kind.DAMAGED, start, masked.end())  # 1.****万元
        if numeral.kind == "damaged":
            joined = self.joined(start, numeral.end)
            if joined is not None:
                return self.figure(start, joined)
            return self.mark(Kind.DAMAGED, start, numeral.end)
        return self.figure(start, numeral)

    on_percent = on_number

    def joined(self, start: int, end: int) -> Numeral | None:
        """``1 6人×2 800元``: digits that blanks have parted, put together. Such a figure only counts
        where the stated result confirms it."""
        m = PARTED.match(self.text, start)
        if m is None or m.end() > end + 1:
            return None
        digits = "".join(m.group().split())
        numeral = read_numeral(digits + self.text[m.end() : m.end() + 4], 0)
        if numeral is None or numeral.kind != "arabic" or numeral.high is not None:
            return None
        return numeral._replace(end=m.end() + numeral.end - len(digits), kind="joined")

    def figure(self, start: int, numeral: object) -> int:
        """Add the figure that a numeral and what follows it make."""
        text = self.text
        end, value, place, scale = numeral.end, numeral.value, numeral.place, numeral.scale
        kind = numeral.kind
        unit: Unit = NONE
        bare = True
        suffix = self.rules.suffixes.read(text, end)
        if suffix is None and (scale >= 10000 or kind == "arabic"):
            split = SPLIT_YUAN.match(text, end)
            broken = SPLIT_UNIT.match(text, end)
            result = bool(self.tokens) and self.tokens[-1].kind is Kind.EQUALS
            if broken and not split:  # 4128⏎份×7元
                behind = self.rules.suffixes.read(text, broken.end())
                suffix = behind if behind is not None and AFTER_NUMBER.match(text, behind.end) else None
            elif split and (split.group(1) or scale >= 10000 or result):  # 42.2 万⏎元, 128.6⏎万元
                suffix = self.rules.suffixes.read(text, split.end() - 1)
                times_scale = {"万": 10**4, "亿": 10**8}.get(split.group(1), 1)
                value, place, scale = value * times_scale, place * times_scale, scale * times_scale
        if suffix is not None:
            bare = not suffix.unit
            unit = suffix.unit
            if suffix.factor:
                kind = "times"
            if text[end : end + 1] in ("整", "正") and kind in ("chinese", "arabic", "mixed") and unit == (("元", 1),):
                end, place = end + 1, Fraction(1)  # 元整 is exact
            end = suffix.end
            if suffix.multiplier != 1:
                value, place = value * suffix.multiplier, place * suffix.multiplier
                if suffix.multiplier > 1:
                    scale *= int(suffix.multiplier)
        elif scale >= 10000 and text[end : end + 1] in ("/", "／"):
            tail = self.rules.suffixes.rates(text, end, NONE, Fraction(1))
            if tail.end > end:  # 6辆*18万/辆
                unit, end, bare = times(tail.unit, (("元", 1),)), tail.end, False
        elif numeral.weak or (kind == "chinese" and not AFTER_NUMBER.match(text, end) and end - start < 3):
            return self.plain(start, end)
        if bare and self.yuan == start:
            unit, bare = (("元", 1),), False
        elif bare and start and text[start - 1] in ")）":
            before = self.rules.suffixes.before(text, start)
            if before is not None:
                unit, bare = before.unit, False
                value, place, scale = value * before.multiplier, place * before.multiplier, scale * int(before.multiplier)
        assumed = bare and scale >= 10000 and kind not in RATIOS and self.alone(end)
        if assumed:
            unit, bare = (("元", 1),), False
        hedged = "hedge" in self.roles
        bound = "ceiling" if "ceiling" in self.roles else "floor" if "floor" in self.roles else ""
        if end < len(text) and text[end] in "左上以不 ":
            trailing = TRAILING.match(text, end)
            if trailing:
                word = trailing.group(1)
                hedged = hedged or word in "左右上下"
                bound = BOUNDS.get(word, bound)
                end = trailing.end()
        if self.per and not (kind == "percent") and not (self.colon and not any(n == "元" for n, _ in unit)):
            for name, power in self.per:
                if (name, -power) not in unit and all(name != n or p > 0 for n, p in unit):
                    unit = times(unit, ((name, -power),))
        figure = Figure(
            start, end, value, place, unit, scale, kind, self.label, self.roles, numeral.high,
            hedged, bare, self.per, bound, len(self.tokens), assumed,
        )
        self.tokens.append(Token(Kind.FIGURE, start, end, figure))
        self.reset(end)
        return end

    def alone(self, end: int) -> bool:
        """Whether 万 or 亿 without a unit is money: 共计约20万。, 人均10万，; not 24万×… or 24万老人."""
        last = self.tokens[-1].kind if self.tokens else Kind.STOP
        if last in (Kind.OPERATOR, Kind.EQUALS):
            return False
        return bool(self.per) and not AFTER_NUMBER.match(self.text, end) or bool(ALONE.match(self.text, end))

    def on_months(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """``1至12月`` is twelve months, ``9-1月`` is nothing."""
        first, last = (int(g) for g in m.groups() if g is not None and g.isdigit())
        if not 1 <= first < last <= 12:
            return self.on_number(start, end, detail, m)
        count = Fraction(last - first + 1)
        figure = Figure(
            start, end, count, Fraction(1), (("月", 1),), 1, "months", self.label, self.roles, index=len(self.tokens)
        )
        self.tokens.append(Token(Kind.FIGURE, start, end, figure))
        self.reset(end)
        return end

    def on_item(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A list mark, where a list item can begin; elsewhere whatever it is."""
        number = item_number(m.group())
        last = next((t for t in reversed(self.tokens) if t.kind is not Kind.TEXT or self.text[t.start : t.end].strip()), None)
        at_start = last is None or last.kind in ITEM_BEFORE
        if detail == "f":  # 1.12名专家: no one counts a part of a person
            if at_start and (number == 1 or self.last_number.get("d") == number - 1):
                self.last_number["d"] = number
                self.mark(Kind.ITEM, start, end, Item("d", number))
                self.reset(end)
                return end
            return self.on_number(start, end, detail, m)
        series = number == 1 or self.last_number.get(detail) == number - 1
        previous = self.text[start - 1] if start else "\n"
        if detail in ("pa", "pc", "o"):
            arithmetic = last is not None and last.kind is Kind.OPERATOR or AFTER_NUMBER.match(self.text, end)
            if arithmetic and number and self.last_number.get(detail, 0) >= number:
                return self.mark(Kind.ITEM, start, end, Item("ref " + detail, number))  # （①+②）×10%
            good = not arithmetic and (at_start or series or detail == "o")
            if detail == "o" and arithmetic:
                return self.mark(Kind.ITEM, start, end, Item("ref", number))
        else:
            good = at_start or (series and (previous.isspace() or last.kind in (Kind.COMMA, Kind.CLOSE)))
        if not good:
            if m.group()[0] in "（(":
                return self.mark(Kind.OPEN, start, start + 1)
            if detail == "o":
                return self.plain(start, end)
            if detail == "s":
                return self.plain(start, end)
            return self.on_number(start, end, detail, m)
        self.last_number[detail] = number
        self.mark(Kind.ITEM, start, end, Item(detail, number))
        self.reset(end)
        return end

    def on_aside(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A number that is no amount: a year, a document number …"""
        return self.mark(Kind.ASIDE, start, end, detail)

    def on_ratio(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """5:3:2, the shares of several payers."""
        parts = re.split("[:：]", m.group())
        return self.mark(Kind.RATIO, start, end, tuple(Fraction(p) for p in parts))

    def on_per(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """每人, 人均, 月(工资)."""
        per = self.rules.suffixes.per(m.group())
        name = per.unit or per.noun
        if all(n != name for n, _ in self.per):
            self.per = times(self.per, ((name, 1),))
        return self.mark(Kind.PER, start, end, per)

    def on_word(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A cue word, or an operator in words or signs."""
        word = m.group()
        roles = self.rules.lexicon.cues.get(word)
        if roles is not None and word in self.rules.lexicon.operators and self.tokens:
            if self.tokens[-1].kind in (Kind.FIGURE, Kind.CLOSE, Kind.UNIT):
                return self.on_operator(start, end, self.rules.lexicon.operators[word], m)
        if roles is not None:
            if not roles and word not in self.rules.lexicon.operators:
                return self.plain(start, end)
            self.roles |= roles
            return self.mark(Kind.CUE, start, end, roles)
        return self.on_operator(start, end, self.rules.lexicon.operators[word], m)

    def on_times(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """The letter x between two operands."""
        return self.on_operator(start, end, "×", m)

    def on_operator(self, start: int, end: int, sign: str, m: re.Match[str]) -> int:
        """An operator, where something stands before it that can be an operand."""
        last = self.tokens[-1].kind if self.tokens else Kind.STOP
        if last is Kind.TEXT and not self.text[self.tokens[-1].start : start].strip() and len(self.tokens) > 1:
            last = self.tokens[-2].kind
        if m.group().isalpha() and sign != "=" and last not in (Kind.FIGURE, Kind.CLOSE, Kind.UNIT):
            return self.plain(start, end)
        if sign == "=":
            self.reset(end)
            return self.mark(Kind.EQUALS, start, end, sign)
        if sign in "-÷" and last not in (Kind.FIGURE, Kind.CLOSE, Kind.UNIT, Kind.ITEM, Kind.DAMAGED):
            return self.plain(start, end)
        self.reset(end)
        return self.mark(Kind.OPERATOR, start, end, sign)

    def on_equals(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """An arrow."""
        self.reset(end)
        return self.mark(Kind.EQUALS, start, end, "→")

    def on_open(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A bracket opens."""
        self.reset(end)
        return self.mark(Kind.OPEN, start, end)

    def on_close(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A bracket closes; a unit may stand right behind it: (500-100)万元."""
        self.reset(end)
        self.mark(Kind.CLOSE, start, end)
        rate = self.rules.suffixes.rates(self.text, end, NONE, Fraction(1)) if self.text[end : end + 1] in ("/", "／") else None
        if rate is not None and rate.end > end and GROUP_END.match(self.text, rate.end):
            return self.mark(Kind.UNIT, end, rate.end, (Fraction(1), rate.unit))
        found = GROUP_UNIT.match(self.text, end)
        if found:
            suffix = self.rules.suffixes.read(self.text, found.end())
            if suffix is not None and (GROUP_END.match(self.text, suffix.end)):
                scale = {"万": 10**4, "亿": 10**8, "千": 1000, "百": 100}.get(found.group(1) or "", 1)
                return self.mark(Kind.UNIT, end, suffix.end, (Fraction(scale) * suffix.multiplier, suffix.unit))
        return end

    def on_comma(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A comma or a cell border; the cell before a number is its label."""
        if m.group() in ",，" or not self.text[self.label : start].strip():
            self.reset(end)
        return self.mark(Kind.COMMA, start, end)

    def on_pause(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """The enumeration comma."""
        self.reset(end)
        return self.mark(Kind.PAUSE, start, end)

    def on_stop(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """The end of a sentence or of a part of one."""
        self.reset(end)
        return self.mark(Kind.STOP, start, end, m.group())

    def on_line(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A line break."""
        self.reset(end)
        return self.mark(Kind.LINE, start, end)

    def on_colon(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A colon: what stands before it is the label of what follows."""
        self.colon = True
        return self.mark(Kind.COLON, start, end)

    def on_damaged(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A mask where a number stood."""
        return self.mark(Kind.DAMAGED, start, end)

    def on_yuan(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """￥ before a number makes it 元."""
        self.yuan = end
        while self.yuan < len(self.text) and self.text[self.yuan].isspace():
            self.yuan += 1
        return self.plain(start, end)

    def on_tag(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """HTML residue: a block tag breaks the line, the rest is nothing."""
        if BLOCK_TAG.match(m.group()):
            return self.on_line(start, end, detail, m)
        return self.plain(start, end)


FRACTION = re.compile(r"(?<![\d.])\d{1,2}/\d{1,3}(?![\d.]|\s*[万亿元个名人户月年天台套次/／])")
MASKS = frozenset(".*xX＊")
MASKED = re.compile(r"\.?(?:\*{2,}|[xX]{2,}|＊{2,})[*xX0-9]*")
PARTED = re.compile(r"[0-9]{1,3}(?:[ \u3000][0-9]{1,3})*(?:[ \u3000]?\.[ \u3000]?[0-9]+)?(?![0-9])")
ALONE = re.compile(r"\s*(?:$|[，,。；;、)）\n]|左右|以内)")
RATIOS = frozenset({"percent", "permille", "fraction", "zhe", "cheng", "half"})
GROUP_UNIT = re.compile(r"\s*([百千万亿])?")
GROUP_END = re.compile(r"\s*(?:[×*＊xX÷/+＋\-－−–=＝≈，,。；;、)）\]】]|$)")
BLOCK_TAG = re.compile(r"</?(?:p|br|li|ol|ul|tr|td|th|div|table|h\d)\b", re.I)


def lex(text: str) -> list[Token]:
    """The tokens of ``text``; they tile it."""
    rules = grammar()
    if not rules.lexicon.traditional.isdisjoint(text):
        text = text.translate(rules.lexicon.simplify)
    return Lexer(text, rules).run()
