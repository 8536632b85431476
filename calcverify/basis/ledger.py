"""Sums, parts of a whole, and what is left over, among the amounts of a text.

Amounts are taken in the order of the text. A total absorbs the items that it adds up,
a whole its parts, so that no amount is counted twice. Where the words leave open which
items a total covers, the scopes that the structure allows are tried in order; only if
none adds up is the first one reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.counts import is_count, is_loose_rate
from calcverify.basis.interpret import target_of
from calcverify.basis.labels import names_payer, payer
from calcverify.basis.nodes import Node, Sum
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import GOOD, Entry, Statement, Work, entry_of, own_unit, with_scale
from calcverify.exact.units import show
from calcverify.exact.verdict import Addend, Shape, Verdict, judge

FOLLOWS = re.compile(r"[\s；;。]*(?:小计|合计)")
KEPT = re.compile("结余|结转|结存|余额|节余|剩余|余款")
GROWN = re.compile("(?:增长|上浮|上涨|提高|递增|增加)[了为约]?$")
COUNTED = re.compile("([两二三四五六七八九十])(?:项|者|类|部分|笔)?(?:费用|经费|资金)?(?:合计|共计|相加|之和)")
NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def collect(work: Work) -> None:
    """Add an entry for every amount that the text states and nothing has used yet."""
    have = {e.token for e in work.entries}
    for i, figure in work.figures():
        if i in have or work.used.get(i) in ("operand", "result", "label", "range", "cell"):
            continue
        if figure.high is not None or figure.bound or figure.kind == "joined":
            continue
        if "previous" in figure.roles and not figure.roles & {"carried", "rest", "deduct"} and work.used.get(i) != "base":
            continue
        if i not in work.used and is_loose_rate(work, i, figure):
            continue  # 单价45元
        if "grow" in figure.roles and GROWN.search(work.label(i)):
            continue  # 2021年起增加80元
        if figure.money == 1 and (not figure.is_rate or work.used.get(i) == "base"):
            work.entries.append(entry_of(work, i))
        elif figure.bare and figure.kind == "arabic" and figure.scale == 1 and amount_row(work, i):
            whole = bracket_head(work, i)
            if whole is not None:
                work.entries.append(bare_entry(work, i, whole.scale))
            elif work.heading:
                work.entries.append(entry_of(work, i))
            elif "sum" in figure.roles and any(e.figure is not None for e in work.entries):
                work.entries.append(bare_entry(work, i, neighbour_scale(work, i)))
    work.entries.sort(key=lambda e: e.token)


def closes_list(work: Work, entry: Entry) -> bool:
    """中央2800万元、地方700万元、社会资本1500万元，总投资5000万元: a whole that stands last is a total."""
    if "whole" not in entry.roles or entry.parts or not e_last(work, entry):
        return False
    same = [e for e in open_before(work, entry) if work.sentence[e.token] == work.sentence[entry.token]]
    return len(same) > 1 and not any(e.roles & {"whole", "rest", "deduct"} for e in same)


def of_a_count(work: Work, entry: Entry) -> bool:
    """企业捐赠3笔共95万元: the total is of the things just counted, not of the items before."""
    i = entry.token - 1
    while i >= 0 and work.tokens[i].kind in (Kind.CUE, Kind.TEXT) and work.tokens[i].end - work.tokens[i].start <= 3:
        i -= 1
    if i < 0 or work.tokens[i].kind is not Kind.FIGURE:
        return False
    return is_count(work.tokens[i].data) and not any(n in ("年", "月", "项", "季") for n, _ in work.tokens[i].data.unit)


def rate_wholes(work: Work) -> list[Entry]:
    """每头保费480元，财政补贴288元，农户负担192元: a rate may be a whole, never an item."""
    return [entry_of(work, i) for i, f in work.figures() if f.money == 1 and f.is_rate and not f.bound and work.used.get(i) is None]


def bracket_head(work: Work, i: int) -> Figure | None:
    """96,500.00元（绿化41,200.00；保洁55,300.00）: parts in a bracket take the unit of the amount before it."""
    k = i
    while k >= 0 and work.depth[k] >= work.depth[i]:
        k -= 1
    if work.depth[i] == 0 or k < 1 or work.tokens[k].kind is not Kind.OPEN:
        return None
    before = work.tokens[k - 1]
    return before.data if before.kind is Kind.FIGURE and before.data.money == 1 and not before.data.is_rate else None


def bare_entry(work: Work, i: int, scale: int) -> Entry:
    """The entry of a bare figure taken in ``scale`` 元."""
    figure = with_scale(work.tokens[i].data, scale)
    return Entry(i, i, figure.value, leaf_of(figure), figure, figure.roles)


def neighbour_scale(work: Work, i: int) -> int:
    """东片8.4万元、西片4.2万元，合计12.6: a bare total takes the unit of the items before it."""
    scales = [e.figure.scale for e in work.entries if e.figure is not None and e.token < i]
    return scales[-1] if scales else 1


def amount_row(work: Work, i: int) -> bool:
    """Under 单位：万元 a bare number at the end of its label is an amount."""
    text, figure = work.text, work.tokens[i].data
    nxt = next((t for t in work.tokens[i + 1 : i + 3] if t.kind is not Kind.TEXT or text[t.start : t.end].strip()), None)
    if nxt is not None and nxt.kind is Kind.FIGURE and nxt.data.bare:
        return False  # 投影仪 5 4600 23000: the last number of a row is its amount
    behind = text[figure.end : figure.end + 1]
    return bool(work.label(i).strip()) and (not behind or behind in " \t\r\n，,。；;、（()）占")


def rate_differences(work: Work) -> None:
    """成本2.8元/立方米，水价1.9元/立方米，差额0.9元/立方米: confirmed or nothing."""
    rates = [(i, f) for i, f in work.figures() if f.money == 1 and len(f.unit) > 1 and not f.bound]
    for k, (i, figure) in enumerate(rates):
        if "rest" not in figure.roles or k < 2:
            continue
        (a, first), (b, second) = rates[k - 2], rates[k - 1]
        if work.sentence[a] != work.sentence[i] or not first.unit == second.unit == figure.unit:
            continue
        node = Sum((leaf_of(first), leaf_of(second)), (True, False))
        if first.value - second.value == figure.value:
            work.add(Statement(
                "balance", node, figure.value, show(own_unit(figure)), figure, Verdict.EXACT, Shape.SUM, (a, b)
            ))
            work.used.setdefault(a, "operand")
            work.used.setdefault(b, "operand")


def read_ledger(work: Work) -> None:
    """Read every whole with its parts, every total and every remainder."""
    collect(work)
    rate_differences(work)
    for entry in sorted([*work.entries, *rate_wholes(work)], key=lambda e: e.token):
        if entry.figure is None:
            continue
        roles = entry.figure.roles
        if "previous" in roles or "carried" in roles:
            pass
        elif "settle" in roles or ("rest" in roles and work.used.get(entry.token) != "base"):
            remainder(work, entry)
        elif deducted(work, entry):
            deduct(work, entry)
        elif "request" in roles and entry.statement is None and "sum" not in roles:
            remainder(work, entry, confirms=True)
        summing = ("sum" in roles or closes_list(work, entry)) and not (entry.statement is not None and entry.statement.kind == "share")
        counted = summing and of_a_count(work, entry)
        if summing:
            total(work, entry, accusing=False)
        parts(work, entry)
        if summing and not entry.parts and not counted and entry.token not in work.doubts:
            total(work, entry, accusing=True)


def value_of(entries: Sequence[Entry], signs: Sequence[bool] = ()) -> tuple[Node, Fraction]:
    """The sum of some entries, as a tree of their stated figures."""
    marks = tuple(signs) or (True,) * len(entries)
    node: Node = Sum(tuple(figure_node(e) for e in entries), marks) if len(entries) > 1 else figure_node(entries[0])
    value = sum(((e.value if s else -e.value) for e, s in zip(entries, marks, strict=True)), Fraction(0))
    return node, value


def figure_node(entry: Entry) -> Node:
    """The stated figure of an entry as an operand, else what it was computed from."""
    return leaf_of(entry.figure) if entry.figure is not None else entry.node


def addends(entries: Sequence[Entry], signs: Sequence[bool] = ()) -> tuple[Addend, ...]:
    """The entries as addends that may carry."""
    marks = tuple(signs) or (True,) * len(entries)
    return tuple(
        Addend(Fraction(1 if s else -1), e.value, e.figure.place if e.figure else Fraction(0), e.roundable)
        for e, s in zip(entries, marks, strict=True)
    )


def compare(work: Work, kind: str, stated: Entry, entries: Sequence[Entry], signs: Sequence[bool] = ()) -> Statement:
    """The statement that some entries give the figure of ``stated``."""
    node, value = value_of(entries, signs)
    figure = stated.figure
    assert figure is not None, "only a written figure is compared"
    composed = any(e.figure is None and e.composed for e in entries)
    shape = Shape.COMPOSED if composed else Shape.SUM
    verdict = judge(shape, value, target_of(figure), addends(entries, signs) if shape is Shape.SUM else (), leeway=work.leeway)
    return Statement(
        kind, node, value, show(own_unit(figure)) or "元", figure, verdict, shape, tuple(e.token for e in entries)
    )


def keep(work: Work, statement: Statement, stated: Entry, entries: Sequence[Entry]) -> None:
    """Keep a statement; the entries are absorbed by the stated one."""
    kept = work.add(statement)
    for e in entries:
        if e.within is None and e is not stated:
            e.within = stated
        work.used.setdefault(e.token, "addend")
    stated.parts = tuple(entries)
    stated.rounded = stated.rounded or statement.verdict is not Verdict.EXACT
    if stated.statement is None:
        stated.statement = kept
    work.used[stated.token] = "result"


# --- a whole and its parts -------------------------------------------------------


def parts(work: Work, whole: Entry) -> None:
    """Total first: a bracket, a colon, 其中 or deeper list items behind an amount."""
    for found, strict, kind in part_lists(work, whole):
        items = [e for e in found if e.within is None and e is not whole]
        if not items:
            continue
        if len(items) <= 2 and any(e.figure is not None and "rest" in e.figure.roles for e in items):
            continue  # a part and the rest are a remainder
        maybe = kind == "maybe"
        kind = "partition" if maybe else kind
        statement = compare(work, kind, whole, items)
        if maybe and (statement.verdict not in GOOD or len(items) < 2):
            continue
        if statement.verdict in GOOD:
            if len(items) > 1 or items[0].figure is None:
                keep(work, statement, whole, items)
            return
        if len(items) < 2:
            for e in items:
                e.within = e.within or (whole if kind == "partition" else None)
            continue
        assert statement.stated is not None
        above = statement.computed > statement.stated.value
        if vague_scope(work, items[-1], items):
            return
        if strict or (above and kind == "partition"):
            if whole.composed and not strict:
                continue
            keep(work, statement, whole, items)
            return
        if kind == "partition":
            rest = statement.stated.value - statement.computed
            work.issues.append((f"rest-unnamed:{rest}", items[0].token, items[-1].token))
            for e in items:
                e.within = whole
                work.used.setdefault(e.token, "part")
            return


def part_lists(work: Work, whole: Entry) -> Iterator[tuple[list[Entry], bool, str]]:
    """The lists of parts that may follow a whole: (entries, may accuse, kind)."""
    tokens, i = work.tokens, whole.token
    k = i + 1
    while k < len(tokens) and tokens[k].kind is Kind.TEXT and not tokens[k].start > tokens[i].end + 6 and tokens[k].end - tokens[k].start <= 6:
        k += 1
    later = [e for e in work.entries if e.token > whole.last]
    if k < len(tokens) and tokens[k].kind is Kind.OPEN and k in work.closing:
        inside = [e for e in later if k < e.token < work.closing[k]]
        if inside:
            cue = any("part" in t.data for t in tokens[k : inside[0].token] if t.kind is Kind.CUE)
            yield inside, not cue and len(inside) > 1 and same_kind(inside), "partition"
            return
    if later and work.depth[later[0].token] == work.depth[i] + 1 and work.sentence[later[0].token] == work.sentence[i]:
        opens = max(j for j in range(i, later[0].token) if tokens[j].kind is Kind.OPEN)
        inside = [e for e in later if opens < e.token < work.closing.get(opens, opens)]
        if len(inside) > 1:
            yield inside, False, "partition"
    if "sum" in whole.roles and not any(e.token < i and e.within is None for e in work.entries):
        rest = [e for e in later if work.path[e.token] == work.path[i] and work.depth[e.token] == work.depth[i]]
        yield rest, False, "sum"
    if k < len(tokens) and tokens[k].kind is Kind.COLON:
        inside = until_sibling(work, whole, later)
        if inside and first_amount(work, whole) and not (whole.figure is not None and whole.figure.per):
            yield inside, tokens[k].end - tokens[i].end <= 2, "sum"
    if not later:
        return
    nxt = later[0]
    if work.path[nxt.token] != work.path[i] and work.path[nxt.token][: len(work.path[i])] == work.path[i]:
        inside = until_sibling(work, whole, later)
        cue = cue_between(work, whole, nxt)
        if cue:
            yield inside, cue == "allparts" or payers(work, inside), "partition"
            return
        heading = bool(work.path[i]) or bool(whole.roles & {"sum", "whole"})
        yield inside, heading and short_heading(work, whole) and first_amount(work, whole), "sum"
    same = [e for e in later if work.sentence[e.token] == work.sentence[i]]
    cue = cue_between(work, whole, nxt)
    if nxt.token < len(tokens) and cue:
        scope = [e for e in (same if same and same[0] is nxt else later) if work.sentence[e.token] == work.sentence[nxt.token]]
        full = [e for e in scope if work.depth[e.token] == work.depth[scope[0].token]]
        if any(e.roles & {"sum", "request", "rest", "whole"} for e in full):
            full = []
        scope = cut(work, scope)
        if {1, -1} <= {role_of_flow(work, e) for e in scope}:
            return  # 其中征缴收入…，支出…，缺口…: a balance of its own
        strict = cue == "allparts" or payers(work, scope)
        if len(full) > len(scope) and not any(own_parts(work, e) for e in full):
            yield scope, False, "maybe"
            scope, strict = full, cue == "allparts" or payers(work, full)
        yield scope, strict, "partition"
    elif same and same[0] is nxt and (
        whole.roles & {"rest", "sum", "whole"}
        or (first_amount(work, whole) and not payer(label_before(work, whole)) and not names_payer(label_before(work, whole)))
    ):
        scope = []
        for e in same:
            if e.roles & {"rest", "sum"} or not payers(work, [e]) or work.used.get(e.token) is not None:
                break
            scope.append(e)
        if len(scope) > 1 and not any(t.kind is Kind.FIGURE and t.data.kind == "percent" for k, t in enumerate(tokens) if work.sentence[k] == work.sentence[i]):
            yield scope, ends_low(work, scope[-1]), "partition"


def first_amount(work: Work, whole: Entry) -> bool:
    """Whether an amount is the first figure of its part and no addition to another."""
    if whole.roles & {"surcharge", "grow", "previous"}:
        return False
    part = work.part[whole.token]
    return not any(work.part[e.token] == part and e.token < whole.token for e in work.entries)


def same_kind(entries: Sequence[Entry]) -> bool:
    """No entry of last year, no remark: plain parts."""
    return all(e.figure is None or not e.figure.roles & {"previous", "sum", "rest"} for e in entries)


def short_heading(work: Work, whole: Entry) -> bool:
    """Whether an amount stands in a heading of its own: label, amount, sub-items."""
    return len(work.label(whole.token)) <= 30


def until_sibling(work: Work, whole: Entry, later: Sequence[Entry]) -> list[Entry]:
    """The entries up to the next item on the whole's own level (or to the end of its
    sentence, where no list follows); nested lists give their heads alone."""
    path = work.path[whole.token]
    sentence = work.sentence[whole.token]
    found: list[Entry] = []
    for e in later:
        own = work.path[e.token]
        if own[: len(path)] != path:
            break
        if own == path and work.sentence[e.token] != sentence:
            break
        if e.figure is not None and "sum" in e.figure.roles and (
            own == path or (found and work.sentence[e.token] != work.sentence[found[-1].token] and not begins_item(work, e.token))
        ):
            break
        found.append(e)
    if not found:
        return found
    # A nested group counts by its head: the first amount of each child item, unless the
    # child is a plain list.
    if any(len(work.path[e.token]) > len(path) for e in found):
        depth = len(path) + 1
        heads: list[Entry] = []
        seen: dict[tuple[tuple[str, int], ...], list[Entry]] = {}
        for e in found:
            seen.setdefault(work.path[e.token][:depth], []).append(e)
        for group in seen.values():
            heads.append(group[0])
            deeper = [e for e in group[1:] if e.within is None and not is_part_of(work, group[0], e)]
            heads += [e for e in deeper if len(work.path[e.token]) == depth]
        return heads
    return [e for e in found if work.depth[e.token] == work.depth[found[0].token]]


def begins_item(work: Work, i: int) -> bool:
    """Whether the sentence of a token begins with a list mark."""
    k = i
    while k > 0 and work.sentence[k - 1] == work.sentence[i]:
        k -= 1
    return work.tokens[k].kind is Kind.ITEM


def is_part_of(work: Work, head: Entry, e: Entry) -> bool:
    """Whether a later amount of an item belongs under its first one (其中, bracket, colon)."""
    if work.depth[e.token] > work.depth[head.token]:
        return True
    between = work.tokens[head.last + 1 : e.token]
    return any(t.kind is Kind.COLON for t in between[:2]) or any(
        t.kind is Kind.CUE and "part" in t.data for t in between
    )


def cue_between(work: Work, whole: Entry, nxt: Entry) -> str:
    """``part`` or ``allparts`` where such a word stands between an amount and the next."""
    first = whole.last + 1
    if work.sentence[nxt.token] > work.sentence[whole.token] + 1 or work.depth[nxt.token] > work.depth[whole.token]:
        return ""
    for k in range(first, nxt.token):
        token = work.tokens[k]
        if token.kind is Kind.CUE:
            word = work.text[token.start : token.end]
            if word == "分别" and whole.figure is not None and whole.figure.is_rate:
                return ""
            if "part" in token.data:
                return "part"
            if "allparts" in token.data and word != "构成":
                if whole.figure is not None and whole.figure.is_rate and word not in "由从":
                    return ""
                if word in "由从" and (
                    work.clause[k] != work.clause[nxt.token]
                    or any(t.kind is Kind.CUE and t.data & {"bear", "full"} for t in work.tokens[k + 1 : nxt.token])
                ):
                    continue
                return "allparts"
        elif token.kind is Kind.STOP and token.data in "；;":
            return ""
    return ""


def cut(work: Work, scope: Sequence[Entry]) -> list[Entry]:
    """The parts of a 其中: up to the end of its part, a total or a change of depth."""
    kept: list[Entry] = []
    for e in scope:
        if kept and work.part[e.token] != work.part[kept[0].token] and not (payers(work, [e]) and not own_parts(work, e)):
            break
        roles = e.figure.roles if e.figure is not None else e.roles
        if kept and roles & {"sum", "request"}:
            break
        if work.depth[e.token] > work.depth[scope[0].token]:
            continue
        if kept and "part" in roles:
            break
        kept.append(e)
        if "rest" in roles:
            break
    return kept


def own_parts(work: Work, e: Entry) -> bool:
    """Whether an amount is a whole itself: a 其中 stands right behind it."""
    for token in work.tokens[e.token + 1 : e.token + 4]:
        if token.kind is Kind.FIGURE:
            return False
        if token.kind is Kind.CUE and "part" in token.data:
            return True
    return False


def payers(work: Work, entries: Sequence[Entry]) -> bool:
    """Whether the parts name who pays: 中央, 省, 市, 县, 财政, 农户, 申请, 自筹."""
    return bool(entries) and all(names_payer(label_before(work, e)) for e in entries)


def ends_low(work: Work, e: Entry) -> bool:
    """Whether the last payer is the one who pays the rest: 农户, 县, 镇, 自筹, not 中央 or 省."""
    return not label_before(work, e).strip().startswith(("中央", "省", "上级"))


def label_before(work: Work, e: Entry) -> str:
    """The words of an entry's label."""
    return re.split("[：:]", work.label(e.token))[-1] if e.figure is not None else ""


