"""What comes in and what goes out: 收入, 上年结余 against 支出, 发放."""

from __future__ import annotations

import re

from calcverify.basis.tokens import Kind
from calcverify.basis.work import Entry, Work

# Headings of a list of amounts: 支出：差旅3万元，会务2万元. 来源：门票6万元，赞助1万元.
OUTGOING = re.compile("支出|用途|开支|使用")
INCOMING = re.compile("收入|来源|筹集|进账")


def role_of_flow(work: Work, e: Entry) -> int:
    """+1 for what comes in (收入, 征缴, 上年结余), -1 for what goes out (支出, 发放), 0 otherwise."""
    if e.figure is None:
        return 0
    roles = e.figure.roles
    if "carried" in roles or "income" in roles or ("previous" in roles and "rest" in roles):
        return 1
    if "expense" in roles:
        return -1
    return heading_flow(work, e)


def heading_flow(work: Work, e: Entry) -> int:
    """支出：人员11万元，活动8万元: the heading of a part says which way its amounts go."""
    k = e.token
    while k > 0 and work.part[k - 1] == work.part[e.token]:
        k -= 1
    for token in work.tokens[k : e.token]:
        if token.kind is Kind.COLON:
            heading = work.text[work.tokens[k].start : token.start]
            if OUTGOING.search(heading):
                return -1
            return 1 if INCOMING.search(heading) else 0
    return 0


def both_ways(directions: set[int]) -> bool:
    """Whether something comes in and something goes out."""
    return {1, -1} <= directions
