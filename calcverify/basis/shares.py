"""Shares: p% of a base that a payer bears, for one amount or for named groups of them.

``改造费360万元，区级承担45%，计162万元``; ``东片90万元、西片70万元，区级对东片承担45%、西片35%，区级共承担65万元``;
``由省、市、县按6:3:1分担``; ``各半``; ``全额``; growth and discounts of an amount that the sentence names.
Here the figures behind the shares are compared with what the shares give.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.clauses import clause_range, clause_text
from calcverify.basis.compare import compare
from calcverify.basis.described import read_explained
from calcverify.basis.groups import bases, names_group
from calcverify.basis.growth import gives_another_thing, of_same_name
from calcverify.basis.labels import SELF, core, names_payer, payer, shared
from calcverify.basis.portions import evaluate_rules, listed
from calcverify.basis.rules import IN_WORDS, LINK, Rule, counts_things, rule_at
from calcverify.basis.share_sureness import is_sure
from calcverify.basis.shares_before import read_shares_before
from calcverify.basis.tokens import SHARES, Figure, Kind
from calcverify.basis.work import GOOD, Entry, Statement, Work, entry_of
from calcverify.exact.verdict import Verdict
from calcverify.patterns import pattern

MOST_RULES = 12  # more shares than this in one sentence are no basis
SELF_PAID = pattern("自缴|自筹|自负|自付|自理|自行")  # 农户自筹28万元: what the share leaves
THAT_IS = ("即", "计", "，即", "，计")
STATED = frozenset({Kind.RATIO, Kind.CUE, Kind.FIGURE})  # what states a share or an amount
AT_ONCE = (Kind.PAUSE, Kind.TEXT, Kind.OPEN, Kind.CUE, Kind.EQUALS)


def read_shares(work: Work) -> None:
    """Add the share statements of a text."""
    if Kind.RATIO not in work.kinds and not work.shares and work.roles.isdisjoint(IN_WORDS):
        return
    rules: list[Rule] = []
    results: set[int] = set()
    for i, token in enumerate(work.tokens):
        if token.kind not in STATED or (token.kind is Kind.CUE and token.data.isdisjoint(IN_WORDS)):
            continue
        rule = rule_at(work, i, rules)
        if rule is not None:
            rules.append(rule)
            continue
        if token.kind is not Kind.FIGURE or token.data.money != 1 or not rules:
            continue
        near = [r for r in rules[-MOST_RULES:] if work.sentence[r.token] == work.sentence[i]]
        if near and work.used.get(i) is None and settle(work, i, near, results) and not near[-1].composed:
            results.add(i)
    read_shares_before(work, rules, keep)
    read_explained(work, rules)
    if len(results) > 1:
        add_up(work)


def add_up(work: Work) -> None:
    """省50%即175万元，市30%即105万元，县30%即105万元: what the payers bear is more than what there is.

    Shares that leave a part of their base unnamed say nothing against it.
    """
    given: dict[int, list[Statement]] = {}
    for s in work.statements:
        amounts = [i for i in s.operands if work.tokens[i].data.money]
        if s.kind == "share" and len(amounts) == 1 and s.stated is not None and s.verdict in GOOD:
            given.setdefault(amounts[0], []).append(s)
    for token, shares in given.items():
        base = entry_of(work, token)
        parts = [entry_of(work, s.stated.index) for s in shares if s.stated is not None]
        names = {payer(work.label(i)) for s in shares for i in s.operands if work.tokens[i].data.kind in SHARES}
        told_apart = len(names) == len(parts) and "" not in names
        if not told_apart or len(parts) < 2 or sum(p.value for p in parts) <= base.value or base.figure is None:
            continue
        statement = compare(work, "partition", base, parts)
        if statement.verdict not in GOOD:
            work.add(statement)


def rule_in_turn(work: Work, token: int) -> Rule | None:
    """中央70%、省20%、县10%，分别为7万元、2万元、1万元: the share in the same place of its list."""
    amounts = run_of(work, token, money=True)
    if len(amounts) < 2 or "分别" not in work.label(amounts[0]):
        return None
    before = [i for i, f in work.figs if i < amounts[0] and f.kind in SHARES]
    shares = run_of(work, before[-1], money=False) if before else []
    near = shares and work.sentence[shares[-1]] == work.sentence[token]
    if not near or len(shares) != len(amounts):
        return None
    i = shares[amounts.index(token)]
    figure: Figure = work.tokens[i].data
    return Rule(i, figure.value, leaf_of(figure), clause_text(work, i), None)


def run_of(work: Work, token: int, money: bool) -> list[int]:
    """The amounts (or shares) of a list, parted by 、 or a comma, in which a token stands."""
    figures = [i for i, f in work.figs if work.sentence[i] == work.sentence[token]]
    here = figures.index(token)

    def alike(i: int) -> bool:
        figure: Figure = work.tokens[i].data
        return figure.money == 1 if money else figure.kind in SHARES

    def parted(a: int, b: int) -> bool:
        kinds = [t.kind for t in work.tokens[a + 1 : b] if t.kind is not Kind.TEXT]
        return kinds in ([Kind.PAUSE], [Kind.COMMA])

    first = last = here
    while first > 0 and alike(figures[first - 1]) and parted(figures[first - 1], figures[first]):
        first -= 1
    while last + 1 < len(figures) and alike(figures[last + 1]) and parted(figures[last], figures[last + 1]):
        last += 1
    return figures[first : last + 1]


def settle(work: Work, token: int, rules: list[Rule], results: set[int]) -> bool:
    """Whether the figure of ``token`` is what the shares before it give; adds the statement."""
    in_turn = rule_in_turn(work, token)
    if in_turn is not None:
        rules = [in_turn]
    elif is_something_else(work, token, rules) or too_far(work, token, rules):
        return False
    last = rules[-1]
    if product_base(work, last, token, results):
        return False
    best: Statement | None = None
    for option in options_of(work, token, rules, results):
        if option is not None and option.verdict in GOOD:
            best = option
            break
        best = best or option
    if best is None:
        return False
    # 进度70%、80%，分别支付20万元、30万元 is a list too; only shares that name who pays may accuse in turn.
    sure = names_payers(work, last.token) if in_turn is not None else may_accuse(work, token, last)
    taken = [work.used.get(i) == "operand" for i in best.operands if not work.tokens[i].data.money]
    if best.verdict not in GOOD and taken and all(taken):
        return False  # 县级10%应配套36.8万元，已到位15万元: the share has its amount
    if best.verdict not in GOOD and not last.level and (last.composed or not sure):
        return False
    if best.verdict not in GOOD and gives_another_thing(work, token, last, best.operands):
        return False
    if best.verdict not in GOOD and not is_sure(work, token, best, rules):
        work.unread.append((min(best.operands), token, "unsure"))
        return False
    keep(work, token, best)
    return True


def options_of(work: Work, token: int, rules: list[Rule], results: set[int]) -> Iterator[Statement | None]:
    """What the shares before a figure may be said to give, the likeliest first."""
    last = rules[-1]
    yield from (evaluate_rules(work, token, [last._replace(base=b)], results) for b in of_same_name(work, last))
    for chosen in candidates(work, token, rules, results):
        yield evaluate_rules(work, token, chosen, results, [r for r in rules if r not in chosen])
    if len(rules) > 1 and work.tokens[last.token].kind is Kind.FIGURE:
        # 甲镇240万元、乙镇175万元，市级分别补助50%、40%，市级补助190万元
        listed_shares = run_of(work, last.token, money=False)
        severally = [r for r in rules if r.token in listed_shares]
        if len(severally) > 1 and "分别" in work.label(listed_shares[0]):
            every = evaluate_rules(work, token, severally, results)
            yield every if every is not None and every.verdict in GOOD else None
    between = work.text[work.tokens[last.token].end : work.tokens[token].start].strip()
    if last.growth and not last.parts and between in THAT_IS:
        # 统一压减5%即22.45万元: by how much it changes, not what it comes to.
        changed = evaluate_rules(work, token, [last._replace(growth=0)], results)
        yield changed if changed is not None and changed.verdict in GOOD else None


def names_payers(work: Work, token: int) -> bool:
    """中央、省级、市级分别承担50%、30%、20%: the payers of all shares of a list stand before its first."""
    shares = run_of(work, token, money=False)
    return names_payer(work.label(token)) or names_payer(work.label(shares[0]))


def is_something_else(work: Work, token: int, rules: list[Rule]) -> bool:
    """Whether the words make a figure a ceiling, last year's, what others pay, or itself a base."""
    figure: Figure = work.tokens[token].data
    if figure.bound or "previous" in figure.roles or figure.kind in SHARES:
        return True
    if "rest" in figure.roles and not any(r.growth for r in rules):
        return True
    if SELF_PAID.search(work.label(token)) and rules[-1].payer != payer(work.label(token)):
        return True
    return any(r.base == token for r in rules) or has_own_share(work, token)


