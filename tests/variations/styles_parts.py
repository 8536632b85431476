"""Balances and partitions: what is left, who pays, the parts of a whole, counts of people."""

from __future__ import annotations

import random
from fractions import Fraction

from .model import Case, Figure, Piece
from .parts import added, closing, listing, lumps, preface
from .pen import Pen, decimal, trimmed
from .words import KINDS_OF_PEOPLE, PAYERS, PROJECTS, SOURCES


def two_amounts(pen: Pen, low: int = 60, high: int = 3000) -> tuple[Figure, Figure]:
    """A whole and a smaller amount of it."""
    whole = pen.amount(low, high, "万元", 1)
    share = Fraction(pen.whole(15, 85), 100)
    part = pen.fig(trimmed(pen.value(whole) / 10000 * share, pen.whole(0, 2)), "万元", "amount")
    return whole, part


def bal_remaining(rng: random.Random) -> Case:
    """总投资860万元，已到位500万元，剩余360万元由本年预算安排."""
    pen = Pen(rng)
    whole, paid = two_amounts(pen)
    rest = pen.state("balance", whole - paid, "万元")
    done = pen.pick(("已到位", "已拨付", "前期已支付", "截至目前已完成投资"))
    left = pen.pick(("剩余", "余下", "尚余", "剩余资金"))
    tail = pen.pick(("列入本年预算", "由本年预算安排", "需本年安排", "申请本年解决"))
    return pen.case(
        "bal_remaining",
        pen.pick(PROJECTS),
        "总投资",
        whole,
        "，",
        done,
        paid,
        "，",
        left,
        rest,
        tail,
        "。",
        total=rest,
        soft="",
    )


def bal_gap(rng: random.Random) -> Case:
    """需300万元，已落实200万元，缺口100万元."""
    pen = Pen(rng)
    whole, paid = two_amounts(pen)
    rest = pen.state("balance", whole - paid, "万元")
    have = pen.pick(("已落实", "已筹集", "现有资金", "上级已补助"))
    gap = pen.pick(("资金缺口", "缺口", "尚缺", "还差"))
    return pen.case(
        "bal_gap",
        pen.pick(PROJECTS),
        pen.pick(("共需", "需资金", "概算")),
        whole,
        "，",
        have,
        paid,
        "，",
        gap,
        rest,
        "。",
        total=rest,
        or_total=whole,
    )


def bal_gap_two(rng: random.Random) -> Case:
    """A whole less two amounts: 总投资900万元，中央补助400万元，省级补助200万元，剩余300万元由县级承担."""
    pen = Pen(rng)
    whole = pen.amount(300, 5000, "万元", 0)
    base = pen.value(whole) / 10000
    first = pen.fig(int(base * pen.whole(20, 45) / 100), "万元", "amount")
    second = pen.fig(int(base * pen.whole(10, 30) / 100), "万元", "amount")
    rest = pen.state("balance", whole - first - second, "万元")
    pieces = (
        pen.pick(PROJECTS),
        "总投资",
        whole,
        "，中央补助",
        first,
        "，省级补助",
        second,
        pen.pick(("，剩余", "，余下", "，其余")),
        rest,
    )
    return pen.case("bal_gap_two", *pieces, pen.pick(("由县级承担。", "由县财政安排。")), total=rest)


def bal_surplus(rng: random.Random) -> Case:
    """Income, outlay and what is left: 收入120万元，支出95万元，结余25万元."""
    pen = Pen(rng)
    whole, spent = two_amounts(pen, 20, 900)
    rest = pen.state("balance", whole - spent, "万元")
    return pen.case(
        "bal_surplus",
        pen.pick(("门票收入", "全年收入", "非税收入")),
        whole,
        "，",
        pen.pick(("运营支出", "全年支出", "支出")),
        spent,
        "，",
        pen.pick(("结余", "收支相抵后结余")),
        rest,
        "。",
    )


def bal_deduct(rng: random.Random) -> Case:
    """What is needed less last year's rest: 测算需36万元，扣除上年结转6万元，本年申请30万元."""
    pen = Pen(rng)
    whole, carried = two_amounts(pen, 20, 800)
    rest = pen.state("balance", whole - carried, "万元")
    minus = pen.pick(("扣除上年结转", "扣减上年结余", "减去存量资金", "抵减结转资金"))
    ask = pen.pick(("本年申请", "本次申请", "申请财政资金", "实际申请"))
    return pen.case(
        "bal_deduct", "经测算全年需", whole, "，", minus, carried, "，", ask, rest, closing(pen), total=rest, soft=""
    )


def bal_difference(rng: random.Random) -> Case:
    """差额: 应拨980万元，实拨850万元，差额130万元本次补拨."""
    pen = Pen(rng)
    whole, paid = two_amounts(pen)
    rest = pen.state("balance", whole - paid, "万元")
    words = pen.pick((("应拨", "实拨"), ("应补助", "已预拨"), ("清算应付", "已付")))
    return pen.case(
        "bal_difference",
        words[0],
        whole,
        "，",
        words[1],
        paid,
        "，差额",
        rest,
        pen.pick(("本次补拨。", "在本年清算。")),
        total=rest,
    )


def split(pen: Pen, whole: Fraction, count: int) -> list[str]:
    """``count`` amounts in 万元 that make up ``whole``, with at most two decimals."""
    shares = [pen.whole(15, 60) for _ in range(count)]
    parts = [trimmed(whole * share / sum(shares), 1) for share in shares[:-1]]
    rest = whole - sum((Fraction(p) for p in parts), Fraction(0))
    return [*parts, decimal(rest)]


