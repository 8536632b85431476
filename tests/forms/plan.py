"""Every figure and text of one form, derived from the facts so that all of them agree."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from . import words
from .basis import entry, write_basis
from .expenses import rounded, shown
from .facts import Facts
from .indicators import Indicator, indicators_of


class Source(NamedTuple):
    """What a payer gives, in 元; ``within`` names the source that this one is a part of."""

    label: str
    yuan: Fraction
    within: str = ""


class Detail(NamedTuple):
    """A row of the detail table, in 元; an empty half-year cell is ``None``."""

    name: str
    half: Fraction | None
    full: Fraction


class Spec(NamedTuple):
    """What a template asks for.

    ``unit`` is that of its totals, ``places`` the decimals that it takes (``None`` for all).
    ``sources`` are pairs of a label and the label that it is a part of; ``carried`` is the label
    of what is left from last year. ``detail_unit`` is ``""`` where it has no detail table.
    """

    unit: str
    places: int | None
    sources: tuple[tuple[str, str], ...] = ()
    carried: str = ""
    detail_unit: str = ""


class PlanLine(NamedTuple):
    """A row of 年度资金计划: what is counted, its rate, how many of it, the amount in 元, how it was computed."""

    name: str
    counter: str
    rate: int
    quantity: int
    yuan: Fraction
    basis: str


@dataclass(frozen=True)
class Plan:
    """A form before it is laid out. Amounts are in 元, ``None`` where the cell is left empty.

    ``told`` is the year's amount as the goal tells it. What faults change: the detail rows of a
    ``mixed`` form are not in the unit that their head declares, the totals of a ``unitless`` one
    have no unit.
    """

    facts: Facts
    spec: Spec
    name: str
    code: str
    year: str
    total: Fraction | None
    annual: Fraction | None
    lines: tuple[PlanLine, ...]
    sources: tuple[Source, ...]
    basis: str | None
    details: tuple[Detail, ...]
    indicators: tuple[Indicator, ...]
    overview: str
    necessity: str
    feasibility: str
    measures: str
    goal: str
    aim: str
    note: str
    told: str
    mixed: bool = False
    unitless: bool = False

    def money(self, yuan: Fraction | None) -> str:
        """An amount in the unit of the form's totals, as this office writes numbers."""
        return "" if yuan is None else written(yuan, self.spec.unit, self.facts.rng("money"))

    def cost(self, yuan: Fraction | None) -> str:
        """An amount in the unit of the detail table."""
        unit = self.spec.detail_unit or "元"
        if self.mixed:
            unit = "元" if unit == "万元" else "万元"
        return "" if yuan is None else written(yuan, unit, self.facts.rng("cost"))


def written(yuan: Fraction, unit: str, rng: random.Random) -> str:
    """Digits, in three hands: 123456, 123456.00, 123,456.00."""
    plain = shown(yuan, unit)
    hand = rng.randrange(4)
    if hand >= 2 and unit == "元":
        whole, _, decimals = plain.partition(".")
        plain = f"{whole}.{decimals.ljust(2, '0')}"
    if hand == 3:
        whole, dot, decimals = plain.partition(".")
        plain = f"{int(whole):,}{dot}{decimals}"
    return plain


