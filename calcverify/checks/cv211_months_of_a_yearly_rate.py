"""A yearly rate that is multiplied by twelve months.

What: a rate per year (元/年, 元/人·年) stands in a product with 12 months.
Why it matters: the year is counted twelve times; mostly the rate is a monthly one and
its unit is wrong, sometimes the request is twelve times too high.
查什么：按年的标准（元/年、元/人·年）又乘了12个月。
为什么：一年的钱被算了12次，或者标准其实是按月的、单位写错了。
Passes: 房租3600元/年×2年=7200元
Fails: 房租3600元/年×12个月=43200元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.nodes import Leaf, Node, Product
from calcverify.checks.rule import Rule
from calcverify.exact.units import power_of
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

MESSAGE = Bilingual(
    "重复乘月数：标准按年计，又乘了12个月；请去掉月数，或把标准改为按月",
    "months counted twice: the rate is a yearly one and is multiplied by 12 months; "
    "leave the months out, or make the rate monthly",
)
MONTHS = 12


def find(case: Case) -> Iterator[Finding]:
    """A finding for each product that counts the year twelve times."""
    if "年" not in case.work.text and case.correction is None:
        return  # no unit is per year
    told: set[Span] = set()
    for index, claim in enumerate(case.claims):
        for rate in yearly_times_months(claim.node):
            if rate.span not in told:
                told.add(rate.span)
                yield RULE.finding(case, MESSAGE, claim.span, claim=index)


def yearly_times_months(node: Node) -> Iterator[Leaf]:
    """The yearly rates of ``node`` that stand in a product with 12 months."""
    if isinstance(node, Leaf):
        return
    if isinstance(node, Product):
        factors = list(zip(node.factors, node.ups, strict=True))
        leaves = [f for f, up in factors if up and isinstance(f, Leaf)]
        rates = [x for x in leaves if power_of(x.unit, "元") == 1 and power_of(x.unit, "年") == -1]
        years = any(power_of(x.unit, "年") > 0 for x in leaves)
        if rates and not years and any(is_months(x) for x in leaves):
            yield rates[0]
        for factor in node.factors:
            yield from yearly_times_months(factor)
    else:
        for term in node.terms:
            yield from yearly_times_months(term)


def is_months(leaf: Leaf) -> bool:
    """12月, or a bare 12 as in ``3.6万元/年×12``."""
    return leaf.value == MONTHS and (leaf.unit == (("月", 1),) or (leaf.bare and not leaf.unit))


RULE = Rule("CV211", "重复乘月数", "months of a yearly rate", Severity.WARNING, __doc__, find, "claims")
