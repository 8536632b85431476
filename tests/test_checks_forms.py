"""Whole forms in the layouts of several provinces: clean ones are left alone, one fault each is found.

The forms are made from a seed; a fault changes one thing of a clean form, and the rule
named beside it must speak.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

import pytest

from calcverify.forms.model import Form
from calcverify.pipeline import check_form
from calcverify.readers import read_stream
from calcverify.report.model import Project
from calcverify.verify.model import Severity

CLEAN, FAULTY = 400, 40


class Plan(NamedTuple):
    """What a form says: amounts in 元, counts, and the fields that a fault may change."""

    name: str
    code: str
    year: int
    people: int
    rate: int
    total: int
    rows: tuple[tuple[str, int, int], ...]
    public: int
    own: int
    asked: str
    narrative: str
    indicators: tuple[tuple[str, str, str], ...]
    basis: str


NAMES = ("村医岗位补助", "乡村保洁", "护林员补助", "社区食堂", "文化下乡", "河道巡查")
GROUPS = ("护林员", "保洁员", "巡查员", "讲解员", "辅导员")


def plan(random: Random) -> Plan:
    """A form whose figures agree everywhere."""
    people, rate = random.randrange(20, 400), random.choice((600, 800, 1200, 1500, 2400))
    group = random.choice(GROUPS)
    books, price = random.randrange(10, 90) * 10, random.choice((12, 15, 20))
    wages, prints = people * rate * 12, books * price
    total = wages + prints
    own = random.choice((0, total // 4 // 100 * 100))
    amount = wan(total)
    basis = random.choice(
        (
            f"{group}{people}人×{rate}元/人·月×12个月={wan(wages)}万元，印制手册{books}册×{price}元/册={wan(prints)}万元，"
            f"合计{amount}万元。",
            f"一、{group}补助{people}名*{rate}元/人/月*12个月={wages}元；二、手册{books}册*{price}元/册={prints}元。",
            f"{group}{people}人，每人每月{rate}元，12个月，共{wan(wages)}万元；印制手册{books}册，每册{price}元，"
            f"共{wan(prints)}万元。",
        )
    )
    return Plan(
        name=random.choice(NAMES),
        code=f"33{random.randrange(10**8, 10**9)}25{random.randrange(10**8, 10**9)}",
        year=2025,
        people=people,
        rate=rate,
        total=total,
        rows=((f"{group}补助", wages // 2, wages), ("手册印制", 0, prints)),
        public=total - own,
        own=own,
        asked=amount,
        narrative=random.choice(
            (f"全年共需{amount}万元，用于发放补助。", "按时足额发放补助。", f"2025年预算安排{total}元。")
        ),
        indicators=(
            (f"{group}人数", f"≥{people // 2}人", f"={people}人"),
            ("补助发放及时率", "=100%", "=100%"),
            ("手册印制数量", f"{books // 2}册", f"{books}册"),
            ("群众满意度", "≥90%", "≥95%"),
        ),
        basis=basis,
    )


def wan(yuan: int) -> str:
    """An amount of 元 in 万元, with the digits that it needs."""
    return f"{yuan / 10000:.4f}".rstrip("0").rstrip(".")


def head(p: Plan) -> str:
    return f"项目支出绩效目标申报表\n{p.year}年度\n"


def jiangsu(p: Plan) -> str:
    """Total and year's amount in 万元 side by side, details in 元 without a unit."""
    return (
        head(p)
        + f"项目名称\t{p.name}\t项目编码\t{p.code}\n项目总金额（万元）\t{p.asked}\t本年度项目金额（万元）\t{p.asked}\n"
        + f"项目概述\t发放补助\n项目总目标\t{p.narrative}\n资金计算依据\t{p.basis}\n"
        + "绩效支出明细\t子项目\t半年（程）计划执行数\t全年（程）预算数\n"
        + "".join(f"\t{name}\t{half}\t{full}\n" for name, half, full in p.rows)
        + "一级指标\t二级指标\t三级指标\t半年（程）指标值\t全年（程）指标值\n"
        + "".join(f"产出指标\t数量指标\t{name}\t{half}\t{full}\n" for name, half, full in p.indicators)
    )


def sichuan(p: Plan) -> str:
    """Sources under the year's amount, all in 元."""
    return (
        head(p)
        + f"项目名称\t{p.name}\t项目编码\t{p.code}\n年度资金总额（元）\t{wan_to_yuan(p.asked)}\n"
        + f"财政拨款（元）\t{p.public}\n自有资金（元）\t{p.own}\n立项依据\t按上级文件执行\n"
        + f"年度绩效目标\t{p.narrative}\n资金测算依据及说明\t{p.basis}\n"
        + "项目支出明细（元）\t子项目\t半年计划数\t全年预算数\n"
        + "".join(f"\t{name}\t{half}\t{full}\n" for name, half, full in p.rows)
        + "一级指标\t二级指标\t三级指标\t半年指标值\t全年指标值\n"
        + "".join(f"产出指标\t数量指标\t{name}\t{half}\t{full}\n" for name, half, full in p.indicators)
    )