# --- totals behind their items ---------------------------------------------------


def total(work: Work, stated: Entry, accusing: bool) -> None:
    """合计, 共计, 总计 behind its items; without ``accusing`` only where they add up."""
    figure = stated.figure
    assert figure is not None
    scopes = list(scopes_of(work, stated))
    if stated.statement is not None and not any(len(s) > 1 for s in scopes):
        return
    other = neighbour_scale(work, stated.token)
    if figure.bare and figure.scale != other and work.tokens[stated.token].data.scale == 1:
        again = bare_entry(work, stated.token, other)
        for scope in scopes:
            if len(scope) > 1 and compare(work, "sum", again, scope).verdict in GOOD:
                stated.figure, stated.value, stated.node = again.figure, again.value, again.node
                break
    first: tuple[Statement, list[Entry]] | None = None
    for scope in scopes:
        only = "subtotal" in figure.roles or len(scopes) == 1
        if only and len(scope) == 1 and scope[0].value == stated.value and scope[0].figure is not None:
            scope[0].within = stated  # 平台18万元，小计18万元
            stated.parts = (scope[0],)
            return
        if len(scope) < 2 and not (scope and scope[0].figure is None):
            continue
        statement = compare(work, "sum", stated, scope)
        if statement.verdict in GOOD:
            if len(scope) == 1 and scope[0].figure is None:
                statement = statement._replace(kind="composed" if scope[0].composed else "equation")
            keep(work, statement, stated, scope)
            return
        if not any(e.figure is not None and e.figure.is_rate for e in scope):
            first = first or (statement, scope)
    for scope in scopes:
        if len(scope) > 1 and any(e.token in work.doubts or (e.statement is not None and e.statement.verdict not in GOOD) for e in scope):
            again = recomputed(work, stated, scope)
            if again is not None:
                keep(work, again, stated, scope)
                return
    if stated.statement is not None or first is None or not accusing:
        return
    statement, scope = first
    if vague_scope(work, stated, scope):
        return
    keep(work, statement, stated, scope)


