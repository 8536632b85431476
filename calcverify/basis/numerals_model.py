"""What reading a numeral gives."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

ONE = Fraction(1)


class Numeral(NamedTuple):
    """A number as written, without its unit.

    ``end`` is the offset behind the numeral with its scale words and %-signs. ``value``
    has the scale applied (8.25万 → 82500, 5% → 1/20) and ``place`` is the value of the
    last written digit (8.25万 → 100, 一百二十万 → 100000, 100% → 1/100). ``scale`` is the
    multiplier written last: 10000 for 8.25万, 10000000 for 3亿5千万, 1 for 1380 and for
    shares; a Chinese numeral counts its 万 and 亿 only.

    ``kind`` is ``arabic``, ``chinese``, ``mixed`` (3亿5千万), ``percent`` (also 个百分点),
    ``permille``, ``fraction``, ``zhe`` (折), ``cheng`` (成), ``half`` (半, 一半), or
    ``damaged``: a number stands there and cannot be read; value and place mean nothing.

    A ``vague`` figure lies between ``value`` and ``high``: 10万余 → 10万 to 20万, 几十 →
    10 to 100. ``weak`` marks what is usually a word unless a unit follows: one Chinese
    digit, a pair such as 三五, 半.
    """

    end: int
    value: Fraction
    place: Fraction
    scale: int
    kind: str
    high: Fraction | None = None
    vague: bool = False
    weak: bool = False


def damaged(end: int) -> Numeral:
    """A number up to ``end`` that cannot be read."""
    return Numeral(end, Fraction(0), ONE, 1, "damaged")
