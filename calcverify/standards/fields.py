"""Reading one field of a TOML entry: its type, its number, its date, its unit.

Every function raises a :class:`Flaw` that names the key; nothing is guessed or repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias, TypeVar

from calcverify.exact.units import NONE, Unit, inverse, times
from calcverify.lexicon.loader import UnitWord
from calcverify.standards.faults import Fault, Flaw
from calcverify.standards.model import PartialDate, Period

Entry: TypeAlias = Mapping[str, object]
UnitNamed: TypeAlias = Callable[[str], UnitWord | None]

# 30 digits hold every amount that a budget can name; more of them, or an exponent, would
# only serve to keep the machine busy.
NUMBER = re.compile(r"(-?[0-9]{1,30}(?:\.[0-9]{1,30})?)(%|‰|/[0-9]{1,30})?")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

TYPES: dict[type, tuple[str, str]] = {
    str: ("文字", "text"),
    list: ("列表", "a list"),
    dict: ("表（{…}）", "a table ({…})"),
    bool: ("布尔值（true 或 false）", "true or false"),
    int: ("整数", "a whole number"),
}

T = TypeVar("T")


def check_keys(entry: Entry, required: str, optional: str = "") -> None:
    """Every required key is there, and no other than the optional ones."""
    known = [*required.split(), *optional.split()]
    for key in entry:
        if key not in known:
            raise unknown(key, known)
    for key in required.split():
        if key not in entry:
            raise Flaw(Fault.MISSING_KEY, key=key)


def unknown(key: str, known: Iterable[str]) -> Flaw:
    """The fault of a key that is not known, with the one that was probably meant."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(key, names, n=1)
    if close:
        return Flaw(Fault.MISPELT_KEY, key=key, meant=close[0])
    return Flaw(Fault.UNKNOWN_KEY, key=key, known=" ".join(names))


def typed(entry: Entry, key: str, kind: type[T]) -> T:
    """The value of ``key`` if it is a ``kind`` (``True`` is no whole number)."""
    value = entry[key]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        zh, en = TYPES[kind]
        raise Flaw(Fault.WRONG_TYPE, key=key, zh=zh, en=en)
    return value


def text(entry: Entry, key: str, default: str | None = None) -> str:
    """One line of text; ``default`` where the key is absent."""
    if default is not None and key not in entry:
        return default
    value = typed(entry, key, str)
    if not value.strip() or not value.isprintable():
        raise Flaw(Fault.BAD_TEXT, key=key)
    return value


def texts(entry: Entry, key: str) -> tuple[str, ...]:
    """A list of lines of text, empty where the key is absent."""
    values = typed(entry, key, list) if key in entry else []
    return tuple(text({key: value}, key) for value in values)


def entries(entry: Entry, key: str) -> tuple[Entry, ...]:
    """A list of tables, empty where the key is absent."""
    values = typed(entry, key, list) if key in entry else []
    return tuple(typed({key: value}, key, dict) for value in values)


def number(entry: Entry, key: str, positive: bool = True) -> Fraction:
    """An exact number: 550, 0.5, "16%", "1/2"; above zero unless said otherwise."""
    written = entry[key]
    if isinstance(written, bool) or not isinstance(written, int | Decimal | str):
        raise Flaw(Fault.BAD_NUMBER, key=key, text=str(written)[:40])
    value = exact(str(written))
    if value is None:
        raise Flaw(Fault.BAD_NUMBER, key=key, text=str(written)[:40])
    if positive and value <= 0:
        raise Flaw(Fault.NOT_POSITIVE, key=key)
    return value


def exact(written: str) -> Fraction | None:
    """The rational that a text writes, or ``None``."""
    match = NUMBER.fullmatch(written.strip())
    if not match:
        return None
    digits, tail = match[1], match[2] or ""
    if tail.startswith("/"):
        below = int(tail[1:])
        return Fraction(digits) / below if below else None
    return Fraction(digits) / {"": 1, "%": 100, "‰": 1000}[tail]


def day(entry: Entry, key: str) -> PartialDate:
    """A date, a month or a year, as a TOML date or as text."""
    written = entry[key]
    match = None
    if isinstance(written, str | date) and not isinstance(written, datetime):
        match = DATE.fullmatch(str(written))
    if match:
        found = PartialDate(*(int(part or 0) for part in match.groups()))
        try:
            found.first  # noqa: B018  # building the date is the check: there is no 30 February
        except ValueError:
            pass
        else:
            return found
    raise Flaw(Fault.BAD_DATE, key=key, text=str(written)[:40])


def period(entry: Entry) -> Period:
    """The dates of effect: ``since``, and ``until`` where the rule has ended."""
    found = Period(day(entry, "since"), day(entry, "until") if "until" in entry else None)
    if found.last < found.since.first:
        raise Flaw(Fault.DATES_REVERSED)
    return found


def unit(entry: Entry, key: str, unit_named: UnitNamed) -> tuple[str, Unit]:
    """A unit as written and as powers: 元/人·天; ``""`` is a pure number."""
    written = typed(entry, key, str)
    if not written:
        return "", NONE
    over, *under = written.split("/")
    result = NONE
    for part in over.split("·"):
        result = times(result, unit_word(part, written, unit_named))
    for word in (w for part in under for w in part.split("·")):
        result = times(result, inverse(unit_word(word, written, unit_named)))
    return written, result


def unit_word(word: str, written: str, unit_named: UnitNamed) -> Unit:
    """One word of a unit, under the name that the lexicon gives it."""
    if not word or not word.isprintable() or " " in word:
        raise Flaw(Fault.BAD_UNIT, unit=written)
    found = unit_named(word)
    if found is None:
        raise Flaw(Fault.UNKNOWN_UNIT, unit=written, word=word)
    if found.factor != 1:
        raise Flaw(Fault.SCALED_UNIT, unit=written, word=word, base=found.name)
    return ((found.name, 1),)
