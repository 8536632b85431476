"""A possible cause in words: always a possibility, with the figure as it would be written."""

from __future__ import annotations

from calcverify.verify.case import Case
from calcverify.verify.diagnose_model import Cause, Change, Edit
from calcverify.verify.diagnose_working import label_start
from calcverify.verify.diagnose_writing import WIDE
from calcverify.verify.model import Bilingual

# Cause → what may have happened, in Chinese and in English. {old} is the figure with the
# words before it, {new} what it would be, {told} the other figure that the cause is about,
# {times} the power of ten.
WORDS: dict[Cause, tuple[str, str]] = {
    Cause.DIGIT: ("可能是{old}有一位数字写错：应为{new}？", "one digit of {old} may be wrong: {new}?"),
    Cause.DIGIT_MORE: ("可能是{old}多写了一位数字：应为{new}？", "{old} may have a digit too many: {new}?"),
    Cause.DIGIT_LESS: ("可能是{old}少写了一位数字：应为{new}？", "{old} may have a digit too few: {new}?"),
    Cause.SWAP: ("可能是{old}有两位数字颠倒：应为{new}？", "two digits of {old} may be swapped: {new}?"),
    Cause.SCALE: (
        "疑似单位错误（{unit}）：{old}应为{new}？",
        "the unit of {old} may be wrong ({unit}): {new}?",
    ),
    Cause.POINT: (
        "疑似小数点错位或位数写错（相差{times}倍）：{old}应为{new}？",
        "the decimal point of {old} may be off, or a digit too many or too few ({times} times): {new}?",
    ),
    Cause.NOUGHT: ("可能是{old}漏写或多写了一个0：应为{new}？", "a nought may be missing or too many in {old}: {new}?"),
    Cause.FACTOR_LEFT: (
        "疑似漏乘“{told}”：{old}应为{new}？",
        "“{told}” may have been left out of the product: {old} would be {new}?",
    ),
    Cause.FACTOR_TWICE: (
        "疑似重复乘“{told}”：{old}应为{new}？",
        "“{told}” may have been multiplied in twice: {old} would be {new}?",
    ),
    Cause.MONTHS_LEFT: (
        "疑似漏乘12个月：{old}应为{new}？",
        "12 months may have been left out: {old} would be {new}?",
    ),
    Cause.MONTHS_TWICE: (
        "疑似多乘12个月：{old}应为{new}？",
        "12 months may be one factor too many: {old} would be {new}?",
    ),
    Cause.ITEM_LEFT: (
        "可能漏加“{told}”：{old}应为{new}？",
        "“{told}” may have been left out of the sum: {old} would be {new}?",
    ),
    Cause.ITEM_TWICE: (
        "可能重复加了“{told}”：{old}应为{new}？",
        "“{told}” may have been added twice: {old} would be {new}?",
    ),
    Cause.SIGN: (
        "可能把“{told}”的加减号弄反：{old}应为{new}？",
        "plus and minus before “{told}” may be mixed up: {old} would be {new}?",
    ),
    Cause.COPIED: (
        "可能误抄了另一处的“{told}”：{old}应为{new}{also}？",
        "{old} may have been copied from “{told}”: {new}{also}?",
    ),
    Cause.RESULT: (
        "可能是{old}算错：若为{new}，则其余各处全部相符",
        "{old} may be worked out wrongly: with {new} everything else agrees",
    ),
    Cause.SHARES: ("可能把两个比例写反：{old}与{other}应对调？", "two shares may be swapped: {old} and {other}?"),
    Cause.RATES: ("可能把两个标准写反：{old}与{other}应对调？", "two rates may be swapped: {old} and {other}?"),
    Cause.COMPLEMENT: (
        "可能误用了其余部分的比例：{old}应为{new}？",
        "the share of the rest may have been used: {old} would be {new}?",
    ),
    Cause.TENTHS: (
        "疑似折与百分数混淆（8折是80%）：{old}应为{new}？",
        "tenths and per cent may be mixed up (8折 is 80%): {old} would be {new}?",
    ),
    Cause.UPDATED: (
        "可能只改了其中一个数：{old}若为{new}，则全部相符",
        "one figure may have been changed and not the others: with {new} for {old} everything agrees",
    ),
    Cause.FACTOR_UNWRITTEN: (
        "算式可能漏写了“{told}”：补上后全部相符",
        "“{told}” may be missing from the formula: with it everything agrees",
    ),
    Cause.ITEM_UNWRITTEN: (
        "可能漏列了一项{told}：补上后全部相符",
        "an item of {told} may be missing from the list: with it everything agrees",
    ),
}

COUNT_SCALE = (
    "疑似漏写或多写了“万”：{old}应为{new}？",
    "a 万 may be missing or too many in {old}: {new}?",
)

MOST_FOLLOWING = 3


def message(case: Case, change: Change, ties: int = 1) -> Bilingual:
    """The sentence for one change; ``ties`` is how many changes are as likely as this one."""
    edit = change.edits[0]
    counted = change.cause is Cause.SCALE and "元" not in edit.text
    zh, en = COUNT_SCALE if counted else WORDS[change.cause]
    values = {
        "old": quoted(case, edit),
        "new": tidy(edit.text),
        "other": quoted(case, change.edits[-1]),
        "told": change.told[0] if change.told else "",
        "also": f"（{change.told[1]}）" if len(change.told) > 1 and change.told[1] else "",
        "times": str(10 ** abs(change.power)),
        "unit": units(case, edit),
    }
    more_zh, more_en = "", ""
    if change.carried:
        follows = [f"{quoted(case, e)}→{tidy(e.text)}" for e in change.carried[:MOST_FOLLOWING]]
        rest = len(change.carried) > MOST_FOLLOWING
        more_zh = f"随之更正：{'、'.join(follows)}{'等' * rest}"
        more_en = f" What follows from it: {', '.join(follows)}{' and more' * rest}"
    if ties > 1:
        more_zh, more_en = more_zh + f"（共有{ties}种改法同样可能）", more_en + f" ({ties} changes are as likely)"
    return Bilingual(zh.format(**values) + more_zh, en.format(**values) + more_en)


def quoted(case: Case, edit: Edit) -> str:
    """A figure with the few words before it: ``“合计38.6万元”``."""
    if edit.span is None:
        total = case.reach.total if case.reach is not None else None
        # A total that a caller gives as a value has no label of a form.
        return f"“{'总额' if total.field.isascii() else total.field}{total.text}{total.unit}”" if total else ""
    text = case.work.text
    return "“" + tidy(text[label_start(case, edit.span.start) : edit.span.end]) + "”"


def tidy(text: str) -> str:
    """A figure on one line, whatever breaks it in the file."""
    return "".join(text.split()).translate(WIDE)


def units(case: Case, edit: Edit) -> str:
    """The two units of a scale that was confused: ``元/万元``."""
    total = case.reach.total.unit if case.reach is not None else ""
    old = edit.span.of(case.work.text) if edit.span is not None else total
    return f"{scale_of(old)}/{scale_of(edit.text)}"


def scale_of(figure: str) -> str:
    """The unit of money with its scale word: ``万元``, ``元``."""
    return next((word + "元" for word in ("百万", "千万", "万", "亿", "千", "萬", "億") if word + "元" in figure), "元")
