"""Which figures of a text are amounts that a total, a whole or a remainder may count.

``单价45元`` is a rate and ``上年9万元`` belongs to another budget: neither is an item. A bare
``12.6`` is an amount where a heading or its neighbours give it a unit.
"""

from __future__ import annotations

from itertools import pairwise

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.clauses import sentence_start
from calcverify.basis.counts import SUPERSEDED, continued, is_loose_rate
from calcverify.basis.interpret import target_of
from calcverify.basis.tokens import SHARES, Figure, Kind
from calcverify.basis.work import CONFIRMED, RANGE_SIGNS, Entry, Work, entry_of, with_scale
from calcverify.exact.verdict import Shape, judge
from calcverify.patterns import pattern

# 2023年起增加60元: the figure is by how much a rate grew, not an amount.
GROWN = pattern("(?:增长|上浮|上涨|提高|递增|增加)[了为约]?$")
AS_BEFORE = pattern("(?:参照|参考|比照|按照?|同)(?:上年|去年|上一年|往年)")
ARRANGED = pattern("(?:安排|执行|列支|计列|编列)$")  # 按上年合同价安排4.5万元
# 培训人数, 图书数量, 养护面积: what is counted is no money, whatever the heading says of amounts.
COUNT_NAME = pattern(
    "(?:数量?|面积|里程|长度|年限|工期|比例|系数|占比|率|编制|实有|现有|在编|在册|在岗|在职|在校|岁|序号|编号)[为是约共：:]?\\s*$"
)
MONEY_NAME = pattern("费|款|金|资|额|补助|补贴|支出|投入|预算|元")
PLANNED = pattern(
    r"\s*(?:[为的]?(?:基数|水平|规模|标准|口径|数额))?(?:[；;。]|$|安排|测算|核定|编制|编列|列支|计列|预算|计算|申报|执行)"
)
# 较2023年预算, 比上年: what stands behind it is compared with; 增加26万元: by how much it changed.
COMPARED = pattern(r"(?:较|比|与|同)(?:(?:19|20)\d\d年度?|上年|去年|上一年|同期|前年|往年)[^，。；\d]{0,8}$")
CHANGED = pattern("(?:增加|减少|压减|增长|下降|增支|减支|压缩|节约|多|少|提高|降低|净增)[了约为]?$")
LAST_YEAR = pattern("上年|去年|上一年")
KEPT = pattern("结转|结余|扣|抵")
NOT_THAT = pattern("(?:参照|参考|比照|按照?|较|比|同|与|以|在|和|按|对比)[^，。；]{0,3}$")
NOW = pattern("本年|今年|当年|现|拟|本次|申请|计划|预计|需|增|较|比|参照|按|基础|标准|下降|减|压|20[0-9][0-9]年|[。；]")
OTHER_YEAR = pattern("20[0-9][0-9]年(?:全年|度)?(?:实际|共|总)?(?:支出|发放|支付|决算|完成|安排)$")
YEAR = pattern("20[0-9][0-9](?=年|学年)")
YEARS = pattern("20[0-9][0-9]年?[-—–~～至到]+20[0-9][0-9]年")
NOW_IN = pattern("本年|今年|当年|本次|申请")
THIS_YEAR = pattern("[，；]?今年")
# 残值2.3万元上缴国库不抵扣: the words say that it is no part of this.
NOT_COUNTED = pattern(
    r"[^，。；、：\d（(]{0,8}(?:不抵扣|不抵减|不计入|不列入|不纳入|不重复|不含在|不在本|不在此|不属于|不作为|不占用|不予安排)"
)
RANGE = ("至", "到", "-", "—", "－", "~", "～")
BETWEEN = pattern(r"\s*(?:之间|不等|区间|范围)")
REACH = 20  # characters before an amount in which the words for it stand
# What the steps before have read already, or what is no amount of its own.
TAKEN = ("operand", "result", "label", "range", "cell")
# What may stand right behind a bare amount; 12.6 before any other word is a count of something.
BEHIND_AMOUNT = " \t\r\n，,。；;、（()）占由|｜：:"


def collect(work: Work) -> None:
    """Add an entry for every amount that the text states and nothing has used yet."""
    have = {e.token for e in work.entries}
    for i, figure in work.figures():
        if i not in have and not left_out(work, i, figure):
            entry = amount_at(work, i, figure)
            if entry is not None:
                work.entries.append(entry)
    work.entries.sort(key=lambda e: e.token)


def left_out(work: Work, i: int, figure: Figure) -> bool:
    """Whether a figure is no amount of this budget, whatever its unit."""
    use = work.used.get(i)
    if use in TAKEN or figure.high is not None or figure.bound:
        return True
    if (paid_last_year(work, i) or in_last_years_sentence(work, i)) and not as_last_year(work, i, figure):
        return True  # 上年已付60%计187万元
    if "previous" in figure.roles and not figure.roles & {"carried", "rest", "deduct"} and use != "base":
        return not as_last_year(work, i, figure)  # 上年9万元
    if i not in work.used and is_loose_rate(work, i, figure):
        return True  # 单价45元
    if i not in work.used and continued(work, i, figure) is not None:
        return True  # 市级每人每年7200元，县级6000元
    if in_range(work, i):
        return True
    if ("不" in work.text and NOT_COUNTED.match(work.text, figure.end)) or again_in_bracket(work, i, figure):
        return True
    if raised(work, i, figure) or compared(work, i, figure):
        return True
    return "grow" in figure.roles and GROWN.search(work.label(i)) is not None


