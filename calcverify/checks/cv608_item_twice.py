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

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

WRITTEN = frozenset({"equation", "composed"})
FIELD = "支出明细"
LABEL = 16
STOPS = re.compile(r"[，,。；;、：:\n）)0-9.．（(]")
# An amount of nought is no request.
NOTHING = frozenset({"", "0", "0.00"})


def find(case: Case) -> Iterator[Finding]:
    """A finding for each repetition."""
    text = case.work.text
    first: dict[tuple[str, ...], str] = {}
    for index, claim in enumerate(case.claims):
        if claim.kind not in WRITTEN or len(claim.operands) < 2:
            continue
        start = min(o.span.start for o in claim.operands)
        label = STOPS.split(text[max(0, start - LABEL) : start])[-1].strip()
        if len(label) < 2:
            continue
        shown = claim.text.strip()
        key = (label, *(o.text for o in claim.operands), claim.stated.text if claim.stated is not None else "")
        if first.setdefault(key, shown) is not shown:
            message = Bilingual(
                f"重复测算：“{label}{shown}”出现了两次", f"calculated twice: “{label}{shown}” stands there two times"
            )
            yield RULE.finding(case, message, claim.span, claim=index)
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
