"""Whole forms in the layouts of eight provinces: clean ones stay quiet, faults are found by their rule.

``python -m tests.forms --count 5000`` prints the tables behind the rates; ``FLOORS`` holds
their bounds, which only rise.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from functools import cache

import pytest

from calcverify.checks import RULES
from calcverify.forms.model import Form
from calcverify.verify.model import Bilingual, Finding, Severity
from tests.forms.facts import BASIS_STYLES, draw_facts
from tests.forms.faults import FAULTS, KINDS, PAIRS, without_fault
from tests.forms.plan import Plan
from tests.forms.reading import misreadings
from tests.forms.score import check, forms, inject, measure
from tests.forms.sheet import VALUE
from tests.forms.table import rates, shown, table
from tests.forms.templates import TEMPLATES, make, render

QUICK = 64
FULL = 5000
PER_FORM = 3

# Of the quick and of the full run. A change that reads or finds more raises what is in at_least and
# lowers what is in at_most; none moves them the other way.
FLOORS: dict[int, tuple[dict[str, float], dict[str, float]]] = {
    QUICK: (
        {"crashes": 0, "misread": 0, "flagged": 0, "missed": 0.21},
        {"found": 0.77, "kinds_at_98": 26, "kinds_at_98_where_read": 29},
    ),
    FULL: (
        {"crashes": 0, "misread": 0, "flagged": 0, "missed": 0.20},
        {"found": 0.78, "kinds_at_98": 6, "kinds_at_98_where_read": 28},
    ),
}


@cache
def plans() -> tuple[Plan, ...]:
    """Forty forms of each template, both layouts."""
    return tuple(make(draw_facts(t.name, number, 1)) for t in TEMPLATES for number in range(40))


def test_eight_templates_in_two_layouts_write_forms_of_their_own() -> None:
    assert len({t.name for t in TEMPLATES}) == len(TEMPLATES) == 8
    assert Counter((p.facts.template, p.facts.layout) for p in plans()) == {
        (t.name, layout): 20 for t in TEMPLATES for layout in (0, 1)
    }
    assert len({render(plan) for plan in plans()}) == len(plans())
    assert {p.facts.style for p in plans() if p.facts.case is None} == set(BASIS_STYLES)
    assert any(p.facts.case is not None for p in plans())


def test_the_same_seed_writes_the_same_forms_and_another_seed_others() -> None:
    assert [render(make(draw_facts("山西", n, 5))) for n in range(4)] == [
        render(make(draw_facts("山西", n, 5))) for n in range(4)
    ]
    assert render(make(draw_facts("山西", 0, 5))) != render(make(draw_facts("山西", 0, 6)))


def disagreements(plan: Plan) -> list[str]:
    """The figures of a plan that do not agree, worked out from its rows and texts."""
    found = []
    assert plan.annual is not None, "a clean form has its amounts"
    assert plan.total is not None, "a clean form has its amounts"
    place = Fraction(100 if plan.spec.places is not None else 0)
    if abs(plan.annual - plan.facts.amount) * 2 > place:
        found.append(f"{plan.annual} for a basis of {plan.facts.amount}")
    if plan.annual > plan.total:
        found.append("the year is above the total")
    top = [s for s in plan.sources if not s.within]
    if plan.sources and sum(s.yuan for s in top) != plan.annual:
        found.append("sources")
    for source in top:
        parts = [s.yuan for s in plan.sources if s.within == source.label]
        if parts and sum(parts) != source.yuan:
            found.append(f"parts of {source.label}")
    carry = next((s.yuan for s in plan.sources if s.label == plan.spec.carried), Fraction(0))
    listed = sum(row.full for row in plan.details)
    if "上年结转" not in plan.note and abs(listed - plan.annual) * 2 > place:
        found.append(f"details {listed}")
    if carry and listed + carry != plan.annual:
        found.append(f"details {listed} and {carry} carried over")
    found += [row.name for row in plan.details if row.half is not None and row.half > row.full]
    if plan.told not in plan.goal:
        found.append("the goal does not tell the amount")
    numbers = {e.kind.indicator: e.counted() for e in plan.facts.expenses if e.kind is not None}
    for row in plan.indicators:
        whole = VALUE.fullmatch(row.full)
        half = VALUE.fullmatch(row.half)
        if whole and half and whole[3] == half[3] and Fraction(half[2]) > Fraction(whole[2]):
            found.append(f"{row.name} {row.half} {row.full}")
        counted = numbers.get(row.name)
        if counted is not None and (whole is None or int(whole[2]) != counted.number):
            found.append(f"{row.name} {row.full} for {counted}")
    return found


def test_the_figures_of_a_clean_form_agree() -> None:
    assert [(plan.facts.seed, d) for plan in plans() for d in disagreements(plan)] == []


def test_every_fault_has_a_place_and_changes_the_form() -> None:
    places: Counter[str] = Counter()
    for plan in plans()[::3]:
        clean = render(plan)
        for fault in FAULTS:
            text = inject(plan, clean, fault, 0)
            if text is not None:
                places[fault.name] += 1
                assert text != clean
    assert set(places) == {fault.name for fault in FAULTS}
    assert min(places.values()) >= 4, places


def test_a_fault_of_the_amounts_makes_them_disagree() -> None:
    disagreeing = ("detail rows do not add up", "sources do not add up", "a source above its parts", "year above total")
    for fault in (f for f in FAULTS if f.name in disagreeing):
        broken = [fault.maker(plan, random.Random(7)) for plan in plans()]
        assert all(disagreements(plan) for plan in broken if plan is not None), fault.name


def test_faults_have_names_of_their_own_and_rules_that_exist_or_are_said_to_be_missing() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 50
    codes = {rule.code for rule in RULES}
    wanted = {rule for kind in KINDS for rule in kind.rules if rule.startswith("CV")}
    assert all(set(kind.codes) <= codes for kind in KINDS)
    assert {kind.name for kind in KINDS if not kind.codes} <= {pair.name for pair in PAIRS}
    assert not set(without_fault()) & wanted


def test_a_form_that_is_read_otherwise_is_found_out() -> None:
    plan = make(draw_facts("四川", 0, 0))
    text = render(plan)
    assert misreadings(plan, forms(check(text))) == []
    for label in ("项目名称", "财政拨款", "成本指标", "三级指标"):
        assert label in text
        assert misreadings(plan, forms(check(text.replace(label, "某栏", 1))))
    assert misreadings(plan, []) == ["0 forms"]


class Loud:
    """A project with one error, whatever the form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.findings = (Finding("CV101", Severity.ERROR, Bilingual("错", "wrong")),)


