"""An amount that is stated and not calculated.

What: a part of the total that stands as a bare amount beside computed ones (约8万元), or
amounts alone where nothing is computed at all.
Why it matters: this part of the request rests on nothing that can be checked.
查什么：总额的某一部分只写了金额（如“约8万元”），没有测算过程；或者全文只有金额。
为什么：这一部分预算没有可核对的依据。
Passes: 会议2场×3000元/场=0.6万元，资料100册×20元/册=0.2万元 => 0.8万元
Fails: 会议2场×3000元/场=0.6万元，资料费0.2万元 => 0.8万元
Fails: 开展文体活动等共计约15万元
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from calcverify.basis.nodes import Node, Sum
from calcverify.basis.reading import entries_on_top
from calcverify.basis.work import GOOD, Entry, Work
from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.spots import phrase

# More than so many are told together: a list of twenty amounts is one finding.
MOST = 3
DEEPEST = 20


def find(case: Case) -> Iterator[Finding]:
    """A finding for each amount of the total that nothing computes."""
    work = case.work
    computed = [e for e in work.entries if e.derived or (e.statement is not None and e.statement.kind in WRITTEN)]
    if not computed:
        # A list of amounts that adds up has a rule of its own.
        if not case.claims:
            yield from together(case, [e for e in entries_on_top(work) if e.figure is not None])
        return
    bare = [e for root in roots(case) for e in uncomputed(root, 0)]
    if len(bare) > MOST:
        yield from together(case, bare)
        return
    for entry in bare:
        stated = written(work, entry)
        message = Bilingual(
            f"部分金额未见测算过程：{stated}，请写明数量和标准",
            f"a part of the total has no calculation: {stated}; give its quantity and price",
        )
        yield RULE.finding(case, message, phrase(work, entry.token))


WRITTEN = frozenset({"equation", "composed", "share"})


def together(case: Case, bare: Sequence[Entry]) -> Iterator[Finding]:
    """One finding for amounts that nothing computes."""
    if not bare:
        return
    texts = [written(case.work, e) for e in bare[:MOST]]
    zh = "、".join(texts) + f"等{len(bare)}项" * (len(bare) > MOST)
    en = ", ".join(texts) + f" and {len(bare) - MOST} more" * (len(bare) > MOST)
    message = Bilingual(
        f"只有金额，未见测算过程：{zh}，请写明数量和标准",
        f"amounts without a calculation: {en}; give quantity and price",
    )
    yield RULE.finding(case, message, phrase(case.work, bare[0].token))


def written(work: Work, entry: Entry) -> str:
    """The amount as the text has it."""
    figure = entry.figure
    assert figure is not None, "only stated amounts are told"
    return work.text[figure.start : figure.end]


def roots(case: Case) -> Iterator[Entry]:
    """The amounts that the total is made of. What is taken off, and a payer's part of a whole
    that was computed, need no calculation of their own here."""
    reach = case.reach
    if reach is None or reach.verdict not in GOOD:
        # 总投资200万元，县级承担60%: what a share is taken of is no part of the request.
        bases = {i for s in case.statements if s.kind in ("share", "balance") for i in s.operands}
        yield from (e for e in entries_on_top(case.work) if e.token not in bases)
    else:
        # 合计48万元。总金额人民币肆拾捌万元整: the same amount once more is no whole that it is a part of.
        yield from (e for e in added(reach.entries, reach.node) if e.within is None or e.within.value == e.value)


def added(entries: Sequence[Entry], node: Node | None) -> Iterator[Entry]:
    """The entries that ``node`` adds."""
    signs = node.signs if isinstance(node, Sum) and len(node.signs) == len(entries) else (True,) * len(entries)
    yield from (e for e, s in zip(entries, signs, strict=True) if s)


def uncomputed(entry: Entry, depth: int) -> Iterator[Entry]:
    """The stated amounts at the bottom of an amount that have no calculation."""
    statement = entry.statement
    if entry.derived or (statement is not None and statement.kind in WRITTEN):
        return
    if entry.parts and depth < DEEPEST:
        node = statement.node if statement is not None else None
        for part in added(entry.parts, node):
            yield from uncomputed(part, depth + 1)
    elif entry.figure is not None and entry.value != Fraction(0):
        yield entry


RULE = Rule("CV109", "金额缺少测算过程", "amount without a calculation", Severity.NOTICE, __doc__, find)