def too_far(work: Work, token: int, rules: list[Rule]) -> bool:
    """Whether a figure stands away from the last share without a word that leads back to it."""
    last = rules[-1]
    roles = work.tokens[token].data.roles
    if "sum" in roles and not roles & {"bear", "request"} and not payer(work.label(token)) and has_result(work, last):
        return True  # 3.不可预见费按以上各项之和的3%计，计3万元；总计103万元
    if roles & {"bear", "sum", "request"} or payer(work.label(token)) or listed(work, token, last):
        return False
    if any(name and work.label(token).endswith(name) for name in last.parties):
        return False  # 由省与地方按6:4分担，其中省级60万元，地方40万元
    if amounts_between(work, token, last) or work.part[token] != work.part[last.token]:
        return True
    return not roles & {"equals", "result", "hedge"} and work.clause[token] > work.clause[last.token] + 1


def has_result(work: Work, rule: Rule) -> bool:
    """Whether the one share of its sentence has its result already: nothing but its items is left to add up."""
    given = [s for s in work.statements if s.kind == "share" and rule.token in s.operands]
    return any(s.stated is not None and work.part[s.stated.index] == work.part[rule.token] for s in given)


def amounts_between(work: Work, token: int, rule: Rule) -> bool:
    """Whether another amount stands between a share and a figure."""
    return any(t.kind is Kind.FIGURE and t.data.money == 1 for t in work.tokens[rule.token + 1 : token])