def derive(facts: Facts, spec: Spec) -> Plan:
    """The plan of a project in one template."""
    annual = facts.amount if facts.asked is None else facts.asked
    # 1234元 as 0.12万元 would hide too much.
    if spec.places is not None and annual >= 20_000 and facts.rng("round").random() < 0.3:
        annual = rounded(annual, spec.unit, spec.places)
    carry = carried(facts, spec, annual)
    later = Fraction(0)
    if facts.horizon == "years":
        later = step(annual, spec) * (int(annual / step(annual, spec)) * facts.rng("total").randint(60, 240) // 100)
    total = annual + later
    say = facts.rng("say")
    unit = say.choice(("万元", "万元", spec.unit))
    amount, both = f"{shown(annual, unit)}{unit}", f"{shown(total, unit)}{unit}"
    told = say.choice(words.SAYS_BOTH if later else words.SAYS_TOTAL)
    spent = told.format(year=facts.year, amount=amount, total=both)
    explained = ""
    if carry:
        explained = say.choice(words.EXPLAINS_CARRY).format(carry=f"{shown(carry, '万元')}万元")
    deeds = "，".join(deeds_of(facts)) or "按计划完成各项任务"
    distractor = words.DISTRACTORS[facts.rng("distractor").randrange(len(words.DISTRACTORS))]
    past = distractor.format(facts.rng("past").randint(11, 890), last=facts.year - 1)
    text = facts.rng("text")
    necessity = text.choice(words.NECESSITY).format(policy=facts.theme.policy)
    return Plan(
        facts,
        spec,
        facts.name,
        facts.code,
        f"{facts.year}年度",
        total,
        annual,
        plan_lines(facts),
        sources_of(facts, spec, annual, carry),
        write_basis(facts),
        details_of(facts, annual, carry),
        indicators_of(facts, annual),
        f"本项目由{facts.organisation}组织实施，主要内容：{deeds}。{past if text.random() < 0.5 else ''}",
        necessity + (past if text.random() < 0.4 else ""),
        text.choice(words.FEASIBILITY),
        text.choice(words.MEASURES),
        f"{spent}{deeds}，切实提高{facts.theme.people}满意度。",
        f"通过实施本项目，{deeds}，不断提升服务水平。",
        explained or text.choice(("", "无")),
        amount,
    )


def step(annual: Fraction, spec: Spec) -> Fraction:
    """The smallest amount that the parts of ``annual`` are written in."""
    for grid in (Fraction(10**4), Fraction(100)):
        if spec.unit == "万元" and annual % grid == 0:
            return grid
    return Fraction(1) if annual % 1 == 0 else Fraction(1, 100)


def carried(facts: Facts, spec: Spec, annual: Fraction) -> Fraction:
    """What is left from last year; nothing where the form lists its sources and this is none of them."""
    if facts.horizon != "carry" or (spec.sources and not spec.carried):
        return Fraction(0)
    grid = step(annual, spec)
    return grid * max(1, int(annual / grid) * facts.rng("carry").randint(5, 25) // 100)


def sources_of(facts: Facts, spec: Spec, annual: Fraction, carry: Fraction) -> tuple[Source, ...]:
    """What each payer gives: the leaves add up to ``annual``, a source with parts to its parts."""
    if not spec.sources:
        return ()
    parents = {within for _, within in spec.sources if within}
    leaves = [label for label, _ in spec.sources if label not in parents and label != spec.carried]
    rng, grid = facts.rng("sources"), step(annual, spec)
    rest = annual - carry
    given = dict.fromkeys(leaves, Fraction(0))
    for label in leaves[1:]:
        if rng.random() < 0.35:
            given[label] = grid * (int(rest / grid) * rng.randint(5, 40) // 100)
            rest -= given[label]
    given[leaves[0]] += rest
    if spec.carried:
        given[spec.carried] = carry
    for parent in parents:
        given[parent] = sum((given[label] for label, within in spec.sources if within == parent), Fraction(0))
    return tuple(Source(label, given[label], within) for label, within in spec.sources)


def details_of(facts: Facts, annual: Fraction, carry: Fraction) -> tuple[Detail, ...]:
    """A row an expenditure, or the whole in one or some rows; carried-over money stands in none."""
    rng = facts.rng("details")
    rows = [(e.label, e.stated) for e in facts.expenses]
    if carry or not rows or rng.random() < 0.3:
        # The basis gives the exact amount, of which the form may state a rounded one.
        whole = (facts.amount if not carry else annual) - carry
        first = Fraction(whole // 3) if rng.random() < 0.5 else whole
        rows = [("项目业务费", first), ("委托服务费", whole - first)] if first != whole else [(facts.name, whole)]
    none = rng.random() < 0.3
    return tuple(
        Detail(name, None if none else Fraction(yuan * rng.randint(0, 60) // 100), yuan) for name, yuan in rows
    )


def plan_lines(facts: Facts) -> tuple[PlanLine, ...]:
    """What 年度资金计划 asks for, a row an expenditure."""
    rows = []
    for expense in facts.expenses:
        rate = expense.factor("rate")
        counts = [f for f in expense.factors if f.role != "rate" and f.role not in expense.unwritten]
        assert rate is not None, "every expenditure has a rate"
        quantity = 1
        for factor in counts:
            quantity *= factor.number
        counter = "".join(f.unit.split("/")[0].removeprefix("个") or f.unit for f in counts)
        rows.append(PlanLine(expense.label, counter, rate.number, quantity, expense.stated, entry(facts, expense)))
    return tuple(rows)


def deeds_of(facts: Facts) -> list[str]:
    """What is done, with its counts: 资助困难学生120人."""
    found = []
    for expense in facts.expenses:
        counted = expense.counted()
        if expense.kind is not None and counted is not None:
            found.append(expense.kind.deed.format(f"{counted.number}{counted.unit.split('/')[0]}"))
    return found
