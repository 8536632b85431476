"""What shares give: Σ share × base, as the statement about a figure behind them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.clauses import clause_roles
from calcverify.basis.evaluate import evaluate
from calcverify.basis.groups import CONTRACT, PAID, Groups, amounts_before, assign, bases, of_name
from calcverify.basis.interpret import target_of
from calcverify.basis.labels import shared
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.paid_up_to import paid_up_to
from calcverify.basis.rules import ABOVE, Rule
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import GOOD, Statement, Work, entry_of, own_unit
from calcverify.exact.units import show
from calcverify.exact.verdict import Addend, Shape, judge
from calcverify.patterns import pattern

PREFIX = pattern("^(?:按规定|按照?|由|经费|资金)")
IN_TURN = pattern("分别|各")  # 按6:4分担，分别为54万元、36万元


def evaluate_rules(
    work: Work, token: int, rules: list[Rule], results: set[int], earlier: Sequence[Rule] = ()
) -> Statement | None:
    """The statement that some shares give the figure of ``token``."""
    if rules[-1].level:
        paid = paid_up_to(work, token, rules[-1])
        if paid is not None and paid.verdict in GOOD:
            return paid
        # 支付至合同价的95%，即366.7万元: what all payments come to
        all_paid = evaluate_rules(work, token, [rules[-1]._replace(level=False, composed=True)], results)
        return all_paid if all_paid is not None and all_paid.verdict in GOOD else paid
    alone = any(ABOVE.search(r.label) or r.of_rest or r.named for r in rules)
    named = len(rules) == 1 and bool(of_name(work, rules[0], amounts_before(work, rules[0].token, results)))
    groups = None if alone or named else assign(work, rules, token, results)
    if groups is None and len(rules) == 1:
        missed: list[Statement] = []
        for base in bases(work, rules[0], results):
            found = statement(work, token, [(rules[0], base)], earlier)
            if found is not None and found.verdict in GOOD:
                return found
            if found is not None and not far_from(work, rules[0], found):
                missed.append(found)
        stated = work.tokens[token].data.value
        return min(missed, key=lambda s: abs(s.computed - stated), default=None)
    if groups is None:
        groups = [(r, b) for r in rules for b in bases(work, r, results)[:1]]
        if len(groups) != len(rules):
            return None
    return statement(work, token, groups, earlier)


def far_from(work: Work, rule: Rule, found: Statement) -> bool:
    """Whether the amounts of a share stand in another item and another sentence; such a reading only confirms."""
    if named_base(rule):
        return False
    own = [i for i in found.operands if work.tokens[i].data.money]
    apart = [i for i in own if work.path[i] != work.path[rule.token] and work.sentence[i] != work.sentence[rule.token]]
    return bool(apart) or any(work.sentence[rule.token] - work.sentence[i] > 1 for i in own)


def named_base(rule: Rule) -> bool:
    """Whether a share says of what it is, which may stand anywhere: 按以上各项之和的5%."""
    return bool(rule.named) or ABOVE.search(rule.label) is not None or "的" in rule.label


class Part(NamedTuple):
    """What one share gives: its tree, the tokens it is read from, its addends."""

    node: Node
    operands: tuple[int, ...]
    addends: tuple[Addend, ...] = ()
    composed: bool = False


def statement(work: Work, token: int, groups: Groups, earlier: Sequence[Rule] = ()) -> Statement | None:
    """Σ share × base, compared with the figure of ``token``."""
    figure: Figure = work.tokens[token].data
    parts: list[Part] = []
    operands: list[int] = []
    for rule, tokens in groups:
        leaf = share_of(work, rule, token)
        if leaf is None:
            return None
        part = part_of(work, rule, leaf, tokens, earlier)
        if part is None:  # a share whose words name amounts of which none is left
            operands += own_token(work, rule)
            continue
        parts.append(part)
        operands += part.operands
    if not parts:
        return None
    node = parts[0].node if len(parts) == 1 else Sum(tuple(p.node for p in parts), (True,) * len(parts))
    value = evaluate(node)
    if value is None:
        return None
    addends = [a for p in parts for a in p.addends]
    composed = any(p.composed for p in parts)
    shape = Shape.COMPOSED if composed else Shape.SUM if len(addends) > 1 else Shape.PRODUCT
    carrying = addends if shape is Shape.SUM else ()
    verdict = judge(shape, value.value, target_of(figure), carrying, leeway=work.leeway)
    unit = show(own_unit(figure))
    return Statement("share", node, value.value, unit, figure, verdict, shape, tuple(sorted(set(operands))))


def part_of(work: Work, rule: Rule, leaf: Leaf, tokens: list[int], earlier: Sequence[Rule]) -> Part | None:
    """One share of its amounts; ``None`` where it has none."""
    fraction = leaf.value if rule.parts else rule.fraction
    if rule.of_rest and rule.base is None:
        off = taken_off(work, rule, tokens)
        if off:
            whole = [entry_of(work, i).node for i in (*tokens, *off)]
            rest = Sum(tuple(whole), (True,) * len(tokens) + (False,) * len(off))
            return Part(Product((rest, leaf), (True, True)), (*tokens, *off))
        # 中央40%，其余由省、市按2:1分担: the ratio divides 60%.
        fraction *= 1 - sum((r.fraction for r in earlier if not r.parts and not r.growth), Fraction(0))
        leaf = leaf._replace(value=fraction)
    entries = [entry_of(work, i) for i in tokens]
    if not entries:
        return None
    nodes = tuple(e.node for e in entries)
    base: Node = nodes[0] if len(nodes) == 1 else Sum(nodes, (True,) * len(nodes))
    node = base
    if rule.growth:
        one = Leaf(leaf.span, Fraction(1), (), Fraction(1), 1, "one", True)
        node = Product((base, Sum((one, leaf), (True, rule.growth > 0))), (True, True))
        fraction = 1 + rule.growth * fraction
    elif fraction != 1:
        node = Product((base, leaf), (True, True))
    addends = tuple(
        Addend(fraction, e.value, e.figure.place, e.figure.scale >= 1000) for e in entries if e.figure is not None
    )
    return Part(node, (*tokens, *own_token(work, rule)), addends, only_confirms(work, rule, tokens))


def own_token(work: Work, rule: Rule) -> tuple[int, ...]:
    """The token of a share that is a figure (60%), not a word (各半) or a ratio."""
    return (rule.token,) if work.tokens[rule.token].kind is Kind.FIGURE else ()


def taken_off(work: Work, rule: Rule, tokens: list[int]) -> list[int]:
    """中央补助60万元，其余由省、市按2:1分担: the amounts that are off before the ratio divides."""
    return [
        i for i in amounts_before(work, rule.token, set())
        if work.sentence[i] == work.sentence[rule.token] and i not in tokens and not work.tokens[i].data.is_rate
    ]


def only_confirms(work: Work, rule: Rule, tokens: list[int]) -> bool:
    """Whether a share may not accuse: a rate of charge, an instalment of a contract's price."""
    if rule.composed or "instalment" in clause_roles(work, rule.token):
        return True
    return PAID.search(rule.label) is not None and any(CONTRACT.search(work.label(i)) for i in tokens)


