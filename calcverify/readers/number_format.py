"""The number of a cell as a person sees it: ``2.7`` under ``0.00`` is ``2.70``.

    format    = section {";" section}           positive; negative; zero; text
    section   = {"[" … "]" | literal | digit | "." | "," | "%" | date part}
    literal   = '"' … '"' | "\\" any | "!" any | "_" any (a gap) | "*" any (a filler)
    digit     = "0" | "#" | "?"

What a figure is worth is then read from what is shown, never from the binary fraction
that the program kept. A format that is not understood (fractions, ``E+00``) shows the value
with the fifteen digits that a spreadsheet has.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, Overflow
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
TEXT = "@"
# A spreadsheet keeps so many digits of a number; what follows is noise of binary fractions.
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_MOST_EXPONENT = 40

# The formats that a file names by number only; 27 to 58 as the Chinese programs show them.
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "¥#,##0",
    6: "¥#,##0",
    7: "¥#,##0.00",
    8: "¥#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: "¥#,##0",
    43: "#,##0.00",
    44: "¥#,##0.00",
    45: "mm:ss",
    49: TEXT,
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

_LONGEST_FORMAT = 200
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]\-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|(?i:AM/PM|上午/下午)|a{3,4})|(?P<strange>General|E[+-])|(?P<slash>/)|(?P<plain>.)",
    re.DOTALL,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = "一二三四五六日"
_LAST_DAY = 2958465  # 9999-12-31


class _Token(NamedTuple):
    kind: str
    text: str


def decimal_of(written: str) -> Decimal | None:
    """The number that a file holds (``"0.30000000000000004"``) in fifteen digits, or ``None``.

    >>> decimal_of("0.30000000000000004"), decimal_of("1E+400")
    (Decimal('0.300000000000000'), None)
    """
    try:
        value = _FIFTEEN.create_decimal(written.strip())
    except (InvalidOperation, Overflow):
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _MOST_EXPONENT else None


def shown(value: Decimal, code: str = GENERAL, from_1904: bool = False) -> str:
    """The text that a cell of ``value`` shows under the format ``code``.

    >>> shown(Decimal("2.7"), "0.00"), shown(Decimal("1234.5"), "#,##0.00"), shown(Decimal("0.125"), "0.0%")
    ('2.70', '1,234.50', '12.5%')
    >>> shown(Decimal("44927"), 'yyyy"年"m"月"d"日"')
    '2023年1月1日'
    """
    sections = _sections(code)
    signed, section = True, sections[0]
    if value < 0 and len(sections) > 1:
        signed, section = False, sections[1]
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    kinds = {token.kind for token in section}
    if "date" in kinds and not kinds & {"digit", "strange"}:
        return _date(value, section, from_1904) or general(value)
    if kinds & {"strange", "slash"} or not kinds & {"digit", "quoted"}:
        return general(value)
    if "digit" not in kinds:  # the third section of accounts shows "-" for nothing
        return "".join(token.text for token in section if token.kind in ("quoted", "plain")).strip()
    return _number(abs(value), section, value < 0, signed)


def general(value: Decimal) -> str:
    """A number without a format: no exponent, no zeros at its end.

    >>> general(Decimal("3.20230000E+8")), general(Decimal("0.10"))
    ('320230000', '0.1')
    """
    written = format(value, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("", "-0") else written


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """The sections of a format as tokens."""
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code[:_LONGEST_FORMAT]):
        kind = match.lastgroup
        if kind is None:
            continue
        text = match[kind]
        if kind == "plain" and text == ";":
            sections.append([])
        elif kind in ("escaped", "currency"):
            sections[-1].append(_Token("quoted", text))
        else:
            sections[-1].append(_Token(kind, text))
    return tuple(tuple(section) for section in sections)


def _number(value: Decimal, section: tuple[_Token, ...], negative: bool, signed: bool) -> str:
    """Digits put into the places of a section; a minus where the section has no sign of its own."""
    tokens = list(section)
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    point = next((i for i, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    decimals = [i for i in places if i > point]
    whole = [i for i in places if i < point]
    commas = [i for i, token in enumerate(tokens) if token.kind == "comma"]
    grouped = any(whole and whole[0] < i < whole[-1] for i in commas)
    # Commas behind the last place before the point, or the last of all, divide by a thousand each.
    behind = whole[-1] if whole else -1
    thousands = sum(behind < i < point or i > places[-1] for i in commas)
    value = value.scaleb(-3 * thousands, _WIDE)
    value = value.scaleb(2 * sum(token.kind == "percent" for token in tokens), _WIDE)
    value = value.quantize(Decimal(1).scaleb(-len(decimals)), context=_WIDE)
    digits, _, fraction = format(value, "f").partition(".")
    if digits == "0" and whole and all(tokens[i].text != "0" for i in whole):
        digits = ""
    filled = _whole(digits, [tokens[i].text for i in whole], grouped)
    kept = _decimals(fraction, [tokens[i].text for i in decimals])
    put = dict(zip(whole, filled, strict=True)) | dict(zip(decimals, kept, strict=True))
    parts = []
    for i, token in enumerate(tokens):
        if token.kind == "digit":
            parts.append(put[i])
        elif token.kind == "point":
            parts.append("." if any(kept) or not decimals else "")
        elif token.kind != "comma":
            parts.append(token.text)
    text = "".join(parts).strip()
    if not negative or not any(character in "123456789" for character in text):
        return text
    if text.startswith("(") and text.endswith(")"):  # (1,234.00) is how accounts write -1,234.00
        return "-" + text[1:-1].strip()
    return "-" + text if signed or "-" not in text else text


def _whole(digits: str, places: list[str], grouped: bool) -> list[str]:
    """The digits of a whole number for each place; the first takes those that are too many."""
    if not places:
        return []
    filled = []
    for n, place in enumerate(reversed(places)):
        if n + 1 == len(places):
            filled.append(digits[: len(digits) - n] if n < len(digits) else ("0" if place == "0" else ""))
        else:
            filled.append(digits[-1 - n] if n < len(digits) else ("0" if place == "0" else ""))
    filled.reverse()
    if not grouped:
        return filled
    joined = f"{int(''.join(filled) or '0'):,}" if "".join(filled) not in ("",) else ""
    return [joined, *[""] * (len(places) - 1)]


def _decimals(fraction: str, places: list[str]) -> list[str]:
    """A digit for each decimal place; zeros at the end under # are not shown."""
    kept = [fraction[i] if i < len(fraction) else "0" for i in range(len(places))]
    for i in range(len(places) - 1, -1, -1):
        if places[i] == "0" or kept[i] != "0":
            break
        kept[i] = ""
    return kept


