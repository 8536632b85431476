"""A basis and a total that a caller gives as values, made into a form.

A cell of a table is less than a form says: a missing one is a missing basis or total, a
number has no unit of its own, and a float shows the digits that were typed (12.63, not
12.630000000000003).
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
    if isinstance(cell, bool) or is_missing(cell):
        return False
    return isinstance(cell, Real | Decimal)


def total_cell(cell: object) -> str | None:
    """The total of a row as text: what is written, or the digits of a number.

    >>> total_cell(12.63), total_cell(36.0), total_cell(" 36万元"), total_cell(float("nan"))
    ('12.63', '36', ' 36万元', None)
    """
    if is_missing(cell):
        return None
    if isinstance(cell, str):
        return cell
    text = None if isinstance(cell, bool) else _digits(cell)
    if text is None:
        kind = type(cell).__name__
        raise UsageError(f"总额应为金额，不是 {kind}", f"a total must be an amount, not {kind}")
    return text


def _digits(cell: object) -> str | None:
    """A number as a decimal, ``None`` where it is none or its decimal does not end."""
    if isinstance(cell, Integral):
        return str(int(cell))
    if isinstance(cell, Fraction):
        return exact(cell) if places(cell) is not None else None
    if not isinstance(cell, Real | Decimal):
        return None
    # The shortest digits of a float are those that were typed; a 32-bit one keeps its own.
    number = Decimal(str(cell))
    if not number.is_finite():
        return None
    # A column of whole numbers with a gap is one of floats: 36.0 was typed as 36.
    return f"{number:f}" if isinstance(cell, Decimal) else f"{number:f}".removesuffix(".0")
