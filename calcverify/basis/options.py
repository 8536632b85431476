"""The readings that the words before a figure allow, the plainest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.counts import FULL_YEAR, RATIOS, TIME, Counts
from calcverify.basis.evaluate import evaluate, leaves
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import CONFIRMED, Work
from calcverify.exact.interval import Interval
from calcverify.exact.rational import ONE, ZERO, less
from calcverify.exact.rounding import Mode
from calcverify.exact.units import power_of
from calcverify.exact.verdict import Shape, Verdict, judge, may_carry
from calcverify.patterns import pattern
from calcverify.source import Span

DESCRIBES = pattern(
    "(?:含水|使用|利用|完成|满意|覆盖|合格|达标|入住|出勤|普及|在线|及格|优良|接通|参与|就业|绿化|回收)率[为达约]?$"
)
# 减半收取 halves a rate of charge, 翻一番 doubles it, 往返 counts a fare twice.
CHANGES = (("halving", Fraction(1, 2)), ("doubling", Fraction(2)), ("roundtrip", Fraction(2)))


class Term(NamedTuple):
    """A rate with the counts found for it: ``tokens`` are all of them, ``rate`` the rate's own,
    ``missing`` the times of the rate (月, 天) for which the text gives no count."""

    node: Node
    tokens: tuple[int, ...]
    missing: tuple[str, ...]
    rate: int


class Option(NamedTuple):
    """One reading: what it gives, the verdict, the tokens; ``confirms`` where it may only
    confirm and never ask."""

    node: Node
    value: Fraction
    verdict: Verdict
    tokens: tuple[int, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    confirms: bool = False


def readings_of(work: Work, counts: Counts, token: int | None, terms: Sequence[Term]) -> Iterator[Option]:
    """Every reading of the terms before the figure of ``token`` (``None``: no figure follows)."""
    figure: Figure | None = work.tokens[token].data if token is not None else None
    until = token if token is not None else max(max(t.tokens) for t in terms)
    if len(terms) >= 2 and figure is not None:
        yield from override(work, terms, figure)
    for number, chosen in enumerate(groupings(terms, figure)):
        tokens = tuple(sorted({i for t in chosen for i in t.tokens}))
        node = chosen[0].node if len(chosen) == 1 else Sum(tuple(t.node for t in chosen), (True,) * len(chosen))
        missing = tuple(dict.fromkeys(m for t in chosen for m in t.missing))
        extra = shares_near(work, terms, until)
        later = number > 0
        if extra:
            used = tuple(i for i, _ in extra if i >= 0)
            yield option(work, times_all(node, [x for _, x in extra]), figure, (*tokens, *used), missing, later)
            if len(extra) > 1:
                for i, leaf in extra:
                    with_one = (*tokens, i) if i >= 0 else tokens
                    yield option(work, times_all(node, [leaf]), figure, with_one, missing, later)
        yield option(work, node, figure, tokens, missing, later)
        if figure is None:
            continue
        for unit in missing:
            if unit in FULL_YEAR:
                leaf = Leaf(Span(figure.start, figure.start), Fraction(FULL_YEAR[unit]), ((unit, 1),), Fraction(1))
                longer = [times_all(t.node, [leaf]) if unit in t.missing else t.node for t in chosen]
                whole = longer[0] if len(longer) == 1 else Sum(tuple(longer), (True,) * len(longer))
                found = option(work, whole, figure, tokens, missing, True)
                if found.verdict in CONFIRMED:
                    yield found._replace(notes=(("months", str(FULL_YEAR[unit])),))
        more = other_counts(work, counts, chosen, until)
        for picked in [[m] for m in more] + ([more] if len(more) > 1 else []):
            with_counts = (*tokens, *(i for i, _ in picked))
            for factors in ((*picked, *extra), picked):
                candidate = option(work, times_all(node, [x for _, x in factors]), figure, with_counts, missing, True)
                if candidate.verdict in CONFIRMED:
                    yield candidate


def groupings(terms: Sequence[Term], figure: Figure | None) -> list[Sequence[Term]]:
    """Which of several products a figure adds up: all, those since it last made sense, the last."""
    if len(terms) == 1:
        return [terms]
    counts = [set(t.tokens) - {t.rate} for t in terms]
    shared = any(a & b for k, a in enumerate(counts) for b in counts[k + 1 :])
    summed = figure is not None and "sum" in figure.roles
    if summed and not shared:
        return [terms]
    return [terms, terms[-1:], terms[:1]] if summed or not shared else [terms[-1:], terms, terms[:1]]


def option(
    work: Work, node: Node, figure: Figure | None, tokens: tuple[int, ...], missing: tuple[str, ...], confirms: bool
) -> Option:
    """One reading with its verdict (a query where there is no figure)."""
    value = evaluate(node)
    assert value is not None, "a product without divisions has a value"
    if figure is None:
        return Option(node, value.value, Verdict.QUERY, tokens, missing)
    target = target_of(figure)
    factors = decimal_factors(node, work.leeway.mode) if may_carry(value.value, target) else ()
    verdict = judge(Shape.COMPOSED, value.value, target, (), factors, leeway=work.leeway)
    return Option(node, value.value, verdict, tokens, missing, (), confirms)


def decimal_factors(node: Node, mode: Mode) -> Sequence[Interval]:
    """The preimages of a product's factors where its rate is a decimal (63.45元/亩), else none."""
    rates = [leaf for leaf in leaves(node) if power_of(leaf.unit, "元") == 1 and less(leaf.place, ONE)]
    if not rates or not isinstance(node, Product):
        return ()
    return [mode.preimage(leaf.value, leaf.place if leaf in rates else ZERO) for leaf in leaves(node)]


