"""What a diagnosis works on and what it gives: a claim that misses, changes, suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from calcverify.basis.evaluate import evaluate, leaves
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.exact.rational import HALF, less, product, ratio, size, total, within
from calcverify.exact.verdict import Verdict, trailing_place
from calcverify.forms.model import StatedTotal
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.diagnose_solve import MOST_LEAVES
from calcverify.verify.diagnose_writing import Writing, writing
from calcverify.verify.model import Bilingual, Claim

BAD = (Verdict.MISMATCH, Verdict.QUERY)
MOST_OPERANDS = 60
HUNDREDTH = ratio(1, 100)


class Cause(str, Enum):
    """What may have gone wrong; permanent words for programs that read a suggestion."""

    DIGIT = "digit"
    DIGIT_MORE = "digit too many"
    DIGIT_LESS = "digit too few"
    SWAP = "swapped digits"
    SCALE = "scale"
    POINT = "decimal point"
    NOUGHT = "nought"
    FACTOR_LEFT = "factor left out"
    FACTOR_TWICE = "factor too many"
    MONTHS_LEFT = "months left out"
    MONTHS_TWICE = "months too many"
    ITEM_LEFT = "item left out"
    ITEM_TWICE = "item counted twice"
    SIGN = "sign"
    COPIED = "copied"
    RESULT = "result"
    SHARES = "shares swapped"
    RATES = "rates swapped"
    COMPLEMENT = "share of the rest"
    TENTHS = "tenths and per cent"
    UPDATED = "operand changed alone"
    FACTOR_UNWRITTEN = "factor not written"
    ITEM_UNWRITTEN = "item not written"


class Edit(NamedTuple):
    """A stretch of the basis (``None``: the form's total) and what would stand there instead."""

    span: Span | None
    text: str


class Change(NamedTuple):
    """One possible slip undone, before it is tried.

    ``cost`` is how much it takes to believe (1 for a slip of the pen). ``told`` are the
    figures, as written, that its message names beside the edit itself; ``power`` the power
    of ten of a scale or a point. ``total`` is the form's total as it would be read.
    ``carried`` are the figures that were made with the wrong one and follow it, ``value``
    is what a corrected stated figure is worth.
    """

    cause: Cause
    cost: int
    edits: tuple[Edit, ...]
    told: tuple[str, ...] = ()
    power: int = 0
    total: StatedTotal | None = None
    carried: tuple[Edit, ...] = ()
    value: Fraction | None = None


class Suggestion(NamedTuple):
    """A possible cause of a mismatch, every claim that it touches being consistent once it is undone.

    ``edits`` are the stretches of the basis and what would stand there instead, ``carried``
    the sums and totals made with the wrong figure that follow; ``message`` says it as a
    possibility. A suggestion changes no verdict.
    """

    cause: Cause
    edits: tuple[Edit, ...]
    message: Bilingual
    carried: tuple[Edit, ...] = ()

    @property
    def span(self) -> Span | None:
        """Where the figure stands in the basis; ``None`` for the form's total."""
        return self.edits[0].span

    @property
    def replacement(self) -> str:
        """What would stand there."""
        return self.edits[0].text


class Operand(NamedTuple):
    """A figure of the computation with the way it is written."""

    leaf: Leaf
    writing: Writing


class Trouble(NamedTuple):
    """A claim that misses, the ``number``-th of its form: its values, and the figures that may be wrong.

    ``figure`` is the stated figure's writing, ``slack`` how far a computed value may lie
    from a stated one and still be worth trying (the trial itself judges). ``ways`` are
    other computations that the words may mean once a figure is another: a remainder the
    other way round, a monthly rate over the year. ``targets`` are values that the stated
    figure may have been meant to repeat.
    """

    number: int
    claim: Claim
    node: Node
    computed: Fraction
    stated: Fraction
    place: Fraction
    slack: Fraction
    figure: Writing | None
    operands: tuple[Operand, ...]
    ways: tuple[Node, ...]
    targets: tuple[Fraction, ...]

    @property
    def is_short(self) -> bool:
        """Whether the computation has few enough figures to be solved for each of them."""
        return sum(1 for _ in islice(leaves(self.node), MOST_LEAVES + 1)) <= MOST_LEAVES

    @property
    def is_query(self) -> bool:
        """Whether the claim only asks."""
        return self.claim.verdict is Verdict.QUERY

    def fits(self, computed: Fraction, stated: Fraction, place: Fraction | None = None) -> bool:
        """Whether two values are near enough for a trial."""
        own = self.slack
        if place is not None and less(self.place, place):
            half = product(place, HALF)
            own = half if less(own, half) else own
        return within(computed, stated, own)


def troubles(case: Case) -> list[Trouble]:
    """The claims of a case that miss, mismatches before questions."""
    found = []
    for index, claim in enumerate(case.claims):
        trouble = trouble_of(case, index, claim) if claim.verdict in BAD else None
        if trouble is not None:
            found.append(trouble)
    return sorted(found, key=lambda t: t.is_query)


def trouble_of(case: Case, index: int, claim: Claim) -> Trouble | None:
    """The claim with its figures; ``None`` where it has nothing to compare."""
    stated = claim.stated
    if claim.computed is None or stated is None:
        return None
    text = case.work.text
    raw = stated.text + stated.scale if stated.span is None else stated.span.of(text)
    operands, seen = [], set()
    for leaf in leaves(claim.node):
        if leaf.span in seen or leaf.span.end <= leaf.span.start or leaf.kind == "one":
            continue  # 增长8% is 1 + 8%, and both stand at the same figure
        how = writing(leaf.span.of(text), leaf.value)
        if how is not None:
            seen.add(leaf.span)
            operands.append(Operand(leaf, how))
    return Trouble(
        index,
        claim,
        claim.node,
        claim.computed.value,
        stated.value,
        stated.place,
        slack(claim),
        writing(raw, stated.value),
        tuple(operands[:MOST_OPERANDS]),
        tuple(ways(claim)),
        tuple(dict.fromkeys(targets(case, claim))),
    )


def ways(claim: Claim) -> Iterator[Node]:
    """The computation, and what else the words may mean with another figure in them."""
    node = claim.node
    yield node
    if claim.kind == "balance" and isinstance(node, Sum):
        # 总投资86万元，已支付240万元，余下62万元: what is left is then taken the other way round.
        yield Sum(node.terms, tuple(not sign for sign in node.signs))
    monthly = any((name, power) == ("月", -1) for leaf in leaves(node) for name, power in leaf.unit)
    if monthly and not any(leaf.unit == (("月", 1),) for leaf in leaves(node)):
        yield Product((node, Leaf(Span(0, 0), Fraction(12), (("月", 1),), Fraction(1))), (True, True))


def targets(case: Case, claim: Claim) -> Iterator[Fraction]:
    """What the computation gives in each way; for a total every amount that the form knows."""
    for node in ways(claim):
        value = evaluate(node)
        if value is not None:
            yield value.value
    if claim.kind in ("sum", "partition"):
        yield from (each.yuan for each in case.form.totals)
    if claim.stated is not None and claim.stated.span is None:
        for other in case.claims[:MOST_OPERANDS]:
            for amount in (other.computed, other.stated):
                if amount is not None and amount.unit == "元" and other is not claim:
                    yield amount.value
        for entry in case.work.entries[:MOST_OPERANDS]:
            yield entry.value


def slack(claim: Claim) -> Fraction:
    """The widest difference that some verdict allows for a claim of this kind."""
    stated = claim.stated
    assert stated is not None, "only claims that compare are diagnosed"
    percent = product(size(stated.value), HUNDREDTH)
    own = product(stated.place, HALF)
    if stated.hedged:
        own = max(own, percent)
    if claim.kind in ("sum", "balance", "partition", "share", "total"):
        carried = total([own, *(product(leaf.place, HALF) for leaf in leaves(claim.node) if leaf.scale >= 1000)])
        own = max(own, min(percent, carried))
    if claim.kind in ("equation", "composed", "share", "total"):
        own = max(own, min(percent, product(trailing_place(stated.value, stated.place), HALF)))
    return own
