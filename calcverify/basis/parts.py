"""A whole and its parts: 8万元，其中甲5万元、乙3万元.

Parts above their whole are an error; parts that leave some of it unnamed are only noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise, takewhile

from calcverify.basis.compare import compare, figure_of, in_reach, keep
from calcverify.basis.part_lists import PartList, part_lists
from calcverify.basis.places import vague_scope
from calcverify.basis.sureness import explained, stand_together
from calcverify.basis.tokens import Kind
from calcverify.basis.work import GOOD, Entry, Statement, Work

AND = ("和", "及", "以", "与")  # 以及


def parts(work: Work, whole: Entry) -> None:
    """Total first: a bracket, a colon, 其中 or deeper list items behind an amount."""
    for found in part_lists(work, whole):
        items = [e for e in found.entries if e.within is None and e is not whole]
        # 总保费576万元，其中市级28.8万元；育肥猪总保费1008万元: what is more than the whole is no part of it.
        beyond = (
            k for k, e in enumerate(items)
            if k > 1
            and e.value > figure_of(whole).value >= items[0].value
            and work.part[e.token] != work.part[items[0].token]
            and not goes_on(work, items[:k], e)
        )
        items = items[: next(beyond, len(items))]
        if figure_of(whole).is_rate:  # 每户4万元，其中省2.5万元、县1.5万元，县级需63万元: a part is less than its rate
            items = list(takewhile(lambda e: e.value <= figure_of(whole).value, items))
        if not items or part_and_rest(items):
            continue
        if out_of_reach(whole, items):
            if found.strict and heads(whole, items):
                work.unread.append((whole.token, items[-1].last, "far-off"))  # 总支出5元。一、甲90万元…二、乙60万元…
            continue
        if settle_parts(work, whole, found, items):
            return


def out_of_reach(whole: Entry, items: Sequence[Entry]) -> bool:
    """新增5元统筹使用，…=451万元，县级90万元: amounts of another order are no parts of 5元, whatever stands between."""
    value = figure_of(whole).value
    return value > 0 and all(e.value > value for e in items) and not in_reach(value, [e.value for e in items], most=20)


def part_and_rest(items: Sequence[Entry]) -> bool:
    """其中已付5万元，余下3万元: a part and the rest are a remainder."""
    return len(items) <= 2 and any(e.figure is not None and "rest" in e.figure.roles for e in items)


def settle_parts(work: Work, whole: Entry, found: PartList, items: Sequence[Entry]) -> bool:
    """Compare a list with its whole; whether that settles it and no other list need be tried."""
    statement = compare(work, found.kind, whole, items)
    good = statement.verdict in GOOD
    if found.tentative and (not good or len(items) < 2):
        return False
    if good:
        if len(items) > 1 or items[0].figure is None:
            keep(work, statement, whole, items)
        return True
    if keep_beginning(work, whole, found, items):
        return True
    if len(items) < 2:
        if found.kind == "partition":
            items[0].within = whole
        return False
    return vague_scope(work, items[-1], items) or settle_missed(work, whole, found, items, statement)


def keep_beginning(work: Work, whole: Entry, found: PartList, items: Sequence[Entry]) -> bool:
    """每人20元，其中财政15元、个人5元，财政共需87万元: the parts end where they make their whole."""
    so_far = list(accumulate(e.value for e in items[:-1]))
    if figure_of(whole).value not in so_far[1:]:
        return False
    beginning = items[: so_far.index(figure_of(whole).value, 1) + 1]
    following = items[len(beginning) :]
    # 其中中央218.8万元，地方54.7万元，地方部分由省、县分担，省级32.82万元: a clause of its own begins another list.
    last, nxt = beginning[-1].token, following[0].token
    apart = work.clause[nxt] - work.clause[last] > 1 or work.sentence[nxt] > work.sentence[last]
    more = not apart and any(e.value <= figure_of(whole).value for e in following)
    if more or goes_on(work, beginning, following[0]):
        return False  # 共需14万元，其中甲7万元、乙7万元、丙6万元 leaves the last one out
    keep(work, compare(work, found.kind, whole, beginning), whole, beginning)
    return True


def heads(whole: Entry, items: Sequence[Entry]) -> bool:
    """Whether an amount is surely over some items: it is called a total, or every item of its heading is computed."""
    computed = all(e.statement is not None and e.statement.kind == "equation" for e in items) and len(items) > 1
    return ("sum" in whole.roles or computed) and not figure_of(whole).is_rate


def goes_on(work: Work, beginning: Sequence[Entry], nxt: Entry) -> bool:
    """Whether the amount behind some parts is one more of the same list: the next 、, ； or number of it.

    共需14万元，包括甲7万元、乙7万元、丙16万元 has three parts; …，财政共需87万元 is no part.
    """
    roles = nxt.figure.roles if nxt.figure is not None else nxt.roles
    if roles & {"sum", "request", "rest", "whole", "allyear"}:
        return False
    path = work.path[nxt.token]
    last = beginning[-1].token
    if path and path == work.path[last] and work.sentence[nxt.token] > work.sentence[last]:
        return False  # 四是培训77万元。上述资金中省级1650万元: no item of its own
    if path and path != work.path[beginning[0].token] and len(path) == len(work.path[beginning[0].token]):
        return path[:-1] == work.path[beginning[0].token][:-1] and path[-1][0] == work.path[beginning[0].token][-1][0]
    if work.text[work.tokens[beginning[-1].last].end : work.tokens[nxt.token].start].lstrip()[:1] in AND:
        return True  # 分为甲7万元、乙7万元和丙16万元
    marks = [signs_between(work, a.last, b.token) for a, b in pairwise([*beginning, nxt])]
    return len(marks[-1]) == 1 and marks[-1] in ("、", "；", ";") and marks[-1] == marks[0]


def signs_between(work: Work, first: int, last: int) -> str:
    """The signs that part two tokens."""
    parting = (Kind.PAUSE, Kind.COMMA, Kind.STOP, Kind.LINE)
    return "".join(work.text[t.start : t.end] for t in work.tokens[first + 1 : last] if t.kind in parting)


def shared_evenly(work: Work, items: Sequence[Entry]) -> bool:
    """其中省5万元，市、县各2万元: an amount that several pay each is left out of the parts that were
    added, so that they say nothing of the whole."""
    first = items[0].token
    each = next(
        (
            i
            for i, f in work.figs
            if i > first
            and "each" in f.roles
            and f.money == 1
            and i not in work.used
            and work.sentence[i] == work.sentence[first]
        ),
        None,
    )
    if each is not None:
        work.unread.append((first, each, "shared-evenly"))
    return each is not None


def settle_missed(work: Work, whole: Entry, found: PartList, items: Sequence[Entry], statement: Statement) -> bool:
    """Keep parts that are surely wrong; note what a whole leaves unnamed; else leave the list alone."""
    if shared_evenly(work, items):
        return False
    if work.used.get(whole.token) == "operand":
        return False  # a rate that a product has taken may have its parts, and is not wrong if they miss it
    value = figure_of(whole).value
    announced = found.kind == "partition"
    if found.strict or (announced and statement.computed > value):
        if whole.composed and not found.strict:
            return False
        if not in_reach(value, [e.value for e in items]) and (figure_of(whole).is_rate or not announced):
            if heads(whole, items) and not announced:
                work.unread.append((whole.token, items[-1].last, "far-off"))  # 总支出5万元。一、甲90万元…二、乙60万元…
            return False
        if not stand_together(work, whole, items) and not explained(
            statement.computed, figure_of(whole), [e.value for e in items]
        ):
            work.unread.append((whole.token, items[-1].token, "unsure"))
            return False
        keep(work, statement, whole, items)
        return True
    if announced:
        work.issues.append((f"rest-unnamed:{value - statement.computed}", items[0].token, items[-1].token))
        for e in items:
            e.within = whole
            work.used.setdefault(e.token, "part")
    return announced