def may_accuse(work: Work, token: int, last: Rule) -> bool:
    """Whether the figure is surely the share's: no other amount between, or a word for paying."""
    if not amounts_between(work, token, last) or listed(work, token, last):
        return True
    return "bear" in work.tokens[token].data.roles or bool(payer(work.label(token)))


def keep(work: Work, token: int, statement: Statement) -> None:
    """Keep a share statement and the entry of its result."""
    figure: Figure = work.tokens[token].data
    added = work.add(statement)
    for i in statement.operands:
        work.used.setdefault(i, "operand" if work.tokens[i].data.kind in SHARES else "base")
    rate = raised_rate(work, statement)
    if rate is not None:
        work.give(token, figure._replace(unit=rate.unit))
        work.used[token] = "base"
        return
    work.used[token] = "result"
    rounded = statement.verdict is not Verdict.EXACT
    work.entries.append(
        Entry(token, token, figure.value, statement.node, figure, figure.roles, rounded=rounded, statement=added)
    )


def raised_rate(work: Work, statement: Statement) -> Figure | None:
    """每户每年18600元，按6%的增幅调整，为19716元; 2260元/月的60%，即1356元: the rate of which a share is one, too."""
    bases: list[Figure] = [f for f in (work.tokens[i].data for i in statement.operands) if f.money]
    stated = statement.stated
    if len(bases) != 1 or stated is None or stated.is_rate or not bases[0].is_rate:
        return None
    return bases[0] if bases[0].scale == stated.scale else None


def product_base(work: Work, rule: Rule, token: int, results: set[int]) -> bool:
    """托位350个，每个180元，区级负担50%，需3.15万元: the share is one of a product."""
    if work.clause[rule.token] == work.clause[token] and work.tokens[rule.token + 1].kind is not Kind.COMMA:
        return False
    found = bases(work, rule, results)
    if not found or not work.tokens[found[0][0]].data.is_rate:
        return False
    base: Figure = work.tokens[found[0][0]].data
    if work.tokens[token].data.is_rate or work.tokens[token].data.value <= base.value:
        return False
    return any(work.sentence[k] == work.sentence[rule.token] and counts_things(f) for k, f in work.figures())


def has_own_share(work: Work, token: int) -> bool:
    """Whether the figure is itself a base: a share stands behind it in its clause."""
    _, last = clause_range(work, token)
    for t in work.tokens[token + 1 : last + 1]:
        if t.kind is Kind.FIGURE:
            between = work.text[work.tokens[token].end : t.start]
            return t.data.kind in SHARES and not t.data.unit and "占" not in between
        if t.kind is Kind.CUE and t.data & {"full", "halves", "evensplit"}:
            return True
    return False


