"""Lists that are paired by 分别: ``定额分别为450元和750元，系数均为8%，补贴分别为36元和60元``.

The k-th figure of one list and what stands between the lists give the k-th figure of the
next one. Like all prose these readings confirm or ask.
"""

from __future__ import annotations

from fractions import Fraction

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.counts import is_count
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Node, Product, Sum
from calcverify.basis.paired_products import read_paired
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import CONFIRMED, GOOD, Entry, Statement, Work, own_unit
from calcverify.exact.rational import total
from calcverify.exact.units import power_of, show
from calcverify.exact.verdict import Shape, Verdict, judge

LEADS = frozenset({"result", "request", "equals", "hedge"})
JOINERS = frozenset({"、", "和", "与", "及", "，", ","})


def read_pairs(work: Work) -> None:
    """Add the statements of paired lists."""
    if "分别" not in work.text:
        return
    lists = lists_of(work)
    for k, results in enumerate(lists):
        first: Figure = work.tokens[results[0]].data
        if first.money != 1:
            given = any(len(x) == len(results) and work.tokens[x[0]].data.money == 1 for x in lists[k + 1 :])
            if is_count(first) and not given and (rates := rates_before(work, results)):
                products(work, results, rates)
            continue
        before = [x for x in lists[:k] if len(x) == len(results)]
        done = any(pair(work, [x], results) for x in reversed(before))
        if not done and len(before) > 1:
            done = pair(work, before, results)
        done = done or (not first.is_rate and read_paired(work, results))
        counts = before[-1] if before else counts_before(work, results)
        needed = first.roles & {"result", "equals", "request"}  # 分别需23万元、28万元: results, and no rates
        if not done and counts and not needed and k == len(lists) - 1:
            products(work, counts, results)


def lists_of(work: Work) -> list[list[int]]:
    """Runs of figures of one unit that 分别 introduces, two or more long."""
    found: list[list[int]] = []
    tokens = work.tokens
    for i, figure in work.figures():
        if "allparts" not in figure.roles or "分别" not in work.text[figure.label : figure.start]:
            continue
        run = [i]
        k = i + 1
        while k + 1 < len(tokens):
            between = k
            while between < len(tokens) and tokens[between].kind in (Kind.TEXT, Kind.PAUSE, Kind.COMMA, Kind.CUE):
                between += 1
            words = work.text[tokens[run[-1]].end : tokens[between].start if between < len(tokens) else len(work.text)]
            if between >= len(tokens) or tokens[between].kind is not Kind.FIGURE or words.strip() not in JOINERS:
                break
            other: Figure = tokens[between].data
            if own_unit(other) != own_unit(figure) and not (other.kind == figure.kind and other.kind == "percent"):
                break
            run.append(between)
            k = between + 1
        if len(run) > 1:
            found.append(run)
    return found


def counts_before(work: Work, rates: list[int]) -> list[int]:
    """A类3人，B类12人，C类40人，标准分别为…: as many counts of one unit as there are rates."""
    free = [
        (i, f) for i, f in work.figures()
        if i < rates[0]
        and work.sentence[i] == work.sentence[rates[0]]
        and work.used.get(i) is None
        and is_count(f)
        and f.high is None
    ]
    last = free[-len(rates):]
    if len(last) == len(rates) and len({f.unit for _, f in last}) == 1:
        return [i for i, _ in last]
    return []


def rates_before(work: Work, counts: list[int]) -> list[int]:
    """大车8万元/年、中车6万元/年，分别有60辆、45辆: as many rates of one unit as there are counts."""
    free = [
        (i, f) for i, f in work.figures()
        if i < counts[0]
        and work.sentence[i] == work.sentence[counts[0]]
        and work.used.get(i) is None
        and f.money == 1
        and (f.is_rate or len(f.unit) > 1)
        and f.high is None
        and not f.bound
    ]
    return [i for i, _ in free] if len(free) == len(counts) and len({f.unit for _, f in free}) == 1 else []


def products(work: Work, counts: list[int], rates: list[int]) -> None:
    """3个、6个、9个 at 2600元、1800元、1200元: amounts for a total to use."""
    first: Figure = work.tokens[counts[0]].data
    if first.money or not first.unit:
        return
    found: list[tuple[int, Node, Fraction]] = []
    for a, b in zip(counts, rates, strict=True):
        node: Node = Product((leaf_of(work.tokens[a].data), leaf_of(work.tokens[b].data)), (True, True))
        value = evaluate(node)
        if value is None:
            return
        found.append((b, node, value.value))
    for i in (*counts, *rates):
        work.used[i] = "operand"
    if together(work, counts, rates, found):
        return
    for b, node, amount in found:
        work.entries.append(Entry(b, b, amount, node, None, derived=True, composed=True))


def together(work: Work, counts: list[int], rates: list[int], found: list[tuple[int, Node, Fraction]]) -> bool:
    """…，标准分别为8000元/艘和3500元/艘，需43.25万元: whether the products make the amount that they lead to, which is
    kept then."""
    figure = work.figure_after(max(*counts, *rates))
    near = figure is not None and work.sentence[figure.index] == work.sentence[rates[-1]]
    if figure is None or not near or figure.money != 1 or figure.is_rate or not figure.roles & LEADS:
        return False
    node = Sum(tuple(node for _, node, _ in found), (True,) * len(found))
    value = total([amount for _, _, amount in found])
    verdict = judge(Shape.COMPOSED, value, target_of(figure), leeway=work.leeway)
    if verdict not in CONFIRMED or work.used.get(figure.index) is not None:
        return False
    read, token = tuple(sorted((*counts, *rates))), figure.index
    kept = work.add(Statement("composed", node, value, show(own_unit(figure)), figure, verdict, Shape.COMPOSED, read))
    work.used[token] = "result"
    entry = Entry(token, token, figure.value, node, figure, figure.roles, composed=True, statement=kept)
    entry.rounded = verdict is not Verdict.EXACT
    work.entries.append(entry)
    return True


def pair(work: Work, before: list[list[int]], results: list[int]) -> bool:
    """The k-th operands times what stands between the lists gives the k-th result."""
    operands = before[-1]
    taken = {i for x in before for i in x}
    between = [
        i for i, f in work.figures()
        if operands[-1] < i < results[0]
        and i not in taken
        and work.used.get(i) is None
        and f.high is None
        and work.sentence[i] == work.sentence[results[0]]
    ]
    statements = []
    for number, b in enumerate(results):
        own = tuple(x[number] for x in before)
        figure: Figure = work.tokens[b].data
        leaves = tuple(leaf_of(work.tokens[i].data) for i in (*own, *between))
        node: Node = Product(leaves, (True,) * len(leaves)) if len(leaves) > 1 else leaves[0]
        value = evaluate(node)
        if value is None or value.clash or len(leaves) < 2:
            return False
        if power_of(value.unit, "元") != 1:
            return False
        verdict = judge(Shape.COMPOSED, value.value, target_of(figure), leeway=work.leeway)
        unit, read = show(own_unit(figure)), (*own, *between)
        statements.append(Statement("composed", node, value.value, unit, figure, verdict, Shape.COMPOSED, read))
    if not any(s.verdict in GOOD for s in statements):
        return False
    for b, statement in zip(results, statements, strict=True):
        work.add(statement)
        for i in statement.operands:
            work.used.setdefault(i, "operand")
        work.used[b] = "result"
        figure = work.tokens[b].data
        work.entries.append(
            Entry(
                b, b, figure.value, statement.node, figure, figure.roles,
                rounded=statement.verdict is not Verdict.EXACT, composed=True, statement=statement,
            )
        )
    return True
