"""The words that announce the parts of an amount, and how far the list reaches that they open."""

from __future__ import annotations

from collections.abc import Sequence

from calcverify.basis.labels import payer
from calcverify.basis.places import first_amount, label_before, payers
from calcverify.basis.tokens import Kind
from calcverify.basis.work import Entry, Work

LIST_LENGTH = 24  # how far before its last figure a list that 分别 opens may begin
# Words of the role ``allparts`` that mean something else behind some amounts.
PARTS = frozenset({"part", "allparts"})
SEVERALLY = "分别"  # 每人30元，分别发放: a rate has no parts
MADE_OF = "构成"  # it follows the parts that it is about
FROM = "由从"  # 由甲5万元和乙3万元组成, but also 由县财政负担
# 农户 or 县 pays what the others leave; a list that ends with one of these may go on.
UPPER_LEVELS = ("中央", "省", "上级")


def cue_between(work: Work, whole: Entry, nxt: Entry) -> str:
    """``part`` or ``allparts`` where such a word stands between an amount and the next, else ''."""
    first = whole.last + 1
    if work.roles.isdisjoint(PARTS):
        return ""
    if work.sentence[nxt.token] > work.sentence[whole.token] + 1 or work.depth[nxt.token] > work.depth[whole.token]:
        return ""
    if work.sentence[nxt.token] > work.sentence[whole.token] and not leads(work, whole):
        return ""
    rate = whole.figure is not None and whole.figure.is_rate
    counted = False
    for k in range(first, nxt.token):
        token = work.tokens[k]
        if token.kind is Kind.CUE and work.depth[k] > work.depth[nxt.token]:
            continue  # 甲180万元、监护仪30台（含中央站1套）×2.2万元=66万元: the bracket speaks of the sets
        if token.kind is Kind.CUE:
            word = work.text[token.start : token.end]
            start = work.tokens[whole.token].start
            if word.startswith(SEVERALLY) and work.sentence[k] > work.sentence[whole.token]:
                return ""  # 全年114万元。电梯、空调、消防维保分别为5.76万元、18.4万元、13万元: a list of its own
            if word.startswith(SEVERALLY) and (rate or SEVERALLY in work.text[max(0, start - LIST_LENGTH) : start]):
                return ""  # 定额分别为450元和750元，…补贴分别为36元和60元: two lists, no whole
            if "part" in token.data:
                return "" if counted else "part"
            if "allparts" in token.data and word != MADE_OF:
                if rate and word not in FROM:
                    return ""
                if word.startswith(SEVERALLY) and any(t.kind is Kind.FIGURE for t in work.tokens[first:k]):
                    return "part"  # 总投资90万元，进度70%、80%，支付分别为20万元、30万元: of the rates
                if word not in FROM or opens_parts(work, k, nxt):
                    return "allparts"
        elif token.kind is Kind.FIGURE and not token.data.money and work.sentence[k] > work.sentence[whole.token]:
            counted = True  # 支出52万元。今年改造112户，其中农村74户，需48万元: the parts are of the count
        elif token.kind is Kind.STOP and token.data in "；;":
            return ""
        elif token.kind is Kind.FIGURE and token.data.money == 1 and work.sentence[k] > work.sentence[whole.token]:
            return ""  # 合计79万元。每户补助4万元，其中省级2.5万元、县级1.5万元: the parts are of the rate
    return ""


def leads(work: Work, whole: Entry) -> bool:
    """Whether a later sentence may speak of an amount: it heads its own, or sums it up.

    改造80万元，设计9万元。资金来源：省级60万元，县级29万元: what is paid for is not the 9万元.
    """
    return (
        bool(whole.roles & {"sum", "whole", "request", "allyear"})
        or bool(whole.parts)
        or (whole.within is None and first_amount(work, whole))
    )


def opens_parts(work: Work, k: int, nxt: Entry) -> bool:
    """Whether 由, 从 at token ``k`` opens a list of parts; 由县财政负担3万元 says who pays."""
    return work.clause[k] == work.clause[nxt.token] and not any(
        t.kind is Kind.CUE and t.data & {"bear", "full"} for t in work.tokens[k + 1 : nxt.token]
    )


def cut(work: Work, scope: Sequence[Entry]) -> list[Entry]:
    """The parts of a 其中: up to the end of its part, a total or a change of depth."""
    kept: list[Entry] = []
    for e in scope:
        roles = e.figure.roles if e.figure is not None else e.roles
        asked = "request" in roles and not payer(label_before(work, e))  # 其中：镇村自筹6万元，申请县级补助3万元
        if kept and (beyond(work, kept[0], e) or "sum" in roles or asked):
            break
        if work.depth[e.token] > work.depth[scope[0].token]:
            continue
        if kept and "part" in roles:
            break
        kept.append(e)
        if "rest" in roles:
            break
    return kept


def beyond(work: Work, first: Entry, e: Entry) -> bool:
    """Whether an amount stands behind the ； that ends a 其中; 其中省级5万元；县级3万元 goes on."""
    return work.part[e.token] != work.part[first.token] and not (payers(work, [e]) and not own_parts(work, e))


def own_parts(work: Work, e: Entry) -> bool:
    """Whether an amount is a whole itself: a 其中 stands right behind it."""
    for token in work.tokens[e.token + 1 : e.token + 4]:
        if token.kind is Kind.FIGURE:
            return False
        if token.kind is Kind.CUE and "part" in token.data:
            return True
    return False


def ends_low(work: Work, e: Entry) -> bool:
    """Whether the last payer is the one who pays the rest: 农户, 县, 镇, 自筹, not 中央 or 省."""
    return not label_before(work, e).strip().startswith(UPPER_LEVELS)
