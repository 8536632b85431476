"""A stated figure that is not what its computation gives.

What: a written equation, a sum, a remainder, the parts of a whole, a share or the form's
total whose stated figure differs from the computed value by more than rounding explains.
Why it matters: this is the error that a review sends a form back for; one wrong digit in
an item goes on into every total above it.
查什么：算式、合计、扣减、构成、分担或项目总金额的填报数，与按原文计算的结果不一致，且不能用四舍五入解释。
为什么：计算错误是评审退回的首要原因，一个分项错了，上面的合计都会跟着错。
Passes: 保洁员12人×500元/人=6000元
Passes: 书架2万元，桌椅3.5万元，合计5.5万元
Fails: 保洁员12人×500元/人=6500元
Fails: 书架2万元，桌椅3.5万元，合计6.5万元
Fails: 图书360册×85元/册 => 3.6万元
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.exact.verdict import Verdict
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Claim, Finding, Severity
from calcverify.verify.wording import in_both, satisfying

# Kind of claim → what is wrong, and what the computed value is.
HEADS: dict[str, tuple[Bilingual, Bilingual]] = {
    "equation": (
        Bilingual("分项测算金额与算式结果不一致", "the figure is not what its formula gives"),
        Bilingual("应为", "it should be "),
    ),
    "sum": (
        Bilingual("合计数与明细之和不符", "the total is not the sum of its items"),
        Bilingual("明细之和为", "the items give "),
    ),
    "balance": (
        Bilingual("扣减后的金额与填报数不符", "the remainder is not what the deductions leave"),
        Bilingual("应为", "it should be "),
    ),
    "partition": (
        Bilingual("各组成部分之和与总数不符", "the parts do not make up the whole"),
        Bilingual("各部分之和为", "the parts give "),
    ),
    "share": (
        Bilingual("分担比例测算不符", "the figure is not the share that the text states"),
        Bilingual("按比例应为", "the share gives "),
    ),
    "total": (
        Bilingual("测算结果与项目总金额不一致", "the basis does not lead to the project's total"),
        Bilingual("测算结果为", "the basis gives "),
    ),
}
COUNTS = Bilingual("算式结果与填报数不一致", "the figure is not what its formula gives")
# Behind the message where causes were looked for and no single change lets everything agree.
CANNOT_TELL = Bilingual("；无法判断哪个数字有误", "; it cannot be told which figure is wrong")
ANNUAL = Bilingual("测算结果与本年度项目金额不一致", "the basis does not lead to the year's amount")


def find(case: Case) -> Iterator[Finding]:
    """A finding for each claim that is a mismatch."""
    for index, claim in enumerate(case.claims):
        if claim.verdict is Verdict.MISMATCH:
            span = claim.stated.span if claim.stated is not None else None
            told, causes = message(case, claim), case.suggestions.get(index)
            if causes == ():
                told = Bilingual(told.zh + CANNOT_TELL.zh, told.en + CANNOT_TELL.en)
            suggestions = tuple(cause.message for cause in causes or ())
            yield RULE.finding(case, told, span or claim.span, claim=index, suggestions=suggestions)


def message(case: Case, claim: Claim) -> Bilingual:
    """What is wrong, what was computed, what was stated, the difference, what would satisfy."""
    what, gives = HEADS.get(claim.kind, HEADS["equation"])
    if claim.kind == "equation" and claim.stated is not None and claim.stated.unit != "元":
        what = COUNTS
    elif claim.kind == "total" and case.reach is not None and case.reach.total.role == "annual":
        what = ANNUAL
    (computed, stated, difference), english = in_both(claim)
    precise, nearest = satisfying(claim, "zh")
    rounded = f"（按填报位数为{nearest}）" if nearest != precise else ""
    zh = f"{what.zh}：{gives.zh}{computed}{rounded}，填报{stated}，相差{difference}"
    computed, stated, difference = english
    if "约" in precise or "约" in nearest:
        precise, nearest = satisfying(claim, "en")
    rounded = f" ({nearest} with the digits stated)" if nearest != precise else ""
    return Bilingual(zh, f"{what.en}: {gives.en}{computed}{rounded}, but {stated} is stated, {difference} apart")


RULE = Rule(
    "CV101", "金额与算式结果不一致", "figure and computation disagree", Severity.ERROR, __doc__, find, Verdict.MISMATCH
)
