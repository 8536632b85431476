"""Written arithmetic in further hands: lists in brackets, letters for figures, lists of 加 and 减, shifts and trips."""

from __future__ import annotations

import random
from fractions import Fraction

from .model import Case, Expr, Figure, Piece
from .parts import added, closing, counted, listing, lumps, once_rate, preface
from .pen import Pen, decimal
from .words import MONTHLY, ONCE, Item

FACILITIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("垃圾中转站改造", "座", ("大型", "小型", "移动式")),
    ("公厕提档", "座", ("一类", "二类", "三类")),
    ("充电车棚", "处", ("双排", "单排", "简易")),
    ("灌溉机井", "眼", ("深", "浅", "备用")),
    ("村史馆布展", "个", ("重点村", "一般村", "示范村")),
)
# Who goes out how often, and what each time costs.
TRIPS: tuple[tuple[str, str, int, int], ...] = (
    ("城乡公交夜间延时", "班次", 12, 90),
    ("渡口摆渡", "趟", 8, 60),
    ("送戏下乡", "场", 1500, 9000),
    ("流动体检车出诊", "车次", 200, 1200),
    ("河道巡查船", "航次", 60, 400),
    ("校车接送", "趟", 30, 160),
)


def hand_bracket_list(rng: random.Random) -> Case:
    """Products in a bracket, the amount behind it: （3座×5万元、15座×2.5万元）计52.5万元."""
    pen = Pen(rng)
    what, counter, sorts = pen.pick(FACILITIES)
    terms: list[Piece] = []
    exprs: list[Expr] = []
    for sort in pen.some(sorts, 2, 3):
        count = pen.fig(pen.whole(2, 40), counter, "count")
        rate = pen.fig(decimal(Fraction(pen.whole(5, 90), 10)), pen.pick(("万元", f"万元/{counter}")), "rate")
        terms.append((sort if pen.chance(0.4) else "", pen.product(count, rate, op="×")))
        exprs.append(count * rate)
    result = pen.state("equation", summed(exprs), "万元")
    line = pen.terms(*terms, op=pen.pick(("、", "，", "；", "+")))
    link = pen.pick(("计", "，计", "共计", "，共", "合计"))
    return pen.case("hand_bracket_list", what, "（", line, "）", link, result, closing(pen), total=result)


def hand_letters(rng: random.Random) -> Case:
    """Letters for figures: A=120人，B=300元/人，A×B=3.6万元."""
    pen = Pen(rng)
    item = pen.pick(ONCE)
    count, rate = counted(pen, item), once_rate(pen, item)
    result = pen.state("equation", count * rate)
    a, b = pen.pick((("A", "B"), ("a", "b"), ("Q", "P"), ("甲", "乙")))
    shape = pen.pick((("数量", "单价"), ("", ""), ("对象人数", "补助标准")))
    define = (shape[0], a, "=", count, pen.pick(("，", "；")), shape[1], b, "=", rate)
    pieces = (item.label, "：", *define, pen.pick(("，", "；", "。")), a, "×", b, "=", result, "。")
    return pen.case("hand_letters", *pieces, total=result)


def hand_named_terms(rng: random.Random) -> Case:
    """Names for amounts: 甲项3万元，乙项5万元；甲项+乙项=8万元."""
    pen = Pen(rng)
    names = pen.pick((("甲项", "乙项"), ("A项", "B项"), ("基本经费", "绩效经费"), ("人员部分", "公用部分")))
    one, two = pen.amount(2, 90), pen.amount(2, 90)
    result = pen.state("sum", one + two, "万元")
    again = "+".join(names)
    pieces = (
        names[0],
        one,
        "，",
        names[1],
        two,
        pen.pick(("；", "。", "，")),
        again,
        pen.pick(("=", "＝")),
        result,
        "。",
    )
    return pen.case("hand_named_terms", *pieces, total=result)


