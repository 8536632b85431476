"""The value of an indicator: ``≥90%``, ``=280个``, ``>14.5万``; words are none."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.numbers import read_numbers
from calcverify.forms.model import Indicator
from calcverify.patterns import pattern

# What may stand around the number: a comparison, a counter, no sentence.
LONGEST = 16
DIGIT = re.compile("[0-9０-９]")
AT_LEAST = re.compile(r"[≥≧>＞]|不低于|不少于|不小于|以上|大于|高于|超过")
AT_MOST = re.compile(r"[≤≦<＜]|不高于|不超过|不大于|以下|以内|小于|低于|少于")
AROUND = re.compile(
    r"[=＝≥≧>＞≤≦<＜≈约\s]|不低于|不少于|不小于|不高于|不超过|不大于|[大小]于|[高低]于|超过|以[上下内]|左右|达到?"
)


PLAIN = re.compile(r"\s*[0-9０-９.,]+\s*")
SIGNS = pattern(r"[=＝≥≧>＞≤≦<＜]")


class Mark(NamedTuple):
    """What an indicator asks for: ``sign`` is ``">"`` (at least), ``"<"`` (at most) or ``"="``."""

    value: Fraction
    place: Fraction
    unit: str
    percent: bool
    sign: str


def value_in(row: Indicator, text: str) -> str:
    """A value of a row with the comparison and the unit that stand in columns of their own: ``≥95%``."""
    if not PLAIN.fullmatch(text):
        return text.strip()
    return (row.sign if SIGNS.fullmatch(row.sign) else "") + text.strip() + row.unit.strip()


def mark_of(text: str) -> Mark | None:
    """The one number of an indicator's value, ``None`` where it is anything else."""
    text = text.strip()
    if len(text) > LONGEST or not DIGIT.search(text):
        return None
    numbers = read_numbers(text)
    if len(numbers) != 1 or numbers[0].high is not None:
        return None
    number = numbers[0]
    around = AROUND.sub("", text[: number.span.start] + text[number.span.end :])
    if len(around) > 4 or DIGIT.search(around):
        return None
    sign = ">" if AT_LEAST.search(text) else "<" if AT_MOST.search(text) else "="
    return Mark(number.value, number.place, number.unit or around, number.text.endswith(("%", "％")), sign)
