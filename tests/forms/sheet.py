"""A form on its way to text: fields, amounts and tables, written as a PDF, a spreadsheet or lines give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .plan import Plan

BASIS = "测算依据及说明"
LEVELS = ("一级指标", "二级指标", "三级指标")
VALUE = re.compile(r"([=≥≤]?)(-?[0-9.]+)(?!月)(\D*)")

# A page of a PDF ends now and then inside a form.
PAGE = "— {} —"


@dataclass
class Sheet:
    """Collects the rows of one form.

    ``mode`` is ``"pdf"`` (cells joined by tabs, one tab at the end of a row, a text that runs over
    several lines stands as it is), ``"excel"`` (rows as pasted, a cell of several lines is quoted)
    or ``"lines"`` (``label：value``). ``declared`` says that the unit stands in a line of its own.
    """

    plan: Plan
    mode: str
    declared: bool = False
    rows: list[str] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """A row of cells as it stands."""
        if self.mode == "excel":
            cells = tuple('"' + c.replace('"', '""') + '"' if "\n" in c else c for c in cells)
        self.rows.append("\t".join(cells) + ("\t" if self.mode == "pdf" and len(cells) > 1 else ""))

    def line(self, text: str) -> None:
        """A line that is no field: a title, a heading."""
        self.rows.append(text)

    def fields(self, *pairs: tuple[str, str]) -> None:
        """Labels with their values, side by side where there are cells."""
        if self.mode == "lines":
            self.rows += [f"{label}：{value}" for label, value in pairs]
        else:
            self.add(*(cell for pair in pairs for cell in pair))

    def label(self, label: str) -> str:
        """The label of an amount with its unit, unless a line of the form declares it."""
        return label if self.declared or self.plan.unitless else f"{label}（{self.plan.spec.unit}）"

    def unit_line(self, word: str) -> None:
        """单位：万元 over the form, where the labels do not say it."""
        if self.declared and not self.plan.unitless:
            self.line(f"{word}：{self.plan.spec.unit}")

    def sources(self, indent: Sequence[str] = ()) -> None:
        """What each payer gives, a row each; the parts of one are introduced by 其中.

        Beside a merged cell (``indent``) that names the unit the labels do not.
        """
        before = ""
        for label, yuan, within in self.plan.sources:
            written = f"其中：{label}" if within and within != before else label
            before = within
            if self.mode == "lines":
                self.fields((self.label(written), self.plan.money(yuan)))
            else:
                self.add(*indent, written if indent else self.label(written), self.plan.money(yuan))

    def details(self, head: Sequence[str], indent: Sequence[str], half: bool, order: bool = False) -> None:
        """The detail table under ``head``, a row an expenditure; ``order`` numbers the rows."""
        self.add(*head)
        for number, row in enumerate(self.plan.details, 1):
            first = (str(number),) if order else ()
            middle = (self.plan.cost(row.half),) if half else ()
            self.add(*indent, *first, row.name, *middle, self.plan.cost(row.full))

    def indicators(self, head: Sequence[str], indent: Sequence[str], half: bool, full_levels: bool = False) -> None:
        """The indicator table under ``head``; a level stands where it changes, or in every row."""
        self.add(*head)
        above = ("", "")
        rng = self.plan.facts.rng("page")
        page = rng.randint(2, 6) if self.mode == "pdf" and rng.random() < 0.4 else None
        for at, row in enumerate(self.plan.indicators):
            if at == page:
                self.line(PAGE.format(rng.randint(2, 60)))
            first = row.first if full_levels or row.first != above[0] else ""
            second = row.second if full_levels or (row.first, row.second) != above else ""
            above = (row.first, row.second)
            values = (row.half, row.full) if half else (row.full,)
            self.add(*indent, first, second, row.name, *values)

    def parted_indicators(self) -> None:
        """The indicator table of 05-2: comparison, number and unit in columns of their own."""
        self.add(*LEVELS, "指标性质", "指标值", "度量单位", "指标属性", "指标内容")
        for row in self.plan.indicators:
            found = VALUE.fullmatch(row.full)
            sign, number, unit = found.groups() if found else ("=", row.full, "")
            kind = "定量指标" if found else "定性指标"
            self.add(row.first, row.second, row.name, sign or "=", number, unit, kind, f"反映{row.name}")

    def plan_table(self) -> None:
        """The table of 年度资金计划, with the basis of each row in its last column."""
        self.add("支出内容", "计量单位", "单价/支出标准", "工作量", "按标准测算金额", "预算金额（元）", BASIS)
        for row in self.plan.lines:
            amount = self.plan.cost(row.yuan)
            self.add(row.name, row.counter, str(row.rate), str(row.quantity), amount, amount, row.basis)

    def text(self) -> str:
        """The form as the text of a file."""
        return "\n".join(self.rows) + "\n"
