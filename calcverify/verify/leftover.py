"""Units that nothing cancels, wherever a computation stands (design section 6).

A statement carries its own in ``issues``. A computation whose result is not written is
judged here, as the form's total that it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import left_over
from calcverify.basis.nodes import Node
from calcverify.basis.tokens import Figure
from calcverify.basis.work import GOOD
from calcverify.exact.units import YUAN
from calcverify.source import Span
from calcverify.verify.case import Case
from calcverify.verify.spots import stretch

# The form's total as a figure: so many 元, and nothing else to cancel.
TOTAL = Figure(0, 0, Fraction(0), Fraction(1), YUAN, 1, "arabic", 0)


class Left(NamedTuple):
    """A computation with a unit left over: where, its tree, its claim if it is one."""

    span: Span
    node: Node
    claim: int | None


def left_in(case: Case, issue: str) -> Iterator[Left]:
    """The computations that agree with their figure and leave a unit of this kind over."""
    for index, statement in enumerate(case.statements):
        if issue in statement.issues and statement.verdict in GOOD:
            yield Left(case.claims[index].span, statement.node, index)
    reach = case.reach
    if reach is None or reach.verdict not in GOOD:
        return
    for entry in reach.entries:
        if not entry.derived:
            continue
        if entry.composed:
            issues: tuple[str, ...] = ("time-left",) if "months-missing" in entry.roles else ()
        else:
            value = evaluate(entry.node)
            issues = left_over(value.unit, value.loose, TOTAL) if value is not None else ()
        if issue in issues:
            # A mark at the rate may stand behind its counts.
            first, last = min(entry.token, entry.last), max(entry.token, entry.last)
            yield Left(stretch(case.work, first, last), entry.node, None)


def names_left(node: Node) -> tuple[list[str], list[str]]:
    """The counters and times that are left above and below the line."""
    value = evaluate(node)
    unit = value.unit if value is not None else ()
    over = [name for name, power in unit if power > 0 and name != "元"]
    return over, [name for name, power in unit if power < 0 and name not in ("元", "年")]
