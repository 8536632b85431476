"""Which items a total may cover: its clause group, its sentence, its list, everything so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from calcverify.basis.compare import figure_of
from calcverify.basis.groups import head_of_clause
from calcverify.basis.labels import payer
from calcverify.basis.places import open_before, same_sentence
from calcverify.basis.tokens import SHARES, Figure, Kind
from calcverify.basis.work import GOOD, Entry, Work, entry_of
from calcverify.patterns import pattern

# 甲5万元；小计5万元: the 小计 follows its only item at once.
FOLLOWS = pattern(r"[\s；;。]*(?:小计|合计)|\s*。\s*[一-鿿]{1,8}(?:小计|合计)")
# 三项费用合计9万元: the label says how many items there are.
COUNTED = pattern(
    r"([两二三四五六七八九十]|(?<!\d)[2-9])(?:项|者|类|部分|笔|个险种)(?:费用|经费|资金|[省市县区]级)?"
    r"(?:合计|共计|总计|相加|之和|累计|共需?|计)(?:安排|资金|即|为)?$"
)
COUNT_ENDS = frozenset("计加和共需排金即为\n")  # the last character of it
LEVELS = pattern("([省市县区镇乡](?:[、和与及][省市县区镇乡])+)[两三]级各")
HEAD = 16  # characters of a part, or before a share, in which it says who pays
TOLD = 12  # characters before a total in which it may say of how many items it is
NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def scopes_of(work: Work, stated: Entry) -> Iterator[list[Entry]]:
    """The items that a total may cover, the likeliest first; none of the lists is empty."""
    items = open_before(work, stated)
    figure = figure_of(stated)
    yield from as_many_as_said(work, figure, items)
    same = same_sentence(work, stated.token, items)
    items, order = in_order(work, stated, items, same)
    yield from beside_in_bracket(work, stated)
    shares = [e for e in items if e.statement is not None and e.statement.kind == "share"]
    if len(shares) > 1 and ("bear" in figure.roles or payer(work.label(stated.token))):
        order.insert(0, shares)  # 市级共需12万元: what the payer bears, not what is shared
    based = [e for e in items if work.used.get(e.token) != "base"]
    if len(shares) > 1 and 1 < len(based) < len(items):
        order.insert(0, based)  # 500万元按2.5%计12.5万元，220万元按1.8%计3.96万元，合计…: the bases are no items
    last = last_total(items)
    heads = [e for e in items if e.parts or is_total(e)]
    order += [items[last:] if last >= 0 else items, heads, shares, with_rates(work, stated, same)]
    if shares and len(based) > 1:
        order.append(based)  # 贷款3500万元，年利率4.35%，利息152.25万元，还本500万元，合计652.25万元
    seen: list[list[Entry]] = []
    for scope in order:
        if scope and scope not in seen:
            seen.append(scope)
            yield scope


def further_scopes(work: Work, stated: Entry, known: Sequence[Sequence[Entry]]) -> Iterator[list[Entry]]:
    """The items that a total may cover where none of the ``known`` lists makes it."""
    for scope in other_scopes(work, stated):
        if scope and scope not in known:
            yield scope


def other_scopes(work: Work, stated: Entry) -> Iterator[list[Entry]]:
    """The same, those that are known already and empty ones among them; each is made once it is asked for."""
    roles, path = figure_of(stated).roles, work.path[stated.token]
    items = open_before(work, stated)
    if "subtotal" in roles and path:
        items = [e for e in items if work.path[e.token][: len(path)] == path]
    yield without_restated(work, items)
    yield [e.parts[0] if rest_of_part(work, e) else e for e in items]
    yield of_payer(work, stated)
    yield of_payer_and_later(work, stated, items)
    again = [k for k, e in enumerate(items) if e.figure is not None and e.value == stated.value]
    yield items[again[-1] + 1 if again else 0 :]  # 需129.2万元，用于：甲66万元、乙63.2万元，合计129.2万元


def rest_of_part(work: Work, e: Entry) -> bool:
    """咨询15.2万元，其中评审12万元，余3.2万元为审查: a rest that is itself a part, and no item beside the others."""
    if len(e.parts) < 2 or "rest" not in e.roles:
        return False
    between = work.tokens[e.parts[0].token : e.parts[1].token]
    return any(t.kind is Kind.CUE and "part" in t.data for t in between)


def of_payer(work: Work, stated: Entry) -> list[Entry]:
    """市级补贴5%计28.8万元；…市级承担5%为50.4万元。市级共需79.2万元: what one payer bears of several amounts."""
    who = payer(head_of_clause(work, stated.token))
    if not who:
        return []
    before = [e for e in work.entries if e.token < stated.token and e.figure is not None]
    theirs = [e for e in before if share_payer(work, e) == who]
    return theirs if len(theirs) > 1 else [e for e in before if borne_by(work, e, who)]


def as_many_as_said(work: Work, figure: Figure, items: Sequence[Entry]) -> Iterator[list[Entry]]:
    """两项合计8万元: the last two items."""
    told = told_count(work, figure)
    if told and len(items) >= told:
        yield list(items[-told:])
        own = without_restated(work, items)
        if len(items) > len(own) >= told:
            yield own[-told:]


def told_count(work: Work, figure: Figure) -> int:
    """以上四项合计8万元: of how many items a total is, 0 where it does not say."""
    start = figure.start
    if work.text[start - 1 : start] not in COUNT_ENDS:
        return 0
    counted = COUNTED.search(work.text[max(0, work.tokens[figure.index].start - TOLD) : start])
    return 0 if counted is None else NUMERALS.get(counted.group(1)) or int(counted.group(1))


def of_payer_and_later(work: Work, stated: Entry, items: Sequence[Entry]) -> list[Entry]:
    """其中县级20%即225万元。工资288万元由县财政负担。县级共需513万元: what the payer bears, and what stands behind."""
    who = payer(head_of_clause(work, stated.token))
    theirs = [
        e for e in work.entries
        if who and e.token < stated.token and e.figure is not None and share_payer(work, e) == who
    ]
    last = max((e.token for e in theirs), default=stated.token)
    return [*theirs, *(e for e in items if e.token > last)] if theirs else []


def share_payer(work: Work, e: Entry) -> str:
    """Who bears an amount, by its own words or by those of the share that gives it."""
    share = e.token
    if e.statement is not None and e.statement.kind == "share":
        share = next((i for i in e.statement.operands if work.tokens[i].data.kind in SHARES), e.token)
    return payer(work.label(share))


def borne_by(work: Work, e: Entry, who: str) -> bool:
    """市、县两级各承担12.5%，即各8.08万元。县级另给予资助，计2.5万元: whether a payer bears an amount alone, or one of
    several as much as the others."""
    if share_payer(work, e) == who:
        return True
    k = e.token
    while k > 0 and work.part[k - 1] == work.part[e.token]:
        k -= 1
    if payer(work.text[work.tokens[k].start : work.tokens[e.token].start][:HEAD]) == who:
        return True
    shares = [i for i in e.statement.operands if work.tokens[i].data.kind in SHARES] if e.statement is not None else []
    words = [work.text[max(0, work.tokens[i].start - HEAD) : work.tokens[i].start] for i in shares]
    return any(who in levels for text in words for levels in LEVELS.findall(text))


def without_restated(work: Work, items: Sequence[Entry]) -> list[Entry]:
    """The items that are at once what a computation beside them starts from left out: 按投资1650万元的8%计取，
    1650万元×8%=132万元; 60份×460元=27600元，两期合计55200元. So is one of which a share has been taken.
    """
    started = {i for s in work.statements if s.kind == "composed" and s.verdict in GOOD for i in s.operands}
    operands: dict[Fraction, list[int]] = {}
    for i, f in work.figs:
        taken = work.used.get(i) in ("operand", "start", "base")
        if taken and (f.money == 1 or f.bare):  # 11818条×1元 restates nothing
            operands.setdefault(f.value, []).append(i)

    def restated(e: Entry) -> bool:
        if work.used.get(e.token) == "base":
            return True
        if e.figure is None or e.parts:
            return False
        near = (i for i in operands.get(e.value, ()) if i != e.token and work.path[i] == work.path[e.token])
        return e.token in started or any(abs(work.sentence[i] - work.sentence[e.token]) <= 1 for i in near)

    return [e for e in items if not restated(e)]


def beside_in_bracket(work: Work, stated: Entry) -> Iterator[list[Entry]]:
    """（甲5万元，乙3万元，合计8万元）: a total in a bracket is of the amounts in brackets first."""
    depth = work.depth[stated.token]
    inner = [
        e for e in work.entries
        if e.token < stated.token and work.depth[e.token] == depth > 0 and e.within is None
    ]
    if inner:
        yield inner


def in_order(
    work: Work, stated: Entry, items: list[Entry], same: list[Entry]
) -> tuple[list[Entry], list[list[Entry]]]:
    """The items within reach of a total, and the scopes among them in the order of their likelihood."""
    roles, path = figure_of(stated).roles, work.path[stated.token]
    part = [e for e in same if work.part[e.token] == work.part[stated.token]]
    below = [e for e in items if work.path[e.token][: len(path)] == path] if path else items
    beside = [e for e in items if work.path[e.token][: len(path) - 1] == path[:-1]] if len(path) > 1 else []
    if "subtotal" in roles and path and not follows_only_item(work, below):
        items = below  # a 小计 inside a list item never reaches out of it
    elif "subtotal" in roles and len(beside) > 1:
        items = beside  # 二、（1）甲5万元；（2）乙3万元；小计8万元: nor does one behind the last item leave its list
    since = items[last_total(items) + 1 :]
    if "grand" in roles:
        return items, [items, below, same, since, part]
    if "subtotal" in roles:
        return items, [part, same, since, below, items]
    if len(part) > 1 and len(same) == len(part):
        return items, [same, below, items, since]
    if len(same) > 1:
        return items, [same, part, since, below, items]
    return items, [below, since, items]


def follows_only_item(work: Work, below: Sequence[Entry]) -> bool:
    """（一）甲5万元；小计5万元: a 小计 right behind the only item of its list may be of the lists before."""
    return len(below) == 1 and FOLLOWS.match(work.text, work.tokens[below[0].token].end) is not None


def last_total(items: Sequence[Entry]) -> int:
    """The place of the last total among some items, -1 without one; 20人，每人300元，共6000元 is an item."""
    return max((k for k, e in enumerate(items) if is_total(e)), default=-1)


def is_total(e: Entry) -> bool:
    """Whether an amount is called a total and is not the result of one product: 共 may lead to that, 小计 does not."""
    product = e.statement is not None and e.statement.kind in ("composed", "equation") and not e.parts
    roles = e.figure.roles if e.figure is not None else e.roles
    return e.figure is not None and "sum" in roles and (not product or "subtotal" in roles)


def with_rates(work: Work, stated: Entry, same: Sequence[Entry]) -> list[Entry]:
    """每场省级补助200元，市级补助100元，共300元: the first of the items carries the rate word of all."""
    sentence = work.sentence[stated.token]
    rates = [
        entry_of(work, i) for i, f in work.figures()
        if f.money == 1 and f.is_rate and work.sentence[i] == sentence and i < stated.token and work.used.get(i) is None
    ]
    return sorted([*rates, *same], key=lambda e: e.token) if rates else []
