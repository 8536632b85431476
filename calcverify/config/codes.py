"""Codes of rules as people name them: ``CV101``, or ``CV1`` for all that begin with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calcverify.checks import RULES
from calcverify.config.faults import ConfigError, Fault, Place, nearest
from calcverify.errors import PROBLEMS

# What a hand takes for a digit: CVl0l, CV1O1.
LOOKALIKES = str.maketrans("OoIlLZ", "001112")
CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)


def check_code(text: str, place: Place) -> str:
    """``text`` as a code, or the beginning of one, in capitals; ``ConfigError`` where no rule has it."""
    code = text.strip().upper()
    if code.startswith("CV") and any(known.startswith(code) for known in CODES):
        return code
    if code in PROBLEMS or (code.startswith("CV9") and len(code) <= 5):
        raise ConfigError(Fault.INPUT_CODE, place, text=code)
    raise ConfigError(Fault.UNKNOWN_CODE, place, text=text, text_meant=nearest_code(code))


def nearest_code(text: str) -> str:
    """The code that was most likely meant: letters that look like digits, then what begins alike.

    >>> nearest_code("CVl0l"), nearest_code("E501"), nearest_code("ruff")
    ('CV101', 'CV501', '')
    """
    code = "CV" + text[2:].translate(LOOKALIKES) if text[:2].upper() == "CV" else text
    if code in CODES:
        return code
    alike = [known for known in CODES if known.startswith(code[:3])]
    return nearest(code, alike) or nearest(code, CODES)


def most_special(code: str, named: Mapping[str, object] | Sequence[str]) -> str:
    """The longest of the named beginnings that ``code`` has, ``""`` where it has none of them."""
    return max((name for name in named if code.startswith(name)), key=len, default="")


def left_out(select: Sequence[str] | None, ignore: Sequence[str]) -> frozenset[str]:
    """The codes that a selection leaves out; the more special of two beginnings counts.

    ``select=["CV101"], ignore=["CV1"]`` keeps CV101; of two that are alike ``ignore`` counts.

    >>> sorted(left_out(["CV10"], ["CV1", "CV102"]) & {"CV101", "CV102", "CV201"})
    ['CV102', 'CV201']
    """
    out = set()
    for code in CODES:
        wanted = "CV" if select is None else most_special(code, select)
        unwanted = most_special(code, ignore)
        if not wanted or (unwanted and len(unwanted) >= len(wanted)):
            out.add(code)
    return frozenset(out)
