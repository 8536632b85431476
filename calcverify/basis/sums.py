"""Totals behind their items: 甲5万元、乙3万元，合计8万元.

The words leave open which items a total covers. The scopes that the structure allows are
tried in order; only if none adds up is the first one reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, chain

from calcverify.basis.amounts import bare_entry, neighbour_scale, of_other_years
from calcverify.basis.compare import compare, figure_node, figure_of, in_reach, keep, misplaced, nearer
from calcverify.basis.counts import is_count
from calcverify.basis.groups import head_of_clause
from calcverify.basis.interpret import target_of
from calcverify.basis.labels import core, payer
from calcverify.basis.nodes import Sum
from calcverify.basis.places import last_of_sentence, open_before, same_sentence, vague_scope
from calcverify.basis.scopes import further_scopes, scopes_of, told_count
from calcverify.basis.signed_lists import taken_off, words_before
from calcverify.basis.sureness import explained, stand_together
from calcverify.basis.tokens import SHARES, Figure, Kind
from calcverify.basis.work import CONFIRMED, GOOD, Entry, Statement, Work
from calcverify.exact import rational
from calcverify.exact.verdict import Shape, Verdict, judge
from calcverify.patterns import pattern

# 分3年共90万元, 2项共8万元: counts of time and of items say nothing about what a total is of.
NO_THINGS = ("年", "月", "项", "季")
# The longest word between a count and its 共: 捐赠3笔，共9万元.
SHORT = 3


OWN_NAME = pattern("^(?!(?:以上|上述|总|全部|所有|共|年|全年|本|该))[一-鿿]{1,8}(?:类|级)")  # 工程类, 县级
MOST_ITEMS = 40  # of a list in which sub-totals without a word for them are looked for
NEAR = Fraction(3, 2)  # a sum that is half as much again as its total may count amounts that are no items
PRICE = pattern("(?:上年|去年|原)?合同价|协议价")
PART_OF_YEAR = pattern("半年|季度|月")


def total(work: Work, stated: Entry, accusing: bool, sourced: bool = False) -> None:
    """合计, 共计, 总计 behind its items; without ``accusing`` only where they add up.

    ``sourced`` tells that what was compared with it already are the sources that pay for the items.
    """
    scopes = list(scopes_of(work, stated))
    if stated.statement is not None and not any(len(s) > 1 for s in scopes):
        return
    roles = figure_of(stated).roles
    take_unit_of_items(work, stated, scopes)
    alone = "subtotal" in roles or len(scopes) == 1
    first: tuple[Statement, list[Entry]] | None = None
    near: tuple[Statement, list[Entry]] | None = None
    signed = "减" in work.text or "扣" in work.text
    tried: list[list[Entry]] = []
    for scope in chain(scopes, further_scopes(work, stated, scopes)):
        tried.append(scope)
        if alone and repeats(stated, scope) and not one_of_several(work, stated, scope[0]):
            scope[0].within = stated
            stated.parts = (scope[0],)
            return
        if len(scope) < 2 and scope[0].figure is not None:
            continue
        signs = [not (signed and taken_off(work, e)) for e in scope]
        statement = compare(work, "sum" if all(signs) else "balance", stated, scope, signs)
        rough = statement.verdict in GOOD and statement.verdict is not Verdict.EXACT and len(scope) > 1
        if rough and any(e.value == stated.value for e in scope):
            continue  # 0.06元/斤、120元/吨、12.6万元，共12.6万元: the others only vanish in its rounding
        if statement.verdict in CONFIRMED:
            near = statement, scope
            break
        if statement.verdict in GOOD:
            near = near or (statement, scope)  # a scope that adds up to the last digit goes before 尾差
        elif (first is None or nearer(statement, first[0])) and may_accuse(work, stated, scope):
            first = statement, scope
    if near is not None:
        keep(work, named(*near), stated, near[1])
        return
    if any(way(work, stated, tried) for way in OTHER_WAYS):
        return
    settled = stated.statement is not None and not sourced
    if keep_recomputed(work, stated, tried) or settled or not accusing:
        return
    if first is None:
        miscounted = [scope for scope in tried if len(scope) > 1 and not may_accuse(work, stated, scope)]
        if miscounted and told_count(work, figure_of(stated)):  # 甲3万元，乙2万元，以上三项合计7万元
            work.unread.append((min(e.token for e in miscounted[0]), stated.token, "miscounted"))
        return
    if first[0].kind == "balance" or not in_reach(figure_of(stated).value, [e.value for e in first[1]]):
        work.unread.append((min(e.token for e in first[1]), stated.token, "far-off"))
    elif not is_sure(work, stated, first[0], first[1]):
        work.unread.append((min(e.token for e in first[1]), stated.token, "unsure"))
    elif not vague_scope(work, stated, first[1]):
        keep(work, first[0], stated, first[1])


def is_sure(work: Work, stated: Entry, statement: Statement, scope: Sequence[Entry]) -> bool:
    """Whether the items of a total that they miss stand together, or one slip explains the miss."""
    values = [e.value for e in scope]
    who = payer(head_of_clause(work, stated.token))
    if who and any(payer(work.label(e.token)) != who for e in scope):
        return explained(statement.computed, figure_of(stated), values)  # 县级两项共需514万元: of what the county bears
    parts = [part.value for e in scope for part in e.parts]
    if parts and rational.total([*values, *parts]) == figure_of(stated).value:
        return True  # 会务5.4万元：场租3.6万元，餐费1.8万元，合计10.8万元: counted with its parts
    if explained(statement.computed, figure_of(stated), values):
        return True
    others = [i for i, f in work.figs if f.money and i != stated.token]
    near = statement.computed <= figure_of(stated).value * NEAR or misplaced(figure_of(stated).value, values)
    return (near or len(others) == len(scope)) and stand_together(work, stated, scope)


def may_accuse(work: Work, stated: Entry, scope: Sequence[Entry]) -> bool:
    """Whether a total that some items miss may be wrong: no rate is among them, and they are as many as it says."""
    if any(e.figure is not None and e.figure.is_rate for e in scope):
        return False
    if work.sentence[scope[0].token] != work.sentence[stated.token] and of_other_years(work, stated.token):
        return False  # 共需81万元。2023年至2025年累计安排210万元: what other years came to is no total of this one's
    told = told_count(work, figure_of(stated))
    return not told or told == len(scope)


def take_unit_of_items(work: Work, stated: Entry, scopes: Sequence[Sequence[Entry]]) -> None:
    """东片8.4万元、西片4.2万元，合计12.6: a bare total takes the items' unit where they add up with it."""
    figure = figure_of(stated)
    scale = neighbour_scale(work, stated.token)
    if not figure.bare or figure.scale == scale or work.tokens[stated.token].data.scale != 1:
        return
    again = bare_entry(work, stated.token, scale)
    if any(len(scope) > 1 and compare(work, "sum", again, scope).verdict in GOOD for scope in scopes):
        stated.figure, stated.value, stated.node = again.figure, again.value, again.node


