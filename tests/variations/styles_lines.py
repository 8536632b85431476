"""Sums on one line: references, lists of names and amounts, places with one rate, years, rounded items."""

from __future__ import annotations

import random

from .model import Case, Figure, Piece
from .parts import added, counted, items, listing, lumps, once_rate, stated_item
from .pen import Pen, decimal, places_for
from .words import LUMPS, ONCE, PLACES, TOWNS

TOTALS = ("合计", "共计", "总计", "以上合计", "合计：", "总支出", "以上共计", "累计")


def sum_references(rng: random.Random) -> Case:
    """A total over numbered items: ①…=3万元 ②…=2万元 ①+②=5万元."""
    pen = Pen(rng)
    entries = items(pen, 2, 3)
    result = pen.state("sum", added([figure for _, figure in entries]))
    marks = "①②③"[: len(entries)]
    line = tuple((mark, entry, pen.pick(("；", "\n"))) for mark, (entry, _) in zip(marks, entries, strict=True))
    return pen.case("sum_references", *line, "+".join(marks), pen.pick(("=", "=合计")), result, "。", total=result)


def sum_respectively(rng: random.Random) -> Case:
    """A list of names and a list of amounts: 甲、乙、丙分别为1万元、2万元、3万元，合计6万元."""
    pen = Pen(rng)
    names = pen.some(pen.pick((TOWNS, PLACES, LUMPS)), 2, 4)
    figures = [pen.amount(2, 90, "万元", 1) for _ in names]
    result = pen.state("sum", added(figures), "万元")
    numbers: list[Piece] = []
    for index, figure in enumerate(figures):
        numbers += ["、" if index else "", figure]
    verb = pen.pick(("分别为", "分别安排", "分别需要"))
    return pen.case(
        "sum_respectively",
        "、".join(names),
        verb,
        *numbers,
        pen.pick(("，合计", "，共计", "，总计")),
        result,
        "。",
        total=result,
    )


def sum_repeated_scope(rng: random.Random) -> Case:
    """Places with the same rate: 柳河镇32人×500元=16000元，石桥镇…，合计."""
    pen = Pen(rng)
    item = pen.pick(ONCE)
    names = pen.some(TOWNS, 2, 5)
    rate = once_rate(pen, item)
    entries: list[tuple[Piece, ...]] = []
    figures: list[Figure] = []
    for name in names:
        count = counted(pen, item)
        same = pen.fig(rate.plain, rate.unit, "rate")
        figure = pen.state("equation", count * same)
        figures.append(figure)
        entries.append((name, pen.product(count, same, op="×"), "=", figure))
    result = pen.state("sum", added(figures))
    return pen.case(
        "sum_repeated_scope",
        item.label,
        "：",
        listing(pen, entries, pen.pick(("，", "；"))),
        "，",
        pen.pick(TOTALS),
        result,
        "。",
        total=result,
    )


def sum_carry(rng: random.Random) -> Case:
    """Items rounded in 万元 and a total added from the unrounded ones: off by 尾差."""
    pen = Pen(rng)
    chosen = pen.some(ONCE, 4, 6)
    entries: list[tuple[Piece, ...]] = []
    figures: list[Figure] = []
    exact = []
    for item in chosen:
        count = counted(pen, item)
        rate = once_rate(pen, item)
        places = places_for(pen.value(count * rate))
        figure = pen.state("equation", count * rate, "万元", places=places)
        figures.append(figure)
        exact.append(count * rate)
        entries.append((item.label, pen.product(count, rate, op="×"), "=", figure))
    whole = exact[0]
    for term in exact[1:]:
        whole = whole + term
    result = pen.fig(decimal(pen.value(whole) / 10000, 2), "万元", "result")
    pen.relate("sum", added(figures), result)
    return pen.case("sum_carry", listing(pen, entries, "；", "1."), "。合计", result, "。", total=result)


def sum_years(rng: random.Random) -> Case:
    """A sum over years: 2023年投入30万元，2024年投入25万元，两年共55万元."""
    pen = Pen(rng)
    first = pen.whole(2019, 2024)
    count = pen.whole(2, 3)
    figures = [pen.amount(12, 400, "万元", 1) for _ in range(count)]
    result = pen.state("sum", added(figures), "万元")
    verb = pen.pick(("投入", "安排", "计划投资"))
    entries: list[tuple[Piece, ...]] = [(f"{first + i}年{verb}", f) for i, f in enumerate(figures)]
    words = {2: "两年", 3: "三年"}[count]
    return pen.case(
        "sum_years",
        "项目分年实施，",
        listing(pen, entries, "，"),
        f"，{words}",
        pen.pick(("共", "合计", "共计")),
        result,
        "。",
        total=result,
    )


def sum_single_note(rng: random.Random) -> Case:
    """An item with a lump beside it: 36人×420元/人=15120元，审计服务费2万元，合计35120元."""
    pen = Pen(rng)
    entry, a = stated_item(pen, unit="元")
    label, b = lumps(pen, 1, 1, places=1, top=9)[0]
    result = pen.state("sum", a + b)
    return pen.case(
        "sum_single_note",
        entry,
        pen.pick(("，", "；")),
        label,
        b,
        pen.pick(("，", "；", "。")),
        pen.pick(TOTALS),
        result,
        "。",
        total=result,
    )


def sum_one_line(rng: random.Random) -> Case:
    """Stated amounts added in one written line: 3.5万元+2万元+1.2万元=6.7万元."""
    pen = Pen(rng)
    entries = lumps(pen, 2, 5)
    result = pen.state("equation", added([figure for _, figure in entries]), "万元")
    labelled = pen.chance(0.6)
    line = pen.terms(
        *((label, figure) if labelled else figure for label, figure in entries), op=pen.pick(("+", "＋", " + ", "加"))
    )
    return pen.case("sum_one_line", "经费测算：", line, pen.equals(), result, "。", total=result)


STYLES = (
    sum_references, sum_respectively, sum_repeated_scope, sum_carry, sum_years, sum_single_note, sum_one_line,
)  # fmt: skip
