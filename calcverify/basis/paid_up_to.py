"""Payments up to a share of the price: what is paid now is that share less what was paid before.

``合同价420万元，上年已付168万元，本年支付至80%，需168万元`` says 420万元 × 80% − 168万元.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Product, Sum
from calcverify.basis.rules import Rule
from calcverify.basis.tokens import Figure
from calcverify.basis.work import GOOD, Statement, Work, entry_of, own_unit
from calcverify.exact.units import show
from calcverify.exact.verdict import Shape, judge
from calcverify.patterns import pattern

PRICE = pattern("合同|中标|成交价|总价|审定|结算价|概算")
LEADS = frozenset({"equals", "result", "request", "bear"})
MOST_PAID = 6  # payments before one: an amount further back is no part of it


def paid_up_to(work: Work, token: int, rule: Rule) -> Statement | None:
    """The statement that an amount is a level of a price, or what lifts the payments to it.

    Which amounts are meant is told by nothing but that they give the figure, so that a level only confirms or
    asks; it asks where the first amount is called a price (合同价, 中标价) and the words lead to the figure.
    """
    figure: Figure = work.tokens[token].data
    asked: Statement | None = None
    for amounts in worked_out(work, rule):
        parts = [entry_of(work, i).node for i in amounts]
        node = Sum((Product((parts[0], rule.leaf), (True, True)), *parts[1:]), (True,) + (False,) * len(parts[1:]))
        value = evaluate(node if parts[1:] else node.terms[0])
        if value is None:
            continue
        verdict = judge(Shape.COMPOSED, value.value, target_of(figure), (), leeway=work.leeway)
        statement = Statement(
            "share", node if parts[1:] else node.terms[0], value.value, show(own_unit(figure)), figure, verdict,
            Shape.COMPOSED, tuple(sorted((*amounts, rule.token))),
        )
        if verdict in GOOD:
            return statement
        asked = asked or statement
    fresh = work.used.get(rule.token) is None
    price = asked is not None and fresh and PRICE.search(work.label(asked.operands[0]))
    return asked if price and figure.roles & LEADS and work.clause[token] - work.clause[rule.token] <= 1 else None


def worked_out(work: Work, rule: Rule) -> Iterator[list[int]]:
    """The prices before a share, nearest last, each with what may be paid of it already: all, the last, nothing."""
    before = [
        i for i, f in work.figures()
        if i < rule.token and 0 <= work.sentence[rule.token] - work.sentence[i] <= 1
        and f.money == 1 and not f.is_rate and not f.bound and f.high is None
    ][-MOST_PAID:]
    for k, price in enumerate(before):
        paid = before[k + 1 :]
        for less in ([*paid], paid[-1:], []):
            yield [price, *less]
