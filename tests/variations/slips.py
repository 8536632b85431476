"""Faults in one figure: a digit, a unit, a scale, a count, a share, a line copied."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from .edits import Change, changed, figures, note, put, shown
from .model import Case
from .pen import decimal


def digit(case: Case, rng: random.Random) -> Change | None:
    """One digit of a figure changed."""
    options = figures(case, ("count", "rate", "amount", "result", "total", "months", "share"))
    if not options:
        return None
    figure = rng.choice(options)
    spots = [i for i, c in enumerate(figure.plain) if c.isdigit()]
    spot = rng.choice(spots)
    low = 1 if spot == 0 else 0
    new = rng.choice([str(d) for d in range(low, 10) if str(d) != figure.plain[spot]])
    return changed(case, figure, figure.plain[:spot] + new + figure.plain[spot + 1 :])


def swap(case: Case, rng: random.Random) -> Change | None:
    """Two neighbouring digits of a figure swapped."""
    options = []
    for figure in figures(case, ("count", "rate", "amount", "result", "total")):
        plain = figure.plain
        for i in range(len(plain) - 1):
            a, b = plain[i], plain[i + 1]
            if a.isdigit() and b.isdigit() and a != b and not (i == 0 and b == "0"):
                options.append((figure, plain[:i] + b + a + plain[i + 2 :]))
    if not options:
        return None
    return changed(case, *rng.choice(options))


def unit(case: Case, rng: random.Random) -> Change | None:
    """元 for 万元, 万元 for 元, 万元 for 亿元."""
    options = []
    for figure in figures(case, ("rate", "amount", "result", "total")):
        head, slash, rest = figure.unit.partition("/")
        other = {"元": "万元", "万元": "元", "亿元": "万元", "千元": "元"}.get(head)
        if other is not None and not figure.headed and figure.script not in ("chinese", "capital"):
            options.append((figure, other + slash + rest))
    if not options:
        return None
    figure, other = rng.choice(options)
    said = (*(digits + figure.unit.partition("/")[0] for digits in shown(figure)), "单位")
    return Change(put(case, figure, unit=other), said, note(figure, figure.digits + other))


def scale(case: Case, rng: random.Random) -> Change | None:
    """A decimal point one place off, or the 万 of a count lost."""
    options = figures(case, ("amount", "result", "total", "rate"))
    scaled = [f for f in figures(case, ("count",)) if f.unit.startswith("万")]
    if scaled and rng.random() < 0.5:
        figure = rng.choice(scaled)
        return Change(
            put(case, figure, unit=figure.unit[1:]),
            (figure.unit, "单位", *shown(figure)),
            note(figure, figure.digits + figure.unit[1:]),
        )
    options = [f for f in options if f.script in ("arabic", "thousands")]
    if not options:
        return None
    figure = rng.choice(options)
    power = rng.choice((1, -1))
    number = Fraction(figure.plain) * Fraction(10) ** power
    plain = decimal(number)
    if Fraction(plain) != number:
        return None
    made = changed(case, figure, plain)
    return made._replace(cause=(*made.cause, "单位", "小数点")) if made else None


def share(case: Case, rng: random.Random) -> Change | None:
    """Another share: two of them swapped, or the rest to a hundred."""
    options = figures(case, ("share",))
    if not options:
        return None
    figure = rng.choice(options)
    others = [f for f in options if f.unit == figure.unit and f.plain != figure.plain]
    if others and rng.random() < 0.5:
        other = rng.choice(others)
        pair = {figure.key: replace(figure, plain=other.plain), other.key: replace(other, plain=figure.plain)}
        return Change(
            replace(case.draft, edits=pair), (*shown(figure), *shown(other)), f"{figure.plain} ⇄ {other.plain}"
        )
    if figure.unit != "%":
        return None
    rest = 100 - Fraction(figure.plain) if rng.random() < 0.5 else Fraction(figure.plain) + rng.choice((5, 10, -5))
    return changed(case, figure, decimal(rest)) if rest > 0 else None


def count(case: Case, rng: random.Random) -> Change | None:
    """The count was brought up to date, the product was not."""
    options = [f for f in figures(case, ("count",)) if Fraction(f.plain) > 4]
    if not options:
        return None
    figure = rng.choice(options)
    _, _, decimals = figure.plain.partition(".")
    step = Fraction(max(1, int(Fraction(figure.plain) * rng.randint(3, 25) / 100)))
    number = Fraction(figure.plain) + (step if rng.random() < 0.6 else -step)
    return changed(case, figure, decimal(number, len(decimals)))


def copied(case: Case, rng: random.Random) -> Change | None:
    """A result copied from another line."""
    options = [f for f in figures(case, ("result",)) if f.script == "arabic" and f.base == "元"]
    if len(options) < 2:
        return None
    figure, other = rng.sample(options, 2)
    if figure.value == other.value or figure.headed != other.headed:
        return None
    draft = put(case, figure, other.plain, other.unit)
    return Change(draft, shown(figure), note(figure, other.digits + other.unit))
