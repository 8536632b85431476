"""Percentages of the amount itself: growth, cuts, discounts, tiers, a share of a list."""

from __future__ import annotations

import random
from fractions import Fraction

from .model import Case, Expr, Num
from .parts import added, base_amount, listing, lumps, preface
from .pen import Pen
from .words import PROJECTS


def share_growth(rng: random.Random) -> Case:
    """Growth over last year: 上年50万元，本年增长6%，需53万元."""
    pen = Pen(rng)
    base = base_amount(pen, 20, 2000)
    rate = pen.fig(pen.pick((2, 3, 4, 5, 6, 8, 10, 12, 15)), "%", "share")
    result = pen.state("share", base * (Num(Fraction(1)) + rate), "万元")
    last = pen.pick(("上年安排", "2022年实际支出", "上年执行数", "去年支出"))
    grow = pen.pick(("，本年增长", "，今年按增长", "，本年预计增长", "，在此基础上增长"))
    need = pen.pick(("，需", "，本年需", "，安排", "，本年安排"))
    return pen.case(
        "share_growth", pen.pick(PROJECTS), last, base, grow, rate, need, result, "。", total=result, soft=""
    )


def share_cut(rng: random.Random) -> Case:
    """A cut on last year: 上年60万元，按要求压减10%，安排54万元."""
    pen = Pen(rng)
    base = base_amount(pen, 20, 800)
    rate = pen.fig(pen.pick((3, 5, 8, 10, 15, 20)), "%", "share")
    result = pen.state("share", base * (Num(Fraction(1)) - rate), "万元")
    cut = pen.pick(("，按要求压减", "，压减", "，下降", "，本年减少"))
    return pen.case(
        "share_cut",
        "一般性支出上年安排",
        base,
        cut,
        rate,
        pen.pick(("，本年安排", "，安排", "，需")),
        result,
        "。",
        total=result,
        soft="",
    )


def share_off(rng: random.Random) -> Case:
    """A discount of the amount itself: 合同价50万元，按九折结算，需45万元."""
    pen = Pen(rng)
    base = base_amount(pen, 10, 600)
    off = pen.fig(pen.pick(("7", "8", "8.5", "9", "9.5")), "折", "share")
    result = pen.state("share", base * off, "万元")
    words = pen.pick(("，按", "，供应商按", "，协议供货按"))
    return pen.case(
        "share_off",
        pen.pick(("设备", "软件", "图书", "家具")),
        "市场报价",
        base,
        words,
        off,
        pen.pick(("优惠", "结算", "计价")),
        "，需",
        result,
        "。",
        total=result,
        soft="",
    )


def share_tiered(rng: random.Random) -> Case:
    """Tiers written out: 200万元×1.5%+(800万元-200万元)×1%=9万元."""
    pen = Pen(rng)
    edge = pen.fig(pen.pick((100, 200, 300, 500)), "万元", "amount")
    again = pen.fig(edge.plain, "万元", "amount")
    whole = pen.fig(int(edge.plain) + 10 * pen.whole(5, 90), "万元", "amount")
    first, second = (
        pen.fig(pen.pick(("1.5", "1.2", "2", "1.8")), "%", "share"),
        pen.fig(pen.pick(("1", "0.8", "0.5", "0.9")), "%", "share"),
    )
    minus = pen.sign(False, "+", "-")
    expr: Expr = edge * first + (whole + minus(again)) * second
    result = pen.state("equation", expr, "万元")
    op = pen.pick(("×", "*"))
    line = pen.terms((edge, op, first), ("(", whole, minus, again, ")", op, second))
    what = pen.pick(("监理费", "招标代理服务费", "预算评审费", "审计费"))
    return pen.case(
        "share_tiered", preface(pen, 0.2), what, "（差额定率累进）：", line, "=", result, "。", total=result
    )


def share_lump_full(rng: random.Random) -> Case:
    """A list of which a percentage is borne: …合计60万元，县级承担30%，即18万元."""
    pen = Pen(rng)
    entries = lumps(pen, 2, 4)
    whole = pen.state("sum", added([figure for _, figure in entries]), "万元")
    rate = pen.fig(pen.whole(10, 90, 10), "%", "share")
    result = pen.state("share", whole * rate, "万元")
    pieces = (
        listing(pen, entries, "、"),
        "，合计",
        whole,
        pen.pick(("，县级承担", "，区财政配套", "，市级补助")),
        rate,
        pen.pick(("，即", "，计")),
        result,
    )
    return pen.case("share_lump_full", *pieces, "。", total=result, or_total=whole)


STYLES = (
    share_growth, share_cut, share_off, share_tiered, share_lump_full,
)  # fmt: skip
