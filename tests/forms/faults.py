"""Every fault, by name, with the rule that must find it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from calcverify.checks import RULES

from . import faults_basis as basis
from . import faults_form as form
from .facts import Facts
from .plan import Plan
from .templates import make, shows_basis

Maker: TypeAlias = "Callable[[Plan, random.Random], Plan | None]"
Pairing: TypeAlias = Callable[[Plan, Plan], Sequence[Plan]]


class Fault(NamedTuple):
    """A kind of fault. ``rules`` are codes, of which any is right, or a word of the name of a rule
    whose code is not settled."""

    name: str
    rules: tuple[str, ...]
    maker: Maker

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of ``rules`` that exist; empty where there is no rule yet."""
        return known(self.rules)


class Pair(NamedTuple):
    """A fault of two forms of one batch."""

    name: str
    rules: tuple[str, ...]
    maker: Pairing

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of ``rules`` that exist."""
        return known(self.rules)


def without_fault() -> tuple[str, ...]:
    """The codes of the rules that no fault is for."""
    covered = {code for kind in KINDS for code in kind.codes}
    return tuple(rule.code for rule in RULES if rule.code not in covered)


def known(rules: Sequence[str]) -> tuple[str, ...]:
    """The codes among ``rules``, and those of rules that have one of the words in their name."""
    return tuple(r.code for r in RULES if r.code in rules or any(word in r.name_zh for word in rules))


def calculation(change: Callable[[Facts, random.Random], Facts | None], borrowed: bool = False) -> Maker:
    """A fault of the facts: the form is derived anew from them. A ``borrowed`` basis has no expenditures."""

    def maker(plan: Plan, rng: random.Random) -> Plan | None:
        suits = shows_basis(plan) and (borrowed or plan.facts.case is None)
        facts = change(plan.facts, rng) if suits else None
        return None if facts is None else make(facts)

    return maker


def damaged(plan: Plan, _rng: random.Random) -> Plan | None:
    """The first count of the basis cannot be made out."""
    facts = plan.facts
    if not shows_basis(plan) or plan.basis is None or facts.tabular or not facts.expenses or facts.style == "prose":
        return None
    count = facts.expenses[0].factors[0]
    written = f"{count.number}{count.unit}"
    return replace(plan, basis=plan.basis.replace(written, f"■■{count.unit}", 1))


# A total that the basis misses is a mismatch, not reached, or, where words lead to it, a question.
MISSED = ("CV101", "CV106", "CV102")

FAULTS: tuple[Fault, ...] = (
    Fault("a result is not its product", ("CV101",), calculation(basis.result_off)),
    Fault("a result in the other unit", ("CV101",), calculation(basis.result_in_other_unit)),
    Fault("an amount is not what words give", ("CV102",), calculation(basis.spoken_off)),
    Fault("a sum is not its items", ("CV101",), calculation(basis.sum_off)),
    Fault("the total is not the basis", MISSED, calculation(basis.total_off, True)),
    Fault("the total in the other unit", MISSED, calculation(basis.total_in_other_unit, True)),
    Fault("coarse rounding", ("CV105",), calculation(basis.coarse)),
    Fault("a rest that nothing names", ("CV107",), calculation(basis.rest_unnamed)),
    Fault("amounts without a calculation", ("CV108",), calculation(basis.lumps)),
    Fault("an amount without a calculation", ("CV109",), calculation(basis.lump)),
    Fault("every rounding goes up", ("CV110",), calculation(basis.rounded_up)),
    Fault("a result outside the total", ("CV111",), calculation(basis.not_in_total)),
    Fault("a sign is lost", ("CV201",), calculation(basis.operator_left_out)),
    Fault("months in the result only", ("CV202",), calculation(basis.months_unwritten)),
    Fault("months left out", ("CV203",), calculation(basis.months_left_out)),
    Fault("a rate that nothing counts", ("CV204",), calculation(basis.rate_not_counted)),
    Fault("counters differ", ("CV205",), calculation(basis.counters_differ)),
    Fault("money times money", ("CV206",), calculation(basis.units_clash)),
    Fault("damaged digits", ("CV207",), damaged),
    Fault("a rate without a unit", ("CV208",), calculation(basis.unit_left_out)),
    # The form's total says which unit is meant, so that it is an assumption to confirm; without one it is CV209.
    Fault("a bare formula under 万元", ("CV208", "CV209"), calculation(basis.heading_and_bare_formula)),
    Fault("capitals and digits differ", ("CV210",), calculation(basis.capitals_off)),
    Fault("months of a yearly rate", ("CV211",), calculation(basis.yearly_rate_with_months)),
    Fault("words and formula count otherwise", ("CV212",), calculation(basis.lead_swapped)),
    Fault("detail rows do not add up", ("CV301",), form.details_off),
    Fault("... though a carry-over is named", ("CV301",), form.details_off_explained),
    Fault("detail rows in the other unit", ("CV301",), form.details_in_other_unit),
    Fault("sources do not add up", ("CV302",), form.source_off),
    Fault("a source above its parts", ("CV302",), form.source_of_parts_off),
    Fault("a part of a source is off", ("CV302",), form.source_part_off),
    Fault("year above total", ("CV303",), form.year_above_total),
    Fault("a detail's half above its year", ("CV304",), form.detail_half),
    Fault("another amount in the goal", ("CV401",), form.narrative_amount),
    Fault("an indicator counts otherwise", ("CV402",), form.indicator_count),
    Fault("the goal counts otherwise", ("CV402",), form.narrative_count),
    Fault("an indicator's half above its year", ("CV403",), form.indicator_half),
    Fault("an indicator with two values", ("CV404",), form.indicator_twice),
    Fault("a percentage out of range", ("CV405",), form.percent_out),
    Fault("a rate above its standard", ("CV501",), calculation(basis.above_standard)),
    Fault("no total", ("CV601",), form.no_total),
    Fault("a total without a unit", ("CV601",), form.no_unit),
    Fault("no basis field", ("CV602",), form.no_basis),
    Fault("a blank basis", ("CV602",), form.with_basis("", "无", "—", "/")),
    Fault("a basis in an attachment", ("CV603",), form.with_basis("详见附件测算表。", "见附表")),
    Fault("a basis of words", ("CV604",), form.with_basis("按照有关文件据实结算。", "根据实际工作需要安排。")),
    Fault("a basis of another year", ("CV605",), calculation(basis.other_year)),
    Fault("a malformed code", ("CV606",), form.malformed_code),
    Fault("no project name", ("CV607",), form.empty_name),
    Fault("an empty field", ("CV607",), form.empty_text),
    Fault("an item twice", ("CV608",), calculation(basis.item_twice)),
    Fault("a detail row twice", ("CV608",), form.detail_twice),
)

PAIRS: tuple[Pair, ...] = (
    Pair("one code for two projects", ("CV614",), form.same_code),
    Pair("one project handed in twice", ("CV615",), form.same_project),
)
KINDS: tuple[Fault | Pair, ...] = (*FAULTS, *PAIRS)
