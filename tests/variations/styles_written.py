"""Written equations: the order, the operators, the brackets, the remarks between operands."""

from __future__ import annotations

import random
from fractions import Fraction

from .model import Case, Piece
from .parts import closing, computed, counted, lumps, monthly_rate, months, once_rate, preface
from .pen import Pen, decimal
from .words import MONTHLY, OCCASIONS, ONCE, PROJECTS


def eq_plain(rng: random.Random) -> Case:
    """Label, product, result: 路灯维修：60盏×300元/盏=18000元."""
    pen = Pen(rng)
    label, product, expr = computed(pen, pen.pick(ONCE))
    result = pen.state("equation", expr)
    return pen.case(
        "eq_plain",
        preface(pen),
        label,
        pen.pick(("：", ":", "费用")),
        product,
        pen.equals(),
        result,
        closing(pen),
        total=result,
    )


def eq_months(rng: random.Random) -> Case:
    """Persons × monthly rate × months, the rate spelled in many ways."""
    pen = Pen(rng)
    label, product, expr = computed(pen, pen.pick(MONTHLY))
    result = pen.state("equation", expr)
    return pen.case("eq_months", label, "：", product, pen.equals(), result, closing(pen), total=result)


def eq_result_first(rng: random.Random) -> Case:
    """The result before its formula: 孤儿基本生活费需25.92万元（12人×1800元/人·月×12个月）."""
    pen = Pen(rng)
    label, product, expr = computed(pen)
    result = pen.state("equation", expr)
    shape = pen.whole(0, 3)
    pieces: tuple[Piece, ...]
    if shape == 0:
        pieces = (label, pen.pick(("", "需", "共需", "预计需要")), result, "（", product, "）", closing(pen))
    elif shape == 1:
        pieces = (label, pen.pick(("需资金", "")), result, "，即", product, "。")
    elif shape == 2:
        pieces = (label, "：", result, pen.equals(), product, "。")
    else:
        pieces = (label, "共计", result, "，测算过程：", product, "。")
    return pen.case("eq_result_first", *pieces, total=result)


def eq_labels_inside(rng: random.Random) -> Case:
    """Each operand has its name: 参训人员86人×培训标准350元/人·天×4天."""
    pen = Pen(rng)
    label, occasion, _, low, high, step = pen.pick(OCCASIONS)
    times = pen.fig(pen.whole(2, 12), occasion, "count")
    people = pen.fig(pen.whole(15, 160), pen.pick(("人", f"人/{occasion}")), "count")
    rate = pen.fig(pen.whole(low, high, step), pen.pick(("元/人·天", "元/人/天", "元/人天")), "rate")
    days = pen.fig(pen.whole(1, 5), "天", "count")
    expr = times * people * rate * days
    result = pen.state("equation", expr)
    product = pen.product(("年度计划", times), ("参加人员", people), ("综合定额标准", rate), ("时长", days))
    return pen.case("eq_labels_inside", label, "：", product, pen.equals(), result, closing(pen), total=result)


