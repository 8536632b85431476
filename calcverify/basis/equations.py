"""From written chains to statements: every link of A=B=C is one.

The result may stand behind the sign (``…=84万元``), behind a comma with a word for it
(``…，计9万元``), or before the formula in brackets (``3.44万元(430元/人×80人)``).
"""

from __future__ import annotations

import re

from calcverify.basis.arithmetic import Chain, Side, chains, leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import Reading, best, in_yuan, left_in_terms, readings, under_heading
from calcverify.basis.nodes import Leaf, Node, Product
from calcverify.basis.results import count_before, result_around
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import CONFIRMED, GOOD, Entry, Statement, Work
from calcverify.exact.units import power_of
from calcverify.exact.verdict import Verdict

# 3×103m³ was 3×10³m³ before the digits lost their height.
EXPONENT = re.compile(r"[×xX*]\s*10[2-9]\s*(?:m|㎡|平|立方|t|吨|kg|公里|米|km)")
AROUND = frozenset({Kind.TEXT, Kind.CUE, Kind.PER, Kind.ITEM, Kind.CLOSE})
BEFORE = frozenset({Kind.TEXT, Kind.CUE, Kind.PER, Kind.ASIDE, Kind.FIGURE})


def read_equations(work: Work) -> None:
    """Add the statement of every written equality, and the entries they leave."""
    for chain in chains(work.tokens, work.closing):
        if any(work.used.get(i) == "cell" for side in chain.sides for i in side.operands):
            continue
        if is_range(work, chain):
            join_range(work, *chain.sides[0].operands)
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


