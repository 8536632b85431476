"""The numbers of any text, with unit, hedge and sign; for use outside a basis.

A basis has its own lexer; this is the reading for one who wants the figures of a sentence.
What is not certain is left out: a digit of a word, ``5分`` (a score or money), ``40k``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from calcverify.basis.numerals import read_numeral
from calcverify.basis.numerals_arabic import BLANK
from calcverify.basis.numerals_model import Numeral
from calcverify.basis.numerals_words import numeral_words
from calcverify.basis.suffix import Suffixes, suffixes
from calcverify.exact.units import show
from calcverify.lexicon.loader import alternation, load, table
from calcverify.source import Span

HALF = Fraction(1, 2)
POINT_FIRST = re.compile(r"[.．]([0-9]{1,12})(?![0-9.．万亿%％A-Za-z])")
SLASHED = re.compile(r"(?<![0-9０-９/／.．])[0-9０-９]{1,2}\s?[/／]\s?[0-9０-９]{1,2}(?![0-9０-９])")
RANGE = re.compile(r"\s?(?:[-－–~～至到]|—{1,2})\s?")
LATIN = re.compile("[A-Za-z]")
CENTS = re.compile("零?(?=[0-9０-９零一二三四五六七八九两壹贰貳叁參肆伍陆陸柒捌玖])")
CENT = re.compile("([角毛])|(分)钱?")
TENTH = re.compile("[一二三四五六七八九](?![十百千万亿一二三四五六七八九角毛分厘])")
HALF_MORE = re.compile("(个?)半(?![价天径决导自])")


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


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """The patterns of what stands around a number, made once from the lexicon."""

    start: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    minus: re.Pattern[str]
    money_before: re.Pattern[str]
    money_after: re.Pattern[str]
    whole: re.Pattern[str]
    no_figure: re.Pattern[str]
    scaled: re.Pattern[str]
    units: Suffixes


@cache
def signs() -> Signs:
    """The patterns of the shipped lexicon."""
    data = table("numerals.toml")
    hedges, around = data["hedges"], data["signs"]
    digits = "".join(sorted(numeral_words().signs))

    def words(text: str) -> str:
        return alternation(text.split())

    behind = "".join(f"(?<!{w})" for w in hedges["not_before"].split())
    unsigned = "".join(f"(?<!{w})" for w in around["not_minus"].split())
    return Signs(
        start=re.compile(f"[0-9０-９]|(?<![0-9０-９.．])[.．](?=[0-9])|[{digits}半几数]|[对對](?=折)"),
        before=re.compile(f"({words(hedges['before'])}){behind}[为是达到\\s]{{0,2}}$"),
        after=re.compile(f"{BLANK}?({words(hedges['after'])})"),
        minus=re.compile(f"(?:{words(around['minus'])}){unsigned}{BLANK}?$|[-−－]$"),
        money_before=re.compile(f"(?:{words(around['money_before'])}){BLANK}?$"),
        money_after=re.compile(f"{BLANK}?(?:{words(around['money_after'])})"),
        whole=re.compile(f"(?:{words(around['whole'])})(?<!整[{''})"[:-1] + ")") if False else re.compile(
            f"(?!{words(around['not_whole'])})(?:{words(around['whole'])})"
        ),
        no_figure=re.compile(f"(?!{words(around['not_figures_unless'])})(?:{words(around['not_figures'])})"),
        scaled=re.compile(f"{BLANK}(?:{words(around['latin_scales'])})(?![A-Za-z])"),
        units=suffixes(load()),
    )
