"""Rows of a detail table whose amount is not quantity times price, or that do not add up to their total.

What: the form explains its amount in the basis, and lists it in a table with quantity, price and
amount as well; there, quantity times price is not the amount of a row, or the rows do not give the total row.
Why it matters: the table is what is ordered and paid by, and the reviewer multiplies it out.
查什么：表单除测算依据外另有数量、单价、金额的明细表，其中某行数量乘单价不等于金额，或各行之和不等于合计行。
为什么：采购和支付以明细表为准，评审会逐行相乘核对。
Passes: 项目名称：防汛物资｜项目总金额（元）：500｜资金计算依据：5只×100元/只=500元｜
支出明细→支出内容→单价（元）→数量→金额（元）｜→沙袋→100→5→500
Fails: 项目名称：防汛物资｜项目总金额（元）：500｜资金计算依据：5只×100元/只=500元｜
支出明细→支出内容→单价（元）→数量→金额（元）｜→沙袋→90→5→500
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.reading import read_basis
from calcverify.checks.rule import Rule
from calcverify.exact.printing import SCALES
from calcverify.exact.verdict import Verdict
from calcverify.verify.case import Case
from calcverify.verify.claims import claim_of
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.wording import claim_amounts

FIELD = "支出明细"
WHAT = {
    "equation": Bilingual("明细表数量×单价与金额不符", "quantity times price is not the amount of the row"),
    "sum": Bilingual("明细表合计与各行之和不符", "the rows do not give the total of the table"),
}


def find(case: Case) -> Iterator[Finding]:
    """One finding a row or total that misses."""
    form = case.form
    worth = {f"{word}元": scale for scale, word in SCALES}
    for table in form.priced:
        work = read_basis(table.text, worth.get(form.detail_unit or form.unit_note or "", 0), case.work.leeway)
        for statement in work.statements:
            if statement.verdict is not Verdict.MISMATCH or statement.kind not in WHAT or statement.stated is None:
                continue
            claim, what = claim_of(work, statement), WHAT[statement.kind]
            computed, stated, difference = claim_amounts(claim, "zh")
            zh = f"{what.zh}：应为{computed}，填报{stated}，相差{difference}"
            computed, stated, difference = claim_amounts(claim, "en")
            en = f"{what.en}: it should be {computed}, but {stated} is stated, {difference} apart"
            yield RULE.elsewhere(Bilingual(zh, en), FIELD, table.at(statement.stated.start))


RULE = Rule("CV306", "明细行金额不符", "row of a detail table", Severity.ERROR, __doc__, find, "priced")
