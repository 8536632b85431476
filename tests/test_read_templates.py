"""The forms of eight provinces as workbooks: every field, amount and row is found, however it is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcverify import check_file
from calcverify.forms.model import Form
from calcverify.readers import read_path
from tests.forms.plan import Plan
from tests.forms.reading import misreadings
from tests.made_files import Cell, Sheet, write_html, write_xlsx
from tests.made_templates import template_sheets

SHEETS = [pytest.param(plan, sheet, id=name) for name, plan, sheet in template_sheets()]


def forms_of(path: Path) -> list[Form]:
    """The forms of a file that holds nothing else."""
    items = list(read_path(path))
    assert all(isinstance(item, Form) for item in items), items
    return [item for item in items if isinstance(item, Form)]


@pytest.mark.parametrize(("plan", "sheet"), SHEETS)
def test_every_field_of_a_template_is_found(tmp_path: Path, plan: Plan, sheet: Sheet) -> None:
    assert misreadings(plan, forms_of(write_xlsx(tmp_path / "form.xlsx", [sheet]))) == []
    assert misreadings(plan, forms_of(write_html(tmp_path / "form.html", [sheet]))) == []


def rows(*written: str) -> Sheet:
    """A sheet whose rows are written with ``|`` between cells; a row of one cell runs across."""
    sheet: list[tuple[Cell, ...]] = []
    for row in written:
        cells = [cell.strip() for cell in row.split("|")]
        if len(cells) == 1:
            sheet.append((Cell(0, cells[0], 4),))
        else:
            sheet.append(tuple(Cell(column, cell) for column, cell in enumerate(cells) if cell))
    return Sheet("表", tuple(sheet))


BASIS = "3公里×2万元/公里=6万元"
# How the same form is drawn; each gives the name, 6万元 and the basis.
LAYOUTS = {
    "beside": ("项目名称|河道清淤", "项目总金额（万元）|6", f"资金计算依据|{BASIS}"),
    "two columns": ("项目名称|河道清淤|项目总金额（万元）|6", f"资金计算依据|{BASIS}"),
    "in one cell": ("项目名称：河道清淤", "项目总金额（万元）：6", f"资金计算依据：{BASIS}"),
    "across": ("项目名称：河道清淤|项目总金额（万元）：6", f"资金计算依据：{BASIS}"),
    "text below": ("项目名称|河道清淤|项目总金额（万元）|6", "资金计算依据", BASIS),
    "text below, a section under it": (
        "项目名称|河道清淤|项目总金额（万元）|6",
        "二、资金计算依据",
        BASIS,
        "三、绩效指标",
        "一级指标|二级指标|三级指标|指标值",
        "产出指标|数量指标|清淤长度|3公里",
    ),
    "a section under the text": (
        "项目名称|河道清淤|项目总金额（万元）|6",
        f"资金计算依据|{BASIS}",
        "三、项目效益情况",
        "填表说明",
    ),
    "values under labels": ("项目名称|项目总金额（万元）", "河道清淤|6", f"资金计算依据|{BASIS}"),
    "all under labels": ("项目名称|项目总金额（万元）|资金计算依据", f"河道清淤|6|{BASIS}"),
    "a margin": (
        "项目绩效目标表",
        "|项目名称|河道清淤",
        "|项目总金额（万元）|6",
        f"|资金计算依据|{BASIS}",
        "|三、其他|甲",
    ),
    "a bare amount": ("项目名称|河道清淤", "金额|6万元", f"资金计算依据|{BASIS}"),
    "a bare amount beside": ("项目名称|河道清淤|金额（万元）|6", f"资金计算依据|{BASIS}"),
    "a bare amount beside a total": ("项目名称|河道清淤|项目总金额（万元）|6", f"资金计算依据|{BASIS}", "金额|见附表5"),
    "a merged group": ("基本情况|项目名称|河道清淤", "|项目总金额（万元）|6", f"|资金计算依据|{BASIS}"),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_label_is_found_wherever_it_stands(tmp_path: Path, layout: tuple[str, ...]) -> None:
    (form,) = forms_of(write_xlsx(tmp_path / "form.xlsx", [rows(*layout)]))
    assert form.name == "河道清淤"
    assert [int(total.yuan) for total in form.totals] == [60_000]
    assert form.basis is not None
    assert form.basis.text == BASIS


def test_amounts_of_items_are_no_total(tmp_path: Path) -> None:
    for table in (("单价|数量|金额（元）", "5|6|30", "7|8|56"), ("支出内容|金额（元）", "清淤|30", "运输|56")):
        sheet = rows("项目名称|河道清淤", f"资金计算依据|{BASIS}", *table)
        (form,) = forms_of(write_xlsx(tmp_path / "a.xlsx", [sheet]))
        assert form.totals == ()


def test_a_list_of_projects_is_a_form_a_row(tmp_path: Path) -> None:
    sheet = rows(
        "2031年项目支出预算汇总表",
        "单位：万元",
        "序号|项目名称|预算金额|测算依据",
        "1|河道清淤|6|3公里×2万元/公里",
        "2|路灯维修|0.9|30盏×300元/盏",
        "|合计|6.9|",
    )
    forms = forms_of(write_xlsx(tmp_path / "list.xlsx", [sheet]))
    assert [(f.name, int(f.totals[0].yuan), f.basis.text if f.basis else "", str(f.locator)) for f in forms] == [
        ("河道清淤", 60_000, "3公里×2万元/公里", "表!D4"),
        ("路灯维修", 9_000, "30盏×300元/盏", "表!D5"),
    ]


GOALS = rows(
    "部门项目支出绩效目标表",
    "单位名称、项目名称|项目年度绩效目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位",
    "某县水务局",
    "河道清淤|全年清淤3公里|产出指标|数量指标|清淤长度|≥|3|公里",
    "||效益指标|社会效益指标|受益人口|≥|2000|人",
    "路灯维修|维修路灯|产出指标|数量指标|维修盏数|=|30|盏",
    "路灯维修|维修路灯|满意度指标|满意度指标|群众满意度|≥|95|%",
)


def test_a_list_of_goals_is_a_form_a_project(tmp_path: Path) -> None:
    forms = forms_of(write_xlsx(tmp_path / "goals.xlsx", [GOALS]))
    assert [(form.name, form.organisation, str(form.locator)) for form in forms] == [
        ("河道清淤", "某县水务局", "表!A4"),
        ("路灯维修", "某县水务局", "表!A6"),
    ]
    assert [[n.source.text for n in form.narratives] for form in forms] == [["全年清淤3公里"], ["维修路灯"]]
    assert [[(i.path, i.name, i.sign, i.full_year, i.unit) for i in form.indicators] for form in forms] == [
        [
            (("产出指标", "数量指标"), "清淤长度", "≥", "3", "公里"),
            (("效益指标", "社会效益指标"), "受益人口", "≥", "2000", "人"),
        ],
        [
            (("产出指标", "数量指标"), "维修盏数", "=", "30", "盏"),
            (("满意度指标", "满意度指标"), "群众满意度", "≥", "95", "%"),
        ],
    ]


def test_a_list_of_goals_behind_a_list_of_amounts_accuses_nobody(tmp_path: Path) -> None:
    amounts = rows(
        "单位：万元",
        "项目名称|预算金额|测算依据",
        "河道清淤|6|3公里×2万元/公里=6万元",
        "路灯维修|0.9|30盏×300元/盏=0.9万元",
    )
    report = check_file(write_xlsx(tmp_path / "a.xlsx", [amounts, GOALS._replace(title="05-2")]))
    assert [project.status.value for project in report.projects] == ["pass", "pass", "no-formula", "no-formula"]
    assert {f.severity.value for project in report.projects for f in project.findings} <= {"notice"}


def test_several_forms_of_several_sheets_are_numbered_through(tmp_path: Path) -> None:
    sheet = rows("项目名称|甲", "资金计算依据|2人×3元", "项目名称|乙", "资金计算依据|3人×3元")
    other = rows("目录", "项目名称|丙", "资金计算依据|4人×3元")
    forms = forms_of(write_xlsx(tmp_path / "a.xlsx", [sheet, rows("封面"), other]))
    assert [(form.id, form.name) for form in forms] == [("a.xlsx#1", "甲"), ("a.xlsx#2", "乙"), ("a.xlsx#3", "丙")]


PRICED = (
    "项目名称|防汛物资|项目总金额（元）|53500",
    "支出内容|规格|单价（元）|数量|金额（元）|备注",
    "水泵|100型|3000|10|30000|急用",
    "沙袋||5|4700|23500|",
    "合计||||53500|",
)


def test_a_table_of_prices_and_quantities_is_read_as_the_basis(tmp_path: Path) -> None:
    (project,) = check_file(write_xlsx(tmp_path / "a.xlsx", [rows(*PRICED)])).projects
    assert [(c.kind, c.verdict.value if c.verdict else "") for c in project.claims] == [
        ("equation", "exact"),
        ("equation", "exact"),
        ("sum", "exact"),
    ]
    assert project.status.value == "pass"
    assert project.form.basis is not None
    assert str(project.form.basis.at(project.form.basis.text.index("4700"))) == "表!D4"
    wrong = [row.replace("4700", "4600") for row in PRICED]
    (project,) = check_file(write_xlsx(tmp_path / "b.xlsx", [rows(*wrong)])).projects
    assert [(f.code, str(f.locator)) for f in project.findings if f.severity.value == "error"] == [("CV101", "表!E4")]


def test_a_table_of_prices_beside_a_basis_is_multiplied_out(tmp_path: Path) -> None:
    basis = "资金计算依据|水泵10台×3000元/台=30000元，沙袋4700只×5元/只=23500元，共53500元"
    told = [basis, *(row.replace("4700", "4600") for row in PRICED[1:])]
    (project,) = check_file(write_xlsx(tmp_path / "a.xlsx", [rows(PRICED[0], *told)])).projects
    assert [(f.code, str(f.locator)) for f in project.findings if f.severity.value == "error"] == [("CV306", "表!E5")]


def test_a_category_merged_over_rows_makes_no_total_wrong(tmp_path: Path) -> None:
    sheet = rows(
        "项目名称|防汛物资|项目总金额（元）|53500",
        "类别|支出内容|单价（元）|数量|金额（元）",
        "设备|水泵|3000|10|30000",
        "|沙袋|5|4700|23500",
        "合计||||53500",
    )
    (project,) = check_file(write_xlsx(tmp_path / "a.xlsx", [sheet])).projects
    assert [f.code for f in project.findings if f.severity.value == "error"] == []


POINTING = rows("项目名称|防汛物资|项目总金额（元）|53500", "资金计算依据|详见测算表")


def test_a_table_on_a_sheet_of_its_own_goes_with_the_form_before_it(tmp_path: Path) -> None:
    table = rows("测算表", *PRICED[1:])._replace(title="测算表")
    (project,) = check_file(write_xlsx(tmp_path / "a.xlsx", [POINTING, table])).projects
    assert [claim.kind for claim in project.claims] == ["equation", "equation", "sum"]
    assert project.status.value == "pass"
    assert project.form.basis is not None
    assert str(project.form.basis.locator) == "测算表!A2"


def test_a_table_that_may_be_of_any_of_two_forms_is_told(tmp_path: Path) -> None:
    table = rows("测算表", *PRICED[1:])._replace(title="测算表")
    first, second = check_file(write_xlsx(tmp_path / "a.xlsx", [POINTING, POINTING, table])).projects
    assert [f.code for f in first.findings if f.code == "CV616"] == []
    assert [str(f.locator) for f in second.findings if f.code == "CV616"] == ["测算表"]


def test_a_sheet_of_figures_is_told_and_a_guide_is_not(tmp_path: Path) -> None:
    figures = rows("人员|工资", "甲|3000", "乙|4000", "丙|4500")._replace(title="工资表")
    guide = rows("填表说明", "1.单位：万元，保留2位小数")._replace(title="说明")
    (project,) = check_file(write_xlsx(tmp_path / "a.xlsx", [guide, POINTING, figures, guide])).projects
    assert [str(f.locator) for f in project.findings if f.code == "CV616"] == ["工资表"]
