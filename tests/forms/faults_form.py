"""Faults of the form: its amounts, sources, detail rows, indicators, texts and formalities."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from .expenses import shown
from .indicators import Indicator
from .plan import Detail, Plan, Source
from .templates import shows_basis

DIGITS = re.compile("[0-9]+")
PERCENT = re.compile(r"([=≥]?)([0-9]+)%")


def other(yuan: Fraction, rng: random.Random, low: int = 110, high: int = 190) -> Fraction:
    """Another amount with as many digits behind the point: ``low`` to ``high`` per cent of it."""
    grid = next((Fraction(g) for g in (10**4, 100, 1) if yuan % g == 0 and yuan >= 40 * g), Fraction(1, 100))
    return grid * (int(yuan / grid) * rng.randint(low, high) // 100)


def swapped(rows: tuple[Indicator, ...], at: int, row: Indicator) -> tuple[Indicator, ...]:
    """The rows with another one at ``at``."""
    return (*rows[:at], row, *rows[at + 1 :])


def number_in(text: str) -> int | None:
    """The one whole number of an indicator's value."""
    found = DIGITS.findall(text)
    return int(found[0]) if len(found) == 1 and "." not in text else None


def counting(plan: Plan) -> list[int]:
    """The places of the indicators that repeat a count of the basis."""
    names = {e.kind.indicator for e in plan.facts.expenses if e.kind is not None and e.counted() is not None}
    return [at for at, row in enumerate(plan.indicators) if row.name in names]


def details_off(plan: Plan, rng: random.Random) -> Plan | None:
    """One detail row has another amount; nothing in the form explains a difference."""
    if not plan.details or explains(plan):
        return None
    return changed_detail(plan, rng)


def details_off_explained(plan: Plan, rng: random.Random) -> Plan | None:
    """One detail row has another amount, in a form that explains a difference of another size."""
    return changed_detail(plan, rng) if plan.details and "上年结转" in plan.note else None


def explains(plan: Plan) -> bool:
    """Whether the form speaks of money that is carried over."""
    return "上年结转" in plan.note


def changed_detail(plan: Plan, rng: random.Random) -> Plan:
    """The plan with another full-year amount in one row."""
    at = rng.randrange(len(plan.details))
    row = plan.details[at]
    rows = (*plan.details[:at], Detail(row.name, row.half, other(row.full, rng)), *plan.details[at + 1 :])
    return replace(plan, details=rows)


def details_in_other_unit(plan: Plan, _rng: random.Random) -> Plan | None:
    """The detail rows are in 万元 under a head that says 元, or the other way round.

    The first layout of 江苏 says neither, and may be read in both.
    """
    undeclared = plan.facts.template == "江苏" and plan.facts.layout == 0
    return replace(plan, mixed=True) if plan.details and not explains(plan) and not undeclared else None


def detail_half(plan: Plan, rng: random.Random) -> Plan | None:
    """A detail row plans more for half a year than for the year."""
    rows = list(plan.details)
    if not rows or plan.spec.detail_unit != "元":
        return None
    at = rng.randrange(len(rows))
    rows[at] = rows[at]._replace(half=other(rows[at].full, rng))
    return replace(plan, details=tuple(rows))


def detail_twice(plan: Plan, rng: random.Random) -> Plan | None:
    """A detail row stands twice."""
    if not plan.details:
        return None
    return replace(plan, details=(*plan.details, rng.choice(plan.details)))


def source_off(plan: Plan, rng: random.Random) -> Plan | None:
    """One source that is part of no other gives another amount."""
    return None if explains(plan) else changed_source(plan, rng, lambda s: not s.within and not parts(plan, s))


def source_of_parts_off(plan: Plan, rng: random.Random) -> Plan | None:
    """财政拨款 is more than its parts, and the sources more than the total."""
    return changed_source(plan, rng, lambda s: parts(plan, s))


def source_part_off(plan: Plan, rng: random.Random) -> Plan | None:
    """A part of 财政拨款 gives another amount, 财政拨款 itself does not."""
    return changed_source(plan, rng, lambda s: bool(s.within))


def parts(plan: Plan, source: Source) -> bool:
    """Whether a source has parts."""
    return any(s.within == source.label for s in plan.sources)


def changed_source(plan: Plan, rng: random.Random, suits: Callable[[Source], bool]) -> Plan | None:
    """The plan with another amount for one source that ``suits``."""
    chosen = [at for at, s in enumerate(plan.sources) if s.yuan and suits(s)]
    if not chosen:
        return None
    at = rng.choice(chosen)
    source = plan.sources[at]
    changed = source._replace(yuan=other(source.yuan, rng))
    return replace(plan, sources=(*plan.sources[:at], changed, *plan.sources[at + 1 :]))


def year_above_total(plan: Plan, rng: random.Random) -> Plan | None:
    """The project's total is less than the year's amount."""
    return None if plan.annual is None else replace(plan, total=other(plan.annual, rng, 40, 80))


def no_total(plan: Plan, _rng: random.Random) -> Plan | None:
    """The amounts are left empty."""
    return replace(plan, total=None, annual=None)


def no_unit(plan: Plan, _rng: random.Random) -> Plan | None:
    """Nothing says what unit the amounts are in."""
    return replace(plan, unitless=True)


def indicator_half(plan: Plan, rng: random.Random) -> Plan | None:
    """An indicator asks more of half a year than of the year."""
    rows = [at for at, r in enumerate(plan.indicators) if number_in(r.full) and number_in(r.half) is not None]
    rows = [at for at in rows if "≤" not in plan.indicators[at].full]
    if not rows:
        return None
    at = rng.choice(rows)
    row = plan.indicators[at]
    number = number_in(row.full)
    assert number is not None, "rows without a number were left out"
    more = number * 2 if "%" not in row.full else number + 3
    return replace(plan, indicators=swapped(plan.indicators, at, row._replace(half=put(row.full, more))))


