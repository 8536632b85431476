"""The worked document: nine forms, cut by page breaks, tags in cells, columns that move."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from calcverify.forms import parse_forms
from calcverify.forms.model import Form

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "jiangyin-2022.txt"
TEXT = EXAMPLE.read_text(encoding="utf-8")
FORMS = parse_forms(TEXT, "jiangyin-2022.txt")
GOLDEN: list[dict[str, Any]] = json.loads((ROOT / "tests/golden/jiangyin-2022.json").read_text(encoding="utf-8"))[
    "projects"
]
# The line of each basis, counted by hand, and how many rows its indicator table has.
PLACES = {"01": (15, 46), "05": (81, 20), "04": (120, 30), "02": (169, 29), "09": (217, 20)}
PLACES |= {"08": (256, 20), "07": (295, 24), "03": (338, 22), "06": (379, 19)}


def test_every_form_is_found_in_the_order_of_the_document() -> None:
    assert [(form.id, form.name) for form in FORMS] == [(p["code"], p["name"]) for p in GOLDEN]


@pytest.mark.parametrize(("form", "golden"), list(zip(FORMS, GOLDEN, strict=True)), ids=lambda v: getattr(v, "id", ""))
def test_a_form_holds_what_a_reader_sees_in_it(form: Form, golden: dict[str, Any]) -> None:
    total, annual = form.totals
    assert (total.field, total.unit, total.yuan) == ("项目总金额", "万元", Fraction(golden["stated_total_yuan"]))
    assert (annual.field, annual.role, annual.yuan) == ("本年度项目金额", "annual", total.yuan)
    assert sum(int(row.full_year) for row in form.details) == int(golden["detail_total_yuan"])
    assert {row.half_year for row in form.details} == {"0"}
    line, rows = PLACES[form.id[-2:]]
    assert (form.locator.line, len(form.indicators)) == (line, rows)
    assert form.year == "2022"
    assert (form.organisation, form.department) == ("江阴市人力资源和社会保障局（机关）", "江阴市人社局")
    assert [n.label for n in form.narratives] == [
        "项目概述", "项目可行性说明", "项目必要性说明", "年度绩效目标", "项目总目标", "其他需要说明的问题",
    ]  # fmt: skip
    assert [bool(n.source.text) for n in form.narratives] == [True] * 5 + [False]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_texts_stand_as_they_do_in_the_file(form: Form) -> None:
    lines = TEXT.split("\n")
    assert form.basis is not None
    for source in [form.basis, *(n.source for n in form.narratives)]:
        assert source.locator.line is not None
        assert source.text in lines[source.locator.line - 1].split("\t") or source.text.strip() == source.text
        assert source.text in lines[source.locator.line - 1]


def test_tags_stay_in_the_text() -> None:
    by_code = {form.id[-2:]: form for form in FORMS}
    texts = {n.label: n.source.text for n in by_code["02"].narratives}
    assert texts["项目概述"].startswith("<p>")
    assert texts["项目概述"].endswith("</p>")
    assert texts["项目可行性说明"].startswith("<ol style=")


def test_indicators_keep_their_level_names_and_values_where_columns_move() -> None:
    form = next(form for form in FORMS if form.id.endswith("04"))
    rows = {(*i.path, i.name, i.half_year, i.full_year) for i in form.indicators}
    assert (
        "效益指标",
        "可持续影响指标",
        "居保征缴、发放体系建设情况",
        "完善",
        "",
    ) in rows  # the last column is cut off
    assert ("效益指标", "可持续影响指标", "档案管理制度健全性", "健全", "健全") in rows  # shifted to the left
    assert ("满意度指标", "满意度指标", "居保参保对象的满意度", "≥95%", "≥95%") in rows  # a row of values alone
    assert ("决策", "资金投入", "预算编制科学性", "科学", "科学") in rows
    health = next(form for form in FORMS if form.id.endswith("09"))
    again = [(i.half_year, i.full_year) for i in health.indicators if i.name == "参与体检人数"]
    assert again == [(">14.5万", ">14.5万"), (">5万", ">15万")]  # the same indicator twice, with other values


def test_no_row_of_an_indicator_table_is_lost() -> None:
    levels = Counter(i.path[0] for form in FORMS for i in form.indicators)
    assert set(levels) == {"决策", "过程", "产出指标", "效益指标", "满意度指标"}
    assert levels["决策"] == 6 * len(FORMS)
    assert levels["过程"] == 5 * len(FORMS)


def test_the_document_is_the_same_without_its_blank_lines() -> None:
    dense = parse_forms("\n".join(line for line in TEXT.split("\n") if line.strip()), "jiangyin-2022.txt")
    assert [placeless(form) for form in dense] == [placeless(form) for form in FORMS]


def placeless(form: Form) -> tuple[object, ...]:
    """A form without its places."""
    return (
        form.id,
        form.name,
        form.basis.text if form.basis else None,
        tuple((t.text, t.unit, t.role) for t in form.totals),
        tuple((n.label, n.source.text) for n in form.narratives),
        tuple(row[:3] for row in form.details),
        tuple(row[:4] for row in form.indicators),
        form.year,
    )
