"""Amounts with 加 and 减 before them: 基数9万元，加：新增3万元，减：压减2万元，本年安排10万元.

Words like these are easily part of a name, so that a list that misses is reported as not read.
"""

from __future__ import annotations

from calcverify.basis.compare import compare, in_reach, keep
from calcverify.basis.places import open_before, same_sentence
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import GOOD, Entry, Work
from calcverify.exact.verdict import Verdict
from calcverify.patterns import pattern

# 减灾, 减免, 加班, 加强 are no words for taking off or putting on.
TAKEN_OFF = pattern("(?:减(?![免排灾税负速震隔振轻])|扣[减除]|核减|抵减)")
PUT_ON = pattern("(?:加[上：:]|加(?![强快大工班固密油盟气装])|另加)")
CLAUSES = pattern(r"[，,、；;。\n（(]")
REACH = 60  # how far before an amount its clause may begin
NO_LIST = frozenset({"previous", "bear", "rest"})


def words_before(work: Work, e: Entry) -> str:
    """The words of the clause of an amount before it, what it is computed from among them."""
    before = work.text[max(0, work.tokens[e.token].start - REACH) : work.tokens[e.token].start]
    return CLAUSES.split(before)[-1].strip()


def taken_off(work: Work, e: Entry) -> bool:
    """Whether the words before an amount take it off."""
    return TAKEN_OFF.match(words_before(work, e)) is not None


def signed_before(work: Work, stated: Entry) -> list[Entry]:
    """The amount and the additions and deductions behind it that lead to a figure; none where there are none."""
    if stated.statement is not None or stated.within is not None or signed(work, stated):
        return []
    items = [e for e in open_before(work, stated) if e.figure is not None]
    k = len(items)
    while k > 0 and signed(work, items[k - 1]):
        k -= 1
    found = items[k - 1 :] if 0 < k < len(items) else []
    words = [words_before(work, e) for e in found]
    # 扣除 has rules of its own.
    return found if any(w.startswith("减") for w in words) and not any(w[:1] in "扣核抵" for w in words if w) else []


def signed(work: Work, e: Entry) -> bool:
    """Whether 加 or 减 stands before an amount."""
    words = words_before(work, e)
    return TAKEN_OFF.match(words) is not None or PUT_ON.match(words) is not None


def read_signed_list(work: Work, stated: Entry) -> None:
    """Add the balance of a list of additions and deductions."""
    items = signed_before(work, stated)
    if not items:
        return
    statement = compare(work, "balance", stated, items, [not taken_off(work, e) for e in items])
    marked = sum(words_before(work, e)[1:2] in ("：", ":") or not taken_off(work, e) for e in items[1:])
    if statement.verdict in GOOD:
        keep(work, statement, stated, items)
    elif marked:
        work.unread.append((items[0].token, stated.token, "far-off"))


def plain_list_before(work: Work, stated: Entry) -> list[Entry]:
    """The plain amounts that 计 seems to add up: 维保20万元；劳务70万元，计90万元. None where anything else is near."""
    figure = stated.figure
    if figure is None or "equals" not in figure.roles or stated.statement is not None or stated.token in work.used:
        return []
    items = same_sentence(work, stated.token, open_before(work, stated))
    sentence = work.sentence[stated.token]
    others = [
        f for i, f in work.figures()
        if work.sentence[i] == sentence and i <= stated.token and (f.money != 1 or f.is_rate or f.bound)
    ]
    plain = all(e.figure is not None and e.statement is None and not e.roles & NO_LIST for e in items)
    alone = all(work.tokens[k].kind is not Kind.RATIO for k in range(stated.token) if work.sentence[k] == sentence)
    return items if len(items) > 1 and plain and alone and not others else []


def read_plain_list(work: Work, stated: Entry) -> None:
    """Keep a list of plain amounts that 计 adds up; report one that it does not."""
    items = plain_list_before(work, stated)
    if stated.parts or stated.within is not None:
        return
    if not items:
        confirm_part(work, stated)
        return
    statement = compare(work, "sum", stated, items)
    if statement.verdict in GOOD:
        keep(work, statement, stated, items)
    else:
        work.unread.append((items[0].token, stated.token, "far-off"))


def confirm_part(work: Work, stated: Entry) -> None:
    """授课费…计10.8万元；灯光3.5万元、服装1.8万元，计5.3万元: what 计 adds up behind a ；, if to the last digit."""
    if stated.figure is None or "equals" not in stated.figure.roles or stated.statement or stated.token in work.used:
        return
    items = [e for e in open_before(work, stated) if work.part[e.token] == work.part[stated.token]]
    plain = all(e.figure is not None and e.statement is None and not e.roles & NO_LIST for e in items)
    if len(items) > 1 and plain:
        statement = compare(work, "sum", stated, items)
        if statement.verdict is Verdict.EXACT:
            keep(work, statement, stated, items)


def unmet_request(work: Work, stated: Entry) -> None:
    """全年需9万元，使用上年结转2万元，本年申请8万元: what a request and the carry-over that it uses do not make."""
    before = [e for e in same_sentence(work, stated.token, work.entries) if e.token < stated.token]
    if stated.statement is not None or stated.within is not None or len(before) != 2:
        return
    whole, left = before
    figure: Figure | None = left.figure
    carried = figure is not None and bool(CARRIED.search(words_before(work, left)))
    if not carried or whole.value == stated.value or whole.figure is None or whole.within is not None:
        return
    statement = compare(work, "balance", stated, before, [True, False])
    words = work.text[work.tokens[whole.token].end : stated.figure.start if stated.figure is not None else 0]
    if USED.search(words) and in_reach(stated.value, [statement.computed], most=20):
        keep(work, statement, stated, before)
    else:
        work.unread.append((whole.token, stated.token, "far-off"))


CARRIED = pattern("结转|结余")
USED = pattern("使用|动用|抵|冲减|扣")  # what is carried over is taken off


NET = pattern("不含税")
TAX = pattern("税[额金款费]|增值税$")
GROSS = pattern("价税合计|(?<!不)含税")


def read_tax(work: Work) -> None:
    """不含税价50万元，税额3万元，含税价53万元: a price, its tax and their sum are not read if they do not add up."""
    if "税" not in work.text:
        return
    stated = [e for e in work.entries if e.figure is not None]
    for net, tax, gross in zip(stated, stated[1:], stated[2:], strict=False):
        near = work.sentence[net.token] == work.sentence[gross.token]
        named = near and NET.search(words_before(work, net)) and GROSS.search(words_before(work, gross))
        if not named or not TAX.search(words_before(work, tax)):
            continue
        rates = [f for i, f in work.figures() if net.token < i < tax.token and f.kind == "percent"]
        place = tax.figure.place if tax.figure is not None else 0
        charged = not rates or abs(net.value * rates[0].value - tax.value) <= place
        if not charged or compare(work, "sum", gross, [net, tax]).verdict not in GOOD:
            work.unread.append((net.token, gross.token, "far-off"))
