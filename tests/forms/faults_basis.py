"""Faults of the calculation: what an officer writes wrong in the basis, the rest of the form following it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from calcverify.standards import load_formulas

from .basis import entry, is_spoken, with_slip
from .expenses import Expense, Factor, draw, rounded, shown
from .facts import Facts
from .words import CAPPED

MOST_TRIES = 400
ROUNDED = 4

# What changes one expenditure, ``None`` where this one has no place for it.
Change = Callable[[Expense, random.Random], "Expense | None"]


def one(facts: Facts, rng: random.Random, change: Change, plain: bool = False) -> Facts | None:
    """The facts with one expenditure changed; with ``plain`` one that states its result in written arithmetic."""
    if plain and (facts.style == "expression" or facts.tabular):
        return None
    order = list(range(len(facts.expenses)))
    rng.shuffle(order)
    for at in order:
        if plain and is_spoken(facts, facts.expenses[at]):
            continue
        changed = change(facts.expenses[at], rng)
        if changed is not None:
            return replace(facts, expenses=(*facts.expenses[:at], changed, *facts.expenses[at + 1 :]))
    return None


def result_off(facts: Facts, rng: random.Random) -> Facts | None:
    """A product has another result than its factors give."""
    return one(facts, rng, slip, plain=True)


def slip(expense: Expense, rng: random.Random) -> Expense | None:
    """Another result, 10 to 90 per cent away."""
    off = expense.stated * rng.choice((-1, 1)) * rng.randint(10, 90) / 100
    return with_slip(expense, rounded(off, expense.unit, expense.places if expense.places is not None else 0))


def result_in_other_unit(facts: Facts, rng: random.Random) -> Facts | None:
    """A result in 万元 that says 元, or the other way round."""
    swap = {"万元": "元", "元": "万元"}

    def change(expense: Expense, _rng: random.Random) -> Expense:
        digits = expense.written_result().removesuffix(expense.unit)
        return replace(expense, result=f"{digits}{swap[expense.unit]}")

    return one(facts, rng, change, plain=True)


def spoken_off(facts: Facts, rng: random.Random) -> Facts | None:
    """An amount in words that its count and rate do not give."""

    def change(expense: Expense, rng: random.Random) -> Expense | None:
        return slip(expense, rng) if is_spoken(facts, expense) else None

    return one(facts, rng, change)


def sum_off(facts: Facts, rng: random.Random) -> Facts | None:
    """The total in the basis is less than its items; the form asks for their sum."""
    if len(facts.expenses) < 2 or facts.style == "expression" or facts.tabular:
        return None
    off = -Fraction(int(facts.amount) * rng.randint(5, 30) // 100)
    return replace(facts, off=off - off % 100)


def rest_unnamed(facts: Facts, rng: random.Random) -> Facts | None:
    """The total stands before 其中 and is more than what it names; the form asks for all of it."""
    if len(facts.expenses) < 2 or facts.tabular:
        return None
    rest = Fraction(int(facts.amount) * rng.randint(5, 30) // 100)
    rest -= rest % 100
    return replace(facts, style="first", capital=None, off=rest, asked=facts.amount + rest)


def total_off(facts: Facts, rng: random.Random) -> Facts | None:
    """The form asks for another amount than the basis gives."""
    grid = Fraction(100)
    asked = grid * (int(facts.amount / grid) * rng.randint(105, 180) // 100)
    return replace(facts, asked=asked) if asked != facts.amount else None


def total_in_other_unit(facts: Facts, _rng: random.Random) -> Facts | None:
    """The form asks for ten thousand times as much: the total is in 元 under a head that says 万元."""
    return replace(facts, asked=facts.amount * 10**4)


def months_left_out(facts: Facts, rng: random.Random) -> Facts | None:
    """A monthly rate without months: one month's money for the year."""

    def change(expense: Expense, _rng: random.Random) -> Expense | None:
        kept = tuple(f for f in expense.factors if f.role != "months")
        return replace(expense, factors=kept) if len(kept) < len(expense.factors) else None

    return one(facts, rng, change)


