"""Finding the count that belongs to a rate: by unit, by the noun it counts, by nearness."""

from __future__ import annotations

import re
from fractions import Fraction

from calcverify.basis.labels import shared
from calcverify.basis.measures import alike
from calcverify.basis.nodes import Leaf
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Work
from calcverify.exact.rational import TEN, less, product
from calcverify.exact.units import Unit, power_of
from calcverify.patterns import pattern
from calcverify.source import Span

RATIOS = frozenset({"percent", "permille", "fraction", "zhe", "cheng", "half", "times"})
TIME = frozenset({"年", "月", "季", "学期", "天", "周", "小时"})
FULL_YEAR = {"月": 12, "季": 4, "学期": 2}
HALF_YEAR = {"月": 6, "季": 2, "学期": 1}
# What ends the noun right behind a count: 12名，…, 40套（…
BEHIND = pattern(r"[，,；;。、（(\s\d每均]")
# 单价36元, 市场价2.4万元: words that make an amount a rate of whatever is counted.
PRICE = pattern(
    "(?:@|单户成本|单位成本|(?<![清订名账])单[台套件户个人次场例份班辆间株盏亩头期节]|单价|(?<!中)标价|原价|定价|售价|票价|均价|报价|市场价|协议价|码洋"
    "|水价|电价|平均)[^，。；]{0,3}$"
)
PRICED = frozenset("@本单价洋均")  # one of these is in each of them
SUPERSEDED = pattern(
    r"\s*(?:[/／][^，。；、\d]{1,5})?(?:提高|上调|调整|增加|提升|调高|提标|降低|下调|调减|增|调)[到至为]"
)
RESTATED = pattern(r"\s*[（(，,]\s*(?:即|折合|合|相当于|约合|折)[约为成]?")
ENDS_RATES = frozenset({"sum", "equals", "result", "allyear", "request", "bear", "rest", "part", "surcharge", "upto"})
PARTING = pattern(r"[。；;（(=＝×*]")  # what parts two amounts that are no list
LIST_GAP = 14  # characters between two rates of a list
OF = ("的", "的有", "的共", "的共有")
# 月工资2800元: pay by the month is pay for each of the people before it.
PAY = pattern("工资|标准|薪|报酬|津贴|补贴|补助|缴费|补助金|生活费|养老金|缴存|保险|费")


def is_count(figure: Figure) -> bool:
    """A number of people, things or times: no money, not a share."""
    return (
        bool(figure.unit)
        and figure.money == 0
        and figure.kind not in RATIOS
        and not figure.bound
        and figure.kind != "joined"
        and (figure.unit[0][1] > 0 or any(p > 0 for _, p in figure.unit))
    )


def is_loose_rate(work: Work, i: int, figure: Figure) -> bool:
    """单价45元, 各补助2万元: the words say that it is a rate, and leave out of what."""
    if len(figure.unit) != 1 or figure.money != 1 or figure.roles & {"previous", "sum", "upto", "grow", "rest", "part"}:
        return False
    label = work.label(i)
    if "each" not in figure.roles and PRICED.isdisjoint(label):
        return False
    if "each" in figure.roles and re.search("各[^，。；]{0,14}$", label):
        return not re.search("各项|各类|各种", label)
    found = PRICE.search(label)
    return found is not None and (figure.scale == 1 or not found.group().startswith("平均"))


def restated(work: Work, i: int) -> bool:
    """0.06元/斤（即120元/吨）: a rate that its bracket says in another unit, which is the one to count with."""
    figure: Figure = work.tokens[i].data
    if SUPERSEDED.match(work.text, figure.end):
        return True  # 由84元提高至89元: the old rate
    found = RESTATED.match(work.text, figure.end)
    following = work.figure_after(i)
    return found is not None and following is not None and following.start == found.end() and following.is_rate


def continued(work: Work, i: int, figure: Figure) -> Figure | None:
    """市级每人每年7200元，县级6000元，乡级4800元: the rate before whose denominators a figure goes on with.

    It stands next to it, in 元 as it does, and is of its order; a word that leads to a result ends the list.
    """
    if figure.money != 1 or figure.is_rate or figure.scale != 1 or figure.bound or figure.roles & ENDS_RATES:
        return None
    before = work.figure_before(i)
    if before is None or before.money != 1 or before.scale != 1 or before.roles & ENDS_RATES:
        return None
    between = work.text[before.end : figure.start]
    near = 1 <= len(between) <= LIST_GAP and between.lstrip()[:1] in ("，", "、", ",") and between.count("，") <= 1
    if not near or PARTING.search(between) or not of_one_order(before.value, figure.value):
        return None
    if before.is_rate:
        return before if before.per else None
    return continued(work, before.index, before)


