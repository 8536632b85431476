"""Where amounts stand: what comes before them, whose label they bear, what keeps a list open.

Totals, wholes and remainders ask the same questions of the text, and ask them here.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcverify.basis.amounts import of_other_years
from calcverify.basis.labels import names_payer
from calcverify.basis.tokens import Kind
from calcverify.basis.work import Entry, Work


def label_before(work: Work, e: Entry) -> str:
    """The words of an entry's label behind its last colon: 资金来源：省级4万元 is labelled 省级."""
    if e.figure is None:
        return ""
    label = work.label(e.token)
    return label[max(label.rfind("："), label.rfind(":")) + 1 :]


def payers(work: Work, entries: Sequence[Entry]) -> bool:
    """Whether the parts name who pays: 中央, 省, 市, 县, 财政, 农户, 申请, 自筹."""
    return bool(entries) and all(names_payer(label_before(work, e)) for e in entries)


def same_sentence(work: Work, token: int, entries: Sequence[Entry]) -> list[Entry]:
    """Those of the entries that stand in the sentence of a token."""
    sentences = work.sentence
    own = sentences[token]
    return [e for e in entries if sentences[e.token] == own]


def last_of_sentence(work: Work, stated: Entry) -> bool:
    """Whether an amount is the last of its sentence."""
    return not any(e.token > stated.token for e in same_sentence(work, stated.token, work.entries))


def first_amount(work: Work, whole: Entry) -> bool:
    """Whether an amount is the first figure of its part and no addition to another."""
    if whole.roles & {"surcharge", "grow", "previous"}:
        return False
    parts, token = work.part, whole.token
    part = parts[token]
    return not [e for e in work.entries if e.token < token and parts[e.token] == part]


def open_before(work: Work, stated: Entry) -> list[Entry]:
    """The amounts before a total that nothing has absorbed.

    总投资60万元，土建20万元、安装15万元，小计35万元: a 总投资 that nothing has made yet is no item.
    """
    return [
        e for e in work.entries
        if e.token < stated.token and e.within is None and e is not stated
        and (work.depth[e.token] <= work.depth[stated.token] or alone_in_bracket(work, e))
        and not (
            # 合同价分别为5万元、8万元 are items, and so is 合同价31.2万元/年
            e.figure is not None and "whole" in e.figure.roles and "allparts" not in e.figure.roles
            and not e.figure.is_rate and not e.parts and e.statement is None
        )
        and not share_of_last_year(work, e)
        and not (e.roles & {"carried", "rest"} and e.figure is not None and of_other_years(work, e.token))
    ]


def share_of_last_year(work: Work, e: Entry) -> bool:
    """上年已付60%计187万元: what a share that was last year's gives."""
    if e.statement is None or e.statement.kind != "share":
        return False
    operands = [work.tokens[i].data for i in e.statement.operands]
    return any(not f.money and "previous" in f.roles for f in operands)


def alone_in_bracket(work: Work, e: Entry) -> bool:
    """一、会议费（3.6万元）：: the amount of a heading stands in a bracket of its own."""
    i, tokens = e.token, work.tokens
    return 0 < i < len(tokens) - 1 and tokens[i - 1].kind is Kind.OPEN and work.closing.get(i - 1) == i + 1


def open_list(work: Work, k: int) -> bool:
    """Whether a word for more stands behind an amount, and not before one that pays for it: 水带、水枪等器材15万元."""
    behind = next((t for t in work.tokens[k + 1 :] if t.kind is not Kind.TEXT), None)
    before = next((t for t in reversed(work.tokens[:k]) if t.kind is not Kind.TEXT), None)
    paid = behind is not None and behind.kind is Kind.FIGURE and behind.data.money == 1
    return not paid or (before is not None and before.kind is Kind.FIGURE)


def vague_scope(work: Work, stated: Entry, scope: Sequence[Entry]) -> bool:
    """Whether words for more, or unread numbers, keep the items from being all of them.

    展板2万元、横幅1万元等，合计5万元: 等 stands for items that are not written, so nothing is wrong.
    """
    low, high = min(e.token for e in scope), stated.token
    if any(low <= last and first <= high for first, last, _ in work.unread):
        return True
    between = work.tokens[low:high]
    return any(
        t.kind is Kind.DAMAGED
        or (t.kind is Kind.CUE and "more" in t.data and t.start > work.tokens[low].end and open_list(work, k))
        for k, t in enumerate(between, low)
    )