def share_of(work: Work, rule: Rule, token: int) -> Leaf | None:
    """The share as an operand; of a ratio, the part of the payer whom the figure names, or
    of its place in the list (按6:4分担，分别为54万元、36万元)."""
    if not rule.parts:
        return rule.leaf
    scores = [shared(PREFIX.sub("", name)[:4], work.label(token)) for name in rule.parties]
    best = max(scores)
    place = scores.index(best)
    if best == 0 or scores.count(best) != 1:
        place = sum(1 for k, f in work.figures() if rule.token < k < token and f.money == 1)
        if not listed(work, token, rule) or place >= len(rule.parts):
            return only_part(work, rule, token)
    return rule.leaf._replace(value=rule.parts[place] / sum(rule.parts))


def only_part(work: Work, rule: Rule, token: int) -> Leaf | None:
    """由上下游两县按7:5分摊，上游县出资…: the payer has no name in the list; the part of the ratio
    that the figure may be, where the rest of the sentence gives the base."""
    for part in rule.parts:
        leaf = rule.leaf._replace(value=part / sum(rule.parts))
        for i, f in work.figures():
            if i < rule.token and f.money == 1 and f.value * leaf.value == work.tokens[token].data.value:
                return leaf
    return None


def listed(work: Work, token: int, rule: Rule) -> bool:
    """按6:4分担，分别为54万元、36万元: the figure is one of the parts that a ratio gives in turn."""
    between = work.text[work.tokens[rule.token].end : work.tokens[token].start]
    return bool(rule.parts) and IN_TURN.search(between) is not None
