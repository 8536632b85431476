"""One run of Arabic digits: separators, blanks inside it, and what destroyed it.

    run      = solid | grouped | split
    solid    = digit+ ["." digit+]
    grouped  = digit{1,3} ("," digit{3})+ ["." digit+]
    split    = digits with single blanks left by PDF extraction (``7 6 000 元``)

A wrong join is a wrong number, so blanks are closed only where nothing else can be meant:

1. a unit, a scale or % follows the digits, or (for ``3 0 6 4 0``) an operator;
2. and one group cannot stand alone (``2 07.5``, ``76 000``); or another figure near by is
   surely split, which says that the text splits its digits; or an operator stands before
   digits that are grouped by threes (``×6 300 元``).

Digits with a unit behind them that meet only the first are damaged. Without a unit they are
numbers of their own (``25 380 15`` may be a lost ``25×380×15``), and so are more than nine
digits in all.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from calcverify.lexicon.loader import alternation, load
from calcverify.patterns import pattern

MOST_DIGITS = 40
LONGEST_SPLIT = 9  # more digits are several numbers
ROW = 4  # as many single digits in a row are one number spaced out
NEAR = 300  # characters within which one split figure speaks for another

BLANK = "[ \u00a0\u2002-\u200a\u3000]"
INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
MASK = "■□▇█\ufffd●※"
CROSS = "xX×*＊ＸｘхХ?？#_"
LETTER = "OoΟОlI"

# Digits directly before a sign of a numeral or a share: nothing is left to doubt.
CLEAR = re.compile(
    f"(?<![{MASK}])(?<![{CROSS}]{{2}})([0-9]{{1,15}}+)(?:\\.([0-9]{{1,9}}+))?+(?=[十百千万亿余多几折成%％个名人元户台次])"
)
WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")
DIGITS = pattern("[0-9０-９]+")
ANY_DIGITS = pattern(r"[\d.,，．]+")
# 20 separators are more than any amount has; a longer row is one damaged run.
SOLID = pattern("[0-9０-９]+(?:[.．,，][0-9０-９]+){0,20}")
AND_MORE = pattern("[.．,，][0-9０-９]")
PLAIN = pattern(r"(\d+)(?:\.(\d+))?")
GROUPED = pattern(r"(\d{1,3}(?:[,，]\d{3})+)(?:\.(\d+))?")
DECIMAL_FIRST = pattern(r"(\d+\.\d+)[,，]")
SPACED_COMMA = pattern(
    r"([0-9]{1,3}(?:,[0-9]{3}){0,9}, [0-9]{3}(?:, ?[0-9]{3}){0,9})(?![0-9]|, ?[0-9])(?:\.([0-9]{2})(?![0-9]))?"
)
SPLIT = pattern(f"[0-9０-９]+(?:{BLANK}[0-9０-９]+){{1,12}}(?:[.．][0-9０-９]+)?")
MORE_DIGITS = pattern(f"{BLANK}?[0-9０-９]|[.．,，][0-9０-９]")
DATED = pattern(f"{BLANK}?[年月日号时]")
OPERATOR_AFTER = pattern(r"\s*[-+−×*＊÷/=＝]")
OPERATOR_BEFORE = pattern(r"[-+−×*＊÷/=＝￥¥]\s?$")
LINE_BEFORE = pattern(r"(?:^|[\r\n\t；;。|｜])\s*$")
ITEM_BEFORE = pattern(r"(?:^|[\r\n\t；;。|｜:：，,、)）])\s*$")
WORD_BEFORE = pattern("(?<![第附表图])[一-鿿]$")
LOOSE_POINT = pattern(f"(?:{BLANK}[.．]|[.．]{BLANK})[0-9０-９]+")
SURELY_SPLIT = pattern(
    f"[0-9]{BLANK}(?:000|0[0-9]{{1,2}}{BLANK}?[万亿元%]|0[0-9]+\\.[0-9]+{BLANK}?[万亿元%])(?![0-9])"
    f"|(?<![0-9.])[0-9](?:{BLANK}[0-9]){{3,}}(?![0-9.])"
)

LETTERS = pattern(f"(?:[0-9.,]*[{LETTER}])+[0-9.,]*")
LETTERS_CLOSE = pattern(f"{BLANK}?[万亿千百元%％]")
MASKED = pattern(f"(?:{BLANK}?[{MASK[:5]}]+|[{MASK}]+|[{CROSS}]{{2,}})(?:[.．。，,]?[0-9０-９]{{2,}})?")
MASK_BEFORE = pattern(f"(?:[{MASK}]{{2}}|[\\w{MASK}][{MASK}]|[{CROSS}]{{2}})$")
WRECK = pattern(
    f"[⁰¹²³⁴-⁹₀-₉½⅓⅔¼¾⅛]+|[eE][-+]?[0-9]+|\\s*\\^\\s*[0-9]+|{INVISIBLE}+[0-9０-９]+|[·'’][0-9]+|(?![0-9０-９])\\d+"
    f"|{BLANK}[OoΟО](?={BLANK}?[万亿元0-9])"
    "|k(?=[一-鿿@×*])|[wW](?=元)"  # 3k个, 3.2W元: what the letter stands for is not written
)
RUINS = pattern(f"[0-9０-９]*(?:{BLANK}?[十百千万亿拾佰仟萬億]+)?[%％‰]?")
STOPPED = pattern("。[0-9]{1,2}(?=[万亿元])")


class Run(NamedTuple):
    """A run of digits: its end, the digits before and behind the point; or damage."""

    end: int
    whole: str = ""
    decimals: str = ""
    damaged: bool = False


@cache
def closers() -> re.Pattern[str]:
    """What makes digits before it a figure: a scale, %, or a unit."""
    lexicon = load()
    return re.compile(f"{BLANK}?(?:[万亿千百萬億%％‰多余折成]|{alternation(lexicon.units, lexicon.guards)})")


@cache
def money() -> re.Pattern[str]:
    """A money unit, with a scale or not."""
    words = sorted((w for w, u in load().units.items() if u.kind == "money"), key=len, reverse=True)
    return re.compile(f"{BLANK}?[百千万亿萬億]{{0,2}}(?:{'|'.join(map(re.escape, words))})")


def read_run(text: str, start: int) -> Run:
    """The run of digits that begins at ``start``; damage takes its scale words along."""
    clear = CLEAR.match(text, start)
    if clear:
        return Run(clear.end(), clear.group(1), clear.group(2) or "")
    run = undamaged(text, start)
    if not run.damaged:
        return run
    ruins = RUINS.match(text, run.end)
    return Run(ruins.end() if ruins else run.end, damaged=True)


def undamaged(text: str, start: int) -> Run:
    """The run of digits that begins at ``start``, as long as nothing is wrong with it."""
    digits = DIGITS.match(text, start)
    if digits is None or digits.end() - start > MOST_DIGITS:
        whole = ANY_DIGITS.match(text, start)
        return Run(whole.end() if whole else start + 1, damaged=True)
    if MASK_BEFORE.search(text, max(0, start - 2), start):
        return Run(digits.end(), damaged=True)
    run = separated(text, start)
    if run.damaged:
        return run
    wreck = wrecked(text, run.end)
    if wreck or len(run.whole) + len(run.decimals) > MOST_DIGITS:
        return Run(wreck or run.end, damaged=True)
    return run


def separated(text: str, start: int) -> Run:
    """The run with its points, commas and blanks."""
    spaced = SPACED_COMMA.match(text, start)
    if spaced and (spaced.group(2) or money().match(text, spaced.end())):
        return Run(spaced.end(), re.sub(", ?", "", spaced.group(1)), spaced.group(2) or "")
    solid = SOLID.match(text, start)
    assert solid is not None, "the caller has seen a digit"
    end = solid.end()
    written = solid.group().translate(WIDE)
    plain = PLAIN.fullmatch(written)
    if plain:
        return loose(text, start, Run(end, plain.group(1), plain.group(2) or ""))
    if AND_MORE.match(text, end):
        more = ANY_DIGITS.match(text, start)
        return Run(more.end() if more else end, damaged=True)
    first = DECIMAL_FIRST.match(written)
    if first:  # 100.5,200.3 are two
        whole, _, decimals = first.group(1).partition(".")
        return Run(start + len(first.group(1)), whole, decimals)
    grouped = GROUPED.fullmatch(written)
    if "，" in written:
        return wide_commas(text, start, end, grouped)
    if grouped is None or row_of_rounds(grouped.group(1)):
        return Run(end, damaged=True)
    return Run(end, grouped.group(1).replace(",", ""), grouped.group(2) or "")


def row_of_rounds(written: str) -> bool:
    """Whether three groups or more look like a row of prices: 120,150,200 is no 1.2亿."""
    groups = written.split(",")
    return len(groups) >= 3 == len(groups[0]) and all(g[-1] == "0" and g != "000" for g in groups)


def wide_commas(text: str, start: int, end: int, grouped: re.Match[str] | None) -> Run:
    """Digits with ``，`` between them: a clause ends there, unless all is full-width or money."""
    if grouped is not None:
        wide = not re.search("[0-9]", text[start:end])
        cents = len(grouped.group(2) or "") == 2 and money().match(text, end)
        if wide or cents:
            return Run(end, re.sub("[,，]", "", grouped.group(1)), grouped.group(2) or "")
        return Run(end, damaged=True)
    first = text.index("，", start)
    if "," in text[start:first] or (end - first <= 3 and closers().match(text, end)):  # 748，5万元
        return Run(end, damaged=True)
    whole, _, decimals = text[start:first].translate(WIDE).partition(".")
    return Run(first, whole, decimals)


def loose(text: str, start: int, run: Run) -> Run:
    """Digits that a blank may interrupt: ``7 6 000 元``, ``12. 5万元``."""
    if run.decimals:
        return run
    point = LOOSE_POINT.match(text, run.end)
    if point and closers().match(text, point.end()):
        item = text[run.end] in ".．" and ITEM_BEFORE.search(text, max(0, start - 8), start)
        return run if item else Run(point.end(), damaged=True)
    # Behind a blank and a digit the row has been judged already, and its groups stand alone.
    judged = start > 1 and text[start - 1].isspace() and text[start - 2].isdigit()
    m = None if judged else SPLIT.match(text, start)
    return split(text, start, run, m) if m else run


def split(text: str, start: int, run: Run, m: re.Match[str]) -> Run:
    """Digit groups with single blanks between them, by the rule of this module."""
    end = m.end()
    masked = MASKED.match(text, end)
    if masked and masked.group().strip()[0] in MASK:
        return Run(masked.end(), damaged=True)
    written, _, decimals = m.group().translate(WIDE).partition(".")
    groups = re.split(BLANK, written)
    first, rest = groups[0], groups[1:]
    singles = all(len(g) == 1 for g in groups) and any(int(b) != int(a) + 1 for a, b in pairwise(groups))
    closed = closers().match(text, end) or (singles and len(groups) >= ROW and OPERATOR_AFTER.match(text, end))
    if not closed or MORE_DIGITS.match(text, end) or DATED.match(text, end) or len("".join(groups)) > LONGEST_SPLIT:
        return run
    joined = Run(end, "".join(groups), decimals)
    lonely = any(len(g) > 1 and g[0] == "0" for g in rest) or (rest[-1] == "0" and not decimals)
    if lonely and len(first) <= 3 and first[0] != "0":
        return joined
    if singles and len(groups) >= 3 and not LINE_BEFORE.search(text, max(0, start - 8), start):
        return joined
    if all(len(g) <= 3 for g in groups) and SURELY_SPLIT.search(text, max(0, start - NEAR), end + NEAR):
        return joined
    by_threes = len(first) == 1 and all(len(g) == 3 for g in rest)
    # 造林2 350亩: in a row of numbers a blank would stand before the first one as well.
    in_word = WORD_BEFORE.search(text, max(0, start - 2), start)
    if by_threes and (in_word or OPERATOR_BEFORE.search(text, max(0, start - 2), start)):
        return joined
    return Run(end, damaged=True)


def wrecked(text: str, end: int) -> int:
    """Where damage right behind digits that end at ``end`` ends, 0 where there is none."""
    masked = MASKED.match(text, end)
    if masked:
        return masked.end()
    letters = LETTERS.match(text, end)
    if letters:
        inner = letters.group().rstrip(LETTER)
        lost = any(c.isdigit() for c in inner) or LETTERS_CLOSE.match(text, letters.end())
        return letters.end() if lost else 0
    wreck = WRECK.match(text, end) or STOPPED.match(text, end)
    return wreck.end() if wreck else 0