def recomputed(work: Work, stated: Entry, scope: Sequence[Entry]) -> Statement | None:
    """The sum of what the items come to where one states it wrongly: the sum is right then."""
    figure = stated.figure
    assert figure is not None
    under = [work.doubts.get(e.token) or e.statement for e in scope]
    values = [s.computed if s is not None else e.value for s, e in zip(under, scope, strict=True)]
    nodes = tuple(s.node if s is not None else figure_node(e) for s, e in zip(under, scope, strict=True))
    total_value = sum(values, Fraction(0))
    verdict = judge(Shape.SUM, total_value, target_of(figure), leeway=work.leeway)
    if verdict not in GOOD:
        return None
    node = Sum(nodes, (True,) * len(nodes))
    return Statement("sum", node, total_value, "元", figure, verdict, Shape.SUM, tuple(e.token for e in scope))


def vague_scope(work: Work, stated: Entry, scope: Sequence[Entry]) -> bool:
    """Whether words for more, or unread numbers, keep the items from being all of them."""
    low, high = min(e.token for e in scope), stated.token
    if any(low <= last and first <= high for first, last, _ in work.unread):
        return True
    if any(t.kind is Kind.DAMAGED for t in work.tokens[low:high]):
        return True
    return any(
        t.kind is Kind.CUE and "more" in t.data and t.start > work.tokens[low].end
        for t in work.tokens[low:high]
    )