def of_one_order(a: Fraction, b: Fraction) -> bool:
    """Whether one amount is at most ten times the other."""
    return not (less(product(b, TEN), a) or less(product(a, TEN), b))


def computed_with(work: Work, i: int) -> bool:
    """每月4200元，…(4200+8×3600)×12=396000元; 每馆20万元，…2×20=40万元: whether a formula near a rate takes it as an
    operand, with its scale or without."""
    figure: Figure = work.tokens[i].data
    plain = figure.value / figure.scale
    return any(
        (f.value == figure.value or (f.bare and f.value == plain)) and k != i
        and f.money <= 1 and work.used.get(k) == "operand"
        and work.path[k] == work.path[i] and 0 <= work.sentence[k] - work.sentence[i] <= 1
        and any(s.kind == "equation" and k in s.operands for s in work.statements)
        for k, f in work.figs
    )


class Counts:
    """The counts of one text that nothing has used, and how they match a rate."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.wholes = frozenset(
            s.stated.index for s in work.statements
            if s.kind == "partition" and s.stated is not None and not s.stated.money
        )
        self.free = [
            (i, f) for i, f in work.figures()
            if work.used.get(i) in (None, "part", "whole")
            and is_count(f)
            and f.high is None
            and "previous" not in f.roles
        ]

    def near(self, a: int, b: int) -> bool:
        """Whether two tokens stand in one sentence, or in neighbouring ones of one item."""
        work = self.work
        if work.sentence[a] == work.sentence[b]:
            return True
        return work.path[a] == work.path[b] and abs(work.sentence[a] - work.sentence[b]) <= 2

    def words(self, i: int) -> str:
        """The words of the clause of a figure, before it and right behind it."""
        work, figure = self.work, self.work.tokens[i].data
        before = work.text[figure.label : figure.start][-16:]
        if figure.money:
            return before
        return before + work.text[figure.start : figure.end] + BEHIND.split(work.text[figure.end : figure.end + 6])[0]

    def matches(self, unit: str, i: int, figure: Figure) -> bool:
        """Whether a count is one of ``unit``: the same word, or the thing counted is called so."""
        if power_of(figure.unit, unit) == 1:
            return True
        if power_of(figure.unit, unit) < 0:
            return False  # 每辆年均油耗1.2万升 is no count of 辆
        if any(power == 1 and alike(name, unit) for name, power in figure.unit):
            return True  # 管网3.2公里，每米450元
        work = self.work
        if unit in TIME or any(n in TIME for n, p in figure.unit if p > 0):
            return False
        if unit == "人":
            return any(power_of(figure.unit, other) == 1 for other in work.kin.get(unit, ()))
        if any(power_of(figure.unit, other) == 1 for other in work.kin.get(unit, ())):
            return True
        if unit == "平方" and power_of(figure.unit, "平方米"):
            return True
        words = self.words(i)
        for size in range(min(len(unit), 4), 0, -1):
            if unit[:size] in words:
                return size > 1 or len(unit) == 1
        return unit == "个" and not any(n in ("人", "元") for n, _ in figure.unit)

    def find(self, unit: str, rate: int, until: int, taken: list[int], after: int = -1) -> tuple[int, Figure] | None:
        """The count of ``unit`` for a rate: one whose words the rate shares, else the nearest
        in the same part, in the same sentence, earlier or later in the item."""
        work = self.work
        whose = self.whose(rate)
        if whose is not None and whose[0] not in taken and self.matches(unit, *whose):
            return whose
        rate_words = self.words(rate)
        candidates = []
        for i, figure in self.free:
            if i in taken or i == rate or i > until or not self.matches(unit, i, figure) or not self.near(i, rate):
                continue
            if i < after and work.part[i] != work.part[rate]:
                continue
            candidates.append((i, figure))
        if not candidates:
            # 救助1700人次，人均6000元: they count persons by their visits.
            return self.find("人次", rate, until, taken, after) if unit == "人" else None
        overlap = {i: shared(self.words(i), rate_words) for i, _ in candidates}
        strongest = max(overlap.values())
        decisive = strongest >= 2 and sum(v == strongest for v in overlap.values()) == 1 and unit not in TIME
        wholes = [i for i, _ in candidates if i in self.wholes]
        best: tuple[tuple[int, ...], int, Figure] | None = None
        for i, figure in candidates:
            beside = i in (rate + 2, rate + 3) and work.tokens[rate + 1].kind is Kind.OPEN
            if beside and "part" not in figure.roles:  # 每人830元（其中13名每人1430元）: the bracket holds an exception
                return i, figure  # 每人每月1200元（156人）
            named = int(not (decisive and overlap[i] == strongest))
            if wholes and not decisive:
                named = int(i not in wholes)  # 340人，其中失能90人、…，每人420元: the rate is for all of them
            deeper = max(0, work.depth[i] - work.depth[rate])
            exact = int(power_of(figure.unit, unit) != 1)
            clause = int(work.clause[i] != work.clause[rate])
            part = int(work.part[i] != work.part[rate])
            sentence = int(work.sentence[i] != work.sentence[rate])
            behind = int(i > rate) if after < 0 else int(i < after)
            months = int(figure.kind == "months")
            # An earlier rate with a new count: 每名3万元，346名需1038万元；先期配备200名，需600万元.
            fresh = behind if after >= 0 else 0
            clause = 1 if behind else clause
            key = (fresh, named, deeper, part, sentence, months, clause, exact, behind, abs(i - rate))
            if best is None or key < best[0]:
                best = (key, i, figure)
        assert best is not None, "there was a candidate"
        return best[1], best[2]

    def whose(self, rate: int) -> tuple[int, Figure] | None:
        """每月300元的126人: the count that a rate describes with a 的."""
        work = self.work
        following = next((each for each in self.free if each[0] > rate), None)
        if following is None or work.text[work.tokens[rate].end : following[1].start].strip() not in OF:
            return None
        return following

    def any_thing(self, rate: int, until: int, taken: list[int]) -> tuple[int, Figure] | None:
        """The count nearest to a rate that does not say of what: 图书1500册，单价36元."""
        work = self.work
        found = [
            (int(work.clause[i] != work.clause[rate]), int(i > rate), abs(i - rate), i, f) for i, f in self.free
            if i < until and i not in taken and work.sentence[i] == work.sentence[rate]
            and not any(n in TIME for n, p in f.unit)
        ]
        return min(found)[3:] if found else None

    def people(self, rate: int, taken: list[int]) -> tuple[int, Figure] | None:
        """临时工8名，月工资2480元: pay by the month is pay for each of them."""
        work = self.work
        whose = self.whose(rate)
        if whose is not None and whose[0] not in taken and not any(n in TIME for n, _ in whose[1].unit):
            return whose
        k = rate - 1
        while k >= 0 and not work.text[work.tokens[k].start : work.tokens[k].end].strip(" \t，,"):
            k -= 1  # 保安9名 3850元/月; 保安9名，3850元/月
        if not PAY.search(work.label(rate)) and not (k >= 0 and work.tokens[k].kind is Kind.FIGURE):
            return None
        found = [
            (abs(i - rate), i, f) for i, f in self.free
            if i < rate and i not in taken and work.sentence[i] == work.sentence[rate]
            and len(f.unit) == 1 and not any(n in TIME for n, _ in f.unit)
        ]
        return min(found)[1:] if found else None

    def span_of_time(self, unit: str, rate: int, until: int, near: bool = False) -> Leaf | None:
        """全年 is twelve months, 上半年 six, where the words stand in the sentence of the rate, or in its part."""
        work = self.work
        for i, token in enumerate(work.tokens[: until + 1]):
            if token.kind is Kind.CUE and work.sentence[i] == work.sentence[rate]:
                if near and work.part[i] != work.part[rate]:
                    continue
                table = FULL_YEAR if "allyear" in token.data else HALF_YEAR if "halfyear" in token.data else {}
                if unit in table:
                    return Leaf(Span(token.start, token.end), Fraction(table[unit]), ((unit, 1),), Fraction(1))
        return None


def denominators(unit: Unit) -> list[str]:
    """The units under a rate, things before times."""
    under = [n for n, p in unit if p < 0]
    return sorted(under, key=lambda n: n in TIME)
