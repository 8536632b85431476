"""One form after reading and judging: what the checks look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from calcverify.basis.work import Statement, Work
from calcverify.forms.model import Form
from calcverify.verify.model import Aside, Claim
from calcverify.verify.total import Reach

if TYPE_CHECKING:
    from calcverify.standards import Formulas
    from calcverify.standards.explain import Explanation
    from calcverify.verify.diagnose_model import Suggestion

NONE: Mapping[int, tuple[Suggestion, ...]] = MappingProxyType({})


class Correction(NamedTuple):
    """The file of a person whose readings stand in place of the program's own: how many lines
    were changed or added, and how many of ours are gone."""

    source: str
    written: int
    removed: int


class Case(NamedTuple):
    """A form, the claims of its basis, and how they were reached.

    ``statements[i]`` is what ``claims[i]`` was made from; the claim of the form's total,
    where there is one, stands behind them. ``reach`` says how the total was compared;
    ``suggestions`` what may have gone wrong in a claim that misses, by its index.
    ``standards`` is the folder of an office's own formulas and standards, ``correction``
    the readings of a person where they differ from what was read.
    """

    form: Form
    work: Work
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    reach: Reach | None
    set_aside: tuple[Aside, ...]
    unread: tuple[Aside, ...]
    suggestions: Mapping[int, tuple[Suggestion, ...]] = NONE
    standards: str | None = None
    correction: Correction | None = None

    @property
    def rates(self) -> Formulas:
        """The named factors and contribution rates on file, with those of the office's own folder."""
        return on_file(self.standards, ("factor", "scheme"))


    def explanations(self, year: int | None) -> Sequence[Explanation]:
        """What a factor may stand for in ``year``, by the rates on file."""
        return explanations_on_file(self.standards, year)


@lru_cache(maxsize=64)
def explanations_on_file(folder: str | None, year: int | None) -> Sequence[Explanation]:
    """The rates and the sums of rates in effect in a year: few years are asked for, and all forms of one alike."""
    from calcverify.standards.explain import candidates

    return candidates(on_file(folder, ("factor", "scheme")).factors, year)


@cache
def on_file(folder: str | None, kinds: tuple[str, ...]) -> Formulas:
    """The shipped entries of some kinds, and all those of a folder, read where a rule first asks for them."""
    from calcverify.standards import load_formulas

    return load_formulas(None if folder is None else Path(folder), kinds)