def open_before(work: Work, stated: Entry) -> list[Entry]:
    """The amounts before a total that nothing has absorbed."""
    return [
        e for e in work.entries
        if e.token < stated.token and e.within is None and e is not stated
        and work.depth[e.token] <= work.depth[stated.token]
        and not (e.figure is not None and e.figure.roles & {"whole"} and not e.parts and e.statement is None)
    ]


def scopes_of(work: Work, stated: Entry) -> Iterator[list[Entry]]:
    """The items that a total may cover, the likeliest first."""
    items = open_before(work, stated)
    figure = stated.figure
    assert figure is not None
    counted = COUNTED.search(work.text[max(0, figure.label - 0) : figure.start])
    if counted:
        n = NUMERALS[counted.group(1)]
        if len(items) >= n:
            yield items[-n:]
    sentence, path = work.sentence[stated.token], work.path[stated.token]
    same = [e for e in items if work.sentence[e.token] == sentence]
    part = [e for e in same if work.part[e.token] == work.part[stated.token]]
    below = [e for e in items if work.path[e.token][: len(path)] == path] if path else items
    if "subtotal" in figure.roles and path and not (
        len(below) == 1 and FOLLOWS.match(work.text, work.tokens[below[0].token].end)
    ):
        items = below  # a 小计 inside a list item never reaches out of it
    last_sum = max((k for k, e in enumerate(items) if e.figure is not None and e.figure.roles & {"sum"}), default=-1)
    since = items[last_sum + 1 :]
    with_last = items[last_sum:] if last_sum >= 0 else items
    heads = [e for e in items if e.parts or (e.figure is not None and "sum" in e.figure.roles)]
    inner = [e for e in work.entries if e.token < stated.token and work.depth[e.token] == work.depth[stated.token] > 0 and e.within is None]
    if inner:
        yield inner
    if "grand" in figure.roles:
        order = [items, below, same, since, part]
    elif "subtotal" in figure.roles:
        order = [part, same, since, below, items]
    elif len(part) > 1 and len(same) == len(part):
        order = [same, below, items, since]
    else:
        order = [same, part, since, below, items] if len(same) > 1 else [below, since, items]
    shares = [e for e in items if e.statement is not None and e.statement.kind == "share"]
    if len(shares) > 1 and "bear" in figure.roles | work_roles(work, stated):
        order.insert(0, shares)
    order += [with_last, heads, shares, with_rates(work, stated, same)]
    seen: list[list[Entry]] = []
    for scope in order:
        if scope and scope not in seen:
            seen.append(scope)
            yield scope


