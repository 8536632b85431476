"""Sums, parts of a whole, and what is left over, among the amounts of a text.

Amounts are taken in the order of the text. A total absorbs the items that it adds up,
a whole its parts, so that no amount is counted twice: in ``甲5万元、乙3万元，合计8万元，已付
6万元，余下2万元`` the remainder is of the 8万元, and nothing adds 5万元 up again.
"""

from __future__ import annotations

from calcverify.basis.amounts import collect, rate_wholes
from calcverify.basis.bracket_lists import read_bracket_lists
from calcverify.basis.changes import read_changes
from calcverify.basis.compare import figure_of
from calcverify.basis.parts import parts
from calcverify.basis.places import payers
from calcverify.basis.remainders import (
    deduct,
    deducted,
    missed_differences,
    rate_differences,
    rate_sums,
    read_after_deduction,
    remainder,
)
from calcverify.basis.rules import LINK
from calcverify.basis.scopes import told_count
from calcverify.basis.signed_lists import read_plain_list, read_signed_list, read_tax, unmet_request
from calcverify.basis.sums import closes_list, of_a_count, total
from calcverify.basis.table_formulas import settle_rows
from calcverify.basis.tokens import SHARES
from calcverify.basis.work import Entry, Work
from calcverify.patterns import pattern


def read_ledger(work: Work) -> None:
    """Read every whole with its parts, every total and every remainder."""
    collect(work)
    settle_rows(work)
    read_bracket_lists(work)
    several_rates = len([f for _, f in work.figs if len(f.unit) > 1]) > 2
    if several_rates:
        rate_differences(work)
        missed_differences(work)
    read_tax(work)
    if several_rates:
        rate_sums(work)
    for entry in sorted([*work.entries, *rate_wholes(work)], key=lambda e: e.token):
        if entry.figure is not None:
            read_remainder(work, entry)
            read_sum(work, entry)
    read_changes(work)


def read_remainder(work: Work, entry: Entry) -> None:
    """An amount that is left over, applied for, or stands behind a 扣除; 上年结余 is none of this year."""
    roles = figure_of(entry).roles
    if "previous" in roles or "carried" in roles:
        return
    if share_before(work, entry):
        return
    if "settle" in roles or "rest" in roles:
        remainder(work, entry, confirms=work.used.get(entry.token) == "base")
        return
    taken = deducted(work, entry)
    if not taken and read_after_deduction(work, entry):
        return
    if taken:
        deduct(work, entry, taken)
    elif (
        ("request" in roles or (roles & {"result", "expense"} and paid_before(work, entry)))
        and entry.statement is None and entry.within is None and "sum" not in roles
    ):
        remainder(work, entry, confirms=True)
        unmet_request(work, entry)


NOUN = pattern("[一-鿿]{1,6}")  # 余3%质保金3.67万元
LONE = pattern(
    "(?:以上|上述)?(?:各项|费用|经费)?(?:[省市县区镇乡]级?(?:财政)?(?:应|需|共|须)*)?(?:承担|负担|配套)?(?:年|全年|每年|年度|本年)?(?:总投入|总需求|总支出|总经费|总额|所?需求?|支出|安排|申请|资金|经费|预算|共)*(?:资金|经费)?[为约]?$"
)


def stands_alone(work: Work, entry: Entry) -> bool:
    """甲12万元；乙8万元。年需20万元。: whether a sentence holds one amount, and no word that says what it is for."""
    label = work.label(entry.token)
    sentence = work.sentence[entry.token]
    alone = not any(f.money and i != entry.token and work.sentence[i] == sentence for i, f in work.figs)
    return bool(label) and alone and LONE.match(label) is not None and not entry.roles & {"previous", "paid", "carried"}


SOURCES = pattern("资金来源|经费来源|资金筹措|筹资|资金构成")


def sources_told(work: Work, entry: Entry) -> bool:
    """总计9万元。资金来源为债券6万元、县财政3万元: whether the parts of an amount are said to be what pays for it."""
    return SOURCES.search(work.text, work.tokens[entry.token].end, work.tokens[entry.parts[0].token].start) is not None


PAID = frozenset({"paid", "carried"})


def paid_before(work: Work, entry: Entry) -> bool:
    """应配套36.8万元，已到位15万元，本年需安排21.8万元: whether something paid stands right before an amount."""
    before = next((e for e in reversed(work.entries) if e.token < entry.token), None)
    if before is None or not before.roles & PAID:
        return False
    return work.sentence[before.token] == work.sentence[entry.token]


def share_before(work: Work, entry: Entry) -> bool:
    """剩余10%即68.74万元: the amount is a share, and no difference."""
    before = work.figure_before(entry.token) if work.shares else None
    if before is None or before.kind not in SHARES or work.clause[before.index] != work.clause[entry.token]:
        return False
    between = work.text[before.end : work.tokens[entry.token].start].strip()
    return LINK.fullmatch(between) is not None or NOUN.fullmatch(between) is not None


def followed(work: Work, entry: Entry) -> bool:
    """Whether any amount stands behind another."""
    return bool([e for e in work.entries if e.token > entry.last])


def read_sum(work: Work, entry: Entry) -> None:
    """An amount as a total of what stands before it, then as a whole of what follows.

    Only where neither holds may a total accuse: 合计8万元：甲5万元，乙3万元 stands before its items.
    """
    if "减" in work.text:
        read_signed_list(work, entry)
    share = entry.statement is not None and entry.statement.kind == "share"
    taken = work.used.get(entry.token) == "operand"  # a rate of a product may have parts, and is no total
    summed = "sum" in figure_of(entry).roles or told_count(work, figure_of(entry)) > 0  # 三笔累计101万元
    summing = not share and (summed or (not taken and closes_list(work, entry)))
    taken = taken and summed  # 合计每具1020元。…3450×1020=351.9万元: the sum of a rate only confirms
    counted = summing and of_a_count(work, entry)
    if summing and not (taken or counted or entry.parts or entry.token in work.doubts or followed(work, entry)):
        total(work, entry, accusing=True)  # it can be a whole of nothing
        return
    if summing:
        total(work, entry, accusing=False)
    parts(work, entry)
    # 甲5万元、乙3万元，总计9万元。资金来源为省级6万元、县级3万元: the sources say nothing of the uses.
    sourced = bool(entry.parts) and entry.parts[0].token > entry.token and (
        payers(work, entry.parts) or sources_told(work, entry)
    )
    if summing and not taken and (sourced or not entry.parts) and not counted and entry.token not in work.doubts:
        total(work, entry, True, sourced)
    elif not summing:
        if "equals" in figure_of(entry).roles:
            read_plain_list(work, entry)
        if entry.statement is None and not entry.parts and stands_alone(work, entry):
            total(work, entry, accusing=False)
