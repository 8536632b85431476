"""Text that looks like arithmetic and was not read.

What: two numbers with an operator or an equality between them, or a count and a rate of
the same counter in one sentence, of which no computation could be made.
Why it matters: what was not read was not checked; a figure in it may be wrong.
查什么：看起来是算式（两个数之间有运算符或等号，或同一句里有数量和对应的标准），但未能读懂。
为什么：未读懂的内容没有核对过，其中的数字可能有误，需要人工核对。
Passes: 树苗100株×15元/株=1500元
Fails: 树苗■■株×15元/株=1500元
Fails: 树苗1500元÷0=100株
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.spots import stretch

# Why a stretch was not read.
REASONS = {
    "no-result": Bilingual("算式不完整", "the formula is not complete"),
    "division-by-zero": Bilingual("除数为零", "it divides by zero"),
    "units": Bilingual("算式与结果的单位对不上", "formula and result have different units"),
    "missing-operator": Bilingual(
        "两数之间缺少运算符，结果也不能说明是什么", "an operator is missing, and the result does not show which"
    ),
    "shared-evenly": Bilingual(
        "“各”所指的几方未能逐一计入", "the parties that pay the same each were not counted one by one"
    ),
    "operator": Bilingual("运算符两侧的内容未能组成算式", "what stands around the operator makes no formula"),
    "far-off": Bilingual(
        "合计与前面各项之和相差数倍，各项的读法可能不对",
        "the total is several times the sum of the items before it, which may not be read as they are meant",
    ),
    "unsure": Bilingual(
        "金额对不上，但其间还有别的金额，读法不能确定",
        "the amounts do not agree, but others stand between them, so that they may be meant otherwise",
    ),
    "miscounted": Bilingual(
        "合计所说的项数与前面列出的不符",
        "the total names another number of items than stand before it",
    ),
    "damaged": Bilingual("字迹或数字残缺", "damaged text"),
    "count-and-rate": Bilingual(
        "有数量和标准，但未找到对应的金额", "a count and a rate, and no amount that they lead to"
    ),
    "too-long": Bilingual("文本过长，未予核对", "the text is too long and was not checked"),
}
UNKNOWN = Bilingual("写法不在可读范围内", "this way of writing is not known")
LONGEST = 30
CLASHES = frozenset({"money×money", "money+other"})


def find(case: Case) -> Iterator[Finding]:
    """A finding for each stretch that was not read."""
    # What another rule says of units that clash need not be said twice.
    clashes = sorted(stretch(case.work, first, last) for name, first, last in case.work.issues if name in CLASHES)
    for aside in case.unread:
        before = bisect_left(clashes, (aside.span.end,)) - 1
        if before >= 0 and clashes[before].end > aside.span.start:
            continue
        why = REASONS.get(aside.reason, UNKNOWN)
        text = " ".join(aside.text.split())
        shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        message = Bilingual(
            f"未能读懂“{shown}”（{why.zh}），请人工核对", f"could not read “{shown}” ({why.en}); check it by hand"
        )
        yield RULE.finding(case, message, aside.span)


RULE = Rule("CV207", "疑似算式未能读懂", "not read", Severity.WARNING, __doc__, find, "unread")
