"""Wordings that many styles share: counts and rates, items with their own results, sentences around them."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Expr, Figure, Joined, Piece
from .pen import Pen
from .words import CLOSINGS, LUMPS, MONTHLY, ONCE, PREFACES, Item

EACH = {
    "人": "每人",
    "名": "每人",
    "户": "每户",
    "亩": "每亩",
    "公里": "每公里",
    "个": "每个",
    "台": "每台",
    "套": "每套",
}


def counted(pen: Pen, item: Item, script: str = "arabic") -> Figure:
    """How many: 86人."""
    return pen.fig(pen.whole(item.low, item.high), item.counter, "count", script)


def once_rate(pen: Pen, item: Item, spelled: bool | None = None) -> Figure:
    """The price of one: 350元/套, or a bare 350元."""
    number = pen.whole(item.rate_low, item.rate_high, item.step)
    spelled = pen.chance(0.7) if spelled is None else spelled
    counter = pen.pick(("人", "人", "名")) if item.counter == "名" else item.counter
    return pen.fig(number, f"元/{counter}" if spelled else "元", "rate")


def monthly_rate(pen: Pen, item: Item) -> Figure:
    """A monthly rate in one of its spellings: 1800元/人·月."""
    number = pen.whole(item.rate_low, item.rate_high, item.step)
    spellings = (
        "元/人/月",
        "元/人·月",
        "元/人.月",
        "元/(人·月)",
        "元/人月",
        "元/月/人",
        "元/月·人",
        "元/月",
        "元/人、月",
        "元",
    )
    return pen.fig(number, pen.pick(spellings), "rate")


def months(pen: Pen, number: int | None = None) -> Figure:
    """How many months: 12个月."""
    number = number or (12 if pen.chance(0.8) else pen.whole(2, 11))
    return pen.fig(number, pen.pick(("个月", "月", "个月")), "months")


def computed(pen: Pen, item: Item | None = None) -> tuple[str, Joined, Expr]:
    """A label, a written product and its expression, monthly or once."""
    if item is None:
        item = pen.pick(MONTHLY) if pen.chance(0.4) else pen.pick(ONCE)
    count = counted(pen, item)
    if item in MONTHLY:
        rate, time = monthly_rate(pen, item), months(pen)
        return item.label, pen.product(count, rate, time), count * rate * time
    rate = once_rate(pen, item)
    return item.label, pen.product(count, rate), count * rate


def stated_item(pen: Pen, item: Item | None = None, unit: str | None = None) -> tuple[tuple[Piece, ...], Figure]:
    """An item with its own written result: 路灯维修：60盏×300元/盏=1.8万元."""
    label, product, expr = computed(pen, item)
    result = pen.state("equation", expr, unit)
    colon = pen.pick(("：", "：", ":", "", " "))
    return (label, colon, product, pen.equals(), result), result


def items(pen: Pen, low: int, high: int, unit: str | None = None) -> list[tuple[tuple[Piece, ...], Figure]]:
    """Different items, each with its own result."""
    chosen = pen.some((*MONTHLY, *ONCE), low, high)
    return [stated_item(pen, item, unit) for item in chosen]


def added(figures: list[Figure]) -> Expr:
    """The sum of figures."""
    total: Expr = figures[0]
    for figure in figures[1:]:
        total = total + figure
    return total


def listing(
    pen: Pen, entries: Sequence[tuple[Piece, ...]], separator: str = "；", numbering: str = "", last: str = ""
) -> Joined:
    """Items that a fault may leave out."""
    return Joined(tuple(pen.item(*entry) for entry in entries), separator, numbering, last)


def lumps(
    pen: Pen, low: int, high: int, unit: str = "万元", places: int = 1, top: int = 90
) -> list[tuple[str, Figure]]:
    """Labels with one amount each: 审计服务费3.5万元."""
    return [(label, pen.amount(1, top, unit, places)) for label in pen.some(LUMPS, low, high)]


def preface(pen: Pen, share: float = 0.4) -> str:
    """A sentence with numbers that are no amounts, or nothing."""
    return pen.pick(PREFACES) if pen.chance(share) else ""


def closing(pen: Pen, share: float = 0.3) -> str:
    """A sentence after the arithmetic, or a full stop, or nothing."""
    return "。" + pen.pick(CLOSINGS) if pen.chance(share) else pen.pick(("。", "。", ""))


def base_amount(pen: Pen, low: int = 40, high: int = 3000) -> Figure:
    """A whole amount that shares are taken of."""
    return pen.amount(low, high, "万元", 0)


def bare(pen: Pen, item: Item) -> Figure:
    """A rate that the words 每人, 每户 go with."""
    return pen.fig(pen.whole(item.rate_low, item.rate_high, item.step), "元", "rate")
