"""Whether a figure that a product of the words does not give may be questioned."""

from __future__ import annotations

from fractions import Fraction

from calcverify.basis.amounts import of_other_years
from calcverify.basis.clauses import of_last_year
from calcverify.basis.compare import power_of_ten
from calcverify.basis.labels import core, payer
from calcverify.basis.options import Term, shares_near
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Work
from calcverify.patterns import pattern

# The cues that lead to a result: 共需, =, 计, 约, 全年, 申请, 承担, 上半年.
LEADS = frozenset({"sum", "equals", "result", "hedge", "allyear", "request", "bear", "halfyear"})

IN_TURN = pattern(r"分别[^，。；\d]{0,6}[\d.万亿元、和及与\s]*$")
REACH = 60  # characters before an amount in which its list may begin


def may_ask(work: Work, token: int, computed: Fraction, terms: list[Term]) -> bool:
    """Whether a figure that the words do not give may be questioned: they lead to it.

    每场搭建2万元、补贴1.5万元 lists two amounts; 每月420元，全年120×420×12=60.48万元；补贴80万元
    has computed what its rate is for. 每人20元，其中财政15元: what is less than the rate is no result of
    it, and what the county pays none of a rate of the province.
    """
    rate = terms[-1].rate
    figure: Figure = work.tokens[token].data
    lowest = min(work.tokens[t.rate].data.value for t in terms)
    # 36户，每户17000元，需17000元 took the rate for the result; 每户17000元（17000元） only says it again.
    again = figure.value == lowest and not figure.roles & LEADS and not in_row(work, rate, token)
    smaller = figure.value < lowest or again
    slip = figure.value > 0 and power_of_ten(computed / figure.value)  # 1115批×640元，共71.36元
    if smaller and not slip and not shares_near(work, terms, token):
        return False
    if IN_TURN.search(work.text, max(0, figure.start - REACH), figure.start):
        return False  # 分别需25560元、22770元: which of them it is was not told
    if of_last_year(work, token) or of_other_years(work, token):
        return False
    theirs, ours = payer(work.label(rate)), payer(work.label(token))
    if theirs and ours and theirs != ours:
        return False
    leads = figure.roles & LEADS
    if not leads and work.part[token] != work.part[rate]:
        return False
    if not leads and "whole" not in figure.roles and rate < token and len(core(work.label(token))) > 1:
        return False  # 水电工2名，每月4300元，夜班津贴1.2万元: an item with a name of its own
    if leads <= {"bear"} and any(t.kind is Kind.PAUSE for t in work.tokens[rate:token]):
        return False
    return work.part[token] == work.part[rate] or not any(
        work.used.get(k) == "result" for k in range(rate + 1, token)
    )


def in_row(work: Work, rate: int, token: int) -> bool:
    """馆藏图书 7216册 59元/册 59元: a figure with nothing but space before it stands where a row has its amount."""
    return rate < token and not work.text[work.tokens[rate].end : work.tokens[token].start].strip()
