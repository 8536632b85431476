"""From a basis text to tokens that tile it.

The lexer knows words and numbers and nothing of arithmetic. What may begin with a
character is said by the table of :mod:`calcverify.basis.grammar`; a number is read by
:mod:`calcverify.basis.numerals`, its unit by :mod:`calcverify.basis.suffix`.
"""

from __future__ import annotations

import re
from fractions import Fraction

from calcverify.basis.figures import AFTER_NUMBER, Figures
from calcverify.basis.grammar import Grammar, Meaning, grammar
from calcverify.basis.marks import item_number, joins_grades
from calcverify.basis.months import months_between
from calcverify.basis.numerals import Numeral, plain_number, read_numeral
from calcverify.basis.numerals_forms import HALF
from calcverify.basis.tokens import Item, Kind, Token
from calcverify.exact.rational import ONE, integer
from calcverify.exact.units import NONE, Unit, times
from calcverify.lexicon.loader import load
from calcverify.patterns import pattern

FIGURE, OPERATOR, EQUALS, CUE = Kind.FIGURE, Kind.OPERATOR, Kind.EQUALS, Kind.CUE
OPEN, CLOSE, COMMA, PAUSE, STOP, LINE = Kind.OPEN, Kind.CLOSE, Kind.COMMA, Kind.PAUSE, Kind.STOP, Kind.LINE

ITEM_BEFORE = frozenset({STOP, LINE, Kind.COLON, Kind.ITEM})
REMARK = frozenset({Kind.TEXT, CUE, COMMA, Kind.PAUSE})
OPERANDS = frozenset({FIGURE, CLOSE, Kind.UNIT})
# What a minus or a ÷ may stand behind: elsewhere they are a dash or a slash.
BEFORE_MINUS = OPERANDS | {Kind.ITEM, Kind.DAMAGED}

FRACTION = pattern(r"(?<![\d.])\d{1,2}/\d{1,3}(?![\d.]|\s*[万亿元个名人户月年天台套次/／])")
MASKS = frozenset(".*xX＊")
MASKED = pattern(r"\.?(?:\*{2,}|[xX]{2,}|＊{2,})[*xX0-9]*")
OPEN_COUNTER = pattern("[一-鿿]{1,2}")
BULLET = pattern(r"\*[ \t\u3000]+[^\s0-9.（(]")  # * 培训教材：300册×15元 at the start of a line, no lost operand
PARTED = pattern(r"[0-9]{1,3}(?:[ \u3000][0-9]{1,6})*(?:[ \u3000]?\.[ \u3000]?[0-9]+)?(?![0-9])")
GROUP_UNIT = re.compile(r"\s*([百千万亿])?")
GROUP_END = pattern(r"\s*(?:[×*＊xX÷/+＋\-－−–=＝≈，,。；;、)）\]】]|$)")
BLOCK_TAG = pattern(r"</?(?:p|br|li|ol|ul|tr|td|th|div|table|h\d)\b", re.I)
FRAGMENT = pattern(r"(?<![0-9０-９.．,，])0[0-9]+(?![0-9.．,，])\s*[万亿]?元")  # no amount begins with a nought
HELD = pattern("每[一-鿿]{1,3}(?:含|包括|包含)[一-鿿、]{1,16}$")
NEXT_RATE = pattern(r"\s*[0-9]+(?:\.[0-9]+)?元")
AND_A_HALF = pattern("个半(?=小?时|月|星期)")
SCALE_SIGNS = frozenset("百千万亿萬億")
SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


