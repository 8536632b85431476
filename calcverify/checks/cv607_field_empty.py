"""A field that a form has and nobody filled in.

What: the project's name, its outline, its reasons or its goals are empty.
Why it matters: 模块内容未填写 is the first thing that a form is sent back for.
查什么：项目名称、概述、立项依据、必要性、可行性、绩效目标等栏目为空。
为什么：模块内容未填写，是退回修改最常见的原因之一。
Passes: 项目名称：助学｜项目概述：资助家庭困难学生｜项目总金额（万元）：60｜资金计算依据：300人×2000元/人
Fails: 项目名称：助学｜项目概述：｜项目总金额（万元）：60｜资金计算依据：300人×2000元/人
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity
from calcverify.verify.whole import is_document

REQUIRED = re.compile("概述|概况|简介|主要内容|基本情况|立项依据|必要性|可行性|绩效目标|年度目标|总目标|总体目标")
# Nothing, a dash, and perhaps labels of lines below that hold nothing either: /, 备注：无.
EMPTY = re.compile(r"[\s/／—\-－]*(?:[^\n：:]{1,12}[：:]\s*无?\s*)*")
NAME = "项目名称"


def find(case: Case) -> Iterator[Finding]:
    """One finding that lists the empty fields."""
    form = case.form
    if not is_document(form):
        return
    empty = [n for n in form.narratives if REQUIRED.search(n.label) and EMPTY.fullmatch(n.source.text)]
    labels = ([] if form.name else [NAME]) + [n.label for n in empty]
    if labels:
        message = Bilingual(f"模块内容未填写：{'、'.join(labels)}", f"fields that are empty: {', '.join(labels)}")
        yield RULE.elsewhere(message, labels[0], empty[0].source.locator if form.name else form.locator)


RULE = Rule("CV607", "栏目未填写", "empty field", Severity.WARNING, __doc__, find, "document")
