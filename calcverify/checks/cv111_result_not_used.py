"""A computed amount that the total does not hold.

What: the basis reaches the form's total without an amount that it computes.
Why it matters: an item was left out of the total, or the computation belongs to something
else.
查什么：测算依据已得出项目总金额，但某一算式的结果没有计入。
为什么：可能漏计了一项，也可能该算式与本项目无关。
Passes: 桌椅40套×300元/套=1.2万元，书柜10个×800元/个=0.8万元 => 2万元
Fails: 桌椅40套×300元/套=1.2万元。书柜10个×800元/个=0.8万元。 => 1.2万元
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcverify.basis.evaluate import leaves
from calcverify.basis.work import GOOD, Entry
from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.spots import phrase

COMPUTED = frozenset({"equation", "composed"})
DEEPEST = 20


def find(case: Case) -> Iterator[Finding]:
    """A finding for each computed amount outside the total."""
    reach, work = case.reach, case.work
    # Where something was not read, or does not add up, what is missing from the total is not known.
    if reach is None or reach.verdict not in GOOD or len(work.entries) < 2 or case.unread:
        return
    if any(c.verdict is not None and c.verdict not in GOOD for c in case.claims):
        return
    # 小计, 合计 whose items were not made out may hold any of the results before it.
    if any(
        e.figure is not None and "sum" in e.figure.roles and not e.parts and e.statement is None for e in work.entries
    ):
        return
    loose = [
        e
        for e in work.entries
        if e.within is None and e.figure is not None and e.statement is not None and e.statement.kind in COMPUTED
    ]
    # ①+②+③=206.1万元 adds all of them up without an entry for each.
    if not loose or sum(e.value for e in loose) == reach.value:
        return
    held = {id(e) for e in below(reach.entries, 0)}
    bases = {i for s in case.statements for i in s.operands}
    # 应发1862元-已发1500元=362元，362元×430人=15.566万元: the text goes on with the result.
    goes_on = {leaf.value for claim in case.claims for leaf in leaves(claim.node)}
    for entry in loose:
        figure = entry.figure
        if id(entry) in held or entry.token in bases or figure is None:
            continue
        if entry.value == reach.value or entry.value in goes_on:
            continue
        text = work.text[figure.start : figure.end]
        message = Bilingual(
            f"算式结果{text}未计入总额，请核对是否漏计",
            f"the computed {text} is no part of the total; check that nothing was left out",
        )
        yield RULE.finding(case, message, phrase(work, entry.token))


def below(entries: Sequence[Entry], depth: int) -> Iterator[Entry]:
    """The entries, what they are made of, and what they are parts of."""
    for entry in entries:
        yield entry
        if depth < DEEPEST:
            yield from below(entry.parts, depth + 1)
            if entry.within is not None and entry.within is not entry:
                yield entry.within


RULE = Rule("CV111", "算式结果未计入总额", "a result that is not used", Severity.NOTICE, __doc__, find, "totals")