class Lexer(Figures):
    """One pass over one text. Not kept: :func:`lex` makes one and drops it.

    A method that is named for a thing reads it at a place and gives where it ends; an
    ``on_`` method does what a pattern of the table has matched.
    """

    def __init__(self, text: str, rules: Grammar) -> None:
        super().__init__(text, rules)
        self.words = rules.words
        self.sizes = rules.sizes
        self.last_number: dict[str, int] = {}

    def run(self, at: int = 0, until: int | None = None) -> None:
        """Read the whole text, or from one place on up to the first token that ends at another or behind it."""
        text, size = self.text, len(self.text)
        readers, next_start, last = self.rules.readers, self.rules.next_start, size if until is None else until
        while at < last:
            reader = readers.get(text[at])
            if reader is not None:
                at = reader(self, at)
            else:
                m = next_start(text, at + 1)
                at = self.plain(at, size if m is None else m.start())

    # --- words -----------------------------------------------------------------

    def word(self, at: int) -> int:
        """The longest cue word or operator that begins here; else ordinary text."""
        text, words = self.text, self.words
        for size in self.sizes.get(text[at], ()):
            meaning = words.get(text[at : at + size])
            if meaning is not None and not text.startswith("上年", at + size - 1):  # 加上年结余 puts 上年结余 on top
                return self.meant(at, at + meaning.size, meaning)
        return self.plain(at, at + 1)

    def meant(self, start: int, end: int, meaning: Meaning) -> int:
        """Add what a word means."""
        roles = meaning.roles
        if roles is None or (meaning.sign and self.tokens and self.tokens[-1].kind in OPERANDS):
            return self.operator(start, end, meaning.sign, meaning.lettered)
        if not roles and not meaning.sign:
            return self.plain(start, end)  # 公共: a longer word hides the cue inside it
        self.roles |= roles
        return self.mark(CUE, start, end, roles)

    def operator(self, start: int, end: int, sign: str, lettered: bool) -> int:
        """An operator, where something stands before it that can be an operand."""
        tokens = self.tokens
        last = tokens[-1].kind if tokens else STOP
        if last is Kind.TEXT and len(tokens) > 1 and not self.text[tokens[-1].start : start].strip():
            last = tokens[-2].kind
        if sign == "=":
            self.reset(end)
            return self.mark(EQUALS, start, end, sign)
        bullet = last in (STOP, Kind.LINE) and BULLET.match(self.text, start) is not None
        if bullet or (lettered and last not in OPERANDS) or (sign in "-÷" and last not in BEFORE_MINUS):
            return self.plain(start, end)
        self.reset(end)
        return self.mark(OPERATOR, start, end, sign)

    def on_times(self, start: int, end: int, _detail: str, _m: re.Match[str]) -> int:
        """The letter x between two operands, the first perhaps with an open counter: 12匣x30元."""
        tokens = self.tokens
        if (
            len(tokens) > 1
            and tokens[-1].kind is Kind.TEXT
            and tokens[-2].kind is Kind.FIGURE
            and tokens[-1].end == start
            and OPEN_COUNTER.fullmatch(self.text, tokens[-1].start, start)
        ):
            self.reset(start + 1)
            return self.mark(Kind.OPERATOR, start, start + 1, "×")
        return self.operator(start, end, "×", True)

    def every(self, at: int) -> int:
        """每人, 每课题."""
        end = self.rules.suffixes.every(self.text, at)
        return self.word(at) if end is None else self.rate_word(at, end)

    def on_per(self, start: int, end: int, _detail: str, _m: re.Match[str]) -> int:
        """人均, 月(工资)."""
        return self.rate_word(start, end)

    def rate_word(self, start: int, end: int) -> int:
        """A rate word: the figure behind it is per what it names."""
        per = self.rules.suffixes.per(self.text[start:end])
        if self.text.startswith(("测算", "计算", "水平", "数"), end):
            return self.plain(start, end)  # 按月均测算还需12万元
        name = per.unit or per.noun
        if all(n != name for n, _ in self.per):
            self.per = times(self.per, ((name, 1),))
        self.in_label = False  # 一类疫苗运输每月2次: the label ends where the rate begins
        return self.mark(Kind.PER, start, end, per)

    # --- numbers ---------------------------------------------------------------

    def straight(self, at: int, m: re.Match[str]) -> int:
        """What :meth:`number` gives for a figure that is nothing but its digits, scale and unit."""
        whole, decimals, word = m.groups()
        if (whole[0] == "0" and len(whole) > 1) or (
            word is None and (self.yuan == at or (at and self.text[at - 1] in ")）"))
        ):
            return self.number(at)
        value, place, scale = plain_number(whole, decimals, word[0] if word is not None and len(word) > 1 else None)
        unit = NONE if word is None else self.units.words.known[word[-1]].over
        return self.add(at, m.end(), (value, place, unit, scale, "arabic"), None, word is None, False)

    def number(self, at: int) -> int:
        """A number with its unit, or ordinary text that only looks like one."""
        text = self.text
        slash = "/" in text[at + 1 : at + 3] and FRACTION.match(text, at) is not None
        numeral = read_numeral(text, at, slash)
        if numeral is None:
            return self.plain(at, at + 1)
        end = numeral.end
        if text.startswith("个半", end) and numeral.scale == 1 and AND_A_HALF.match(text, end):
            numeral, end = numeral._replace(value=numeral.value + HALF, end=end + 2, place=HALF), end + 2  # 3个半月
        if text[at] == "0" and FRAGMENT.match(text, at):
            return self.mark(Kind.DAMAGED, at, end)  # 57 6⏎00元
        if end - at <= 2 and text[at] in SCALE_SIGNS and text[end - 1] in SCALE_SIGNS:
            return self.plain(at, end)  # the 万 of 单位：万元
        if text[end : end + 1] in MASKS:
            masked = MASKED.match(text, end)
            if masked is not None:
                return self.mark(Kind.DAMAGED, at, masked.end())  # 1.****万元
        after_equals = bool(self.tokens) and self.tokens[-1].kind is Kind.EQUALS
        if after_equals and self.text[end : end + 1] == " " and self.text[end + 1 : end + 2].isdigit():
            numeral = numeral._replace(kind="damaged")  # =2 3400元
            parted = PARTED.match(self.text, at)
            end = parted.end() if parted is not None else end
        if numeral.kind == "damaged":
            joined = self.joined(at, end)
            return self.mark(Kind.DAMAGED, at, end) if joined is None else self.figure(at, joined)
        return self.figure(at, numeral)

    def numeral(self, at: int) -> int:
        """A word or a number that begins with a Chinese digit."""
        text, words = self.text, self.words
        for size in self.sizes.get(text[at], ()):
            meaning = words.get(text[at : at + size])
            if meaning is not None:
                return self.meant(at, at + meaning.size, meaning)
        return self.number(at)

    def on_percent(self, start: int, _end: int, _detail: str, _m: re.Match[str]) -> int:
        """百分之五."""
        return self.number(start)

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

    def on_months(self, start: int, end: int, _detail: str, m: re.Match[str]) -> int:
        """``1至12月`` is twelve months, ``9-1月`` is nothing."""
        first, last = (int(g) for g in m.groups() if g is not None and g.isdigit())
        if "年" in m.group() and 1 <= last <= first <= 12:
            return self.months(start, end, last - first + 13)  # 10月至次年4月
        if not 1 <= first < last <= 12:
            return self.number(start)
        return self.months(start, end, last - first + 1)

    def on_lasting(self, start: int, end: int, _detail: str, m: re.Match[str]) -> int:
        """``2022年11月至2023年10月`` is twelve months, ``2022年11月3日至20日`` a date."""
        count = months_between(m.group())
        return self.mark(Kind.ASIDE, start, end, "date") if count is None else self.months(start, end, count)

    def on_ratio(self, start: int, end: int, _detail: str, m: re.Match[str]) -> int:
        """5:3:2, the shares of several payers."""
        parts = re.split("[:：∶﹕]", m.group())
        return self.mark(Kind.RATIO, start, end, tuple(Fraction(p) for p in parts))

    def on_aside(self, start: int, end: int, detail: str, _m: re.Match[str]) -> int:
        """A number that is no amount: a year, a document number …"""
        return self.mark(Kind.ASIDE, start, end, detail)

    def on_damaged(self, start: int, end: int, _detail: str, _m: re.Match[str]) -> int:
        """A mask where a number stood."""
        return self.mark(Kind.DAMAGED, start, end)

    def on_yuan(self, start: int, end: int, _detail: str, _m: re.Match[str]) -> int:
        """￥ before a number makes it 元."""
        self.yuan = end
        while self.yuan < len(self.text) and self.text[self.yuan].isspace():
            self.yuan += 1
        return self.plain(start, end)

    # --- list marks ------------------------------------------------------------

    def on_item(self, start: int, end: int, detail: str, m: re.Match[str]) -> int:
        """A list mark, where a list item can begin; elsewhere whatever it is."""
        number, text = item_number(m.group()), self.text
        if detail == "c" and joins_grades(text, end, number):
            return self.plain(start, end)
        written = (t for t in reversed(self.tokens) if t.kind is not Kind.TEXT or text[t.start : t.end].strip())
        last = next(written, None)
        at_start = last is None or last.kind in ITEM_BEFORE
        if detail == "f":  # 1.12名专家: no one counts a part of a person
            if at_start and (number == 1 or self.last_number.get("d") == number - 1):
                return self.item(start, end, "d", number)
            return self.number(start)
        series = number == 1 or self.last_number.get(detail) == number - 1
        if detail in ("pa", "pc", "o"):
            arithmetic = (last is not None and last.kind is OPERATOR) or AFTER_NUMBER.match(text, end) is not None
            if arithmetic and number and self.last_number.get(detail, 0) >= number:
                return self.mark(Kind.ITEM, start, end, Item("ref " + detail, number))  # （①+②）×10%
            if detail == "o" and arithmetic:
                return self.mark(Kind.ITEM, start, end, Item("ref", number))
            good = not arithmetic and (at_start or series or detail == "o")
        else:
            spaced = start == 0 or text[start - 1].isspace()
            good = at_start or (series and (spaced or (last is not None and (last.kind in (COMMA, CLOSE)))))
            # 1.割草机6台，共13800元2.绿篱机4台: the next item right behind an amount.
            good = good or (series and number > 1 and last is not None and last.kind is FIGURE and last.data.money == 1)
        if good:
            return self.item(start, end, detail, number)
        if m.group()[0] in "（(":
            return self.mark(OPEN, start, start + 1)
        return self.plain(start, end) if detail in ("o", "s") else self.number(start)

    def item(self, start: int, end: int, style: str, number: int) -> int:
        """Add a list mark."""
        self.last_number[style] = number
        self.mark(Kind.ITEM, start, end, Item(style, number))
        self.reset(end)
        return end

    # --- marks -----------------------------------------------------------------

    def comma(self, at: int) -> int:
        """A comma or a cell border; the cell before a number is its label."""
        if self.text[at] in ",，" or not self.text[self.label : at].strip():
            self.reset(at + 1)
        return self.mark(COMMA, at, at + 1)

    def pause(self, at: int) -> int:
        """The enumeration comma; 每人每月380元、410元 goes on with a rate."""
        last = self.tokens[-1] if self.tokens else None
        before = self.per
        self.reset(at + 1)
        if before and HELD.search(self.text, max(0, at - 20), at):
            self.per = before  # 每株含采伐、下山、焚烧48元
        if last is not None and last.kind is FIGURE and last.data.per and NEXT_RATE.match(self.text, at + 1):
            self.per = last.data.per
        return self.mark(PAUSE, at, at + 1)

    def stop(self, at: int) -> int:
        """The end of a sentence or of a part of one."""
        self.reset(at + 1)
        return self.mark(STOP, at, at + 1, self.text[at])

    def line(self, at: int) -> int:
        """Line breaks."""
        end = at + 1
        while self.text[end : end + 1] in ("\r", "\n"):
            end += 1
        self.reset(end)
        return self.mark(LINE, at, end)

    def colon(self, at: int) -> int:
        """A colon: what stands before it is the label of what follows."""
        self.in_label = True
        return self.mark(Kind.COLON, at, at + 1)

    def close(self, at: int) -> int:
        """A bracket closes; a unit may stand right behind it: (500-100)万元."""
        text, end = self.text, at + 1
        self.reset(end)
        self.per = self.rate_before_remark()
        self.mark(CLOSE, at, end)
        rate = self.rules.suffixes.rates(text, end, NONE, ONE) if text[end : end + 1] in ("/", "／") else None
        if rate is not None and rate.end > end and GROUP_END.match(text, rate.end):
            return self.mark(Kind.UNIT, end, rate.end, (ONE, rate.unit))
        found = GROUP_UNIT.match(text, end)
        if found:
            suffix = self.rules.suffixes.read(text, found.end())
            if suffix is not None and (GROUP_END.match(text, suffix.end)):
                scale = integer(SCALES[found.group(1) or ""])
                return self.mark(Kind.UNIT, end, suffix.end, (scale * suffix.multiplier, suffix.unit))
        return end

    def rate_before_remark(self) -> Unit:
        """每个（含运输、保险）14.5万元: a remark without numbers parts no rate from its word."""
        k = len(self.tokens) - 1
        while k > 0 and self.tokens[k].kind in REMARK:
            k -= 1
        if k < 1 or self.tokens[k].kind is not OPEN or self.tokens[k - 1].kind is not Kind.PER:
            return NONE
        per = self.tokens[k - 1].data
        return ((per.unit or per.noun, 1),)

    def on_open(self, start: int, end: int, _detail: str, _m: re.Match[str]) -> int:
        """A bracket opens."""
        self.reset(end)
        return self.mark(OPEN, start, end)

    def on_equals(self, start: int, end: int, _detail: str, _m: re.Match[str]) -> int:
        """An arrow."""
        self.reset(end)
        return self.mark(EQUALS, start, end, "→")

    def on_tag(self, start: int, end: int, _detail: str, m: re.Match[str]) -> int:
        """HTML residue: a block tag breaks the line, the rest is nothing."""
        entity = self.words.get(m.group())
        if entity is not None:
            return self.meant(start, end, entity)  # 6场&times;1500元
        if BLOCK_TAG.match(m.group()):
            self.reset(end)
            return self.mark(LINE, start, end)
        return self.plain(start, end)


def lex(text: str) -> list[Token]:
    """The tokens of ``text``; they tile it."""
    rules = grammar(Lexer)
    lexicon = load()
    if not lexicon.traditional.isdisjoint(text):
        text = text.translate(lexicon.simplify)
    lexer = Lexer(text, rules)
    lexer.run()
    return lexer.tokens
