"""The words of ``fields.toml`` as they stand in the file."""

from __future__ import annotations

from functools import cache
from typing import Any

from calcverify.lexicon.loader import table


@cache
def field_words() -> dict[str, Any]:
    """``fields.toml`` as parsed TOML; nobody writes to it."""
    return table("fields.toml")