def hand_add_take(rng: random.Random) -> Case:
    """加： and 减： before the amounts: 上年基数50万元，加：新增3万元，减：一次性项目2万元，本年预算51万元."""
    pen = Pen(rng)
    base = pen.amount(40, 400)
    more, less = pen.amount(2, 30), pen.amount(2, 30)
    result = pen.state("balance", base + more - less, "万元", soft="either")
    mark = pen.pick(("：", "", ":"))
    gap = pen.pick(("，", "；", "\n"))
    pieces: tuple[Piece, ...] = (
        *("基本支出", base, gap, "加", mark, "新增任务", more, gap, "减", mark, "压减一般性支出", less),
        *(gap, pen.pick(("本年安排", "合计", "实际需要")), result, "。"),
    )
    return pen.case("hand_add_take", *pieces, total=result)


def hand_carried_over(rng: random.Random) -> Case:
    """Last year's rest: 全年需120万元，上年结转20万元，本年申请100万元."""
    pen = Pen(rng)
    need, left = pen.amount(60, 500), pen.amount(3, 50)
    result = pen.state("balance", need - left, "万元")
    words = pen.pick(
        (
            ("，使用上年结转", "，本年申请"),
            ("，抵扣上年结余", "，实际申请"),
            ("，扣除上年结转资金", "，本次申请"),
            ("，上年结转抵减", "，申请财政安排"),
        )
    )
    pieces = (preface(pen), "全年需", need, words[0], left, words[1], result, "。")
    return pen.case("hand_carried_over", *pieces, total=result, or_total=need)


def hand_unit_behind(rng: random.Random) -> Case:
    """A bracket of bare numbers, the unit behind it: （3.5+5+2.4）万元=10.9万元."""
    pen = Pen(rng)
    numbers = [pen.fig(decimal(Fraction(pen.whole(11, 600), 10)), "", "amount") for _ in range(pen.whole(2, 4))]
    result = pen.state("equation", summed([n * 10000 for n in numbers]), "万元")
    line = pen.terms(*numbers, op="+")
    return pen.case(
        "hand_unit_behind", "三项经费" if len(numbers) == 3 else "经费", "：（", line, "）万元=", result, total=result
    )


