"""The forms of eight provinces as sheets of cells, each in its two layouts and two ways of drawing them.

    for name, plan, sheet in template_sheets():
        write_xlsx(path, [sheet])

``left`` puts a label beside its value, as most offices draw their tables; ``above`` puts a long
text into a row of its own under its label, both merged across the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.forms.facts import draw_facts
from tests.forms.plan import Plan
from tests.forms.sheet import Sheet as Written
from tests.forms.templates import BY_NAME, TEMPLATES, make, mode_of
from tests.made_files import Cell, Sheet

WAYS = ("left", "above")
LONG = 24


@dataclass
class Cells(Written):
    """Collects the rows of a form as cells, where :class:`Written` makes text of them."""

    grid: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """A row of cells as it stands."""
        self.grid.append(cells)

    def line(self, text: str) -> None:
        """A line that is no field: a title, a heading."""
        self.grid.append((text,))

    def fields(self, *pairs: tuple[str, str]) -> None:
        """Labels with their values, side by side or in one cell each."""
        if self.mode == "lines":
            self.grid += [(f"{label}：{value}",) for label, value in pairs]
        else:
            self.grid.append(tuple(cell for pair in pairs for cell in pair))


def grid_of(plan: Plan) -> list[tuple[str, ...]]:
    """The rows of a form as its template writes them."""
    cells = Cells(plan, mode_of(plan), plan.facts.rng("declared").random() < 0.4)
    BY_NAME[plan.facts.template].write(plan, cells)
    return [row for row in cells.grid if any(row) and not row[0].startswith("— ")]


def drawn(plan: Plan, way: str = "left") -> Sheet:
    """The form as a sheet; the last cell of a field runs to the edge of the page."""
    grid = grid_of(plan)
    width = max(len(row) for row in grid)
    rows: list[tuple[Cell, ...]] = []
    for row in grid:
        if way == "above" and len(row) == 2 and len(row[1]) > LONG:
            rows += [(Cell(0, row[0], width),), (Cell(0, row[1], width),)]
            continue
        cells = [Cell(column, text) for column, text in enumerate(row) if text]
        if len(row) < width and len(row) <= 2:
            cells[-1] = cells[-1]._replace(across=width - cells[-1].column)
        rows.append(tuple(cells))
    return Sheet(plan.facts.template, tuple(rows))


def template_sheets(count: int = 2, seed: int = 3) -> Iterator[tuple[str, Plan, Sheet]]:
    """A name, the plan and the sheet of ``count`` forms of each template, layout after layout, in both ways."""
    for template in TEMPLATES:
        for number in range(count):
            plan = make(draw_facts(template.name, number, seed))
            for way in WAYS:
                yield f"{template.name}-{mode_of(plan)}-{number}-{way}", plan, drawn(plan, way)
