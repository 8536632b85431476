"""Which amounts a share applies to: the nearest base, or the groups that its words name.

``东片90万元、西片70万元，区级对东片承担45%、对西片承担35%``: each share has the amounts that its words
name, by the heading of their part or by their own label.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from calcverify.basis.clauses import clause_range
from calcverify.basis.labels import core, payer, shared
from calcverify.basis.rules import ABOVE, LINK, REST_SHARE, Rule
from calcverify.basis.tokens import SHARES, Figure, Kind
from calcverify.basis.work import Work
from calcverify.exact.verdict import Shape
from calcverify.patterns import pattern

Groups: TypeAlias = list[tuple[Rule, list[int]]]

NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
OTHERS = pattern(r"\s*(?:其余|其他|其它)")  # 其余片区各承担30%
TAKEN = ("operand", "label", "range")
# 按三年平均数的95%: what a share says it is of.
NAMED = pattern("按照?([^，。；、\\d按]{2,12}?)(?:总额|金额|合计|数额|数)?的$")
SURE = 3  # characters that a name and a label have in common at least, for the one to be of the other
PAID = pattern("付|首期|预付|尾款|进度|质保")  # 首付30%: an instalment is not all of the price
CONTRACT = pattern("合同|中标|成交价|总价款")  # 合同价120万元
# 市级部分, 地方承担部分: whose amount is divided again.
PART_OF = pattern(
    "(?<![一-鿿])(中央|地方|[省市县区镇乡]级?|财政|个人|企业)(?:财政)?(?:配套|承担|负担|补助|应担)?部分[^；。\\d万元]*$"
)
REACH = 30  # characters before a share in which they stand
FAR = 6  # sentences (and lines) between a total and shares of it in another item
MOST_BASES = 3  # bases that a lone share is tried on


def amounts_before(work: Work, token: int, results: set[int]) -> list[int]:
    """The money figures before a token that can be a base, nearest last."""
    return [
        i for i, f in work.figures()
        if i < token
        and (f.money == 1 or bare_result(work, i, f))
        and not f.bound
        and f.high is None
        and i not in results
        and work.used.get(i) not in TAKEN
    ]


def bare_result(work: Work, i: int, figure: Figure) -> bool:
    """Whether a figure without a unit is the result of an equation under 单位：万元."""
    return figure.bare and bool(work.heading) and work.used.get(i) == "result"


def plain_amount(work: Work, i: int) -> bool:
    """Whether an amount is neither money per something nor a total of others."""
    figure: Figure = work.tokens[i].data
    return not figure.is_rate and "sum" not in figure.roles


def part_named(work: Work, rule: Rule) -> int | None:
    """省级60万元，市级40万元；市级部分由市、区各半负担: the amount of the payer whose part the words divide again."""
    start = work.tokens[rule.token].start
    told = PART_OF.search(work.text, max(0, start - REACH), start)
    if told is None:
        return None
    name = told[1]
    for i in reversed(amounts_before(work, rule.token, set())):
        label = work.label(i)
        if not work.tokens[i].data.is_rate and (label.endswith(name) or (payer(name) and payer(label) == payer(name))):
            return i
    return None


def amount_of_bracket(work: Work, token: int) -> int | None:
    """预备费136万元（按前两项之和的5%计取）: the amount that the bracket around a token is about."""
    k = token
    while k > 0 and work.tokens[k].kind is not Kind.OPEN:
        if work.tokens[k].kind in (Kind.CLOSE, Kind.STOP):
            return None
        k -= 1
    before = work.tokens[k - 1] if k else None
    return k - 1 if before is not None and before.kind is Kind.FIGURE and before.data.money == 1 else None


def plain_sum(work: Work, i: int) -> bool:
    """Whether an amount is called a total and is no rate, nor one of other years."""
    figure: Figure = work.tokens[i].data
    return not figure.is_rate and "previous" not in figure.roles and work.depth[i] == 0


def bases(work: Work, rule: Rule, results: set[int]) -> list[list[int]]:
    """The groups of amounts that a share may apply to, the likeliest first."""
    if rule.base is not None:
        return [[rule.base]]
    part = part_named(work, rule)
    if part is not None:
        return [[part]]
    before = amounts_before(work, rule.token, set() if rule.growth else results)
    if rule.named:
        return named_together(work, rule)
    above = ABOVE.search(rule.label)
    if above:
        own = amount_of_bracket(work, rule.token)
        items = [i for i in amounts_before(work, rule.token, set()) if i != own and plain_amount(work, i)]
        told = NUMERALS.get(above.group(1) or above.group(2) or "", 0)
        kept = [i for i in items if work.used.get(i) != "base"]  # 投资2860万元，设计费按投资的3.2%计…，以上费用之和的5%
        return [items[-told:]] if told else [items, *([kept] if 0 < len(kept) < len(items) else [])]
    called = of_name(work, rule, before)
    if called:
        return [called]
    same = [i for i in before if work.sentence[i] == work.sentence[rule.token]]
    given: list[int] = []
    if len(before) > 1 and any(not given_by_share(work, i) for i in before) and not rule.growth:
        given = [i for i in before if given_by_share(work, i) and plain_amount(work, i)]
        before = [i for i in before if i not in given]
        same = [i for i in same if i in before]
    if not same:
        same = [
            i for i in before
            if work.path[i] == work.path[rule.token] and work.sentence[i] >= work.sentence[rule.token] - 1
        ]
    if not same:
        # 三、…合计2650万元。四、分担：中央承担60%，即1590万元: the last total, though of another item
        totals = [i for i in before if work.tokens[i].data.roles & {"sum", "whole"} and plain_sum(work, i)]
        return [[i] for i in totals[-1:] if work.sentence[rule.token] - work.sentence[i] <= FAR]
    plain = [i for i in same if not work.tokens[i].data.is_rate] or same
    if REST_SHARE.search(head_of_clause(work, rule.token)):  # 2022年安排40%，…，2023年安排其余60%: of the same
        plain = [i for i in plain if work.used.get(i) == "base"] or plain
    found = [*([i] for i in ordered(work, rule, plain)), *together(work, rule, plain, before)]
    # 区级4565万元。区级部分分两年安排，2024年安排60%，为2739万元: what a share gives is divided again.
    # 地方负担20%为6465.5万元，其中省级承担地方部分的75%，即4849.125万元: and so is it behind a 其中.
    start = work.tokens[rule.token].start
    again = [i for i in given if work.sentence[i] < work.sentence[rule.token]]
    if not rule.growth and "其中" in work.text[:start]:
        again += [
            i for i in sorted(results)
            if i < rule.token and work.part[i] == work.part[rule.token]
            and "其中" in work.text[work.tokens[i].end : start]
        ]
    return [*found, *([i] for i in again[::-1][:MOST_BASES])]


def named_together(work: Work, rule: Rule) -> list[list[int]]:
    """直接费240万元，管理费12万元，预备费按直接费与管理费之和的3%计: the amounts of these names, if each is found."""
    before = [i for i in amounts_before(work, rule.token, set()) if not work.tokens[i].data.is_rate]
    names = {i: core(what_for(work, i)) for i in before}
    found = set()
    for name in map(core, rule.named):
        alike = max(before, key=lambda i: (shared(name, names[i]), i), default=None)
        if alike is not None and shared(name, names[alike]) >= min(2, len(name)):
            found.add(alike)
    return [sorted(found)] if len(found) == len(rule.named) else []


def given_by_share(work: Work, i: int) -> bool:
    """减收741万元。价格补偿80%，即593万元；财政补助10%，即74万元: an amount that a share gives is hardly the base of
    the next."""
    before = work.figure_before(i)
    linked = before is not None and before.kind in SHARES and LINK.fullmatch(
        work.text[before.end : work.tokens[i].start].strip()
    )
    # A premium that a rate of charge gives may be shared: 费率7.5%，每亩保费600元，其中省补贴40%.
    return bool(linked) or any(
        s.kind == "share" and s.stated is not None and s.stated.index == i and s.shape is not Shape.COMPOSED
        for s in work.statements
    )


def of_name(work: Work, rule: Rule, before: list[int]) -> list[int]:
    """三年平均136万元。按三年平均数的95%安排: the only amount that is called what the share says it is of."""
    if work.tokens[rule.token].kind is not Kind.FIGURE or rule.growth:
        return []
    named = NAMED.search(head_of_clause(work, rule.token))
    name = core(named.group(1)) if named else ""
    alike = [i for i in before if shared(name, core(head_of_clause(work, i))) >= SURE] if name else []
    if not alike and name:  # 其中设备480万元、土建160万元；省级按设备投资的40%补助
        labels = {i: core(work.label(i)) for i in before}
        alike = [i for i, label in labels.items() if len(label) > 1 and label in name]
    return alike if len(alike) == 1 else []


def what_for(work: Work, i: int) -> str:
    """管理费按直接工程费的5%计12万元: what an amount is for, the words at the head of its clause."""
    return re.split("按|以", head_of_clause(work, i))[0]


def head_of_clause(work: Work, i: int) -> str:
    """The words of a clause up to a token."""
    first, _ = clause_range(work, i)
    return work.text[work.tokens[first].start : work.tokens[i].start]


def together(work: Work, rule: Rule, near: list[int], before: list[int]) -> list[list[int]]:
    """甲计560万元；乙计256万元；省级承担60%（489.6万元）: amounts of which none is called their whole may be
    the base together, those of the sentence or those of the item."""
    item = [i for i in before if work.path[i] == work.path[rule.token] and not work.tokens[i].data.is_rate]
    sets = []
    for amounts in (near, item):
        roles = [work.tokens[i].data.roles for i in amounts]
        if len(amounts) > 1 and amounts not in sets and not any(r & {"whole", "sum", "previous"} for r in roles):
            sets.append(amounts)
    return [] if rule.growth or rule.of_rest else sets


def ordered(work: Work, rule: Rule, amounts: list[int]) -> list[int]:
    """The amounts that one share may apply to, the likeliest first: growth is on last year's,
    a ratio of the rest on the first, any other share on a named whole before the nearest."""
    roles = {i: work.tokens[i].data.roles for i in amounts}
    if not amounts:
        return []
    if rule.growth:
        old = [i for i in amounts if "previous" in roles[i]]
        return list(dict.fromkeys([*reversed(old), *reversed(amounts)]))
    current = [i for i in amounts if "previous" not in roles[i]] or amounts
    if rule.of_rest:
        return current[:1]
    whole = [i for i in current if roles[i] & {"whole", "sum"}]
    if PAID.search(rule.label):
        whole += [i for i in current if CONTRACT.search(work.label(i))]
    return list(dict.fromkeys([*reversed(whole), *reversed(current)]))[:MOST_BASES]


def names_group(work: Work, rule: Rule, results: set[int]) -> bool:
    """Whether the words of a share name a group of amounts (其余两片各承担30%), not who pays."""
    if "由" in rule.label:
        return False
    if OTHERS.match(rule.label):
        return True
    name = core(rule.label)
    return any(shared(name, core(work.label(i))) >= 2 for i in amounts_before(work, rule.token, results))


def assign(work: Work, rules: list[Rule], token: int, results: set[int]) -> Groups | None:
    """Give each share the amounts that its words name; ``None`` where some share names none.

    They are found by the heading of their part (东片：…；) or by their own label; an amount
    named itself leaves its heading's share.
    """
    if all(r.base is not None for r in rules):
        return [(r, [r.base]) for r in rules if r.base is not None]
    before = [
        i for i in amounts_before(work, rules[0].token, results)
        if plain_amount(work, i)
        and (work.path[i] == work.path[token] or work.sentence[i] == work.sentence[token])
    ]
    if len(before) < 2:
        return None
    between = work.text[work.tokens[before[-1]].end : work.tokens[rules[0].token].start]
    if len(before) == len(rules) and "分别" in between:
        return [(r, [i]) for r, i in zip(rules, before, strict=True)]
    return by_name(work, rules, before)


def core_of(work: Work, label: str) -> str:
    """The core of a label, which every share of a text asks for again."""
    found = work.cores.get(label)
    if found is None:
        found = work.cores[label] = core(label)
    return found


def by_name(work: Work, rules: list[Rule], before: list[int]) -> Groups | None:
    """Each share with the amounts whose heading or label its words repeat."""
    heads = {i: core_of(work, heading(work, i)) for i in before}
    if len(set(heads.values())) == 1:
        # 亏损补贴：成本6842万元，收入2315万元，亏损4526万元。补贴亏损额的80%: one heading for all names none
        heads = dict.fromkeys(before, "")
    labels = {i: core_of(work, work.label(i)) for i in before}
    by_label: dict[int, Rule] = {}
    by_head: dict[int, Rule] = {}
    for rule in rules:
        if rule.base is not None:
            by_label[rule.base] = rule
            continue
        whom = re.split("对", rule.label)[-1]
        name = core(whom)
        in_head = {i: shared(name, heads[i]) for i in before}
        in_label = {i: shared(name, labels[i]) for i in before}
        top_head, top_label = max(in_head.values()), max(in_label.values())
        if OTHERS.match(whom) and max(top_head, top_label) < 3:
            others = [i for i in before if i not in by_label and i not in by_head]
            if not others:
                return None
            by_head.update(dict.fromkeys(others, rule))
        elif max(top_head, top_label) < 2:
            return None
        elif top_head >= top_label:
            by_head.update({i: rule for i in before if in_head[i] == top_head})
        else:
            by_label.update({i: rule for i in before if in_label[i] == top_label})
    return [(rule, [i for i in before if by_label.get(i, by_head.get(i)) is rule]) for rule in rules]


def heading(work: Work, i: int) -> str:
    """The heading of an amount's part, which every share behind it asks for again."""
    found = work.headings.get(i)
    if found is None:
        found = work.headings[i] = head_of(work, i)
    return found


def head_of(work: Work, i: int) -> str:
    """The heading of the part in which an amount stands: the words before its first colon."""
    k = i
    while k > 0 and work.part[k - 1] == work.part[i] and work.tokens[k - 1].kind is not Kind.STOP:
        k -= 1
    start = work.tokens[k].start
    for token in work.tokens[k:i]:
        if token.kind is Kind.COLON:
            return work.text[start : token.start]
        if token.kind is Kind.FIGURE:
            break
    return ""
