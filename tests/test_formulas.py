"""What is shipped in formulas/: it loads, every example computes, every rule is dated."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from fractions import Fraction
from math import prod
from pathlib import Path

import pytest

from calcverify.errors import UsageError
from calcverify.standards import Formula, Formulas, PartialDate, Period, Standard, load_formulas
from calcverify.standards.catalogue import BEGIN, END, documents, rewritten
from calcverify.standards.expression import names_in, unit_of
from calcverify.standards.loader import Rule
from calcverify.standards.mentions import may_be_named, naming_words

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "standards.md"
SHIPPED = load_formulas()


@pytest.fixture(scope="module")
def formulas() -> Formulas:
    """The shipped formulas."""
    return SHIPPED


@pytest.mark.parametrize("formula", SHIPPED.formulas, ids=lambda f: f.name)
def test_every_formula_computes_its_example(formula: Formula) -> None:
    assert formula.compute(dict(formula.example.given)) == formula.example.gives


@pytest.mark.parametrize("formula", SHIPPED.formulas, ids=lambda f: f.name)
def test_every_formula_gives_the_unit_of_its_result(formula: Formula) -> None:
    assert set(names_in(formula.expression)) == {p.name for p in formula.parameters}
    assert unit_of(formula.expression, {p.name: p.unit for p in formula.parameters}) == formula.unit


@pytest.mark.parametrize("standard", [s for s in SHIPPED.standards if not s.table], ids=lambda s: s.name)
def test_every_standard_computes_its_example(standard: Standard) -> None:
    assert standard.example is not None
    counts = [value for _, value in standard.example.given]
    assert len(counts) == sum(power < 0 for _, power in standard.unit)
    assert standard.at_most * prod(counts) == standard.example.gives


def test_every_rule_has_a_document_with_number_issuer_and_date(formulas: Formulas) -> None:
    rules: list[Rule] = [
        *formulas.formulas,
        *formulas.standards,
        *formulas.tables,
        *(f for f in formulas.factors if f.scheme),
    ]
    assert len(rules) > 300
    assert all(rule.document and rule.document.number and rule.document.issuer for rule in rules)
    assert all(rule.document and rule.document.date.year > 1990 for rule in rules)
    assert all(rule.period is not None for rule in rules)


# item ⇒ year ⇒ the sums of the standards found, as they stand in the documents
LOOKUPS = [
    ("会议费", 2024, {760, 650, 550}),
    ("会务费", 2024, {760, 650, 550}),
    ("三类会议", 2024, {550}),
    ("召开一类会议的会议费", 2024, {760}),
    ("会议费", 2013, set()),  # the rule of 2016 says nothing of 2013
    ("培训费", 2017, {760, 650, 550}),
    ("二类培训", 2020, {650}),
    ("培训费", 2016, set()),
    ("讲课费", 2024, {500, 1000, 1500}),
    ("正高级讲课费", 2024, {1000}),
    ("专家咨询费", 2024, {2400, 1500, 3600}),
    ("全国知名专家的专家咨询费", 2024, {3600}),
    ("造价咨询费", 2024, set()),  # a firm's fee, not an expert's
    ("市内交通费", 2024, {80}),
    ("西藏出差的伙食补助费", 2024, {120}),
    ("北京出差的伙食补助费", 2024, {100}),
    ("成都司局级住宿费", 2024, {470}),
    ("成都住宿费", 2024, {900, 470, 370}),
    ("四川其他人员住宿费", 2015, {320}),  # the table that ended in 2015
    ("四川其他人员住宿费", 2013, set()),
    ("拉萨住宿费", 2024, {800, 500, 350, 1200, 750, 530}),  # with the high season
    ("拉萨6-9月住宿费", 2024, {1200, 750, 530, 800, 500, 350}),
    ("最低工资标准", 2024, set()),  # the shipped table is empty
    ("会议室租金", 2024, set()),
    ("绿化养护", 2024, set()),
]


@pytest.mark.parametrize(("item", "year", "sums"), LOOKUPS)
def test_a_standard_is_found_by_item_and_year(item: str, year: int, sums: set[int], formulas: Formulas) -> None:
    assert {s.at_most for s in formulas.standards_for(item, year)} == {Fraction(n) for n in sums}


def test_the_latest_rule_comes_first(formulas: Formulas) -> None:
    years = [s.period.since.year for s in formulas.standards_for("住宿费、伙食补助费", 2020)]
    assert set(years) == {2014, 2016}
    assert years == sorted(years, reverse=True)


# a date as it is known ⇒ its first and last day
DATES = [
    (PartialDate(2024), "2024", date(2024, 1, 1), date(2024, 12, 31)),
    (PartialDate(2024, 2), "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    (PartialDate(2019, 4, 30), "2019-04-30", date(2019, 4, 30), date(2019, 4, 30)),
]


@pytest.mark.parametrize(("known", "written", "first", "last"), DATES)
def test_a_date_is_as_long_as_it_is_unknown(known: PartialDate, written: str, first: date, last: date) -> None:
    assert (str(known), known.first, known.last) == (written, first, last)


# since and until of two rules ⇒ whether they hold on one day
OVERLAPS = [
    ((2014, 10, 1), (2019, 4, 30), (2019, 5, 1), None, False),
    ((2014, 10, 1), (2019, 5, 1), (2019, 5, 1), None, True),
    ((2014,), (2018,), (2019,), (2020,), False),
    ((2014,), None, (2030,), None, True),
    ((2016, 6), (2016, 6), (2016, 6, 30), (2016, 6, 30), True),
]


@pytest.mark.parametrize(("since", "until", "other", "end", "overlap"), OVERLAPS)
def test_two_rules_overlap_by_the_day(
    since: tuple[int, ...],
    until: tuple[int, ...] | None,
    other: tuple[int, ...],
    end: tuple[int, ...] | None,
    overlap: bool,
) -> None:
    one = Period(PartialDate(*since), PartialDate(*until) if until else None)
    two = Period(PartialDate(*other), PartialDate(*end) if end else None)
    assert one.overlaps(two) is two.overlaps(one) is overlap


# name ⇒ rate ⇒ verdict
JUDGED = [
    ("会议费综合定额 三类会议", "550", "within"),
    ("会议费综合定额 三类会议", "550.01", "above"),
    ("会议费综合定额 三类会议", "1", "within"),  # a ceiling has nothing below it
    ("专家咨询费 其他专业人员", "900", "within"),
    ("专家咨询费 其他专业人员", "899", "below"),
    ("专家咨询费 其他专业人员", "1501", "above"),
    ("差旅市内交通费", "80", "within"),  # a fixed sum is met exactly
    ("差旅市内交通费", "79", "below"),
    ("差旅市内交通费", "81", "above"),
]


@pytest.mark.parametrize(("name", "rate", "verdict"), JUDGED)
def test_a_rate_is_judged_by_its_standard(name: str, rate: str, verdict: str, formulas: Formulas) -> None:
    (standard,) = [s for s in formulas.standards if s.name == name]
    assert standard.judge(Fraction(rate)) == verdict


def test_a_formula_is_named_and_computed(formulas: Formulas) -> None:
    found = formulas.formula_named("培训费（超过30天）", 2024)
    assert found is not None
    assert found.compute({"参训人数": 10, "天数": 30, "综合定额": 550}) == 165000
    assert formulas.formula_named("培训费（超过30天）", 2016) is None
    assert formulas.formula_named("没有这个公式") is None


def test_a_formula_refuses_what_it_does_not_ask_for(formulas: Formulas) -> None:
    found = formulas.formula_named("会议费")
    assert found is not None
    with pytest.raises(UsageError, match="会议费：应给出 参会人数、会期、综合定额，实际给出 参会人数"):
        found.compute({"参会人数": 80})


def test_the_page_lists_what_is_shipped(formulas: Formulas) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1
    assert rewritten(page, formulas) == page, "run: python -m calcverify.standards.catalogue docs/standards.md"
    assert all(document.title in page for document in documents(formulas))


def test_the_examples_of_the_page_load(tmp_path: Path) -> None:
    blocks = PAGE.read_text(encoding="utf-8").split("```toml\n")[1:]
    assert len(blocks) == 4
    for number, block in enumerate(blocks):
        (tmp_path / f"{number}.toml").write_text(block.partition("```")[0], encoding="utf-8")
    loaded = load_formulas(tmp_path)
    assert [s.at_most for s in loaded.standards_for("甲市最低工资标准", 2024)] == [2100]
    assert {s.name for s in loaded.standards_for("三类会议", 2024)} == {
        "会议费综合定额 三类会议",
        "某市会议费 三类会议",
    }


def test_the_python_of_the_page_gives_what_it_says() -> None:
    block = PAGE.read_text(encoding="utf-8").split("```python\n")[1].partition("```")[0]
    scope: dict[str, object] = {}
    shown = []
    lines = [line for line in block.splitlines() if line]
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if below.startswith("# "):
            program = f"result = {line}"
            exec(program, scope)
            shown.append((scope["result"], below.removeprefix("# ")))
        elif not line.startswith("# "):
            exec(line, scope)
    assert len(shown) == 3
    assert [value if isinstance(value, str) else repr(value) for value, _ in shown] == [words for _, words in shown]


def test_no_word_that_a_standard_concerns_is_missed_where_the_files_are_only_looked_through() -> None:
    words = naming_words()
    assert words is not None
    for standard in SHIPPED.standards:
        for word in (standard.item, *standard.keywords, *standard.condition("kind").split("、")):
            assert not word or word in words, standard.name
    assert may_be_named("三类会议费100人")
    assert not may_be_named("护林员23人")


def test_what_is_left_out_holds_nothing_of_the_kinds_that_are_asked_for() -> None:
    assert load_formulas(kinds=("factor", "scheme")).factors == SHIPPED.factors
    assert load_formulas(kinds=("standard", "table")).standards == SHIPPED.standards
    assert load_formulas(kinds=("factor", "scheme")).standards == ()


def test_nothing_is_read_at_import() -> None:
    program = (
        "import builtins, io, sys\n"
        "import calcverify.standards\n"
        "opened = []\n"
        "sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None)\n"
        "import calcverify.standards.loader, calcverify.standards.catalogue\n"
        "before = [name for name in opened if name.endswith('.toml')]\n"
        "calcverify.standards.load_formulas()\n"
        "after = [name for name in opened if 'formulas' in name and name.endswith('.toml')]\n"
        "print(len(before), len(after))\n"
    )
    hooked = program.replace("import calcverify.standards\n", "", 1)
    run = subprocess.run([sys.executable, "-c", hooked], capture_output=True, text=True, check=True, timeout=60)
    before, after = run.stdout.split()
    assert before == "0"
    assert int(after) == len(list((ROOT / "formulas").glob("*.toml")))
