"""Every fixed word of a report in Chinese and English: one table, no grammar.

The Chinese is what reviewers of budgets write (分项测算金额与算式结果不一致, 尾差, 存疑);
the English is plain. A word that a table does not know is shown as it is, so that a new
reason of the lexicon cannot break a report.
"""

from __future__ import annotations

from types import MappingProxyType

from calcverify.report.page_words import PAGE_WORDS
from calcverify.source import Locator

LANGUAGES = ("zh", "en")

WORDS = MappingProxyType(
    {
        # statuses of a project
        "pass": ("通过", "pass"),
        "review": ("需复核", "needs review"),
        "fail": ("有误", "does not add up"),
        "no-formula": ("无测算算式", "no formula"),
        # verdicts of a claim
        "exact": ("一致", "exact"),
        "rounded": ("四舍五入一致", "agrees when rounded"),
        "carry": ("尾差", "rounding carried over"),
        "approximate": ("约数相符", "agrees approximately"),
        "query": ("存疑", "in question"),
        "mismatch": ("不一致", "does not agree"),
        "unjudged": ("无填报数", "no stated figure"),
        # kinds of claims
        "equation": ("算式", "equation"),
        "sum": ("合计", "sum"),
        "balance": ("差额", "balance"),
        "partition": ("构成", "parts of a whole"),
        "share": ("分担", "share"),
        "composed": ("文字测算", "read from prose"),
        "total": ("总额", "total"),
        # severities of findings
        "error": ("错误", "error"),
        "warning": ("警告", "warning"),
        "notice": ("提示", "notice"),
        # labels of the report
        "code": ("编码", "code"),
        "project": ("项目", "project"),
        "unnamed": ("未命名项目", "unnamed project"),
        "status": ("结论", "status"),
        "stated": ("填报", "stated"),
        "computed": ("测算", "computed"),
        "difference": ("相差", "difference"),
        "coverage": ("覆盖率", "coverage"),
        "of-amount": ("金额", "amount"),
        "of-numbers": ("数字", "numbers"),
        "claims": ("算式", "claims"),
        "checked": ("逐项核对", "claims"),
        "findings": ("问题", "findings"),
        "assumptions": ("推定", "assumed"),
        "factor": ("系数", "factor"),
        "place": ("位置", "place"),
        "satisfied": ("若其余无误，此处应为 {value}", "if the rest is right, this should be {value}"),
        "as-written": ("按填报位数", "with the digits stated"),
        "with-factor": ("若另有系数 {factor}，即与填报数一致", "with a further factor of {factor} it agrees"),
        "suggestion": ("可能原因", "likely cause"),
        "unread": ("未读懂", "not read"),
        "aside": ("不参与测算", "set aside"),
        "and-more": ("另有 {n} 处", "{n} more"),
        "bare": ("测算依据", "basis"),
        "absent": ("未填报", "not stated"),
        "not-computed": ("未测算", "not computed"),
        "nothing": ("没有可核对的项目。", "There is no project to check."),
        "summary": ("小结", "Summary"),
        "counts": (
            "共 {projects} 个项目：通过 {pass}，需复核 {review}，有误 {fail}，无测算算式 {no-formula}",
            "projects: {projects}; pass {pass}, needs review {review}, does not add up {fail}, no formula {no-formula}",
        ),
        "first": ("请先处理：", "To work on first:"),
        "more-projects": ("……另有 {n} 个项目", "... and {n} more projects"),
        "problems": ("未能读取的输入：", "Inputs that could not be read:"),
        "defects": ("calcverify 自身出错、未能核对的输入：", "Inputs not checked because calcverify itself failed:"),
        "comparison": ("重新提交前后对比", "Before and after the resubmission"),
        "mended": ("已改正", "mended"),
        "broke": ("新出现", "new"),
        "left": ("仍存在", "still there"),
        "added": ("新增项目", "project added"),
        "removed": ("已撤项目", "project removed"),
        "unchanged": ("无变化", "unchanged"),
        "amounts": ("金额", "amounts"),
        "was": ("原为", "it was"),
        "changes": (
            "共 {projects} 个项目：新增 {added}，撤销 {removed}，无变化 {same}；"
            "问题已改正 {mended} 处，新出现 {broke} 处，仍存在 {left} 处",
            "projects: {projects}; added {added}, removed {removed}, unchanged {same}; "
            "findings mended {mended}, new {broke}, still there {left}",
        ),
        "title": ("预算测算核对报告", "Check of the budget's arithmetic"),
        "claim-row": ("算式", "claim"),
        "finding-row": ("问题", "finding"),
        "error-row": ("未核对", "not checked"),
        "explained": ("已说明", "explained"),
        "known": ("已知", "known"),
        "until": ("至{day}", "until {day}"),
        "in-baseline": ("已知问题，不计入", "known from the baseline, does not count"),
        "n-explained": ("已说明 {n} 处", "explained: {n}"),
        "n-known": ("已知 {n} 处", "known: {n}"),
        "counted": ("只计新问题：{status}", "counting what is new: {status}"),
        "n-errors": ("{n} 处错误", "errors: {n}"),
        "n-warnings": ("{n} 处警告", "warnings: {n}"),
    }
    | PAGE_WORDS
)


