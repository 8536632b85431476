"""Reading one TOML table key by key: types, unknown keys, the place of every fault."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from calcverify.config.faults import ConfigError, Fault, Place, unknown

TEXT = ("文字", "text")
TEXTS = ('文字的列表，如 ["CV1"]', 'a list of texts such as ["CV1"]')
TRUTH = ("true 或 false", "true or false")
TABLE = ("一节（表）", "a table")

# 约 is never a tenth: whoever writes 1 for one per cent is told, and gets no licence of 100%.
MOST_HEDGE = Fraction(1, 10)


def load_toml(path: Path, largest: int) -> dict[str, Any]:
    """The content of a TOML file of at most ``largest`` bytes; ``ConfigError`` for what cannot be read."""
    place = Place(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(largest + 1)
    except FileNotFoundError as error:
        raise ConfigError(Fault.NO_FILE, place) from error
    except (OSError, ValueError) as error:
        raise ConfigError(Fault.UNREADABLE, place, detail=getattr(error, "strerror", "") or error) from error
    if len(data) > largest:
        raise ConfigError(Fault.TOO_LARGE, place, limit=largest)
    try:
        return tomllib.loads(data.decode("utf-8-sig"), parse_float=as_decimal)
    except UnicodeDecodeError as error:
        raise ConfigError(Fault.NOT_UTF8, place) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(Fault.BAD_TOML, place, detail=str(error)[:120]) from error


def as_decimal(written: str) -> Decimal | str:
    """A TOML float as the decimal that it writes; one with an exponent stays text, and is refused."""
    return Decimal(written) if written.strip("+-0123456789._") == "" else written


def check_keys(table: Mapping[str, Any], known: Collection[str], place: Place) -> None:
    """``ConfigError`` for a key that is none of the ``known``."""
    for key in table:
        if key not in known:
            raise unknown(Fault.UNKNOWN_KEY, place.under(key), key, known)


def text_of(value: object, place: Place) -> str:
    """A line of text that is not empty."""
    if not isinstance(value, str):
        raise ConfigError(Fault.WRONG_TYPE, place, zh=TEXT[0], en=TEXT[1])
    if not value.strip():
        raise ConfigError(Fault.EMPTY, place)
    return value.strip()


def texts_of(value: object, place: Place) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(Fault.WRONG_TYPE, place, zh=TEXTS[0], en=TEXTS[1])
    return tuple(value)


def truth_of(value: object, place: Place) -> bool:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        raise ConfigError(Fault.WRONG_TYPE, place, zh=TRUTH[0], en=TRUTH[1])
    return value


def table_of(value: object, place: Place) -> Mapping[str, Any]:
    """A table."""
    if not isinstance(value, dict):
        raise ConfigError(Fault.WRONG_TYPE, place, zh=TABLE[0], en=TABLE[1])
    return value


def word_of(value: object, words: Collection[str], place: Place) -> str:
    """One of the ``words``."""
    text = text_of(value, place)
    if text not in words:
        raise unknown(Fault.UNKNOWN_WORD, place, text, words)
    return text


def hedge_of(value: object, place: Place) -> Fraction:
    """A share from nought to ten per cent: ``"1%"``, ``"0.5%"``, ``"0.01"`` or 0.01.

    >>> hedge_of("0.5%", Place("a.toml"))
    Fraction(1, 200)
    """
    text = str(value).strip() if isinstance(value, (str, Decimal, int)) and not isinstance(value, bool) else ""
    digits = text.removesuffix("%").strip()
    plain = digits.isascii() and len(digits) <= 20 and digits.replace(".", "", 1).isdigit()
    try:
        share = Fraction(Decimal(digits)) / (100 if text.endswith("%") else 1) if plain else None
    except InvalidOperation:
        share = None
    if share is None or not 0 <= share <= MOST_HEDGE:
        raise ConfigError(Fault.BAD_SHARE, place, text=value)
    return share


def date_of(value: object, place: Place) -> date:
    """A day, as TOML's own date or as text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and len(value.strip()) == 10:
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise ConfigError(Fault.BAD_DATE, place, text=value)
