"""Codes of rules as people name them: ``CV101``, or ``CV1`` for all that begin with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calcverify.checks import RULES
from calcverify.config.faults import ConfigError, Fault, Place, nearest
from calcverify.errors import PROBLEMS

CODES: tuple[str, ...] = tuple(rule.code for rule in RULES)


def check_code(text: str, place: Place) -> str:
    """``text`` as a code, or the beginning of one, in capitals; ``ConfigError`` where no rule has it."""
    code = text.strip().upper()
    if code.startswith("CV") and any(known.startswith(code) for known in CODES):
        return code
    if code in PROBLEMS or (code.startswith("CV9") and len(code) <= 5):
        raise ConfigError(Fault.INPUT_CODE, place, text=code)
    raise ConfigError(Fault.UNKNOWN_CODE, place, text=text, text_meant=nearest(code, CODES))


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
