"""What may begin with each character of a text: the table that the lexer goes by.

A table by character spares the lexer the search: most characters begin nothing, a comma
only a comma, and a cue word is found in a dictionary. Patterns are left for what has a
shape: list marks, dates and document numbers, ratios, damage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from calcverify.basis.numerals_arabic import CROSS, MASK
from calcverify.basis.months import LASTING
from calcverify.basis.suffix import Suffixes, suffixes
from calcverify.lexicon.loader import Lexicon, load
from calcverify.patterns import pattern

if TYPE_CHECKING:
    from calcverify.basis.lexer import Lexer

# Reads what begins at a place and gives where it ends.
Reader: TypeAlias = "Callable[[Lexer, int], int]"
# What to do with a part that was matched: its place, its detail, the match.
Action: TypeAlias = "Callable[[Lexer, int, int, str, re.Match[str]], int]"

DIGITS = "0123456789０１２３４５６７８９"
CN_DIGITS = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億半几数廿卅貳參陸兩"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzｘＸхХ"
ENCLOSED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩❶❷❸❹❺❻❼❽❾❿"
OPENING = "（([【{〔［｛"
# Characters that are one thing wherever they stand, by the method that takes them.
PLAIN_MARKS = {
    "comma": "，,\t|｜",
    "pause": "、﹑",
    "stop": "。；;！？!?",
    "line": "\r\n",
    "colon": ":：",
    "close": ")）]】}〕］｝",
}


class Part(NamedTuple):
    """Something that a pattern recognises: the action for it, a detail, the characters it begins with."""

    action: str
    detail: str
    pattern: str
    begins: str


YUAN = Part("yuan", "", r"[￥¥](?=\s*[\d０-９])|(?:人民币|CNY|RMB)(?=\s*[\d０-９])", "￥¥人" + LETTERS)
COUNTERS = "名|人(?!次)|个(?!月)|台|套|户|辆|件|场|位|家|所|期|盏|把|张"
ITEMS = (
    Part("item", "pa", r"[（(]\s*(\d{1,2})\s*[)）]", "（("),
    Part("item", "pc", r"[（(]\s*([一二三四五六七八九十]{1,3})\s*[)）]", "（("),
    Part("item", "o", f"[{ENCLOSED}]", ENCLOSED),
    Part("item", "c", r"([一二三四五六七八九十]{1,3})\s*、", CN_DIGITS),
    Part("item", "s", r"([一二三四五六七八九])是(?!否)", CN_DIGITS),
    Part("item", "f", rf"(\d)\.(?=[1-9]\d*(?:{COUNTERS}))", DIGITS),
    Part("item", "d", r"([\d０-９]{1,2})\s*(?:、|[．.](?!\s?[\d０-９])|[)）])", DIGITS),
)
NUMBERS = (
    Part("months", "", r"(?<![\d.])(\d{1,2})\s*月?\s*(?:-|－|—+|–|~|～|至|到)\s*(\d{1,2})\s*月份?", DIGITS),
    Part("ratio", "", r"(?<![\d.:：])\d{1,3}(?:\.\d+)?(?:[:：]\d{1,3}(?:\.\d+)?)+(?![\d.])", DIGITS),
    Part("percent", "", "(?=[百千万]分之)", CN_DIGITS),
)
MARKS = (
    Part("times", "", r"[xXｘＸхХ](?=\s*[（(\[]?\s*[\d０-９一-鿿])", LETTERS),
    Part("tag", "", r"<[^<>\n]{1,120}>|&(?:nbsp|emsp|ensp|amp|lt|gt);", "<&"),
    Part("damaged", "", "[■□▇█\ufffd]+|\\*{2,}|[○●]{2,}", "■□▇█\ufffd*○●"),
    Part("equals", "", "→|⇒|=>|->", "→⇒=-"),
    Part("open", "", r"[（(\[【{〔［｛]", OPENING),
    YUAN,
)


# A number before an operator, a stop, or an amount's or counter's own word with a mark behind it:
# nothing that has a shape begins with it. Most numbers are such, and the patterns need not be tried.
QUIET = re.compile(
    r"[0-9]{1,8}+(?:(?:\.[0-9]{1,8}+)?+[%×*=＝+，。；]"
    r"|(?:(?:\.[0-9]{1,8}+)?+[万亿元]元?|[人名户个台套次])(?=[，。；、：（）,;:()×*+/=＝|]|$))"
)


# Of these, the figures that need nothing but their digits, scale and unit: no share, no rate behind a
# slash or a bracket, no 12， with another digit behind. Three in four figures of a budget are such.
STRAIGHT = re.compile(
    f"(?<![{MASK}])(?<![{CROSS}]{{2}})([0-9]{{1,8}}+)(?:\\.([0-9]{{1,8}}+))?+"
    f"(?:(?=[=＝+；]|[，。](?![0-9０-９])|[×*](?![{CROSS}]))"
    "|([万亿]?元|[人名户台套次])(?=[，。；、：）,;:)×*+=＝|]|$))"
)


class Meaning(NamedTuple):
    """A cue word or an operator: the roles of the one (``None``: none at all, it is no cue), the
    sign of the other (``""``), whether it is written in letters, and its length (the end of a
    text cuts a longer stretch down to the word)."""

    roles: frozenset[str] | None
    sign: str
    lettered: bool
    size: int


class Grammar(NamedTuple):
    """The table of the lexer, made once from a lexicon.

    ``readers`` says for each character what reads what may begin with it; ``next_start``
    finds the next such character. ``words`` are the cues and operators, ``sizes`` the
    lengths of those that begin with a character, the longest first.
    """

    suffixes: Suffixes
    words: Mapping[str, Meaning]
    sizes: Mapping[str, tuple[int, ...]]
    readers: Mapping[str, Reader]
    next_start: Callable[[str, int], re.Match[str] | None]


def meanings(lexicon: Lexicon) -> dict[str, Meaning]:
    """The cues and operators by word; a letter x is an operator only between operands."""
    signs = {w: s for w, s in lexicon.operators.items() if not w.isalpha() or len(w) > 1 or w in "加减乘"}
    return {
        word: Meaning(lexicon.cues.get(word), lexicon.operators.get(word, ""), word.isalpha(), len(word))
        for word in (*lexicon.cues, *signs)
    }


def first_characters(pattern: str) -> str:
    """The characters that a pattern of the lexicon begins with where it spells them out: a literal,
    ``[abc]`` or ``(?:a|b)``; nothing for a look-behind, or a class like ``\\d`` and ``[0-9]``."""
    if pattern.startswith("(?:"):
        choices = [first_characters(choice) for choice in pattern[3 : pattern.index(")")].split("|")]
        return "".join(choices) if all(choices) else ""
    if pattern.startswith("["):
        within = pattern[1 : pattern.index("]", 2)]
        return "" if re.search(r"^\^|[^\\]-.", within) else re.sub(r"\\(.)", r"\1", within)
    return "" if pattern[0] in r"\^$.|?*+()]{}" else pattern[0]


def aside_parts(lexicon: Lexicon) -> list[Part]:
    """The asides of the lexicon, each with the characters that it spells out as its first; one that
    does not may begin with any digit, numeral or letter, as its entry says."""
    kinds = {"digit": DIGITS, "numeral": CN_DIGITS, "letter": LETTERS}
    parts = []
    for reason, shape, begins in lexicon.asides:
        first = first_characters(shape) or "".join(kinds[kind] for kind in kinds if kind in begins)
        # One pattern for all digits: telling the 1 and 2 of years apart from the others would make three.
        alike = next((whole for whole in (DIGITS, CN_DIGITS) if set(first) <= set(whole)), first)
        parts.append(Part("aside", reason, shape, alike))
    return parts


def by_pattern(parts: Iterable[Part], otherwise: Reader, actions: type[Lexer]) -> Reader:
    """A reader that tries some parts in turn; what none of them matches is left to ``otherwise``.

    The parts are compiled for the first text that has such a character: few texts have all of them.
    """
    choices: list[str] = []
    details: list[tuple[str, str]] = []
    for part in parts:
        if details and part.action == "aside" and details[-1] == ("aside", part.detail):
            choices[-1] += "|" + part.pattern  # one group for each reason
        else:
            choices.append(part.pattern)
            details.append((part.action, part.detail))
    compiled = pattern("|".join(f"(?P<g{n}>{choice})" for n, choice in enumerate(choices)), re.S)

    # Groups inside the parts shift the numbering; the group of the part itself closes last.
    @cache
    def does() -> Mapping[int, tuple[Action, str]]:
        numbers = compiled.groupindex
        actions_of = [(getattr(actions, "on_" + action), detail) for action, detail in details]
        return {numbers[f"g{n}"]: what for n, what in enumerate(actions_of)}

    def read(lexer: Lexer, at: int) -> int:
        m = compiled.match(lexer.text, at)
        if m is None:
            return otherwise(lexer, at)
        action, detail = does()[m.lastindex or 0]
        return action(lexer, at, m.end(), detail, m)

    return read


def quietly(read: Reader, actions: type[Lexer]) -> Reader:
    """A reader of what begins with a digit that takes the plain cases first."""
    straight, straightly, quiet, number = STRAIGHT.match, actions.straight, QUIET.match, actions.number

    def read_digits(lexer: Lexer, at: int) -> int:
        text = lexer.text
        m = straight(text, at)
        if m is not None:
            return straightly(lexer, at, m)
        return number(lexer, at) if quiet(text, at) else read(lexer, at)

    return read_digits


def build(lexicon: Lexicon, actions: type[Lexer]) -> Grammar:
    """The table for one lexicon, with the methods of ``actions``."""
    words = meanings(lexicon)
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[0], set()).add(len(word))
    units = suffixes(lexicon)
    averages = Part("per", "", units.averages, units.average_begins)
    lasting = [Part("lasting", "", each, DIGITS) for each in LASTING]
    parts = [*ITEMS, *lasting, *aside_parts(lexicon), *NUMBERS, *MARKS, averages]
    readers: dict[str, Reader] = dict.fromkeys(sizes, actions.word)
    made: dict[tuple[tuple[Part, ...], Reader], Reader] = {}
    for first in dict.fromkeys("".join(part.begins for part in parts) + CN_DIGITS + DIGITS):
        own = tuple(part for part in parts if first in part.begins)
        last = actions.number if first in DIGITS else actions.numeral if first in CN_DIGITS else actions.word
        if (own, last) not in made:
            made[own, last] = by_pattern(own, last, actions)
        readers[first] = made[own, last]
    readers.update((digit, quietly(readers[digit], actions)) for digit in "0123456789")
    readers["每"] = actions.every
    for name, characters in PLAIN_MARKS.items():
        readers.update(dict.fromkeys(characters, getattr(actions, name)))
    starts = re.compile("[" + "".join(map(re.escape, readers)) + "]")
    ordered = {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sizes.items()}
    return Grammar(units, words, ordered, readers, starts.search)


@cache
def grammar(actions: type[Lexer]) -> Grammar:
    """The table of the shipped lexicon."""
    return build(load(), actions)