def work_roles(work: Work, stated: Entry) -> frozenset[str]:
    """``bear`` where the label of a total names who pays: 市级共需…"""
    return frozenset({"bear"}) if payer(work.label(stated.token)) else frozenset()


def with_rates(work: Work, stated: Entry, same: Sequence[Entry]) -> list[Entry]:
    """每场省级补助200元，市级补助100元，共300元: the first of the items carries the rate word of all."""
    sentence = work.sentence[stated.token]
    rates = [
        entry_of(work, i) for i, f in work.figures()
        if f.money == 1 and f.is_rate and work.sentence[i] == sentence and i < stated.token and work.used.get(i) is None
    ]
    return sorted([*rates, *same], key=lambda e: e.token) if rates else []


# --- what is left over -----------------------------------------------------------


def remainder(work: Work, stated: Entry, confirms: bool = False) -> None:
    """余下, 缺口, 结余, 差额: a whole less what was taken off, incomings against outgoings."""
    first: tuple[Statement, list[Entry]] | None = None
    for entries, signs in differences(work, stated):
        if len(entries) < 2:
            continue
        statement = compare(work, "balance", stated, entries, signs)
        if statement.computed < 0:
            statement = statement._replace(computed=-statement.computed)
            flipped = tuple(not s for s in signs)
            node, _ = value_of(entries, flipped)
            statement = statement._replace(node=node)
            figure = stated.figure
            assert figure is not None
            statement = statement._replace(
                verdict=judge(Shape.SUM, statement.computed, target_of(figure), addends(entries, flipped), leeway=work.leeway)
            )
        if statement.verdict in GOOD:
            keep_rest(work, statement, stated, entries)
            return
        first = first or (statement, list(entries))
    if first is not None and not confirms and stated.statement is None and accusing(work, stated, first[1]):
        keep_rest(work, first[0], stated, first[1])


