"""The words of ``fields.toml`` as they stand in the file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def field_words() -> dict[str, Any]:
    """``fields.toml`` as parsed TOML; nobody writes to it."""
    return tomllib.loads(files("calcverify.lexicon").joinpath("fields.toml").read_text(encoding="utf-8"))
