"""The indicator table: what the basis counts, what a form promises besides, half a year and a whole one."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import NamedTuple

from .expenses import shown
from .facts import Facts

COMPARISONS = ("=", "=", "≥", "")
QUALITY = ("=100%", "≥95%", "≥98%", "100%")
SPLIT_NAMES = ("城区{}", "乡镇{}")


class Indicator(NamedTuple):
    """A row: two levels, a name, the values as written (half a year may be empty)."""

    first: str
    second: str
    name: str
    half: str
    full: str


def indicators_of(facts: Facts, annual: Fraction) -> tuple[Indicator, ...]:
    """The rows in the order of the usual levels."""
    rng = facts.rng("indicators")
    theme = facts.theme
    rows = list(counts(facts))
    quality = rng.sample(theme.quality, 2)
    rows += [Indicator("产出指标", "质量指标", name, *percent(rng)) for name in quality]
    rows.append(Indicator("产出指标", "时效指标", "资金拨付及时率", "≥50%", "=100%"))
    if rng.random() < 0.5:
        rows.append(Indicator("产出指标", "时效指标", "项目完成时间", "序时推进", "12月底前"))
    ceiling = f"≤{shown(annual, '万元')}万元"
    rows.append(Indicator("产出指标", "成本指标", "项目总成本", ceiling, ceiling))
    rows.append(Indicator("效益指标", "社会效益指标", theme.effect, "≥60%", f"≥{rng.randint(80, 99)}%"))
    if rng.random() < 0.4:  # growth may pass one hundred per cent
        rows.append(Indicator("效益指标", "社会效益指标", "线上办理量增长率", "≥60%", f"≥{rng.randint(105, 180)}%"))
    rows.append(Indicator("效益指标", "可持续影响指标", "长效管理机制", "基本健全", "健全"))
    satisfied = f"≥{rng.choice((85, 90, 95))}%"
    rows.append(Indicator("满意度指标", "服务对象满意度指标", f"{theme.people}满意度", satisfied, satisfied))
    return tuple(rows)


def percent(rng: random.Random) -> tuple[str, str]:
    """A half-year and a full-year percentage."""
    full = rng.choice(QUALITY)
    return rng.choice(("序时进度", full, "≥50%")), full


def counts(facts: Facts) -> list[Indicator]:
    """The indicators of what the basis counts, now and then in two parts that add up to it."""
    rows: list[Indicator] = []
    for expense in facts.expenses:
        counted = expense.counted()
        if expense.kind is None or counted is None:
            continue
        rng = facts.rng(f"count:{expense.label}")
        mark, unit = rng.choice(COMPARISONS), counted.unit.split("/")[0]
        number, name = counted.number, expense.kind.indicator
        if number >= 40 and rng.random() < 0.15:
            part = number * rng.randint(20, 80) // 100
            pairs = [(SPLIT_NAMES[0].format(name), part), (SPLIT_NAMES[1].format(name), number - part)]
        else:
            pairs = [(name, number)]
        for each, value in pairs:
            half = rng.choice((0, value // 2, value))
            rows.append(Indicator("产出指标", "数量指标", each, f"{mark}{half}{unit}", f"{mark}{value}{unit}"))
    return rows or [Indicator("产出指标", "数量指标", "项目任务完成率", "≥50%", "=100%")]
