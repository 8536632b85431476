"""A basis and a total that a caller gives as values, made into a form.

A cell of a table is less than a form says: a missing one is a missing basis or total, a
number has no unit of its own, and a float shows the digits that were typed (33.84, not
33.840000000000003).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real

from calcverify.errors import UsageError
from calcverify.exact.printing import exact, places
from calcverify.forms.amounts import stated_total
from calcverify.forms.model import Form
from calcverify.source import Locator, Source


def form_of(basis: str | None, total: str | None, unit: str | None, field: str = "total") -> Form:
    """A form that holds a basis and a stated total and nothing else; ``field`` names the total."""
    stated = None if total is None else stated_total(total, unit, field)
    source = None if basis is None else Source(basis, "")
    return Form("", "", "", Locator(), source, totals=() if stated is None else (stated,))


def is_missing(cell: object) -> bool:
    """Whether a cell of a table is empty: ``None``, NaN, NaT or ``pandas.NA``."""
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(cell, Real | Decimal) and cell != cell  # noqa: PLR0124  # only NaN differs from itself


def basis_cell(cell: object) -> str | None:
    """The basis of a row; ``UsageError`` where the cell holds anything but text."""
    if is_missing(cell):
        return None
    if isinstance(cell, str):
        return cell
    kind = type(cell).__name__
    raise UsageError(f"测算依据应为文本，不是 {kind}", f"the basis must be text, not {kind}")


def is_bare(cell: object) -> bool:
    """Whether a total cell is a number, which has no unit of its own."""
    return isinstance(cell, Real | Decimal) and not isinstance(cell, bool) and not is_missing(cell)


def total_cell(cell: object) -> str | None:
    """The total of a row as text: what is written, or the digits of a number.

    >>> total_cell(33.84), total_cell(666.0), total_cell(" 666万元"), total_cell(float("nan"))
    ('33.84', '666', ' 666万元', None)
    """
    if is_missing(cell):
        return None
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Integral) and not isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, Decimal) and cell.is_finite():
        return f"{cell:f}"
    if isinstance(cell, Fraction) and places(cell) is not None:
        return exact(cell)
    if isinstance(cell, Real) and not isinstance(cell, bool | Fraction):
        # A column of whole numbers with a gap is one of floats: 666.0 was typed as 666. The
        # shortest digits of a float are those that were typed; a 32-bit one keeps its own.
        digits = Decimal(str(cell))
        if digits.is_finite():
            return f"{digits:f}".removesuffix(".0")
    kind = type(cell).__name__
    raise UsageError(f"总额应为金额，不是 {kind}", f"a total must be an amount, not {kind}")