def deducted(work: Work, stated: Entry) -> list[Entry]:
    """The amounts that 扣除, 核减 take off before an amount of the same sentence; none where it
    is one of them itself."""
    if stated.roles & {"deduct", "sum"} or stated.statement is not None:
        return []
    same = [e for e in work.entries if e.token < stated.token and work.sentence[e.token] == work.sentence[stated.token]]
    taken = []
    for e in same:
        joined = bool(taken) and work.text[work.tokens[taken[-1].token].end : work.tokens[e.token].start][:1] in "和及与、"
        if "deduct" in e.roles or joined:
            taken.append(e)  # 扣除上年结转61.5万元和捐赠30万元
    return taken if taken and same and same[0] not in taken and e_last(work, stated) else []


def e_last(work: Work, stated: Entry) -> bool:
    """Whether an amount is the last of its sentence."""
    return not any(e.token > stated.token and work.sentence[e.token] == work.sentence[stated.token] for e in work.entries)


def deduct(work: Work, stated: Entry) -> None:
    """全年需97万元，扣减上年结余32.98万元，实际申请64.02万元."""
    taken = deducted(work, stated)
    same = [
        e for e in work.entries
        if e.token < stated.token and work.sentence[e.token] == work.sentence[stated.token] and e.within is None
    ]
    wholes = [e for e in same if e not in taken and e.token < taken[0].token]
    if not wholes:
        return
    entries = [wholes[-1], *taken]
    statement = compare(work, "balance", stated, entries, [True] + [False] * len(taken))
    if statement.verdict in GOOD or len(same) == len(entries):
        keep_rest(work, statement, stated, entries)