def repeats(stated: Entry, scope: Sequence[Entry]) -> bool:
    """平台18万元，小计18万元: the total of one item is the item itself, and no sum."""
    return len(scope) == 1 and scope[0].value == stated.value and scope[0].figure is not None


def one_of_several(work: Work, stated: Entry, item: Entry) -> bool:
    """1.甲5万元；2.乙3万元；小计3万元: the 小计 behind the ； is of the list, not of its last item."""
    if any(e.token > item.last for e in open_before(work, stated)):
        return True  # 一、…小计5万元。二、甲2万元；乙3万元；小计5万元: what is repeated is another list's
    path = work.path[item.token]
    if not path or work.part[item.token] == work.part[stated.token]:
        return False
    return any(
        e is not item
        and work.path[e.token][:-1] == path[:-1]
        and len(work.path[e.token]) == len(path)
        and work.path[e.token][-1][0] == path[-1][0]
        and not (e.figure is not None and "sum" in e.figure.roles)
        for e in open_before(work, stated)
    )


def named(statement: Statement, scope: Sequence[Entry]) -> Statement:
    """20人×300元，共计6000元: a total of one computation is its result, not a sum."""
    if len(scope) == 1 and scope[0].figure is None:
        return statement._replace(kind="composed" if scope[0].composed else "equation")
    return statement


