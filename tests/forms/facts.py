"""What one made-up project is: drawn once, changed by faults, and everything else follows from it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.variations.model import Case
from tests.variations.styles import STYLES, name_of

from .expenses import Expense, draw, draw_capped
from .words import CAPPED, RANKS, THEMES, TOWNS, UNITS, Theme

# Of a hundred forms so many take their basis from tests.variations.
BORROWED = 25
MOST_TRIES = 200


@dataclass(frozen=True)
class Facts:
    """A project before its form is written.

    ``seed`` gives every choice of words, so that a fault changes nothing but itself. ``case`` is
    the borrowed basis, ``None`` where it is written from ``expenses``. ``horizon`` is ``"year"``,
    ``"years"`` (the project goes on) or ``"carry"`` (a part of the money is last year's).
    ``style`` is how the basis is written, ``planned`` the year that it names (``None`` for none),
    ``capital`` how far the digits are off that stand beside its amount in capitals (``None``: it has
    none), ``lead`` the count that it tells in words before its first formula (0: it tells none). What
    faults change: ``heading`` and ``closing`` stand around the basis, the total in it is ``off`` 元
    wrong, ``asked`` is what the form asks for instead.
    """

    template: str
    layout: int
    seed: str
    theme: Theme
    year: int
    town: str
    office: str
    name: str
    code: str
    expenses: tuple[Expense, ...]
    style: str
    planned: int | None
    horizon: str
    case: Case | None = None
    capital: Fraction | None = None
    lead: int = 0
    heading: str = ""
    closing: str = ""
    off: Fraction = Fraction(0)
    asked: Fraction | None = None

    def rng(self, purpose: str) -> random.Random:
        """The source of one choice; it does not depend on what else was drawn."""
        return random.Random(f"{self.seed}:{purpose}")

    @property
    def department(self) -> str:
        """The bureau above the office."""
        return self.town + self.theme.bureau

    @property
    def organisation(self) -> str:
        """Who hands the form in."""
        return self.department + self.office

    @property
    def tabular(self) -> bool:
        """Whether the basis stands in a table with a row an expenditure."""
        return self.template == "一体化" and self.layout == 1 and self.case is None

    @property
    def amount(self) -> Fraction:
        """What the basis gives, in 元."""
        if self.case is not None:
            figure = self.case.draft.total
            assert figure is not None, "only bases with a total are borrowed"
            return figure.value
        return sum((e.stated for e in self.expenses), Fraction(0))


BASIS_STYLES = ("lines", "line", "first", "results_first", "prose", "expression")


def draw_facts(template: str, number: int, seed: int) -> Facts:
    """The facts of form ``number`` of a template; the same for the same arguments."""
    key = f"{template}:{seed}:{number}"
    rng = random.Random(key)
    theme = rng.choice(THEMES)
    town = rng.choice(TOWNS) + rng.choice(RANKS)
    case = borrowed(key) if rng.randrange(100) < BORROWED else None
    expenses = () if case is not None else draw_expenses(theme, rng)
    style = rng.choice(BASIS_STYLES)
    if style == "expression" and any(e.places is not None for e in expenses):
        style = "line"
    # The borrowed texts speak of 2022 as last year.
    year = 2023 if case is not None else rng.choice((2024, 2025, 2025, 2026))
    horizon = rng.choice(("year", "year", "year", "years", "carry"))
    leading = style in ("line", "lines") and expenses and expenses[0].factors[0].role == "count" and rng.random() < 0.3
    return Facts(
        template,
        number % 2,
        key,
        theme,
        year,
        town,
        rng.choice(UNITS),
        rng.choice(theme.projects),
        f"{rng.randint(110000, 659000)}{year - 2000}{rng.randint(0, 10**12 - 1):012d}",
        expenses,
        style,
        year if rng.random() < 0.4 else None,
        horizon,
        case,
        Fraction(0) if case is None and rng.random() < 0.15 else None,
        expenses[0].factors[0].number if leading else 0,
    )


def draw_expenses(theme: Theme, rng: random.Random) -> tuple[Expense, ...]:
    """One to five expenditures of a theme, now and then one with a national standard."""
    chosen = rng.sample(theme.kinds, rng.choice((1, 2, 2, 3, 3, 4, 5)))
    made = [draw(kind, rng) for kind in chosen]
    if rng.random() < 0.25:
        made.append(draw_capped(rng.choice(CAPPED), rng))
    if rng.random() < 0.25:  # every result in 万元 with two decimals
        made = [replace(e, unit="万元", places=2) if e.value >= 10**5 else e for e in made]
    return tuple(made)


def borrowed(key: str) -> Case:
    """A consistent basis of tests.variations that leads to a total and has no tabs."""
    for attempt in range(MOST_TRIES):
        rng = random.Random(f"{key}:basis:{attempt}")
        style = rng.choice(STYLES)
        case = style(random.Random(f"{name_of(style)}:{key}:{attempt}"))
        if suits(case):
            return case
    raise RuntimeError(f"no basis suits {key}")


def suits(case: Case) -> bool:
    """Whether a borrowed basis may stand in any layout: written arithmetic that passes and fits its total."""
    total = case.draft.total
    if total is None or case.status != "pass" or "\t" in case.basis or '"' in case.basis:
        return False
    # A total that is rounded holds at its own digits only, which another unit would change.
    own = [c for c in case.claims if c.kind == "total"]
    return total.value >= 1000 and total.script == "arabic" and all(c.verdict == "exact" for c in own)
