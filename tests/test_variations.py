"""Made-up basis texts with known truth: nothing consistent is accused, faults are found.

``python -m tests.variations`` prints the same figures style by style, with the texts behind
them; ``tests/variations/floors.toml`` holds their bounds.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tests.made import project
from tests.variations import numbers
from tests.variations.faults import MAKERS, Fault, faults
from tests.variations.model import Case
from tests.variations.number_forms import FORMS
from tests.variations.numerals import CAPITAL, LOWER, TENS_CAPITAL, TENS_LOWER, chinese
from tests.variations.score import measure, names, rates
from tests.variations.selfcheck import case_problems, fault_problems
from tests.variations.styles import STYLES, cases, name_of
from tests.variations.table import shown, table

FLOORS = tomllib.loads((Path(__file__).parent / "variations" / "floors.toml").read_text(encoding="utf-8"))
QUICK = 4
FULL = 20
FAULTS = 3
OUTCOMES = {"mismatch", "question", "either", "hollow", "months", "notice", "inside"}


@cache
def made() -> tuple[Case, ...]:
    """The texts of the quick run."""
    return tuple(cases(QUICK))


@cache
def broken() -> tuple[Fault, ...]:
    """Their faults."""
    return tuple(fault for case in made() for fault in faults(case, FAULTS))


def test_there_are_styles_enough_and_each_writes_its_own_texts() -> None:
    names_of_all = [name_of(style) for style in STYLES]
    assert len(set(names_of_all)) == len(names_of_all) >= 45
    texts = Counter(case.style for case in made() if case.basis)
    assert texts == Counter(dict.fromkeys(names_of_all, QUICK))
    assert len({case.basis for case in made()}) > 0.95 * len(made())


def test_every_truth_follows_from_the_digits_in_the_text() -> None:
    assert [problem for case in made() for problem in case_problems(case)] == []


def test_every_fault_changes_what_it_says() -> None:
    assert [problem for fault in broken() for problem in fault_problems(fault)] == []


def test_every_kind_of_fault_and_every_outcome_occurs() -> None:
    kinds, outcomes = Counter(f.name for f in broken()), Counter(f.becomes for f in broken())
    assert set(kinds) == {name for name, _ in MAKERS}
    assert min(kinds.values()) >= 5, kinds
    assert set(outcomes) - {"twin"} == OUTCOMES
    assert outcomes["twin"] < 0.01 * len(broken())
    assert outcomes["mismatch"] > 0.6 * len(broken())
    # A text without arithmetic and one with a single figure have no place for a fault.
    unbroken = {case.style for case in made()} - {f.case.style for f in broken()}
    assert unbroken == {"noise_lump"}


def test_the_same_seed_writes_the_same_texts_and_another_seed_others() -> None:
    assert [c.basis for c in cases(1, 5)] == [c.basis for c in cases(1, 5)]
    again = sum(a.basis == b.basis for a, b in zip(cases(1, 5), cases(1, 6), strict=True))
    assert again < 0.1 * len(STYLES)


CHINESE = [
    (10, "十", "壹拾"),
    (110, "一百一十", "壹佰壹拾"),
    (1010, "一千零一十", "壹仟零壹拾"),
    (205000, "二十万五千", "贰拾万伍仟"),
    (10030, "一万零三十", "壹万零叁拾"),
    (100500000, "一亿零五十万", "壹亿零伍拾万"),
    (100005000, "一亿零五千", "壹亿零伍仟"),
    (3500000000000, "三万五千亿", "叁万伍仟亿"),
    (1000000000000005, "一千万亿零五", "壹仟万亿零伍"),
]


@pytest.mark.parametrize(("number", "lower", "capital"), CHINESE)
def test_numerals_are_written_as_people_write_them(number: int, lower: str, capital: str) -> None:
    assert chinese(str(number), LOWER, TENS_LOWER) == lower
    assert chinese(str(number), CAPITAL, TENS_CAPITAL, short_ten=False) == capital


NAMED = [
    ("可能是数字误写：67031", "67031", True),
    ("可能是数字误写：167031", "67031", False),
    ("可能是数字误写：67031.5", "67031", False),
    ("应为3.6万元", "3.6万元", True),
    ("应为1,234元。", "1234", True),
    ("应为12.", "12", True),
]


@pytest.mark.parametrize(("suggestion", "cause", "named"), NAMED)
def test_a_cause_is_named_by_a_number_that_stands_alone(suggestion: str, cause: str, named: bool) -> None:
    assert names(suggestion, cause) is named


class Six:
    """A number that is always 6."""

    value, place, unit = Fraction(6), Fraction(1), ""


def test_a_reader_that_guesses_or_refuses_is_found_out() -> None:
    guessed = numbers.measure(200, reader=lambda _: [Six()])
    assert sum(o.result == "wrong value" for o in guessed) > 190
    assert {o.result for o in numbers.measure(200, reader=lambda _: [])} == {"refused"}
    assert {o.result for o in numbers.measure(200, reader=lambda _: [Six(), Six()])} == {"wrong value"}


def test_every_form_of_number_is_written() -> None:
    assert len({n.form for n in numbers.written(len(FORMS))}) == len(set(FORMS))


# A reader that gives every text one status, and what the rates must say of it.
ONE_ANSWER = [
    ("pass", {"false_accusations": 0, "composed_accused": 0, "faults_caught": 0.0, "faults_asked": 0.0, "silent": 1.0}),
    ("fail", {"false_accusations": len(STYLES), "faults_caught": 1.0, "faults_asked": 0.0, "silent": 0.0}),
    ("review", {"false_accusations": 0, "faults_caught": 0.0, "faults_asked": 1.0, "silent": 0.0}),
]


@pytest.mark.parametrize(("status", "expected"), ONE_ANSWER)
def test_a_reader_with_one_answer_is_found_out(
    status: str, expected: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.variations.score.check", lambda basis, _: project("", basis, status))
    reached = rates(measure(cases(1), FAULTS))
    assert {name: reached[name] for name in expected} == expected
    assert reached["claims_found"] == 0


def test_a_reader_that_breaks_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def broke(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("calcverify.check_text", broke)
    assert rates(measure(cases(1), FAULTS))["crashes"] > len(STYLES)


def bounded(measured: dict[str, float], name: str) -> list[str]:
    """The rates outside the bounds of one table of the floors file."""
    bounds = FLOORS[name]
    known = set(bounds["at_most"]) | set(bounds.get("at_least", {}))
    assert known == set(measured), f"floors.toml [{name}] must hold every rate"
    high = [f"{k} {measured[k]} > {v}" for k, v in bounds["at_most"].items() if measured[k] > v]
    low = [f"{k} {measured[k]} < {v}" for k, v in bounds.get("at_least", {}).items() if measured[k] < v]
    return high + low


def hold(per_style: int, name: str) -> None:
    """Checks the texts with calcverify; the message shows the table and what went wrong."""
    score = measure(cases(per_style), FAULTS)
    assert score.of("cases") == per_style * len(STYLES)
    worst = shown(score.survivors, ("crash", "accused", "over", "silent"), 1)
    assert bounded(rates(score), name) == [], f"\n{worst}\n{table(score)}"


def test_the_quick_rates_hold() -> None:
    hold(QUICK, "quick")


@pytest.mark.slow
def test_the_full_rates_hold() -> None:
    hold(FULL, "full")


def hold_numbers(count: int) -> None:
    """Reads ``count`` made-up numbers with calcverify."""
    outcomes = numbers.measure(count)
    results = Counter(o.result for o in outcomes)
    measured = {"wrong_values": results["wrong value"], "refused": results["refused"] / count}
    assert bounded(measured, "numbers") == [], "\n" + numbers.report(outcomes, 3)


def test_numbers_are_not_misread() -> None:
    hold_numbers(3000)


@pytest.mark.slow
def test_a_hundred_thousand_numbers_are_not_misread() -> None:
    hold_numbers(100_000)
