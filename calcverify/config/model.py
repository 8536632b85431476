"""What a check can be told, as one frozen value that travels to every worker."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from calcverify.exact.verdict import USUAL, Leeway
from calcverify.verify.model import Severity


class Config(NamedTuple):
    """How one form is checked.

    ``ignore`` holds the full codes of the rules that are left out, ``severities`` what
    the findings of a code weigh instead of what the rule says. ``leeway`` is how figures
    are compared. With ``strict`` a form that has notices about its amounts, or warnings
    about anything, is not passed without a person having looked. ``standards`` is the
    folder of an office's own formulas and standards.
    """

    ignore: frozenset[str] = frozenset()
    severities: tuple[tuple[str, Severity], ...] = ()
    leeway: Leeway = USUAL
    strict: bool = False
    standards: str | None = None


DEFAULT = Config()


class Settings(NamedTuple):
    """What a configuration file and the options say together: how forms are checked, and with which sidecars.

    ``source`` is the file that was read, ``None`` where there was none.
    """

    config: Config = DEFAULT
    suppressions: Path | None = None
    baseline: Path | None = None
    source: Path | None = None
