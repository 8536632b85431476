"""Composed readings of another kind: lists, exceptions, surcharges, terms, rows without heads."""

from __future__ import annotations

import random
from fractions import Fraction

from .model import Case, Figure, Num, Piece
from .parts import EACH, added, bare, closing, counted, listing
from .pen import Pen
from .words import MONTHLY, ONCE


def prose_items(rng: random.Random) -> Case:
    """A list of composed items with its sum: 一是…共3万元；二是…共2万元；合计5万元."""
    pen = Pen(rng)
    chosen = pen.some(ONCE, 2, 3)
    entries: list[tuple[Piece, ...]] = []
    figures: list[Figure] = []
    for item in chosen:
        count, rate = counted(pen, item), bare(pen, item)
        figure = pen.state("composed", count * rate, soft="composed")
        figures.append(figure)
        entries.append(
            (
                item.label,
                count,
                "，",
                EACH.get(item.counter, f"每{item.counter}"),
                rate,
                pen.pick(("，计", "，共", "，需")),
                figure,
            )
        )
    result = pen.state("sum", added(figures))
    numbering = pen.pick(("1.", "（1）", "①", "一是"))
    return pen.case(
        "prose_items",
        listing(pen, entries, "；", numbering),
        pen.pick(("；合计", "。以上共计", "，总计")),
        result,
        "。",
        total=result,
    )


def prose_exception(rng: random.Random) -> Case:
    """An exception that overrides: 30名每人4000元，其中8名每人6000元，共13.6万元."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.counter == "人" and i.rate_low >= 100])
    count = pen.fig(pen.whole(24, 300), "名", "count")
    some = pen.fig(pen.whole(3, 18), "名", "count")
    rate = pen.fig(10 * pen.whole(20, 300), "元", "rate")
    more = pen.fig(int(rate.plain) + 100 * pen.whole(3, 25), "元", "rate")
    result = pen.state("composed", (count - some) * rate + some * more, soft="composed")
    pieces = (item.label, count, "，每人", rate, pen.pick(("，其中", "（其中")), some, "每人", more)
    end = "）" if pieces[4] == "（其中" else ""
    return pen.case("prose_exception", *pieces, end, pen.pick(("，共", "，共需", "，合计")), result, "。", total=result)


def prose_surcharge(rng: random.Random) -> Case:
    """A surcharge for some: 40个村，每村4万元，其中10个重点村每村增加1万元，共170万元."""
    pen = Pen(rng)
    count, some = pen.fig(pen.whole(15, 160), "个村", "count"), pen.fig(pen.whole(2, 12), "个", "count")
    kind = pen.pick(("重点村", "脱贫村", "边境村"))
    rate = pen.fig(pen.whole(2, 12), "万元", "rate")
    more = pen.fig(pen.pick(("1", "2", "3", "0.5", "1.5")), "万元", "rate")
    result = pen.state("composed", count * rate + some * more, soft="composed")
    pieces = ("村级运转经费：", count, "，每村", rate, "，其中", some, kind, "每村增加", more)
    return pen.case("prose_surcharge", *pieces, pen.pick(("，共", "，共需", "，合计")), result, "。", total=result)


def prose_area(rng: random.Random) -> Case:
    """Quantities with decimals: 养护里程86.5公里，每公里3500元，需30.275万元."""
    pen = Pen(rng)
    what, counter, low, high, step = pen.pick(
        (
            ("养护里程", "公里", 1500, 8000, 100),
            ("造林面积", "亩", 300, 1200, 10),
            ("屋面防水维修", "平方米", 60, 240, 5),
            ("维修渠道", "米", 60, 400, 5),
        )
    )
    count = pen.fig(Fraction(pen.whole(300, 9900), 10), counter, "count")
    rate = pen.fig(pen.whole(low, high, step), "元", "rate")
    result = pen.state("composed", count * rate, soft="composed")
    return pen.case(
        "prose_area",
        what,
        count,
        f"，每{counter}",
        rate,
        pen.pick(("，需", "，共需", "，计")),
        result,
        closing(pen),
        total=result,
    )


def prose_instalment(rng: random.Random) -> Case:
    """An instalment of a contract: 合同价86万元，本年支付40%，即34.4万元."""
    pen = Pen(rng)
    base = pen.amount(20, 900, "万元", 0)
    rate = pen.fig(pen.whole(20, 70, 10), "%", "share")
    result = pen.state("composed", base * rate, "万元", soft="composed")
    words = pen.pick(("，首付", "，本年支付", "，按进度支付", "，预付"))
    return pen.case(
        "prose_instalment",
        pen.pick(("合同价", "中标价", "合同金额")),
        base,
        words,
        rate,
        pen.pick(("，即", "，计", "，需")),
        result,
        "。",
        total=result,
    )


def prose_quarters(rng: random.Random) -> Case:
    """A quarterly or termly rate: 46人，每人每学期600元，2个学期，共5.52万元."""
    pen = Pen(rng)
    word, number, unit = pen.pick((("学期", 2, "个学期"), ("季度", 4, "个季度"), ("季度", 4, "个季度")))
    count = pen.fig(pen.whole(20, 900), "人", "count")
    rate = pen.fig(10 * pen.whole(15, 120), "元", "rate")
    time = pen.fig(number, unit, "months")
    result = pen.state("composed", count * rate * time, soft="composed")
    return pen.case(
        "prose_quarters",
        pen.pick(("家庭经济困难学生补助", "助学金", "寄宿生生活补助")),
        count,
        f"，每人每{word}",
        rate,
        "，",
        time,
        pen.pick(("，共", "，合计")),
        result,
        "。",
        total=result,
    )


def prose_rows(rng: random.Random) -> Case:
    """Numbers in a row without heads: 路灯维修 60盏 300元/盏 18000元."""
    pen = Pen(rng)
    entries: list[tuple[Piece, ...]] = []
    figures: list[Figure] = []
    for item in pen.some(ONCE, 2, 4):
        count = counted(pen, item)
        rate = pen.fig(pen.whole(item.rate_low, item.rate_high, item.step), f"元/{item.counter}", "rate")
        figure = pen.state("composed", count * rate, "元", soft="composed")
        figures.append(figure)
        entries.append((item.label, " ", count, " ", rate, " ", figure))
    result = pen.state("sum", added(figures), "元")
    return pen.case("prose_rows", listing(pen, entries, "\n"), "\n合计 ", result, total=result, unit="万元")


def prose_half_year(rng: random.Random) -> Case:
    """半年 stands for six months: 每人每月600元，半年共需."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count, rate = counted(pen, item), bare(pen, item)
    words, number = pen.pick((("，半年共需", 6), ("，补助半年，共", 6), ("，上半年共需", 6)))
    result = pen.state("composed", count * rate * Num(Fraction(number)), soft="composed")
    return pen.case("prose_half_year", item.label, count, "，每人每月", rate, words, result, "。", total=result)


STYLES = (
    prose_items, prose_exception, prose_surcharge, prose_area, prose_instalment, prose_quarters, prose_rows,
    prose_half_year,
)  # fmt: skip
