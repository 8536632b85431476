"""The amounts of the tables of a form: detail rows and who pays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.numbers import read_numbers
from calcverify.exact.verdict import Leeway
from calcverify.forms.amounts import Fault, read_amount
from calcverify.forms.model import DetailRow, Form, StatedTotal
from calcverify.patterns import pattern
from calcverify.verify.case import Case
from calcverify.verify.whole import agree

SUM_ROW = re.compile(r"\s*(?:合\s*计|小\s*计|总\s*计|共\s*计|总\s*额|总金额)\s*[:：]?\s*")
PART_ROW = re.compile(r"\s*(?:其中|包括|含)")
# More rows than so many are hardly the parts of one.
MOST_PARTS = 20
TOP_ROW = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
# A part of the money that is not of this year lifts a difference; 规模与往年持平 explains nothing.
CARRIED = pattern("结转|结余|跨年|往年(?:欠|未|应付|尾款|资金|款)")
NONE_CARRIED = pattern("(?:无|没有|不含|不涉及|未)[^，。；、\n]{0,6}(?:结转|结余)")
CLAUSE = pattern("[^，,。；;\n]+")
LONGEST = 300


class Sum(NamedTuple):
    """What some rows add up to, read in ``unit``: the value in 元 and the place it is known to."""

    value: Fraction
    place: Fraction
    unit: str


def row_amounts(rows: Sequence[DetailRow], unit: str) -> list[StatedTotal] | None:
    """The full-year amounts of the rows, an empty cell left out; ``None`` where one cannot be read."""
    found = []
    for row in rows:
        amount = read_amount(row.full_year, unit, row.name, row.locator)
        if isinstance(amount, StatedTotal):
            found.append(amount)
        elif amount is not Fault.BLANK:
            return None
    return found


def selections(rows: Sequence[DetailRow]) -> Iterator[list[DetailRow]]:
    """The rows that may be all of the money: without their total, without parts, the top ones alone."""
    items = [row for row in rows if not SUM_ROW.fullmatch(row.name)]
    yield items
    whole = [row for row in items if not PART_ROW.match(row.name)]
    if len(whole) < len(items):
        yield whole
    top = [row for row in items if TOP_ROW.match(row.name)]
    if top and len(top) < len(items):
        yield top
    outer = without_parts(items)
    if len(outer) < len(items):
        yield outer


def without_parts(rows: Sequence[DetailRow]) -> list[DetailRow]:
    """清淤72, 其中：人工30, 机械42, 绿化14.4: the rows that the one before them adds up are counted in it."""
    amounts = [read_amount(row.full_year, "元", row.name, row.locator) for row in rows]
    values = [a.yuan if isinstance(a, StatedTotal) else None for a in amounts]
    kept, at = [], 0
    while at < len(rows):
        kept.append(rows[at])
        announced = at + 1 < len(rows) and PART_ROW.match(rows[at + 1].name)
        at += 1 + (parts_behind(values, at) if announced else 0)
    return kept


def parts_behind(values: Sequence[Fraction | None], at: int) -> int:
    """How many of the next rows, two at least, add up to the row at ``at``."""
    whole, told = values[at], Fraction(0)
    for count, value in enumerate(values[at + 1 : at + 1 + MOST_PARTS], 1):
        if not whole or value is None or told > whole:
            return 0
        told += value
        if told == whole and count > 1:
            return count
    return 0


def sums(form: Form) -> Iterator[Sum]:
    """What the detail rows add up to, in each unit that they may be in, the likeliest rows first."""
    declared = form.detail_unit
    units = [declared] if declared else [u for u in dict.fromkeys((form.unit_note, "元", "万元")) if u]
    for rows in selections(form.details):
        for unit in units:
            amounts = row_amounts(rows, unit)
            if amounts:
                value = sum((a.yuan for a in amounts), Fraction(0))
                yield Sum(value, sum((a.place for a in amounts), Fraction(0)), unit)


def meets_a_total(found: Sum, totals: Sequence[StatedTotal], leeway: Leeway) -> bool:
    """Whether a sum is one of the form's totals, within the digits of both."""
    return any(agree(found.value, found.place, t.yuan, t.place, leeway) for t in totals)


def carries_over(case: Case, difference: Fraction, place: Fraction) -> bool:
    """Whether a text of the form explains a difference by money that is carried over.

    Where its clause says how much (含上年结转12万元), that has to be the difference; ``place`` is
    what the compared amounts are known to.
    """
    for text in (case.work.text, *(n.source.text for n in case.form.narratives)):
        for clause in CLAUSE.findall(text) if CARRIED.search(text) else ():
            if not CARRIED.search(clause) or NONE_CARRIED.search(clause):
                continue
            amounts = [n for n in read_numbers(clause[:LONGEST]) if "元" in n.unit]
            if not amounts or any(agree(n.value, n.place, abs(difference), place, case.work.leeway) for n in amounts):
                return True
    return False


def year_total(form: Form) -> StatedTotal:
    """The year's amount, the project's total where there is no other."""
    return next((t for t in form.totals if t.role == "annual"), form.totals[0])
