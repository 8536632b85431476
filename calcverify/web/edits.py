"""What a person changed on the page to see what would come of it: the basis, and the form's totals."""

from __future__ import annotations

from typing import NamedTuple

from calcverify.forms.amounts import stated_total
from calcverify.forms.model import Form, StatedTotal
from calcverify.source import Source

# A form states its total, that of the year, and hardly ever more.
MOST_TOTALS = 4


class Edits(NamedTuple):
    """The fields as they were sent: the basis, and the totals in the form's order, without those not shown."""

    basis: str
    totals: tuple[str, ...] = ()


def edited(form: Form, edits: Edits) -> Form:
    """The form with the edits in it, the form itself where nothing was changed.

    ``UsageError`` for a total that is no amount.
    """
    form = with_basis(form, edits.basis)
    shown = zip(form.totals, edits.totals, strict=False)
    totals = tuple(with_text(total, text) for total, text in shown)
    return form._replace(totals=totals + form.totals[len(totals) :])


def with_basis(form: Form, basis: str) -> Form:
    """The form with another basis; a browser sends line breaks as CR LF, whatever the file had."""
    old = form.basis if form.basis is not None else Source("", form.source_name, form.locator)
    text = basis.replace("\r\n", "\n")
    if text == old.text.replace("\r\n", "\n").replace("\r", "\n"):
        return form
    # Where its parts stood in the file says nothing of another text.
    return form._replace(basis=old._replace(text=text, pieces=()))


def with_text(total: StatedTotal, text: str) -> StatedTotal:
    """The total as it is written now, in its old unit where it names none; an empty field changes nothing.

    >>> from calcverify.forms.amounts import stated_total
    >>> total = stated_total("1250", "万元", "项目总金额")
    >>> with_text(total, "1310.4").yuan, with_text(total, "3.1亿元").yuan, with_text(total, " ") == total
    (Fraction(13104000, 1), Fraction(310000000, 1), True)
    """
    if not text.strip() or text.strip() == total.text:
        return total
    new = stated_total(text, total.unit or None, total.field)
    return total if new is None else new._replace(locator=total.locator, role=total.role)
