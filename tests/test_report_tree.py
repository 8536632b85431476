"""The tree of the total: which rows it has, and what its picture says."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from calcverify.api import check_text
from calcverify.report.model import Project
from calcverify.report.tree import tree
from calcverify.report.tree_svg import tree_svg
from tests.test_report_hostile import ATTACKS, IDS, filled


def rows(project: Project) -> list[str]:
    """The rows as lines: signs for depth and subtraction, name, reading, amount in 元, verdict."""
    return [
        " ".join(
            filter(
                None,
                [
                    ">" * r.depth + ("-" if r.taken else ""),
                    r.name,
                    r.reading,
                    str(r.value),
                    r.verdict.value if r.verdict else "",
                ],
            )
        )
        for r in tree(project).rows
    ]


# Basis, total → rows. Where a figure is what another claim states, that claim stands under it.
CASES = [
    # No total: the sum on top, since no other claim uses it.
    (
        "场租3天×1万元/天=3万元，餐费2万元，合计6万元",
        None,
        ["合计 60000 mismatch", "> 场租 3天 × 1万元/天 30000 exact", "> 餐费 20000"],
    ),
    # The total that the sum meets already is no claim of its own.
    (
        "场租3天×1万元/天=3万元，餐费2万元，合计5万元",
        "5万元",
        ["合计 50000 exact", "> 场租 3天 × 1万元/天 30000 exact", "> 餐费 20000"],
    ),
    ("24台×0.5万元+3万元", "15万元", ["150000 exact", "> 24台 × 0.5万元 120000", "> 30000"]),
    # What is taken off, and a share of a sum.
    (
        "总支出10万元，自筹4万元，余下6万元申请财政",
        "6万元",
        ["余下 60000 exact", "> 总支出 100000", "> - 自筹 40000"],
    ),
    (
        "（1）场租：3天×1万元/天=3万元；（2）餐费2万元，合计5万元",
        "5万元",
        ["合计 50000 exact", "> 场租 3天 × 1万元/天 30000 exact", "> 餐费 20000"],
    ),
    ("按实结算", "20万元", []),
]


@pytest.mark.parametrize(("basis", "total", "expected"), CASES)
def test_rows(basis: str, total: str | None, expected: list[str]) -> None:
    assert rows(check_text(basis, total)) == [line.replace("> -", ">-") for line in expected]


def test_the_picture_is_whole_and_red_only_where_it_breaks() -> None:
    wrong = ElementTree.fromstring(tree_svg(check_text("360册×85元/册=3.6万元", total="3.6万元")))
    text = "".join(wrong.itertext())
    assert "✗ 3.6万元 ≠ 3.06万元" in text
    right = tree_svg(check_text("360册×85元/册=3.06万元", total="3.06万元"))
    assert "✗" not in right
    assert "#a3260b" not in right


def test_a_question_is_not_red() -> None:
    picture = tree_svg(check_text("在职420人，人均年缴费基数10万元，全年预计征缴1000万元。"))
    assert "? 1000万元 ≠ 4200万元" in picture
    assert "#a3260b" not in picture


def test_bars_are_as_long_as_the_amounts() -> None:
    root = ElementTree.fromstring(tree_svg(check_text("甲1万元、乙3万元，合计4万元")))
    widths = [int(bar.attrib["width"]) for bar in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths == [180, 45, 135]


def test_a_very_long_list_is_cut_and_says_so() -> None:
    basis = "、".join(f"项目{chr(0x4E00 + 7 * n)}{n}万元" for n in range(1, 101)) + "，合计5050万元"
    project = check_text(basis)
    assert (len(tree(project).rows), tree(project).left_out) == (60, 41)
    assert "另有 41 处" in tree_svg(project)


@pytest.mark.parametrize("text", ATTACKS, ids=IDS)
def test_nothing_of_a_form_becomes_markup(text: str) -> None:
    (project,) = filled(text).projects
    root = ElementTree.fromstring(tree_svg(project) or "<svg/>")
    assert {element.tag.rsplit("}")[-1] for element in root.iter()} <= {"svg", "text", "tspan", "rect", "path"}
