"""Rows under heads: columns are the operands, a heading may give the unit."""

from __future__ import annotations

import random
from fractions import Fraction

from .model import Case, Expr, Figure, Joined, Part, Piece
from .parts import added
from .pen import Pen
from .words import LUMPS, ONCE, Item


def rows(pen: Pen, chosen: list[Item], scale: str, gap: str, units: bool) -> tuple[list[Part], list[Figure]]:
    """Rows of label, quantity, price, amount; figures without a unit where the heads give it."""
    parts: list[Part] = []
    amounts: list[Figure] = []
    for item in chosen:
        number = pen.whole(item.low, item.high)
        rate = pen.whole(item.rate_low, item.rate_high, item.step)
        value = Fraction(number * rate)
        worth = 10000 if scale == "万元" else 1
        count = pen.fig(number, item.counter if units else "", "count")
        price = pen.headed(Fraction(rate, worth), scale, "rate")
        amount = pen.headed(value / worth, scale, "result")
        pen.relate("equation", count * price, amount)
        amounts.append(amount)
        parts.append(pen.item(item.label, gap, count, gap, price, gap, amount))
    return parts, amounts


def tab_heads(rng: random.Random) -> Case:
    """Tab-separated rows under 项目 数量 单价（元） 金额（元）, a total row last."""
    return table(rng, "tab_heads", "元", "\t", "\n")


def tab_unit_heading(rng: random.Random) -> Case:
    """单位：万元 above bare figures."""
    return table(rng, "tab_unit_heading", "万元", pen_gap(rng), "\n")


def pen_gap(rng: random.Random) -> str:
    """What stands between cells."""
    return rng.choice(("\t", " ", "  ", "\t"))


def tab_markdown(rng: random.Random) -> Case:
    """A Markdown table."""
    return table(rng, "tab_markdown", "元", " | ", "\n", markdown=True)


def table(rng: random.Random, name: str, scale: str, gap: str, line: str, markdown: bool = False) -> Case:
    """A table of two to five rows with its total row."""
    pen = Pen(rng)
    units = name != "tab_unit_heading" and pen.chance(0.4)
    parts, amounts = rows(pen, pen.some([i for i in ONCE if i.rate_low >= 100], 2, 5), scale, gap, units)
    expr = added(amounts)
    number = pen.value(expr) / (10000 if scale == "万元" else 1)
    result = pen.headed(number, scale, "result")
    pen.relate("sum", expr, result)
    price, money = pen.pick((("单价", "金额"), ("支出标准", "金额"), ("单价", "小计"), ("单价", "合计金额")))
    quantity = pen.pick(("数量", "工作量", "数量"))
    what = pen.pick(("项目", "支出内容", "明细项目"))
    if name == "tab_unit_heading":
        heading = (
            pen.pick(("单位：万元", "金额单位：万元", "（单位：万元）"))
            + line
            + gap.join((what, quantity, price, money))
            + line
        )
    else:
        heading = gap.join((what, quantity, f"{price}（元）", f"{money}（元）")) + line
    edge = "| " if markdown else ""
    end = " |" if markdown else ""
    if markdown:
        heading = edge + heading.strip() + end + line + "|---|---|---|---|" + line
    body = Joined(tuple(Part(p.key, p.kind, (edge, *p.pieces, end)) for p in parts), line)
    foot = (edge, "合计", gap, gap, gap, result, end)
    return pen.case(name, heading, body, line, *foot, total=result, unit="万元")


def tab_columns_with_units(rng: random.Random) -> Case:
    """Cells that carry their own units: 路灯维修 60盏 300元/盏 18000元."""
    pen = Pen(rng)
    gap = pen.pick(("\t", "  ", " | "))
    parts: list[Part] = []
    amounts: list[Figure] = []
    for item in pen.some(ONCE, 2, 4):
        count = pen.fig(pen.whole(item.low, item.high), item.counter, "count")
        price = pen.fig(pen.whole(item.rate_low, item.rate_high, item.step), f"元/{item.counter}", "rate")
        amount = pen.state("equation", count * price, "元")
        amounts.append(amount)
        parts.append(pen.item(item.label, gap, count, gap, price, gap, amount))
    result = pen.state("sum", added(amounts), "元")
    heading = gap.join(("支出项目", "数量", "单价", "金额")) + "\n"
    return pen.case(
        "tab_columns_with_units", heading, Joined(tuple(parts), "\n"), "\n合计", gap, result, total=result, unit="万元"
    )


def tab_amount_rows(rng: random.Random) -> Case:
    """Two columns, label and amount under 单位：万元, a total row."""
    pen = Pen(rng)
    gap = pen.pick(("\t", "  ", " "))
    labels = pen.some(LUMPS, 3, 6)
    figures = [pen.headed(Fraction(pen.whole(8, 900), 10), "万元", "amount") for _ in labels]
    expr: Expr = added(figures)
    result = pen.headed(pen.value(expr) / 10000, "万元", "result")
    pen.relate("sum", expr, result)
    body = Joined(tuple(pen.item(label, gap, figure) for label, figure in zip(labels, figures, strict=True)), "\n")
    heading: tuple[Piece, ...] = (pen.pick(("单位：万元\n", "金额单位：万元\n", "项目" + gap + "金额（万元）\n")),)
    return pen.case(
        "tab_amount_rows", *heading, body, "\n", pen.pick(("合计", "总计")), gap, result, total=result, unit="万元"
    )


STYLES = (tab_heads, tab_unit_heading, tab_markdown, tab_columns_with_units, tab_amount_rows)
