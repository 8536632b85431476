"""The hand that writes a style: makes figures, states results, and hands the case over."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from .judge import View, evaluate, judge
from .model import Case, Draft, Expr, Figure, Joined, Mark, Part, Piece, Relation, Twin, scale_of

T = TypeVar("T")
TIMES = ("×", "×", "×", "*", "x", "X", "＊", " × ", "✕")
EQUALS = ("=", "=", "＝", " = ", "=")


def decimal(value: Fraction, places: int | None = None, most: int = 6) -> str:
    """``value`` in digits: all of them where it ends within ``most`` decimals, else at ``places`` (2)."""
    if places is None:
        for count in range(most + 1):
            if (value * 10**count).denominator == 1:
                places = count
                break
        else:
            places = 2
    shifted = value * 10**places
    number = int(shifted + Fraction(1, 2)) if shifted >= 0 else -int(-shifted + Fraction(1, 2))
    sign, digits = "-" if number < 0 else "", str(abs(number)).zfill(places + 1)
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def trimmed(value: Fraction, places: int) -> str:
    """``value`` rounded to at most ``places`` decimals, without zeros at the end."""
    digits = decimal(value, places)
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def places_for(value: Fraction) -> int:
    """To how many decimals of 万元 an amount may be rounded without being more than 1% off."""
    return 1 if value > 2 * 10**5 else 2 if value > 2 * 10**4 else 4


class Pen:
    """Makes one case. Every figure gets a key, every stated result a relation."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.figures: dict[int, Figure] = {}
        self.relations: list[Relation] = []
        self.signs: dict[int, bool] = {}
        self.keys = 0

    def key(self) -> int:
        """The next key."""
        self.keys += 1
        return self.keys

    def pick(self, options: Sequence[T]) -> T:
        """One of ``options``."""
        return self.rng.choice(options)

    def some(self, options: Sequence[T], low: int, high: int) -> list[T]:
        """Between ``low`` and ``high`` different ones of ``options``."""
        return self.rng.sample(list(options), self.rng.randint(low, min(high, len(options))))

    def chance(self, share: float) -> bool:
        """True in ``share`` of the cases."""
        return self.rng.random() < share

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """A whole number between ``low`` and ``high`` in steps."""
        return low + step * self.rng.randint(0, (high - low) // step)

    def fig(
        self, number: Fraction | int | str, unit: str, role: str, script: str = "arabic", hedged: bool = False
    ) -> Figure:
        """A figure that is given, not computed."""
        plain = number if isinstance(number, str) else decimal(Fraction(number))
        figure = Figure(self.key(), plain, unit, role, script, hedged)
        self.figures[figure.key] = figure
        return figure

    def headed(self, number: Fraction, unit: str, role: str) -> Figure:
        """A bare figure (``number`` in ``unit``) below a heading that gives its unit."""
        figure = Figure(self.key(), decimal(number), unit, role, headed=True)
        self.figures[figure.key] = figure
        return figure

    def amount(self, low: int, high: int, unit: str = "万元", places: int = 1, **more: str) -> Figure:
        """A given amount of money with up to ``places`` decimals."""
        count = self.rng.randint(0, places)
        number = Fraction(self.rng.randint(low * 10**count, high * 10**count), 10**count)
        return self.fig(decimal(number), unit, "amount", more.get("script", "arabic"))

    def value(self, expr: Expr) -> Fraction:
        """The exact value of ``expr`` as it stands."""
        value = evaluate(expr, View(self.figures, self.signs))
        assert value is not None
        return value

    def unit_for(self, expr: Expr) -> str:
        """元 or 万元 or 亿元, as an officer would choose for this amount."""
        value = abs(self.value(expr))
        if value >= 10**9 and self.chance(0.2):
            return "亿元"
        if value < 10**4:
            return "元"
        short = (value / 100).denominator == 1
        return "元" if value < 10**6 and self.chance(0.3) else "万元" if short or value > 10**6 else "元"

    def state(
        self,
        kind: str,
        expr: Expr,
        unit: str | None = None,
        places: int | None = None,
        *,
        soft: str = "",
        script: str = "arabic",
        hedged: bool = False,
    ) -> Figure:
        """The figure that the text states for ``expr``; its relation is noted.

        ``places`` is the number of decimals that it is rounded to, ``None`` for all of them.
        """
        unit = unit if unit is not None else self.unit_for(expr)
        number = self.value(expr) / scale_of(unit)
        most = {"亿元": 4, "元": 2}.get(unit.strip(), 6)
        plain = trimmed(number, places) if places is not None and places > 2 else decimal(number, places, most)
        figure = self.fig(plain, unit, "result", script, hedged)
        self.relations.append(Relation(kind, expr, figure.key, figure.base, soft))
        return figure

    def relate(self, kind: str, expr: Expr, stated: Figure, soft: str = "", expected: bool = True) -> None:
        """Notes that ``expr`` must give a figure that is written already."""
        self.relations.append(Relation(kind, expr, stated.key, stated.base, soft, expected))

    def factor(self, *pieces: Piece) -> Part:
        """A factor that a fault may leave out."""
        return Part(self.key(), "factor", pieces)

    def item(self, *pieces: Piece) -> Part:
        """An item that a fault may leave out."""
        return Part(self.key(), "item", pieces)

    def product(self, *factors: Piece, op: str | None = None) -> Joined:
        """Factors joined by one multiplication sign."""
        sign = op if op is not None else self.pick(TIMES)
        return Joined(tuple(self.factor(each) for each in factors), sign)

    def terms(self, *terms: Piece, op: str = "+") -> Joined:
        """Terms of a written sum."""
        return Joined(tuple(self.item(each) for each in terms), op)

    def equals(self) -> str:
        """An equality sign."""
        return self.pick(EQUALS)

    def sign(self, positive: bool, plus: str = "+", minus: str = "-") -> Mark:
        """A written plus or minus that a fault may flip."""
        mark = Mark(self.key(), plus, minus, positive)
        self.signs[mark.key] = positive
        return mark

    def case(
        self,
        style: str,
        *pieces: Piece,
        total: Expr | None = None,
        unit: str | None = None,
        places: int | None = None,
        soft: str | None = None,
        dress: str = "",
        review: str = "",
        status: str = "",
        hidden: bool = False,
        or_total: Expr | None = None,
        twins: tuple[Twin, ...] = (),
    ) -> Case:
        """The finished case. ``total`` is the figure or expression that the form's total repeats.

        A total that only repeats a stated figure need not be found as a claim of its own;
        ``hidden`` asks for it (a list of items without 合计). ``soft`` says how a total that misses
        is judged where the computation under it does not (本年申请 is an overall figure). ``or_total`` is
        what a form of this style may as well ask for: the whole in place of one payer's share.
        """
        figure = None
        if total is not None:
            figure = self.write_total(total, unit, places)
            overall = isinstance(total, Figure)
            under = next((r for r in self.relations if isinstance(total, Figure) and r.stated == total.key), None)
            if soft is None:
                # A share or a rest may be another payer's or year's: whether it is the overall figure is open.
                open_ = under is not None and (under.soft or under.kind in ("share", "balance"))
                soft = "either" if open_ else ""
            expected = hidden or not overall
            if or_total is not None:
                other = (*self.relations, Relation("total", or_total, figure.key, "元"))
                twins = (*twins, Twin("another total of the text", other))
            self.relations.append(Relation("total", total, figure.key, "元", soft, expected))
        draft = Draft(style, pieces, figure, tuple(self.relations), dress, review, status, twins=twins)
        return case_of(draft)

    def write_total(self, total: Expr, unit: str | None, places: int | None) -> Figure:
        """The total's figure in its own field: as in the text, or in 万元."""
        number = self.value(total)
        if isinstance(total, Figure) and unit is None and total.script == "arabic" and self.chance(0.5):
            return self.fig(total.plain, total.unit.strip().replace("萬", "万").replace("億", "亿"), "total", "arabic")
        unit = unit or ("元" if abs(number) < 10**4 else "万元")
        return self.fig(decimal(number / scale_of(unit), places), unit, "total")


def case_of(draft: Draft) -> Case:
    """A draft as a case."""
    rendered, _, claims, status = judge(draft)
    return Case(draft.style, rendered.basis, rendered.total, claims, status, rendered.slots, draft)
