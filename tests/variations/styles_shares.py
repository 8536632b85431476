"""Shares: percentages by payer or group, halves and thirds, ratios, growth, discounts, tiers."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

from .model import Case, Figure, Num, Piece
from .parts import added, base_amount, items, listing, stated_item
from .pen import Pen
from .words import PAYERS, PROJECTS

GROUPS = (
    ("绿化人员", "其余人员"),
    ("贫困村", "其他村"),
    ("城区学校", "乡镇学校"),
    ("山区乡镇", "其他乡镇"),
    ("困难家庭", "普通家庭"),
)


def share_percent(rng: random.Random) -> Case:
    """One payer's percentage: 总投资860万元，市级承担40%，即344万元."""
    pen = Pen(rng)
    base = base_amount(pen)
    rate = pen.fig(pen.whole(10, 90, 5), "%", "share")
    result = pen.state("share", base * rate, "万元")
    who = pen.pick(("市财政", "县级财政", "区级", "省级财政"))
    verb = pen.pick(("承担", "负担", "补助", "配套"))
    shape = pen.whole(0, 2)
    head = (pen.pick(PROJECTS), pen.pick(("总投资", "概算投资", "所需资金")), base, "，")
    pieces: tuple[Piece, ...]
    if shape == 0:
        pieces = (*head, who, verb, rate, pen.pick(("，即", "，计", "，为", "，共")), result, "。")
    elif shape == 1:
        pieces = (*head, who, "按", rate, verb, result, "。")
    else:
        pieces = (
            *head,
            pen.pick(("按", "按照")),
            rate,
            "的比例",
            verb,
            pen.pick(("，需", "，共计", "，")),
            result,
            "。",
        )
    return pen.case("share_percent", *pieces, total=result, or_total=base)


def share_payers(rng: random.Random) -> Case:
    """Every payer's percentage with its amount: 中央承担60%即768万元，省级25%即320万元，…."""
    pen = Pen(rng)
    payers = pen.pick([p for p in PAYERS if "资金" not in p[0]])
    steps = rng.sample(range(1, 20), len(payers) - 1)
    cuts = [0, *sorted(steps), 20]
    shares = [5 * (b - a) for a, b in pairwise(cuts)]
    base = base_amount(pen, 100, 6000)
    entries: list[tuple[Piece, ...]] = []
    results: list[Figure] = []
    verb, link = pen.pick(("承担", "负担", "分担")), pen.pick(("即", "，即", "计", "为", "，计"))
    for payer, share in zip(payers, shares, strict=True):
        rate = pen.fig(share, "%", "share")
        result = pen.state("share", base * rate, "万元")
        results.append(result)
        entries.append((payer, verb, rate, link, result))
    line = [piece for index, entry in enumerate(entries) for piece in ("；" if index else "", *entry)]
    pieces = (pen.pick(PROJECTS), "总投资", base, "，", *line, "。")
    return pen.case("share_payers", *pieces, total=results[-1], or_total=base)


def share_half(rng: random.Random) -> Case:
    """Halves: 共需86万元，市、区两级各承担50%（各半），即43万元."""
    pen = Pen(rng)
    base = base_amount(pen)
    who = pen.pick(("市、区两级财政", "市县两级", "省市财政"))
    shape = pen.whole(0, 2)
    pieces: tuple[Piece, ...]
    if shape == 0:
        rate = pen.fig(50, "%", "share")
        result = pen.state("share", base * rate, "万元")
        pieces = ("共需资金", base, "，", who, "各承担", rate, "，市级承担", result, "。")
    else:
        result = pen.state("share", base / 2, "万元")
        words = pen.pick(("各承担一半", "各半负担", "各半", "各负担一半"))
        pieces = ("共需资金", base, "，", who, words, pen.pick(("，即", "，每级", "，各")), result, "。")
    return pen.case("share_half", *pieces, total=result, or_total=base)


def share_third(rng: random.Random) -> Case:
    """A fraction in words: 承担三分之一，即120万元."""
    pen = Pen(rng)
    base = pen.fig(3 * pen.whole(12, 900), "万元", "amount")
    words, value = pen.pick(
        (
            ("三分之一", Fraction(1, 3)),
            ("三分之二", Fraction(2, 3)),
            ("1/3", Fraction(1, 3)),
            ("三分之一", Fraction(1, 3)),
        )
    )
    result = pen.state("share", base * Num(value), "万元")
    return pen.case(
        "share_third",
        pen.pick(PROJECTS),
        "总投资",
        base,
        pen.pick(("，县级承担", "，区级财政负担")),
        words,
        pen.pick(("，即", "，计", "，为")),
        result,
        "。",
        total=result,
        or_total=base,
    )


