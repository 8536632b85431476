"""Sums: lists of items with the total last or first, numbered, nested, in groups, in tables."""

from __future__ import annotations

import random

from .model import Case, Figure, Piece
from .parts import added, closing, items, listing, lumps, preface, stated_item
from .pen import Pen
from .words import GROUP_HEADS

TOTALS = ("合计", "共计", "总计", "以上合计", "合计：", "总支出", "以上共计", "累计")


def sum_total_last(rng: random.Random) -> Case:
    """Items with their results, then the total: 1.…=3万元；2.…=2万元；合计5万元."""
    pen = Pen(rng)
    entries = items(pen, 2, 5)
    result = pen.state("sum", added([figure for _, figure in entries]))
    numbering = pen.pick(("1.", "1、", "（1）", "(1)", "①", ""))
    separator = pen.pick(("；", "；", "；\n", "。", ";"))
    return pen.case(
        "sum_total_last", preface(pen), listing(pen, [e for e, _ in entries], separator, numbering),
        pen.pick(("。", "；")), pen.pick(TOTALS), result, closing(pen), total=result,
    )  # fmt: skip


def sum_total_first(rng: random.Random) -> Case:
    """The total first: 共需18.6万元，其中：…=…万元；…."""
    pen = Pen(rng)
    entries = items(pen, 2, 4)
    result = pen.state("sum", added([figure for _, figure in entries]), soft="loose")
    opening = pen.pick(("项目共需资金", "共需", "所需资金合计", "项目总支出"))
    lead = pen.pick(("，其中：", "。其中：", "，包括：", "，具体包括：", "，其中："))
    numbering = pen.pick(("", "1.", "（1）", "①"))
    return pen.case(
        "sum_total_first",
        opening,
        result,
        lead,
        listing(pen, [e for e, _ in entries], "；", numbering),
        "。",
        total=result,
    )


def sum_amounts(rng: random.Random) -> Case:
    """Bare amounts: 差旅费3万元、会务费2.5万元，合计5.5万元."""
    pen = Pen(rng)
    entries = lumps(pen, 3, 6)
    result = pen.state("sum", added([figure for _, figure in entries]), "万元")
    separator = pen.pick(("、", "，", "；", " "))
    return pen.case(
        "sum_amounts",
        preface(pen),
        listing(pen, entries, separator),
        pen.pick(("，", "。")),
        pen.pick(TOTALS),
        result,
        "。",
        total=result,
    )


def sum_amounts_first(rng: random.Random) -> Case:
    """The whole and bare parts after 其中: 共需经费30万元，其中审计服务费10万元、设备维修费20万元."""
    pen = Pen(rng)
    entries = lumps(pen, 2, 5)
    result = pen.state("partition", added([figure for _, figure in entries]), "万元", soft="loose")
    lead = pen.pick(("，其中", "，其中：", "，包括", "，包含", "（其中："))
    end = "）。" if "（" in lead else "。"
    opening = pen.pick(("项目共需经费", "预计支出", "全年安排"))
    return pen.case(
        "sum_amounts_first",
        opening,
        result,
        lead,
        listing(pen, entries, pen.pick(("、", "，", "；")), "", ""),
        end,
        total=result,
    )


def sum_newlines(rng: random.Random) -> Case:
    """An item a line, numbered, the total on its own line."""
    pen = Pen(rng)
    entries = items(pen, 3, 5)
    result = pen.state("sum", added([figure for _, figure in entries]))
    numbering = pen.pick(("1. ", "1、", "（1）", "①", "一、"))
    return pen.case(
        "sum_newlines",
        listing(pen, [e for e, _ in entries], "\n", numbering),
        "\n",
        pen.pick(TOTALS),
        result,
        total=result,
    )


def sum_no_total(rng: random.Random) -> Case:
    """A complete list without 合计: the form's total is their sum."""
    pen = Pen(rng)
    entries = items(pen, 2, 4)
    numbering = pen.pick(("1.", "（1）", ""))
    expr = added([figure for _, figure in entries])
    return pen.case("sum_no_total", listing(pen, [e for e, _ in entries], "；", numbering), "。", total=expr)


def sum_amounts_only(rng: random.Random) -> Case:
    """A list of stated amounts, nothing else; the total is their sum."""
    pen = Pen(rng)
    entries = lumps(pen, 3, 6)
    numbering = pen.pick(("1.", "（1）", "", "1、"))
    expr = added([figure for _, figure in entries])
    return pen.case(
        "sum_amounts_only",
        listing(pen, entries, pen.pick(("；", "\n", "，")), numbering),
        pen.pick(("。", "")),
        total=expr,
    )


def sum_groups(rng: random.Random) -> Case:
    """Headed groups with 小计, then 总计."""
    pen = Pen(rng)
    heads = pen.some(GROUP_HEADS, 2, 3)
    groups: list[tuple[Piece, ...]] = []
    subs: list[Figure] = []
    for head, themed in heads:
        entries = [stated_item(pen, item) for item in pen.some(themed, 2, 3)]
        sub = pen.state("sum", added([figure for _, figure in entries]))
        subs.append(sub)
        groups.append(
            (head, "：", listing(pen, [e for e, _ in entries], "；", pen.pick(("1.", "（1）"))), "；小计", sub, "。")
        )
    result = pen.state("sum", added(subs))
    return pen.case(
        "sum_groups",
        listing(pen, groups, pen.pick(("", "\n")), "一、"),
        pen.pick(("总计", "以上总计", "合计")),
        result,
        "。",
        total=result,
    )


def sum_heads_first(rng: random.Random) -> Case:
    """Groups that state their sum before their parts: 一、人员经费18万元：1.…=10万元；2.…=8万元."""
    pen = Pen(rng)
    heads = pen.some(GROUP_HEADS, 2, 3)
    groups: list[tuple[Piece, ...]] = []
    subs: list[Figure] = []
    for head, themed in heads:
        entries = [stated_item(pen, item) for item in pen.some(themed, 2, 3)]
        sub = pen.state("sum", added([figure for _, figure in entries]))
        subs.append(sub)
        groups.append((head, sub, "：", listing(pen, [e for e, _ in entries], "；", pen.pick(("1.", "（1）"))), "。"))
    result = pen.state("sum", added(subs))
    where = pen.pick((0, 1))
    line = listing(pen, groups, pen.pick(("", "\n")), "一、")
    pieces: tuple[Piece, ...] = ("项目总支出", result, "。", line) if where else (line, "合计", result, "。")
    return pen.case("sum_heads_first", *pieces, total=result)


STYLES = (
    sum_total_last, sum_total_first, sum_amounts, sum_amounts_first, sum_newlines, sum_no_total, sum_amounts_only,
    sum_groups, sum_heads_first,
)  # fmt: skip