def hand_top_up(rng: random.Random) -> Case:
    """What is missing to a standard: 标准1200元/月，现发850元/月，补差350元/月×36人×12个月."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    now = pen.whole(item.rate_low, item.rate_high, 10)
    more = pen.whole(30, 400, 10)
    standard, paid = pen.fig(now + more, "元/月", "rate"), pen.fig(now, "元/月", "rate")
    each = pen.fig(more, "元/月", "rate")
    pen.relate("balance", standard - paid, each, soft="either", expected=False)
    count, time = counted(pen, item), pen.fig(12, "个月", "months")
    result = pen.state("equation", each * count * time)
    told = pen.pick((("标准为", "，现发放"), ("调整后", "，调整前"), ("最低工资", "，实发")))
    pieces = (
        item.label,
        told[0],
        standard,
        told[1],
        paid,
        "，补差：",
        pen.product(each, count, time),
        "=",
        result,
        "。",
    )
    return pen.case("hand_top_up", *pieces, total=result)


def hand_overtime(rng: random.Random) -> Case:
    """A base and overtime for each: （2490元/月×12月+20元/小时×300小时）×5人=17.94万元."""
    pen = Pen(rng)
    base = pen.fig(pen.whole(1800, 3600, 10), "元/月", "rate")
    time = pen.fig(12, "月", "months")
    each = pen.fig(pen.whole(12, 40), "元/小时", "rate")
    hours = pen.fig(pen.whole(40, 480, 10), "小时", "count")
    people = pen.fig(pen.whole(2, 60), "人", "count")
    result = pen.state("equation", (base * time + each * hours) * people)
    open_, close = pen.pick((("（", "）"), ("(", ")"), ("[", "]")))
    line = pen.product(
        (open_, pen.terms(pen.product(base, time, op="×"), pen.product(each, hours, op="×")), close), people
    )
    return pen.case("hand_overtime", "辅警基本工资及加班费：", line, pen.equals(), result, "。", total=result)


def hand_trips(rng: random.Random) -> Case:
    """A rate per trip, so many a day: 6趟/天×250天×18元/趟=2.7万元."""
    pen = Pen(rng)
    what, counter, low, high = pen.pick(TRIPS)
    each = pen.fig(pen.whole(2, 12), f"{counter}/天", "count")
    days = pen.fig(pen.whole(30, 360), "天", "count")
    rate = pen.fig(pen.whole(low, high), f"元/{counter}", "rate")
    result = pen.state("equation", each * days * rate)
    return pen.case(
        "hand_trips", what, "：", pen.product(each, days, rate), pen.equals(), result, closing(pen), total=result
    )


def hand_person_times(rng: random.Random) -> Case:
    """A rate per person and time: 5次×20人×100元/次·人=1万元."""
    pen = Pen(rng)
    what, time = pen.pick(
        (("志愿者交通补贴", "次"), ("专家咨询费", "场"), ("裁判员劳务费", "场"), ("外聘教师课酬", "期"))
    )
    times, people = pen.fig(pen.whole(2, 40), time, "count"), pen.fig(pen.whole(3, 60), "人", "count")
    unit = pen.pick((f"元/{time}·人", f"元/人·{time}", f"元/人/{time}", f"元/人{time}"))
    rate = pen.fig(pen.whole(50, 900, 10), unit, "rate")
    result = pen.state("equation", times * people * rate)
    return pen.case(
        "hand_person_times", what, "：", pen.product(times, people, rate), pen.equals(), result, "。", total=result
    )


def hand_quarters(rng: random.Random) -> Case:
    """Quarters, half-years and terms: 3.5万元/季度×4个季度=14万元."""
    pen = Pen(rng)
    what = pen.pick(("法律顾问费", "物业费", "系统巡检费", "车辆租金", "机房维保费"))
    unit, number = pen.pick((("季度", 4), ("季", 4), ("学期", 2), ("半年", 2), ("季度", 3)))
    rate = pen.fig(decimal(Fraction(pen.whole(5, 90), 10)), f"万元/{unit}", "rate")
    count = pen.fig(number, f"个{unit}", "count")
    result = pen.state("equation", rate * count)
    return pen.case(
        "hand_quarters", what, "：", pen.product(rate, count), pen.equals(), result, closing(pen), total=result
    )


def hand_half_years(rng: random.Random) -> Case:
    """Two halves of a year: 上半年32人×500元/月×6个月=9.6万元，下半年…，全年21.6万元."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    rate = pen.whole(item.rate_low, item.rate_high, item.step)
    halves: list[Figure] = []
    pieces: list[Piece] = [item.label, "："]
    for half in ("上半年", "下半年"):
        count = counted(pen, item)
        one, time = pen.fig(rate, "元/月", "rate"), pen.fig(6, "个月", "months")
        halves.append(pen.state("equation", count * one * time, "元"))
        pieces += [half, pen.product(count, one, time, op="×"), "=", halves[-1], "，"]
    result = pen.state("sum", added(halves), "元")
    return pen.case("hand_half_years", *pieces, pen.pick(("全年", "全年共", "全年合计")), result, "。", total=result)


def hand_labelled_terms(rng: random.Random) -> Case:
    """Labels inside a written sum: 工资3500元×12月+社保800元×12月+奖金5000元=5.66万元."""
    pen = Pen(rng)
    wage, dues = pen.fig(pen.whole(2000, 6000, 50), "元", "rate"), pen.fig(pen.whole(300, 1600, 10), "元", "rate")
    one, two = pen.fig(12, "月", "months"), pen.fig(12, "月", "months")
    bonus = pen.fig(pen.whole(1000, 30000, 500), "元", "amount")
    result = pen.state("equation", wage * one + dues * two + bonus, "元")
    mark = pen.pick(("", "：", ":"))
    line = pen.terms(
        ("工资", mark, pen.product(wage, one, op="×")),
        ("社保", mark, pen.product(dues, two, op="×")),
        ("年终奖", mark, bonus),
    )
    return pen.case("hand_labelled_terms", "聘用1人：", line, pen.equals(), result, "。", total=result)


