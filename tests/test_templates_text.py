"""A form of each province as its office may type it: every field is found, and a clean form stays quiet.

A form is written as it reads in a text file, with ``|`` where a tab stands. What is expected: the amounts in 元 by
their labels, the payers, the beginning of the basis, how many detail rows and indicators there are.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from calcverify.forms import parse_forms
from calcverify.forms.model import Form
from calcverify.pipeline import check_form
from calcverify.verify.model import Severity


class Expected(NamedTuple):
    """What a form holds."""

    totals: dict[str, int]
    sources: dict[str, int]
    basis: str | None = None
    details: int = 0
    indicators: int = 0


BASIS = "农村公路300公里×4000元/公里=120万元"

JIANGSU = f"""
市级财政项目支出预算绩效目标表
2025年度
单位名称|云河县公路养护中心|主管部门|云河县交通运输局
项目名称|农村公路养护|项目编码|321000250001
项目总金额（万元）|360|本年度项目金额（万元）|120
项目概述|养护全县农村公路
项目可行性说明|已有成熟队伍
项目必要性说明|保障群众出行
年度绩效目标|全年养护农村公路300公里
项目总目标|三年轮修一遍
资金计算依据|{BASIS}
其他需要说明的问题|无
绩效支出明细||子项目|半年（程）计划执行数|全年（程）预算数
||日常养护|300000|900000
||小修|100000|300000
一级指标|二级指标|三级指标|半年（程）指标值|全年（程）指标值
产出|数量指标|养护里程|≥150公里|≥300公里
效益|满意度指标|群众满意度|≥90%|≥90%
"""

SHANGHAI = f"""
财政项目支出绩效目标申报表
（2025年度）
申报单位名称：云河县公路养护中心
项目名称|农村公路养护|项目类别|经常性项目
主管部门|云河县交通运输局|项目编码|310000250001
计划开始日期|2025-01-01|计划完成日期|2025-12-31
项目资金（元）|项目资金总额|1200000|年度资金申请总额|1200000
|其中：财政资金|1200000|其中：当年财政拨款|1000000
|||上年结转资金|150000
|||其他资金|50000
项目概况|养护全县农村公路
立项依据|县公路养护规划
项目设立的必要性|保障群众出行
保证项目实施的制度、措施|公路养护管理制度
项目实施计划|按季度实施
项目总目标|三年轮修一遍|年度绩效目标|养护300公里
项目经费情况说明|{BASIS}
一级指标|二级指标|三级指标|指标目标值
产出目标|数量|养护里程|300公里
"""

SICHUAN = f"""
项目支出绩效目标申报表
（2025年度）
金额单位：万元
项目名称|农村公路养护
部门（单位）|云河县公路养护中心|主管部门|云河县交通运输局
项目资金|年度资金总额|120
|财政拨款|100
|其中：一般公共预算|80
|政府性基金|20
|国有资本经营|0
|自有资金|15
|其他收入|5
总体目标|三年轮修一遍
年度目标|养护300公里
成本指标|{BASIS}
绩效指标|一级指标|二级指标|三级指标|指标值（包含数字及文字描述）
|产出指标|数量指标|养护里程|≥300公里
||质量指标|合格率|≥95%
|效益指标|社会效益指标|受益村|≥40个
"""

SHANXI = f"""
市级部门预算项目支出绩效目标申报表
（2025年度）
项目名称|农村公路养护|项目属性|延续项目
主管部门及代码|云河县交通运输局 131|实施单位|云河县公路养护中心
项目资金（万元）|中期资金总额|360|年度资金总额|120
|其中：本级财政拨款|300|其中：本级财政拨款|100
|上级财政拨款|60|上级财政拨款|20
|上年结转|0|上年结转|0
|自筹资金|0|自筹资金|0
|其他资金|0|其他资金|0
资金测算依据及说明|{BASIS}
总体目标|中期目标（2025年—2027年）|年度目标
|三年养护900公里|全年养护300公里
明细预算（万元）|序号|支出内容|金额
|1|日常养护|90
|2|小修|30
绩效指标|一级指标|二级指标|三级指标|年度指标值
|产出指标|数量指标|养护里程|≥300公里
"""

SHAANXI = f"""
项目支出绩效目标表
（2025年度）
项目名称|农村公路养护
主管部门|云河县交通运输局|项目实施单位|云河县公路养护中心
资金金额（万元）|实施期资金总额|360|年度资金总额|120
|其中：财政拨款|300|其中：财政拨款|100
|其他资金|60|其他资金|20
总体目标|实施期总目标|年度目标
|三年养护900公里|全年养护300公里
资金总额及构成|{BASIS}
绩效指标|一级指标|二级指标|三级指标|指标值
|产出指标|数量指标|养护里程|≥300公里
|成本指标|经济成本指标|每公里养护成本|≤4000元
"""

HUNAN = f"""
2025年部门项目支出预算绩效目标申报表
填报单位（盖章）：云河县公路养护中心
项目名称：农村公路养护
项目属性：延续专项
主管部门：云河县交通运输局
项目起止时间：2025年1月—12月
资金总额（万元）：120
其中：财政拨款（万元）：100
自有资金（万元）：20
其他（万元）：0
单位职能概述：负责全县农村公路养护
项目基本情况：全县农村公路300公里
项目支出明细情况：{BASIS}
项目年度绩效目标：养护300公里
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|养护里程|300公里
"""

GUANGXI = f"""
财政支出绩效目标申报表
（2025年度）
填报单位：云河县公路养护中心    单位：万元
项目（政策）名称|农村公路养护|项目编码|450000250001
主管部门|云河县交通运输局|资金用途|业务类
资金总额|120
一般公共预算|80|政府性基金|20
国资|0|专户|5
上年结余|15
立项的依据|{BASIS}
立项的必要性|保障群众出行
立项的可行性|已有成熟队伍
总体目标|三年轮修一遍
年度绩效目标|养护300公里
一级指标|二级指标|三级指标|半年指标值|全年指标值
产出指标|数量指标|养护里程|≥150公里|≥300公里
"""

YUNNAN = """
部门项目支出绩效目标表（05-2）
2025年度
单位名称|云河县公路养护中心|主管部门|云河县交通运输局
项目名称|农村公路养护|项目编码|530000250001
项目资金（元）|资金总额|1200000
|一般公共预算|1000000
|事业收入|200000
项目年度绩效目标|全年养护农村公路300公里
一级指标|二级指标|三级指标|指标性质|指标值|度量单位|指标属性|指标内容
产出指标|数量指标|养护里程|>=|300|公里|定量指标|养护里程数
效益指标|社会效益指标|群众满意度|>=|90|%|定量指标|问卷
"""

INTEGRATED = """
项目支出预算申报表
预算年度|2025年|预算单位|云河县公路养护中心
项目名称|农村公路养护|项目编码|110000250001
按标准测算金额（元）|1248000|预算金额（元）|1248000
财政拨款（元）|1000000|单位资金（元）|248000
支出内容|计量单位|单价/支出标准|工作量|按标准测算金额|预算金额（元）|测算依据及说明
日常养护|公里|4000|300|1200000|1200000|300公里×4000元/公里=120万元
路况检测|次|12000|4|48000|48000|每季度1次，4次×12000元/次
一级指标|二级指标|三级指标|年度指标值
产出指标|数量指标|养护里程|300公里
"""

RESEARCH = """
经费预算表
课题名称|公路冻融研究|项目编号|KY2025-07
单位：万元
预算科目名称|金额|计算依据及理由
设备费|12|试验箱2台×6万元/台=12万元
材料费|3.6|沥青9吨×4000元/吨
劳务费|4.8|研究生4人×1000元/人·月×12月
合计|20.4|
"""

ABOVE = f"""
项目支出绩效目标申报表
2025年度
项目名称|项目编码|项目资金总额（万元）|年度资金总额（万元）
农村公路养护|530000250001|360|120
资金测算依据
{BASIS}
绩效指标
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|养护里程|≥300公里
"""

PAYERS_IN_COLUMNS = """
项目名称|农村公路养护|项目编码|530000250001
资金来源（万元）|合计|财政拨款|自有资金|其他
|120|100|20|0
资金测算依据|农村公路300公里×4000元/公里
"""

PRICES = """
项目名称|农村公路养护
申请金额|121.2万元
支出计划|项目内容|单位|数量|单价（元）|金额（元）
|日常养护|公里|300|4000|1200000
|路况检测|次|4|3000|12000
|合计||||1212000
备注|无
"""

TABLE_BELOW = """
项目名称：农村公路养护
预算金额：120.06万元
测算依据及说明：
序号|项目内容|单位|数量|单价（万元）|合价（万元）
1|日常养护|公里|300|0.4|120
2|标牌|块|2|0.03|0.06
合计|||||120.06
"""

PARTS = f"""
项目名称|农村公路养护
年度资金总额（万元）|120
资金测算依据|{BASIS}
支出明细（万元）|序号|支出内容|金额
|1|日常养护|90
||其中：人工|60
||机械|30
|2|小修|30
||合计|120
"""

FORMS = {
    "payers in columns": (
        PAYERS_IN_COLUMNS,
        Expected(
            {"合计": 1_200_000}, {"财政拨款": 1_000_000, "自有资金": 200_000, "其他": 0}, "农村公路300公里×4000元"
        ),
    ),
    "prices and no basis": (PRICES, Expected({"申请金额": 1_212_000}, {}, "项目内容", 3)),
    "a table below a label": (TABLE_BELOW, Expected({"预算金额": 1_200_600}, {}, "序号\t项目内容")),
    "parts among details": (PARTS, Expected({"年度资金总额": 1_200_000}, {}, BASIS, 5)),
    "江苏": (JIANGSU, Expected({"项目总金额": 3_600_000, "本年度项目金额": 1_200_000}, {}, BASIS, 2, 2)),
    "上海": (
        SHANGHAI,
        Expected(
            {"项目资金总额": 1_200_000, "年度资金申请总额": 1_200_000},
            {"财政资金": 1_200_000, "当年财政拨款": 1_000_000, "上年结转资金": 150_000, "其他资金": 50_000},
            BASIS,
            0,
            1,
        ),
    ),
    "四川": (
        SICHUAN,
        Expected(
            {"年度资金总额": 1_200_000},
            {
                "财政拨款": 1_000_000,
                "一般公共预算": 800_000,
                "政府性基金": 200_000,
                "国有资本经营": 0,
                "自有资金": 150_000,
                "其他收入": 50_000,
            },
            BASIS,
            0,
            3,
        ),
    ),
    "山西": (
        SHANXI,
        Expected(
            {"中期资金总额": 3_600_000, "年度资金总额": 1_200_000},
            {"本级财政拨款": 3_000_000, "上级财政拨款": 600_000, "上年结转": 0, "自筹资金": 0, "其他资金": 0},
            BASIS,
            2,
            1,
        ),
    ),
    "陕西": (
        SHAANXI,
        Expected(
            {"实施期资金总额": 3_600_000, "年度资金总额": 1_200_000},
            {"财政拨款": 3_000_000, "其他资金": 600_000},
            BASIS,
            0,
            2,
        ),
    ),
    "湖南": (
        HUNAN,
        Expected({"资金总额": 1_200_000}, {"财政拨款": 1_000_000, "自有资金": 200_000, "其他": 0}, BASIS, 0, 1),
    ),
    "广西": (
        GUANGXI,
        Expected(
            {"资金总额": 1_200_000},
            {"一般公共预算": 800_000, "政府性基金": 200_000, "国资": 0, "专户": 50_000, "上年结余": 150_000},
            BASIS,
            0,
            1,
        ),
    ),
    "云南": (
        YUNNAN,
        Expected({"资金总额": 1_200_000}, {"一般公共预算": 1_000_000, "事业收入": 200_000}, None, 0, 2),
    ),
    "一体化": (
        INTEGRATED,
        Expected(
            {"按标准测算金额": 1_248_000, "预算金额": 1_248_000},
            {"财政拨款": 1_000_000, "单位资金": 248_000},
            "支出内容",
            2,
            1,
        ),
    ),
    "科研": (RESEARCH, Expected({"合计": 204_000}, {}, "预算科目名称", 4, 0)),
    "values under labels": (
        ABOVE,
        Expected({"项目资金总额": 3_600_000, "年度资金总额": 1_200_000}, {}, BASIS, 0, 1),
    ),
}


def read(written: str) -> list[Form]:
    """The forms of a text whose tabs are written ``|``."""
    return parse_forms(written.strip("\n").replace("|", "\t"), "form.txt")


@pytest.mark.parametrize(("written", "expected"), FORMS.values(), ids=FORMS)
def test_every_field_of_a_form_is_found(written: str, expected: Expected) -> None:
    (form,) = read(written)
    assert form.name in ("农村公路养护", "公路冻融研究")
    assert {total.field: int(total.yuan) for total in form.totals} == expected.totals
    assert {source.field: int(source.yuan) for source in form.sources} == expected.sources
    assert (form.basis.text[: len(expected.basis or "")] if form.basis else None) == expected.basis
    assert (len(form.details), len(form.indicators)) == (expected.details, expected.indicators)
    if "公路养护中心" in written:
        assert form.organisation == "云河县公路养护中心"
        assert form.year == "2025"


@pytest.mark.parametrize("written", [written for written, _ in FORMS.values()], ids=FORMS)
def test_a_clean_form_has_no_finding_above_a_notice(written: str) -> None:
    (form,) = read(written)
    project = check_form(form)
    assert [f"{f.code} {f.message.zh}" for f in project.findings if f.severity is not Severity.NOTICE] == []
    assert (project.status.value == "pass") is (form.basis is not None)


LIST = """
部门项目支出预算表（05-1）
2025年度
单位：元
项目分类|项目单位|项目名称|项目代码|合计|一般公共预算|事业收入|测算依据
专项业务类|云河县公路养护中心|农村公路养护|530000250001|1200000|1000000|200000|300公里×4000元/公里
专项业务类|云河县公路养护中心|桥梁检测|530000250002|300000|300000|0|20座×15000元/座
合计||||1500000|1300000|200000|
"""


def test_a_list_of_projects_is_a_form_a_row() -> None:
    forms = read(LIST)
    assert [(f.name, f.id, [int(t.yuan) for t in f.totals], [int(s.yuan) for s in f.sources]) for f in forms] == [
        ("农村公路养护", "530000250001", [1_200_000], [1_000_000, 200_000]),
        ("桥梁检测", "530000250002", [300_000], [300_000, 0]),
    ]
    assert [f.year for f in forms] == ["2025", "2025"]
    assert [[p.code for p in check_form(f).findings] for f in forms] == [[], []]


# What the column is called that holds a project's amount in a list of projects.
AMOUNT_HEADS = ["预算金额", "金额", "预算数", "本年支出合计", "合计", "年初预算数", "申请金额（万元）"]


@pytest.mark.parametrize("head", AMOUNT_HEADS)
def test_the_amount_of_a_listed_project_is_found(head: str) -> None:
    (form,) = read(f"2025年项目支出表\n单位：万元\n序号|项目名称|{head}|测算依据\n1|河道清淤|6|3公里×2万元/公里")
    assert [int(total.yuan) for total in form.totals] == [60_000]
    assert check_form(form).status.value == "pass"


BESIDE = """
项目支出预算汇总表
2025年度
单位名称|云河县水务局
项目名称|河道清淤|路灯维修
项目编码|330000250001|330000250002
预算金额（万元）|6|0.9
测算依据|3公里×2万元/公里|30盏×300元/盏
"""


def test_projects_side_by_side_are_a_form_a_column() -> None:
    forms = read(BESIDE)
    assert [(f.name, f.id, f.year, f.organisation, int(f.totals[0].yuan), f.basis and f.basis.text) for f in forms] == [
        ("河道清淤", "330000250001", "2025", "云河县水务局", 60_000, "3公里×2万元/公里"),
        ("路灯维修", "330000250002", "2025", "云河县水务局", 9_000, "30盏×300元/盏"),
    ]
    assert [[p.code for p in check_form(f).findings] for f in forms] == [[], []]


def test_a_value_and_another_field_beside_it_are_no_two_projects() -> None:
    (form,) = read("项目名称|河道清淤|建设地点|云河县\n预算金额（万元）|6|测算单价|2\n测算依据|3公里×2万元/公里")
    assert form.name == "河道清淤"
    assert [int(total.yuan) for total in form.totals] == [60_000]


# A line of its own that states an amount, and one that only speaks of money.
LINES = [
    ("项目概述：清淤\n财政拨款：80万元\n自筹资金：20万元", {}),  # lines of an open text
    ("资金总额：100万元\n财政拨款：80万元\n自筹资金：20万元", {"财政拨款": 800_000, "自筹资金": 200_000}),
    ("资金总额：100万元\n财政拨款：另行下达\n自筹资金：20万元。", {}),
    ("资金总额：100万元\n财政拨款（万元）：80\n其他（万元）：20", {"财政拨款": 800_000, "其他": 200_000}),
    ("资金测算依据：清淤5公里×20万元/公里\n财政拨款：80万元\n自筹资金：20万元", {}),
]


@pytest.mark.parametrize(("lines", "sources"), LINES)
def test_payers_typed_as_lines_are_payers_where_no_text_is_open(lines: str, sources: dict[str, int]) -> None:
    (form,) = read(f"项目名称：河道清淤\n{lines}")
    assert {s.field: int(s.yuan) for s in form.sources} == sources