def join_range(work: Work, first: int, last: int) -> None:
    """35-40万元: one figure with an upper end; a range of anything else is set aside."""
    low: Figure = work.tokens[first].data
    high: Figure = work.tokens[last].data
    work.used[last] = "range"
    if high.money != 1 or low.money or low.value * high.scale > high.value:
        work.used[first] = "range"
        return
    merged = high._replace(
        start=low.start, value=low.value * (high.scale // low.scale), high=high.value, label=low.label,
        roles=low.roles, index=first,
    )
    work.give(first, merged)


def set_labels_aside(work: Work, chain: Chain) -> None:
    """享受350元津贴人员180×350×12: the 350元 before the first operand is part of its label,
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
                last_entry = missing_operator(work, side, sides[after].operands[0]) or last_entry
            continue
        target = next((j for j in range(k + 1, len(sides)) if figures[j] is not None), None)
        if target is None:
            if side.written and figures[0] is not None and k > 0 and all(f is None for f in figures[1:]):
                last_entry = close(work, side, sides[0])
            continue
        if any(s.missing for s in sides[k + 1 : target]):
            # 水4箱*30=120元茶2盒*45=90元: 90元 is not what the first product was said to be.
            work.unread.append((side.first, sides[target].last, "missing-operator"))
            continue
        if target > k + 1 and went_on(work, side, sides[k + 1]):
            continue
        last_entry = close(work, side, sides[target]) or last_entry
    if last_entry is not None:
        work.entries.append(last_entry)


def went_on(work: Work, side: Side, following: Side) -> bool:
    """1200米×9米=10800平方米×160元/平方米=172.8万元: the result is at once the first figure of the next product."""
    token = following.operands[0]
    if token != following.first or not side.written:
        return False
    reading = best(readings(side.node, work.tokens[token].data, work.heading, work.leeway))
    if reading is None or reading.verdict not in CONFIRMED:
        return False
    record(work, "equation", side.operands, token, reading)
    return True


def close(work: Work, side: Side, target: Side) -> Entry | None:
    """One link: the statement that ``side`` gives the figure of ``target``."""
    token = target.operands[0]
    figure: Figure = work.tokens[token].data
    if not side.written and not side.missing:
        own: Figure = work.tokens[side.operands[0]].data
        if power_of(own.unit, "元") != power_of(figure.unit, "元") or (not own.unit and figure.unit):
            work.used.pop(side.operands[0], None)
            work.used.pop(token, None)  # 财政补贴70%=91万元 is a share
            return None
    value = evaluate(side.node)
    if value is None:
        work.unread.append((side.first, target.last, "division-by-zero"))
        return None
    if value.clash:
        work.issues.append((value.clash, side.first, target.last))
        return None
    reading = best(readings(side.node, figure, work.heading, work.leeway, value))
    if reading is None:
        work.unread.append((side.first, target.last, "units"))
        return None
    if not reading.unit:
        reading = in_yuan(reading, any(f.money == 1 for _, f in work.figures()))
    damage = (
        stray(work, side, figure, reading)
        or damaged(work, side, token, reading)
        or ("units" if value.rough and reading.verdict not in GOOD else "")
    )
    if damage:
        work.unread.append((side.first, target.last, damage))
        return None
    # 85人×1天450元/人·天=38250元 holds without the 1天, and leaves the day of the rate over.
    if side.missing and (reading.verdict not in GOOD or reading.issues):
        return missing_operator(work, side, token)
    return record(work, "equation", side.operands, token, reading)


def stray(work: Work, side: Side, figure: Figure, reading: Reading) -> str:
    """Whether a lone figure that misses is the end of something not understood: a rate never equals an amount
    (6场◇1500元/场=9000元), nor does the last term of what a sign leads to (（一）…＋（二）培训费4.95万元=24.25万元)."""
    if side.written or side.missing or reading.verdict in GOOD:
        return ""
    opening = {close: opens for opens, close in work.closing.items()}
    k = side.first - 1
    while k >= 0 and work.tokens[k].kind in AROUND:
        k = opening.get(k, k) - 1
    led = k >= 0 and work.tokens[k].kind is Kind.OPERATOR
    return "missing-operator" if led or work.tokens[side.operands[0]].data.is_rate != figure.is_rate else ""


def damaged(work: Work, side: Side, token: int, reading: Reading) -> str:
    """Why a reading that misses is not to be trusted: digits torn apart (``12 50``), a flattened
    exponent (``3×103m³``); "" where nothing is the matter."""
    if reading.verdict in CONFIRMED:
        return ""
    torn = any(work.tokens[i].data.kind == "joined" for i in (*side.operands, token))
    if torn:
        return "damaged"
    written = work.text[work.tokens[side.first].start : work.tokens[side.last].end]
    return "exponent" if reading.verdict not in GOOD and EXPONENT.search(written) else ""


def missing_operator(work: Work, side: Side, token: int) -> Entry | None:
    """0.3万人1600=480万元: a lost × is restored only where the result, the figure of ``token``, confirms it."""
    figure: Figure = work.tokens[token].data
    node = restored(work, side)
    reading = best(readings(node, figure, work.heading, work.leeway))
    operands = tuple(sorted({*side.operands, *side.missing}))
    if reading is not None and reading.verdict in CONFIRMED:
        for i in side.missing:
            work.used[i] = "operand"
        return record(work, "equation", operands, token, reading, ("missing-operator",))
    work.unread.append((min(*operands, token), max(*operands, token), "missing-operator"))
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
        operand: Figure = work.tokens[i].data
        # ③税费=（①+②）×6%=0.66万元: what the marks name is counted by the total as well.
        base = isinstance(reading.node, Product) and operand.money == 1 and not operand.is_rate
        work.used.setdefault(i, "base" if base else "operand")
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
        return  # a form left blank: 60株/亩 2500亩 元/株 = 万元
    value = evaluate(side.node)
    if value is None:
        work.unread.append((side.first, side.last, "division-by-zero"))
        return
    if value.clash:
        work.issues.append((value.clash, side.first, side.last))
        return
    count = count_before(work, side)
    if count is not None:
        reading = best(readings(side.node, work.tokens[count].data, work.heading, work.leeway))
        if reading is not None:
            record(work, "equation", side.operands, count, reading)
            work.used[count] = "whole"  # …，每场200元，计43.68万元: a rate may still go with it
            return
    token = result_around(work, side)
    if token is not None:
        reading = best(readings(side.node, work.tokens[token].data, work.heading, work.leeway))
        if reading is not None:
            # 586.8万元（326人1500元/人·月×12月）: the sign may be lost here as well.
            lost = side.missing and (reading.verdict not in GOOD or reading.issues)
            if lost:
                entry = missing_operator(work, side, token)
            else:
                entry = record(work, "equation", side.operands, token, reading)
            if entry is not None:
                work.entries.append(entry)
            return
    if side.missing and left_in_terms(side.node) and not left_in_terms(restored(work, side)):
        # 326人1500元/人·月×12月, and no result that could confirm the lost sign.
        work.unread.append((min(*side.operands, *side.missing), side.last, "missing-operator"))
    elif power_of(value.unit, "元") == 1 or value.loose:
        node = side.node if power_of(value.unit, "元") else under_heading(side.node, work.heading)
        value = evaluate(node)
        assert value is not None, "a scale divides by nothing"
        work.entries.append(Entry(side.operands[0], side.operands[-1], value.value, node, None, derived=True))
