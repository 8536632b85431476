"""The truth of a text: every relation's exact value and its verdict.

Written anew from the rules (exact, rounded, carry, approximate, query, mismatch), so that it
can disagree with the program. ``near`` is the generous reading of "inside the rounding"
that decides whether a fault must be caught.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from .model import Draft, Expected, Expr, Figure, Num, Op, Relation, Signed, scale_of
from .render import Rendered, render

HALF = Fraction(1, 2)
CARRYING = ("sum", "balance", "partition", "share", "total")
RANK = ("exact", "rounded", "carry", "approximate", "notice", "query", "either", "mismatch")
FINE = ("exact", "rounded", "carry", "approximate")


class View(NamedTuple):
    """The figures and signs that a rendered text shows."""

    figures: Mapping[int, Figure]
    signs: Mapping[int, bool]


class Truth(NamedTuple):
    """What one relation comes to. ``near``: a fault here lies within the rounding."""

    relation: Relation
    computed: Fraction
    stated: Fraction
    verdict: str
    near: bool


def evaluate(expr: Expr, view: View) -> Fraction | None:
    """The value of ``expr``; what is not in the text any more takes no part."""
    if isinstance(expr, Num):
        return expr.value
    if isinstance(expr, Figure):
        figure = view.figures.get(expr.key)
        return figure.value if figure is not None else None
    if isinstance(expr, Signed):
        value = evaluate(expr.arg, view)
        return value if value is None or view.signs.get(expr.mark, True) else -value
    assert isinstance(expr, Op)
    values = [evaluate(arg, view) for arg in expr.args]
    # A rest of nothing but implied factors (12 for 全年) is no amount.
    if all(v is None or isinstance(a, Num) for v, a in zip(values, expr.args, strict=True)):
        return None if any(v is None for v in values) else fold(expr.sign, [v for v in values if v is not None])
    if expr.sign in "+-" and values[0] is None:
        values[0] = Fraction(0)
    return fold(expr.sign, [v for v in values if v is not None])


def fold(sign: str, values: list[Fraction]) -> Fraction:
    """The values joined by one operator, from the left."""
    result = values[0]
    for value in values[1:]:
        if sign == "+":
            result += value
        elif sign == "-":
            result -= value
        elif sign == "*":
            result *= value
        else:
            result /= value
    return result


def tolerance(
    expr: Expr, view: View, everything: bool, rounded: frozenset[int], firm: frozenset[int] = frozenset()
) -> Fraction:
    """How far ``expr`` may be off because its money addends are themselves rounded.

    Only addends in 千元 or larger count (in 元 where they are rounded results, whose keys
    are in ``rounded``), or all of them where ``everything`` holds; those in ``firm`` never. A percentage of one base
    is a product and exact; a percentage of several groups carries their roundings.
    """
    several = len([f for f in leaves(expr) if f.role in ("amount", "result")]) > 1
    return slack(expr, view, everything, rounded, firm, several)


def slack(
    expr: Expr, view: View, everything: bool, rounded: frozenset[int], firm: frozenset[int], several: bool
) -> Fraction:
    """The tolerance of one node; ``several``: products pass that of their factors on."""
    if isinstance(expr, Figure):
        figure = view.figures.get(expr.key)
        if figure is None or figure.role not in ("amount", "result") or figure.key in firm:
            return Fraction(0)
        coarse = scale_of(figure.unit) >= 1000
        return figure.place / 2 if everything or coarse or figure.key in rounded else Fraction(0)
    if isinstance(expr, Signed):
        return slack(expr.arg, view, everything, rounded, firm, several)
    if not isinstance(expr, Op):
        return Fraction(0)
    mine = [slack(arg, view, everything, rounded, firm, several) for arg in expr.args]
    if expr.sign in "+-":
        return sum(mine, Fraction(0))
    if not several:
        return Fraction(0)
    values = [evaluate(arg, view) for arg in expr.args]
    total = Fraction(0)
    for index, width in enumerate(mine):
        reach = width
        for other, value in enumerate(values):
            if other != index and value:
                reach = reach * abs(value) if expr.sign == "*" else reach / abs(value)
        total += reach
    return total


def ends(figures: Iterable[Figure]) -> bool:
    """Whether some figure's last written digit is not zero."""
    return any(not f.plain.endswith("0") for f in figures)


def leaves(expr: Expr) -> list[Figure]:
    """The figures of ``expr``, left to right."""
    if isinstance(expr, Figure):
        return [expr]
    if isinstance(expr, Signed):
        return leaves(expr.arg)
    return [leaf for arg in expr.args for leaf in leaves(arg)] if isinstance(expr, Op) else []


def zeros_rounded(stated: Figure, computed: Fraction) -> bool:
    """Whether a figure that ends in zeros is ``computed`` rounded at its last non-zero digit."""
    digits = stated.plain.replace(".", "")
    if not digits.strip("0") or digits[-1] != "0":
        return False
    coarse = stated.place * Fraction(10) ** (len(digits) - len(digits.rstrip("0")))
    return abs(stated.value - computed) <= coarse / 2


