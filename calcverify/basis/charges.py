"""Rates of charge between a base and what they give: ``贷款余额2.6亿元，平均贴息率3.85%，全年贴息1001万元``.

The words say neither who bears what nor of which amount the rate is, so that such a reading only
confirms; where they name the base, it asks. Several rates are a product (``加成率15%，补偿比例20%``), a rate
on top is added to its base (``取费率12%，总造价432768元``), and a base may be named (``按硬件金额的8%计``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.groups import amounts_before, head_of
from calcverify.basis.interpret import target_of
from calcverify.basis.labels import core, shared
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.rules import GIVES
from calcverify.basis.sureness import explained, slip_of_pen
from calcverify.basis.tokens import SHARES, Figure
from calcverify.basis.work import CONFIRMED, GOOD, Entry, Statement, Work, entry_of, own_unit
from calcverify.exact.rational import ONE
from calcverify.exact.units import show
from calcverify.exact.verdict import Shape, Verdict, judge
from calcverify.patterns import pattern

RATE = pattern("(?:率|比例|系数|按|的)[为是约]?$")
# 含税总价, 总造价: the rate before it comes on top of its base.
ON_TOP = pattern("总|含税|造价|价款")
NAMED = pattern("按照?([^，。；、\\d]{2,12}?)(?:总额|金额|合计)?的?$")
NOUN = pattern("[一-鿿]{0,4}(?:金|费|款|税|税金|补贴|补助)")
PART = pattern("占|完成|达|至|到")  # 占总投资45%
MOST_BASES = 3  # amounts before a rate that are tried, the nearest first
MOST_RATES = 3


def read_charges(work: Work) -> list[Statement]:
    """Add a share for each amount that nothing has read and that rates before it give; return what
    a rate of a named base does not give."""
    unsure: list[Statement] = []
    if not work.shares:
        return unsure
    for token, figure in work.figures():
        if figure.money != 1 or figure.is_rate or figure.bound or figure.high is not None or "previous" in figure.roles:
            continue
        if work.used.get(token) not in (None, "base"):
            continue
        if rates := rates_before(work, token):
            confirm(work, token, readings(work, token, rates))
            if work.used.get(token) in (None, "base"):
                asked = of_named_base(work, token, rates) or slipped(work, token, rates)
                unsure += [asked] if asked is not None else []
        else:
            confirm(work, token, charged_in_turn(work, token))
    by_sibling(work)
    return unsure


def by_sibling(work: Work) -> None:
    """决算价212万元，省50%计106万元，县30%计63.6万元，产权人20%计44.2万元: the last is of what the others are of."""
    for token, figure in work.figures():
        share = work.figure_before(token)
        if share is None or figure.money != 1 or figure.is_rate or work.used.get(token) is not None:
            continue
        rate = share.index
        if share.kind not in SHARES or work.used.get(rate) is not None or not gives(work, rate, token):
            continue
        bases = {
            i for s in work.statements
            if s.kind == "share" and s.verdict in GOOD and s.stated is not None and s.stated.index < token
            and work.sentence[s.stated.index] == work.sentence[token] and len(s.operands) == 2
            for i in s.operands if work.tokens[i].data.money
        }
        if len(bases) != 1:
            continue
        base = bases.pop()
        node = Product((entry_of(work, base).node, leaf_of(share)), (True, True))
        value = evaluate(node)
        if value is None:
            continue
        verdict = judge(Shape.PRODUCT, value.value, target_of(figure), leeway=work.leeway)
        if verdict not in GOOD and not explained(value.value, figure):
            continue  # 设计费按建安费的6.5%计17.45万元，预备费按前述费用之和的5%计14.77万元: of another sum
        unit, operands = show(own_unit(figure)), tuple(sorted((base, rate)))
        kept = work.add(Statement("share", node, value.value, unit, figure, verdict, Shape.PRODUCT, operands))
        work.used[rate], work.used[token] = "operand", "result"
        work.entries.append(Entry(token, token, figure.value, node, figure, figure.roles, statement=kept))


def of_named_base(work: Work, token: int, rates: Sequence[int]) -> Statement | None:
    """建设费860万元，运维费按建设费的8%计算，年运维费86.8万元: what the rate gives of the amount that it
    names, where its clause leads to the figure at once."""
    rate, figure = rates[-1], work.tokens[token].data
    named = NAMED.search(work.label(rate))
    far = work.clause[token] - work.clause[rate] > 1
    if len(rates) > 1 or named is None or far or ON_TOP.search(work.label(token)):
        return None
    name = core(named.group(1))
    called = [i for i in amounts_before(work, rate, set()) if shared(name, core(work.label(i))) >= 2]
    if len(called) != 1 or work.tokens[called[0]].data.is_rate:
        return None
    node = Product((entry_of(work, called[0]).node, leaf_of(work.tokens[rate].data)), (True, True))
    value = evaluate(node)
    if value is None:
        return None
    verdict = judge(Shape.COMPOSED, value.value, target_of(figure), leeway=work.leeway)
    operands = tuple(sorted((called[0], rate)))
    return Statement("share", node, value.value, show(own_unit(figure)), figure, verdict, Shape.COMPOSED, operands)


def rates_before(work: Work, token: int) -> list[int]:
    """The rates of charge in the sentence of an amount, back to the amount before it."""
    found: list[int] = []
    for i, figure in reversed(work.figs):
        if i >= token:
            continue
        if work.sentence[i] != work.sentence[token] or (figure.money and found):
            break
        if figure.money:
            break
        free = work.used.get(i) is None and figure.high is None and not figure.bound and not figure.unit
        if figure.kind in SHARES and free and (RATE.search(work.label(i)) or gives(work, i, token, bare=True)):
            found.insert(0, i)
    return found[-MOST_RATES:]


def slipped(work: Work, token: int, rates: Sequence[int]) -> Statement | None:
    """分析费31.32万元；质控样按10%计，即3.312万元: what a rate of the nearest amount gives but for one slip."""
    rate, figure = rates[-1], work.tokens[token].data
    near = [i for i in amounts_before(work, rate, set()) if not work.tokens[i].data.is_rate][-1:]
    if len(rates) > 1 or not near or not gives(work, rate, token) or work.sentence[rate] - work.sentence[near[0]] > 1:
        return None
    node = Product((entry_of(work, near[0]).node, leaf_of(work.tokens[rate].data)), (True, True))
    value = evaluate(node)
    if value is None or not slip_of_pen(value.value, figure):
        return None
    verdict = judge(Shape.COMPOSED, value.value, target_of(figure), leeway=work.leeway)
    operands = tuple(sorted((near[0], rate)))
    return Statement("share", node, value.value, show(own_unit(figure)), figure, verdict, Shape.COMPOSED, operands)


def gives(work: Work, rate: int, token: int, bare: bool = False) -> bool:
    """增值税13%计5.98万元: the share is followed by what it gives, and no other word stands between; ``bare`` is also
    content with a comma, or with what the amount is called: 二类费5%，20.09万元; 预留5%质量保证金19.3万元."""
    between = work.text[work.tokens[rate].end : work.tokens[token].start].strip()
    if bare and (between == "，" or NOUN.fullmatch(between)):
        return not PART.search(work.label(rate))
    return GIVES.fullmatch(between) is not None and not PART.search(work.label(rate))


def charged_in_turn(work: Work, token: int) -> Iterator[tuple[list[int], Node, list[int]]]:
    """甲债5.2亿元，利率3.18%；乙债3.6亿元，利率2.95%。全年付息2715.6万元: each amount at the rate right behind it."""
    pairs: list[tuple[int, int]] = []
    for (a, amount), (b, rate) in pairwise(work.figs):
        near = b < token and 0 <= work.sentence[token] - work.sentence[a] <= 1 and work.part[a] == work.part[b]
        free = work.used.get(b) is None and rate.kind in SHARES and RATE.search(work.label(b)) is not None
        if near and free and amount.money == 1 and not amount.is_rate and work.used.get(a) in (None, "base"):
            pairs.append((a, b))
    if len(pairs) > 1:
        terms = tuple(
            Product((entry_of(work, a).node, leaf_of(work.tokens[b].data)), (True, True)) for a, b in pairs
        )
        yield [a for a, _ in pairs], Sum(terms, (True,) * len(terms)), [b for _, b in pairs]


def confirm(work: Work, token: int, ways: Iterator[tuple[list[int], Node, list[int]]]) -> None:
    """Keep the first of the ways that gives the figure of ``token``."""
    figure: Figure = work.tokens[token].data
    for base, node, read in ways:
        value = evaluate(node)
        if value is None:
            continue
        verdict = judge(Shape.COMPOSED, value.value, target_of(figure), leeway=work.leeway)
        if verdict not in CONFIRMED:
            continue
        operands = tuple(sorted({*base, *read}))
        unit = show(own_unit(figure))
        kept = work.add(Statement("share", node, value.value, unit, figure, verdict, Shape.COMPOSED, operands))
        for i in read:
            work.used[i] = "operand"
        for i in base:
            work.used.setdefault(i, "base")
        work.used[token] = "result"
        entry = Entry(token, token, figure.value, node, figure, figure.roles, composed=True, statement=kept)
        entry.rounded = verdict is not Verdict.EXACT
        work.entries.append(entry)
        return


def readings(work: Work, token: int, rates: Sequence[int]) -> Iterator[tuple[list[int], Node, list[int]]]:
    """The base, the computation and the rates of every way to take them, the plainest first."""
    leaves = {i: leaf_of(work.tokens[i].data) for i in rates}
    last = rates[-1]
    for base in bases(work, last):
        nodes = [entry_of(work, i).node for i in base]
        start: Node = nodes[0] if len(nodes) == 1 else Sum(tuple(nodes), (True,) * len(nodes))
        yield base, Product((start, leaves[last]), (True, True)), [last]
        if ON_TOP.search(work.label(token)):
            one = Leaf(leaves[last].span, ONE, (), ONE, 1, "one", True)
            yield base, Product((start, Sum((one, leaves[last]), (True, True))), (True, True)), [last]
        if len(rates) > 1:
            yield base, Product((start, *leaves.values()), (True,) * (1 + len(rates))), list(rates)


def bases(work: Work, rate: int) -> Iterator[list[int]]:
    """The amounts that a rate may be of: those that its words name, else the nearest before it."""
    before = [i for i in amounts_before(work, rate, set()) if not work.tokens[i].data.is_rate]
    named = NAMED.search(work.label(rate))
    name = core(named.group(1)) if named else ""
    if name:
        by_label = [i for i in before if shared(name, core(work.label(i))) >= 2]
        if by_label:
            yield by_label[-1:]
        under = [
            i for i in before if work.used.get(i) in (None, "result") and shared(name, core(head_of_item(work, i))) >= 2
        ]
        if len(under) > 1:
            yield under
    near = [i for i in before if 0 <= work.sentence[rate] - work.sentence[i] <= 1]
    tried = near[-MOST_BASES:]
    for i in reversed(tried):
        yield [i]
    # 合同价386万元…支付至95%，即366.7万元，…预留5%质保金19.3万元: of what the other shares are of
    shares = [s for s in work.statements if s.kind == "share" and s.verdict in GOOD]
    others = {i for s in shares for i in s.operands if i in before and i not in tried}
    for i in sorted(others, reverse=True):
        yield [i]


def head_of_item(work: Work, i: int) -> str:
    """The heading of the list item in which an amount stands: （1）硬件采购：服务器4台，50万元；交换机6台，10.8万元."""
    k = i
    while k > 0 and work.path[k - 1] == work.path[i] and work.path[i]:
        k -= 1
    start = work.tokens[k].end
    end = work.text.find("：", start, start + 20)
    return work.text[start:end] if work.path[i] and end > 0 else head_of(work, i)
