"""Parts that a whole names and that leave a rest.

What: 其中, 包括 or 含 names parts of an amount that together are less than it, and nothing
says what the rest is.
Why it matters: the rest may be meant (其中 need not list all), or an item was left out.
查什么：“其中”“包括”所列各项之和小于总数，其余部分未说明。
为什么：“其中”可以只列一部分，但也可能是漏列了一项。
Passes: 设备购置费8万元，其中服务器5万元，存储3万元
Fails: 设备购置费8万元，其中服务器5万元，存储2万元
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from calcverify.checks.rule import Rule
from calcverify.exact.printing import amount
from calcverify.exact.units import show
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.spots import stretch
from calcverify.verify.wording import money_unit, said_in

ISSUE = "rest-unnamed:"
COUNTS = "rest-uncounted:"


def find(case: Case) -> Iterator[Finding]:
    """A finding for each whole with a rest."""
    for name, first, last in case.work.issues:
        if name.startswith(ISSUE):
            rest = Fraction(name.removeprefix(ISSUE))
            # …，余下300万元由县级承担: the rest has its name further on.
            if any(entry.value == rest for entry in case.work.entries):
                continue
            unit = money_unit(case.work.tokens[last].data.scale)
            message = Bilingual(
                f"所列各项之和小于总数，其余{said_in(rest, unit)}未列明用途",
                f"the parts named leave {said_in(rest, unit, 'en')} of the whole without a name",
            )
            yield RULE.finding(case, message, stretch(case.work, first, last))
        elif name.startswith(COUNTS):
            rest, unit = Fraction(name.removeprefix(COUNTS)), show(case.work.tokens[first].data.unit)
            left, left_en = amount(rest, unit), amount(rest, unit, "en")
            message = Bilingual(
                f"所列各部分之和小于总数，其余{left}未列明",
                f"the parts named leave {left_en} of the whole without a name",
            )
            yield RULE.finding(case, message, stretch(case.work, first, last))


RULE = Rule("CV107", "其中所列未及全部", "parts leave a rest", Severity.NOTICE, __doc__, find, "clash")
