"""Reading a number from its digits, once, in one place.

:func:`read_numeral` gives the longest numeral that begins at a place of a text: Arabic
digits of any width, Chinese numerals, both mixed, shares, tenths, vague figures. What
cannot be read for certain comes back as ``damaged``, covering all of it, so that no part
of it is read as another number.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.numerals_arabic import BLANK, CROSS, INVISIBLE, LETTER, MASK, row_of_rounds
from calcverify.basis.numerals_forms import read_form
from calcverify.basis.numerals_model import Numeral, damaged
from calcverify.exact.rational import integer, ratio
from calcverify.patterns import pattern

__all__ = ["Numeral", "damaged", "read_numeral"]

# What may make a number more, or less, than its plain digits. Behind them stand, a line each:
# more digits and separators; numeral signs, also behind a blank; shares; damage.
SIGNS = "零〇一二两三四五六七八九十百千万亿几余多折成点又拾佰仟萬億"
UNUSUAL = (
    r"\d|[.．,，·。'’][0-9０-９]|[,.]\ [0-9]"
    f"|[{SIGNS}壹贰叁肆伍陆柒捌玖兩貳參陸點餘廿卅来%％‰﹪]|能|向|用"
    f"|{BLANK}+(?:[0-9０-９.．{SIGNS}%％‰﹪分个来{MASK}]|百分|[OoΟО][万亿元0-9 ])"
    f"|[个個]?{BLANK}?百|分{BLANK}*之"
    f"|[{LETTER}⁰¹²³⁴-⁹₀-₉½⅓⅔¼¾⅛]|[eE][-+]?[0-9]|\\s*\\^|{INVISIBLE}|[{CROSS}]{{2}}|[{MASK}]"
    "|k[一-鿿@×*]|[wW]元"
)
BEHIND = f"(?:\\.([0-9]{{1,9}}+))?+(?:{BLANK}?([万亿%％]))?+(?!{UNUSUAL})"
AHEAD = f"(?<![{MASK}])(?<![{CROSS}]{{2}})"
PLAIN = re.compile(f"{AHEAD}([0-9]{{1,15}}+){BEHIND}").match
GROUPED = pattern(f"{AHEAD}([0-9]{{1,3}}+(?:,[0-9]{{3}}){{1,4}}+){BEHIND}")


class Written(NamedTuple):
    """What a scale word or % behind k decimals does to the digits read as one integer.

    The value is digits × ``times`` where ``over`` is 1, else digits ÷ ``over``.
    """

    times: int
    over: int
    place: Fraction
    scale: int
    kind: str


def written(scale: int, percent: bool) -> tuple[Written, ...]:
    """The entries for 0 to 9 decimals."""
    places = (Fraction(scale, 10**k * (100 if percent else 1)) for k in range(10))
    kind = "percent" if percent else "arabic"
    return tuple(Written(p.numerator, p.denominator, p, scale, kind) for p in places)


WRITTEN = {None: written(1, False), "万": written(10**4, False), "亿": written(10**8, False)} | dict.fromkeys(
    "%％", written(1, True)
)
PARTED_POINT = re.compile(r"(?<![0-9.])([0-9]{1,9})[ \u3000]\.([0-9]{1,6})(?=[ \u3000]?(?:[万亿千百]|元))").match



def plain_number(whole: str, decimals: str | None, word: str | None) -> tuple[Fraction, Fraction, int]:
    """Value, place and scale of at most 15 digits and 9 decimals with the scale word (万, 亿) behind them."""
    if decimals is None:
        times, over, place, scale, _ = WRITTEN[word][0]
        digits = int(whole)
    else:
        times, over, place, scale, _ = WRITTEN[word][len(decimals)]
        digits = int(whole + decimals)
    return (integer(digits * times) if over == 1 else ratio(digits, over)), place, scale


new = tuple.__new__  # a NamedTuple's own constructor takes a third of the time of a whole reading


def read_numeral(text: str, start: int = 0, slash: bool = False) -> Numeral | None:
    """The longest numeral that begins exactly at ``start``, or ``None``.

    ``None`` says that the character there begins no number: it belongs to an ordinary word
    (统一, 第三) or to a unit (万元). A ``damaged`` numeral says that a number stands there that
    cannot be read. With ``slash`` ``1/3`` is a fraction; without it ``/`` is left alone, as
    it mostly is a division or a rate.

    >>> read_numeral("8.25万人").value
    Fraction(82500, 1)
    >>> read_numeral("贰佰台").value, read_numeral("八五折").value
    (Fraction(200, 1), Fraction(17, 20))
    >>> read_numeral("748,5万元").kind
    'damaged'
    """
    m = PLAIN(text, start)
    if m is None or slash:
        m = None if slash or "," not in text[start : start + 4] else GROUPED.match(text, start)
        if m is None or row_of_rounds(m.group(1)):
            parted = None if slash else PARTED_POINT(text, start)
            if parted is not None:  # 59 .15万元: no list has an item that begins with a point
                joined = parted.group(1) + "." + parted.group(2)
                numeral = read_numeral(joined + text[parted.end() : parted.end() + 8])
                return None if numeral is None else numeral._replace(end=parted.end() + numeral.end - len(joined))
            return read_form(text, start, slash) if start < len(text) else None
        whole, decimals, word = m.groups()
        whole = whole.replace(",", "")
    else:
        whole, decimals, word = m.groups()
    if decimals is None:
        digits = int(whole)
        times, over, place, scale, kind = WRITTEN[word][0]
    else:
        digits = int(whole + decimals)
        times, over, place, scale, kind = WRITTEN[word][len(decimals)]
    value = integer(digits * times) if over == 1 else ratio(digits, over)
    return new(Numeral, (m.end(), value, place, scale, kind, None, False, False))
