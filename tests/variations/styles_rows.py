"""Layouts and splits in further hands: totals that lead, three levels, steps of quantity, tax, three payers, 大写."""

from __future__ import annotations

import random
from fractions import Fraction

from .model import Case, Figure, Piece
from .parts import added, base_amount, counted, listing, once_rate, stated_item
from .pen import Pen, decimal
from .words import LUMPS, MONTHLY, ONCE, PROJECTS

LEVELS: tuple[tuple[str, ...], ...] = (
    ("中央", "省级", "市级"),
    ("省级", "市级", "县级"),
    ("中央财政", "省财政", "县财政"),
    ("市级", "区级", "镇级"),
)


def row_total_leads(rng: random.Random) -> Case:
    """A table whose total row stands first."""
    return priced_table(rng, "row_total_leads", "元", "元", leads=True)


def row_mixed_units(rng: random.Random) -> Case:
    """Prices in 元, amounts in 万元, each said in its head."""
    return priced_table(rng, "row_mixed_units", "元", "万元")


def priced_table(rng: random.Random, name: str, price: str, amount: str, leads: bool = False) -> Case:
    """Rows of label, quantity, price and amount below their heads, with a total row."""
    pen = Pen(rng)
    gap = pen.pick(("\t", "\t", " | "))
    worth = 10000 if amount == "万元" else 1
    entries: list[tuple[Piece, ...]] = []
    amounts: list[Figure] = []
    for item in pen.some([i for i in ONCE if i.rate_low >= 100], 2, 4):
        count = pen.fig(pen.whole(item.low, item.high), "", "count")
        rate = pen.headed(Fraction(pen.whole(item.rate_low, item.rate_high, item.step)), price, "rate")
        figure = pen.headed(pen.value(count * rate) / worth, amount, "result")
        pen.relate("equation", count * rate, figure)
        amounts.append(figure)
        entries.append((item.label, gap, count, gap, rate, gap, figure))
    total = pen.headed(pen.value(added(amounts)) / worth, amount, "result")
    pen.relate("sum", added(amounts), total)
    heads = gap.join(("项目", "数量", f"单价（{price}）", f"金额（{amount}）"))
    row: tuple[Piece, ...] = ("合计", gap, gap, gap, total)
    body: tuple[Piece, ...] = (listing(pen, entries, "\n"),)
    pieces = (*row, "\n", *body) if leads else (*body, "\n", *row)
    return pen.case(name, heads, "\n", *pieces, total=total)


def row_three_levels(rng: random.Random) -> Case:
    """Sub-totals at three levels: 一、（一）1."""
    pen = Pen(rng)
    pieces: list[Piece] = []
    tops: list[Figure] = []
    for top in range(2):
        middles: list[Figure] = []
        pieces += ["一二"[top], "、", ("人员类", "公用类")[top], "\n"]
        for middle in range(pen.whole(1, 2)):
            items = [stated_item(pen, item) for item in pen.some((*MONTHLY, *ONCE), 2, 3)]
            part = pen.state("sum", added([figure for _, figure in items]), "元")
            middles.append(part)
            pieces += ["（", "一二"[middle], "）", ("本级", "下属单位")[middle], "\n"]
            pieces += [listing(pen, [entry for entry, _ in items], "；", "1."), "；小计", part, "\n"]
        whole = middles[0] if len(middles) == 1 else pen.state("sum", added(middles), "元")
        if len(middles) > 1:
            pieces += [("人员类", "公用类")[top], "合计", whole, "\n"]
        tops.append(whole)
    total = pen.state("sum", added(tops), "元")
    return pen.case("row_three_levels", *pieces, "总计", total, total=total)