def verdict_of(
    relation: Relation, expr: Expr, computed: Fraction, view: View, rounded: frozenset[int], firm: frozenset[int]
) -> str:
    """The verdict of one reading of a relation."""
    stated = view.figures[relation.stated]
    off = abs(stated.value - computed)
    within = off <= abs(stated.value) / 100
    if not off:
        return "exact"
    if off <= stated.place / 2:
        return "rounded"
    present = [view.figures[f.key] for f in leaves(expr) if f.key in view.figures]
    money = [f for f in present if f.role in ("amount", "result")]
    reach = stated.place / 2 + tolerance(expr, view, False, rounded, firm)
    if relation.kind in CARRYING and within and ends(money) and off <= reach:
        return "carry"
    if stated.hedged and within:
        return "approximate"
    again = relation.kind == "equation" and isinstance(expr, Figure)
    product = again or (isinstance(expr, Op) and expr.sign in "*/")
    if product and within and zeros_rounded(stated, computed):
        return "approximate"
    if relation.soft == "upper":
        last = leaves(expr)[-1].key
        return "notice" if last not in view.figures and computed < stated.value else "mismatch"
    if relation.soft == "loose":
        return "notice" if computed < stated.value else "mismatch"
    return {"": "mismatch", "composed": "query", "either": "either"}[relation.soft]


def expand(expr: Expr, relations: Mapping[int, Relation]) -> Expr:
    """``expr`` with intermediate results replaced by what they are computed from."""
    if isinstance(expr, Figure) and expr.key in relations:
        return expand(relations[expr.key].expr, relations)
    if isinstance(expr, Signed):
        return Signed(expr.mark, expand(expr.arg, relations))
    if isinstance(expr, Op):
        return Op(expr.sign, tuple(expand(arg, relations) for arg in expr.args))
    return expr


def under(expr: Expr, relations: Mapping[int, Relation]) -> Expr:
    """A figure that repeats a sum as that sum; anything else as it is."""
    if isinstance(expr, Figure) and expr.key in relations:
        made = relations[expr.key].expr
        return made if isinstance(made, Op) and made.sign in "+-" else expr
    return expr


def to_the_yuan(key: int, view: View, relations: Mapping[int, Relation]) -> bool:
    """Whether a result is the exact product of whole numbers, so that nothing was rounded in it."""
    relation = relations.get(key)
    if relation is None or not isinstance(relation.expr, Op) or relation.expr.sign != "*":
        return False
    figures = [view.figures[f.key] for f in leaves(relation.expr) if f.key in view.figures]
    whole = all(f.place == 1 and scale_of(f.unit) == 1 for f in figures)
    return whole and evaluate(relation.expr, view) == view.figures[key].value


def twin_of(draft: Draft, rendered: Rendered) -> str:
    """How else the text can be taken so that all of it is right; "" where there is no such way."""
    view = View(rendered.figures, rendered.signs)
    for twin in draft.twins:
        if all(
            r.stated in view.figures and evaluate(r.expr, view) == view.figures[r.stated].value for r in twin.relations
        ):
            return twin.told
    return ""


def truths(draft: Draft, rendered: Rendered) -> tuple[Truth, ...]:
    """What every relation of the draft comes to in the rendered text."""
    view = View(rendered.figures, rendered.signs)
    first: dict[int, Relation] = {}
    for relation in draft.relations:
        first.setdefault(relation.stated, relation)
    firm = frozenset(key for key in first if key in view.figures and to_the_yuan(key, view, first))
    found: list[Truth] = []
    for relation in draft.relations:
        if relation.stated not in view.figures:
            continue
        rounded = frozenset(t.relation.stated for t in found if t.verdict == "rounded")
        readings = [relation.expr]
        if relation.kind in CARRYING:
            readings += [under(relation.expr, first), expand(relation.expr, first)]
        best: Truth | None = None
        for expr in readings:
            computed = evaluate(expr, view)
            if computed is None:
                continue
            stated = view.figures[relation.stated]
            verdict = verdict_of(relation, expr, computed, view, rounded, firm)
            loose = stated.place / 2 + tolerance(expr, view, True, rounded, firm)
            off = abs(stated.value - computed)
            near = verdict in FINE or (off <= loose and off <= abs(stated.value) / 100)
            # A composed reading with a decimal factor may be a thousandth off (approximate).
            fine = any("." in f.plain for f in leaves(expr))
            near = near or (relation.soft != "" and fine and off <= abs(stated.value) / 1000)
            # 7个村每村增加1万元，共需120万元: a composed figure that ends in zeros may be 121万元, rounded.
            zeros = off * 100 <= stated.value and zeros_rounded(stated, computed)
            near = near or (relation.soft == "composed" and zeros)
            truth = Truth(relation, computed, stated.value, verdict, near)
            # A sum adds the stated results as long as they fit; a total reports the better reading.
            settled = best is not None and relation.kind != "total" and best.verdict in FINE
            if best is None or (not settled and RANK.index(verdict) < RANK.index(best.verdict)):
                best = truth._replace(near=near or (best is not None and best.near))
        if best is not None:
            found.append(best)
    return tuple(found)


def status_of(draft: Draft, found: Iterable[Truth]) -> str:
    """The form's status by its verdicts and the warnings that the style knows of."""
    verdicts = [t.verdict for t in found]
    if "mismatch" in verdicts:
        return "fail"
    if draft.review or "query" in verdicts:
        return "review"
    return draft.status or "pass"


def judge(draft: Draft) -> tuple[Rendered, tuple[Truth, ...], tuple[Expected, ...], str]:
    """A draft's text with its truth: every relation, those a reader must find, the status."""
    rendered = render(draft)
    found = truths(draft, rendered)
    claims = tuple(
        Expected(t.relation.kind, t.computed, t.relation.unit, t.stated, t.verdict)
        for t in found
        if t.relation.expected and t.verdict not in ("notice", "either")
    )
    return rendered, found, claims, status_of(draft, found)
