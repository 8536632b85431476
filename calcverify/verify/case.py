"""One form after reading and judging: what the checks look at."""

from __future__ import annotations

from typing import NamedTuple

from calcverify.basis.work import Statement, Work
from calcverify.forms.model import Form
from calcverify.verify.model import Aside, Claim
from calcverify.verify.total import Reach


class Case(NamedTuple):
    """A form, the claims of its basis, and how they were reached.

    ``statements[i]`` is what ``claims[i]`` was made from; the claim of the form's total,
    where there is one, stands behind them. ``reach`` says how the total was compared.
    """

    form: Form
    work: Work
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    reach: Reach | None
    set_aside: tuple[Aside, ...]
    unread: tuple[Aside, ...]
