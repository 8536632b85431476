"""Which subtractions a remainder may stand for: 余下3万元 of what, and less what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.amounts import rate_wholes
from calcverify.basis.compare import figure_of
from calcverify.basis.counts import is_loose_rate
from calcverify.basis.flows import both_ways, heading_flow, role_of_flow
from calcverify.basis.labels import payer
from calcverify.basis.places import same_sentence
from calcverify.basis.tokens import Kind
from calcverify.basis.work import Entry, Work

# 期末结余3万元: what is kept at the end of a year, once all that came in and went out is told.
KEPT = re.compile("可用|结余|结转|结存|余额|节余|剩余|余款")
AVAILABLE = re.compile("可用|总收入|资金总量")


class Difference(NamedTuple):
    """Amounts of a subtraction; a ``False`` in ``signs`` takes its amount off."""

    entries: Sequence[Entry]
    signs: Sequence[bool]


def less(whole: Entry, taken: Sequence[Entry]) -> Difference:
    """A whole less all that was taken off it."""
    return Difference([whole, *taken], [True] + [False] * len(taken))


def flow(work: Work, entries: Sequence[Entry]) -> Difference:
    """Outgoings against incomings; what is not said to come in goes out."""
    return Difference(list(entries), [role_of_flow(work, e) <= 0 for e in entries])


def differences(work: Work, stated: Entry) -> Iterator[Difference]:
    """The subtractions that a remainder may stand for, the likeliest first.

    Some hold a single amount and are no subtraction; the caller leaves them out.
    """
    amounts = [
        e for e in work.entries
        if e is not stated and (e.figure is not None or e.composed) and work.depth[e.token] <= work.depth[stated.token]
    ]
    before = [e for e in amounts if e.token < stated.token]
    same = same_sentence(work, stated.token, before)
    yield from off_a_payers(work, stated, before)
    yield from off_a_bracket(work, stated, same)
    yield from off_a_price(work, stated, same)
    yield from of_flows(work, stated, before, same)
    yield from off_a_whole(same)
    if same and "request" not in figure_of(stated).roles:
        after = [e for e in same_sentence(work, stated.token, amounts) if e.token > stated.token]
        if after:  # 8万元，缺口3万元，已落实5万元
            yield less(same[-1], after[:1])
            yield less(same[-1], after)
    yield from off_the_sentence_before(work, stated, before, same)


def off_a_price(work: Work, stated: Entry, same: Sequence[Entry]) -> Iterator[Difference]:
    """每台价款6.8万元，市级补贴2万元，余下4.8万元由农户负担: the whole is a price."""
    rates = [
        e for e in same_sentence(work, stated.token, rate_wholes(work))
        if e.token < stated.token and not is_loose_rate(work, e.token, work.tokens[e.token].data)
    ]
    if len(rates) != 1 or not same or any(e.token <= rates[0].token for e in same):
        return
    if sum((e.value for e in same), Fraction(0)) <= rates[0].value:
        yield less(rates[0], same)


def off_a_payers(work: Work, stated: Entry, before: Sequence[Entry]) -> Iterator[Difference]:
    """县级配套1110万元。…，其中县级已到位400万元，县级尚需710万元: what a payer has to bear less what it has paid."""
    who = payer(work.label(stated.token))
    theirs = [e for e in before if who and payer(work.label(e.token)) == who]
    paid = [e for e in theirs if e.roles & {"paid", "part"} and work.sentence[e.token] == work.sentence[stated.token]]
    if paid:
        for whole in [e for e in theirs if e not in paid and e.token < paid[0].token][::-1]:
            yield less(whole, paid)


def off_a_bracket(work: Work, stated: Entry, same: Sequence[Entry]) -> Iterator[Difference]:
    """规模123万元，扣除已批复的两个项目（道路42万元、渠道26万元）后尚余55万元: the bracket says what is taken off."""
    if not same:
        return
    whole, depth = same[-1], work.depth[stated.token]
    inner = [e for e in work.entries if whole.token < e.token < stated.token and work.depth[e.token] == depth + 1]
    if inner and any(
        t.kind is Kind.CUE and "deduct" in t.data for t in work.tokens[whole.token : inner[0].token]
    ):
        yield less(whole, inner)


def of_flows(work: Work, stated: Entry, before: Sequence[Entry], same: Sequence[Entry]) -> Iterator[Difference]:
    """收入9万元，支出7万元，结余2万元: what came in against what went out."""
    out = any(role_of_flow(work, e) < 0 or "paid" in e.roles for e in same)
    if out and len(same) > 2 and KEPT.search(work.label(stated.token)):
        # 期初结余26万元，本年补助140万元，本年支出151万元，期末结余15万元: what does not go out comes in.
        yield Difference(same, [role_of_flow(work, e) >= 0 for e in same])
        yield Difference(same, [role_of_flow(work, e) >= 0 and "paid" not in e.roles for e in same])
    opened = next((e for e in reversed(same) if "rest" in e.roles and e.parts), None)
    since = [e for e in same if opened is not None and e.token > opened.token]
    if opened is not None and since and KEPT.search(work.label(stated.token)):
        # …，季末结余24万元；二季度拨入45万元、支出51万元，季末结余18万元: a balance opens the next one.
        yield Difference([opened, *since], [True, *(role_of_flow(work, e) >= 0 for e in since)])
    if AVAILABLE.search(work.label(stated.token)) and not out:
        yield Difference(same, [True] * len(same))  # 下达68万元，加上年结余4万元，可用资金72万元
    flows = [e for e in same if role_of_flow(work, e)]
    if both_ways({role_of_flow(work, e) for e in flows}):
        yield flow(work, flows)
    if both_ways({heading_flow(work, e) for e in before}):
        yield flow(work, before)
    if "settle" in figure_of(stated).roles:
        everything = [e for e in before if e.within is None]
        yield flow(work, everything)
        yield flow(work, [e for e in everything if role_of_flow(work, e)])


def off_a_whole(same: Sequence[Entry]) -> Iterator[Difference]:
    """8万元，甲3万元，乙4万元，余下1万元: the first amount of the sentence less the others, or the last two."""
    if len(same) < 2:
        return
    if len(same) > 2:
        yield less(same[0], same[1:])
    yield less(same[-2], same[-1:])
    if len(same) > 2:
        for k in range(1, len(same) - 1):
            yield less(same[k], same[k + 1 :])
        for whole in wholes_of(same):
            taken = [e for e in same if e.token > whole.token]
            if taken:
                yield less(whole, taken)
    tops = [e for e in same if e.within is None]
    if len(tops) >= 2 and tops != same:
        yield less(tops[0], tops[1:])


def off_the_sentence_before(
    work: Work, stated: Entry, before: Sequence[Entry], same: Sequence[Entry]
) -> Iterator[Difference]:
    """总投资8万元。已付5万元，余下3万元: the whole stands in the sentence before, or earlier in the list item."""
    sentence, path = work.sentence[stated.token], work.path[stated.token]
    earlier = [e for e in before if work.sentence[e.token] == sentence - 1 or work.path[e.token] == path]
    if len(same) == 1:
        previous = [e for e in earlier if e not in same]
        if previous:
            yield less(previous[-1], same)
            for whole in wholes_of(previous)[-1:]:
                yield less(whole, same)
    if len(same) > 1:
        # 合计475万元。省级190万元，市级47.5万元，其余237.5万元由县级承担: what they share stands before.
        for whole in [e for e in earlier if e not in same and e.roles & {"sum", "whole"}][-1:]:
            yield less(whole, same)
    previous = [e for e in earlier if e not in same]
    if len(same) > 1 and previous and previous[-1].composed:
        yield less(previous[-1], same)  # 2680人…全年需1286万元。省级742万元、福彩90万元，剩余454万元
    if not same and len(earlier) >= 2:
        yield less(earlier[-2], earlier[-1:])


def wholes_of(entries: Sequence[Entry]) -> list[Entry]:
    """Those of the amounts that the words call a total or a whole."""
    return [e for e in entries if e.figure is not None and e.figure.roles & {"whole", "sum"}]
