"""The faults that are not findings: an input that cannot be read, or a wrong call.

"Could not read" is an :class:`InputError` or a :class:`InputProblem` in a report,
"does not add up" is a finding, "calcverify is broken" is any other exception.
"""

from __future__ import annotations

from typing import NamedTuple


class CalcverifyError(Exception):
    """Base of the errors that a caller can mend."""


class InputError(CalcverifyError):
    """An input that cannot be read. The message names file, place and remedy."""


class UsageError(CalcverifyError):
    """A call that cannot be carried out as given (an amount without a unit)."""


class InputProblem(NamedTuple):
    """One input, or one line of it, that could not be read, in Chinese and English."""

    source: str
    locator: str
    message_zh: str
    message_en: str
