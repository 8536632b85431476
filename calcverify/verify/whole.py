"""What the rules about a whole form share: whether it is one, its amounts, its year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from calcverify.exact.verdict import USUAL, Leeway
from calcverify.forms.model import Form
from calcverify.source import Span
from calcverify.verify.case import Case

# The label of the basis in a record of JSON Lines, which states what it wants to state.
RECORD = "basis"
NOTHING = frozenset(
    {"", "无", "暂无", "无。", "略", "空", "/", "／", "\\", "-", "－", "—", "——", "--", "不适用", "N/A", "n/a"}
)
ATTACHED = re.compile(
    r"(?:详见|参见|见|具体为|按照?)[^，。；\n]{0,12}?(?:附件|附表|附后|附页|清单|(?:测算|明细|计算|预算|分配)表)|附后|后附|另附|附件|附表"
)
YEAR = re.compile("(?:19|20)[0-9]{2}")


def is_document(form: Form) -> bool:
    """Whether a form has other fields than a basis and a total: what it leaves out was left out.

    A text of the command line, a row of a table and a record of JSON Lines say as much
    as their owner chose to hand over, and owe no field.
    """
    if form.basis_field == RECORD:
        return False
    return bool(
        form.name
        or form.organisation
        or form.department
        or form.details
        or form.indicators
        or form.narratives
        or form.sources
    )


def year_of(form: Form) -> int | None:
    """The budget year of a form, where it states one."""
    found = YEAR.search(form.year)
    return int(found[0]) if found else None


def says_nothing(form: Form) -> bool:
    """Whether the basis is missing, empty, or a word for nothing."""
    return form.basis is None or (len(form.basis.text) < 100 and form.basis.text.strip() in NOTHING)


def attached(form: Form) -> Span | None:
    """Where the basis sends the reader to an annex or a table."""
    found = ATTACHED.search(form.basis.text) if form.basis is not None else None
    return Span(found.start(), found.end()) if found else None


def is_computed(case: Case) -> bool:
    """Whether anything of the basis was computed."""
    return bool(case.claims) or any(entry.derived for entry in case.work.entries)


def amounts_told(case: Case) -> Iterator[tuple[Fraction, Fraction]]:
    """Every amount in 元 that the form states or its basis leads to, with the place of its last digit."""
    for total in (*case.form.totals, *case.form.sources):
        yield total.yuan, total.place
    for entry in case.work.entries:
        yield entry.value, entry.figure.place if entry.figure is not None else Fraction(0)
    for claim in case.claims:
        if claim.computed is not None:
            yield claim.computed.value, Fraction(0)
        if claim.stated is not None:
            yield claim.stated.value, claim.stated.place


def agree(value: Fraction, place: Fraction, other: Fraction, other_place: Fraction, leeway: Leeway = USUAL) -> bool:
    """Whether two figures may be one amount, each rounded at its last digit as ``leeway`` says."""
    mode = leeway.mode
    return mode.preimage(value, place).meets(mode.preimage(other, other_place))