def accusing(work: Work, stated: Entry, entries: Sequence[Entry]) -> bool:
    """A remainder accuses only where whole and part stand in its own sentence."""
    figure = stated.figure
    assert figure is not None
    own = all(work.sentence[e.token] == work.sentence[stated.token] for e in entries)
    flows = {role_of_flow(work, e) for e in entries}
    plain = len(entries) == 2 or -1 in flows or payers(work, entries[1:])
    return own and plain and not figure.roles & {"previous"}


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


def differences(work: Work, stated: Entry) -> Iterator[tuple[list[Entry], list[bool]]]:
    """The subtractions that a remainder may stand for, the likeliest first."""
    figure = stated.figure
    assert figure is not None
    sentence = work.sentence[stated.token]
    amounts = [
        e for e in work.entries
        if e is not stated and (e.figure is not None or e.composed) and work.depth[e.token] <= work.depth[stated.token]
    ]
    before = [e for e in amounts if e.token < stated.token]
    rates = [
        e for e in rate_wholes(work)
        if work.sentence[e.token] == sentence and e.token < stated.token and not is_loose_rate(work, e.token, work.tokens[e.token].data)
    ]
    if len(rates) == 1 and before and all(e.token > rates[0].token for e in before if work.sentence[e.token] == sentence):
        taken_off = [e for e in before if work.sentence[e.token] == sentence]
        if taken_off and sum((e.value for e in taken_off), Fraction(0)) <= rates[0].value:  # 每台价款6.8万元，中央补贴2.04万元，余下…: the whole is a price
            yield [rates[0], *taken_off], [True] + [False] * len(taken_off)
    same = [e for e in before if work.sentence[e.token] == sentence]
    after = [e for e in amounts if e.token > stated.token and work.sentence[e.token] == sentence]
    flows = [e for e in same if role_of_flow(work, e)]
    if KEPT.search(work.label(stated.token)) and len(same) > 2 and any(role_of_flow(work, e) < 0 for e in same):
        # 期初结余26万元，本年补助140万元，本年支出151万元，期末结余15万元: what does not go out comes in.
        yield same, [role_of_flow(work, e) >= 0 for e in same]
    if len({role_of_flow(work, e) for e in flows} - {0}) == 2:
        yield flow(work, flows)
    if len({heading_flow(work, e) for e in before} - {0}) == 2:
        yield flow(work, before)
    if "settle" in figure.roles:
        everything = [e for e in before if e.within is None]
        yield flow(work, everything)
        yield flow(work, [e for e in everything if role_of_flow(work, e)])
    if len(same) >= 2:
        whole, *taken = same
        tops = [e for e in same if e.within is None]
        if len(same) > 2:
            yield [whole, *taken], [True] + [False] * len(taken)
        yield same[-2:], [True, False]
        if len(same) > 2:
            for k in range(1, len(same) - 1):
                yield same[k:], [True] + [False] * (len(same) - k - 1)
            wholes = [e for e in same if e.figure is not None and e.figure.roles & {"whole", "sum"}]
            for w in wholes:
                rest = [e for e in same if e.token > w.token]
                if rest:
                    yield [w, *rest], [True] + [False] * len(rest)
        if len(tops) >= 2 and tops != same:
            yield tops, [True] + [False] * (len(tops) - 1)
    if same and after and "request" not in figure.roles:
        yield [same[-1], after[0]], [True, False]
        yield [same[-1], *after], [True] + [False] * len(after)
    earlier = [e for e in before if work.sentence[e.token] == sentence - 1 or work.path[e.token] == work.path[stated.token]]
    if len(same) == 1:
        previous = [e for e in earlier if e not in same]
        if previous:
            yield [previous[-1], same[0]], [True, False]
            tops = [e for e in previous if e.figure is not None and e.figure.roles & {"sum", "whole"}]
            if tops:
                yield [tops[-1], same[0]], [True, False]
    if not same and len(earlier) >= 2:
        yield earlier[-2:], [True, False]


def role_of_flow(work: Work, e: Entry) -> int:
    """+1 for what comes in (收入, 征缴, 上年结余), -1 for what goes out (支出, 发放), 0 otherwise."""
    if e.figure is None:
        return 0
    roles = e.figure.roles
    if "carried" in roles or "income" in roles or ("previous" in roles and "rest" in roles):
        return 1
    if "expense" in roles:
        return -1
    return heading_flow(work, e)


def heading_flow(work: Work, e: Entry) -> int:
    """支出：人员11万元，活动8万元: the heading of a part says which way its amounts go."""
    k = e.token
    while k > 0 and work.part[k - 1] == work.part[e.token]:
        k -= 1
    for token in work.tokens[k : e.token]:
        if token.kind is Kind.COLON:
            heading = work.text[work.tokens[k].start : token.start]
            return -1 if re.search("支出|用途|开支|使用", heading) else 1 if re.search("收入|来源|筹集|进账", heading) else 0
    return 0


def flow(work: Work, entries: Sequence[Entry]) -> tuple[list[Entry], list[bool]]:
    """Outgoings against incomings; what is not said to come in goes out."""
    ordered = list(entries)
    signs = [role_of_flow(work, e) <= 0 for e in ordered]
    return ordered, signs
