"""Shares: p% of a base that a payer bears, for one amount or for named groups of them.

``总投资800万元，市级承担60%，计480万元``; ``甲镇120万元、乙镇80万元，县级对甲镇承担50%、乙镇30%，县级共承担84万元``;
``由省、市、县按5:3:2分担``; ``各半``; ``全额``; growth and discounts of an amount that the sentence names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import target_of
from calcverify.basis.labels import SELF, core, names_payer, payer, shared
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import GOOD, Entry, Statement, Work, entry_of, own_unit
from calcverify.exact.units import show
from calcverify.exact.verdict import Addend, Shape, Verdict, judge
from calcverify.source import Span

OF_REST = re.compile("其余|余下|剩余|不足部分")
MOST_RULES = 12  # more shares than this in one sentence are no basis
SHORT_PAYER = re.compile("(?:中央|省|市|县|区|镇|财政)级?(?:补|担|出|贴)$")
SELF_PAID = re.compile("自缴|自筹|自负|自付|自理|自行")
PAID = re.compile("付|首期|预付|尾款|进度|质保")
CONTRACT = re.compile("合同|中标|成交价|总价款")
ABOVE = re.compile(r"(?:以上|上述|前述|前面)[^，。；\d]{0,8}(?:之和|合计|总和|总额|费用|各项|[两二三四五六]项)|前([两二三四五六七八])项")
NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
RATIOS = frozenset({"percent", "permille", "fraction", "zhe", "cheng", "half"})
PARTIES = re.compile(r"((?:[一-鿿]{1,6}?[、和与及])+[一-鿿]{1,4}?)(?:[两三四]级|财政|共同)*(?:按照|按|以)?[^，。；、]{0,6}$")


class Rule(NamedTuple):
    """A share as the text states it.

    ``token`` is the figure or cue that gives it, ``fraction`` its value, ``label`` the
    words of its clause, ``base`` the token of an amount in the same clause, ``growth``
    +1 or -1 where the share is added to or taken off its base.
    """

    token: int
    fraction: Fraction
    leaf: Leaf
    label: str
    base: int | None
    growth: int = 0
    parties: tuple[str, ...] = ()
    parts: tuple[Fraction, ...] = ()
    composed: bool = False


def read_shares(work: Work) -> None:
    """Add the share statements of a text."""
    rules: list[Rule] = []
    results: set[int] = set()
    for i, token in enumerate(work.tokens):
        rule = rule_at(work, i, rules)
        if rule is not None:
            rules.append(rule)
            continue
        if token.kind is not Kind.FIGURE or token.data.money != 1 or not rules:
            continue
        near = [r for r in rules[-MOST_RULES:] if work.sentence[r.token] == work.sentence[i]]
        if near and work.used.get(i) is None and settle(work, i, near, results) and not near[-1].composed:
            results.add(i)


def rule_at(work: Work, i: int, earlier: list[Rule]) -> Rule | None:
    """The share that token ``i`` states, if it states one."""
    token = work.tokens[i]
    kind = token.kind
    if kind is Kind.FIGURE:
        if token.data.kind not in RATIOS:
            return None
    elif kind is Kind.CUE:
        if "full" not in token.data and "halves" not in token.data:
            return None
    elif kind is not Kind.RATIO:
        return None
    text = clause_text(work, i)
    if token.kind is Kind.RATIO:
        before = work.text[sentence_start(work, i) : token.start]
        found = PARTIES.search(before)
        if not found:
            return None
        names = tuple(re.split("[、和与及]", found.group(1).lstrip("由从")))
        if len(names) != len(token.data):
            return None
        leaf = Leaf(Span(token.start, token.end), Fraction(1), (), Fraction(1), 1, "ratio", True)
        words = re.split("[，,；;。：:]", before)[-1]
        own = [k for k, f in work.figures() if k < i and f.start >= token.start - len(words) and f.money == 1 and not f.bound]
        return Rule(i, Fraction(1), leaf, words, own[-1] if own else None, 0, names, token.data)
    if token.kind is Kind.CUE and not any(
        t.kind is Kind.FIGURE and t.data.kind in RATIOS for t in clause_tokens(work, i)
    ):
        value = Fraction(1) if "full" in token.data else Fraction(1, 2) if "halves" in token.data else None
        if value is None or (value == 1 and not bears(work, i) and not (payer(text) and inline_base(work, i) is not None)):
            return None
        leaf = Leaf(Span(token.start, token.end), value, (), Fraction(1), 1, "percent", True)
        return Rule(i, value, leaf, text, inline_base(work, i) if value == 1 else None)
    if token.kind is not Kind.FIGURE or work.used.get(i) is not None:
        return None
    figure: Figure = token.data
    if figure.kind not in RATIOS or figure.unit or figure.high is not None or figure.bound:
        return None
    roles = clause_roles(work, i)
    k = i
    while k + 2 < len(work.tokens) and work.tokens[k + 1].kind is Kind.PAUSE and work.tokens[k + 2].kind is Kind.FIGURE and work.tokens[k + 2].data.kind == figure.kind:
        k += 2  # 分别按20%、30%、50%补助: the verb stands behind the last
        roles = roles | clause_roles(work, k)
    discount = figure.kind == "zhe"
    growth = 0 if discount else 1 if "grow" in roles else -1 if "shrink" in roles else 0
    base = inline_base(work, i)
    # 市财政负担甲街道60%，其他乡镇50%: the verb of the clause before goes on.
    goes_on = bool(earlier) and work.sentence[earlier[-1].token] == work.sentence[i] and not work.label(i).startswith("占") and (
        work.clause[i] - work.clause[earlier[-1].token] == 1 and not roles
    )
    charge = "rate" in figure.roles and "bear" not in roles and base is None
    if charge and (counts_near(work, i) or not charged(work, i)):
        return None
    follows = names_payer(work.label(i)) and result_follows(work, i)
    short = SHORT_PAYER.search(work.label(i)) is not None
    if not (short or ABOVE.search(text) or charge or follows or goes_on or "bear" in roles or growth or discount or (base is not None and of_base(work, base, i))):
        return None
    if discount and counts_near(work, i):
        return None  # 单价45元，2000册，按八折: prose with a count
    return Rule(i, figure.value, leaf_of(figure), text, base, growth, composed=charge)


def charged(work: Work, i: int) -> bool:
    """每亩保额8000元，费率7.5%，每亩保费600元: a rate of charge between a base and what it gives."""
    following = next((f for k, f in work.figures() if k > i), None)
    return following is not None and following.money == 1 and work.sentence[following.index] == work.sentence[i]


def result_follows(work: Work, i: int) -> bool:
    """中央35%、即25.2元: the share is followed at once by its result."""
    k = i + 1
    while k < len(work.tokens) and work.tokens[k].kind in (Kind.PAUSE, Kind.COMMA, Kind.TEXT, Kind.OPEN, Kind.CUE):
        k += 1
    return k < len(work.tokens) and k - i <= 4 and work.tokens[k].kind is Kind.FIGURE and work.tokens[k].data.money == 1


def counts_near(work: Work, i: int) -> bool:
    """Whether the sentence of a discount counts things: it is a product then."""
    return any(
        work.sentence[k] == work.sentence[i] and not f.money and f.unit and f.kind not in RATIOS and f.high is None
        and work.used.get(k) is None and any(p > 0 and n != "年" for n, p in f.unit)
        for k, f in work.figures()
    )


def clause_tokens(work: Work, i: int):  # type: ignore[no-untyped-def]
    """The tokens of the clause of token ``i``."""
    return [t for k, t in enumerate(work.tokens) if work.clause[k] == work.clause[i]]


def clause_range(work: Work, i: int) -> tuple[int, int]:
    """First and last token of the clause of token ``i``."""
    first = last = i
    while first > 0 and work.clause[first - 1] == work.clause[i] and work.tokens[first - 1].kind not in (Kind.STOP, Kind.COMMA, Kind.PAUSE, Kind.LINE):
        first -= 1
    while last + 1 < len(work.tokens) and work.clause[last + 1] == work.clause[i] and work.tokens[last + 1].kind not in (Kind.STOP, Kind.COMMA, Kind.PAUSE, Kind.LINE):
        last += 1
    return first, last


def clause_text(work: Work, i: int) -> str:
    """The words of the clause of token ``i``, without the figure itself."""
    first, last = clause_range(work, i)
    k = i - 1
    while k >= first and not (work.tokens[k].kind is Kind.FIGURE and (work.tokens[k].data.money or work.tokens[k].data.kind in RATIOS)):
        k -= 1
    start = work.tokens[k].end if k >= first else work.tokens[first].start
    end = work.tokens[i].start
    tail = i + 1
    while tail <= last and work.tokens[tail].kind in (Kind.TEXT, Kind.CUE):
        tail += 1
    after = work.text[work.tokens[i].end : work.tokens[tail - 1].end] if tail > i + 1 else ""
    middle = work.text[work.tokens[i].start : work.tokens[i].end] if work.tokens[i].kind is Kind.CUE else ""
    return work.text[start:end] + middle + after


def clause_roles(work: Work, i: int) -> frozenset[str]:
    """The cue roles of the clause of token ``i``, up to the next figure behind it."""
    first, last = clause_range(work, i)
    roles: set[str] = set()
    for k in range(first, last + 1):
        token = work.tokens[k]
        if k > i and token.kind is Kind.FIGURE:
            break
        if token.kind is Kind.CUE:
            roles |= token.data
    return frozenset(roles)


def bears(work: Work, i: int) -> bool:
    """Whether 全额 stands with a word for paying: 全额承担, 全额自负."""
    first, last = clause_range(work, i)
    return any(t.kind is Kind.CUE and "bear" in t.data for t in work.tokens[first : last + 1])


def inline_base(work: Work, i: int) -> int | None:
    """The amount in the same clause right before a share: 其他镇480万元市级补助50%."""
    first, _ = clause_range(work, i)
    for k in range(i - 1, first - 1, -1):
        token = work.tokens[k]
        if token.kind is Kind.FIGURE:
            figure: Figure = token.data
            return k if figure.money == 1 and not figure.bound and work.used.get(k) != "operand" else None
        if token.kind not in (Kind.TEXT, Kind.CUE, Kind.PER):
            return None
    return None


def of_base(work: Work, base: int, i: int) -> bool:
    """860万元的百分之五: the share follows its base with a 的 or 按."""
    return "的" in work.text[work.tokens[base].end : work.tokens[i].start][:3]


def sentence_start(work: Work, i: int) -> int:
    """The offset where the sentence of token ``i`` begins."""
    k = i
    while k > 0 and work.sentence[k - 1] == work.sentence[i]:
        k -= 1
    return work.tokens[k].start


def settle(work: Work, token: int, rules: list[Rule], results: set[int]) -> bool:
    """Whether the figure of ``token`` is what the shares before it give; adds the statement."""
    figure: Figure = work.tokens[token].data
    if figure.bound or "previous" in figure.roles or figure.kind in RATIOS:
        return False
    if "rest" in figure.roles and not any(r.growth for r in rules):
        return False
    if SELF_PAID.search(work.label(token)) and rule_payer(rules[-1]) != payer(work.label(token)):
        return False
    last = rules[-1]
    if any(r.base == token for r in rules) or has_own_share(work, token):
        return False
    between = [t for t in work.tokens[last.token + 1 : token] if t.kind is Kind.FIGURE and t.data.money == 1]
    bearing = bool(figure.roles & {"bear", "sum", "request"}) or bool(payer(work.label(token)))
    listed = bool(last.parts) and re.search("分别|各", work.text[work.tokens[last.token].end : work.tokens[token].start])
    if (between or work.part[token] != work.part[last.token]) and not bearing and not listed:
        return False
    if not listed and not between and not bearing and not figure.roles & {"equals", "result", "hedge"} and work.clause[token] > work.clause[last.token] + 1:
        return False
    if product_base(work, rules[-1], token, results):
        return False
    options = []
    for chosen in candidates(work, token, rules, results):
        option = evaluate_rules(work, token, chosen, results, [r for r in rules if r not in chosen])
        if option is not None:
            options.append(option)
    if not options:
        return False
    best = next((o for o in options if o.verdict in GOOD), options[0])
    if best.verdict not in GOOD and rules[-1].composed:
        return False
    if best.verdict not in GOOD and between and not listed and not figure.roles & {"bear"} and not payer(work.label(token)):
        return False
    added = work.add(best)
    for i in best.operands:
        work.used.setdefault(i, "operand" if work.tokens[i].data.kind in RATIOS else "base")
    work.used[token] = "result"
    work.entries.append(
        Entry(token, token, figure.value, best.node, figure, figure.roles, rounded=best.verdict is not Verdict.EXACT, statement=added)
    )
    return True


def product_base(work: Work, rule: Rule, token: int, results: set[int]) -> bool:
    """2600对夫妇，每对240元，中央负担50%，需31.2万元: the share is one of a product."""
    if work.clause[rule.token] == work.clause[token] and work.tokens[rule.token + 1].kind is not Kind.COMMA:
        return False
    found = bases(work, rule, token, results)
    if not found or not work.tokens[found[0][0]].data.is_rate:
        return False
    base: Figure = work.tokens[found[0][0]].data
    if work.tokens[token].data.is_rate or work.tokens[token].data.value <= base.value:
        return False
    return any(
        work.sentence[k] == work.sentence[rule.token] and not f.money and f.unit and f.kind not in RATIOS and f.high is None
        for k, f in work.figures()
    )


def has_own_share(work: Work, token: int) -> bool:
    """Whether the figure is itself a base: a share stands behind it in its clause."""
    _, last = clause_range(work, token)
    for k in range(token + 1, last + 1):
        t = work.tokens[k]
        if t.kind is Kind.FIGURE:
            return t.data.kind in RATIOS and not t.data.unit and "占" not in work.text[work.tokens[token].end : t.start]
        if t.kind is Kind.CUE and ("full" in t.data or "halves" in t.data):
            return True
    return False


def candidates(work: Work, token: int, rules: list[Rule], results: set[int]) -> Iterator[list[Rule]]:
    """The sets of shares that a figure may add up, the likeliest first."""
    last = rules[-1]
    figure: Figure = work.tokens[token].data
    between = work.tokens[last.token + 1 : token]
    at_once = all(t.kind in (Kind.PAUSE, Kind.TEXT, Kind.OPEN, Kind.CUE, Kind.EQUALS) for t in between) and len(between) <= 4
    if work.clause[last.token] == work.clause[token] or at_once or last.parts:
        yield [last]
        return
    named = named_rule(work, token, rules)
    if named is not None:
        yield [named]
        return
    label = work.label(token)
    who = payer(label)
    whole = [r for r in rules if r.fraction == 1 and not r.parts and who and rule_payer(r) == who]
    if whole and len(rules) == 1:
        yield whole  # 由市级全额负担，市级负担513.6万元
        return
    rules = [r for r in rules if r.fraction != 1 or r.parts or len(rules) > 1]
    single = not SELF.search(last.label) and (last.fraction != 1 or bool(last.parts))
    mine = []
    inherited = True
    for rule in rules:
        own = rule_payer(rule)
        if SELF.search(rule.label):
            inherited = False
            continue
        if own and not (own != who and names_group(work, rule, results)):
            inherited = own == who or not who
        if inherited or rule.growth:
            mine.append(rule)
    grouped = any(r.base is not None for r in rules) or len(mine) > 1
    if mine and ("sum" in figure.roles or (grouped and len(rules) > 1)):
        yield mine
        if who and len(mine) > 1:
            yield mine[-1:]
        if single:
            yield [last]
        return
    if who:
        named = [r for r in rules if rule_payer(r) == who]
        if named and (named[-1].fraction != 1 or named[-1].parts):
            yield named[-1:]
    if single:
        yield [last]
    if mine and (len(mine) > 1 or mine[0].fraction != 1 or mine[0].parts or (who and rule_payer(mine[0]) == who)):
        yield mine


def named_rule(work: Work, token: int, rules: list[Rule]) -> Rule | None:
    """上游市承担45%、下游市承担55%，上游市出资…: the one share whose words the figure repeats."""
    if "sum" in work.tokens[token].data.roles or len(rules) < 2:
        return None
    label = core(work.label(token))
    scores = [shared(core(r.label), label) for r in rules]
    best = max(scores)
    if best >= 2 and scores.count(best) == 1 and not rules[scores.index(best)].growth:
        return rules[scores.index(best)]
    return None


def names_group(work: Work, rule: Rule, results: set[int]) -> bool:
    """Whether the words of a share name a group of amounts (其余两镇各承担30%), not who pays."""
    if re.search("由", rule.label):
        return False
    if re.match(r"\s*(?:其余|其他|其它)", rule.label):
        return True
    name = core(rule.label)
    return any(shared(name, core(work.label(i))) >= 2 for i in amounts_before(work, rule.token, results))


def rule_payer(rule: Rule) -> str:
    """Who bears a share: the level that its clause names before the verb."""
    by = re.search(r"由([^，。；\d]{1,8}?)(?:全额|全部|各半|承担|负担|自)", rule.label)
    return payer(by.group(1)) if by else payer(re.split("对", rule.label)[0])


def amounts_before(work: Work, token: int, results: set[int]) -> list[int]:
    """The money figures before a token that can be a base, nearest last."""
    return [
        i for i, f in work.figures()
        if i < token and (f.money == 1 or (f.bare and work.heading and work.used.get(i) == "result")) and not f.bound and f.high is None and i not in results
        and work.used.get(i) not in ("operand", "label", "range")
    ]


def bases(work: Work, rule: Rule, token: int, results: set[int]) -> list[list[int]]:
    """The groups of amounts that a share may apply to, the likeliest first."""
    if rule.base is not None:
        return [[rule.base]]
    above = ABOVE.search(rule.label)
    if above:
        items = [
            i for i in amounts_before(work, rule.token, results) if not work.tokens[i].data.is_rate
            and "sum" not in work.tokens[i].data.roles
        ]
        return [items[-NUMERALS[above.group(1)]:]] if above.group(1) else [items]
    before = amounts_before(work, rule.token, results)
    same = [i for i in before if work.sentence[i] == work.sentence[rule.token]]
    if not same:
        same = [i for i in before if work.path[i] == work.path[rule.token] and work.sentence[i] >= work.sentence[rule.token] - 1]
    plain = [i for i in same if not work.tokens[i].data.is_rate] or same
    if not plain:
        return []
    if rule.growth:
        old = [i for i in plain if "previous" in work.tokens[i].data.roles]
        return [[i] for i in dict.fromkeys([*reversed(old), *reversed(plain)])]
    current = [i for i in plain if "previous" not in work.tokens[i].data.roles] or plain
    if rule.parts and OF_REST.search(rule.label):
        return [[current[0]]]
    whole = [i for i in current if "whole" in work.tokens[i].data.roles or "sum" in work.tokens[i].data.roles]
    order = [*reversed(whole), *reversed(current)]
    return [[i] for i in dict.fromkeys(order)][:3]


def evaluate_rules(
    work: Work, token: int, rules: list[Rule], results: set[int], earlier: Sequence[Rule] = ()
) -> Statement | None:
    """The statement that some shares give the figure of ``token``."""
    alone = any(ABOVE.search(r.label) or (r.parts and OF_REST.search(r.label)) for r in rules)
    groups = None if alone else assign(work, rules, token, results)
    if groups is None:
        if len(rules) != 1:
            options = [b[0] for r in rules for b in bases(work, r, token, results)[:1]]
            if len(options) != len(rules):
                return None
            groups = [(r, b) for r, b in zip(rules, ([o] for o in options), strict=True)]
        else:
            found = [statement(work, token, [(rules[0], b)], earlier) for b in bases(work, rules[0], token, results)]
            kept = [s for s in found if s is not None]
            return next((s for s in kept if s.verdict in GOOD), kept[0] if kept else None)
    return statement(work, token, groups, earlier)


def statement(
    work: Work, token: int, groups: list[tuple[Rule, list[int]]], earlier: Sequence[Rule] = ()
) -> Statement | None:
    """Σ share × base, compared with the figure of ``token``."""
    figure: Figure = work.tokens[token].data
    terms: list[Node] = []
    addends: list[Addend] = []
    operands: list[int] = []
    composed = False
    for rule, tokens in groups:
        fraction, leaf = share_of(work, rule, token)
        if fraction is None:
            return None
        if rule.parts and rule.base is None and OF_REST.search(rule.label):  # 中央50%，其余由省、市、县按4:3:3分担
            off = [i for i in amounts_before(work, rule.token, set()) if work.sentence[i] == work.sentence[rule.token] and i not in tokens and not work.tokens[i].data.is_rate]
            if off and rule.base is None:
                entries = [entry_of(work, i) for i in tokens] + [entry_of(work, i) for i in off]
                node = Sum(tuple(e.node for e in entries), (True,) * len(tokens) + (False,) * len(off))
                terms.append(Product((node, leaf), (True, True)))
                operands += [*tokens, *off]
                continue
            taken = sum((r.fraction for r in earlier if not r.parts and not r.growth), Fraction(0))
            fraction *= 1 - taken
            leaf = leaf._replace(value=fraction)
        entries = [entry_of(work, i) for i in tokens]
        operands += tokens
        if work.tokens[rule.token].kind is Kind.FIGURE:
            operands.append(rule.token)
        if not entries:
            continue
        base: Node = entries[0].node if len(entries) == 1 else Sum(tuple(e.node for e in entries), (True,) * len(entries))
        if rule.growth:
            more = Sum((Leaf(leaf.span, Fraction(1), (), Fraction(1), 1, "one", True), leaf), (True, rule.growth > 0))
            terms.append(Product((base, more), (True, True)))
            fraction = 1 + rule.growth * fraction
        elif fraction == 1:
            terms.append(base)
        else:
            terms.append(Product((base, leaf), (True, True)))
        addends += [Addend(fraction, e.value, e.figure.place, e.figure.scale >= 1000) for e in entries if e.figure]
        composed = composed or rule.composed or "instalment" in clause_roles(work, rule.token) or any(
            CONTRACT.search(work.label(i)) and PAID.search(rule.label) for i in tokens
        )
    if not terms:
        return None
    node = terms[0] if len(terms) == 1 else Sum(tuple(terms), (True,) * len(terms))
    value = evaluate(node)
    if value is None:
        return None
    shape = Shape.COMPOSED if composed else Shape.SUM if len(addends) > 1 else Shape.PRODUCT
    verdict = judge(shape, value.value, target_of(figure), addends if shape is Shape.SUM else (), leeway=work.leeway)
    return Statement("share", node, value.value, show(own_unit(figure)), figure, verdict, shape, tuple(sorted(set(operands))))


def share_of(work: Work, rule: Rule, token: int) -> tuple[Fraction | None, Leaf]:
    """The value of a share; of a ratio, the part of the payer whom the figure names."""
    if not rule.parts:
        return rule.fraction, rule.leaf
    label = work.label(token)
    scores = [shared(name[:2], label) for name in rule.parties]
    best = max(scores)
    if best == 0 or scores.count(best) != 1:
        between = work.text[work.tokens[rule.token].end : work.tokens[token].start]
        place = sum(1 for k, f in work.figures() if rule.token < k < token and f.money == 1)
        if not re.search("分别|各", between) or place >= len(rule.parts):
            return None, rule.leaf
        fraction = rule.parts[place] / sum(rule.parts)  # 按6:4分担，分别为4248万元、2832万元
        return fraction, rule.leaf._replace(value=fraction)
    fraction = rule.parts[scores.index(best)] / sum(rule.parts)
    return fraction, rule.leaf._replace(value=fraction)


def assign(work: Work, rules: list[Rule], token: int, results: set[int]) -> list[tuple[Rule, list[int]]] | None:
    """Give each share the amounts that its words name: by the heading of their part
    (甲街道：…；) or by their own label; an amount named itself leaves its heading's share."""
    if all(r.base is not None for r in rules):
        return [(r, [r.base]) for r in rules if r.base is not None]
    before = [
        i for i in amounts_before(work, rules[0].token, results)
        if "sum" not in work.tokens[i].data.roles and not work.tokens[i].data.is_rate
        and work.path[i] == work.path[token] or work.sentence[i] == work.sentence[token]
    ]
    before = [i for i in before if "sum" not in work.tokens[i].data.roles and not work.tokens[i].data.is_rate]
    if len(before) < 2:
        return None
    if len(before) == len(rules) and "分别" in work.text[work.tokens[before[-1]].end : work.tokens[rules[0].token].start]:
        return [(r, [i]) for r, i in zip(rules, before, strict=True)]
    heads = {i: core(head_of(work, i)) for i in before}
    labels = {i: core(work.label(i)) for i in before}
    chosen: dict[int, Rule] = {}
    by_head: dict[int, Rule] = {}
    named = 0
    for rule in rules:
        if rule.base is not None:
            chosen[rule.base] = rule
            named += 1
            continue
        name = core(re.split("对", rule.label)[-1])
        rest = bool(re.match(r"\s*(?:其余|其他|其它)", re.split("对", rule.label)[-1]))
        head_score = {i: shared(name, heads[i]) for i in before}
        label_score = {i: shared(name, labels[i]) for i in before}
        top_head, top_label = max(head_score.values()), max(label_score.values())
        if rest and top_head < 3 and top_label < 3:
            others = [i for i in before if i not in chosen and i not in by_head]
            for i in others:
                by_head[i] = rule
            named += bool(others)
            continue
        if max(top_head, top_label) < 2:
            continue
        named += 1
        if top_head >= top_label:
            for i in before:
                if head_score[i] == top_head:
                    by_head[i] = rule
        else:
            for i in before:
                if label_score[i] == top_label:
                    chosen[i] = rule
    if named < len(rules):
        return None
    groups: list[tuple[Rule, list[int]]] = []
    for rule in rules:
        tokens = [i for i in before if chosen.get(i, by_head.get(i)) is rule]
        groups.append((rule, tokens))
    return groups


def head_of(work: Work, i: int) -> str:
    """The heading of the part in which an amount stands: the words before its first colon."""
    k = i
    while k > 0 and work.part[k - 1] == work.part[i] and work.tokens[k - 1].kind is not Kind.STOP:
        k -= 1
    start = work.tokens[k].start
    for j in range(k, i):
        if work.tokens[j].kind is Kind.COLON:
            return work.text[start : work.tokens[j].start]
        if work.tokens[j].kind is Kind.FIGURE:
            break
    return ""