def put(text: str, number: int) -> str:
    """An indicator's value with another number."""
    return DIGITS.sub(str(number), text, count=1)


def indicator_twice(plan: Plan, rng: random.Random) -> Plan | None:
    """An indicator stands twice, with another value."""
    rows = [at for at, r in enumerate(plan.indicators) if number_in(r.full) is not None and "≤" not in r.full]
    if not rows:
        return None
    at = rng.choice(rows)
    row = plan.indicators[at]
    number = number_in(row.full)
    assert number is not None, "rows without a number were left out"
    again = row._replace(full=put(row.full, max(1, number * 4 // 5)))
    return replace(plan, indicators=(*plan.indicators[: at + 1], again, *plan.indicators[at + 1 :]))


def percent_out(plan: Plan, rng: random.Random) -> Plan | None:
    """A rate that is a part of a whole is above one hundred per cent."""
    # More than the plan may be done (任务完成率), and growth has no ceiling.
    above = ("增长", "完成率")
    rows = [
        at
        for at, r in enumerate(plan.indicators)
        if PERCENT.fullmatch(r.full) and not any(word in r.name for word in above)
    ]
    at = rng.choice(rows)
    row = plan.indicators[at]
    number = number_in(row.full)
    assert number is not None, "rows without a percentage were left out"
    wrong = put(row.full, number * 10 if number < 100 else rng.randint(101, 199))
    return replace(plan, indicators=swapped(plan.indicators, at, row._replace(full=wrong)))


def indicator_count(plan: Plan, rng: random.Random) -> Plan | None:
    """An indicator counts other than the basis, after the basis was changed."""
    rows = counting(plan)
    if not rows:
        return None
    at = rng.choice(rows)
    row = plan.indicators[at]
    number = number_in(row.full)
    assert number is not None, "counts are whole"
    # Below the basis an =, ≥ or bare value is wrong alike; ≥ a smaller number would hold.
    off = max(1, number * rng.randint(5, 60) // 100)
    wrong = number + off if row.full.startswith("≥") else number + rng.choice((-1, 1)) * min(off, number - 1)
    row = row._replace(full=put(row.full, wrong), half="0" if row.half else "")
    return replace(plan, indicators=swapped(plan.indicators, at, row)) if wrong != number else None


def narrative_count(plan: Plan, rng: random.Random) -> Plan | None:
    """The goal counts other than the basis and the indicators.

    In a form without a basis (05-2) the indicator alone is left, and ≥9期 is no contradiction to 12期.
    """
    deeds = [e for e in plan.facts.expenses if e.kind is not None and e.counted() is not None]
    if not shows_basis(plan):
        open_ended = {row.name for row in plan.indicators if "≥" in row.full}
        deeds = [e for e in deeds if e.kind is not None and not any(e.kind.indicator in name for name in open_ended)]
    if not deeds:
        return None
    expense = rng.choice(deeds)
    counted = expense.counted()
    assert expense.kind is not None, "chosen for its kind"
    assert counted is not None, "chosen for its count"
    unit = counted.unit.split("/")[0]
    wrong = counted.number + max(1, counted.number * rng.randint(5, 60) // 100)
    deed = expense.kind.deed
    return replace(plan, goal=plan.goal.replace(deed.format(f"{counted.number}{unit}"), deed.format(f"{wrong}{unit}")))


def narrative_amount(plan: Plan, rng: random.Random) -> Plan | None:
    """The goal tells another amount than the form asks for."""
    if plan.annual is None:
        return None
    unit = "万元" if plan.told.endswith("万元") else "元"
    wrong = f"{shown(other(plan.annual, rng), unit)}{unit}"
    return replace(plan, goal=plan.goal.replace(plan.told, wrong))


def with_basis(*texts: str) -> Callable[[Plan, random.Random], Plan | None]:
    """A fault that puts one of ``texts`` in the place of the basis."""

    def change(plan: Plan, rng: random.Random) -> Plan | None:
        return None if plan.facts.tabular else replace(plan, basis=rng.choice(texts))

    return change


def no_basis(plan: Plan, _rng: random.Random) -> Plan | None:
    """The field of the basis is left out of the form."""
    return None if plan.facts.tabular else replace(plan, basis=None)


def malformed_code(plan: Plan, rng: random.Random) -> Plan | None:
    """A letter, a blank or a character stands in the code."""
    at = rng.randint(3, len(plan.code) - 3)
    wrong = rng.choice(("O", "l", "I", " ", "号"))
    return replace(plan, code=plan.code[:at] + wrong + plan.code[at + 1 :])


def empty_name(plan: Plan, _rng: random.Random) -> Plan | None:
    """The project has no name."""
    return replace(plan, name="")


def empty_text(plan: Plan, rng: random.Random) -> Plan | None:
    """A field that must be filled in is empty."""
    field = rng.choice(("overview", "necessity", "goal"))
    return replace(plan, **{field: rng.choice(("", "", "/"))})  # type: ignore[arg-type]  # each of the three is a text


def same_code(one: Plan, two: Plan) -> Sequence[Plan]:
    """Two projects of a batch with one code, in one year: a project keeps its code over the years."""
    name = f"{two.name}（二）" if two.name == one.name else two.name
    return (one, replace(two, code=one.code, year=one.year, name=name))


def same_project(one: Plan, two: Plan) -> Sequence[Plan]:
    """One project handed in twice, under another code."""
    return (one, replace(one, code=two.code))
