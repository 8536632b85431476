"""Faults in the working: a factor or an item left out or counted twice, a sign turned."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from .edits import Change, inside, parts, pieces_of, restated, shown
from .judge import View, evaluate, leaves
from .model import Case, Expr, Figure, Joined, Mark, Op, Signed
from .render import render

PLUS = ("+", "＋", "加")


def monthly(joined: Joined) -> bool:
    """Whether some rate beside the months has 月 over: 元/人·月, （月标准）."""
    said = [f.unit for f in inside(joined) if f.role == "rate"]
    return any("月" in unit for unit in said)


def factor(case: Case, rng: random.Random) -> Change | None:
    """A factor missing from the written product."""
    options = parts(case, "factor", 2)
    if not options:
        return None
    joined, part = rng.choice(options)
    lost = inside(part.pieces)
    draft = replace(case.draft, drops=frozenset({part.key}))
    time = [f for f in lost if f.role == "months" and f.unit.strip() in ("月", "个月", "")]
    months = bool(time) and Fraction(time[0].plain) == 12 and monthly(joined)
    cause = tuple(word for figure in lost for word in shown(figure))
    hollow = len(joined.parts) == 2 or any(f.role == "rate" for f in lost)
    return Change(draft, cause, "less " + "".join(f.digits + f.unit for f in lost), months, hollow)


def forgotten(case: Case, rng: random.Random) -> Change | None:
    """A result worked out without one of its factors."""
    rendered = render(case.draft)
    options = []
    for relation in case.draft.relations:
        terms = [f for f in leaves(relation.expr) if f.role in ("count", "months", "share", "rate")]
        if len(terms) > 1 or (terms and terms[0].role == "share"):
            options += [(relation, term) for term in terms if term.role != "rate"]
    if not options:
        return None
    relation, term = rng.choice(options)
    rest = {key: f for key, f in rendered.figures.items() if key != term.key}
    return restated(case, relation, evaluate(relation.expr, View(rest, rendered.signs)), shown(term))


def item(case: Case, rng: random.Random) -> Change | None:
    """An item missing from the list."""
    # One item alone is no list any more (其中县级财政45.5万元 is complete); one term of a written sum is.
    options = [(j, p) for j, p in parts(case, "item", 2) if len(j.parts) > 2 or j.separator.strip() in PLUS]
    if not options:
        return None
    _, part = rng.choice(options)
    lost = inside(part.pieces)
    words = tuple(p for p in part.pieces if isinstance(p, str) and len(p) > 1)
    cause = tuple(word for figure in lost[-1:] for word in shown(figure)) + words[:1]
    draft = replace(case.draft, drops=frozenset({part.key}))
    return Change(draft, cause, "less " + "".join(f.digits + f.unit for f in lost[-1:]))


def added_up(expr: Expr) -> list[Figure]:
    """The terms of a plain sum; none where it is not one."""
    if isinstance(expr, Figure):
        return [expr]
    if isinstance(expr, Op) and expr.sign == "+":
        terms = [added_up(arg) for arg in expr.args]
        return [t for each in terms for t in each] if all(terms) else []
    return []


def miscounted(case: Case, rng: random.Random) -> Change | None:
    """A sum that leaves an item out, or counts one twice."""
    options = [(r, added_up(r.expr)) for r in case.draft.relations if r.kind != "total"]
    options = [(r, terms) for r, terms in options if len(terms) > 1]
    if not options:
        return None
    relation, terms = rng.choice(options)
    rendered = render(case.draft)
    value = evaluate(relation.expr, View(rendered.figures, rendered.signs))
    term = rng.choice(terms)
    if value is None:
        return None
    step = term.value if rng.random() < 0.4 else -term.value
    return restated(case, relation, value + step, shown(term))


def sign(case: Case, rng: random.Random) -> Change | None:
    """A plus for a minus, in the text or in the working."""
    marks = [p for p in pieces_of(case.draft.pieces) if isinstance(p, Mark)]
    if marks:
        mark = rng.choice(marks)
        words = (mark.plus, mark.minus) if mark.positive else (mark.minus, mark.plus)
        return Change(
            replace(case.draft, flips=frozenset({mark.key})), ("加", "减", "号", "+", "-", "−"), " → ".join(words)
        )
    options = [r for r in case.draft.relations if r.kind in ("balance", "share") and minus(r.expr) is not None]
    if not options:
        return None
    relation = rng.choice(options)
    rendered = render(case.draft)
    value = evaluate(minus(relation.expr) or relation.expr, View(rendered.figures, rendered.signs))
    return restated(case, relation, value, ("加", "减", "号"))


def minus(expr: Expr) -> Expr | None:
    """A difference with its last minus turned into a plus, or ``None`` where there is none."""
    if isinstance(expr, Op) and expr.sign == "-":
        return Op("+", expr.args)
    if isinstance(expr, Op):
        args = [minus(arg) for arg in expr.args]
        if any(args):
            return Op(expr.sign, tuple(new or old for new, old in zip(args, expr.args, strict=True)))
    return minus(expr.arg) if isinstance(expr, Signed) else None
