"""Arithmetic among numbers that are none of it: years, documents, telephones, last year's figures, ceilings."""

from __future__ import annotations

import random

from .model import Case, Piece
from .parts import added, counted, items, listing, lumps, once_rate, stated_item
from .pen import Pen
from .words import CEILINGS, CLOSINGS, LAST_YEAR, LUMPS, MONTHLY, NAMES_WITH_NUMBERS, ONCE, PREFACES, REASONS


def noise_documents(rng: random.Random) -> Case:
    """Document numbers, dates and ages around an equation."""
    pen = Pen(rng)
    entry, result = stated_item(pen)
    before = "".join(pen.some(PREFACES, 1, 3))
    return pen.case("noise_documents", before, entry, "。", *pen.some(CLOSINGS, 1, 2), total=result)


def noise_last_year(rng: random.Random) -> Case:
    """Last year's figures beside this year's equation."""
    pen = Pen(rng)
    entry, result = stated_item(pen)
    last = pen.pick(LAST_YEAR).format(pen.whole(11, 95), pen.whole(81, 99))
    return pen.case("noise_last_year", last, pen.pick(("本年", "2023年", "今年")), entry, "。", total=result)


def noise_ceiling(rng: random.Random) -> Case:
    """A ceiling beside the result is no claim."""
    pen = Pen(rng)
    entry, result = stated_item(pen, pen.pick(ONCE))
    top = int(pen.value(result) / 10000) + pen.whole(2, 30)
    words = pen.pick(CEILINGS).format(top)
    pieces: tuple[Piece, ...] = (words, entry, "。") if words.endswith("，") else (entry, words, "。")
    return pen.case("noise_ceiling", *pieces, total=result)


def noise_long(rng: random.Random) -> Case:
    """A paragraph of reasons, then the measure, then a list."""
    pen = Pen(rng)
    entries = items(pen, 2, 3)
    result = pen.state("sum", added([figure for _, figure in entries]))
    reasons = pen.pick(REASONS)
    line = listing(pen, [e for e, _ in entries], "；", pen.pick(("1.", "（1）", "一是")))
    return pen.case(
        "noise_long", reasons, line, "。", pen.pick(("合计", "以上共计", "共需资金")), result, "。", total=result
    )


def noise_names(rng: random.Random) -> Case:
    """Names that hold numbers: “六个一”工程, 第三小学, 110指挥中心."""
    pen = Pen(rng)
    item = pen.pick(NAMES_WITH_NUMBERS)
    count, rate = counted(pen, item), once_rate(pen, item)
    result = pen.state("equation", count * rate)
    return pen.case(
        "noise_names",
        item.label,
        pen.pick(("经费：", "：", "支出：")),
        pen.product(count, rate),
        pen.equals(),
        result,
        "。",
        total=result,
    )


def noise_quantities(rng: random.Random) -> Case:
    """Sizes and models beside the price: 65英寸一体机12台×8500元/台."""
    pen = Pen(rng)
    name, counter, low, high = pen.pick(
        (
            ("65英寸会议一体机", "台", 6000, 16000),
            ("A4复印纸（70克）", "箱", 120, 220),
            ("16座通勤车租赁", "辆", 8000, 26000),
            ("1.8米铁皮文件柜", "组", 600, 1400),
            ("500毫升消毒液", "瓶", 6, 28),
            ("5吨洒水车租赁", "辆", 9000, 30000),
            ("8GB内存条", "根", 150, 480),
        )
    )
    count = pen.fig(pen.whole(2, 60), counter, "count")
    rate = pen.fig(pen.whole(low, high, 2), f"元/{counter}", "rate")
    result = pen.state("equation", count * rate)
    return pen.case("noise_quantities", name, pen.product(count, rate), pen.equals(), result, "。", total=result)


def noise_zero(rng: random.Random) -> Case:
    """An item of nothing in a list: 差旅费0万元."""
    pen = Pen(rng)
    entries = lumps(pen, 2, 4)
    zero = pen.fig(0, "万元", "fixed")
    label = pen.pick([name for name in LUMPS if name not in {e[0] for e in entries}])
    result = pen.state("sum", added([figure for _, figure in entries]), "万元")
    return pen.case("noise_zero", listing(pen, entries, "，"), "，", label, zero, "，合计", result, "。", total=result)


def noise_coverage(rng: random.Random) -> Case:
    """Percentages and rates that are goals, not factors: 覆盖率达到95%."""
    pen = Pen(rng)
    entry, result = stated_item(pen)
    goal = pen.pick(("服务覆盖率达到{}%，", "群众满意度不低于{}%，", "设备完好率{}%以上，", "按期完成率{}%，")).format(
        pen.whole(85, 99)
    )
    where = pen.chance(0.5)
    pieces: tuple[Piece, ...] = (goal, entry, "。") if where else (entry, "。", goal.rstrip("，"), "。")
    return pen.case("noise_coverage", *pieces, total=result)


def noise_ask_lead(rng: random.Random) -> Case:
    """The whole project's amount and what is applied for now: the request leads."""
    pen = Pen(rng)
    entry, result = stated_item(pen, pen.pick(ONCE))
    whole = pen.fig(int(pen.value(result) / 10000) * 3 + pen.whole(20, 200), "万元", "fixed")
    pieces = (
        pen.pick(("民生实事项目", "乡村振兴示范项目", "公共服务提升工程")),
        "概算总投资",
        whole,
        "，分三年实施。",
        pen.pick(("本年申请：", "本次申请资金测算：", "本年度测算：")),
        entry,
    )
    return pen.case("noise_ask_lead", *pieces, "。", total=result)


def noise_people_change(rng: random.Random) -> Case:
    """Counts of another year beside the one that is used."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count = counted(pen, item)
    rate = pen.fig(pen.whole(item.rate_low, item.rate_high, item.step), "元/人·月", "rate")
    time = pen.fig(12, "个月", "months")
    result = pen.state("equation", count * rate * time)
    other = max(2, int(count.plain) - pen.whole(1, 9))
    before = f"2022年末{item.label}对象{other}人，预计2023年有所增加。"
    return pen.case(
        "noise_people_change",
        before,
        "测算：",
        pen.product(count, rate, time),
        pen.equals(),
        result,
        "。",
        total=result,
    )


def noise_lump(rng: random.Random) -> Case:
    """One lump and nothing computed: 按实结算，共计约20万元 (no-formula)."""
    pen = Pen(rng)
    figure = pen.amount(5, 90, "万元", 0)
    words = pen.pick(
        ("按实际发生结算，共计约{}", "据实列支，预计{}", "参照往年水平，需{}", "根据合同约定，费用{}")
    ).split("{}")
    total = pen.fig(figure.plain, "万元", "total")
    case = pen.case("noise_lump", pen.pick(LUMPS), "，", words[0], figure, words[1], "。", status="no-formula")
    return case._replace(total=total.digits + total.unit)


STYLES = (
    noise_documents, noise_last_year, noise_ceiling, noise_long, noise_names, noise_quantities, noise_zero,
    noise_coverage, noise_ask_lead, noise_people_change, noise_lump,
)  # fmt: skip
