"""A number of things and its parts: ``阅览点74个，分为固定点45个、流动点29个``."""

from __future__ import annotations

import re
from fractions import Fraction

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.counts import is_count
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Sum
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import GOOD, Statement, Work
from calcverify.exact.units import show
from calcverify.exact.verdict import Shape, judge

MOST_PARTS = 4  # more counts than this behind a whole may be of several levels; they only confirm
JOINED = ("、", "和", "及", "与", "，")
LEADING = frozenset({Kind.TEXT, Kind.COMMA, Kind.CUE})
ALL_PARTS = ("分为", "分别为", "由")


def read_tallies(work: Work) -> None:
    """Add the partitions of counts: confirmed, or accused where the words make them all the parts."""
    counts = [
        (i, f) for i, f in work.figures()
        if is_count(f) and f.high is None and work.used.get(i) in (None, "operand")
    ]
    read_totals(work, counts)
    for number, (i, whole) in enumerate(counts):
        cue = cue_behind(work, i)
        if not cue:
            continue
        parts: list[tuple[int, Figure]] = []
        for k, f in counts[number + 1 :]:
            if "sum" in f.roles or work.sentence[k] != work.sentence[i]:
                break
            if f.unit != whole.unit or work.depth[k] < work.depth[i]:
                break
            if parts and work.depth[k] != work.depth[parts[0][0]]:
                break
            if parts and work.part[k] != work.part[parts[0][0]] and work.part[parts[0][0]] == work.part[i]:
                break  # 学生186人，其中走读52人、住宿134人；教职工61人
            parts.append((k, f))
        if len(parts) < 2 or any(money_between(work, i, k) for k, _ in parts):
            continue
        settle(work, i, whole, parts, accuses=cue in ALL_PARTS)


def read_totals(work: Work, counts: list[tuple[int, Figure]]) -> None:
    """床位分别为420张、180张、120张，共720张: a list of counts and their sum; 共1480户，扣除635户，剩余845户."""
    for number, (i, figure) in enumerate(counts):
        before = [
            (k, f) for k, f in counts[:number]
            if work.sentence[k] == work.sentence[i] and f.unit == figure.unit and work.depth[k] == work.depth[i]
        ]
        if len(before) < 2 or money_between(work, before[0][0], i):
            continue
        if "sum" in figure.roles:
            total(work, i, figure, before)
        elif "rest" in figure.roles and len(before) == 2:
            whole, taken = before
            if "deduct" not in taken[1].roles and whole[1].value - taken[1].value != figure.value:
                continue  # 应配1250顶，库存865顶，尚缺385顶 is confirmed, and nothing is said against it
            node = Sum((leaf_of(whole[1]), leaf_of(taken[1])), (True, False))
            value = whole[1].value - taken[1].value
            verdict = judge(Shape.PRODUCT, value, target_of(figure), leeway=work.leeway)
            tokens = (whole[0], taken[0])
            work.add(Statement("balance", node, value, show(figure.unit), figure, verdict, Shape.SUM, tokens))


def total(work: Work, i: int, figure: Figure, before: list[tuple[int, Figure]]) -> None:
    """The counts of the list right before a total; it accuses where nothing but 、 or 和 parts them."""
    run = [before[-1]]
    sure = True
    for k, f in reversed(before[:-1]):
        between = work.text[work.tokens[k].end : run[0][1].start].strip()
        if between[:1] not in JOINED or re.search("[。；;：:（(]|其中", between):
            break
        sure = sure and between in JOINED[:-1]
        run.insert(0, (k, f))
    near = all(t.kind in LEADING for t in work.tokens[run[-1][0] + 1 : i])
    if len(run) < 2 or not near:
        return
    node = Sum(tuple(leaf_of(f) for _, f in run), (True,) * len(run))
    value = sum((f.value for _, f in run), Fraction(0))
    verdict = judge(Shape.PRODUCT, value, target_of(figure), leeway=work.leeway)
    if verdict not in GOOD and not sure:
        return
    tokens = tuple(k for k, _ in run)
    work.add(Statement("sum", node, value, show(figure.unit), figure, verdict, Shape.SUM, tokens))
    for k in tokens:
        work.used.setdefault(k, "part")
    work.used.setdefault(i, "whole")


def cue_behind(work: Work, i: int) -> str:
    """The word for parts right behind a count: 分为, 其中, 包括, or a bracket."""
    for token in work.tokens[i + 1 : i + 5]:
        if token.kind is Kind.CUE and token.data & {"part", "allparts"}:
            return work.text[token.start : token.end]
        if token.kind is Kind.OPEN:
            return "（"
        if token.kind is Kind.FIGURE or token.kind is Kind.STOP:
            return ""
    return ""


def money_between(work: Work, first: int, last: int) -> bool:
    """Whether an amount stands between two counts: they belong to rates then."""
    return any(t.kind is Kind.FIGURE and t.data.money for t in work.tokens[first:last])


def factors_like(work: Work, whole: Figure) -> list[Figure]:
    """The factors of written products that are counts in the unit of a whole."""
    return [f for k, f in work.figures() if work.used.get(k) == "operand" and f.unit == whole.unit]


def multiplied(work: Work, whole: Figure) -> bool:
    """体检对象281人，其中在岗201人、退休71人；281人×480元: the whole is what the money is asked for."""
    return any(f.value == whole.value for f in factors_like(work, whole))


def settle(work: Work, i: int, whole: Figure, parts: list[tuple[int, Figure]], accuses: bool) -> None:
    """The parts against the whole."""
    node = Sum(tuple(leaf_of(f) for _, f in parts), (True,) * len(parts))
    value = sum((f.value for _, f in parts), Fraction(0))
    verdict = judge(Shape.SUM, value, target_of(whole), leeway=work.leeway)  # 2804人 are not 2800人
    sure = (accuses or value > whole.value) and len(parts) <= MOST_PARTS
    if verdict not in GOOD and not sure:
        if multiplied(work, whole) or any(f is not whole and f.value == value for f in factors_like(work, whole)):
            work.issues.append((f"rest-uncounted:{whole.value - value}", i, parts[-1][0]))
        return
    tokens = tuple(k for k, _ in parts)
    work.add(Statement("partition", node, value, show(whole.unit), whole, verdict, Shape.SUM, tokens))
    for k, _ in parts:
        work.used.setdefault(k, "part")
    work.used.setdefault(i, "whole")
