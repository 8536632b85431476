"""Composed readings: the words give the arithmetic, no operator is written. They may only ask."""

from __future__ import annotations

import random

from .model import Case
from .parts import EACH, bare, closing, counted
from .pen import Pen
from .words import MONTHLY, OCCASIONS, ONCE


def prose_monthly(rng: random.Random) -> Case:
    """聘用12名护林员，每人每月1800元，12个月共25.92万元."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count, rate = counted(pen, item), bare(pen, item)
    time = pen.fig(12, "个月", "months") if pen.chance(0.7) else pen.fig(pen.whole(2, 11), "个月", "months")
    result = pen.state("composed", count * rate * time, soft="composed")
    pieces = (
        item.label,
        "：",
        count,
        pen.pick(("，每人每月", "，人均每月", "，月人均")),
        rate,
        "，",
        time,
        pen.pick(("，共", "，共计", "，合计", "，共需")),
        result,
    )
    return pen.case("prose_monthly", *pieces, closing(pen), total=result)


def prose_year_words(rng: random.Random) -> Case:
    """全年 stands for the months: 每人每月300元，全年需121.32万元."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count, rate = counted(pen, item), bare(pen, item)
    result = pen.state("composed", count * rate * 12, soft="composed")
    words = pen.pick(("，全年需", "，全年共需", "，一年共计", "，全年合计"))
    return pen.case(
        "prose_year_words", item.label, "共", count, "，每人每月", rate, words, result, closing(pen), total=result
    )


def prose_hidden_months(rng: random.Random) -> Case:
    """Months that no word says: 337人，每人每月300元，需121.32万元."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count, rate = counted(pen, item), bare(pen, item)
    result = pen.state("composed", count * rate * 12, soft="composed")
    return pen.case(
        "prose_hidden_months",
        item.label,
        "：",
        count,
        "，每人每月",
        rate,
        pen.pick(("，需资金", "，共需", "，需")),
        result,
        "。",
        total=result,
    )


def prose_once(rng: random.Random) -> Case:
    """拟资助55名新生，每人3000元，共计16.5万元."""
    pen = Pen(rng)
    item = pen.pick(ONCE)
    count, rate = counted(pen, item), bare(pen, item)
    each = EACH.get(item.counter, f"每{item.counter}")
    link = pen.pick((f"，{each}", f"，按{each}", "，单价"))
    # 数量 and 单价 may be taken for a row under heads, which may accuse.
    result = pen.state("composed", count * rate, soft="either" if link == "，单价" else "composed")
    pieces = (item.label, pen.pick(("", "计划", "预计")), count, link, rate)
    return pen.case(
        "prose_once", *pieces, pen.pick(("，共计", "，共需", "，合计", "，需资金")), result, closing(pen), total=result
    )


def prose_standard(rng: random.Random) -> Case:
    """The rate first: 按照每户1200元的标准，对350户给予补助，需42万元."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.counter in EACH])
    count, rate = counted(pen, item), bare(pen, item)
    result = pen.state("composed", count * rate, soft="composed")
    pieces = (
        item.label,
        pen.pick(("按", "按照", "，按")),
        EACH[item.counter],
        rate,
        "的标准，",
        pen.pick(("共", "涉及", "计划实施")),
        count,
    )
    return pen.case(
        "prose_standard",
        *pieces,
        pen.pick(("，需", "，共需", "，需补助资金", "，所需经费")),
        result,
        "。",
        total=result,
    )


def prose_result_first(rng: random.Random) -> Case:
    """需16.5万元，用于资助55人，每人3000元."""
    pen = Pen(rng)
    item = pen.pick(ONCE)
    count, rate = counted(pen, item), bare(pen, item)
    result = pen.state("composed", count * rate, soft="composed")
    each = EACH.get(item.counter, f"每{item.counter}")
    return pen.case(
        "prose_result_first",
        pen.pick(("需", "共需", "申请")),
        result,
        "，用于",
        item.label,
        count,
        "，",
        each,
        rate,
        "。",
        total=result,
    )


def prose_times(rng: random.Random) -> Case:
    """举办6期培训班，每期80人，每人300元，共14.4万元."""
    pen = Pen(rng)
    label, occasion, _, low, high, step = pen.pick(OCCASIONS)
    times, people = pen.fig(pen.whole(2, 16), occasion, "count"), pen.fig(pen.whole(15, 150), "人", "count")
    rate = pen.fig(pen.whole(low, high, step), "元", "rate")
    result = pen.state("composed", times * people * rate, soft="composed")
    pieces = (
        pen.pick(("举办", "开展", "全年组织")),
        label,
        times,
        f"，每{occasion}",
        people,
        pen.pick(("，每人", "，人均")),
        rate,
    )
    return pen.case(
        "prose_times", *pieces, pen.pick(("，共", "，共计", "，合计", "，需")), result, closing(pen), total=result
    )


def prose_days(rng: random.Random) -> Case:
    """A daily rate: 18人，每人每天120元，200天，共43.2万元."""
    pen = Pen(rng)
    who, unit, low, high = pen.pick(
        (
            ("学生营养餐补助", "人", 4, 12),
            ("值守人员误餐补助", "人", 30, 120),
            ("志愿者交通补助", "名", 20, 80),
            ("集中供养老人伙食补助", "人", 15, 40),
        )
    )
    count = pen.fig(pen.whole(8, 900), unit, "count")
    rate = pen.fig(pen.whole(low, high), "元", "rate")
    days = pen.fig(pen.pick((200, 365, 250, 180, 30, 60, 15)), "天", "months")
    result = pen.state("composed", count * rate * days, soft="composed")
    each = pen.pick(("，每人每天", "，每人每日"))
    opening, end = pen.pick(
        (("，全年按", "计，需"), ("，共", "，计"), ("，", "，共计"), ("，按", "计算，需"), ("，", "合计"))
    )
    return pen.case("prose_days", who, "：", count, each, rate, opening, days, end, result, "。", total=result)


def prose_sentences(rng: random.Random) -> Case:
    """Two sentences: 现有在册人员386人。人均补助标准每年1200元，所需资金46.32万元."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.counter in ("人", "户", "亩", "公里", "个")])
    count = counted(pen, item)
    rate = pen.fig(pen.whole(item.rate_low, item.rate_high, item.step), f"元/{item.counter}", "rate")
    result = pen.state("composed", count * rate, soft="composed")
    pieces = (
        pen.pick(("经摸底，", "据统计，", "")),
        item.label,
        pen.pick(("共涉及", "任务数", "现有")),
        count,
        "。",
        pen.pick(("补助标准为", "标准为", "执行标准")),
        rate,
    )
    return pen.case(
        "prose_sentences", *pieces, pen.pick(("，所需资金", "。共需资金", "，经费需求")), result, "。", total=result
    )


def prose_average(rng: random.Random) -> Case:
    """人均, 户均, 亩均: 惠及850户，户均补助1200元，共102万元."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.counter in ("人", "户", "亩")])
    count, rate = counted(pen, item), bare(pen, item)
    result = pen.state("composed", count * rate, soft="composed")
    return pen.case(
        "prose_average",
        item.label,
        pen.pick(("惠及", "覆盖", "涉及")),
        count,
        f"，{item.counter}均",
        pen.pick(("补助", "", "标准")),
        rate,
        pen.pick(("，共", "，共需", "，合计")),
        result,
        "。",
        total=result,
    )


STYLES = (
    prose_monthly, prose_year_words, prose_hidden_months, prose_once, prose_standard, prose_result_first, prose_times,
    prose_days, prose_sentences, prose_average,
)  # fmt: skip
