"""How many there are of something, as the basis, the indicators and the narrative fields tell it.

Things are paired by their names and their counter, never by position: 雨水井盖更换：221套 in the basis,
更换雨水井盖套数 among the indicators and 更换雨水井盖221套 in a goal are one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from calcverify.basis.counts import TIME, is_count
from calcverify.basis.evaluate import leaves
from calcverify.basis.labels import shared
from calcverify.basis.lexer import lex
from calcverify.basis.nodes import Leaf, Node, Product
from calcverify.basis.tokens import Figure, Kind
from calcverify.exact.units import NONE, Unit, times
from calcverify.forms.model import Form, Indicator, Narrative
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.indicator_values import mark_of, value_in
from calcverify.verify.whole import year_of

COUNTED = re.compile("数|数量|人次|场次|面积|里程|规模")
NOISE = re.compile(
    "[人户场次期台套个件]?次?数?量?$|面积$|里程$|人员|全市|全县|全区|全年|新增|完成|覆盖|举办|开展|补助|补贴|项目|数量|规模|人数|发放|预计|计划"
)
# What ends the name of a count, before it and behind it.
BEFORE = re.compile("[，,。；;：:、\n+＋=＝|\t]")
BEHIND = re.compile("[，,。；;：:、\n×*＊xX+＋=＝|\t]")
OPEN = re.compile(r"([\u4e00-\u9fff]{1,2})(?=[×*＊xX，,。；;、）)\s=＝]|$)")
# A number with a word behind it that is no date, share or amount: sentences without any need not be read.
MAY_COUNT = re.compile(r"[0-9０-９]\s*[万亿]?\s*(?=[^0-9０-９年月日%％元号万亿\s.,，。、；;：:）)〕\]－-])")
YEAR = re.compile("(?:19|20)[0-9]{2}年度?")
SENTENCE = re.compile(r"[^。；;\n]+")
# A count of another time, of a part, of what there is already, or one that is only nearly known.
OTHER = re.compile(
    "上年|去年|往年|历年|前期|累计|以来|截至|已|曾|原有|现有|目前|共有|辖区|全市|全县|全区|其中|包括|标准|不超过|不低于|不少于"
    "|以上|以下|以内|左右|上限|每|三年|五年|年均|期间|明年|次年|一期|二期|分期"
)
# What a whole project does over its years is not what one year's basis counts.
OVER_YEARS = re.compile("总目标|总体目标|中长期|中期|长期|实施期")
LONGEST_RUN = 3
AROUND = 24
LONGEST = 300
MOST = 40
MOST_FACTORS = 5


class Told(NamedTuple):
    """A count: its number, its counter, the words that name it, how it is written, and whether it is
    at least (``">"``), at most (``"<"``) or just that many (``"="``)."""

    value: Fraction
    unit: str
    words: str
    text: str
    sign: str = "="


class Goal(NamedTuple):
    """An indicator with the count that it asks for."""

    row: Indicator
    told: Told


class Promise(NamedTuple):
    """A count of a narrative field, and where it stands in it."""

    narrative: Narrative
    span: Span
    told: Told


def basis_counts(case: Case) -> list[Told]:
    """The counts that went into the claims, each once."""
    found: dict[Span, Told] = {}
    text = case.work.text
    for claim in case.claims:
        for leaf in leaves(claim.node):
            unit = counter(leaf.unit) or (open_counter(text, leaf.span.end) if leaf.bare and not leaf.unit else "")
            if unit and leaf.span not in found and len(found) < MOST:
                before = named_before(text, leaf.span.start)
                behind = BEHIND.split(text[leaf.span.end : leaf.span.end + AROUND])[0]
                found[leaf.span] = Told(leaf.value, unit, f"{before} {behind}", leaf.span.of(text))
    return list(found.values())


def counter(unit: Unit) -> str:
    """The counter of what counts things, ``""`` for rates, money and time."""
    if len(unit) != 1 or unit[0][1] != 1 or unit[0][0] in TIME or unit[0][0] in ("元", "小时"):
        return ""
    return unit[0][0]


def open_counter(text: str, at: int) -> str:
    """The word behind a bare number that no lexicon has for a counter: 4718函×120元/函."""
    found = OPEN.match(text, at)
    return found[1] if found else ""


def named_before(text: str, at: int) -> str:
    """The words before a count, back to the last separator: 孤儿基本生活费 before ：120人."""
    return YEAR.sub("", BEFORE.split(text[max(0, at - AROUND) : at].rstrip("：: \n"))[-1])


def multiplied(case: Case) -> dict[str, set[Fraction]]:
    """What the counts of a product give together, by counter: 2期×67人/期 is 134人."""
    found: dict[str, set[Fraction]] = {}
    for claim in case.claims:
        for product in products(claim.node):
            counts = [f for f in product.factors if isinstance(f, Leaf) and not f.bare and ("元", 1) not in f.unit]
            for size in range(2, min(len(counts), MOST_FACTORS) + 1):
                for some in combinations(counts[:MOST_FACTORS], size):
                    value, unit = Fraction(1), NONE
                    for leaf in some:
                        value, unit = value * leaf.value, times(unit, leaf.unit)
                    for name, power in unit:
                        if power == 1:
                            found.setdefault(name, set()).add(value)
    return found


def products(node: Node) -> Iterator[Product]:
    """The products of a computation."""
    if isinstance(node, Leaf):
        return
    if isinstance(node, Product):
        yield node
    for part in node[0]:
        yield from products(part)


def goals(form: Form) -> list[Goal]:
    """The indicators that count things, with what they ask for in the year."""
    found: list[Goal] = []
    for row in form.indicators[: MOST * 10]:
        shown = value_in(row, row.full_year or row.half_year)
        mark = mark_of(shown) if COUNTED.search(row.name) else None
        if mark is not None and not mark.percent and len(found) < MOST:
            found.append(Goal(row, Told(mark.value, mark.unit, row.name, shown, mark.sign)))
    return found


def promises(form: Form) -> list[Promise]:
    """The counts that the narrative fields tell of this year's work."""
    found: list[Promise] = []
    year = year_of(form)
    for narrative in form.narratives:
        if OVER_YEARS.search(narrative.label):
            continue
        for sentence in SENTENCE.finditer(narrative.source.text):
            if len(found) < MOST:
                found += counts_of(narrative, sentence[0][:LONGEST], sentence.start(), year)
    return found