def eq_remarks(rng: random.Random) -> Case:
    """Remarks in brackets after an operand: 22人（其中女8人）×1500元（每月）×12个月."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count = counted(pen, item)
    rate = pen.fig(pen.whole(item.rate_low, item.rate_high, item.step), "元", "rate")
    time = months(pen)
    remark = pen.pick(
        ("（含新增人员）", "（在册人数）", f"（其中女性{max(1, int(count.plain) // 3)}人）", "（按2022年末人数）")
    )
    remark_rate = pen.pick(("（每月标准）", "/月（现行标准）", "（月标准）"))
    expr = count * rate * time
    result = pen.state("equation", expr)
    product = pen.product((count, remark), (rate, remark_rate), time)
    return pen.case("eq_remarks", item.label, "：", product, pen.equals(), result, "。", total=result)


def eq_words(rng: random.Random) -> Case:
    """Operators as words: 32个村乘以每村1.5万元等于48万元."""
    pen = Pen(rng)
    item = pen.pick(ONCE)
    count, rate = counted(pen, item), once_rate(pen, item)
    equality = pen.pick(("等于", "，等于", "，合计", "，共计", "，计"))
    result = pen.state("equation", count * rate)
    product = pen.product(count, (pen.pick(("", "单价", "标准")), rate), op=pen.pick(("乘以", "乘", " 乘以 ")))
    return pen.case("eq_words", item.label, pen.pick(("按", "：")), product, equality, result, "。", total=result)


def eq_words_mixed(rng: random.Random) -> Case:
    """Plus and minus as words: 物业管理费12万元加水电费3.4万元减上年结余1.4万元，等于14万元."""
    pen = Pen(rng)
    (one, first), (two, second) = lumps(pen, 2, 2, places=2, top=60)
    rest = pen.amount(1, 2, "万元", 1)
    minus = pen.sign(False, "加", "减")
    plus = pen.sign(True, "加", "减")
    expr = first + plus(second) + minus(rest)
    result = pen.state("equation", expr, "万元")
    pieces = (one, first, plus, two, second, minus, "上年结余", rest, pen.pick(("，等于", "等于")), result, "。")
    return pen.case("eq_words_mixed", *pieces, total=result)


def eq_brackets(rng: random.Random) -> Case:
    """A bracket of counts: (12+8)人×600元×3次, in any width."""
    pen = Pen(rng)
    label, occasion, _, low, high, step = pen.pick(OCCASIONS)
    open_, close = pen.pick((("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"), ("（", "）")))
    one, two = pen.fig(pen.whole(6, 90), "", "count"), pen.fig(pen.whole(4, 60), "", "count")
    rate = pen.fig(pen.whole(low, high, step), pen.pick(("元", "元/人次", "元/人")), "rate")
    times = pen.fig(pen.whole(2, 15), occasion, "count")
    expr = (one + two) * rate * times
    result = pen.state("equation", expr)
    product = pen.product((open_, one, "+", two, close, "人"), rate, times)
    return pen.case("eq_brackets", label, "：", product, pen.equals(), result, "。", total=result)


def eq_minus(rng: random.Random) -> Case:
    """A rate less a share borne by others: (4200元-600元)×15台."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.rate_low >= 500])
    full = pen.fig(pen.whole(item.rate_low * 2, item.rate_high * 2, 100), "元", "rate")
    own = pen.fig(pen.whole(100, item.rate_low, 50), "元", "rate")
    count = counted(pen, item)
    minus = pen.sign(False, "+", pen.pick(("-", "－", "−", "—")))
    expr = (full + minus(own)) * count
    result = pen.state("equation", expr)
    bracket = pen.pick((("(", ")"), ("（", "）")))
    product = pen.product((bracket[0], full, minus, own, bracket[1]), count)
    return pen.case("eq_minus", item.label, "（扣除自筹部分）：", product, pen.equals(), result, "。", total=result)


def eq_terms(rng: random.Random) -> Case:
    """Several products in one line: 3人×2000元/月×12月+5万元+20套×300元=..."""
    pen = Pen(rng)
    _, first, a = computed(pen, pen.pick(MONTHLY))
    _, second, b = computed(pen, pen.pick(ONCE))
    extra = pen.amount(1, 30, "万元", 1)
    plus = pen.pick(("+", "+", "＋", " + "))
    expr = a + b + extra
    result = pen.state("equation", expr, "万元")
    parts: list[Piece] = [first, second, extra]
    rng.shuffle(parts)
    line = pen.terms(*parts, op=plus)
    return pen.case("eq_terms", preface(pen), "测算过程：", line, pen.equals(), result, "。", total=result)


def eq_scaled_count(rng: random.Random) -> Case:
    """A scale on the count: 4.6万人×120元/人·年=552万元."""
    pen = Pen(rng)
    what, counter = pen.pick(
        (
            ("城乡居民基本医疗保险补助", "人"),
            ("基本公共卫生服务经费", "人"),
            ("耕地地力保护补贴", "亩"),
            ("公益林生态效益补偿", "亩"),
        )
    )
    count = pen.fig(decimal(Fraction(pen.whole(11, 980), 10)), f"万{counter}", "count")
    rate = pen.fig(
        pen.whole(15, 640, 5), pen.pick((f"元/{counter}", f"元/{counter}·年", f"元/{counter}/年", "元")), "rate"
    )
    result = pen.state("equation", count * rate, "万元")
    return pen.case(
        "eq_scaled_count", what, "：", pen.product(count, rate), pen.equals(), result, closing(pen), total=result
    )


def eq_scaled_money(rng: random.Random) -> Case:
    """A scale on the rate: 46所×1.35万元/所=62.1万元."""
    pen = Pen(rng)
    what, counter = pen.pick(
        (
            ("校园周界报警设施", "所"),
            ("村级文化广场建设", "个"),
            ("农田机井维护", "眼"),
            ("乡镇消防站器材配备", "处"),
            ("公路隐患点整治", "处"),
        )
    )
    count = pen.fig(pen.whole(3, 160), counter, "count")
    rate = pen.fig(decimal(Fraction(pen.whole(12, 980), 100), 2), pen.pick((f"万元/{counter}", "万元")), "rate")
    result = pen.state("equation", count * rate, "万元")
    return pen.case(
        "eq_scaled_money", what, "：", pen.product(count, rate), pen.equals(), result, closing(pen), total=result
    )


