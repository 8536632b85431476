"""Whether words name an expense that a shipped standard is about, told without reading the standards.

To parse and check the files of ``formulas/`` takes longer than all the rest of reading a form,
and few forms speak of a conference or a journey. The words are found in the files as they
stand there; a test holds that none of a standard is missed.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

# The lines of an entry that say what it concerns.
LINES = re.compile(r"^(?:item|keywords|kind)\s*=(.*)$", re.M)


def may_be_named(phrase: str) -> bool:
    """Whether a shipped standard may concern the phrase; ``True`` where the files cannot be looked through."""
    words = naming_words()
    return words is None or any(word in phrase for word in words)


@cache
def naming_words() -> frozenset[str] | None:
    """The items, keywords and classes of the shipped entries; ``None`` where they are not files (in a zip)."""
    here = Path(__file__)
    # As in the loader: in the package, or beside it in a checkout.
    folder = next((f for f in (here.parents[1] / "formulas", here.parents[2] / "formulas") if f.is_dir()), None)
    if folder is None:
        return None
    lines = (line for path in folder.glob("*.toml") for line in LINES.findall(path.read_text(encoding="utf-8")))
    return frozenset(word for line in lines for quoted in line.split('"')[1::2] for word in quoted.split("、") if word)
