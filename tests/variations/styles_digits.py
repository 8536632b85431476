"""The same equations with numbers in other dress: separators, scripts, rounding, and what files do to them."""

from __future__ import annotations

import random
from fractions import Fraction

from .model import Case, Figure
from .parts import closing, computed, counted, monthly_rate, once_rate
from .pen import Pen, decimal, places_for
from .words import MONTHLY, OCCASIONS, ONCE


def num_thousands(rng: random.Random) -> Case:
    """Separators and 分: 26台×4,500.00元/台=117,000.00元."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.rate_high >= 1000])
    count = counted(pen, item)
    cents = pen.chance(0.5)
    number = pen.whole(max(1000, item.rate_low), max(2000, item.rate_high), item.step)
    rate = pen.fig(f"{number}.00" if cents else str(number), f"元/{item.counter}", "rate", "thousands")
    result = pen.state("equation", count * rate, "元", places=2 if cents else 0, script="thousands")
    return pen.case(
        "num_thousands", item.label, "：", pen.product(count, rate), pen.equals(), result, closing(pen), total=result
    )


def num_fullwidth(rng: random.Random) -> Case:
    """Everything in full width: １２人×６００元＝７２００元."""
    pen = Pen(rng)
    label, product, expr = computed(pen)
    result = pen.state("equation", expr)
    line = pen.product(*(p.pieces[0] for p in product.parts), op=pen.pick(("×", "*")))
    return pen.case("num_fullwidth", label, "：", line, "=", result, "。", total=result, dress="fullwidth")


def num_traditional(rng: random.Random) -> Case:
    """Traditional characters: 2.2萬人×120元/人=264萬元."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.counter == "人"])
    count = pen.fig(Fraction(pen.whole(3, 90), 10), "万人", "count")
    rate = once_rate(pen, item)
    result = pen.state("equation", count * rate, "万元")
    pieces = (item.label, "：", pen.product(count, rate, op="×"), "=", result, "。")
    return pen.case("num_traditional", *pieces, total=result, dress="traditional")


def num_chinese(rng: random.Random) -> Case:
    """Numbers in words: 三十六户，每户补助一千二百元 written with 乘以."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.high <= 900 and i.rate_low >= 100])
    count = pen.fig(pen.whole(item.low, item.high), item.counter, "count", "chinese")
    rate = pen.fig(pen.whole(item.rate_low, item.rate_high, item.step), "元", "rate", "chinese")
    script = pen.pick(("chinese", "arabic"))
    unit = "元" if script == "chinese" else None
    result = pen.state("equation", count * rate, unit, script=script)
    line = pen.product(count, (pen.pick(("", "每" + item.counter)), rate), op=pen.pick(("乘以", "×")))
    return pen.case(
        "num_chinese", item.label, "：", line, pen.pick(("，等于", "=", "，合计")), result, "。", total=result
    )


def num_capital(rng: random.Random) -> Case:
    """The result in capitals beside its digits: =36000元（大写：叁万陆仟元整）."""
    pen = Pen(rng)
    label, product, expr = computed(pen)
    result = pen.state("equation", expr, "元", places=0)
    capital = pen.fig(result.plain, pen.pick(("元整", "圆整", "元整")), "amount", "capital")
    # No claim, but an error where they disagree.
    pen.relate("capital", capital, result, expected=False)
    opening, end = pen.pick((("（大写：", "）"), ("（人民币", "）"), ("（大写人民币", "）")))
    pieces = (label, "：", product, pen.equals(), result, opening, capital, end, "。")
    return pen.case("num_capital", *pieces, total=result)


def num_rounded(rng: random.Random) -> Case:
    """A result at a coarser place: 337人×460元/人=15.5万元."""
    pen = Pen(rng)
    label, product, expr = computed(pen)
    result = pen.state("equation", expr, "万元", places=places_for(pen.value(expr)))
    return pen.case("num_rounded", label, "：", product, pen.equals(), result, closing(pen), total=result)


def num_coarse(rng: random.Random) -> Case:
    """A result that ends in zeros, near enough: 219.4... written 2200万元."""
    pen = Pen(rng)
    count = pen.fig(Fraction(pen.whole(201, 990), 10), "万人", "count")
    rate = pen.fig(pen.whole(41, 98), "元/人", "rate")
    exact = pen.value(count * rate) / 10000
    rough = int((exact + 5) // 10 * 10)
    result = pen.fig(rough, "万元", "result")
    pen.relate("equation", count * rate, result)
    pieces = ("基本公共卫生服务补助：", pen.product(count, rate), pen.equals(), result, "。")
    return pen.case("num_coarse", *pieces, total=result)


def num_about(rng: random.Random) -> Case:
    """A hedged result: ≈15.5万元, 约15.5万元."""
    pen = Pen(rng)
    label, product, expr = computed(pen)
    value = pen.value(expr)
    places = 0 if value > 2 * 10**6 else 1 if value > 2 * 10**5 else 2 if value > 2 * 10**4 else 4
    result = pen.state("equation", expr, "万元", places=places, hedged=True)
    equality, tail = pen.pick(
        (("≈", ""), ("，约", ""), ("=约", ""), ("，约为", ""), (" ≈ ", ""), ("=", "左右"), ("，合计", "左右"))
    )
    return pen.case("num_about", label, "：", product, equality, result, tail, "。", total=result)


def num_hundred_million(rng: random.Random) -> Case:
    """Results in 亿元: 310万人×610元/人=18.91亿元."""
    pen = Pen(rng)
    count = pen.fig(pen.whole(61, 940), "万人", "count")
    rate = pen.fig(pen.whole(240, 680, 10), pen.pick(("元/人", "元/人·年", "元")), "rate")
    result = pen.state("equation", count * rate, "亿元", places=None if pen.chance(0.6) else 2)
    what = pen.pick(("城乡居民基本医疗保险财政补助", "城乡义务教育生均公用经费", "基本养老金财政补助"))
    return pen.case(
        "num_hundred_million", what, "：", pen.product(count, rate), pen.equals(), result, closing(pen), total=result
    )


def num_mixed(rng: random.Random) -> Case:
    """A thousand as a unit: 20人×3千元=6万元, and 5万8千元 as one number."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.rate_low >= 500])
    count = counted(pen, item)
    rate = pen.fig(pen.whole(1, 9), "千元", "rate")
    result = pen.state("equation", count * rate)
    line = pen.product(count, (pen.pick(("", "每" + item.counter)), rate))
    return pen.case("num_mixed", item.label, "：", line, pen.equals(), result, closing(pen), total=result)