def eq_discount(rng: random.Random) -> Case:
    """A discount at the end: 26台×4500元/台×9折, or ×90%."""
    pen = Pen(rng)
    label, product, expr = computed(pen, pen.pick([i for i in ONCE if i.rate_low >= 60]))
    share = (
        pen.fig(pen.pick(("7", "8", "8.5", "9", "9.5")), "折", "share")
        if pen.chance(0.5)
        else pen.fig(pen.whole(50, 95, 5), "%", "share")
    )
    result = pen.state("equation", expr * share)
    sign = product.separator
    line = pen.product(*(p.pieces[0] for p in product.parts), share, op=sign)
    return pen.case("eq_discount", label, "：", line, pen.equals(), result, "。", total=result)


def eq_percent(rng: random.Random) -> Case:
    """A percentage of an amount: 1260万元×3.5%=44.1万元."""
    pen = Pen(rng)
    base = pen.amount(200, 6000, "万元", 0)
    per_mille = pen.chance(0.25)
    rate = pen.fig(decimal(Fraction(pen.whole(5, 95), 10)), "‰" if per_mille else "%", "share")
    what = pen.pick(("监理费", "设计费", "项目管理费", "招标代理费", "不可预见费", "手续费"))
    result = pen.state("equation", base * rate)
    pieces = (pen.pick(PROJECTS), what, "：", base, pen.pick(("×", "*", "x")), rate, pen.equals(), result, "。")
    return pen.case("eq_percent", *pieces, total=result)


def eq_bare(rng: random.Random) -> Case:
    """Numbers without units: 5510*1060*12=7008.72万元."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count = pen.fig(pen.whole(2200, 9800), pen.pick(("", "人")), "count")
    rate = pen.fig(pen.whole(150, 1600, 10), "", "rate")
    time = pen.fig(12, "", "months")
    result = pen.state("equation", count * rate * time, "万元")
    line = pen.product(count, rate, time, op=pen.pick(("*", "×", "x")))
    return pen.case("eq_bare", item.label, "：", line, pen.equals(), result, total=result)


def eq_total_only(rng: random.Random) -> Case:
    """No result in the basis: the form's total is what the expression must give."""
    pen = Pen(rng)
    label, product, expr = computed(pen, pen.pick(MONTHLY))
    extra = pen.amount(1, 20, "万元", 1)
    if pen.chance(0.5):
        return pen.case("eq_total_only", label, "：", product, total=expr)
    line = pen.terms(product, extra)
    return pen.case("eq_total_only", line, total=expr + extra)


def eq_range_months(rng: random.Random) -> Case:
    """Months as a range: 36人×420元/月×9个月（4-12月）."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    first = pen.whole(2, 8)
    time = pen.fig(13 - first, "个月", "months")
    remark = pen.pick((f"（{first}-12月）", f"（{first}月至12月）", f"（自{first}月起）"))
    count, rate = counted(pen, item), monthly_rate(pen, item)
    result = pen.state("equation", count * rate * time)
    line = pen.product(count, rate, (time, remark))
    return pen.case("eq_range_months", item.label, "：", line, pen.equals(), result, "。", total=result)


def eq_months_unwritten(rng: random.Random) -> Case:
    """The year's months are meant and not written: 1500人×80元/月=144万元 (a warning, and right)."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count = counted(pen, item)
    rate = pen.fig(
        pen.whole(item.rate_low, item.rate_high, item.step), pen.pick(("元/人/月", "元/月", "元/人·月")), "rate"
    )
    result = pen.state("equation", count * rate * 12)
    line = pen.product(count, rate)
    return pen.case(
        "eq_months_unwritten", item.label, "：", line, pen.equals(), result, "。", total=result, review="漏写月数"
    )


STYLES = (
    eq_plain, eq_months, eq_result_first, eq_labels_inside, eq_remarks, eq_words, eq_words_mixed, eq_brackets,
    eq_minus, eq_terms, eq_scaled_count, eq_scaled_money, eq_discount, eq_percent, eq_bare, eq_total_only,
    eq_range_months, eq_months_unwritten,
)  # fmt: skip