def counts_of(narrative: Narrative, sentence: str, start: int, year: int | None) -> Iterator[Promise]:
    """The counts of one sentence that says nothing of another year."""
    if not MAY_COUNT.search(sentence):
        return
    tokens = lex(sentence)
    years = {sentence[t.start : t.start + 4] for t in tokens if t.kind is Kind.ASIDE and t.data in ("year", "date")}
    if year is not None and any(y.isdecimal() and int(y) != year for y in years):
        return
    for token in tokens:
        if token.kind is not Kind.FIGURE:
            continue
        figure: Figure = token.data
        bare = figure.bare and not figure.unit
        unit = open_counter(sentence, figure.end) if bare else counter(figure.unit)
        plain = (bare or is_count(figure)) and figure.high is None and not figure.hedged
        # 总投资900万元，分三年实施，2026年安排300万元，改造12处: what stands behind the form's year is of that year.
        own = max(sentence.rfind(f"{year}年", 0, figure.start), 0)
        if not plain or not unit or OTHER.search(sentence, own, figure.end + 2):
            continue
        words = named_before(sentence, figure.start)
        words += " " + BEHIND.split(sentence[figure.end : figure.end + AROUND])[0]
        told = Told(figure.value, unit, words, sentence[figure.start : figure.end])
        yield Promise(narrative, Span(start + figure.start, start + figure.end), told)


def alike(one: Told, others: Sequence[Told]) -> list[Told]:
    """What counts the same thing in the same unit; a number without a counter goes with any."""
    return [o for o in others if (o.unit == one.unit or not (o.unit and one.unit)) and same_thing(one, o)]


def same_thing(one: Told, other: Told) -> bool:
    """Whether two counts are called alike: by a run of characters, or by the same characters
    in another order (维修路灯, 路灯维修)."""
    core = name_in(one)
    run = shared(core, other.words)
    if run >= max(2, min(LONGEST_RUN, len(core))):
        return True
    # 政务大厅窗口人员数, 窗口人员劳务费: a word that says little stands in what they share.
    if run == 2 and shared(one.words, other.words) > LONGEST_RUN:
        return True
    return made_of(core, other.words) or made_of(name_in(other), one.words)


def name_in(told: Told) -> str:
    """The words of a count without those that say little: 维修路灯盏数 is 维修路灯."""
    return NOISE.sub("", told.words.replace(f"{told.unit}数", "")).strip()


def made_of(name: str, words: str) -> bool:
    """Whether a name of some length has no character that other words lack."""
    return len(name) > LONGEST_RUN and all(c in words for c in name)


def holds(asked: Told, value: Fraction) -> bool:
    """Whether a number is what is asked for."""
    if asked.sign == ">":
        return value >= asked.value
    return value <= asked.value if asked.sign == "<" else value == asked.value
