"""Who pays for a project: which sources stand for themselves and which are parts of another.

资金总额 is 财政拨款 and what others pay; 一般公共预算, 政府性基金 and 国有资本经营 are 财政拨款 by fund, 上级 and 本级
财政拨款 by level. A form may list them with 财政拨款 above them, or alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from calcverify.forms.model import Form, StatedTotal
from calcverify.patterns import pattern

WHOLE = pattern("(?:财政(?:拨款|资金|性资金|补助|拨款收入)|公共财政拨款)(?:合计|小计|总额)?")
FUND = pattern("一般公共预算|政府性基金|国有资本|国资")
LEVEL = pattern("(?:上级|本级|中央|省级|市级|县级|区级|省|市|县|区)(?:财政)?(?:拨款|资金|财政)")
# The year's own line beside one of the whole project: 项目资金总额 其中：财政资金, 年度资金申请总额 当年财政拨款.
YEARLY = pattern("当年|本年|年度")
# What another payer gives stands for itself; all else of the public may be told twice.
PUBLIC = pattern("财政|公共预算|政府性基金|国有资本|国资|专户|本级|上级|中央|省级|市级|县级|区级|补助|结转|结余")
# 单位资金 is all that a unit earns; the kinds of it may stand below.
UNIT_MONEY = pattern("单位资金")
EARNED = pattern("事业收入|经营收入|上缴收入|其他收入")
MOST = 10


class Payers(NamedTuple):
    """The sources of a form by what they are.

    ``whole`` is 财政拨款 with parts or alone, ``funds`` and ``levels`` are the two ways of parting
    it. ``fixed`` are other payers, ``free`` what may be within another source (结转, 补助, 专户).
    """

    whole: StatedTotal | None
    funds: tuple[StatedTotal, ...]
    levels: tuple[StatedTotal, ...]
    fixed: tuple[StatedTotal, ...]
    free: tuple[StatedTotal, ...]

    def plain(self) -> Iterator[Fraction]:
        """What the sources give, each counted once, with all that may be within another."""
        rest = total(self.fixed) + total(self.free)
        if self.whole is not None:
            yield rest + self.whole.yuan
            return
        # By fund or by level; a list of both may also be one list.
        yield rest + total(self.funds) + total(self.levels)
        if self.funds and self.levels:
            yield rest + total(self.funds)
            yield rest + total(self.levels)

    def ways(self) -> set[Fraction]:
        """Everything that the sources may give: what is free counted or not."""
        found = set(self.plain())
        for source in self.free:
            found |= {value - source.yuan for value in found}
        return found


def total(sources: tuple[StatedTotal, ...]) -> Fraction:
    """What some sources give together."""
    return sum((s.yuan for s in sources), Fraction(0))


def payers_of(form: Form) -> Payers | None:
    """The sources of a form by what they are; ``None`` where too many of them may be part of another."""
    wholes: list[StatedTotal] = []
    funds: list[StatedTotal] = []
    levels: list[StatedTotal] = []
    fixed: list[StatedTotal] = []
    free: list[StatedTotal] = []
    earns = any(UNIT_MONEY.search(s.field) for s in form.sources)
    for source in form.sources:
        name = source.field.removeprefix("其中").lstrip("：:")
        if WHOLE.fullmatch(YEARLY.sub("", name)):
            wholes.append(source)
        elif FUND.search(name):
            funds.append(source)
        elif LEVEL.match(name) and (LEVEL.fullmatch(name) or "财政" in name):
            levels.append(source)
        elif PUBLIC.search(name) or (earns and EARNED.search(name)):
            if source.yuan:
                free.append(source)
        else:
            fixed.append(source)
    if len(free) + len(wholes) > MOST:
        return None
    yearly = [s for s in wholes if YEARLY.search(s.field)]
    whole = next(iter(yearly or wholes), None)
    return Payers(whole, tuple(funds), tuple(levels), tuple(fixed), tuple(free))