def in_last_years_sentence(work: Work, i: int) -> bool:
    """Whether an amount is of last year alone, and nothing that is left of it or carried over."""
    return not work.tokens[i].data.roles & {"carried", "rest", "deduct"} and speaks_of_last_year(work, i)


def speaks_of_last_year(work: Work, i: int) -> bool:
    """上年度监测图斑2.3万个，中标价168万元，实际结算154.7万元。: a sentence that speaks of last year alone."""
    if "年" not in work.text:
        return False
    start = sentence_start(work, i)
    before = work.text[start : work.tokens[i].start]
    if "年" not in before:
        return False
    said = list(LAST_YEAR.finditer(before))
    if said and NOT_THAT.search(before[: said[-1].start()]) is None:
        earlier = [f.end - start for k, f in work.figs if k < i and f.money and f.end - start > said[-1].end()]
        kept = work.tokens[i].data.roles & {"carried", "rest"}
        told = before[said[-1].end() : earlier[-1]] if earlier else ""
        own = before[earlier[-1] if earlier else said[-1].end() :]
        # 扣除上年结转61.5万元和捐赠30万元: what was carried over is this year's, and so is what stands with it.
        if (earlier or not kept) and not NOW.search(own) and not NOW.search(told) and not KEPT.search(told):
            return True
    # 2022年全年支出386万元，今年1至8月支出249万元: the year is another than 今年.
    this_year = THIS_YEAR.search(work.text, work.tokens[i].end, start + 120)
    return OTHER_YEAR.search(before) is not None and this_year is not None


def of_other_years(work: Work, i: int) -> bool:
    """2021—2024年累计投入710万元; 2024年实际救助163名，补助98万元 in a budget of 2025: whether the years that a
    sentence names before an amount are several, or earlier than the newest of the text."""
    if "年" not in work.text:
        return False
    before = work.text[sentence_start(work, i) : work.tokens[i].start]
    years = YEAR.findall(before)
    if not years or NOW_IN.search(before):
        return speaks_of_last_year(work, i)
    return YEARS.search(before) is not None or max(years) < max(YEAR.findall(work.text))


def of_earlier_year(work: Work, i: int) -> bool:
    """2023年支出51.6万元。2024年计划…: whether the years that a sentence names before an amount are all gone."""
    years = YEAR.findall(work.text[sentence_start(work, i) : work.tokens[i].start])
    return bool(years) and max(years) < max(YEAR.findall(work.text))


def paid_last_year(work: Work, i: int) -> bool:
    """上年已付60%计187.2万元: what a share of last year gives is last year's."""
    before = work.figure_before(i) if work.shares and "previous" in work.roles else None
    if before is None or before.kind not in SHARES or "previous" not in before.roles:
        return False
    return work.text[before.end : work.tokens[i].start].strip() in ("", "计", "即", "为", "，计", "，即")


def as_last_year(work: Work, i: int, figure: Figure) -> bool:
    """水电费参照上年实际9万元安排: this year's amount is last year's."""
    label = work.label(i)
    if AS_BEFORE.search(label) is None:
        return False
    return PLANNED.match(work.text, figure.end) is not None or ARRANGED.search(label) is not None


def in_range(work: Work, i: int) -> bool:
    """报价在18.5万元至26万元之间: whether an amount is the end of a range."""
    if not work.ranges:
        return False
    start, end = work.tokens[i].start, work.tokens[i].end
    if RANGE_SIGNS.isdisjoint(work.text[max(0, start - 2) : start] + work.text[end : end + 2]):
        return False
    ends = [f for f in (work.figure_before(i), work.tokens[i].data, work.figure_after(i)) if f is not None]
    return any(
        work.text[a.end : b.start].strip() in RANGE and (not a.money or BETWEEN.match(work.text, b.end))
        for a, b in pairwise(ends) if b.money == 1
    )


def raised(work: Work, i: int, figure: Figure) -> bool:
    """标准由1400元提高至1500元: neither the old nor the new standard is an amount."""
    if "upto" not in work.roles:
        return False
    following = work.figure_after(i)
    if following is not None and "rest" in following.roles:
        return False  # 由1500元提高到1862元，差额362元
    if SUPERSEDED.match(work.text, figure.end) is not None:
        after = work.figure_after(following.index) if following is not None else None
        return after is None or "rest" not in after.roles
    before = work.figure_before(i)
    return "upto" in figure.roles and before is not None and SUPERSEDED.match(work.text, before.end) is not None


