"""From written chains to statements: every link of A=B=C is one.

The result may stand behind the sign (``…=264万元``), behind a comma with a word for it
(``…，计9万元``), or before the formula in brackets (``2.4万元(400元/人×60人)``).
"""

from __future__ import annotations

import re

from calcverify.basis.arithmetic import Chain, Side, chains, leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import Reading, best, in_yuan, readings
from calcverify.basis.nodes import Leaf, Node, Product
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import CONFIRMED, GOOD, Entry, Statement, Work, entry_of
from calcverify.exact.units import power_of
from calcverify.exact.verdict import Verdict

RESULT_ROLES = frozenset({"sum", "equals", "result", "hedge", "allyear", "bear", "request"})
EXPONENT = re.compile(r"[×xX*]\s*10[2-9]\s*(?:m|㎡|平|立方|t|吨|kg|公里|米|km)")
HOW = re.compile("测算|计算|公式|算式|过程|依据|明细")
BEFORE = frozenset({Kind.TEXT, Kind.CUE, Kind.PER, Kind.ASIDE, Kind.FIGURE})
WITHIN = frozenset({Kind.TEXT, Kind.CUE, Kind.COMMA, Kind.ASIDE, Kind.COLON})


def read_equations(work: Work) -> None:
    """Add the statement of every written equality, and the entries they leave."""
    for chain in chains(work.tokens, work.closing):
        if any(work.used.get(i) == "cell" for side in chain.sides for i in side.operands):
            continue
        if is_range(work, chain):
            first, last = chain.sides[0].operands
            low, high = work.tokens[first].data, work.tokens[last].data
            work.used[last] = "range"
            if high.money == 1 and not low.money and low.value * high.scale <= high.value:
                # 60-65万元: one figure with an upper end
                merged = high._replace(
                    start=low.start, value=low.value * (high.scale // low.scale), high=high.value, label=low.label,
                    roles=low.roles, index=first,
                )
                work.tokens[first] = work.tokens[first]._replace(data=merged)
                work.figs = [(i, merged if i == first else f) for i, f in work.figs]
            else:
                work.used[first] = "range"
            continue
        for side in chain.sides:
            for i in side.operands:
                if side.first <= i <= side.last:
                    work.used[i] = "operand"
        set_labels_aside(work, chain)
        if chain.torn:
            work.unread.append((chain.sides[0].first, chain.sides[-1].last, "operand-lost"))
            for side in chain.sides:
                for i in side.operands:
                    work.used[i] = "label"
            continue
        if len(chain.sides) == 1:
            lone_expression(work, chain)
        else:
            linked(work, chain)


def is_range(work: Work, chain: Chain) -> bool:
    """3-5万元 is a range, 8元-5元=3元 a subtraction."""
    side = chain.sides[0]
    if len(chain.sides) > 1 or chain.broken or len(side.operands) != 2:
        return False
    first, last = side.operands
    signs = [t.data for t in work.tokens[first:last] if t.kind is Kind.OPERATOR]
    return signs == ["-"]


def set_labels_aside(work: Work, chain: Chain) -> None:
    """领取300元补贴人员210×300×12: the 300元 before the first operand is part of its label,
    like every figure inside an expression that is no operand."""
    first, last = chain.sides[0].first, chain.sides[-1].last
    while work.tokens[first].kind is not Kind.OPEN and first > 0 and work.tokens[first - 1].kind in BEFORE:
        first -= 1
    lost = {i for side in chain.sides for i in side.missing}
    for i in range(first, last + 1):
        if work.tokens[i].kind is Kind.FIGURE and i not in lost:
            work.used.setdefault(i, "label")


def figure_of(work: Work, side: Side) -> Figure | None:
    """The figure of a side that is one plain figure."""
    if side.written or len(side.operands) != 1:
        return None
    figure: Figure = work.tokens[side.operands[0]].data
    return figure


def linked(work: Work, chain: Chain) -> None:
    """A=B=C: each computed side against the next plain figure, each figure against the next."""
    sides = chain.sides
    figures = [figure_of(work, s) for s in sides]
    last_entry: Entry | None = None
    for k, side in enumerate(sides):
        if side.missing and figures[k] is not None and k + 1 < len(sides):
            after = next((j for j in range(k + 1, len(sides)) if figures[j] is not None), None)
            if after is not None:
                last_entry = missing_operator(work, side, sides[after]) or last_entry
            continue
        target = next((j for j in range(k + 1, len(sides)) if figures[j] is not None), None)
        if target is None:
            if side.written and figures[0] is not None and k > 0 and all(f is None for f in figures[1:]):
                last_entry = close(work, side, sides[0])
            continue
        last_entry = close(work, side, sides[target]) or last_entry
    if last_entry is not None:
        work.entries.append(last_entry)


def close(work: Work, side: Side, target: Side) -> Entry | None:
    """One link: the statement that ``side`` gives the figure of ``target``."""
    token = target.operands[0]
    figure: Figure = work.tokens[token].data
    if not side.written and not side.missing:
        own: Figure = work.tokens[side.operands[0]].data
        if power_of(own.unit, "元") != power_of(figure.unit, "元") or (not own.unit and figure.unit):
            work.used.pop(side.operands[0], None)
            work.used.pop(token, None)  # 财政补贴80%=194.4万元 is a share
            return None
    value = evaluate(side.node)
    if value is None:
        work.unread.append((side.first, target.last, "division-by-zero"))
        return None
    if value.clash:
        work.issues.append((value.clash, side.first, target.last))
        return None
    reading = best(readings(side.node, figure, work.heading, work.leeway))
    if reading is None:
        work.unread.append((side.first, target.last, "units"))
        return None
    reading = in_yuan(reading, any(f.money == 1 for _, f in work.figures()))
    if reading.verdict not in CONFIRMED and any(work.tokens[i].data.kind == "joined" for i in (*side.operands, token)):
        work.unread.append((side.first, target.last, "damaged"))
        return None
    if reading.verdict not in GOOD and EXPONENT.search(work.text[work.tokens[side.first].start : work.tokens[side.last].end]):
        work.unread.append((side.first, target.last, "exponent"))
        return None
    if side.missing and reading.verdict not in GOOD:
        return missing_operator(work, side, target)
    return record(work, "equation", side.operands, token, reading)


def missing_operator(work: Work, side: Side, target: Side) -> Entry | None:
    """0.4万人1250=500万元: a lost × is restored only where the result confirms it."""
    token = target.operands[0]
    figure: Figure = work.tokens[token].data
    node = restored(work, side)
    reading = best(readings(node, figure, work.heading, work.leeway))
    operands = tuple(sorted({*side.operands, *side.missing}))
    if reading is not None and reading.verdict in CONFIRMED:
        for i in side.missing:
            work.used[i] = "operand"
        return record(work, "equation", operands, token, reading, ("missing-operator",))
    work.unread.append((min(operands), target.last, "missing-operator"))
    return None


def restored(work: Work, side: Side) -> Node:
    """The side with a × put where two figures stand side by side."""
    before: dict[int, list[int]] = {}
    for i in side.missing:
        kept = next(k for k in side.operands if k > i)
        before.setdefault(kept, []).append(i)
    swap = {}
    for kept, lost in before.items():
        factors = [leaf_of(work.tokens[i].data) for i in [*lost, kept]]
        swap[leaf_of(work.tokens[kept].data)] = Product(tuple(factors), (True,) * len(factors))
    return replace(side.node, swap)


def replace(node: Node, swap: dict[Leaf, Product]) -> Node:
    """``node`` with some leaves replaced; a product put into a product is opened."""
    if isinstance(node, Leaf):
        return swap.get(node, node)
    if isinstance(node, Product):
        factors: list[Node] = []
        ups: list[bool] = []
        for factor, up in zip(node.factors, node.ups, strict=True):
            new = replace(factor, swap)
            if up and isinstance(new, Product):
                factors += new.factors
                ups += new.ups
            else:
                factors.append(new)
                ups.append(up)
        return Product(tuple(factors), tuple(ups))
    return node._replace(terms=tuple(replace(t, swap) for t in node.terms))


def record(
    work: Work, kind: str, operands: tuple[int, ...], token: int, reading: Reading, issues: tuple[str, ...] = ()
) -> Entry | None:
    """Keep a reading as a statement and make the entry of its result."""
    statement = work.add(
        Statement(
            kind, reading.node, reading.computed, reading.unit, reading.stated, reading.verdict, reading.shape,
            operands, reading.notes, reading.issues + issues,
        )
    )
    for i in operands:
        work.used.setdefault(i, "operand")
    work.used[token] = "result"
    if power_of(reading.stated.unit, "元") != 1:
        return None
    return Entry(
        token, max(token, *operands), reading.stated.value, reading.node, reading.stated, reading.stated.roles,
        rounded=reading.verdict is not Verdict.EXACT, statement=statement,
    )


def lone_expression(work: Work, chain: Chain) -> None:
    """An expression without a sign of equality: look for its result around it."""
    side = chain.sides[0]
    if chain.broken and not side.written:
        return  # a form left blank: 70株/亩 11000亩 元/株 = 万元
    value = evaluate(side.node)
    if value is None:
        work.unread.append((side.first, side.last, "division-by-zero"))
        return
    if value.clash:
        work.issues.append((value.clash, side.first, side.last))
        return
    token = result_after(work, side)
    if token is None:
        token = result_before(work, side)
    if token is not None:
        reading = best(readings(side.node, work.tokens[token].data, work.heading, work.leeway))
        if reading is not None:
            entry = record(work, "equation", side.operands, token, reading)
            if entry is not None:
                work.entries.append(entry)
            return
    if power_of(value.unit, "元") == 1 or value.loose:
        work.entries.append(
            Entry(side.operands[0], side.operands[-1], value.value, side.node, None, derived=True)
        )


def result_after(work: Work, side: Side) -> int | None:
    """``85人×1280元/人，需近11万元``: the figure behind the expression that a word presents as
    its result, unless that figure adds up several items."""
    tokens = work.tokens
    i = side.last + 1
    commas = 0
    while i < len(tokens) and tokens[i].kind in WITHIN:
        commas += tokens[i].kind is Kind.COMMA
        i += 1
    if commas > 1 or i >= len(tokens) or tokens[i].kind is not Kind.FIGURE:
        return None
    figure: Figure = tokens[i].data
    if not figure.roles & RESULT_ROLES or figure.bound or "previous" in figure.roles or figure.kind == "percent":
        return None
    if figure.money != 1 or figure.is_rate or "part" in figure.roles or "rest" in figure.roles:
        return None
    if "sum" in figure.roles and any(
        work.sentence[e.token] == work.sentence[side.first] and work.path[e.token] == work.path[side.first]
        for e in work.entries
    ):
        return None
    return i


def result_before(work: Work, side: Side) -> int | None:
    """``2.4万元(400元/人×60人)`` and ``培训费2.4万元：400元/人×60人``."""
    tokens = work.tokens
    k = side.first - 1
    if k > 1 and tokens[k].kind is Kind.EQUALS and tokens[k - 1].kind is Kind.OPEN and tokens[k - 2].kind is Kind.FIGURE:
        return k - 2 if work.used.get(k - 2) is None and tokens[k - 2].data.money == 1 else None  # 1.44万元（=48小时×…）
    whole = tokens[side.first].kind is Kind.OPEN and work.closing.get(side.first) == side.last
    i = side.first if whole else side.first - 1
    while i >= 0 and tokens[i].kind in (Kind.TEXT, Kind.PER, Kind.CUE) and not (tokens[i].kind is Kind.CUE and "part" in tokens[i].data):
        i -= 1
    if i >= 1 and tokens[i].kind is Kind.COMMA and re.search("即|按|测算", work.text[tokens[i].end : tokens[side.first].start + 1]):
        k = i - 1  # 需资金596.376万元，即4247人×…
        figure = tokens[k].data if tokens[k].kind is Kind.FIGURE else None
        if figure is not None and work.used.get(k) is None and figure.money == 1 and not figure.is_rate and not figure.bound:
            return k
        return None
    if i < 1 or tokens[i].kind not in (Kind.OPEN, Kind.COLON):
        return None
    if tokens[i].kind is Kind.OPEN:
        if i not in work.closing:
            return None
        after = side.last + (not whole)
        while after < work.closing[i] and tokens[after].kind is Kind.TEXT:
            after += 1
        if after != work.closing[i]:
            return None
    elif any(work.part[k] == work.part[i] and t.kind is Kind.OPERATOR for k, t in enumerate(tokens) if k > side.last):
        return None
    k = i - 1
    if tokens[i].kind is Kind.COLON and HOW.search(work.text[tokens[max(0, i - 4)].start : tokens[i].start]):
        while k > 0 and tokens[k].kind in (Kind.TEXT, Kind.CUE, Kind.COMMA, Kind.STOP):
            k -= 1  # 共计207.792万元，测算过程：685人×…
    while k >= 0 and tokens[k].kind is Kind.TEXT and tokens[k].end - tokens[k].start <= 2:
        k -= 1
    if k < 0 or tokens[k].kind is not Kind.FIGURE or work.used.get(k):
        return None
    figure: Figure = tokens[k].data
    return k if figure.money == 1 and not figure.bound else None