class Mute(Loud):
    """A project without findings, whatever the form."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.findings = ()  # type: ignore[assignment]  # a tuple of none is one of any


def broke(*_: object) -> None:
    """A checker that breaks."""
    raise RecursionError


ONE_ANSWER = [
    (Loud, "a sum is not", {"flagged": 1.0, "found": 0.0}),
    (Mute, "a sum is not", {"flagged": 0.0, "found": 0.0}),
    (broke, "none of them", {"crashes": 16}),
]


@pytest.mark.parametrize(("answer", "fault", "expected"), ONE_ANSWER)
def test_a_checker_with_one_answer_is_found_out(
    answer: object, fault: str, expected: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.forms.score.check_form", answer)
    reached = rates(measure(16, 1, fault=fault))
    assert {name: reached[name] for name in expected} == expected


def hold(count: int) -> None:
    """Checks forms and faults; the message shows the table and what went wrong."""
    score = measure(count, PER_FORM)
    measured = rates(score)
    at_most, at_least = FLOORS[count]
    assert set(at_most) | set(at_least) == set(measured)
    high = [f"{k} {measured[k]} > {v}" for k, v in at_most.items() if measured[k] > v]
    low = [f"{k} {measured[k]} < {v}" for k, v in at_least.items() if measured[k] < v]
    assert not high + low, f"\n{shown(score.examples, (), 1, whole=False)}\n{table(score)}"


def test_the_quick_rates_hold() -> None:
    hold(QUICK)


@pytest.mark.slow
def test_the_full_rates_hold() -> None:
    hold(FULL)