def row_steps_of_quantity(rng: random.Random) -> Case:
    """Steps of quantity: 首100份每份5元计500元，超出部分250份每份3元计750元，合计1250元."""
    pen = Pen(rng)
    counter = pen.pick(("份", "吨", "立方米", "千瓦时", "件"))
    first, more = pen.fig(pen.whole(50, 400, 10), counter, "count"), pen.fig(pen.whole(20, 900), counter, "count")
    high, low = pen.fig(pen.whole(6, 40), f"元/{counter}", "rate"), pen.fig(pen.whole(2, 5), f"元/{counter}", "rate")
    one, two = pen.state("equation", first * high, "元"), pen.state("equation", more * low, "元")
    result = pen.state("sum", one + two, "元")
    link = pen.pick(("计", "=", "，计"))
    pieces: tuple[Piece, ...] = (
        *("处置费：首", first, "×", high, link, one, "，超出部分", more, "×", low, link, two),
        *(pen.pick(("，合计", "，共计")), result, "。"),
    )
    return pen.case("row_steps_of_quantity", *pieces, total=result)


def row_tax_on_top(rng: random.Random) -> Case:
    """Tax on top: 不含税价50万元，税率6%，税额3万元，含税价53万元."""
    pen = Pen(rng)
    net = base_amount(pen, 10, 900)
    rate = pen.fig(pen.pick(("6", "13", "9", "3")), "%", "share")
    tax = pen.state("share", net * rate, "万元", soft="either")
    gross = pen.state("sum", net + tax, "万元", soft="either")
    words = pen.pick((("，增值税税率", "，税额"), ("，按", "计税，税金")))
    pieces = (
        "不含税价",
        net,
        words[0],
        rate,
        words[1],
        tax,
        pen.pick(("，含税价", "，含税总价", "，价税合计")),
        gross,
        "。",
    )
    return pen.case("row_tax_on_top", pen.pick(LUMPS), *pieces, total=gross)


def row_tax_taken_out(rng: random.Random) -> Case:
    """Tax taken out: 106万元÷（1+6%）=100万元."""
    pen = Pen(rng)
    rate = pen.fig(pen.pick(("6", "13", "9", "3")), "%", "share")
    net = pen.whole(5, 300)
    gross = pen.fig(decimal(Fraction(net) * (100 + int(rate.plain)) / 100), "万元", "amount")
    result = pen.state("equation", gross / (rate + 1), "万元")
    pieces = ("不含税金额：", gross, "÷（1+", rate, "）=", result, "。")
    return pen.case("row_tax_taken_out", *pieces, total=result)


def row_three_payers(rng: random.Random) -> Case:
    """Percentages first, amounts after: 按50%、30%、20%分担，分别为50万元、30万元、20万元."""
    pen = Pen(rng)
    names = pen.pick(LEVELS)
    cut = sorted(rng.sample(range(1, 10), 2))
    shares = [10 * cut[0], 10 * (cut[1] - cut[0]), 10 * (10 - cut[1])]
    base = pen.fig(10 * pen.whole(6, 500), "万元", "amount")
    rates = [pen.fig(s, "%", "share") for s in shares]
    results = [pen.state("share", base * rate, "万元") for rate in rates]
    percents: list[Piece] = []
    amounts: list[Piece] = []
    for index, (rate, result) in enumerate(zip(rates, results, strict=True)):
        percents += ["、" if index else "", rate]
        amounts += ["、" if index else "", result]
    pieces = (
        pen.pick(PROJECTS),
        "总投资",
        base,
        "，",
        "、".join(names),
        "分别承担",
        *percents,
        "，分别为",
        *amounts,
        "。",
    )
    return pen.case("row_three_payers", *pieces, total=results[-1], or_total=base)


def row_capitals(rng: random.Random) -> Case:
    """The total in capitals with its digits beside it: 合计人民币叁拾万伍仟元整（305000元）."""
    pen = Pen(rng)
    items = [stated_item(pen, item, "元") for item in pen.some(ONCE, 2, 3)]
    expr = added([figure for _, figure in items])
    total = pen.state("sum", expr, "元")
    again = pen.fig(total.plain, "元整", "fixed", "capital")
    line = listing(pen, [entry for entry, _ in items], "；")
    return pen.case("row_capitals", line, "。合计", total, "（大写：人民币", again, "）。", total=total)


