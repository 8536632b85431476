"""Amounts that happen to equal the form's total while the text itself leads past them.

``物业50万元、维修49万元，合计99万元`` beside a total of 49万元, ``报价150万元，按七折需105万元`` beside 150万元:
the total may be of that one amount, so nothing is accused; but nothing is confirmed either, and a
person is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcverify.basis.evaluate import leaves
from calcverify.basis.labels import names_payer, payer
from calcverify.basis.nodes import Product, Sum
from calcverify.basis.places import label_before
from calcverify.basis.work import GOOD, Entry, Statement, Work
from calcverify.patterns import pattern
from calcverify.verify.accusing import leads, of_this_budget, overall

# 2023年49万元、2024年50万元: what one year needs of several. 一期49万元: so is a stage.
STAGE = pattern(r"年|[一二三四首本]期|阶段|批次?|季度|月")
# What says of an item that it is what this form asks for.
ASKED = frozenset({"request", "bear", "rest", "allyear"})


def passed_over(work: Work, e: Entry, top: Sequence[Entry]) -> Entry | None:
    """The overall figure that the text goes on to from an amount; ``None`` where it goes on to none."""
    if e.figure is None or named_for(work, e):
        return None
    whole = e.within
    if whole is not None and adds_up(whole) and overall(whole, top) and leads(work, whole):
        return whole
    later = [s for s in work.statements if reprices(s) and e.token in s.operands and s.stated is not None]
    return next((x for s in later for x in work.entries if s.stated is not None and x.token == s.stated.index), None)


def adds_up(whole: Entry) -> bool:
    """Whether an amount is called a total and its items, more than one, were found to make it."""
    statement = whole.statement
    made = statement is not None and statement.kind == "sum" and statement.verdict in GOOD
    return made and "sum" in whole.roles and len(whole.parts) > 1


def named_for(work: Work, e: Entry) -> bool:
    """Whether its words give an amount to a payer, a year or this budget: the form may be about it alone."""
    label = label_before(work, e)
    kind = e.statement.kind if e.statement is not None else ""
    return bool(
        e.roles & ASKED
        or kind in ("share", "balance")
        or names_payer(label)
        or payer(label)
        or STAGE.search(label)
        or of_this_budget(work, e)
    )


def reprices(statement: Statement) -> bool:
    """Whether a statement turns an amount into the one that takes its place: by a discount, by growth."""
    if statement.kind != "share" or statement.verdict not in GOOD:
        return False
    node = statement.node
    grown = isinstance(node, Product) and any(isinstance(f, Sum) for f in node.factors)
    return grown or any(leaf.kind == "zhe" for leaf in leaves(node))
