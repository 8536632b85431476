"""Where a form's fields stand, one layout a line; and the amounts in them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from calcverify.errors import UsageError
from calcverify.forms import forms_of, parse_forms, stated_total
from calcverify.forms.amounts import Fault, read_amount
from calcverify.forms.grid import Document, lay_out
from calcverify.forms.labels import key_of, load_labels
from calcverify.forms.model import Form
from calcverify.forms.words import field_words

CASES = Path(__file__).parent / "readers"
MARKS = str.maketrans({"→": "\t", "⏎": "\n"})
UNMARKS = str.maketrans({"\t": "→", "\n": "⏎"})
ON_DEMAND = ("line", "field", "id")


def cases(name: str) -> list[str]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def facts(form: Form) -> Iterator[tuple[str, str]]:
    """Everything that a form holds, as (fact, value) with tabs and line breaks made visible."""
    yield "name", form.name
    yield "organisation", form.organisation
    yield "department", form.department
    yield "year", form.year
    yield "unit", form.unit_note or ""
    yield "detail-unit", form.detail_unit or ""
    yield "id", form.id
    yield "line", str(form.locator.line)
    yield "field", form.basis_field
    if form.basis is not None:
        yield "basis", form.basis.text
        assert form.basis.locator == form.locator
    for total in form.totals:
        yield total.role, f"{total.text} {total.unit}"
    for source in form.sources:
        yield source.role, f"{source.field} {source.text} {source.unit}"
    for row in form.details:
        yield "detail", f"{row.name}/{row.half_year}/{row.full_year}"
    for indicator in form.indicators:
        yield "indicator", "/".join((*indicator.path, indicator.name, indicator.half_year, indicator.full_year))
    for narrative in form.narratives:
        yield "narrative", f"{narrative.label}：{narrative.source.text}"


def described(text: str, wanted: set[str]) -> list[list[tuple[str, str]]]:
    found = []
    for item in forms_of(Document("forms.txt", text, lay_out(text))):
        if isinstance(item, Form):
            each = [(key, value.translate(UNMARKS)) for key, value in facts(item)]
            found.append([(k, v) for k, v in each if (k in wanted if k in ON_DEMAND else v or k == "basis")])
        else:
            found.append([("problem", f"{item.code} {item.locator}")])
    return found


@pytest.mark.parametrize("case", cases("layouts.txt"))
def test_a_form_is_found_wherever_its_labels_stand(case: str) -> None:
    text, expected = case.split(" ⇒ ")
    forms = (
        []
        if expected == "nothing"
        else [
            [(fact.partition("=")[0], fact.partition("=")[2]) for fact in form.split("｜")]
            for form in expected.split(" ‖ ")
        ]
    )
    found = described(text.translate(MARKS), {"line", "field", "id"})
    for form, expectation in zip(found, forms, strict=False):
        named = {key for key, _ in expectation}
        form[:] = [(key, value) for key, value in form if key not in ON_DEMAND or key in named]
    assert [sorted(form) for form in found] == [sorted(form) for form in forms]


@pytest.mark.parametrize("case", [c for c in cases("layouts.txt") if "⏎" in c and '"3×1' not in c])
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(case: str, newline: str) -> None:
    text = case.split(" ⇒ ", maxsplit=1)[0].translate(MARKS)
    wanted = set(ON_DEMAND)
    found = described(text.replace("\n", newline), wanted)
    plain = [[(k, v.replace("\r⏎", "⏎").replace("\r", "⏎")) for k, v in form] for form in found]
    assert plain == described(text, wanted)


@pytest.mark.parametrize("case", cases("amounts.txt"))
def test_an_amount_is_read_exactly_or_not_at_all(case: str) -> None:
    given, expected = case.split(" ⇒ ")
    text, _, column = given.rpartition(" ")
    amount = read_amount(text, None if column == "-" else column, "项目总金额")
    if isinstance(amount, Fault):
        assert amount.name == expected
        return
    value, place, *hedged = expected.split()
    assert (amount.yuan, amount.place, amount.hedged) == (Fraction(value), Fraction(place), bool(hedged))
    assert amount.text in text.translate(str.maketrans("０１２３４５６７８９．，", "0123456789.,"))


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        ("666", None, "没有单位"),
        ("六百", "万元", "不能读成一个金额"),
        ("6万", "元", "只写一种"),
        ("6", "万人", "不认识单位"),
        ("9" * 1_000_000, "元", "不能读成一个金额"),
    ],
)
def test_a_caller_is_told_what_is_wrong_with_a_total(text: str, unit: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message) as told:
        stated_total(text, unit)
    assert len(str(told.value)) < 200
    assert told.value.say("en") != str(told.value)


def test_a_total_that_a_caller_gives() -> None:
    total = stated_total("666", "万元")
    assert total is not None
    assert (int(total.yuan), total.text, total.unit) == (6_660_000, "666", "万元")
    assert stated_total("  ") is None


@pytest.mark.parametrize(
    ("entry", "kind"), [(e, kind) for kind, es in field_words().items() for e in es], ids=lambda v: str(v)[:40]
)
def test_every_entry_of_the_lexicon_has_an_example_that_is_read(entry: dict[str, str], kind: str) -> None:
    labels = load_labels()
    if kind in ("money", "hedge"):
        amount = read_amount(entry["example"], None, "")
        assert not isinstance(amount, Fault)
        assert amount.yuan == Fraction(entry["gives"])
        return
    head = "" if "项目名称" in entry["example"] else "项目名称\t某\n"
    form, *more = parse_forms(head + entry["example"], "a.txt")
    assert not more
    role = entry.get("role", kind)
    details = [f"{d.name} | {d.half_year} | {d.full_year}".strip() for d in form.details]
    unit = f" ({form.detail_unit})" if form.detail_unit else ""
    indicators = [f"{'/'.join((*i.path, i.name))} | {i.half_year} | {i.full_year}" for i in form.indicators]
    if kind == "level":
        levels = "一级指标\t二级指标\t三级指标\t半年指标值\t全年指标值\n"
        (form,) = parse_forms(f"项目名称\t某\n{levels}{entry['example']}", "a.txt")
        indicators = [f"{'/'.join((*i.path, i.name))} | {i.half_year} | {i.full_year}" for i in form.indicators]
    seen = {
        "name": [form.name],
        "title": [form.name],
        "summary": [form.name],
        "code": [form.id],
        "organisation": [form.organisation],
        "department": [form.department],
        "year": [form.year],
        "basis": [form.basis.text if form.basis else ""],
        "blank": ["" if not form.totals else form.totals[0].text],
    }
    amounts = [f"{t.text} {t.unit}" for t in (*form.totals, *form.sources)]
    texts = [n.source.text for n in form.narratives]
    found = seen.get(role, amounts + texts + indicators + [d + unit for d in details])
    assert entry["gives"] in found, found
    written = {key_of(word) for word in [*entry.get("labels", []), *entry.get("names", [])]}
    cells = {key_of(c) for c in entry["example"].replace("\n", "\t").replace("：", "：\t").split("\t")}
    bare = {c.split("(")[0] for c in cells}
    assert not written or written & (cells | bare), "the example holds none of the entry's words"
    assert kind != "blank" or all(labels.is_blank(word) for word in entry["words"])


@pytest.mark.parametrize(
    "word", [(e["role"], w, e.get("weak", False)) for e in field_words()["field"] for w in e["labels"]]
)
def test_every_label_is_recognised_as_a_cell(word: tuple[str, str, bool]) -> None:
    role, label, weak = word
    found = load_labels().field(f" {label}（万元）：")
    assert found is not None
    assert (found.word.role, found.word.weak, found.unit) == (role, weak, "万元")
    assert found.written == key_of(label)