def compared(work: Work, i: int, figure: Figure) -> bool:
    """较2023年预算412万元压减26万元: neither what is compared with nor the change is an amount of this budget."""
    if not work.compares or figure.roles & {"carried", "rest", "deduct"} or work.used.get(i) is not None:
        return False
    before = work.text[max(0, figure.start - REACH) : figure.start]
    if COMPARED.search(before):
        return True
    earlier = work.figure_before(i)
    if earlier is None or work.sentence[earlier.index] != work.sentence[i] or not CHANGED.search(before):
        return False
    start = work.text[max(0, earlier.start - REACH) : earlier.start]
    return COMPARED.search(start) is not None or "previous" in earlier.roles


def again_in_bracket(work: Work, i: int, figure: Figure) -> bool:
    """8.01万元（80064元）: the amount before the bracket once more, to the last 元."""
    tokens = work.tokens
    if i < 2 or tokens[i - 1].kind is not Kind.OPEN or tokens[i - 2].kind is not Kind.FIGURE:
        return False
    before: Figure = tokens[i - 2].data
    closed = work.closing.get(i - 1) == i + 1
    if not closed or before.money != 1 or before.is_rate or figure.money != 1:
        return False
    return judge(Shape.PRODUCT, figure.value, target_of(before), leeway=work.leeway) in CONFIRMED


def amount_at(work: Work, i: int, figure: Figure) -> Entry | None:
    """The entry of a figure of money, or of a bare one to which its place gives a unit."""
    if figure.money == 1 and (not figure.is_rate or work.used.get(i) == "base"):
        return entry_of(work, i)
    if not (figure.bare and figure.kind == "arabic" and figure.scale == 1 and amount_row(work, i)):
        return None
    whole = bracket_head(work, i)
    if whole is not None:
        return bare_entry(work, i, whole.scale)
    if work.heading:
        return entry_of(work, i)
    if "sum" in figure.roles and any(e.figure is not None for e in work.entries):
        return bare_entry(work, i, neighbour_scale(work, i))
    return None


def rate_wholes(work: Work) -> list[Entry]:
    """每头保费480元，财政补贴288元，农户负担192元: a rate may be a whole, never an item."""
    return [
        entry_of(work, i) for i, f in work.figures()
        if f.money == 1 and not f.bound and work.used.get(i) in (None, "operand")
        and (f.is_rate or ("upto" in f.roles and raised(work, i, f)))
    ]


def bracket_head(work: Work, i: int) -> Figure | None:
    """96,500.00元（绿化41,200.00；保洁55,300.00）: parts in a bracket take the unit of the amount before it."""
    k = i
    while k >= 0 and work.depth[k] >= work.depth[i]:
        k -= 1
    if work.depth[i] == 0 or k < 1 or work.tokens[k].kind is not Kind.OPEN:
        return None
    before = work.tokens[k - 1]
    if before.kind is not Kind.FIGURE:
        return None
    head: Figure = before.data
    return head if head.money == 1 and not head.is_rate else None


def bare_entry(work: Work, i: int, scale: int) -> Entry:
    """The entry of a bare figure taken in ``scale`` 元."""
    figure = with_scale(work.tokens[i].data, scale)
    return Entry(i, i, figure.value, leaf_of(figure), figure, figure.roles)


def neighbour_scale(work: Work, i: int) -> int:
    """东片8.4万元、西片4.2万元，合计12.6: a bare total takes the unit of the items before it."""
    scales = [e.figure.scale for e in work.entries if e.figure is not None and e.token < i]
    return scales[-1] if scales else 1


def named_count(work: Work, i: int) -> bool:
    """培训人数45; 在职人数128，其中教师96: whether a bare figure is a number of things by its name, or part of one."""
    while not COUNT_NAME.search(work.label(i)):
        before = work.figure_before(i)
        part = before is not None and before.bare and work.part[before.index] == work.part[i]
        if not part or before is None or MONEY_NAME.search(work.text[before.end : work.tokens[i].start]):
            return False
        if "其中" not in work.text[before.end : work.tokens[i].start] and not between_counts(work, before.index):
            return False
        i = before.index
    return True


def between_counts(work: Work, i: int) -> bool:
    """Whether a 其中 stands before a bare figure: 其中教师96，临聘12."""
    before = work.figure_before(i)
    return before is not None and "其中" in work.text[before.end : work.tokens[i].start]


def amount_row(work: Work, i: int) -> bool:
    """Under 单位：万元 a bare number at the end of its label is an amount."""
    text, behind_it = work.text, work.tokens[i + 1 : i + 3]
    figure: Figure = work.tokens[i].data
    if figure.per or named_count(work, i):
        return False  # 年人均12.5; 在职人数128
    nxt = next((t for t in behind_it if t.kind is not Kind.TEXT or text[t.start : t.end].strip()), None)
    if nxt is not None and nxt.kind is Kind.FIGURE and nxt.data.bare:
        return False  # 投影仪 5 4600 23000: the last number of a row is its amount
    behind = text[figure.end : figure.end + 1]
    # 灯具更换（LED，3000K）9.25: the label goes on before a bracket.
    before = next((t for t in reversed(work.tokens[max(0, i - 2) : i]) if text[t.start : t.end].strip()), None)
    labelled = bool(work.label(i).strip()) or (before is not None and before.kind is Kind.CLOSE)
    return labelled and (not behind or behind in BEHIND_AMOUNT)
