"""Several forms on one sheet: beside each other, below each other, at any corner. Each is read as if it stood alone."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from calcverify.forms.model import Form
from calcverify.readers.cell_names import cell_name, position
from calcverify.source import Locator
from tests.made_files import Cell, Sheet, write_xlsx
from tests.made_templates import template_sheets
from tests.test_read_templates import forms_of, rows

SHEETS = {name: sheet for name, _, sheet in template_sheets()}
# Each template with the next one, in its other layout and another way of drawing.
PAIRS = list(zip(SHEETS, [*list(SHEETS)[3:], *list(SHEETS)[:3]], strict=True))


def width(sheet: Sheet) -> int:
    return max(cell.column + cell.across for row in sheet.rows for cell in row)


def moved(sheet: Sheet, right: int, down: int) -> Sheet:
    shifted = tuple(tuple(cell._replace(column=cell.column + right) for cell in row) for row in sheet.rows)
    return Sheet(sheet.title, ((),) * down + shifted)


def beside(left: Sheet, right: Sheet, gap: int = 1, down: int = 0) -> Sheet:
    """The second form to the right of the first, ``gap`` empty columns between them."""
    second = moved(right, width(left) + gap, down)
    pairs = zip_longest(left.rows, second.rows, fillvalue=())
    return Sheet(left.title, tuple((*a, *b) for a, b in pairs))


def below(*sheets: Sheet) -> Sheet:
    return Sheet("表", tuple(row for sheet in sheets for row in sheet.rows))


def at_home(form: Form, right: int = 0, down: int = 0) -> Any:
    """A form without its number in the file, every place moved back to where it stands alone."""

    def back(value: Any) -> Any:
        if isinstance(value, Locator):
            at = position(value.cell or "")
            return at and cell_name(at.row - down, at.column - right)
        if isinstance(value, tuple):
            return tuple(back(each) for each in value)
        return value

    return back(form._replace(id="", source_name=""))


def alone(tmp_path: Path, sheet: Sheet) -> Any:
    (form,) = forms_of(write_xlsx(tmp_path / "a.xlsx", [sheet]))
    return at_home(form)


@pytest.mark.parametrize("name", SHEETS)
def test_a_form_may_begin_at_any_cell(tmp_path: Path, name: str) -> None:
    (form,) = forms_of(write_xlsx(tmp_path / "a.xlsx", [moved(SHEETS[name], 2, 6)]))
    assert at_home(form, 2, 6) == alone(tmp_path, SHEETS[name])


@pytest.mark.parametrize(("first", "second"), PAIRS)
@pytest.mark.parametrize(("gap", "down"), [(1, 0), (2, 3), (0, 0)], ids=["a gap", "lower", "no gap"])
def test_forms_beside_each_other(tmp_path: Path, first: str, second: str, gap: int, down: int) -> None:
    a, b = SHEETS[first], SHEETS[second]
    left, right = forms_of(write_xlsx(tmp_path / "a.xlsx", [beside(a, b, gap, down)]))
    assert at_home(left) == alone(tmp_path, a)
    assert at_home(right, width(a) + gap, down) == alone(tmp_path, b)


@pytest.mark.parametrize(("first", "second"), PAIRS)
@pytest.mark.parametrize(("right", "down"), [(0, 0), (0, 1), (2, 2)], ids=["at once", "a blank row", "further right"])
def test_forms_below_each_other(tmp_path: Path, first: str, second: str, right: int, down: int) -> None:
    a, b = SHEETS[first], SHEETS[second]
    upper, lower = forms_of(write_xlsx(tmp_path / "a.xlsx", [below(a, moved(b, right, down))]))
    assert at_home(upper) == alone(tmp_path, a)
    assert at_home(lower, right, len(a.rows) + down) == alone(tmp_path, b)


SMALL = [
    rows(f"项目名称|{name}", f"项目总金额（万元）|{total}", f"资金计算依据|{basis}", f"备注|{name}备注")
    for name, total, basis in [
        ("河道清淤", "6", "3公里×2万元/公里=6万元"),
        ("路灯维修", "0.9", "30盏×300元/盏=0.9万元"),
        ("防汛物资", "5", "10台×0.5万元/台=5万元"),
        ("公厕保洁", "4", "20座×0.2万元/座=4万元"),
    ]
]


def names(path: Path, sheet: Sheet) -> list[tuple[str, int, str]]:
    """Name, total in 元 and the place of the basis of each form."""
    forms = forms_of(write_xlsx(path / "a.xlsx", [sheet]))
    return [(form.name, int(form.totals[0].yuan), str(form.locator)) for form in forms]


def test_four_forms_in_two_rows(tmp_path: Path) -> None:
    sheet = below(beside(SMALL[0], SMALL[1]), moved(beside(SMALL[2], SMALL[3]), 0, 1))
    assert sorted(names(tmp_path, sheet)) == sorted(
        [
            ("河道清淤", 60_000, "表!B3"),
            ("路灯维修", 9_000, "表!E3"),
            ("防汛物资", 50_000, "表!B8"),
            ("公厕保洁", 40_000, "表!E8"),
        ]
    )


def test_three_forms_beside_each_other_and_one_across_below(tmp_path: Path) -> None:
    across = rows("项目名称|公厕保洁|||项目总金额（万元）|4", "资金计算依据|20座×0.2万元/座=4万元")
    sheet = below(beside(beside(SMALL[0], SMALL[1]), SMALL[2], 0), moved(across, 0, 1))
    assert names(tmp_path, sheet) == [
        ("河道清淤", 60_000, "表!B3"),
        ("路灯维修", 9_000, "表!E3"),
        ("防汛物资", 50_000, "表!G3"),
        ("公厕保洁", 40_000, "表!B7"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        ((Cell(0, "2031年项目支出绩效目标表", 5),), (Cell(0, "单位：万元", 5),)),
        ((Cell(0, "2031年项目支出绩效目标表"),), (Cell(4, "单位：万元"),)),
    ],
    ids=["across both", "over one of them"],
)
def test_a_title_and_a_unit_hold_for_both(tmp_path: Path, head: tuple[tuple[Cell, ...], ...]) -> None:
    bare = [
        Sheet("表", tuple(tuple(c._replace(text=c.text.replace("（万元）", "")) for c in row) for row in each.rows))
        for each in SMALL[:2]
    ]
    forms = forms_of(write_xlsx(tmp_path / "a.xlsx", [Sheet("表", (*head, *beside(bare[0], bare[1]).rows))]))
    assert [(f.name, int(f.totals[0].yuan), f.unit_note, f.year) for f in forms] == [
        ("河道清淤", 60_000, "万元", "2031"),
        ("路灯维修", 9_000, "万元", "2031"),
    ]


# What stands beside a form and is none: the name of the one form, whatever the right side says.
BESIDES = {
    "a guide": ("项目名称：填写全称", "项目总金额：以万元为单位", "资金计算依据：写明数量和标准"),
    "other fields": ("项目编码|330100240001", "年度资金总额（万元）|6", "备注|河道备注"),
    "a table": ("项目内容|金额", "清淤|6", "合计|6"),
}


@pytest.mark.parametrize("lines", BESIDES.values(), ids=BESIDES)
def test_what_stands_beside_a_form_makes_no_second_one(tmp_path: Path, lines: tuple[str, ...]) -> None:
    other = rows(*(f"|{line}" for line in lines))
    assert [one[0] for one in names(tmp_path, beside(SMALL[0], other, 0))] == ["河道清淤"]


def test_a_column_of_instructions_is_none_of_the_form(tmp_path: Path) -> None:
    lines = ("项目名称|河道清淤", "项目总金额（万元）|6", "资金计算依据|3公里×2万元/公里=6万元")
    for gap in ("|", "||||"):
        guide = ("填表说明", "1.金额单位为万元，保留2位小数", "2.项目名称不超过30字")
        sheet = rows(*(f"{line}{gap}{told}" for line, told in zip(lines, guide, strict=True)))
        assert names(tmp_path, sheet) == [("河道清淤", 60_000, "表!B3")]
        (form,) = forms_of(tmp_path / "a.xlsx")
        assert form.basis is not None
        assert (form.basis.text, form.narratives) == ("3公里×2万元/公里=6万元", ())


def test_two_lists_of_projects_beside_each_other(tmp_path: Path) -> None:
    lists = [
        rows("项目名称|预算金额（万元）|测算依据", f"{a}|6|3公里×2万元/公里", f"{b}|0.9|30盏×300元/盏")
        for a, b in (("甲", "乙"), ("丙", "丁"))
    ]
    assert [one[0] for one in names(tmp_path, beside(lists[0], lists[1]))] == ["甲", "乙", "丙", "丁"]
