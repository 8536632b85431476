"""Lists of factors side by side: ``裁判员26人220元3天，奖牌90枚35元，合计20310元``.

A list in shorthand writes no sign between a count, its rate and a time, and no 每 before the rate.
Such factors are read as products only where the total behind the list, or the result right behind
a single one, is met by them to the last digit: the words alone do not say that they are factors.
"""

from __future__ import annotations

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.counts import TIME, is_count
from calcverify.basis.equations import record
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import best, readings
from calcverify.basis.nodes import Node, Product
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Entry, Work
from calcverify.exact import rational
from calcverify.exact.verdict import Verdict

FEWEST = 2
MOST = 5
BEHIND = (Kind.TEXT, Kind.COMMA, Kind.CUE)
LEADS = frozenset({"result", "equals", "sum"})


def read_side_by_side(work: Work) -> None:
    """Add the product of every run of factors that a total, or a result of its own, confirms."""
    found = [run for run in runs(work) if is_product(work, run)]
    if not found:
        return
    found = [run for run in found if not with_result(work, run)]
    for token, figure in work.figs:
        if "sum" in figure.roles and figure.money == 1 and work.used.get(token) is None:
            before = [run for run in found if run[-1] < token and work.sentence[token] - work.sentence[run[0]] <= 1]
            if before and adds_up(work, token, before):
                for run in before:
                    keep(work, run)
                found = [run for run in found if run not in before]


def runs(work: Work) -> list[list[int]]:
    """The figures with nothing but blanks between them, two to five of them together."""
    found: list[list[int]] = []
    for i, figure in work.figs:
        plain = work.used.get(i) is None and figure.high is None and not figure.bound and not figure.hedged
        if not plain:
            continue
        if found and not work.text[work.tokens[found[-1][-1]].end : figure.start].strip():
            found[-1].append(i)
        else:
            found.append([i])
    return [run for run in found if FEWEST <= len(run) <= MOST]


def is_product(work: Work, run: list[int]) -> bool:
    """Whether a run is counts and one rate: 26人220元3天, 1.5万元/天3天; no 3人3次 and no 5万元3万元."""
    figures: list[Figure] = [work.tokens[i].data for i in run]
    money = [f for f in figures if f.money]
    counts = [f for f in figures if is_count(f)]
    if len(money) != 1 or money[0].money != 1 or len(counts) != len(run) - 1 or money[0].per:
        return False
    return all(n in TIME for n, p in money[0].unit if p < 0)


def node_of(work: Work, run: list[int]) -> Node:
    """The product of the figures of a run."""
    return Product(tuple(leaf_of(work.tokens[i].data) for i in run), (True,) * len(run))


def with_result(work: Work, run: list[int]) -> bool:
    """裁判员26人220元3天，计17160元: whether the product has its result right behind it, which is kept then."""
    if any(work.tokens[i].data.is_rate for i in run):
        return False  # 9名3850元/月12个月 says that it is a rate: it is prose
    k = run[-1] + 1
    while k < len(work.tokens) and work.tokens[k].kind in BEHIND:
        k += 1
    if k >= len(work.tokens) or work.tokens[k].kind is not Kind.FIGURE or work.used.get(k) is not None:
        return False
    figure: Figure = work.tokens[k].data
    if not figure.roles & LEADS or figure.money != 1 or figure.is_rate or figure.high is not None or figure.bound:
        return False
    reading = best(readings(node_of(work, run), figure, work.heading, work.leeway))
    if reading is None or reading.verdict is not Verdict.EXACT:
        return False
    entry = record(work, "equation", tuple(run), k, reading, ("missing-operator",))
    if entry is not None:
        work.entries.append(entry)
    return True


def adds_up(work: Work, token: int, found: list[list[int]]) -> bool:
    """Whether products and the plain amounts between them come to the total of ``token`` exactly."""
    inside = {i for run in found for i in run}
    values = []
    for run in found:
        value = evaluate(node_of(work, run))
        if value is None or value.clash:
            return False
        values.append(value.value)
    for i, figure in work.figs:
        if found[0][0] < i < token and i not in inside and figure.money:
            if figure.is_rate or work.used.get(i) not in (None, "result"):
                return False
            values.append(figure.value)
    stated: Figure = work.tokens[token].data
    return rational.total(values) == stated.value


def keep(work: Work, run: list[int]) -> None:
    """An amount for the total: what the factors of a run come to."""
    node = node_of(work, run)
    value = evaluate(node)
    assert value is not None, "adds_up has evaluated it"
    for i in run:
        work.used[i] = "operand"
    work.entries.append(Entry(run[0], run[-1], value.value, node, None, derived=True, composed=True))
