"""Bare figures that their own label makes money under a heading: （单位：万元）彩超2台，单价128，金额256."""

from __future__ import annotations

from calcverify.basis.amounts import amount_row
from calcverify.basis.rules import GIVES
from calcverify.basis.tokens import SHARES
from calcverify.basis.work import Work, with_scale
from calcverify.patterns import pattern

# 单价128; 金额256; 按20%计8
PRICED = pattern("(?:单价|单位造价|合同价|金额|总价)[为是约：:]?\\s*$")


def read_headed(work: Work) -> None:
    """Give the unit of the heading to each bare figure right behind such a word, so that it counts like 单价128万元."""
    if not work.heading:
        return
    for i, figure in work.figs:
        if not figure.bare or figure.kind != "arabic" or figure.scale != 1 or work.used.get(i) is not None:
            continue
        before = work.figure_before(i)
        between = work.text[before.end : figure.start].strip() if before is not None else ""
        share = before is not None and before.kind in SHARES and GIVES.fullmatch(between) is not None
        # 一标段6.8万元、二标段3.7万元，合计10.5: a total may be in the unit of its items instead.
        plain = "sum" not in figure.roles and amount_row(work, i)
        if share or plain or PRICED.search(work.label(i)):
            work.give(i, with_scale(figure, work.heading)._replace(bare=False))