# Why a number is set aside, or a piece of text was not read.
REASONS = MappingProxyType(
    {
        "title": ("文件名", "title of a document"),
        "document": ("文号", "document number"),
        "standard": ("标准号", "number of a standard"),
        "name": ("名称", "name"),
        "date": ("日期", "date"),
        "year": ("年份", "year"),
        "ordinal": ("序号", "ordinal"),
        "size": ("尺寸", "size"),
        "age": ("年龄", "age"),
        "grade": ("等级", "grade"),
        "phone": ("电话号码", "telephone number"),
        "code": ("编号或型号", "code or model"),
        "label": ("名称中的数字", "part of a label"),
        "context": ("背景数字", "context"),
        "amount": ("未参与计算的金额", "an amount that nothing uses"),
        "rate": ("没有数量的标准", "a rate without a count"),
        "ratio": ("比例", "ratio"),
        "bound": ("限额", "ceiling or floor"),
        "vague": ("概数", "vague figure"),
        "previous-year": ("上年数", "last year's figure"),
        "operator": ("算式未读懂", "a formula that was not understood"),
        "count-and-rate": ("有数量和标准，未能组成算式", "a count and a rate that were not combined"),
        "no-result": ("算式不完整", "an incomplete formula"),
        "division-by-zero": ("除数为零", "a division by zero"),
        "units": ("单位对不上", "units that do not fit"),
        "missing-operator": ("缺少运算符", "a missing operator"),
        "exponent": ("指数", "an exponent"),
        "operand-lost": ("运算符旁缺数", "a missing operand"),
        "shared-evenly": ("“各”所指未逐一计入", "parties that pay the same each"),
        "unsure": ("金额对不上，读法不能确定", "amounts that do not agree, and may be meant otherwise"),
        "far-off": ("合计与各项相差过大", "a total far from its items"),
        "miscounted": ("项数与所列的不符", "a total of more or fewer items"),
        "damaged": ("字迹或数字残缺", "damaged text"),
        "too-long": ("文本过长", "text too long"),
    }
)


def say(word: str, lang: str) -> str:
    """``word`` in ``lang`` (``"zh"`` or ``"en"``); one that the table lacks as it is."""
    pair = WORDS.get(word)
    return word if pair is None else pair[lang == "en"]


def reason(word: str, lang: str) -> str:
    """Why a number was set aside or not read, in ``lang``; a word of the lexicon that is new as it is."""
    pair = REASONS.get(word)
    return word if pair is None else pair[lang == "en"]


_STEPS = {
    "page": "第{}页",
    "table": "表{}",
    "row": "第{}行",
    "cell": "第{}格",
    "paragraph": "第{}段",
    "line": "第{}行",
}


def located(locator: Locator, lang: str) -> str:
    """A place in a file in words: ``第190行``; ``line 190`` in English; ``Sheet1!B7`` in both."""
    if lang == "en" or locator.sheet is not None:
        return str(locator)
    return "".join(_STEPS[name].format(value) for name, value in locator.steps())


def field_name(label: str | None, lang: str) -> str:
    """What a field is called: its label; the keys of a record are no labels that an officer would know."""
    return say({"basis": "bare", "total": "total"}.get(label or "", label or ""), lang)


def fill(word: str, lang: str, **values: object) -> str:
    """``word`` with its ``{names}`` filled in; values are put in as they are, never as a pattern."""
    text = say(word, lang)
    for name, value in values.items():
        text = text.replace("{" + name.replace("_", "-") + "}", str(value))
    return text


def colon(lang: str) -> str:
    """The colon of the language."""
    return ": " if lang == "en" else "："


def comma(lang: str) -> str:
    """The comma of the language."""
    return ", " if lang == "en" else "，"


def in_brackets(text: str, lang: str) -> str:
    """``text`` in the brackets of the language."""
    return f" ({text})" if lang == "en" else f"（{text}）"