def hand_times(rng: random.Random) -> Case:
    """A multiple: 3200元×1.5倍×12人=5.76万元."""
    pen = Pen(rng)
    rate = pen.fig(pen.whole(400, 5000, 100), "元", "rate")
    multiple = pen.fig(pen.pick(("1.5", "2", "3", "1.2")), "倍", "count")
    count = pen.fig(pen.whole(3, 200), "人", "count")
    result = pen.state("equation", rate * multiple * count)
    return pen.case(
        "hand_times", "节假日值班补助：", pen.product(rate, multiple, count), pen.equals(), result, "。", total=result
    )


def hand_nested(rng: random.Random) -> Case:
    """Brackets in brackets: [（12人+8人）×300元+2000元]×3期=2.4万元."""
    pen = Pen(rng)
    one, two = pen.fig(pen.whole(4, 60), "人", "count"), pen.fig(pen.whole(4, 60), "人", "count")
    rate, extra = pen.fig(pen.whole(100, 900, 10), "元", "rate"), pen.fig(pen.whole(500, 9000, 100), "元", "amount")
    times = pen.fig(pen.whole(2, 9), "期", "count")
    result = pen.state("equation", ((one + two) * rate + extra) * times)
    inner = pen.terms(pen.product(("（", one, "+", two, "）"), rate, op="×"), extra)
    return pen.case(
        "hand_nested", "培训班：", pen.product(("[", inner, "]"), times, op="×"), "=", result, "。", total=result
    )


def hand_bullets(rng: random.Random) -> Case:
    """Bullets before the items: ●培训费：30人×500元=1.5万元."""
    pen = Pen(rng)
    bullet = pen.pick(("●", "-", "•", "※", "◆ ", "* ", "—"))
    chosen: list[Item] = pen.some(ONCE, 2, 4)
    pieces: list[tuple[Piece, ...]] = []
    figures: list[Figure] = []
    for item in chosen:
        count, rate = counted(pen, item), once_rate(pen, item)
        figures.append(pen.state("equation", count * rate, "元"))
        pieces.append((bullet, item.label, "：", pen.product(count, rate, op="×"), "=", figures[-1]))
    result = pen.state("sum", added(figures), "元")
    return pen.case("hand_bullets", listing(pen, pieces, "\n"), "\n合计：", result, total=result)


def hand_short_unit(rng: random.Random) -> Case:
    """万 without 元 all through: 办公费3万、差旅费2.5万、会务费1.2万，计6.7万."""
    pen = Pen(rng)
    entries = lumps(pen, 2, 5, "万")
    result = pen.state("sum", added([f for _, f in entries]), "万")
    pen.relations[-1] = pen.relations[-1]._replace(unit="元")
    line = listing(pen, entries, pen.pick(("、", "，", "；")))
    return pen.case("hand_short_unit", line, pen.pick(("，计", "，合计", "，共计", "，共")), result, "。", total=result)


def hand_result_in_label(rng: random.Random) -> Case:
    """The result in the label's bracket: 培训费（1.5万元）：30人×500元/人."""
    pen = Pen(rng)
    entries: list[tuple[Piece, ...]] = []
    figures: list[Figure] = []
    for item in pen.some(ONCE, 2, 3):
        count, rate = counted(pen, item), once_rate(pen, item, spelled=True)
        figures.append(pen.state("equation", count * rate))
        entries.append((item.label, "（", figures[-1], "）：", pen.product(count, rate)))
    result = pen.state("sum", added(figures), "元")
    numbering = pen.pick(("1.", "（1）", "①"))
    return pen.case(
        "hand_result_in_label", listing(pen, entries, "；", numbering), "。合计", result, "。", total=result
    )


def summed(terms: list[Expr]) -> Expr:
    """The terms of a written sum."""
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


STYLES = (
    hand_bracket_list, hand_letters, hand_named_terms, hand_add_take, hand_carried_over, hand_unit_behind, hand_top_up,
    hand_overtime, hand_trips, hand_person_times, hand_quarters, hand_half_years, hand_labelled_terms, hand_times,
    hand_nested, hand_bullets, hand_short_unit, hand_result_in_label,
)  # fmt: skip
