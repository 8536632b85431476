"""The layouts of eight provinces: what each asks for, and how its form reads as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .facts import Facts
from .plan import Plan, Spec, derive
from .sheet import LEVELS, Sheet


class Template(NamedTuple):
    """A form of a province: its name, what it asks for, its two modes, how it is written."""

    name: str
    spec: Spec
    modes: tuple[str, str]
    write: Callable[[Plan, Sheet], None]


def mode_of(plan: Plan) -> str:
    """How the form is written: pdf, excel or lines."""
    return BY_NAME[plan.facts.template].modes[plan.facts.layout]


def shows_basis(plan: Plan) -> bool:
    """Whether the form has a field for the basis; 05-2 of 云南 has none."""
    return plan.facts.template != "云南" or mode_of(plan) == "lines"


def render(plan: Plan) -> str:
    """The form as text."""
    sheet = Sheet(plan, mode_of(plan), plan.facts.rng("declared").random() < 0.4)
    BY_NAME[plan.facts.template].write(plan, sheet)
    return sheet.text()


def make(facts: Facts) -> Plan:
    """The plan of a project in its template."""
    return derive(facts, BY_NAME[facts.template].spec)


def jiangsu(plan: Plan, sheet: Sheet) -> None:
    """市级财政项目支出预算绩效目标表: totals in 万元, details in 元 that no head declares."""
    sheet.declared = False
    sheet.line("市级财政项目支出预算绩效目标表")
    sheet.line("")
    sheet.line(plan.year)
    sheet.fields(("单位名称", plan.facts.organisation), ("主管部门", plan.facts.department))
    sheet.fields(("项目名称", plan.name), ("项目编码", plan.code))
    sheet.fields(
        (sheet.label("项目总金额"), plan.money(plan.total)), (sheet.label("本年度项目金额"), plan.money(plan.annual))
    )
    sheet.fields(("项目概述", plan.overview))
    sheet.fields(("项目可行性说明", plan.feasibility))
    sheet.fields(("项目必要性说明", plan.necessity))
    sheet.fields(("年度绩效目标", plan.goal))
    sheet.fields(("项目总目标", plan.aim))
    if plan.basis is not None:
        sheet.fields(("资金计算依据", plan.basis))
    sheet.fields(("其他需要说明的问题", plan.note))
    section = "绩效支出明细" if sheet.mode == "pdf" else "绩效支出明细（元）"
    sheet.details((section, "", "子项目", "半年（程）计划执行数", "全年（程）预算数"), ("", ""), half=True)
    sheet.indicators((*LEVELS, "半年（程）指标值", "全年（程）指标值"), (), half=True)


def shanghai(plan: Plan, sheet: Sheet) -> None:
    """财政项目支出绩效目标申报表: amounts in 元, the year's request under the project's total."""
    sheet.declared = False
    sheet.line("财政项目支出绩效目标申报表")
    sheet.line(f"（{plan.year}）")
    sheet.fields(("申报单位名称", plan.facts.organisation), ("主管部门", plan.facts.department))
    sheet.fields(("项目名称", plan.name), ("项目编码", plan.code))
    sheet.fields(("项目类别", "经常性项目"), ("项目属性", "延续"))
    sheet.fields(("计划开始日期", f"{plan.facts.year}-01-01"), ("计划完成日期", f"{plan.facts.year}-12-31"))
    total, annual = plan.money(plan.total), plan.money(plan.annual)
    if sheet.mode == "lines":
        sheet.fields((sheet.label("项目资金总额"), total), (sheet.label("年度资金申请总额"), annual))
        sheet.sources()
    else:
        sheet.add(sheet.label("项目资金"), "项目资金总额", total)
        sheet.add("", "其中：财政资金", total)
        sheet.add("", "年度资金申请总额", annual)
        sheet.sources(("",))
    sheet.fields(("项目概况", plan.overview))
    sheet.fields(("立项依据", plan.necessity))
    sheet.fields(("项目设立的必要性", plan.feasibility))
    sheet.fields(("保证项目实施的制度、措施", plan.measures))
    sheet.fields(("项目总目标", plan.aim))
    sheet.fields(("年度绩效目标", plan.goal))
    if plan.basis is not None:
        sheet.fields(("项目经费情况说明", plan.basis))
    sheet.fields(("其他需要说明的问题", plan.note))
    sheet.indicators((*LEVELS, "年度指标值"), (), half=False, full_levels=True)


def sichuan(plan: Plan, sheet: Sheet) -> None:
    """项目支出绩效目标申报表: three kinds of public money, the basis under 成本指标."""
    sheet.declared = plan.facts.rng("declared").random() < 0.4
    sheet.line("项目支出绩效目标申报表")
    sheet.line(f"（{plan.year}）")
    sheet.unit_line("金额单位")
    sheet.fields(("项目名称", plan.name), ("项目编码", plan.code))
    sheet.fields(("主管部门", plan.facts.department), ("实施单位", plan.facts.organisation))
    sheet.add(sheet.label("项目资金"), "年度资金总额", plan.money(plan.annual))
    sheet.sources(("",))
    sheet.fields(("总体目标", plan.aim))
    sheet.fields(("年度目标", plan.goal))
    sheet.fields(("立项依据", plan.necessity))
    if plan.basis is not None:
        sheet.fields(("成本指标", plan.basis))
    sheet.fields(("备注", plan.note))
    section = () if sheet.mode == "excel" else ("绩效指标",)
    indent = ("",) * len(section)
    sheet.indicators((*section, *LEVELS, "指标值"), indent, half=False)


def shanxi(plan: Plan, sheet: Sheet) -> None:
    """市级部门预算项目支出绩效目标申报表: this level's money and the upper level's, details in 万元."""
    sheet.line("市级部门预算项目支出绩效目标申报表")
    sheet.line(f"（{plan.year}）")
    sheet.unit_line("单位")
    sheet.fields(("项目名称", plan.name), ("项目编码", plan.code))
    sheet.fields(("主管部门", plan.facts.department), ("项目实施单位", plan.facts.organisation))
    total, annual = plan.money(plan.total), plan.money(plan.annual)
    sheet.fields((sheet.label("项目资金总额"), total), (sheet.label("本年度资金总额"), annual))
    sheet.sources()
    sheet.fields(("项目概况", plan.overview))
    sheet.fields(("项目立项依据", plan.necessity))
    sheet.fields(("项目实施计划", plan.measures))
    if plan.basis is not None:
        sheet.fields(("资金测算依据及说明", plan.basis))
    sheet.fields(("其他需要说明的问题", plan.note))
    sheet.fields(("年度绩效目标", plan.goal))
    sheet.details(("明细预算（万元）", "序号", "支出内容", "金额"), ("",), half=False, order=True)
    sheet.indicators((*LEVELS, "全年指标值"), (), half=False)


def shaanxi(plan: Plan, sheet: Sheet) -> None:
    """财政支出项目绩效目标申报表 (陕西, 湖南): the basis in 资金总额及构成 or 项目支出明细情况."""
    sheet.line("财政支出项目绩效目标申报表")
    sheet.line(f"（{plan.year}）")
    sheet.unit_line("单位")
    sheet.fields(("填报单位", plan.facts.organisation), ("主管部门", plan.facts.department))
    sheet.fields(("项目名称", plan.name), ("项目编码", plan.code))
    sheet.fields((sheet.label("资金总额"), plan.money(plan.total)), (sheet.label("年度金额"), plan.money(plan.annual)))
    sheet.sources()
    sheet.fields(("项目基本情况", plan.overview))
    sheet.fields(("项目立项依据", plan.necessity))
    sheet.fields(("项目可行性", plan.feasibility))
    if plan.basis is not None:
        sheet.fields(("资金总额及构成" if sheet.mode == "lines" else "项目支出明细情况", plan.basis))
    sheet.fields(("项目绩效目标", plan.goal))
    sheet.fields(("其他说明", plan.note))
    sheet.indicators((*LEVELS, "指标值"), (), half=False)


def guangxi(plan: Plan, sheet: Sheet) -> None:
    """财政支出绩效目标申报表: five payers in 万元, the basis in 立项的依据."""
    sheet.line("财政支出绩效目标申报表")
    sheet.line(f"（{plan.year}）")
    sheet.unit_line("单位")
    sheet.fields(("项目名称", plan.name), ("项目编码", plan.code))
    sheet.fields(("主管部门", plan.facts.department), ("申报单位", plan.facts.organisation))
    sheet.fields((sheet.label("资金总额"), plan.money(plan.annual)))
    sheet.sources()
    if plan.basis is not None:
        sheet.fields(("立项的依据", plan.basis))
    sheet.fields(("项目必要性", plan.necessity))
    sheet.fields(("项目可行性", plan.feasibility))
    sheet.fields(("总体目标", plan.aim))
    sheet.fields(("年度绩效目标", plan.goal))
    sheet.fields(("备注", plan.note))
    sheet.indicators((*LEVELS, "半年指标值", "全年指标值"), (), half=True)


def yunnan(plan: Plan, sheet: Sheet) -> None:
    """05-1 and 05-2 as one project reads in them (no basis), or the 项目文本 that explains the money."""
    sheet.declared = False
    if sheet.mode == "lines":
        sheet.line("项目文本")
        sheet.fields(("一、项目名称", plan.name), ("项目编码", plan.code))
        sheet.fields(("预算年度", plan.year), ("项目实施单位", plan.facts.organisation))
        sheet.fields(("二、立项依据", plan.necessity))
        sheet.fields(("三、项目基本情况", plan.overview))
        sheet.fields(("四、项目实施内容", plan.aim))
        # The outline of the 项目文本 differs from office to office.
        outline = plan.facts.rng("outline")
        amount = outline.choice(("项目资金", "项目资金总额"))
        basis = outline.choice(("资金安排情况", "项目支出测算依据及说明"))
        sheet.fields((sheet.label(amount), plan.money(plan.annual)))
        if plan.basis is not None:
            sheet.fields((f"五、{basis}", plan.basis))
        sheet.fields(("六、项目实施计划", plan.measures))
        sheet.fields(("七、项目年度目标", plan.goal))
        sheet.indicators((*LEVELS, "指标值"), (), half=False)
        return
    sheet.line("部门项目支出绩效目标表（05-2）")
    sheet.line(plan.year)
    sheet.fields(("单位名称", plan.facts.organisation), ("主管部门", plan.facts.department))
    sheet.fields(("项目名称", plan.name), ("项目编码", plan.code))
    sheet.add(sheet.label("项目资金"), "资金总额", plan.money(plan.annual))
    sheet.sources(("",))
    sheet.fields(("项目年度绩效目标", plan.goal))
    sheet.parted_indicators()


def system(plan: Plan, sheet: Sheet) -> None:
    """年度资金计划 of the integrated system: 计量单位, 单价, 工作量 beside the basis, amounts in 元."""
    sheet.line("项目支出预算申报表")
    sheet.declared = False
    sheet.fields(("预算年度", plan.year), ("预算单位", plan.facts.organisation))
    sheet.fields(("项目名称", plan.name), ("项目编码", plan.code))
    sheet.fields(("项目概述", plan.overview))
    sheet.fields(("立项依据", plan.necessity))
    sheet.fields(("年度绩效目标", plan.goal))
    if len(plan.lines) == 1 and not plan.facts.tabular:
        (row,) = plan.lines
        sheet.fields(("计量单位", row.counter), ("单价/支出标准", str(row.rate)), ("工作量", str(row.quantity)))
    asked = plan.money(plan.annual)
    sheet.fields((sheet.label("按标准测算金额"), asked), (sheet.label("预算金额"), asked))
    sheet.sources()
    if plan.basis is not None and not plan.facts.tabular:
        sheet.fields(("测算依据及说明", plan.basis))
    if plan.facts.tabular:
        sheet.plan_table()
    elif sheet.mode == "pdf":
        sheet.details(("年度资金计划", "序号", "支出内容", "预算金额（元）"), ("",), half=False, order=True)
    sheet.indicators((*LEVELS, "年度指标值"), (), half=False, full_levels=True)


PUBLIC = (("一般公共预算", "财政拨款"), ("政府性基金", "财政拨款"), ("国有资本经营", "财政拨款"))

TEMPLATES: tuple[Template, ...] = (
    Template("江苏", Spec("万元", 2, detail_unit="元"), ("pdf", "excel"), jiangsu),
    Template(
        "上海",
        Spec("元", None, (("当年财政拨款", ""), ("上年结转资金", ""), ("其他资金", "")), "上年结转资金"),
        ("excel", "lines"),
        shanghai,
    ),
    Template(
        "四川",
        Spec("万元", 2, (("财政拨款", ""), *PUBLIC, ("自有资金", ""), ("其他收入", ""))),
        ("pdf", "excel"),
        sichuan,
    ),
    Template(
        "山西",
        Spec(
            "万元",
            2,
            (("本级财政拨款", ""), ("上级财政拨款", ""), ("上年结转", ""), ("自筹资金", ""), ("其他资金", "")),
            "上年结转",
            "万元",
        ),
        ("excel", "lines"),
        shanxi,
    ),
    Template(
        "陕西湖南",
        Spec(
            "万元",
            2,
            (
                ("财政拨款", ""),
                ("上级财政拨款", "财政拨款"),
                ("本级财政拨款", "财政拨款"),
                ("自有资金", ""),
                ("其他", ""),
            ),
        ),
        ("pdf", "lines"),
        shaanxi,
    ),
    Template(
        "广西",
        Spec(
            "万元",
            2,
            (("一般公共预算", ""), ("政府性基金", ""), ("国资", ""), ("专户", ""), ("上年结余", "")),
            "上年结余",
        ),
        ("excel", "lines"),
        guangxi,
    ),
    Template(
        "云南",
        Spec("元", None, (("一般公共预算", ""), ("政府性基金", ""), ("事业收入", ""), ("其他收入", ""))),
        ("excel", "lines"),
        yunnan,
    ),
    Template(
        "一体化",
        Spec("元", None, (("财政拨款", ""), ("单位资金", "")), "", "元"),
        ("excel", "pdf"),
        system,
    ),
)
BY_NAME = {template.name: template for template in TEMPLATES}
