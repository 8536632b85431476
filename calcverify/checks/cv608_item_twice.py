"""An item that is calculated twice.

What: two formulas of a basis have the same words before them, the same operands and the same
result, or two detail rows the same name and amount.
Why it matters: the money is asked for twice; a line was pasted and not changed.
查什么：测算依据中两个算式的名称、数字、结果完全相同，或支出明细中两行名称和金额相同。
为什么：同一内容重复测算，等于要两次钱；往往是复制后忘了改。
Passes: 甲村补贴20人×500元/人=1万元，乙村补贴20人×500元/人=1万元
Fails: 交通补贴20人×500元/人=1万元，场租2万元，交通补贴20人×500元/人=1万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcverify.basis.evaluate import leaves
from calcverify.basis.work import Entry, Work
from calcverify.checks.rule import Rule
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

WRITTEN = frozenset({"equation", "composed"})
FIELD = "支出明细"
LABEL = 24
STOPS = re.compile(r"[，,。；;、：:\n）)0-9.．（(]")
# 资料费：100册×20元 and 资料费（100册×20元）: the name stands before the mark.
MARKS = "：: （("
# An amount of nought is no request.
NOTHING = frozenset({"", "0", "0.00"})


def find(case: Case) -> Iterator[Finding]:
    """A finding for each repetition."""
    work = case.work
    first: set[tuple[str, ...]] = set()
    items = [e for e in work.entries if is_item(e)]
    for entry in items if len(items) > 1 else ():
        item = item_of(work, entry)
        if item is None:
            continue
        key, span = item
        if key in first:
            shown = key[0] + span.of(work.text).removeprefix(key[0]).strip()
            message = Bilingual(f"重复测算：“{shown}”出现了两次", f"calculated twice: “{shown}” stands there two times")
            claim = next((i for i, s in enumerate(case.statements) if s is entry.statement), None)
            yield RULE.finding(case, message, span, claim=claim)
        first.add(key)
    yield from rows_twice(case)


def is_item(entry: Entry) -> bool:
    """Whether an amount was computed by itself: what a total adds up is no repetition of its items."""
    return entry.derived if entry.statement is None else entry.statement.kind in WRITTEN


def item_of(work: Work, entry: Entry) -> tuple[tuple[str, ...], Span] | None:
    """The name, the operands and the result of a computed amount, and where it stands; ``None`` for
    what is no item of its own."""
    spans = [leaf.span for leaf in leaves(entry.node)]
    if len(spans) < 2:
        return None
    figures = [Span(entry.figure.start, entry.figure.end)] if entry.figure is not None else []
    begin, end = min(s.start for s in (*spans, *figures)), max(s.end for s in (*spans, *figures))
    label = STOPS.split(work.text[max(0, begin - LABEL) : begin].rstrip(MARKS))[-1].strip()
    if len(label) < 2:
        return None
    return (label, *(s.of(work.text) for s in (*spans, *figures))), Span(begin, end)


def rows_twice(case: Case) -> Iterator[Finding]:
    """A finding for each detail row that stands there already."""
    rows: set[tuple[str, str]] = set()
    for row in case.form.details:
        pair = (row.name.strip(), row.full_year.strip())
        if pair in rows and pair[0] and pair[1] not in NOTHING:
            message = Bilingual(
                f"重复测算：支出明细中“{pair[0]}”{pair[1]}出现了两次",
                f"listed twice: “{pair[0]}” with {pair[1]} stands two times in the detail table",
            )
            yield RULE.elsewhere(message, FIELD, row.locator)
        rows.add(pair)


RULE = Rule("CV608", "重复测算", "calculated twice", Severity.WARNING, __doc__, find)