def share_ratio(rng: random.Random) -> Case:
    """A ratio: 市、区、镇按5:3:2承担，分别为45万元、27万元、18万元."""
    pen = Pen(rng)
    ratio = pen.pick(((5, 3, 2), (6, 4), (7, 3), (5, 2, 3), (8, 2), (4, 3, 3), (6, 3, 1)))
    names = {3: ("省", "市", "县"), 2: ("市", "县")}[len(ratio)]
    if pen.chance(0.5):
        names = {3: ("市级", "区级", "镇级"), 2: ("市级", "区级")}[len(ratio)]
    base = pen.fig(10 * pen.whole(4, 400), "万元", "amount")
    parts = [pen.fig(r, "", "fixed") for r in ratio]
    whole = added(parts)
    results = [pen.state("share", base * part / whole, "万元") for part in parts]
    colon = pen.pick((":", "：", ":"))
    numbers: list[Piece] = []
    for index, part in enumerate(parts):
        numbers += [colon if index else "", part]
    amounts: list[Piece] = []
    shape = pen.whole(0, 1)
    for index, (name, result) in enumerate(zip(names, results, strict=True)):
        amounts += ["、" if index else "", name if shape else "", result]
    pieces = (
        pen.pick(PROJECTS),
        "资金",
        base,
        "，由",
        "、".join(names),
        "按",
        *numbers,
        "的比例" if pen.chance(0.6) else "",
        "分担",
    )
    pieces = (*pieces, "，" if shape else "，分别为", *amounts, "。")
    return pen.case("share_ratio", *pieces, total=results[0], or_total=base)


def share_groups(rng: random.Random) -> Case:
    """One group in full, the other in part: 绿化人员经费150万元由市财政全额负担，其余人员经费420万元市财政负担30%."""
    pen = Pen(rng)
    one, two = pen.pick(GROUPS)
    first, second = base_amount(pen, 20, 300), base_amount(pen, 40, 900)
    rate = pen.fig(pen.whole(20, 80, 10), "%", "share")
    result = pen.state("share", first + second * rate, "万元")
    pieces = (
        one,
        "经费",
        first,
        pen.pick(("由市财政全额负担", "市财政全额承担", "由市级全额保障")),
        "，",
        two,
        "经费",
        second,
    )
    verb = pen.pick(("负担", "承担"))
    return pen.case(
        "share_groups",
        *pieces,
        "由市财政",
        verb,
        rate,
        pen.pick(("，市财政共", "，市财政合计")),
        verb,
        result,
        "。",
        total=result,
        or_total=first + second,
    )


def share_two_rates(rng: random.Random) -> Case:
    """Two groups at two percentages: 城区学校600万元补助40%，乡镇学校900万元补助70%，共需870万元."""
    pen = Pen(rng)
    one, two = pen.pick(GROUPS)
    first, second = base_amount(pen, 20, 900), base_amount(pen, 20, 900)
    low, high = pen.fig(pen.whole(20, 45, 5), "%", "share"), pen.fig(pen.whole(50, 90, 5), "%", "share")
    a, b = pen.state("share", first * low, "万元"), pen.state("share", second * high, "万元")
    result = pen.state("sum", a + b, "万元")
    verb = pen.pick(("补助", "承担"))
    entry = (one, first, "，市级", verb, low, "即", a, "；", two, second, "，市级", verb, high, "即", b)
    return pen.case("share_two_rates", *entry, pen.pick(("；合计", "。市级共需", "，共计")), result, "。", total=result)


def share_written(rng: random.Random) -> Case:
    """A written product that a percentage of follows: 36人×3000元=10.8万元，市级承担60%，即6.48万元."""
    pen = Pen(rng)
    entry, base = stated_item(pen)
    rate = pen.fig(pen.whole(10, 90, 10), "%", "share")
    result = pen.state("share", base * rate)
    verb = pen.pick(("承担", "负担", "配套"))
    return pen.case(
        "share_written",
        entry,
        "，其中市级" if pen.chance(0.3) else "，市级",
        verb,
        rate,
        pen.pick(("，即", "，计", "，需")),
        result,
        "。",
        total=result,
    )


def share_cumulative(rng: random.Random) -> Case:
    """A fee on what stands above: …；管理费按以上各项之和的3%计提，计1.2万元；合计."""
    pen = Pen(rng)
    entries = items(pen, 2, 3)
    figures = [figure for _, figure in entries]
    rate = pen.fig(pen.pick((1, 2, 3, 5, 6, 8)), "%", "share")
    fee = pen.state("share", added(figures) * rate)
    result = pen.state("sum", added([*figures, fee]))
    numbering = pen.pick(("1.", "（1）", ""))
    what = pen.pick(("管理费", "不可预见费", "税费", "工作经费"))
    words = pen.pick(("按以上各项之和的", "按上述费用合计的", "按以上费用之和的"))
    line = listing(
        pen,
        [*(e for e, _ in entries), (what, words, rate, pen.pick(("计提", "计取", "计算")), "，计", fee)],
        "；",
        numbering,
    )
    return pen.case("share_cumulative", line, pen.pick(("。合计", "；总计")), result, "。", total=result)


STYLES = (
    share_percent, share_payers, share_half, share_third, share_ratio, share_groups, share_two_rates, share_written,
    share_cumulative,
)  # fmt: skip