def part_payers(rng: random.Random) -> Case:
    """Who pays how much: 项目总投资900万元，中央500万元、省级300万元、市级100万元."""
    pen = Pen(rng)
    payers = pen.pick(PAYERS)
    number = Fraction(pen.whole(800, 60000, 5), 10)
    figures = [pen.fig(p, "万元", "amount") for p in split(pen, number, len(payers))]
    whole = pen.fig(number, "万元", "result")
    pen.relate("partition", added(figures), whole, soft="upper" if payers[-2].startswith(("中央", "省")) else "")
    verb = pen.pick(("", "承担", "安排", "补助"))
    entries: list[tuple[Piece, ...]] = [(payer, verb, figure) for payer, figure in zip(payers, figures, strict=True)]
    lead = pen.pick(("，其中", "，其中：", "，", "，资金来源：", "。其中"))
    pieces = (
        preface(pen),
        pen.pick(PROJECTS),
        pen.pick(("总投资", "共需资金", "总资金")),
        whole,
        lead,
        listing(pen, entries, pen.pick(("、", "，"))),
    )
    return pen.case("part_payers", *pieces, "。", total=whole)


def part_sources(rng: random.Random) -> Case:
    """Where the money comes from: 所需资金120万元，申请市财政资金80万元，自筹资金40万元."""
    pen = Pen(rng)
    sources = pen.pick(SOURCES)
    number = Fraction(pen.whole(200, 9000, 5), 10)
    figures = [pen.fig(p, "万元", "amount") for p in split(pen, number, len(sources))]
    whole = pen.fig(number, "万元", "result")
    pen.relate("partition", added(figures), whole)
    entries: list[tuple[Piece, ...]] = [(source, figure) for source, figure in zip(sources, figures, strict=True)]
    lead = pen.pick(("，其中：", "，其中", "，资金来源为", "，"))
    return pen.case(
        "part_sources", "项目所需资金", whole, lead, listing(pen, entries, pen.pick(("，", "、"))), "。", total=whole
    )


def part_made_of(rng: random.Random) -> Case:
    """由…组成, 分为: 总费用30万元，由设计费10万元、监理费20万元组成."""
    pen = Pen(rng)
    entries = lumps(pen, 2, 4)
    figures = [figure for _, figure in entries]
    whole = pen.state("partition", added(figures), "万元")
    shape = pen.whole(0, 2)
    line = listing(pen, entries, "、", "", pen.pick(("、", "和")))
    pieces: tuple[Piece, ...]
    if shape == 0:
        pieces = (
            "项目总费用",
            whole,
            "，由",
            line,
            pen.pick(("组成。", "构成。", "两部分组成。" if len(entries) == 2 else "组成。")),
        )
    elif shape == 1:
        pieces = ("项目总费用", whole, "，分为", line, "。")
    else:
        names = "、".join(label for label, _ in entries)
        numbers: list[Piece] = []
        for index, figure in enumerate(figures):
            numbers += ["、" if index else "", figure]
        pieces = ("项目总费用", whole, "，", names, "分别为", *numbers, "。")
    return pen.case("part_made_of", *pieces, total=whole)


def part_some(rng: random.Random) -> Case:
    """其中 names only some of the parts: no claim (a notice names the rest)."""
    pen = Pen(rng)
    entries = lumps(pen, 3, 4)
    figures = [figure for _, figure in entries]
    result = pen.state("sum", added(figures), "万元")
    label, first = entries[0]
    inner = pen.fig(trimmed(pen.value(first) / 10000 * pen.whole(20, 60) / 100, 1), "万元", "fixed")
    pieces: list[Piece] = [
        label,
        first,
        pen.pick(("（其中", "（含")),
        pen.pick(("上级专项", "设备部分", "一季度")),
        inner,
        "）",
    ]
    for name, figure in entries[1:]:
        pieces += ["、", name, figure]
    return pen.case("part_some", *pieces, "，合计", result, "。", total=result)


def part_people(rng: random.Random) -> Case:
    """A count and its parts before the money: 教师333人（在编317人、编外16人），每人体检费500元."""
    pen = Pen(rng)
    one, two, first, second = pen.pick(KINDS_OF_PEOPLE)
    a, b = (
        pen.fig(pen.whole(first, second), "人", "count"),
        pen.fig(pen.whole(first // 4 + 1, second // 3), "人", "count"),
    )
    strict = pen.chance(0.4)
    whole = pen.state("partition", a + b, "人", soft="" if strict else "loose")
    again = pen.fig(whole.plain, "人", "count")
    rate = pen.fig(pen.whole(100, 900, 10), pen.pick(("元/人", "元")), "rate")
    result = pen.state("equation", again * rate)
    opening, end = (
        ("，分为", "。") if strict else pen.pick((("，其中", "。"), ("（其中：", "）。"), ("（其中", "），")))
    )
    pieces = (pen.pick(("教职工", "参检对象", "服务人群")), whole, opening, one, a, "、", two, b, end)
    return pen.case(
        "part_people", *pieces, "体检费：", pen.product(again, rate), pen.equals(), result, "。", total=result
    )


def part_used(rng: random.Random) -> Case:
    """An amount and how it is spent: 安排资金50万元，用于甲20万元、乙30万元."""
    pen = Pen(rng)
    entries = lumps(pen, 2, 5)
    figures = [figure for _, figure in entries]
    whole = pen.state("partition", added(figures), "万元", soft="loose")
    lead = pen.pick(("，主要用于：", "，用于", "，具体为：", "，拟用于"))
    return pen.case(
        "part_used",
        "安排资金",
        whole,
        lead,
        listing(pen, entries, pen.pick(("、", "；", "，"))),
        closing(pen),
        total=whole,
    )


STYLES = (
    bal_remaining, bal_gap, bal_gap_two, bal_surplus, bal_deduct, bal_difference, part_payers, part_sources,
    part_made_of, part_some, part_people, part_used,
)  # fmt: skip