def keep_with_subtotals(work: Work, stated: Entry, scopes: Sequence[Sequence[Entry]]) -> bool:
    """不含税46万元，税5.98万元，含税价51.98万元，安装2.02万元，合计54万元: an amount among the items that is
    what those right before it, or right behind it, come to is their sub-total, where the total is met without them.
    """
    for scope in scopes:
        found = subtotals(scope) if 3 <= len(scope) <= MOST_ITEMS else {}
        parts = {id(e) for items in found.values() for e in items}
        top = [e for e in scope if id(e) not in parts]
        if not found or len(top) < 2:
            continue
        statement = compare(work, "sum", stated, top)
        if statement.verdict in CONFIRMED:
            for k, items in found.items():
                if len(items) == 1:
                    items[0].within = scope[k]
                    continue
                keep(work, compare(work, "sum", scope[k], items), scope[k], items)
            keep(work, statement, stated, top)
            return True
    return False


def keep_of_its_kind(work: Work, stated: Entry, scopes: Sequence[Sequence[Entry]]) -> bool:
    """县级承担7.5万元，…，县级合计146万元; 工程类小计401.8万元: a total that names its kind may leave out one of the
    amounts before it; it accuses none then."""
    if not OWN_NAME.search(core(work.label(stated.token))):
        return False
    for scope in scopes:
        for k in range(len(scope) if 3 <= len(scope) <= MOST_ITEMS else 0):
            kept = [*scope[:k], *scope[k + 1 :]]
            statement = compare(work, "sum", stated, kept)
            if statement.verdict is Verdict.EXACT:
                keep(work, statement, stated, kept)
                return True
    return False


def keep_without_stranger(work: Work, stated: Entry, scopes: Sequence[Sequence[Entry]]) -> bool:
    """2023年预算242万元。①运维102万元；②租赁33万元；③测评16万元；①至③合计151万元: an amount outside the list is none
    of its items where the total is met without it, nor is a price before its discount (①码洋81万元，按7.2折付58万元).
    Where it is met without the first of two other amounts of an item it is told as not read."""
    for scope in scopes:
        if not 3 <= len(scope) <= MOST_ITEMS:
            continue
        paths = [work.path[e.token] for e in scope]
        for k, e in enumerate(scope):
            others = [*paths[:k], *paths[k + 1 :]]
            listed = all(p and p[:-1] == others[0][:-1] and p[-1][0] == others[0][-1][0] for p in others)
            outside = listed and len(paths[k]) < len(others[0])
            first = listed and k + 1 < len(scope) and paths[k] == paths[k + 1] and len(set(others)) == len(others)
            if e.figure is None or not (outside or first):
                continue
            kept = [*scope[:k], *scope[k + 1 :]]
            statement = compare(work, "sum", stated, kept)
            if statement.verdict is Verdict.EXACT:
                if outside or discounted(work, e, scope[k + 1]):
                    keep(work, statement, stated, kept)
                else:
                    work.unread.append((scope[0].token, stated.token, "unsure"))
                return True
    return False


def discounted(work: Work, price: Entry, paid: Entry) -> bool:
    """码洋81万元，按7.2折结算，实付58.32万元: whether a share between two amounts makes the second of the first."""
    return any(
        f.kind in SHARES and price.value * f.value == paid.value
        for i, f in work.figs if price.token < i < paid.token
    )


def keep_all(work: Work, stated: Entry, _scopes: Sequence[Sequence[Entry]]) -> bool:
    """护林员36万元；装备65万元；协议费按去年合同价118万元执行。以上共计219万元: a 合同价 is an item where the total
    is met with it, and so is what was carried over: 结转上年资金36万元，预算420万元，可用资金合计456万元."""
    every = [e for e in work.entries if e.token < stated.token and e.within is None and e.figure is not None]
    own = [e for e in every if work.depth[e.token] <= work.depth[stated.token]]
    wholes = [e for e in own if "whole" in e.roles]
    if len(own) < 2 or not (wholes or any("carried" in e.roles for e in own)):
        return False
    if any(not PRICE.search(work.label(e.token)) or stated.value == 2 * e.value for e in wholes):
        return False  # 合同总价50万元，设备20万元、安装30万元，合计100万元 counts the whole beside its parts
    statement = compare(work, "sum", stated, own)
    if statement.verdict is Verdict.EXACT:
        keep(work, statement, stated, own)
    return statement.verdict is Verdict.EXACT


def keep_of_list(work: Work, stated: Entry, _scopes: Sequence[Sequence[Entry]]) -> bool:
    """（一）采样23万元；（二）测试78万元；（三）报告12万元，评审1万元。小计114万元: a 小计 behind the last item may be
    of the list."""
    above = work.path[stated.token][:-1]
    if len(above) + 1 != len(work.path[stated.token]):
        return False
    own = [e for e in open_before(work, stated) if work.path[e.token][: len(above)] == above and work.path[e.token]]
    if len(own) < 3:
        return False
    statement = compare(work, "sum", stated, own)
    if statement.verdict is Verdict.EXACT:
        keep(work, statement, stated, own)
    return statement.verdict is Verdict.EXACT


