"""A percentage that cannot be.

What: a rate that is a part of a whole (满意度, 合格率, 覆盖率, 到位率 …) is above 100% or below 0.
Why it matters: a slip of the point or a lost sign; growth rates may be above 100% and are
left alone.
查什么：满意度、合格率、覆盖率、到位率等不可能超过100%的指标大于100%，或小于0。
为什么：往往是小数点或符号写错；增长率等可以超过100%，不在此列。
Passes: 项目名称：清淤｜项目总金额（万元）：60｜资金计算依据：据实结算｜
一级指标→二级指标→三级指标→全年指标值｜产出指标→质量指标→验收合格率→=100%
Fails: 项目名称：清淤｜项目总金额（万元）：60｜资金计算依据：据实结算｜
一级指标→二级指标→三级指标→全年指标值｜产出指标→质量指标→验收合格率→=980%
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.indicator_values import mark_of, value_in
from calcverify.verify.model import Bilingual, Finding, Severity

# Whatever is a part of a whole: any 率 but those that compare with something else.
PART = re.compile("率|满意|覆盖|合格|到位|准确|及时|达标|普及|知晓|优良|足额|享受|合规|占比|比例|比重")
OPEN = re.compile(
    "增长|增幅|增加|增收|净增|提高|提升|上升|下降|降低|减少|同比|环比|超额|回报|收益|利润|毛利|倍|完成|周转|负债|杠杆|产出率"
    "|投入|利率|汇率|费率|容积率|利用率|使用率|负荷|赔付|溢价|拉动|带动|放大|性比"
)
# More of the budget than there is cannot be spent, nor can more of a task be done in time or well.
CLOSED = re.compile("执行率|及时率|按时|合格率|达标率|准确率")


def find(case: Case) -> Iterator[Finding]:
    """A finding for each indicator with a value that cannot be."""
    for row in case.form.indicators:
        for text in dict.fromkeys((value_in(row, row.half_year), value_in(row, row.full_year))):
            if "%" not in text and "％" not in text:
                continue
            mark = mark_of(text)
            if mark is None or not mark.percent or not part_of_a_whole(row.name):
                continue
            below = text.strip().startswith(("-", "－", "−", "=-", "＝-"))
            above = mark.value > 1 or (mark.value == 1 and text.strip().startswith((">", "＞")))
            if below or (above and mark.sign != "<"):
                message = Bilingual(
                    f"指标值取值异常：“{row.name}”为{text.strip()}，应在0至100%之间",
                    f"a percentage that cannot be: “{row.name}” is {text.strip()}; it lies between 0 and 100%",
                )
                yield RULE.elsewhere(message, row.name, row.locator)


def part_of_a_whole(name: str) -> bool:
    """Whether an indicator cannot pass one hundred per cent."""
    return PART.search(name) is not None and (CLOSED.search(name) is not None or not OPEN.search(name))


RULE = Rule("CV405", "指标值取值异常", "percentage out of range", Severity.WARNING, __doc__, find, "indicators")