def months_unwritten(facts: Facts, rng: random.Random) -> Facts | None:
    """The year's months are in the result and not in the formula."""

    def change(expense: Expense, _rng: random.Random) -> Expense | None:
        months = expense.factor("months")
        full = months is not None and months.number == 12
        return replace(expense, unwritten=frozenset({"months"})) if full else None

    return one(facts, rng, change, plain=True)


def yearly_rate_with_months(facts: Facts, rng: random.Random) -> Facts | None:
    """A yearly rate times twelve months."""

    def change(expense: Expense, _rng: random.Random) -> Expense | None:
        months, count = expense.factor("months"), expense.factor("count")
        if months is None or months.number != 12 or count is None or is_spoken(facts, expense):
            return None
        counter = "人" if count.unit in ("人", "名") else count.unit
        return expense.with_factor("rate", unit=f"元/{counter}·年")

    return one(facts, rng, change)


def rate_not_counted(facts: Facts, rng: random.Random) -> Facts | None:
    """A rate per household and visit without the visits."""

    def change(expense: Expense, _rng: random.Random) -> Expense | None:
        count = expense.factor("count")
        once = count is not None and expense.kind is not None and not expense.kind.per and not is_spoken(facts, expense)
        return expense.with_factor("rate", unit=f"元/{count.unit}·次") if once and count is not None else None

    return one(facts, rng, change)


def counters_differ(facts: Facts, rng: random.Random) -> Facts | None:
    """The count and the rate use different words."""
    words = {"台": "套", "套": "台", "张": "套", "份": "本", "册": "套", "盏": "套", "间": "处", "个": "套", "家": "户"}

    def change(expense: Expense, _rng: random.Random) -> Expense | None:
        count = expense.factor("count")
        once = expense.kind is not None and not expense.kind.per and not is_spoken(facts, expense)
        if count is None or count.unit not in words or not once:
            return None
        return expense.with_factor("rate", unit=f"元/{words[count.unit]}")

    return one(facts, rng, change)


def operator_left_out(facts: Facts, rng: random.Random) -> Facts | None:
    """The sign before the rate is lost."""
    return one(facts, rng, lambda expense, _rng: replace(expense, glued=True), plain=True)


def unit_left_out(facts: Facts, rng: random.Random) -> Facts | None:
    """The rate has no unit."""
    return one(facts, rng, lambda expense, _rng: replace(expense, bare=frozenset({"rate"})), plain=True)


def lead_swapped(facts: Facts, _rng: random.Random) -> Facts | None:
    """The words before the first formula tell its count with two digits swapped."""
    digits = str(facts.lead)
    for at in range(len(digits) - 1):
        wrong = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if wrong != digits and wrong[0] != "0":
            return replace(facts, lead=int(wrong))
    return None


def heading_and_bare_formula(facts: Facts, rng: random.Random) -> Facts | None:
    """单位：万元 over a formula in 元 that writes no unit."""
    if facts.tabular or facts.style == "expression":
        return None
    kinds = [k for k in facts.theme.kinds if not k.per and k.rate_low >= 1000] or [facts.theme.kinds[-1]]
    made = draw(rng.choice(kinds), rng)
    if made.kind is None or made.kind.per:
        return None
    made = replace(made, unit="元", places=None, bare=frozenset({"rate"}), result=shown(made.value, "元"))
    heading = "单位：万元。"
    return replace(facts, expenses=(made,), style="line", planned=None, capital=None, lead=0, heading=heading)


def units_clash(facts: Facts, _rng: random.Random) -> Facts | None:
    """Two amounts of money are multiplied."""
    if facts.style == "expression":
        return None
    factors = (Factor(300, "元", "count"), Factor(40, "元", "rate"))
    return replace(facts, expenses=(*facts.expenses, Expense("交通食宿费", factors, "元")))


