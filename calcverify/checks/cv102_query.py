"""A reading of the words that misses the figure they lead to.

What: counts and rates in prose (人数、标准、月数) give another amount than the figure behind
them. Where one missing factor explains it, the factor is solved for and named.
Why it matters: a factor that is not written (a contribution rate, months, instalments)
cannot be reviewed; a figure that no factor explains may be wrong. The words alone
never accuse.
查什么：文字所述的人数、标准、月数等相乘，得不到其后的金额；若补上一个因子即可吻合，则推算出该因子。
为什么：未写明的因子（缴费比例、月数、分期）无法审核；补什么因子都说不通的，金额可能有误。仅凭文字推算只提问，不判错。
Passes: 护林员20名，每人每月600元，12个月，共计14.4万元
Fails: 缴费人数500人，人均年缴费基数8万元，全年征收养老保险费960万元
Fails: 讲解员20名，每人补助500元，共计3万元
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from calcverify.checks.rule import Rule
from calcverify.exact.verdict import Verdict, trailing_place
from calcverify.verify.case import Case
from calcverify.verify.expression import expression
from calcverify.verify.model import Bilingual, Claim, Finding, Severity
from calcverify.verify.slips import slip_between
from calcverify.verify.wording import factor_text, in_both

ASK = Bilingual("请补充计算因子，或更正金额", "please give the factor, or correct the amount")

# Between these a ratio is a difference of amounts, not a factor that was left out.
NEARLY_ONE = (Fraction(95, 100), Fraction(3, 2))
LONGEST = 80
# A form with a thousand questions is not read to the end; the rates on file are looked through for the first.
MOST_NAMED = 50


def find(case: Case) -> Iterator[Finding]:
    """A finding for each claim that is a query."""
    asked = 0
    for index, claim in enumerate(case.claims):
        if claim.verdict is Verdict.QUERY:
            asked += 1
            span = claim.stated.span if claim.stated is not None else None
            words = message(case, claim, asked <= MOST_NAMED)
            causes = tuple(s.message for s in case.suggestions.get(index, ()))
            yield RULE.finding(case, words, span or claim.span, claim=index, suggestions=causes)


def message(case: Case, claim: Claim, name: bool) -> Bilingual:
    """What the words give, what is stated, and the factor that would explain it."""
    asked = question(case, claim, name)
    reading = expression(claim.node)
    reading = reading if len(reading) <= LONGEST else reading[: LONGEST - 1] + "…"
    zh, en = in_both(claim)
    stated = claim.stated.text if claim.stated is not None and claim.factor is None else zh.stated
    return Bilingual(
        f"{asked.zh}：按文字测算 {reading} = {zh.computed}，填报{stated}"
        + f"，相差{zh.difference}" * bool(zh.difference),
        f"{asked.en}: the words give {reading} = {en.computed}, but {stated} is stated"
        + f", {en.difference} apart" * bool(en.difference),
    )


def question(case: Case, claim: Claim, name: bool) -> Bilingual:
    """The factor that is missing, if it has a name or is one; else what is asked."""
    if claim.factor is None or claim.factor <= 0:
        return ASK
    low, high = factor_range(case, claim)
    slip = slip_between(low, high)
    if slip is not None:
        return slip
    if NEARLY_ONE[0] <= claim.factor <= NEARLY_ONE[1]:
        return ASK
    zh, en = factor_text(claim.factor, "zh"), factor_text(claim.factor, "en")
    # Above one a factor is a count of months or times, and any small number would have a name.
    known = named(case, claim, low, high) if name and claim.factor < 1 else None
    zh = f"缺少计算因子，推算约为{zh.removeprefix('约')}" + (f"（可能是{known.zh}）" if known else "")
    en = f"a factor is missing, about {en.removeprefix('about ')}" + (f" (perhaps {known.en})" if known else "")
    return Bilingual(zh, en)


def factor_range(case: Case, claim: Claim) -> tuple[Fraction, Fraction]:
    """The factors that the stated figure leaves open, its last digit being rounded."""
    assert claim.stated is not None, "a query was compared with a figure"
    assert claim.computed is not None, "a query was computed"
    inside = case.work.leeway.mode.preimage(claim.stated.value, claim.stated.place)
    ends = (inside.low / claim.computed.value, inside.high / claim.computed.value)
    return min(ends), max(ends)


def named(case: Case, claim: Claim, low: Fraction, high: Fraction) -> Bilingual | None:
    """The rate on file that the factor may be: 24% = 单位16% + 个人8%.

    A figure that is hedged or ends in zeros (1000万元) may have been rounded further up
    than its last digit says: it is then tried within one per cent.
    """
    from calcverify.standards import explain_factor

    factor, stated = claim.factor, claim.stated
    assert factor is not None, "asked for a factor only"
    assert stated is not None, "a query was compared with a figure"
    if stated.hedged or trailing_place(stated.value, stated.place) != stated.place:
        low, high = min(low, factor * 99 / 100), max(high, factor * 101 / 100)
    digits = case.form.year[:4]
    year = int(digits) if digits.isdecimal() else None
    found = explain_factor(factor, case.rates, year, low=low, high=high, known=case.explanations(year))
    best = next((f for f in found if f.exact), None)
    return None if best is None else Bilingual(best.say("zh"), best.say("en"))


RULE = Rule(
    "CV102", "存疑：缺少计算因子", "in question: a factor is missing", Severity.WARNING, __doc__, find, Verdict.QUERY
)
