"""Amounts that add up without a quantity and a price.

What: every computation of the basis adds or takes off stated amounts; none shows what an
amount is made of.
Why it matters: the sum can be checked, the amounts cannot (预算编制不够细化).
查什么：测算依据只有金额的加减，没有任何一项写明数量和单价。
为什么：加得对并不说明各项金额合理，评审会认为预算编制不够细化。
Passes: 展板30块×200元/块=0.6万元，印刷费0.4万元，合计1万元
Fails: 展板0.6万元，印刷费0.4万元，合计1万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.nodes import Leaf, Node, Product
from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

ADDING = frozenset({"equation", "sum", "partition", "balance", "total"})


def find(case: Case) -> Iterator[Finding]:
    """One finding where there are claims and none of them multiplies."""
    if not case.claims or [c for c in case.claims if c.kind not in ADDING or multiplies(c.node)]:
        return
    # 348元/月+112元/月=460元/月 adds rates.
    if any(c.computed is not None and c.computed.unit != "元" for c in case.claims):
        return
    # 5万元+3万元 without a result adds stated amounts as well.
    if any(e.derived and multiplies(e.node) for e in case.work.entries) or case.unread:
        return
    message = Bilingual(
        "未细化测算过程，缺少数量、单价：请写明各项金额由什么数量乘什么标准得出",
        "amounts without quantity and price: say what each of them is made of",
    )
    yield RULE.finding(case, message, case.claims[0].span)


def multiplies(node: Node) -> bool:
    """Whether anything is multiplied in ``node``."""
    if isinstance(node, Leaf):
        return False
    return isinstance(node, Product) or any(multiplies(term) for term in node.terms)


RULE = Rule("CV108", "未细化测算过程", "amounts without quantity and price", Severity.NOTICE, __doc__, find, "claims")
