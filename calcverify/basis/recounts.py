"""Other counts for a rate, where the nearest does not give the figure that follows.

``全镇共6200人，其中低保120人。慰问金每人500元，计6万元``: which people are meant is told by the amount alone, so
that these readings only confirm. Where several counts stand at hand and none of them gives it, nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.counts import TIME, Counts, is_count
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.options import Term
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Work
from calcverify.exact.units import power_of

LIST = frozenset({Kind.TEXT, Kind.PAUSE, Kind.CUE})
MOST = 12  # counts of one unit that are tried
REACH = 4  # sentences back in which a count may stand


def other_terms(work: Work, counts: Counts, term: Term, until: int) -> Iterator[Term]:
    """The term with another count in the place of one of its own, with two others, or without one that its
    rate does not name."""
    factors = term.node.factors if isinstance(term.node, Product) else (term.node,)
    rate: Figure = work.tokens[term.rate].data
    singles: list[tuple[Leaf, int, int, Leaf]] = []
    for i in term.tokens:
        figure: Figure = work.tokens[i].data
        if i == term.rate or figure.money:
            continue
        own = next((f for f in factors if isinstance(f, Leaf) and f.span == leaf_of(figure).span), None)
        if own is None:
            continue
        # 9次，每次110人，每人140元 needs its 9次, which the 110人 of each are of.
        needed = any(power_of(f.unit, n) < 0 for n, p in figure.unit if p > 0 for f in factors if isinstance(f, Leaf))
        if not needed and len(term.tokens) > 1:
            yield without(term, own, i)  # 热线45席，…，线路租赁费每月2.3万元，全年27.6万元
        for k, other in alike(work, counts, i, figure, until):
            if k not in term.tokens:
                singles.append((own, i, k, leaf_of(other)))
    if all(n in TIME for n, p in rate.unit if p < 0):
        yield from with_people(work, term, until)
    for own, i, k, leaf in singles[:MOST]:
        if beside(work, i, k):  # 散居31人、无人抚养158人，每人每月1000元
            pair = (own, leaf) if own.span <= leaf.span else (leaf, own)
            yield exchanged(work, term, [(own, i, k, Sum(pair, (True, True)))], (i,))
    for own, i, k, leaf in singles[:MOST]:
        yield exchanged(work, term, [(own, i, k, leaf)])
    for a in singles[:MOST]:
        for b in singles[:MOST]:
            if a[1] < b[1]:
                yield exchanged(work, term, [a, b])


def with_people(work: Work, term: Term, until: int) -> Iterator[Term]:
    """护林员88名，…；非防火期每月750元，5个月，计33万元: pay by the month is pay for the people told before."""
    held = {i for i in term.tokens if power_of(work.tokens[i].data.unit, "人") > 0}
    people = [
        (k, f) for k, f in work.figures()
        if k < until and k not in term.tokens and f.unit == (("人", 1),) and is_count(f) and f.high is None
        and "previous" not in f.roles and 0 <= work.sentence[until] - work.sentence[k] <= REACH
    ]
    if held or not isinstance(term.node, Product):
        return
    for k, f in people[::-1][:MOST]:
        node = Product((*term.node.factors, leaf_of(f)), (*term.node.ups, True))
        yield term._replace(node=in_text_order(node), tokens=tuple(sorted({*term.tokens, k})))


def alike(work: Work, counts: Counts, i: int, figure: Figure, until: int) -> list[tuple[int, Figure]]:
    """The other counts of what a count counts, used or not, the nearest to the figure first."""
    name = next((n for n, p in figure.unit if p > 0), "")
    found = [
        (k, f) for k, f in work.figures()
        if k < until and k != i and is_count(f) and f.high is None and "previous" not in f.roles
        and 0 <= work.sentence[until] - work.sentence[k] <= REACH and f.value != figure.value
        and (power_of(f.unit, name) == 1 or (name not in TIME and counts.matches(name, k, f)))
        and len(f.unit) in (1, len(figure.unit))
    ]
    return found[::-1][:MOST]


def beside(work: Work, i: int, k: int) -> bool:
    """Whether two counts stand in one list, parted by 、 or 和."""
    first, last = min(i, k), max(i, k)
    between = work.tokens[first + 1 : last]
    words = work.text[work.tokens[first].end : work.tokens[last].start]
    return all(t.kind in LIST for t in between) and words.lstrip()[:1] in ("、", "和", "及", "与")


def exchanged(
    work: Work, term: Term, changes: Sequence[tuple[Leaf, int, int, Node]], kept: tuple[int, ...] = ()
) -> Term:
    """A term with other counts, or sums of them, in the places of some of its own; ``kept`` stay operands."""
    node, tokens = term.node, set(term.tokens)
    for own, i, k, leaf in changes:
        assert isinstance(node, Product), "a term with a count is a product"
        node = Product(tuple(leaf if f == own else f for f in node.factors), node.ups)
        tokens = (tokens - {i}) | {k, *kept}
    rate: Figure = work.tokens[term.rate].data
    missing = tuple(n for n in term.missing if power_of(rate.unit, n) < 0)  # of the rate, not of the count put away
    return term._replace(node=in_text_order(node), tokens=tuple(sorted(tokens)), missing=missing)


def without(term: Term, own: Leaf, i: int) -> Term:
    """A term without one of its counts."""
    assert isinstance(term.node, Product), "a term with a count is a product"
    factors = tuple(f for f in term.node.factors if f != own)
    return term._replace(node=Product(factors, (True,) * len(factors)), tokens=tuple(k for k in term.tokens if k != i))


def in_text_order(node: Node) -> Node:
    """A product with its figures in the order of the text."""
    if not isinstance(node, Product) or not all(isinstance(f, Leaf) for f in node.factors):
        return node
    factors = tuple(sorted(node.factors, key=lambda f: f.span if isinstance(f, Leaf) else ()))
    return Product(factors, (True,) * len(factors))


def told_apart(work: Work, counts: Counts, terms: list[Term], until: int) -> bool:
    """Whether each count of some products is the only one of its kind in their sentence; one that another of the
    products takes, and the whole that some of them are parts of, leave no doubt."""
    known = {i for term in terms for i in term.tokens} | counts.wholes
    taken = [work.tokens[i].data for i in known if is_count(work.tokens[i].data)]
    for k, f in work.figures():
        same = [x.value for x in taken if x.unit == f.unit]
        if len(same) > 1 and f.value == sum(same):
            known.add(k)  # 12个，其中市级4个每个8万元，县级8个每个3万元
    for term in terms:
        yearly = power_of(work.tokens[term.rate].data.unit, "年") < 0
        if yearly and any(
            f.unit == (("月", 1),) and term.rate < k < until and work.sentence[k] == work.sentence[until]
            for k, f in work.figures()
        ):
            return False  # 每处年租金1.65万元，本年按9个月需29.7万元
        for i in term.tokens:
            figure: Figure = work.tokens[i].data
            if i == term.rate or figure.money or not is_count(figure):
                continue
            same = [
                k for k, f in alike(work, counts, i, figure, until)
                if k not in known and work.sentence[k] == work.sentence[i]
            ]
            if same and (work.part[i] != work.part[term.rate] or any(work.part[k] == work.part[i] for k in same)):
                return False
    return True

