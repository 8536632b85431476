"""Of which amount a change is, and which figure it gives: ``电费930万元，水费320万元。…水费按增长5%测算为336万元``.

The amount of the same name is meant, not the nearest; and a figure with another name of its own behind a comma
(``营业收入186亿元，同比增长7%，入库税收9.85亿元``) is not what the change gives.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcverify.basis.groups import amounts_before, head_of_clause
from calcverify.basis.labels import core, shared
from calcverify.basis.rules import Rule
from calcverify.basis.work import Work
from calcverify.patterns import pattern

# What stands behind the name of a thing that changes.
CHANGE = pattern("按|以|较|比|同比|环比|预计|计划|拟|增|上浮|上调|提高|提升|下降|下调|下浮|减|压|降|实际|支出|收入")
YEAR = pattern(r"\d{4}年度?|上年|去年|本年|今年|明年|当年|全年|年度?|其中")
# 今年安排, 2025年预算申请: words that name no thing, so that the change may well give it.
NO_NAME = pattern(
    "安排|申请|预算|预计|测算|列支|投入|支出|资金|经费|费用|总额|金额|项目|本次|本项|拟|应|需|为|达|到|至|总|约|共|计|则|故|即|后|核定|确定"
    "|人均|户均|亩均|平均|需求|要|付|实|合|配套|补助|补贴|财政|中央|省|市|县|区|级"
)


def name_of(words: str) -> str:
    """电费 of ``2024年电费按增长12%``, '' where no thing is named."""
    found = CHANGE.split(YEAR.sub("", core(words)), 1)[0]
    return found if len(found) > 1 else ""


def of_same_name(work: Work, rule: Rule) -> list[int]:
    """The amounts before a change that are called what changes, the nearest first."""
    name = name_of(head_of_clause(work, rule.token))
    if not name or not rule.growth:
        return []
    named = [i for i in amounts_before(work, rule.token, set()) if not work.tokens[i].data.is_rate]
    return [i for i in reversed(named) if shared(name, name_of(head_of_clause(work, i))) >= max(2, len(name) - 1)]


def gives_another_thing(work: Work, token: int, rule: Rule, bases: Sequence[int]) -> bool:
    """Whether the figure has a clause and a name of its own, which neither the change nor its base has."""
    if not rule.growth or work.clause[token] == work.clause[rule.token]:
        return False
    words = NO_NAME.sub("", YEAR.sub("", core(head_of_clause(work, token))))
    known = [head_of_clause(work, i) for i in (rule.token, *bases)]
    return len(words) > 1 and all(shared(words, core(k)) < 2 for k in known)