def shares_near(work: Work, terms: Sequence[Term], until: int) -> list[tuple[int, Leaf]]:
    """Rates of charge, discounts, multiples and halvings around the rates and before the result."""
    places = [i for t in terms for i in t.tokens]
    first, last = min(places), max(places)
    found: list[tuple[int, Leaf]] = []
    parts = {work.part[i] for i in places}
    for i, token in enumerate(work.tokens[: max(until, last) + 1]):
        near = work.part[i] in parts or (first < i and work.sentence[i] == work.sentence[last])
        if not near:
            continue
        if token.kind is Kind.FIGURE and work.figs and DESCRIBES.search(work.label(i)):
            continue  # 污泥含水率80%，日产8吨: what is told of a thing is no factor
        if token.kind is Kind.FIGURE and token.data.kind in RATIOS and not token.data.money and i not in work.used:
            if not token.data.bound and token.data.high is None and not token.data.unit:
                found.append((i, leaf_of(token.data)))
        elif token.kind is Kind.CUE:
            for role, value in CHANGES:
                if role in token.data:
                    found.append((-1, Leaf(Span(token.start, token.end), value, (), Fraction(1), 1, role, True)))
    return found


def other_counts(work: Work, counts: Counts, terms: Sequence[Term], until: int) -> list[tuple[int, Leaf]]:
    """Counts in the same part that the rate did not ask for: 3次, 5期, 每天20人."""
    tokens = {i for t in terms for i in t.tokens}
    parts = {work.part[t.rate] for t in terms}
    over = {n for i in tokens for n, p in work.tokens[i].data.unit if p > 0}
    return [
        (i, leaf_of(f)._replace(unit=()))
        for i, f in counts.free
        if i not in tokens and i < until and work.part[i] in parts
        and not any(n in over for n, p in f.unit if p > 0)
    ]


def override(work: Work, terms: Sequence[Term], figure: Figure) -> Iterator[Option]:
    """24名每人3800元，其中6名每人5400元，共10.08万元: what an exception leaves of the rate before it."""
    for k in range(len(terms) - 2, -1, -1):
        general, specials = terms[k], terms[k + 1 :]
        node = with_exception(work, general, *specials)
        if node is not None:
            tokens = {*general.tokens, *(i for special in specials for i in special.tokens)}
            yield option(work, node, figure, tuple(sorted(tokens)), (), False)


def with_exception(work: Work, general: Term, *specials: Term) -> Node | None:
    """24名每人3800元，其中6名每人5400元: (24 − 6) × 3800 + 6 × 5400; ``None`` where these are no exceptions.

    其中6名每人增加1600元 adds to the rate and replaces nothing; 其中6名每人5400元、2名每人6000元 are two exceptions.
    """
    first = [work.tokens[i].data for i in specials[0].tokens]
    every = [work.tokens[i].data for special in specials for i in special.tokens]
    if not any("part" in f.roles for f in first) or any("surcharge" in f.roles for f in every):
        return None
    count, parts = things(general.node), [things(special.node)[:1] for special in specials]
    if not count or not all(parts) or not isinstance(general.node, Product):
        return None
    taken = [part[0] for part in parts]
    alike = all(part.unit == count[0].unit for part in taken) and len(set(taken)) == len(taken)
    if not alike or count[0].value <= sum(part.value for part in taken):
        return None
    rest = Sum((count[0], *taken), (True, *(False for _ in taken)))
    factors = tuple(rest if f == count[0] else f for f in general.node.factors)
    terms = (Product(factors, general.node.ups), *(special.node for special in specials))
    return Sum(terms, (True,) * len(terms))


def things(node: Node) -> list[Leaf]:
    """The counts of a product that are neither money nor time."""
    return [x for x in leaves(node) if power_of(x.unit, "元") == 0 and not any(n in TIME for n, _ in x.unit)]


def times_all(node: Node, more: Sequence[Leaf]) -> Node:
    """A product with further factors; each term of a sum gets them."""
    if not more:
        return node
    if isinstance(node, Product):
        return Product((*node.factors, *more), (*node.ups, *(True for _ in more)))
    return Product((node, *more), (True,) * (1 + len(more)))