def candidates(work: Work, token: int, rules: list[Rule], results: set[int]) -> Iterator[list[Rule]]:
    """The sets of shares that a figure may add up, the likeliest first."""
    last = rules[-1]
    roles = work.tokens[token].data.roles
    between = work.tokens[last.token + 1 : token]
    bearer = payer(work.label(token))
    theirs = [r for r in rules if bearer and r.payer == bearer]
    named = [r for r in rules if r.whose and r.whose in work.label(token)]
    if len(named) == 1:
        yield named  # 财政与企业分别负担70%、30%，财政负担24万元
        return
    if theirs and last.payer != bearer and len(theirs) == 1 and not last.parts and "sum" not in roles:
        yield theirs  # 按中央80%、省级12%、县级8%的比例，中央…，省级…: each amount has the share of its payer
        return
    if bearer and last.payer and bearer != last.payer and not theirs and len(last.payer) == 1 and not last.parts:
        return  # 省级承担80%，即54万元，县级配套14万元: what another payer bears is no share of 80%
    linked = LINK.fullmatch(work.text[work.tokens[last.token].end : work.tokens[token].start].strip()) is not None
    at_once = linked or (len(between) <= 4 and all(t.kind in AT_ONCE for t in between))
    if last.growth:
        yield [last]
        return
    if work.clause[last.token] == work.clause[token] or at_once or last.parts:
        yield [last]
        return
    repeated = named_rule(work, token, rules)
    if repeated is not None:
        yield [repeated]
        return
    who = payer(work.label(token))
    whole = [r for r in rules if r.fraction == 1 and not r.parts and who and r.payer == who]
    if whole and len(rules) == 1:
        yield whole  # 由区级全额负担，区级负担42.5万元
        return
    partial = [r for r in rules if is_part(r) or len(rules) > 1]
    mine = rules_of(work, partial, who, results)
    grouped = any(r.base is not None for r in partial) or len(mine) > 1
    single = not SELF.search(last.label) and (is_part(last) or written_out(work, token, last))
    if mine and ("sum" in roles or (grouped and len(partial) > 1)):
        yield mine
        if who and len(mine) > 1:
            yield mine[-1:]
        if single:
            yield [last]
        return
    own = [r for r in partial if who and r.payer == who]
    if own and is_part(own[-1]):
        yield own[-1:]
    if single:
        yield [last]
    if mine and (len(mine) > 1 or is_part(mine[0]) or (who and mine[0].payer == who)):
        yield mine


def written_out(work: Work, token: int, rule: Rule) -> bool:
    """市级承担100%，计9万元: a hundred per cent in digits, and what it gives right behind it."""
    between = work.tokens[rule.token + 1 : token]
    at_once = len(between) <= 3 and all(t.kind in (*AT_ONCE, Kind.COMMA) for t in between)
    result = bool(work.tokens[token].data.roles & {"result", "equals"})
    return work.tokens[rule.token].kind is Kind.FIGURE and at_once and result


def is_part(rule: Rule) -> bool:
    """Whether a share is less than all of its base."""
    return rule.fraction != 1 or bool(rule.parts)


def rules_of(work: Work, rules: list[Rule], who: str, results: set[int]) -> list[Rule]:
    """The shares that ``who`` bears: those that name the payer, and those that follow without
    another payer's name (区级对东片承担45%，对西片承担35%，其余自筹)."""
    mine = []
    inherited = True
    for rule in rules:
        if SELF.search(rule.label):
            inherited = False
            continue
        own = rule.payer
        if own and not (own != who and names_group(work, rule, results)):
            inherited = own == who or not who
        if inherited or rule.growth:
            mine.append(rule)
    return mine


def named_rule(work: Work, token: int, rules: list[Rule]) -> Rule | None:
    """甲方承担45%、乙方承担55%，甲方出资…: the one share whose words the figure repeats."""
    if "sum" in work.tokens[token].data.roles or len(rules) < 2:
        return None
    label = core(work.label(token))
    scores = [shared(core(r.label), label) for r in rules]
    best = max(scores)
    if best >= 2 and scores.count(best) == 1 and not rules[scores.index(best)].growth:
        return rules[scores.index(best)]
    return None