def row_growth_twice(rng: random.Random) -> Case:
    """Growth in two steps: 2022年100万元，2023年增长10%为110万元，2024年增长10%为121万元."""
    pen = Pen(rng)
    base = pen.fig(100 * pen.whole(1, 40), "万元", "amount")
    rate, again = pen.fig(pen.whole(5, 20, 5), "%", "share"), pen.fig(pen.whole(5, 20, 5), "%", "share")
    one = pen.state("share", base * (rate + 1), "万元", soft="either")
    two = pen.state("share", one * (again + 1), "万元", soft="either")
    pieces = ("2022年经费", base, "，2023年增长", rate, "为", one, "，2024年再增长", again, "为", two, "。")
    return pen.case("row_growth_twice", *pieces, total=two)


def row_instalments(rng: random.Random) -> Case:
    """Instalments of a contract: 合同价200万元，首付30%计60万元，进度款50%计100万元，尾款20%计40万元."""
    pen = Pen(rng)
    price = pen.fig(10 * pen.whole(2, 200), "万元", "amount")
    cut = sorted(rng.sample(range(1, 10), 2))
    shares = [10 * cut[0], 10 * (cut[1] - cut[0]), 10 * (10 - cut[1])]
    pieces: list[Piece] = ["合同价", price]
    results: list[Figure] = []
    for name, share in zip(("首付", "进度款", "尾款"), shares, strict=True):
        rate = pen.fig(share, "%", "share")
        results.append(pen.state("share", price * rate, "万元", soft="either"))
        pieces += ["，", name, rate, "计", results[-1]]
    return pen.case("row_instalments", *pieces, "。", total=results[0], or_total=price)


def row_net_pay(rng: random.Random) -> Case:
    """Deductions from what is due: 应发50万元，扣除个人缴纳3万元、公积金2万元，实发45万元."""
    pen = Pen(rng)
    due = pen.amount(40, 400)
    one, two = pen.amount(1, 15), pen.amount(1, 15)
    result = pen.state("balance", due - one - two, "万元")
    pieces = (
        "应发工资",
        due,
        "，扣除个人社保",
        one,
        "、公积金",
        two,
        pen.pick(("，实发", "，实际发放", "，实际支付")),
        result,
        "。",
    )
    return pen.case("row_net_pay", *pieces, total=result, or_total=due)


def row_fullwidth_thousands(rng: random.Random) -> Case:
    """Full-width digits with full-width thousands: １２，３４５元."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.rate_low >= 100])
    count, rate = counted(pen, item), once_rate(pen, item)
    result = pen.state("equation", count * rate, "元", script="thousands")
    pieces = (item.label, "：", pen.product(count, rate, op="×"), "=", result, "。")
    return pen.case("row_fullwidth_thousands", *pieces, total=result, dress="fullwidth")


def row_two_exceptions(rng: random.Random) -> Case:
    """Two exceptions behind one rate: 30名每人4000元，其中8名每人6000元、5名每人5000元，共需…."""
    pen = Pen(rng)
    people = pen.fig(pen.whole(30, 200), "名", "count")
    few, some = pen.fig(pen.whole(2, 9), "名", "count"), pen.fig(pen.whole(3, 12), "名", "count")
    usual = pen.fig(pen.whole(1000, 4000, 100), "元", "rate")
    more, most = pen.fig(pen.whole(4100, 6000, 100), "元", "rate"), pen.fig(pen.whole(6100, 9000, 100), "元", "rate")
    expr = (people - few - some) * usual + few * more + some * most
    result = pen.state("composed", expr, "元", soft="composed")
    pieces = (
        "奖补",
        people,
        "，每人",
        usual,
        "，其中",
        few,
        "每人",
        more,
        "、",
        some,
        "每人",
        most,
        "，共需",
        result,
        "。",
    )
    return pen.case("row_two_exceptions", *pieces, total=result)


STYLES = (
    row_total_leads, row_mixed_units, row_three_levels, row_steps_of_quantity, row_tax_on_top, row_tax_taken_out,
    row_three_payers, row_capitals, row_growth_twice, row_instalments, row_net_pay, row_fullwidth_thousands,
    row_two_exceptions,
)  # fmt: skip
