"""Written equations that go on: chains, divisions, a count worked out first, the result said twice."""

from __future__ import annotations

import random
from fractions import Fraction

from .model import Case, Relation, Twin
from .parts import added, closing, computed, counted, items, once_rate
from .pen import Pen, decimal
from .words import ONCE


def eq_chain(rng: random.Random) -> Case:
    """A=B=C: 35台×3860元/台=135100元=13.51万元."""
    pen = Pen(rng)
    label, product, expr = computed(pen)
    middle = pen.state("equation", expr, "元")
    last = pen.state("equation", middle, "万元", places=None if pen.chance(0.6) else 2)
    sign = pen.equals()
    return pen.case("eq_chain", label, "：", product, sign, middle, sign, last, closing(pen), total=last)


def eq_chain_steps(rng: random.Random) -> Case:
    """A sum of products worked out in steps: 3×2+4×5=6+20=26."""
    pen = Pen(rng)
    one, two = pen.some(ONCE, 2, 2)
    _, first, a = computed(pen, one)
    _, second, b = computed(pen, two)
    left, right = pen.fig(int(pen.value(a)), "元", "amount"), pen.fig(int(pen.value(b)), "元", "amount")
    total = pen.state("equation", left + right, "元")
    # The first link compares two sums, so it has no stated figure of its own; it breaks when this does.
    pen.relate("equation", a + b, total, expected=False)
    sign = pen.equals()
    pieces = (one.label, "及", two.label, "：", pen.terms(first, second), sign, left, "+", right, sign, total, "。")
    # 3×2=6+20=26: without its second product the chain is one that runs on from its first result.
    links = (a + b, left), (left + right, total)
    on = Twin("runs on", tuple(Relation("equation", expr, stated.key, "元") for expr, stated in links))
    return pen.case("eq_chain_steps", *pieces, total=total, twins=(on,))


def eq_divide(rng: random.Random) -> Case:
    """A division: 120万元÷40个=3万元/个."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.counter in ("个", "户", "公里", "套")])
    number = pen.whole(4, 60)
    each = pen.fig(decimal_half(pen), f"万元/{item.counter}", "rate")
    whole = pen.fig(Fraction(each.plain) * number, "万元", "amount")
    count = pen.fig(number, item.counter, "count")
    pen.relate("equation", whole / count, each)
    op = pen.pick(("÷", "÷", "/", "除以", " ÷ "))
    return pen.case("eq_divide", item.label, "平均补助标准：", whole, op, count, pen.equals(), each, "。")


def decimal_half(pen: Pen) -> str:
    """A rate in half 万元: 1.5."""
    number = Fraction(pen.whole(1, 24), 2)
    return decimal(number)


def eq_count_sum(rng: random.Random) -> Case:
    """The count is itself computed: 317人+16人=333人；333人×500元=16.65万元."""
    pen = Pen(rng)
    item = pen.pick([i for i in ONCE if i.counter in ("人", "户", "个")])
    a, b = counted(pen, item), pen.fig(pen.whole(3, 60), item.counter, "count")
    whole = pen.state("equation", a + b, item.counter, places=0)
    again = pen.fig(whole.plain, item.counter, "count")
    rate = once_rate(pen, item)
    result = pen.state("equation", again * rate)
    pieces = (
        item.label,
        "对象：",
        pen.terms(("存量", a), ("新增", b)),
        "=",
        whole,
        "；",
        pen.product(again, rate),
        "=",
        result,
        "。",
    )
    return pen.case("eq_count_sum", *pieces, total=result)


def eq_year_to_month(rng: random.Random) -> Case:
    """A slash as a rate and a division in one line: 36000元/年÷12个月=3000元/月."""
    pen = Pen(rng)
    month = pen.fig(pen.whole(800, 6000, 50), "元/月", "rate")
    year = pen.fig(12 * int(month.plain), "元/年", "amount")
    time = pen.fig(12, pen.pick(("个月", "月", "个月/年")), "months")
    pen.relate("equation", year / time, month)
    op = pen.pick(("÷", "/", "÷"))
    return pen.case(
        "eq_year_to_month",
        pen.pick(("乡村医生", "编外人员", "公益岗位")),
        "工资标准：",
        year,
        op,
        time,
        "=",
        month,
        "。",
    )


def eq_result_twice(rng: random.Random) -> Case:
    """The result in 元, then in 万元 in brackets: =36000元（3.6万元）."""
    pen = Pen(rng)
    label, product, expr = computed(pen)
    middle = pen.state("equation", expr, "元")
    last = pen.state("equation", middle, "万元")
    opening, end = pen.pick((("（即", "）"), ("（折合", "）"), ("，即", ""), ("，折合", "")))
    return pen.case("eq_result_twice", label, "：", product, pen.equals(), middle, opening, last, end, "。", total=last)


def eq_items_in_words(rng: random.Random) -> Case:
    """Results in words between items: 其一…计3万元，其二…计2万元，两项相加5万元."""
    pen = Pen(rng)
    entries = items(pen, 2, 2)
    (one, a), (two, b) = entries
    result = pen.state("sum", added([a, b]))
    return pen.case(
        "eq_items_in_words",
        one,
        "，",
        two,
        "，",
        pen.pick(("两项合计", "以上两项共计", "两项总计")),
        result,
        "。",
        total=result,
    )


STYLES = (
    eq_chain, eq_chain_steps, eq_divide, eq_count_sum, eq_year_to_month, eq_result_twice, eq_items_in_words,
)  # fmt: skip
