"""Units that nothing cancels, wherever a computation stands (design section 6).

A statement carries its own in ``issues``. A computation whose result is not written is
judged here, as the form's total that it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from calcverify.basis.evaluate import evaluate, leaves
from calcverify.basis.interpret import left_in_terms, terms_of
from calcverify.basis.nodes import Node, Sum
from calcverify.basis.work import GOOD, Entry, Statement
from calcverify.exact.units import YUAN, Unit
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.spots import stretch


class Left(NamedTuple):
    """A computation with a unit left over: where, its tree, its claim if it is one."""

    span: Span
    node: Node
    claim: int | None


def left_in(case: Case, issue: str) -> Iterator[Left]:
    """The computations, or terms of them, that agree with their figure and leave a unit of this kind over."""
    for index, statement in enumerate(case.statements):
        if issue in statement.issues and statement.verdict in GOOD and not multiplied(case, statement):
            whole = case.claims[index].span
            if isinstance(statement.node, Sum) and statement.stated is not None:
                for term in terms_left(statement.node, issue, statement.stated.unit):
                    yield Left(term_span(term) or whole, term, index)
            else:
                yield Left(whole, statement.node, index)
    for entry in confirmed(case):
        # A mark at the rate may stand behind its counts.
        first, last = min(entry.token, entry.last), max(entry.token, entry.last)
        whole = stretch(case.work, first, last)
        if entry.composed:
            if issue == "time-left" and "months-missing" in entry.roles:
                yield Left(whole, entry.node, None)
            continue
        for term in terms_left(entry.node, issue, YUAN):
            yield Left((term_span(term) or whole) if isinstance(entry.node, Sum) else whole, term, None)


def multiplied(case: Case, statement: Statement) -> bool:
    """每个点800册×25元/册=2万元，23个点共46万元: whether a later product counts what the rate was of."""
    stated = statement.stated
    return stated is not None and any(
        s.verdict in GOOD and s.kind in ("composed", "equation") and stated.index in s.operands for s in case.statements
    )


def confirmed(case: Case) -> Iterator[Entry]:
    """The computations without a result of their own that a total holds and is right with:
    the form's, or 合计 in the text (20台×3000元/套。合计6万元)."""
    reach = case.reach
    held = {id(e) for e in reach.entries} if reach is not None and reach.verdict in GOOD else set()
    for entry in case.work.entries:
        above = entry.within.statement if entry.within is not None else None
        if entry.derived and (id(entry) in held or (above is not None and above.verdict in GOOD)):
            yield entry


def terms_left(node: Node, issue: str, stated: Unit) -> Iterator[Node]:
    """The computation, or the terms of its sum, that leave a unit of this kind over."""
    return (term for term in terms_of(node) if issue in left_in_terms(term, stated))


def term_span(term: Node) -> Span | None:
    """From the first figure of a term to its last."""
    spans = [leaf.span for leaf in leaves(term)]
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def names_left(node: Node) -> tuple[list[str], list[str]]:
    """The counters and times that are left above and below the line."""
    value = evaluate(node)
    unit = value.unit if value is not None else ()
    over = [name for name, power in unit if power > 0 and name != "元"]
    return over, [name for name, power in unit if power < 0 and name not in ("元", "年")]
