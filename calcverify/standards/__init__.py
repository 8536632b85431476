"""Named funding formulas and expense standards, each with its document and dates."""

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
