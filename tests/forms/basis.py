"""The funding basis of a project, written from its expenditures in one of six styles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from tests.variations.numerals import CAPITAL, TENS_CAPITAL, chinese

from .expenses import Expense, shown, unit_of
from .facts import Facts

SIGNS = ("×", "×", "×", "*", "x", " × ")
EQUALS = ("=", "=", "＝")
TOTALS = ("合计", "共计", "总计", "以上合计")
OPENINGS = ("{}年预计：", "{}年度测算如下：", "{}年计划支出：")
EACH = {"人": "每人", "名": "每人", "户": "每户", "家": "每家", "台": "每台", "套": "每套", "个": "每个", "亩": "每亩"}


def write_basis(facts: Facts) -> str:
    """The text of the basis field."""
    if facts.case is not None:
        return facts.case.basis + facts.closing
    opening = ""
    if facts.planned is not None:
        opening = facts.rng("opening").choice(OPENINGS).format(facts.planned)
    lead = ""
    if facts.lead:
        counted = facts.expenses[0]
        lead = f"{counted.label}涉及{facts.lead}{counted.factors[0].unit}。" + "\n" * (facts.style == "lines")
    text = facts.heading + lead + opening + STYLES[facts.style](facts)
    again = capitals(facts)
    return text + ("。" if again and not text.endswith("。") else "") + again + facts.closing


def capitals(facts: Facts) -> str:
    """The amount once more in capitals, with its digits: 总金额人民币贰拾万元整（200000元）."""
    if facts.capital is None or facts.amount % 1:
        return ""
    words = chinese(str(int(facts.amount)), CAPITAL, TENS_CAPITAL, short_ten=False)
    return f"总金额人民币{words}元整（{shown(facts.amount + facts.capital, '元')}元）。"


def amount(facts: Facts) -> str:
    """The overall amount as the basis states it: in one unit, with every digit."""
    unit = "万元" if any(e.unit == "万元" for e in facts.expenses) else unit_of(facts.amount, facts.rng("amount"))
    return f"{shown(facts.amount + facts.off, unit)}{unit}"


def entry(facts: Facts, expense: Expense) -> str:
    """``孤儿基本生活费：120人×1500元/人·月×12个月=216万元``."""
    rng = facts.rng("entry")
    sign, equals, colon = rng.choice(SIGNS), rng.choice(EQUALS), rng.choice(("：", "：", ""))
    if expense.lump:
        return f"{expense.label}{expense.written_result()}"
    return f"{expense.label}{colon}{expense.product(sign)}{equals}{expense.written_result()}"


def total(facts: Facts) -> str:
    """The line with the total; none stands under a single item."""
    if len(facts.expenses) < 2:
        return ""
    return f"{facts.rng('total').choice(TOTALS)}{amount(facts)}"


def lines(facts: Facts) -> str:
    """A numbered item a line, the total on the last one."""
    mark = facts.rng("mark").choice(("{}.", "{}、", "（{}）", "({})"))
    rows = [mark.format(n) + entry(facts, e) for n, e in enumerate(facts.expenses, 1)]
    return "；\n".join(rows) + ("。\n" + total(facts) + "。" if total(facts) else "。")


def line(facts: Facts) -> str:
    """The items in one line, the total behind them."""
    separator = facts.rng("mark").choice(("；", "；", "，", "。"))
    text = separator.join(entry(facts, e) for e in facts.expenses)
    return text + ("。" + total(facts) + "。" if total(facts) else "。")


def first(facts: Facts) -> str:
    """The total first, its items behind it."""
    if len(facts.expenses) < 2:
        return line(facts)
    opening = facts.rng("mark").choice(("共需资金{}，其中：", "项目总支出{}，包括：", "所需资金合计{}，其中："))
    return opening.format(amount(facts)) + "；".join(entry(facts, e) for e in facts.expenses) + "。"


def results_first(facts: Facts) -> str:
    """Each amount before its product: 困难学生生活补助24万元（120人×2000元/人）."""
    sign = facts.rng("entry").choice(SIGNS)
    rows = [f"{e.label}{e.written_result()}" + ("" if e.lump else f"（{e.product(sign)}）") for e in facts.expenses]
    return "；".join(rows) + ("。" + total(facts) + "。" if total(facts) else "。")


def prose(facts: Facts) -> str:
    """Words in the place of signs, where the expenditure is a count and a rate; else the product."""
    return "；".join(spoken(facts, e) for e in facts.expenses) + ("。" + total(facts) + "。" if total(facts) else "。")


def is_spoken(facts: Facts, expense: Expense) -> bool:
    """Whether an expenditure stands in words in this basis."""
    count, rate = expense.factor("count"), expense.factor("rate")
    if facts.style != "prose" or facts.tabular or count is None or rate is None or expense.factor("times"):
        return False
    changed = expense.lump or expense.glued or expense.bare or expense.unwritten or expense.item
    monthly = expense.kind is not None and expense.kind.per == "月"
    return not changed and count.unit in EACH and (not monthly or expense.factor("months") is not None)


def spoken(facts: Facts, expense: Expense) -> str:
    """``孤儿基本生活费：120人，每人每月1500元，共12个月，需216万元``."""
    count, rate, months = expense.factor("count"), expense.factor("rate"), expense.factor("months")
    if not is_spoken(facts, expense) or count is None or rate is None:
        return entry(facts, expense)
    each = EACH[count.unit] + ("每月" if months is not None else "")
    tail = f"，共{months.number}个月" if months is not None else ""
    return f"{expense.label}{count.number}{count.unit}，{each}{rate.number}元{tail}，需{expense.written_result()}"


def expression(facts: Facts) -> str:
    """One written-out sum of products without results."""
    sign = facts.rng("entry").choice(("×", "×", "*"))
    terms = [e.written_result() if e.lump else e.product(sign) for e in facts.expenses]
    if len(terms) == 1:
        return f"{facts.expenses[0].label}{terms[0]}"
    equals = f"={amount(facts)}" if facts.rng("total").random() < 0.5 else ""
    return "+".join(terms) + equals


STYLES: dict[str, Callable[[Facts], str]] = {
    "lines": lines,
    "line": line,
    "first": first,
    "results_first": results_first,
    "prose": prose,
    "expression": expression,
}


def with_slip(expense: Expense, off: Fraction) -> Expense:
    """The expenditure with a stated result that is ``off`` 元 away from its product."""
    return replace(expense, result=f"{shown(expense.stated + off, expense.unit)}{expense.unit}")
