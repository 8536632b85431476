"""Figures reached from another amount of the sentence, without a rate.

``差额275元，涉及360人，需补发9.9万元``; ``上年18万元，翻一番，安排36万元``;
``总额1350万元，按5年平均拨付，本年270万元``.
"""

from __future__ import annotations

from fractions import Fraction

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.asking import LEADS
from calcverify.basis.compose import MONTHLY, keep_product
from calcverify.basis.counts import is_count
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Leaf, Node, Product
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import CONFIRMED, Statement, Work, own_unit
from calcverify.exact.units import power_of, show
from calcverify.exact.verdict import Shape, Verdict, judge
from calcverify.patterns import pattern
from calcverify.source import Span

# 月计11.7万元，年计140.4万元: a month's amount and the year's.
YEARLY = pattern("(?:全年|每年|年)(?:合计|共计|需|支出|费用|计)*$")
STEPS = frozenset({"doubling", "evenly"})
WANTED = LEADS | {"result"}


def read_steps(work: Work) -> list[Statement]:
    """Add the statements of such steps; return those that may only ask."""
    unsure: list[Statement] = []
    figures = work.figs
    if len(figures) < 2:
        return unsure
    amounts = [
        (i, f) for i, f in figures
        if f.money == 1
        and not f.bound
        and f.high is None
        and not f.is_rate
        and work.used.get(i) not in ("operand", "label", "cell")
    ]
    for number, (token, figure) in enumerate(amounts):
        if number == 0 or work.used.get(token) is not None or "previous" in figure.roles:
            continue
        i, base = amounts[number - 1]
        if work.sentence[i] == work.sentence[token] or lines_apart(work, i, token):
            step = one_step(work, i, base, token, figure)
            if step is not None:
                unsure.append(step)
    return unsure


def lines_apart(work: Work, i: int, token: int) -> bool:
    """净水器⏎18台⏎2350元⏎42300元: a cell a line."""
    return all(t.kind is Kind.LINE or t.kind is Kind.TEXT for t in work.tokens[i + 1 : token])


def count_before(work: Work, i: int) -> tuple[int, Figure] | None:
    """The count right before an amount in its clause or on the line before: 9人另补助2000元."""
    for k in range(i - 1, max(-1, i - 8), -1):
        token = work.tokens[k]
        if token.kind is Kind.FIGURE:
            figure: Figure = token.data
            free = work.used.get(k) is None and is_count(figure) and figure.high is None
            return (k, figure) if free else None
        if token.kind not in (Kind.TEXT, Kind.CUE, Kind.LINE, Kind.COMMA):
            return None
    return None


def one_step(work: Work, i: int, base: Figure, token: int, figure: Figure) -> Statement | None:
    """From one amount to the next: doubled, spread evenly, times a count."""
    cues: dict[str, int] = {}
    if not work.roles.isdisjoint(STEPS):
        cues = {role: k for k in range(i, token) if work.tokens[k].kind is Kind.CUE for role in work.tokens[k].data}
    counts = [
        (k, f) for k, f in work.figs
        if i < k < token and is_count(f) and f.high is None and work.used.get(k) is None
    ]
    start = leaf_of(base)
    if "月" in work.text and MONTHLY.search(work.label(i)) and YEARLY.search(work.label(token)):
        year = Leaf(Span(figure.start, figure.start), Fraction(12), (), Fraction(1))
        return finish(work, token, Product((start, year), (True, True)), (i,), asks=False)
    if "doubling" in cues:
        t = work.tokens[cues["doubling"]]
        twice = Leaf(Span(t.start, t.end), Fraction(2), (), Fraction(1), 1, "doubling", True)
        return finish(work, token, Product((start, twice), (True, True)), (i,), asks=True)
    if counts and "evenly" in cues:
        k, count = counts[-1]
        spread = Product((start, leaf_of(count)._replace(unit=())), (True, False))
        return finish(work, token, spread, (i, k), asks=False)
    close = lines_apart(work, i, token)
    before = count_before(work, i)
    if before is not None and (close or figure.roles & WANTED) and not (power_of(before[1].unit, "年")):
        k, count = before
        finish(work, token, Product((leaf_of(count)._replace(unit=()), start), (True, True)), (k, i), asks=False)
        if work.used.get(token) is not None:
            work.used[i] = "operand"
            return None
    if figure.roles & WANTED:
        for k, count in reversed(counts):
            if power_of(count.unit, "年") and "allyear" not in base.roles:
                continue
            node: Node = Product((start, leaf_of(count)._replace(unit=())), (True, True))
            finish(work, token, node, (i, k), asks=False)
            if work.used.get(token) is not None:
                break
    return None


def finish(work: Work, token: int, node: Node, tokens: tuple[int, ...], asks: bool) -> Statement | None:
    """Keep a step where it holds; return it where it misses and may ask."""
    figure: Figure = work.tokens[token].data
    value = evaluate(node)
    if value is None:
        return None
    verdict = judge(Shape.COMPOSED, value.value, target_of(figure), leeway=work.leeway)
    unit = show(own_unit(figure))
    statement = Statement("composed", node, value.value, unit, figure, verdict, Shape.COMPOSED, tokens)
    if verdict in CONFIRMED:
        keep_product(work, token, statement)
        return None
    return statement if asks and verdict is Verdict.QUERY else None
