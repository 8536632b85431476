"""Every style: a function from a random source to a consistent case."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeAlias

from . import (
    styles_changes,
    styles_digits,
    styles_hands,
    styles_lines,
    styles_lists,
    styles_noise,
    styles_parts,
    styles_prose,
    styles_prose_more,
    styles_rows,
    styles_shares,
    styles_steps,
    styles_tables,
    styles_written,
)
from .model import Case

Style: TypeAlias = Callable[[random.Random], Case]

STYLES: tuple[Style, ...] = (
    *styles_written.STYLES,
    *styles_steps.STYLES,
    *styles_digits.STYLES,
    *styles_hands.STYLES,
    *styles_lists.STYLES,
    *styles_lines.STYLES,
    *styles_tables.STYLES,
    *styles_parts.STYLES,
    *styles_shares.STYLES,
    *styles_changes.STYLES,
    *styles_prose.STYLES,
    *styles_prose_more.STYLES,
    *styles_rows.STYLES,
    *styles_noise.STYLES,
)


def name_of(style: Style) -> str:
    """The style's name: that of its function."""
    return style.__name__


def cases(per_style: int, seed: int = 0, only: str = "") -> list[Case]:
    """``per_style`` consistent cases of every style (or of those whose name holds ``only``).

    A style's cases do not depend on the other styles: each draws from its own source.
    """
    chosen = [style for style in STYLES if only in name_of(style)]
    return [style(random.Random(f"{name_of(style)}:{seed}:{n}")) for style in chosen for n in range(per_style)]
