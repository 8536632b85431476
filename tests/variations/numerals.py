"""Writing a decimal in one of the scripts that officers use.

The scripts are arabic, thousands (1,234), thousands-blank (82, 000.00) and spaced (``3 .5``, what PDF
extraction leaves), chinese (一千二百三十四), capital (壹仟贰佰叁拾肆), third (三分之一).
"""

from __future__ import annotations

from fractions import Fraction

LOWER = "零一二三四五六七八九"
CAPITAL = "零壹贰叁肆伍陆柒捌玖"
TENS_LOWER = ("", "十", "百", "千")
TENS_CAPITAL = ("", "拾", "佰", "仟")
SECTIONS = ("", "万", "亿", "万亿")


def write(plain: str, script: str) -> str:
    """``plain`` (arabic digits, perhaps a point) in ``script``."""
    if script == "arabic":
        return plain
    if script == "thousands":
        return thousands(plain)
    if script == "thousands-blank":
        return thousands(plain).replace(",", ", ")
    if script == "spaced":
        return spaced(plain)
    if script == "chinese":
        return chinese(plain, LOWER, TENS_LOWER)
    if script == "capital":
        return chinese(plain, CAPITAL, TENS_CAPITAL, short_ten=False)
    if script == "third":
        return "三分之一"
    raise KeyError(script)


def thousands(plain: str) -> str:
    """Digits in groups of three: 1234567.5 → 1,234,567.5."""
    whole, point, decimals = plain.partition(".")
    return f"{int(whole):,}{point}{decimals}"


def spaced(plain: str) -> str:
    """One blank where a PDF's layout tore the number: before the point, or after the first digit."""
    whole, point, decimals = plain.partition(".")
    if point:
        return f"{whole} .{decimals}"
    return f"{whole[0]} {whole[1:]}" if len(whole) > 1 else plain


def section(number: int, digits: str, tens: tuple[str, ...], short_ten: bool) -> str:
    """A number below 10000; ``short_ten`` writes 12 as 十二 rather than 一十二."""
    out = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            gap = bool(out)
            continue
        if gap:
            out += digits[0]
            gap = False
        if power == 1 and digit == 1 and short_ten and not out:
            out += tens[1]
        else:
            out += digits[digit] + tens[power]
    return out


def chinese(plain: str, digits: str, tens: tuple[str, ...], short_ten: bool = True) -> str:
    """A decimal below 10^16 in Chinese numerals; zeros inside are said once (一万零三十)."""
    whole, _, decimals = plain.partition(".")
    number = int(whole)
    out = ""
    for index in (3, 2, 1, 0):
        part = number // 10 ** (4 * index) % 10000
        if not part:
            continue
        # 一万零三十, 一亿零五千: 零 stands for a missing thousand or a missing section.
        if out and (part < 1000 or number // 10 ** (4 * index + 4) % 10000 == 0):
            out += digits[0]
        out += section(part, digits, tens, short_ten and not out)
        # 万亿 is one word: 三万亿五千亿 is written 三万五千亿.
        over = number // 10**8 % 10000
        out += "万" if index == 3 and over else SECTIONS[index]
    out = out or digits[0]
    if decimals:
        out += "点" + "".join(digits[int(d)] for d in decimals)
    return out


def last_place(plain: str) -> Fraction:
    """The value of the last digit that Chinese numerals would write: 一百二十万 → 100000."""
    _, point, decimals = plain.partition(".")
    if point:
        return Fraction(1, 10 ** len(decimals))
    number, place = int(plain), 1
    if not number:
        return Fraction(1)
    while number % (place * 10) == 0:
        place *= 10
    return Fraction(place)