# What a total may be of where none of the usual lists makes it; each only confirms.
OTHER_WAYS = (keep_with_subtotals, keep_of_its_kind, keep_all, keep_of_list, keep_without_stranger)


def subtotals(items: Sequence[Entry]) -> dict[int, Sequence[Entry]]:
    """The items that are the sum of two or more beside them, or that a 其中 repeats as a whole, by their place, with
    those; no item is in two."""
    found: dict[int, Sequence[Entry]] = {}
    cents = [e.value * 10_000 for e in items]
    if any(c.denominator != 1 for c in cents):
        return found
    values = [c.numerator for c in cents]
    so_far = [0, *accumulate(values)]
    free = 0  # nothing before this place may be taken again
    for k, value in enumerate(values):
        if k < free or items[k].figure is None:
            continue
        if k + 1 < len(items) and values[k + 1] == value and "part" in items[k + 1].roles:
            found[k], free = items[k + 1 : k + 2], k + 2  # 三、设备购置10万元⏎其中：玩教具10万元
            continue
        for size in range(2, len(items)):
            if k - size >= free and so_far[k] - so_far[k - size] == value:
                found[k], free = items[k - size : k], k + 1
                break
            end = k + 1 + size
            if end <= len(items) and so_far[end] - so_far[k + 1] == value:
                found[k], free = items[k + 1 : end], end
                break
    return found


def keep_recomputed(work: Work, stated: Entry, scopes: Sequence[Sequence[Entry]]) -> bool:
    """Keep the sum that holds once a wrong item is put right; whether there is one."""
    for scope in scopes:
        if len(scope) > 1 and any(in_doubt(work, e) for e in scope):
            again = recomputed(work, stated, scope)
            if again is not None:
                keep(work, again, stated, scope)
                return True
    return False


def in_doubt(work: Work, e: Entry) -> bool:
    """Whether an item misses what it was computed from."""
    return e.token in work.doubts or (e.statement is not None and e.statement.verdict not in GOOD)


def recomputed(work: Work, stated: Entry, scope: Sequence[Entry]) -> Statement | None:
    """The sum of what the items come to where one states it wrongly: the sum is right then.

    3人×2万元=7万元，设备1万元，合计7万元: the total took the right 6万元, and only the item is wrong.
    """
    figure = figure_of(stated)
    under = [work.doubts.get(e.token) or e.statement for e in scope]
    values = [s.computed if s is not None else e.value for s, e in zip(under, scope, strict=True)]
    nodes = tuple(s.node if s is not None else figure_node(e) for s, e in zip(under, scope, strict=True))
    value = rational.total(values)
    verdict = judge(Shape.SUM, value, target_of(figure), leeway=work.leeway)
    if verdict not in GOOD:
        return None
    node = Sum(nodes, (True,) * len(nodes))
    return Statement("sum", node, value, "元", figure, verdict, Shape.SUM, tuple(e.token for e in scope))


def closes_list(work: Work, entry: Entry) -> bool:
    """县级28万元、镇级7万元、社会捐助5万元，总投资40万元: a whole that stands last is a total."""
    if not entry.roles & {"whole", "allyear"} or entry.parts or not last_of_sentence(work, entry):
        return False
    same = same_sentence(work, entry.token, open_before(work, entry))
    if "allyear" in entry.roles and not all(PART_OF_YEAR.search(words_before(work, e)) for e in same):
        return False  # 上半年34万元、下半年31万元，全年65万元
    return len(same) > 1 and not any(e.roles & {"whole", "rest", "deduct"} for e in same)


def of_a_count(work: Work, entry: Entry) -> bool:
    """企业捐赠3笔共95万元: the total is of the things just counted, not of the items before."""
    for token in reversed(work.tokens[: entry.token]):
        if token.kind is Kind.FIGURE:
            figure: Figure = token.data
            return is_count(figure) and not any(n in NO_THINGS for n, _ in figure.unit)
        if token.kind not in (Kind.CUE, Kind.TEXT, Kind.COMMA) or token.end - token.start > SHORT:
            return False
    return False