def shanxi(p: Plan) -> str:
    """Labels with colons; details in 万元, as declared."""
    return (
        head(p)
        + f"项目名称：{p.name}\n项目编码：{p.code}\n项目资金总额（万元）：{p.asked}\n"
        + f"项目概况：发放补助\n总体目标：{p.narrative}\n资金测算依据：{p.basis}\n"
        + "明细预算（万元）\t明细项目\t半年预算数\t全年预算数\n"
        + "".join(f"\t{name}\t{wan(half)}\t{wan(full)}\n" for name, half, full in p.rows)
        + "一级指标\t二级指标\t三级指标\t半年指标值\t全年指标值\n"
        + "".join(f"产出指标\t数量指标\t{name}\t{half}\t{full}\n" for name, half, full in p.indicators)
    )


def wan_to_yuan(text: str) -> str:
    """``36.12`` of 万元 in 元; a fault may have left it empty."""
    return text and str(round(float(text) * 10000))


LAYOUTS = (jiangsu, sichuan, shanxi)


def checked(text: str) -> Project:
    """The one project of a text."""
    (form,) = [item for item in read_stream(text.encode()) if isinstance(item, Form)]
    return check_form(form)


def with_indicator(p: Plan, at: int, half: str, full: str) -> Plan:
    rows = list(p.indicators)
    rows[at] = (rows[at][0], half, full)
    return p._replace(indicators=tuple(rows))


def with_row(p: Plan, half: int, full: int) -> Plan:
    return p._replace(rows=((p.rows[0][0], half, full), *p.rows[1:]))


# The rule that must speak, the layouts that have the field, the fault.
FAULTS: tuple[tuple[str, tuple[Callable[[Plan], str], ...], Callable[[Plan], Plan]], ...] = (
    ("CV301", LAYOUTS, lambda p: with_row(p, p.rows[0][1], p.rows[0][2] + 10000)),
    ("CV302", (sichuan,), lambda p: p._replace(own=p.own + 5000)),
    ("CV304", LAYOUTS, lambda p: with_row(p, p.rows[0][2] + 1000, p.rows[0][2])),
    ("CV401", LAYOUTS, lambda p: p._replace(narrative=f"本年预计列支{wan(p.total + 120000)}万元。")),
    ("CV402", LAYOUTS, lambda p: with_indicator(p, 0, "≥1人", f"={p.people + 7}人")),
    ("CV403", LAYOUTS, lambda p: with_indicator(p, 2, "999册", "888册")),
    ("CV404", LAYOUTS, lambda p: p._replace(indicators=(*p.indicators, ("群众满意度", "≥80%", "≥85%")))),
    ("CV405", LAYOUTS, lambda p: with_indicator(p, 1, "=100%", "=1000%")),
    ("CV601", LAYOUTS, lambda p: p._replace(asked="")),
    ("CV602", LAYOUTS, lambda p: p._replace(basis="无")),
    ("CV603", LAYOUTS, lambda p: p._replace(basis="详见附件测算表")),
    ("CV605", LAYOUTS, lambda p: p._replace(basis=f"2023年预计支出，{p.basis}")),
    ("CV606", LAYOUTS, lambda p: p._replace(code=p.code[:9] + "O" + p.code[10:])),
    ("CV607", LAYOUTS, lambda p: p._replace(narrative="")),
    ("CV608", LAYOUTS, lambda p: p._replace(rows=(*p.rows, p.rows[1]))),
)


def test_clean_forms_are_left_alone() -> None:
    random = Random(5)
    for number in range(CLEAN):
        text = LAYOUTS[number % len(LAYOUTS)](plan(random))
        project = checked(text)
        loud = [(f.code, f.message.zh) for f in project.findings if f.severity is not Severity.NOTICE]
        assert not loud, text
        assert project.status.value == "pass", text


@pytest.mark.parametrize(("code", "layouts", "spoil"), FAULTS, ids=[code for code, _, _ in FAULTS])
def test_one_fault_is_found_by_its_rule(
    code: str, layouts: tuple[Callable[[Plan], str], ...], spoil: Callable[[Plan], Plan]
) -> None:
    random = Random(11)
    for number in range(FAULTY):
        text = layouts[number % len(layouts)](spoil(plan(random)))
        assert code in {f.code for f in checked(text).findings}, text


def test_figures_are_compared_by_name_and_never_by_place() -> None:
    """The rows of two tables in another order give the same findings."""
    random = Random(3)
    for number in range(30):
        p = plan(random)
        turned = p._replace(rows=p.rows[::-1], indicators=p.indicators[::-1])
        layout = LAYOUTS[number % len(LAYOUTS)]
        codes = [sorted(f.code for f in checked(layout(form)).findings) for form in (p, turned)]
        assert codes[0] == codes[1]