def _date(value: Decimal, section: tuple[_Token, ...], from_1904: bool) -> str | None:
    """A date or a time of day; ``None`` where the number is none."""
    if value < 0 or value > _LAST_DAY:
        return None
    # 1900 is a leap year to spreadsheets: from the 60th day on they count one too many.
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    seconds = int((value * 86400).to_integral_value(ROUND_HALF_UP))
    try:
        when = first + timedelta(seconds=seconds)
    except OverflowError:
        return None
    dates = [i for i, token in enumerate(section) if token.kind == "date"]
    parts = []
    for i, token in enumerate(section):
        if token.kind != "date":
            parts.append(token.text)
            continue
        at = dates.index(i)
        before = section[dates[at - 1]].text.lower() if at else ""
        after = section[dates[at + 1]].text.lower() if at + 1 < len(dates) else ""
        halves = any(section[j].text.lower() in ("am/pm", "上午/下午") for j in dates)
        parts.append(_date_part(when, token.text.lower(), before.startswith("h") or after.startswith("s"), halves))
    return "".join(parts).strip()


def _date_part(when: datetime, part: str, minutes: bool, halves: bool) -> str:
    kind, wide = part[0], len(part) > 1
    if "/" in part:
        return ("上午" if when.hour < 12 else "下午") if part[0] != "a" else ("AM" if when.hour < 12 else "PM")
    if kind == "y":
        return f"{when.year:04}" if len(part) > 2 else f"{when.year % 100:02}"
    if kind == "m" and len(part) > 2 and not minutes:
        return _MONTHS[when.month - 1]
    if kind == "a":
        return ("星期" if len(part) > 3 else "") + _WEEKDAYS[when.weekday()]
    hour = (when.hour + 11) % 12 + 1 if halves else when.hour
    number = {"m": when.minute if minutes else when.month, "d": when.day, "h": hour, "s": when.second}[kind]
    return f"{number:02}" if wide else str(number)
