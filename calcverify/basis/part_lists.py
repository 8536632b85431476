"""Which amounts may be the parts of a whole: in its bracket, behind its colon or 其中, in its sub-items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from calcverify.basis.amounts import of_earlier_year
from calcverify.basis.flows import both_ways, role_of_flow
from calcverify.basis.labels import names_payer, payer
from calcverify.basis.part_words import cue_between, cut, ends_low, own_parts
from calcverify.basis.places import first_amount, label_before, payers, same_sentence
from calcverify.basis.sub_items import until_sibling
from calcverify.basis.tokens import Kind
from calcverify.basis.work import Entry, Work
from calcverify.exact.rational import total
from calcverify.patterns import pattern

# 共9万元 （甲4万元，乙5万元）: at most so many characters stand between an amount and its bracket or colon.
GAP = 6
LEAD = 14  # and so many between an amount and the colon of 具体测算过程为：
LEADING = frozenset({Kind.TEXT, Kind.COMMA, Kind.CUE})
# 分三年, 3年总投资: for how many years a whole is; 2024年安排35万元: which of them an amount is for.
SPAN = re.compile("([两三四五六2-6])\\s*年[^，。；\\d]{0,10}$")
IN_YEARS = pattern("[^，。；\\d]{0,4}分([两三四五六2-6])(?:个)?(?:年度?|期|批)[^，。；\\d]{0,8}[，：:]")
YEAR = pattern("((?:19|20)\\d\\d)年[^，。；\\d]{0,8}$")
NUMERALS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
ALL_OF_IT, HEAD_OF_TEXT = frozenset({"whole", "sum"}), frozenset({"request", "whole"})
LABEL = 20  # characters before an amount in which its year may stand
# The longest label of an amount that heads a list: 二、宣传活动经费6万元.
HEADING_LENGTH = 30


class PartList(NamedTuple):
    """Amounts that may be the parts of a whole.

    ``strict`` is true where the whole is wrong if they miss it; ``kind`` is ``partition`` for
    parts that the words announce and ``sum`` for items under a heading. A ``tentative`` list
    counts only where it adds up.
    """

    entries: Sequence[Entry]
    strict: bool
    kind: str
    tentative: bool = False


def part_lists(work: Work, whole: Entry) -> Iterator[PartList]:
    """The lists of parts that may follow a whole, the likeliest first."""
    later = [e for e in work.entries if e.token > whole.last]
    if not later:
        return
    elsewhere = work.sentence[later[0].token] != work.sentence[whole.token]
    if elsewhere and whole.figure is not None and "sum" not in whole.roles and of_earlier_year(work, whole.token):
        return  # 2023年支出51.6万元。2024年计划…: what was spent has no parts in this year's
    mark = mark_behind(work, whole)
    bracketed = in_bracket(work, whole, mark, later)
    if bracketed is not None:
        yield bracketed
        return
    if work.closing:
        yield from in_later_bracket(work, whole, later)
    if "sum" in whole.roles:
        yield from behind_opening_total(work, whole, later)
    if Kind.COLON in work.kinds:
        yield from behind_colon(work, whole, later, mark)
    path, below = work.path[whole.token], work.path[later[0].token]
    cue = cue_between(work, whole, later[0])
    if below != path and below[: len(path)] == path:
        inside = until_sibling(work, whole, later)
        if cue:
            yield PartList(inside, cue == "allparts" or payers(work, inside), "partition")
            return
        heading = bool(path) or bool(whole.roles & {"sum", "whole"})
        yield PartList(inside, heading and short_heading(work, whole) and first_amount(work, whole), "sum")
    if cue:
        yield from behind_cue(work, whole, later, cue)
        return
    if whole.roles & ALL_OF_IT or "分" in work.text:
        yield from years_behind(work, whole, later)
    if work.sentence[later[0].token] == work.sentence[whole.token]:
        yield from payers_behind(work, whole, later)
    if whole.roles & HEAD_OF_TEXT:
        yield from in_later_sentences(work, whole, later)


def mark_behind(work: Work, whole: Entry) -> int:
    """The first token behind an amount that is no short text: its bracket or colon, if it has one."""
    tokens, i = work.tokens, whole.token
    k = i + 1
    while k < len(tokens) and tokens[k].kind is Kind.TEXT:
        if tokens[k].start > tokens[i].end + GAP or tokens[k].end - tokens[k].start > GAP:
            break
        k += 1
    beyond = k  # 购置费9万元⏎（甲5万元，乙4万元）: the bracket fills the next line
    while beyond < len(tokens) and tokens[beyond].kind is Kind.LINE:
        beyond += 1
    return beyond if beyond < len(tokens) and tokens[beyond].kind is Kind.OPEN else k


def in_bracket(work: Work, whole: Entry, mark: int, later: Sequence[Entry]) -> PartList | None:
    """8万元（甲5万元，乙3万元）: the amounts of the bracket right behind the whole."""
    tokens = work.tokens
    if mark >= len(tokens) or tokens[mark].kind is not Kind.OPEN or mark not in work.closing:
        return None
    inside = [e for e in later if mark < e.token < work.closing[mark]]
    if not inside:
        return None
    cue = any("part" in t.data for t in tokens[mark : inside[0].token] if t.kind is Kind.CUE)
    if not cue and all(of_a_year(work, e) for e in inside):
        return PartList(inside, False, "partition", tentative=True)  # 需85万元（2022年82万元，2023年83.6万元）
    if any(e.value > whole.value or e.roles & {"deduct", "shrink"} for e in inside) and not cue:
        return PartList(inside, False, "partition", tentative=True)  # 审定价687.4万元（送审713.9万元，审减26.5万元）
    return PartList(inside, not cue and len(inside) > 1 and same_kind(inside), "partition")


def in_later_bracket(work: Work, whole: Entry, later: Sequence[Entry]) -> Iterator[PartList]:
    """8万元用于两个村的灌溉设施（甲村5万元，乙村3万元）: a bracket further on in the sentence."""
    i = whole.token
    first = later[0].token if later else i
    if work.depth[first] != work.depth[i] + 1 or work.part[first] != work.part[i]:
        return
    opens = max(j for j in range(i, first) if work.tokens[j].kind is Kind.OPEN)
    inside = [e for e in later if opens < e.token < work.closing.get(opens, opens)]
    if len(inside) > 1:
        yield PartList(inside, False, "partition")


def behind_opening_total(work: Work, whole: Entry, later: Sequence[Entry]) -> Iterator[PartList]:
    """合计8万元。甲5万元。乙3万元。: a total with nothing before it is made by what follows."""
    i = whole.token
    if "sum" in whole.roles and not any(e.token < i and e.within is None for e in work.entries):
        rest = [e for e in later if work.path[e.token] == work.path[i] and work.depth[e.token] == work.depth[i]]
        yield PartList(rest, False, "sum")


def in_later_sentences(work: Work, whole: Entry, later: Sequence[Entry]) -> Iterator[PartList]:
    """申请资金386万元，较上年减少26万元。具体为：甲162万元；乙224万元: what the text begins with, and then computes."""
    i = whole.token
    if whole.roles & HEAD_OF_TEXT and work.sentence[i] == 0 and first_amount(work, whole):
        rest = [e for e in later if work.sentence[e.token] > 0 and work.depth[e.token] == work.depth[i]]
        yield PartList(rest, False, "sum", tentative=True)


def behind_colon(work: Work, whole: Entry, later: Sequence[Entry], mark: int) -> Iterator[PartList]:
    """培训费8万元：讲课5万元，资料3万元."""
    tokens = work.tokens
    mark = leading_colon(work, whole, mark)
    if mark < len(tokens) and tokens[mark].kind is Kind.COLON:
        inside = until_sibling(work, whole, later)
        level = min((work.depth[e.token] for e in inside), default=0)
        inside = [e for e in inside if work.depth[e.token] == level]
        if inside and first_amount(work, whole) and not (whole.figure is not None and whole.figure.per):
            yield PartList(inside, tokens[mark].end - tokens[whole.token].end <= 2, "sum")


def leading_colon(work: Work, whole: Entry, mark: int) -> int:
    """共计36万元，测算过程为：…: the colon that a few words lead to, else ``mark``."""
    tokens, end = work.tokens, work.tokens[whole.token].end
    past = 0
    for k in range(whole.token + 1, len(tokens)):
        token = tokens[k]
        if k <= past:
            continue
        if token.kind is Kind.OPEN and (close := remark(work, k)):
            past, end = close, tokens[close].end  # 全年516.3万元（不含基建），即：…
            continue
        if token.kind is Kind.COLON or work.text[token.start : token.end].strip() == "——":
            return k
        announces = token.kind is Kind.CUE and bool(token.data & {"part", "allparts"})
        if token.kind not in LEADING or announces or token.end - end > LEAD:
            break
    return mark


def remark(work: Work, opens: int) -> int:
    """Where the bracket closes that holds nothing but words; 0 where it holds figures."""
    close = work.closing.get(opens, 0)
    return 0 if any(t.kind is Kind.FIGURE for t in work.tokens[opens:close]) else close


def behind_cue(work: Work, whole: Entry, later: Sequence[Entry], cue: str) -> Iterator[PartList]:
    """8万元，其中甲5万元、乙3万元: up to the end of the list that 其中 opens."""
    same = same_sentence(work, whole.token, later)
    level = same_sentence(work, later[0].token, same if same and same[0] is later[0] else later)
    full = [e for e in level if work.depth[e.token] == work.depth[level[0].token]]
    if any(e.roles & {"sum", "request", "rest", "whole"} for e in full):
        full = []
    scope = cut(work, level)
    for k in range(2, len(scope)):
        paid = all(payers(work, [e]) or (e.statement is not None and e.statement.kind == "share") for e in scope[k:])
        if paid and total(e.value for e in scope[:k]) == whole.value:
            # 800万元，其中征地200万元、建设600万元，资金由省级补助50%即400万元: what makes it is all of it
            yield PartList(scope[:k], False, "partition", tentative=True)
            return
    if both_ways({role_of_flow(work, e) for e in scope}):
        return  # 其中征缴收入…，支出…，缺口…: a balance of its own
    if len(full) > len(scope) and not any(own_parts(work, e) for e in full):
        yield PartList(scope, False, "partition", tentative=True)
        scope = full
    yield PartList(scope, cue == "allparts" or payers(work, scope), "partition")


def payers_behind(work: Work, whole: Entry, later: Sequence[Entry]) -> Iterator[PartList]:
    """总投资8万元，省级补助5万元，县级配套3万元: amounts named by who pays them, without a 其中."""
    if work.sentence[later[0].token] != work.sentence[whole.token]:
        return
    listed = whole.last + 1 < len(work.tokens) and work.tokens[whole.last + 1].kind is Kind.PAUSE
    if listed or not may_be_shared(work, whole):
        return  # 专项90万元、地方配套30万元、自筹20万元: the first of a list is no whole
    scope: list[Entry] = []
    for e in same_sentence(work, whole.token, later):
        if "rest" in e.roles and work.part[e.token] == work.part[whole.token]:
            return  # 总投资12万元，债券7.5万元，企业自筹2.8万元，尚余缺口1.7万元: the rest is held against what is left
        if e.roles & {"rest", "sum"} or not payers(work, [e]) or work.used.get(e.token) is not None:
            break
        scope.append(e)
    if len(scope) > 1 and not has_percentage(work, whole):
        yield PartList(scope, ends_low(work, scope[-1]), "partition")


def years_behind(work: Work, whole: Entry, later: Sequence[Entry]) -> Iterator[PartList]:
    """三年总投资90万元，2023年30万元，2024年35万元，2025年25万元: an amount for each of the years that it is for."""
    same = same_sentence(work, whole.token, later)
    between = work.text[work.tokens[whole.token].end : work.tokens[same[0].token].start] if same else ""
    if not whole.roles & ALL_OF_IT and not IN_YEARS.match(between):
        return
    own = list(takewhile(lambda e: of_a_year(work, e), same))
    if own and len(own) < len(same) and work.part[same[len(own)].token] != work.part[own[-1].token]:
        same = own  # …、2025年25万元；本年度申请35万元
    named = [year.group(1) for e in same if (year := of_a_year(work, e)) is not None]
    span = SPAN.search(work.text[: work.tokens[whole.token].start]) or IN_YEARS.match(between)
    many = NUMERALS.get(span.group(1)) or int(span.group(1)) if span is not None else 0
    if any(e.roles & {"deduct", "grow", "rest", "surcharge"} for e in same):
        return  # 2024年审计核减50万元 is no part
    if len(same) > 1 and len(named) == len(same) == len(set(named)):
        yield PartList(same, many == len(same), "partition", tentative=many != len(same))


def of_a_year(work: Work, e: Entry) -> re.Match[str] | None:
    """2024年安排35万元: the year that an amount is for."""
    start = work.tokens[e.token].start
    return YEAR.search(work.text[max(0, start - LABEL) : start])


def may_be_shared(work: Work, whole: Entry) -> bool:
    """Whether an amount may be one that payers share: it is no payer's own amount itself."""
    if whole.roles & {"rest", "sum", "whole"}:
        return True
    label = label_before(work, whole)
    return first_amount(work, whole) and not payer(label) and not names_payer(label)


def has_percentage(work: Work, whole: Entry) -> bool:
    """省级补助5万元，县级按60%配套3万元: with a percentage in its sentence the shares have rules of their own."""
    return any(
        t.kind is Kind.FIGURE and t.data.kind == "percent" and work.sentence[k] == work.sentence[whole.token]
        for k, t in enumerate(work.tokens)
    )


def same_kind(entries: Sequence[Entry]) -> bool:
    """No entry of last year, no remark: plain parts."""
    return all(e.figure is None or not e.figure.roles & {"previous", "sum", "rest"} for e in entries)


def short_heading(work: Work, whole: Entry) -> bool:
    """Whether an amount stands in a heading of its own: label, amount, sub-items."""
    return len(work.label(whole.token)) <= HEADING_LENGTH