def torn(pen: Pen, figure: Figure, script: str) -> Figure:
    """The figure as a PDF's layout leaves it; its key stays."""
    again = Figure(figure.key, figure.plain, figure.unit, figure.role, script, figure.hedged)
    pen.figures[figure.key] = again
    return again


def dmg_blanks(rng: random.Random) -> Case:
    """Blanks that PDF extraction leaves: 12人×3000元=3 .6 万元, 82, 000.00元."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.rate_low >= 100])
    count, rate = counted(pen, item), once_rate(pen, item)
    expr = count * rate
    if pen.chance(0.4):
        result = pen.state("equation", expr, "元", places=2, script="thousands-blank")
    else:
        plain = decimal(pen.value(expr) / 10000, None)
        plain = plain if "." in plain else plain + ".0"
        result = pen.fig(plain, " 万元", "result", "spaced")
        pen.relate("equation", expr, result)
    op = pen.pick((" × ", "× ", " ×", "×"))
    return pen.case(
        "dmg_blanks", item.label, " ：", pen.product(count, rate, op=op), " = ", result, total=result, unit="万元"
    )


def dmg_breaks(rng: random.Random) -> Case:
    """A line break between a number and its unit, or after an operator."""
    pen = Pen(rng)
    item = pen.pick(ONCE)
    count = pen.fig(pen.whole(item.low, item.high), pen.pick(("\n", "")) + item.counter, "count")
    rate = once_rate(pen, item)
    result = pen.state("equation", count * rate)
    broken = Figure(result.key, result.plain, pen.pick(("\n", "")) + result.unit, "result")
    pen.figures[broken.key] = broken
    line = pen.product(count, rate, op=pen.pick(("×\n", "\n×", "×")))
    return pen.case(
        "dmg_breaks", item.label, "：", line, pen.pick(("=", "=\n", "\n=")), broken, "。", total=broken, unit="万元"
    )


def dmg_markup(rng: random.Random) -> Case:
    """Rich-text residue: <p>…</p>, &nbsp;, <br/>."""
    pen = Pen(rng)
    one, two = pen.some(ONCE, 2, 2)
    label, product, expr = computed(pen, one)
    label2, product2, expr2 = computed(pen, two)
    a, b = pen.state("equation", expr), pen.state("equation", expr2)
    result = pen.state("sum", a + b)
    opening, end, gap = pen.pick(
        (
            ("<p>", "</p>", ""),
            ("<p>", "</p>", "\n"),
            ("", "<br/>", ""),
            ("<div>", "</div>", "&nbsp;"),
            ("<p><span>", "</span></p>", ""),
        )
    )
    pieces = (
        opening,
        label,
        "：",
        product,
        "=",
        a,
        "；",
        end,
        gap,
        opening,
        label2,
        "：",
        product2,
        "=",
        b,
        "；",
        end,
        gap,
    )
    return pen.case("dmg_markup", *pieces, opening, "合计", result, "。", end, total=result)


def num_chinese_counts(rng: random.Random) -> Case:
    """Counts in words and money in digits: 举办六期培训班，每期八十人×300元."""
    pen = Pen(rng)
    label, occasion, _, low, high, step = pen.pick(OCCASIONS)
    times = pen.fig(pen.whole(3, 12), occasion, "count", "chinese")
    people = pen.fig(pen.whole(20, 150, 5), f"人/{occasion}", "count", "chinese")
    rate = pen.fig(pen.whole(low, high, step), "元/人", "rate")
    result = pen.state("equation", times * people * rate)
    line = pen.product(times, people, rate, op=pen.pick(("×", "*")))
    return pen.case("num_chinese_counts", label, "：", line, pen.equals(), result, "。", total=result)


def num_cents(rng: random.Random) -> Case:
    """Decimals in the rate: 5860平方米×3.85元/平方米=22561元."""
    pen = Pen(rng)
    what, counter = pen.pick(
        (
            ("道路保洁", "平方米"),
            ("绿地管护", "平方米"),
            ("河岸林带抚育", "亩"),
            ("燃气补贴", "立方米"),
            ("电费", "度"),
            ("校车燃油", "升"),
        )
    )
    count = pen.fig(pen.whole(1200, 96000, 10), counter, "count")
    rate = pen.fig(decimal(Fraction(pen.whole(105, 990), 100), 2), f"元/{counter}", "rate")
    result = pen.state("equation", count * rate)
    return pen.case("num_cents", what, "：", pen.product(count, rate), pen.equals(), result, closing(pen), total=result)


def num_label_numbers(rng: random.Random) -> Case:
    """A number inside a label: 月领300元档人员86人×12个月×300元."""
    pen = Pen(rng)
    item = pen.pick([i for i in MONTHLY if i.high > 300])
    level = pen.whole(item.rate_low, item.rate_high, item.step)
    count = counted(pen, item)
    rate = pen.fig(level, pen.pick(("元", "元/人·月", "元/月")), "rate")
    time = pen.fig(12, "个月", "months")
    label = pen.pick((f"享受{level}元档人员", f"领取{level}元标准人员", f"{pen.whole(2, 4)}级{item.label}对象"))
    result = pen.state("equation", count * rate * time)
    return pen.case(
        "num_label_numbers", label, pen.product(count, rate, time), pen.equals(), result, "。", total=result
    )


def num_missing_operator(rng: random.Random) -> Case:
    """A lost operator that the result confirms: 0.56万人2790元=1562.4万元 (a notice)."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count = pen.fig(Fraction(pen.whole(12, 480), 100), "万人", "count")
    rate = pen.fig(pen.whole(item.rate_low, item.rate_high, item.step), pen.pick(("元", "元/人")), "rate")
    result = pen.state("equation", count * rate, "万元", soft="composed")
    return pen.case(
        "num_missing_operator",
        item.label,
        "：",
        pen.product(count, rate, op=""),
        pen.equals(),
        result,
        "。",
        total=result,
    )


def num_yearly(rng: random.Random) -> Case:
    """A yearly rate in a one-year budget: 36人×4800元/人·年=17.28万元."""
    pen = Pen(rng)
    item = pen.pick(MONTHLY)
    count = counted(pen, item)
    monthly = monthly_rate(pen, item)
    rate = pen.fig(int(monthly.plain) * 12, pen.pick(("元/人·年", "元/年", "元/人/年", "元/年·人")), "rate")
    result = pen.state("equation", count * rate)
    return pen.case(
        "num_yearly", item.label, "：", pen.product(count, rate), pen.equals(), result, closing(pen), total=result
    )


STYLES = (
    num_thousands, num_fullwidth, num_traditional, num_chinese, num_capital, num_rounded, num_coarse, num_about,
    num_hundred_million, num_mixed, dmg_blanks, dmg_breaks, dmg_markup, num_chinese_counts, num_cents,
    num_label_numbers, num_missing_operator, num_yearly,
)  # fmt: skip
