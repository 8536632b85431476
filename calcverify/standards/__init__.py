"""Named funding formulas and expense standards, each with its document and dates.

The names are imported when they are first used: most forms need none of them.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calcverify.standards.explain import Explanation, explain_factor
    from calcverify.standards.faults import Fault, StandardsError
    from calcverify.standards.loader import load_formulas
    from calcverify.standards.model import (
        Document,
        Example,
        Factor,
        Formula,
        Formulas,
        Parameter,
        PartialDate,
        Period,
        Standard,
        Table,
    )

__all__ = [
    "Document",
    "Example",
    "Explanation",
    "Factor",
    "Fault",
    "Formula",
    "Formulas",
    "Parameter",
    "PartialDate",
    "Period",
    "Standard",
    "StandardsError",
    "Table",
    "explain_factor",
    "load_formulas",
]

_HOMES = MappingProxyType(
    dict.fromkeys(__all__, "calcverify.standards.model")
    | dict.fromkeys(("Explanation", "explain_factor"), "calcverify.standards.explain")
    | dict.fromkeys(("Fault", "StandardsError"), "calcverify.standards.faults")
    | {"load_formulas": "calcverify.standards.loader"}
)


def __getattr__(name: str) -> object:
    """A public name, imported on its first use."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'calcverify.standards' has no attribute {name!r}")
    return getattr(import_module(home), name)
