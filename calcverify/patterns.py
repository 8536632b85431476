"""Regular expressions that are compiled when a text first needs them.

Compiling a pattern takes a hundred times as long as matching it, and most texts need few of
those that damage, tables or rare words call for. A pattern that nearly every text needs is
compiled with ``re.compile`` where it stands.
"""

from __future__ import annotations

import re
from typing import Any, cast

METHODS = ("match", "search", "fullmatch", "findall", "finditer", "split", "sub")


class _Pattern:
    """What stands for a pattern up to its first use, and hands on to it afterwards."""

    __slots__ = ("_flags", "_source", *METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """A method that is not there yet: now is the first use."""
        compiled = re.compile(self._source, self._flags)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern ``source``, compiled when one of its methods is first asked for."""
    return cast("re.Pattern[str]", _Pattern(source, flags))
