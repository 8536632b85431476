"""How the total is built: rows of a tree, from the total down to the figures it rests on.

A claim's computation names figures; where one of them is what another claim states, that
claim stands under it. The rows are made from the claims alone and know nothing of a
picture::

    总额 58.2万元                              mismatch
      ├ 3期 × 120人 × 450元/人   16.2万元      exact
      └ 360册 × 85元/册          3.6万元       mismatch, computed 3.06万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from calcverify.basis.evaluate import evaluate, leaves
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.units import power_of
from calcverify.exact.verdict import Verdict
from calcverify.report.model import Project
from calcverify.source import Span
from calcverify.verify.expression import expression, factors_of, terms_of
from calcverify.verify.model import Claim

# A tree of more rows or levels is no picture that a person takes in; the claims list everything.
MOST_ROWS, DEEPEST = 60, 8
# So much of the text before a figure names it: 教材费 of 教材费：360册×85元/册.
_NAMING = 16
_CLAUSE = re.compile(r"[，,。；;、\n\r\t=＝+＋（(]")
# What is left of the mark of an item once its clause is cut: 1）场租, 一)场租.
_ITEM = re.compile(r"[\d一二三四五六七八九十]{1,3}[)）]")


class Row(NamedTuple):
    """An amount of the tree.

    ``depth`` counts from 0 at the top. ``name`` are the words before the figure in the
    basis, ``reading`` the computation under it where it is not shown as rows of its own,
    ``value`` the amount in 元, as stated where it is stated. ``computed`` is what the rows
    below (or the reading) give. ``taken`` is true where the amount is subtracted. ``claim``
    is the index of the claim that states it.
    """

    depth: int
    name: str
    reading: str
    value: Fraction
    computed: Fraction | None = None
    verdict: Verdict | None = None
    claim: int | None = None
    taken: bool = False

    @property
    def breaks(self) -> bool:
        """Whether the tree breaks here: the amount does not follow from what is under it."""
        return self.verdict in (Verdict.MISMATCH, Verdict.QUERY)


class Tree(NamedTuple):
    """The rows from the top down, and how many more there would be."""

    rows: tuple[Row, ...]
    left_out: int = 0


def tree(project: Project) -> Tree:
    """The tree of a project: its total, or each computation of money that no other one uses.

    No rows where nothing is computed in money.
    """
    rows = list(islice(_all_rows(_Maker(project)), 10 * MOST_ROWS))
    return Tree(tuple(rows[:MOST_ROWS]), len(rows[MOST_ROWS:]))


def _all_rows(maker: _Maker) -> Iterator[Row]:
    """The rows under the total; then those of what breaks and is not among them."""
    shown: set[int | None] = set()
    tops = maker.tops()
    for at in tops:
        for row in maker.claim(at, 0, False, frozenset()):
            shown.add(row.claim)
            yield row
    for at, claim in enumerate(maker.project.claims):
        if claim.verdict is Verdict.MISMATCH and at not in shown and _is_money(claim):
            yield from maker.claim(at, 0, False, frozenset())


class _Maker:
    """The claims of one project, found by the figure that they state."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.text = project.basis_text
        self.stating: dict[Span, int] = {}
        for at, claim in enumerate(project.claims):
            # Of several claims that state one figure the first computes it, the others repeat it.
            if claim.stated is not None and claim.stated.span is not None and _is_money(claim):
                self.stating.setdefault(claim.stated.span, at)

    def tops(self) -> list[int]:
        """The total's claim alone where there is one; else every claim that no other one uses."""
        claims = self.project.claims
        total = [at for at, claim in enumerate(claims) if claim.kind == "total"]
        if total:
            return total[:1]
        used = {operand.span for claim in claims for operand in claim.operands}
        tops = [
            at
            for at, claim in enumerate(claims)
            if _is_money(claim) and (claim.stated is None or claim.stated.span not in used)
        ]
        form = self.project.stated_total
        if form is not None:
            # The total that a claim of the basis states already is no claim of its own.
            meets = [at for at in tops if (stated := claims[at].stated) is not None and stated.value == form.yuan]
            return meets[-1:] or tops
        return tops

    def claim(self, at: int, depth: int, taken: bool, above: frozenset[int]) -> Iterator[Row]:
        """A claim's stated amount, and under it what it is computed from."""
        claim = self.project.claims[at]
        value, computed = claim.stated, claim.computed
        amount = value.value if value is not None else computed.value if computed is not None else Fraction(0)
        below = list(self.below(claim.node, depth + 1, above | {at})) if depth < DEEPEST else []
        reading = "" if below else expression(claim.node)
        given = computed.value if computed is not None else None
        name = self.name(claim)
        yield Row(depth, name, reading, amount, given, claim.verdict, at, taken)
        yield from below

    def below(self, node: Node, depth: int, above: frozenset[int]) -> Iterator[Row]:
        """The rows under a computation: the terms of its sum; none for a product of figures."""
        single = terms_of(node)
        if len(single) == 1 and not self.opens(single[0][0], above):
            return
        for part, added in single:
            yield from self.part(part, depth, not added, above)

    def opens(self, part: Node, above: frozenset[int]) -> bool:
        """Whether a lone part has rows to show: a share of several amounts, a figure stated elsewhere."""
        if isinstance(part, Leaf):
            return self.stating.get(part.span, -1) not in above | {-1}
        return any(isinstance(f, Sum) or (isinstance(f, Leaf) and f.span in self.stating) for f, _ in factors_of(part))

    def part(self, part: Node, depth: int, taken: bool, above: frozenset[int]) -> Iterator[Row]:
        """A term of a sum as a row, with rows under it where it is built from others."""
        if isinstance(part, Leaf):
            at = self.stating.get(part.span)
            if at is not None and at not in above:
                yield from self.claim(at, depth, taken, above)
                return
        value = evaluate(part)
        amount = value.value if value is not None else Fraction(0)
        below: list[Row] = []
        reading = ""
        if isinstance(part, Product) and depth < DEEPEST and self.opens(part, above):
            factors = factors_of(part)
            for factor, _ in factors:
                if isinstance(factor, Sum) or (isinstance(factor, Leaf) and factor.span in self.stating):
                    for term, added in terms_of(factor):
                        below += self.part(term, depth + 1, not added, above)
            plain = [f for f, _ in factors if isinstance(f, Leaf) and f.span not in self.stating]
            reading = " × ".join(map(expression, plain)) + (" ×" if plain else "")
        elif not isinstance(part, Leaf):
            reading = expression(part)
        yield Row(depth, self.naming(leaves(part)[0].span.start), reading, amount, taken=taken)
        yield from below

    def name(self, claim: Claim) -> str:
        """The words that name a claim's figure; those before its computation where it is written out."""
        if claim.stated is not None and claim.stated.span is None:
            total = self.project.stated_total
            # "total" is the key of a record, no label that an officer would know.
            return total.field if total is not None and total.field != "total" else ""
        if claim.stated is None or claim.stated.span is None or claim.kind in ("equation", "composed"):
            return self.naming(claim.span.start)
        return self.naming(claim.stated.span.start)

    def naming(self, at: int) -> str:
        """The words before a place of the basis, back to where their clause begins."""
        before = self.text[max(0, at - 3 * _NAMING) : at].rstrip("：: ")
        name = _ITEM.sub("", _CLAUSE.split(before)[-1].strip("：: "), count=1)
        return name if len(name) <= _NAMING else "…" + name[1 - _NAMING :]


def _is_money(claim: Claim) -> bool:
    computed = claim.computed
    return computed is not None and (computed.unit.startswith("元") or _in_money(claim.node))


def _in_money(node: Node) -> bool:
    value = evaluate(node)
    return value is not None and power_of(value.unit, "元") == 1
