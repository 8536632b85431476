"""A form: one project as it was handed in, before anything is read from its basis."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from calcverify.source import Locator, Source


class StatedTotal(NamedTuple):
    """A money amount that a field of the form states.

    ``text`` is the number as written (``"1206.5"``), ``unit`` the unit it was read with
    (``"万元"``), ``yuan`` its exact value in 元, ``place`` the value in 元 of its last
    written digit, ``field`` the label of its field (``"项目总金额"``). ``hedged`` is
    true where the form itself says 约. ``role`` is ``"total"`` for the project's whole,
    ``"annual"`` for the year's amount, ``"source"`` for what one payer gives.
    """

    text: str
    unit: str
    yuan: Fraction
    place: Fraction
    field: str
    locator: Locator = Locator()
    hedged: bool = False
    role: str = "total"


class DetailRow(NamedTuple):
    """A row of the expenditure detail table: its name and amounts as written."""

    name: str
    half_year: str
    full_year: str
    locator: Locator = Locator()


class Indicator(NamedTuple):
    """A row of the indicator table; ``path`` holds the first and second level names.

    ``sign`` and ``unit`` are what stands in columns of their own (``≥``, ``%``), ``""`` where
    the value says it itself.
    """

    path: tuple[str, ...]
    name: str
    half_year: str
    full_year: str
    locator: Locator = Locator()
    sign: str = ""
    unit: str = ""


class Narrative(NamedTuple):
    """A free-text field other than the basis: its label and text."""

    label: str
    source: Source


# Stands in a text for what could not be read: a character that its font does not name, ink that gave no text.
UNREADABLE = "\ufffd"


class Remark(NamedTuple):
    """What a reader saw in the file that the text of the form does not say.

    ``kind`` is ``"hidden row"``, ``"hidden column"``, ``"hidden value"`` (one beside which
    another is shown), ``"hidden sheet"``, ``"hidden text"``,
    ``"drawing"`` (a text box that was not read), ``"stale"`` (a formula whose kept result is not
    what it gives), ``"uncomputed"`` (a formula without a result), ``"error"`` (``#REF!``),
    ``"text number"`` (figures kept as text that the SUM ``more`` leaves out),
    ``"tracked changes"``, ``"picture"``, ``"formula"`` (one with fractions or powers), or ``"scanned"``
    (a figure that was recognised in a picture; ``more`` is how sure it is, in hundredths).
    ``text`` is what stands there, ``more`` what it should be where that is known, ``picture`` the bytes of a
    PNG of a place that was recognised.
    """

    kind: str
    text: str
    locator: Locator
    more: str = ""
    picture: bytes = b""


class Form(NamedTuple):
    """One project of a document.

    ``totals`` holds every amount that the form states for the project, the project
    total first (项目总金额), then the year's (本年度项目金额). ``basis`` is ``None``
    where the form has no basis field; a present but empty field has an empty text.
    ``basis_field`` is the label under which the basis stood. ``unit_note`` is a unit
    that a heading declares for bare figures (``"万元"``), else ``None``. ``sources`` are
    the amounts that a payer each gives (财政拨款, 自有资金), in the form's order.
    ``detail_unit`` is the unit that the detail table declares, ``None`` where it does not.
    ``priced`` are the tables whose rows compute (数量, 单价, 金额), other than the basis itself.
    ``remarks`` are what the file holds there besides its text (a hidden row, a text box).
    """

    id: str
    name: str
    source_name: str
    locator: Locator
    basis: Source | None
    basis_field: str = "资金计算依据"
    totals: tuple[StatedTotal, ...] = ()
    organisation: str = ""
    department: str = ""
    year: str = ""
    unit_note: str | None = None
    details: tuple[DetailRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    sources: tuple[StatedTotal, ...] = ()
    detail_unit: str | None = None
    remarks: tuple[Remark, ...] = ()
    priced: tuple[Source, ...] = ()
