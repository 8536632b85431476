"""Slips in the working: a factor or an item left out or used twice, a sign, a result copied down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from calcverify.basis.evaluate import leaves
from calcverify.basis.nodes import Leaf, Node, Sum
from calcverify.basis.tokens import Kind
from calcverify.exact.printing import places
from calcverify.exact.rational import (
    HALF,
    ZERO,
    integer,
    less,
    minus,
    plus,
    product,
    quotient,
    ratio,
    same,
    within,
)
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.claims import SCALE_WORDS
from calcverify.verify.diagnose_figures import restated
from calcverify.verify.diagnose_model import Cause, Change, Edit, Trouble
from calcverify.verify.diagnose_solve import Slip, replaced, value_of
from calcverify.verify.diagnose_writing import MOST_BITS, MOST_DECIMALS, Rewrite, Writing, plain, written

CAUSES = {
    "factor-left": Cause.FACTOR_LEFT,
    "factor-twice": Cause.FACTOR_TWICE,
    "item-left": Cause.ITEM_LEFT,
    "item-twice": Cause.ITEM_TWICE,
    "sign": Cause.SIGN,
}
MONTHS = integer(12)
MONTHLY, TENTH, TENFOLD = ratio(1, 12), ratio(1, 10), integer(10)
# What 8折 is taken for, and 8%.
MISTAKEN = {"zhe": TENTH, "cheng": TENTH, "percent": TENFOLD}
OPPOSITE = {"加上": "减去", "减去": "加上", "加": "减", "减": "加", "+": "-", "＋": "－", "﹢": "-"}
MINUS = "-－−–—﹣"
LARGEST_FACTOR = 100_000
LARGEST_ITEM = 10**15
LONGEST_PART = 24


def in_result(trouble: Trouble, case: Case, worked: Sequence[Slip]) -> Iterator[Change]:
    """A result that was worked out with a slip, one of those in ``worked``."""
    w = trouble.figure
    if w is None:
        return
    half = product(trouble.place, HALF)
    right = written(w, trouble.computed)
    if right is not None and right.text != w.text and trouble.fits(trouble.computed, right.value, right.place):
        for cause, factor in ((Cause.MONTHS_LEFT, MONTHS), (Cause.MONTHS_TWICE, MONTHLY)):
            if within(product(trouble.stated, factor), trouble.computed, product(half, factor)) and months_inside(
                trouble.node, cause
            ):
                yield restated(trouble, case, right, cause, 1)
        for slip in worked:
            if within(slip.value, trouble.stated, half) and (slip.kind != "sign" or signed(trouble, case, slip.part)):
                yield restated(trouble, case, right, CAUSES[slip.kind], 1, (part_text(case, slip.part),))
        yield from tenths(trouble, case, right)


def used_as_it_is(trouble: Trouble, case: Case) -> Iterator[Change]:
    """A wrong result, whatever made it so, where other claims speak for the figures that it comes from."""
    w = trouble.figure
    right = written(w, trouble.computed) if w is not None and used_elsewhere(trouble, case) else None
    if w is None or right is None or right.text == w.text:
        return
    if trouble.fits(trouble.computed, right.value, right.place):
        yield restated(trouble, case, right, Cause.RESULT, 3)


def used_elsewhere(trouble: Trouble, case: Case) -> bool:
    """Whether another claim is made with the stated figure, or with all that it stands for, and can speak for it."""
    stated = trouble.claim.stated.span if trouble.claim.stated is not None else None
    if stated is None:
        return False
    own = {leaf.span for leaf in leaves(trouble.node)}
    others = ({operand.span for operand in claim.operands} for claim in case.claims if claim is not trouble.claim)
    return any(stated in used or own <= used for used in others)


def in_copies(trouble: Trouble, case: Case) -> Iterator[Change]:
    """A result that was taken from another line."""
    w = trouble.figure
    told = copied_from(trouble, case)
    if w is None or not told:
        return
    for target in trouble.targets:
        full = written(w, target, full=True)
        if full is not None and full.text != w.text:
            yield restated(trouble, case, full, Cause.COPIED, 1, (told, other_scale(w, full)))


def tenths(trouble: Trouble, case: Case, right: Rewrite) -> Iterator[Change]:
    """8折 taken as 8%, or 8% as 8折."""
    for operand in trouble.operands:
        leaf = operand.leaf
        factor = MISTAKEN.get(leaf.kind)
        taken = value_of(replaced(trouble.node, {leaf: product(leaf.value, factor)})) if factor is not None else None
        if taken is not None and within(taken, trouble.stated, product(trouble.place, HALF)):
            yield restated(trouble, case, right, Cause.TENTHS, 1, (part_text(case, leaf),))


def signed(trouble: Trouble, case: Case, part: Node) -> bool:
    """Whether something is taken off or put on in the words, so that a sign can be mixed up."""
    return trouble.claim.kind in ("balance", "share") or operator_before(case, part) is not None


def months_inside(node: Node, cause: Cause) -> bool:
    """Whether the working had twelve months to leave out; it may always have had them too many."""
    return cause is Cause.MONTHS_TWICE or any(leaf.value == MONTHS for leaf in leaves(node))


def part_text(case: Case, part: Node) -> str:
    """An operand or an item as the text names it: ``12个月``, ``租车费0.56万元``."""
    text = case.work.text
    spans = [leaf.span for leaf in leaves(part) if leaf.span.end > leaf.span.start]
    if not spans:
        return "12个月" if isinstance(part, Leaf) and part.value == MONTHS else ""
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    if isinstance(part, Leaf) and part.unit[:1] == (("元", 1),):
        whole = Span(label_start(case, whole.start), whole.end)
    said = "".join(whole.of(text).split())
    return said if len(said) <= LONGEST_PART else said[: LONGEST_PART - 1] + "…"


LONGEST_LABEL = 10


def label_start(case: Case, at: int) -> int:
    """Where the words right before a figure begin, if they are words of its own."""
    text = case.work.text
    floor = max((f.end for _, f in case.work.figures() if f.end <= at), default=0)
    first = at
    while first > max(floor, at - LONGEST_LABEL) and "一" <= text[first - 1] <= "鿿":
        first -= 1
    return at if first == floor and floor else first


def copied_from(trouble: Trouble, case: Case) -> str:
    """Another figure of the text with the same amount as the stated one, with its words; else empty."""
    own = trouble.claim.stated
    assert own is not None, "only claims that compare are diagnosed"
    repeats = {  # 48600元=4.86万元 states one amount twice
        claim.stated.span.start
        for claim in case.claims
        if claim.stated is not None and claim.stated.span is not None
        if any(operand.span == own.span for operand in claim.operands)
    }
    for _, other in case.work.figures():
        if other.start in repeats:
            continue
        if other.money != 1 or not same(other.value, own.value) or not own.value:
            continue
        if own.unit == "元" and own.span is not None and other.start != own.span.start:
            return "".join(case.work.text[label_start(case, other.start) : other.end].split())
    return ""


def other_scale(w: Writing, rewrite: Rewrite) -> str:
    """The amount in the other scale that the line may have had: 3.25万元 is 32500元."""
    worth = Fraction(1) if w.worth >= 10**4 else Fraction(10**4)
    number = rewrite.value / worth
    decimals = places(number)
    if w.worth not in (1, 10**4) or decimals is None or decimals > 4 or number < 1:
        return ""
    return f"{plain(number, decimals)}{'元' if worth == 1 else '万元'}"


def in_signs(trouble: Trouble, case: Case, worked: Sequence[Slip]) -> Iterator[Change]:
    """A written plus that should be a minus, or the other way round."""
    for slip in worked:
        if slip.kind != "sign" or not trouble.fits(slip.value, trouble.stated):
            continue
        found = operator_before(case, slip.part)
        if found is not None:
            word = found.of(case.work.text).strip()
            other = OPPOSITE.get(word, "+" if word in MINUS else "-")
            yield Change(Cause.SIGN, 1, (Edit(found, other),), (word + part_text(case, slip.part),))


def operator_before(case: Case, term: Node) -> Span | None:
    """The written plus or minus before a term."""
    start = min((leaf.span.start for leaf in leaves(term)), default=-1)
    tokens = case.work.tokens
    at = next((i for i, token in enumerate(tokens) if token.start <= start < token.end), 0)
    for token in reversed(tokens[max(0, at - 6) : at]):
        if token.kind is Kind.OPERATOR:
            return Span(token.start, token.end) if token.data in "+-" else None
        if token.kind in (Kind.FIGURE, Kind.EQUALS, Kind.STOP):
            return None
    return None


def factors_unwritten(trouble: Trouble) -> Iterator[Change]:
    """A factor that the text does not write and that would close the gap."""
    node = trouble.node
    if trouble.claim.kind in ("equation", "total"):
        for term in node.terms if isinstance(node, Sum) else (node,):
            yield from factor_unwritten(trouble, term)


def unwritten(trouble: Trouble, case: Case) -> Iterator[Change]:
    """A factor or an item that the text does not write, other than the twelve months."""
    node = trouble.node
    yield from (change for change in factors_unwritten(trouble) if change.cost > 1)
    if isinstance(node, Sum | Leaf) and trouble.stated > trouble.computed and all(getattr(node, "signs", ())):
        yield from item_unwritten(trouble, case)


def factor_unwritten(trouble: Trouble, term: Node) -> Iterator[Change]:
    """``6人×2600元/人＝18.72万元``: ×12 is not written. ``term`` is the product, alone or in a sum."""
    last = end_of(trouble, term)
    own = value_of(term) if last is not None else None
    if last is None or not own:
        return
    needed, half = plus(minus(trouble.stated, trouble.computed), own), product(trouble.place, HALF)
    low, high = quotient(minus(needed, half), own), quotient(plus(needed, half), own)
    if less(high, low):
        low, high = high, low
    if not less(ZERO, high):
        return
    factor = -(-low // 1)
    if 2 <= factor <= high and factor + 1 > high and factor <= LARGEST_FACTOR:
        cost = 1 if factor == MONTHS else 3
        yield Change(Cause.FACTOR_UNWRITTEN, cost, (Edit(Span(last, last), f"×{factor}"),), (f"×{factor}",))
        return
    percent = -(-low * 100 // 1)
    if 1 <= percent <= high * 100 and percent + 1 > high * 100 and percent < 100:
        yield Change(Cause.FACTOR_UNWRITTEN, 3, (Edit(Span(last, last), f"×{percent}%"),), (f"×{percent}%",))


def item_unwritten(trouble: Trouble, case: Case) -> Iterator[Change]:
    """The items fall short: one more of just that amount may be missing from the list."""
    last = behind_results(case, trouble)
    stated = trouble.claim.stated
    assert stated is not None, "only claims that compare are diagnosed"
    number = quotient(minus(trouble.stated, trouble.computed), stated.scale_value)
    if last is None or number >= LARGEST_ITEM or number.denominator.bit_length() > MOST_BITS:
        return
    decimals = places(number)
    if decimals is None or decimals > MOST_DECIMALS:
        return
    word = SCALE_WORDS.get(int(stated.scale_value), "元") if stated.unit == "元" else stated.unit
    item = f"{plain(number, decimals)}{word}"
    node = trouble.node
    listed = isinstance(node, Sum) and operator_before(case, node.terms[-1]) is None
    glue = "、其他" if listed else "+"
    yield Change(Cause.ITEM_UNWRITTEN, 4, (Edit(Span(last, last), glue + item),), (item,))


def behind_results(case: Case, trouble: Trouble) -> int | None:
    """Where one more item would stand: behind the last operand and the result that it leads to."""
    own = trouble.claim.stated
    starts = [leaf.span.start for leaf in leaves(trouble.node)]
    if own is not None and own.span is not None and own.span.start > min(starts):
        return end_of(trouble, trouble.node)
    last = max(leaf.span.end for leaf in leaves(trouble.node))
    results = [
        claim.stated.span.end
        for claim in case.claims
        if claim.stated is not None and claim.stated.span is not None and claim is not trouble.claim
        if any(operand.span.end == last for operand in claim.operands)
    ]
    return max([last, *results[:1]])


def end_of(trouble: Trouble, part: Node) -> int | None:
    """Where the last operand of a part ends, if the result stands behind it."""
    ends = [leaf.span.end for leaf in leaves(part)]
    stated = trouble.claim.stated.span if trouble.claim.stated is not None else None
    if not ends or (stated is not None and stated.start < max(ends)):
        return None
    return max(ends)
