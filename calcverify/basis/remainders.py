"""What is left over: 8万元，已付5万元，余下3万元; incomings against outgoings; what 扣除 takes off."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.compare import addends, compare, figure_of, in_reach, misplaced, nearer, value_of
from calcverify.basis.differences import Difference, differences, less
from calcverify.basis.flows import role_of_flow
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Sum
from calcverify.basis.places import last_of_sentence, payers, same_sentence
from calcverify.basis.sureness import explained, slip_of_pen, stand_together
from calcverify.basis.work import GOOD, Entry, Statement, Work, own_unit
from calcverify.exact.units import show
from calcverify.exact.verdict import Shape, Verdict, judge
from calcverify.patterns import pattern

# 扣除上年结转6万元和捐赠2万元: what 扣除 takes off goes on behind one of these.
AND = "和及与、"


REACH = 30  # characters before an amount in which they stand
AFTER = pattern("(?:扣除|抵减|抵扣|扣减|核减|剔除|冲减|抵支)[^，。；\\d]{0,6}后[^，。；]*$")
# A gap or a rest is what the first amount exceeds the second by, never the other way round.
ONE_WAY = pattern("余下|剩余|其余|还差|尚缺|余款|尚需")

# 标准1200元/月，已发850元/月，补差350元/月
DIFFERENCE = pattern("补差|差额|补足")
# 需资金, 总投资, 概算 stand for what is needed; 已落实, 现有, 到位 for what there is.
NEEDED = pattern("需|总|概算|预算|投资")
THERE = pattern("已|现有|到位|落实|筹")


def remainder(work: Work, stated: Entry, confirms: bool = False) -> None:
    """余下, 缺口, 结余, 差额: a whole less what was taken off, incomings against outgoings.

    With ``confirms`` a subtraction is kept only where it holds.
    """
    first: tuple[Statement, Sequence[Entry]] | None = None
    for found in differences(work, stated):
        if len(found.entries) < 2:
            continue
        statement = without_sign(work, stated, found)
        if statement.verdict in GOOD:
            keep_rest(work, statement, stated, found.entries)
            return
        if first is None or nearer(statement, first[0]):
            first = statement, found.entries
    if first is None or stated.statement is not None:
        return
    # 收支相抵，亏损578万元，按亏损的90%补贴: what a share is taken of may be wrong as well.
    base = work.used.get(stated.token) == "base"
    if confirms and not (base and slip_of_pen(first[0].computed, figure_of(stated))):
        return
    apart = len(first[1]) == 2 and is_total(first[1][0], first[1][1])
    own = len(same_sentence(work, stated.token, first[1])) == len(first[1])
    slip = (apart or own) and slip_of_pen(first[0].computed, figure_of(stated))
    if not accusing(work, stated, first[1]) and not slip:
        return  # 共需233万元。上级补助116.5万元，余下106.5万元: the whole may stand in the sentence before
    values = [e.value for e in first[1]]
    behind = any(e.token > stated.token for e in first[1])
    # 合计78万元。市级补助23万元；乡镇自筹11万元；其余44万元: the whole may be the total of the sentence before.
    sentence = work.sentence[stated.token]
    told = [e for e in work.entries if e.roles & {"sum", "whole"} and work.sentence[e.token] == sentence - 1]
    elsewhere = bool(told) and not any(e in told for e in first[1])
    if (behind or elsewhere) and not slip_of_pen(first[0].computed, figure_of(stated)):
        return  # 后4个月还需124.8万元，新增灯具电费9.2万元: what stands behind a rest may be another item
    if not stand_together(work, stated, first[1]) and not explained(first[0].computed, figure_of(stated), values):
        work.unread.append((min(e.token for e in first[1]), stated.token, "unsure"))
    elif rest_in_reach(stated, first[0].computed, first[1]):
        keep_rest(work, first[0], stated, first[1])
    else:
        work.unread.append((min(e.token for e in first[1]), stated.token, "far-off"))


def rest_in_reach(stated: Entry, computed: Fraction, entries: Sequence[Entry]) -> bool:
    """Whether a miss can be one of arithmetic. A small rest is far off already where one digit is wrong."""
    value = figure_of(stated).value
    items = [entries[0].value, *(-e.value for e in entries[1:])]
    return in_reach(value, [computed], most=20) or misplaced(value, items) or misplaced(-value, items)


def without_sign(work: Work, stated: Entry, found: Difference) -> Statement:
    """收入5万元，支出8万元，缺口3万元: a gap is written without a sign, whichever side is greater."""
    statement = compare(work, "balance", stated, found.entries, found.signs)
    if len(found.entries) == 2 and "whole" in found.entries[1].roles and "whole" not in found.entries[0].roles:
        # 累计完成1860万元，占总投资2400万元的77.5%，剩余540万元: the whole is told last.
        return compare(work, "balance", stated, found.entries[::-1], found.signs)
    label = work.label(stated.token)
    one_way = ONE_WAY.search(label) or ("缺" in label and need_and_means(work, found))
    behind = any(e.token > stated.token for e in found.entries)  # nothing is left of what stands behind it
    if statement.computed >= 0 or behind or (one_way and found.signs[0] and not any(found.signs[1:])):
        return statement
    signs = tuple(not s for s in found.signs)
    computed = -statement.computed
    verdict = judge(
        Shape.SUM, computed, target_of(figure_of(stated)), addends(found.entries, signs), leeway=work.leeway
    )
    return statement._replace(computed=computed, node=value_of(found.entries, signs)[0], verdict=verdict)


def need_and_means(work: Work, found: Difference) -> bool:
    """需资金9万元，已落实6万元，缺口3万元: what is needed stands first, what there is behind it."""
    first, second = (work.label(e.token) for e in (found.entries[0], found.entries[1]))
    return bool(NEEDED.search(first) and THERE.search(second))


def deducted(work: Work, stated: Entry) -> list[Entry]:
    """The amounts that 扣除, 核减 take off before an amount of the same sentence; none where it
    is one of them itself."""
    if "deduct" not in work.roles or stated.roles & {"deduct", "sum"} or stated.statement is not None:
        return []
    same = [e for e in same_sentence(work, stated.token, work.entries) if e.token < stated.token]
    taken: list[Entry] = []
    for e in same:
        joined = bool(taken) and work.text[work.tokens[taken[-1].token].end : work.tokens[e.token].start][:1] in AND
        if "deduct" in e.roles or joined:
            taken.append(e)
    return taken if taken and last_of_sentence(work, stated) else []


def deduct(work: Work, stated: Entry, taken: Sequence[Entry]) -> None:
    """全年需20万元，扣减上年结余6万元，实际申请14万元: ``taken`` off the amount before it."""
    same = [
        e for e in same_sentence(work, stated.token, work.entries) if e.token < stated.token and e.within is None
    ]
    wholes = [e for e in same if e not in taken and e.token < taken[0].token]
    if not wholes:
        deduct_from_before(work, stated, taken)
        return
    found = less(wholes[-1], taken)
    statement = compare(work, "balance", stated, found.entries, found.signs)
    if statement.verdict in GOOD or len(same) == len(found.entries):
        keep_rest(work, statement, stated, found.entries)


def read_after_deduction(work: Work, stated: Entry) -> bool:
    """合计643万元。上年结余18万元可抵减，扣除后需安排625万元: the amounts behind the last total off it.

    Whether that is read: it accuses only where one of them with its point or unit misplaced explains the miss.
    """
    if stated.statement is not None or stated.within is not None or not AFTER.search(words_to(work, stated)):
        return False
    before = [
        e for e in work.entries
        if e.token < stated.token and e.within is None and work.sentence[stated.token] - work.sentence[e.token] <= 2
    ]
    for k in range(len(before) - 1, -1, -1):
        taken = before[k + 1 :]
        if not taken:
            continue
        found = less(before[k], taken)
        statement = compare(work, "balance", stated, found.entries, found.signs)
        whole = bool(before[k].roles & {"sum", "whole"})
        slip = whole and misplaced(figure_of(stated).value, [before[k].value, *(-e.value for e in taken)])
        if statement.verdict in GOOD or slip:
            keep_rest(work, statement, stated, found.entries)
            return True
        if whole:
            break
    return False


def words_to(work: Work, e: Entry) -> str:
    """The words before an amount."""
    start = work.tokens[e.token].start
    return work.text[max(0, start - REACH) : start]


def is_total(whole: Entry, taken: Entry) -> bool:
    """Whether an amount is a total from which the other may be taken."""
    return "sum" in whole.roles and whole.value > taken.value


def deduct_from_before(work: Work, stated: Entry, taken: Sequence[Entry]) -> None:
    """合计2297.2万元。扣除结余60万元后，需2237.2万元: ``taken`` off the last total before; it only confirms."""
    wholes = [
        e for e in work.entries
        if e.token < taken[0].token and e.within is None and work.sentence[stated.token] - work.sentence[e.token] <= 2
    ]
    for whole in [*wholes[-1:], *(e for e in reversed(wholes) if e.roles & {"sum", "whole"} or e.parts)]:
        found = less(whole, taken)
        statement = compare(work, "balance", stated, found.entries, found.signs)
        if statement.verdict in GOOD:
            keep_rest(work, statement, stated, found.entries)
            return


def accusing(work: Work, stated: Entry, entries: Sequence[Entry]) -> bool:
    """A remainder accuses only where whole and part stand in its own sentence.

    总额9万元，甲4万元，乙2万元，余下1万元 does not say that 乙 was taken off too.
    """
    own = len(same_sentence(work, stated.token, entries)) == len(entries)
    outgoing = any(role_of_flow(work, e) < 0 for e in entries)
    inside = all(work.depth[e.token] > work.depth[stated.token] for e in entries[1:])  # 扣除…（甲4万元、乙2万元）后尚余
    plain = len(entries) == 2 or outgoing or inside or payers(work, entries[1:])
    return own and plain and "previous" not in figure_of(stated).roles


def keep_rest(work: Work, statement: Statement, stated: Entry, entries: Sequence[Entry]) -> None:
    """Keep a remainder: its operands stay open for nothing else."""
    kept = work.add(statement)
    for e in entries:
        work.used.setdefault(e.token, "addend")
        if e.within is None:
            e.within = stated
    stated.parts = tuple(entries)
    stated.statement = stated.statement or kept
    work.used[stated.token] = "result"


def rate_sums(work: Work) -> None:
    """省级每户500元、县级每户200元，合计每户700元: confirmed or nothing."""
    rates = [(i, f) for i, f in work.figures() if f.money == 1 and len(f.unit) > 1 and not f.bound]
    for number, (i, figure) in enumerate(rates):
        if "sum" not in figure.roles:
            continue
        before = [(k, f) for k, f in rates[:number] if work.sentence[k] == work.sentence[i] and f.unit == figure.unit]
        tokens = tuple(k for k, _ in before)
        value = sum((f.value for _, f in before), Fraction(0))
        if len(before) > 1 and value == figure.value and all(work.used.get(k) in (None, "operand") for k in tokens):
            node = Sum(tuple(leaf_of(f) for _, f in before), (True,) * len(before))
            unit = show(own_unit(figure))
            work.add(Statement("sum", node, value, unit, figure, Verdict.EXACT, Shape.SUM, tokens))
            for k in tokens:
                work.used[k] = "operand"


def missed_differences(work: Work) -> None:
    """最低工资2490元/月，实发2000元/月，补差390元/月: a difference of rates that is none is reported as not read."""
    rates = [(i, f) for i, f in work.figures() if f.money == 1 and len(f.unit) > 1]
    for (a, first), (_, second), (i, figure) in zip(rates, rates[1:], rates[2:], strict=False):
        alike = work.sentence[a] == work.sentence[i] and first.unit == second.unit == figure.unit
        named = DIFFERENCE.search(work.text[work.tokens[i - 3].start if i > 2 else 0 : figure.start])
        if alike and named and first.value - second.value != figure.value:
            work.unread.append((a, i, "far-off"))


def rate_differences(work: Work) -> None:
    """成本2.8元/立方米，水价1.9元/立方米，差额0.9元/立方米: confirmed or nothing."""
    rates = [(i, f) for i, f in work.figures() if f.money == 1 and len(f.unit) > 1 and not f.bound]
    for (a, first), (b, second), (i, figure) in zip(rates, rates[1:], rates[2:], strict=False):
        alike = work.sentence[a] == work.sentence[i] and first.unit == second.unit == figure.unit
        if "rest" in figure.roles and alike and first.value - second.value == figure.value:
            node = Sum((leaf_of(first), leaf_of(second)), (True, False))
            unit = show(own_unit(figure))
            work.add(Statement("balance", node, figure.value, unit, figure, Verdict.EXACT, Shape.SUM, (a, b)))
            work.used.setdefault(a, "operand")
            work.used.setdefault(b, "operand")
