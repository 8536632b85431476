"""What a figure may come from where no rate before it gives it: a part of a rate, what a rate
leaves, several rates of one count, the rate of the payer who is named again.

Such readings only confirm: ``每人20元，其中财政15元、个人5元，财政需87万元`` of 5.8万人 is 5.8万人 × 15元/人,
and a figure that none of them gives is asked nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.labels import payer
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.options import Term
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Statement, Work
from calcverify.exact.units import Unit

# A part of a rate, or what is added to it, is of its order: 每户500元和150元的慰问品, not 500元 and 3万元.
ORDER = 50


class Mixture(NamedTuple):
    """Products and plain amounts that may make one figure: all as one term, and each product's own."""

    term: Term
    products: tuple[Term, ...]


# The term of a rate with its counts, up to a token.
Finder = Callable[[int, int], Term | None]


def further_terms(
    work: Work, token: int, rates: Sequence[int], free: Sequence[int], units: dict[int, Unit], find: Finder
) -> Iterator[Term]:
    """The terms that may give the figure of ``token``; ``free`` are the rates that nothing has taken."""
    before = [r for r in rates if r < token and 0 <= work.sentence[token] - work.sentence[r] <= 1]
    if not before:
        return
    name = payer(work.label(token))
    theirs = [r for r in before if name and r in free and payer(work.label(r)) == name]
    if theirs and (term := find(theirs[-1], token)) is not None:
        yield term  # 2400户，省级每户500元，县级每户200元，共168万元，县级需48万元
    for rate in before:
        term = find(rate, token)
        if term is None:
            continue
        whole = rate_leaf(term, work.tokens[rate].data)
        beside = amounts_beside(work, rate, token)
        for i, leaf in beside:
            part = leaf._replace(unit=units[rate])
            if is_part(work, rate, i):
                yield swapped(term, whole, part, i)
                yield swapped(term, whole, Sum((whole, part), (True, False)), i)
        if rate not in free:
            continue
        others = [r for r in before if r != rate and units[r] != (("元", 1),)]
        if others and leaves_rest(work, before[0], token):
            # 中央补助每人1.5万元、省补助每人1万元，其余由县负担，人均4.2万元，县负担81.6万元
            less = tuple(leaf_of(work.tokens[r].data)._replace(unit=units[rate]) for r in others)
            yield swapped(term, whole, Sum((whole, *less), (True, *(False for _ in less))), *others)
        if beside:
            terms = (whole, *(leaf._replace(unit=units[rate]) for _, leaf in beside))
            yield swapped(term, whole, Sum(terms, (True,) * len(terms)), *(i for i, _ in beside))


def with_amounts(work: Work, token: int, rates: Sequence[int], amounts: Sequence[int], find: Finder) -> Mixture | None:
    """The products and the plain ``amounts`` that may make the figure of ``token``: those since the last
    result, or with the results themselves those since the last total."""
    results = [i for i, f in work.figs if i < token and f.money == 1 and work.used.get(i) == "result"]
    since = max(results, default=-1)
    if "sum" in work.tokens[token].data.roles:
        since = max((i for i in results if "sum" in work.tokens[i].data.roles), default=-1)
        amounts = sorted({*amounts, *results})
    plain = [i for i in amounts if since < i < token and work.sentence[i] == work.sentence[token]]
    near = [
        r for r in rates
        if since < r < token and work.used.get(r) is None and work.sentence[r] == work.sentence[token]
    ]
    terms = tuple(t for t in (find(r, token) for r in near) if t is not None)
    if not plain or not terms or len(terms) < len(near):
        return None
    nodes = (*(t.node for t in terms), *(leaf_of(work.tokens[i].data) for i in plain))
    tokens = tuple(sorted({*plain, *(i for t in terms for i in t.tokens)}))
    return Mixture(Term(Sum(nodes, (True,) * len(nodes)), tokens, (), near[-1]), terms)


def counts_twice(mixed: Mixture, missed: Sequence[Statement], leads: frozenset[str]) -> bool:
    """Whether a mixture adds a product and the figure that the words (``leads``) say it gives.

    12户，每户8000元，需5万元，合计14.6万元: the 5万元 is what the product should give, no item beside it.
    """
    factors = {i for t in mixed.products for i in t.tokens}
    stated = [s.stated for s in missed if s.stated is not None and factors & set(s.operands)]
    return any(figure.index in mixed.term.tokens and figure.roles & leads for figure in stated)


def rate_leaf(term: Term, rate: Figure) -> Leaf:
    """The rate itself among the factors of its term."""
    factors = term.node.factors if isinstance(term.node, Product) else (term.node,)
    start = leaf_of(rate).span
    return next(f for f in factors if isinstance(f, Leaf) and f.span == start)


def amounts_beside(work: Work, rate: int, token: int) -> list[tuple[int, Leaf]]:
    """The amounts between a rate and a figure that are no rates and of the rate's order, a few at most."""
    own: Figure = work.tokens[rate].data
    found = [
        (i, leaf_of(f))
        for i, f in work.figures()
        if rate < i < token and f.money == 1 and not f.is_rate and not f.bound and f.high is None
        and f.scale == own.scale and work.used.get(i) is None and f.value * ORDER >= own.value >= f.value / ORDER
    ]
    return found if len(found) <= 4 else []


def is_part(work: Work, rate: int, i: int) -> bool:
    """Whether 其中 stands between a rate and an amount below it."""
    smaller = work.tokens[i].data.value < work.tokens[rate].data.value
    return smaller and any(t.kind is Kind.CUE and "part" in t.data for t in work.tokens[rate:i])


def leaves_rest(work: Work, rate: int, token: int) -> bool:
    """Whether 其余, 剩余 stands between a rate and a figure."""
    return any(t.kind is Kind.CUE and "rest" in t.data for t in work.tokens[rate:token])


def swapped(term: Term, old: Leaf, new: Node, *tokens: int) -> Term:
    """The term with another figure in place of its rate."""
    factors = term.node.factors if isinstance(term.node, Product) else (term.node,)
    node = Product(tuple(new if f is old or f == old else f for f in factors), (True,) * len(factors))
    return term._replace(node=node, tokens=tuple(sorted({*term.tokens, *tokens})))