def above_standard(facts: Facts, rng: random.Random) -> Facts | None:
    """A rate above the highest standard that its words name; added where the form has no such expenditure."""
    if facts.style == "expression":  # no words stand beside its terms
        return None
    capped = [e for e in facts.expenses if e.item]
    words = next((c for c in CAPPED if capped and c.item == capped[0].item), None) or rng.choice(CAPPED)
    highest = max(s.at_most for s in load_formulas().standards_for(words.item, facts.year))
    rate = int(highest) * rng.randint(11, 20) // 10
    if capped:
        return one(facts, rng, lambda e, _rng: e.with_factor("rate", rate) if e.item else None)
    counters = (Factor(low + 2, unit, "days" if unit == "天" else "count") for unit, low, _ in words.counters)
    added = Expense(words.label, (*counters, Factor(rate, words.unit, "rate")), "元", item=words.item)
    return replace(facts, expenses=(*facts.expenses, added))


def item_twice(facts: Facts, rng: random.Random) -> Facts | None:
    """An expenditure stands twice, and is counted twice."""
    if facts.style == "expression" or facts.tabular:
        return None
    return replace(facts, expenses=(*facts.expenses, rng.choice(facts.expenses)))


def other_year(facts: Facts, _rng: random.Random) -> Facts | None:
    """The basis plans for last year."""
    return None if facts.tabular else replace(facts, planned=facts.year - 1)


def rounded_up(facts: Facts, rng: random.Random) -> Facts | None:
    """Four results, each rounded up at its last digit."""
    if facts.style == "expression" or facts.tabular:
        return None
    found: list[Expense] = []
    kinds = [k for k in facts.theme.kinds if not k.per or k.per == "月"]
    for _ in range(MOST_TRIES):
        kind = kinds[len(found) % len(kinds)]
        made = replace(draw(kind, rng), unit="万元", places=2)
        if made.value >= 10**5 and made.stated > made.value:
            found.append(replace(made, label=made.label + "一二三四五"[len(found) // len(kinds)]))
        if len(found) == ROUNDED:
            return replace(facts, expenses=tuple(found), lead=0)
    return None


def coarse(facts: Facts, rng: random.Random) -> Facts | None:
    """A result in whole 万元 that hides more than one per cent."""
    for _ in range(MOST_TRIES):
        if facts.style == "expression" or facts.tabular:
            break
        made = replace(draw(rng.choice(facts.theme.kinds), rng), unit="万元", places=0)
        off = abs(made.stated - made.value)
        if made.stated and made.stated / 80 < off < made.stated / 25 and not is_spoken(facts, made):
            return replace(facts, expenses=(made, *(e for e in facts.expenses if e.label != made.label)), lead=0)
    return None


def lump(facts: Facts, rng: random.Random) -> Facts | None:
    """One amount without its calculation, among others; inside a written sum it is none."""
    if len(facts.expenses) < 2 or facts.tabular or facts.style == "expression":
        return None
    return one(facts, rng, lambda expense, _rng: replace(expense, lump=True))


def lumps(facts: Facts, _rng: random.Random) -> Facts | None:
    """Amounts that add up, without any quantity or price."""
    if len(facts.expenses) < 2 or facts.tabular:
        return None
    return replace(facts, expenses=tuple(replace(e, lump=True) for e in facts.expenses))


def not_in_total(facts: Facts, rng: random.Random) -> Facts | None:
    """A computed amount that the total does not hold."""
    if facts.style == "expression" or facts.tabular:
        return None
    spare = [k for k in facts.theme.kinds if k.label not in {e.label for e in facts.expenses}]
    return replace(facts, closing=entry(facts, draw(rng.choice(spare), rng)) + "。") if spare else None


def capitals_off(facts: Facts, rng: random.Random) -> Facts | None:
    """The digits beside the capitals are others; where the basis has no capitals, both are added."""
    if facts.tabular or facts.amount % 1:
        return None
    return replace(facts, capital=Fraction(int(facts.amount) * rng.randint(5, 60) // 100))
