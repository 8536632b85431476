"""The formulas that a table writes beside its amounts: each gives the amount of its own row.

数量  单价  金额   测算依据
12    350   4200   12个×350元/个=4200元

The formula and the cell speak of the same money: it is compared, and counted once.
"""

from __future__ import annotations

from calcverify.basis.compare import compare, keep
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import best, readings
from calcverify.basis.tokens import Kind
from calcverify.basis.work import GOOD, Entry, RowFormula, Statement, Work
from calcverify.exact.verdict import Shape
from calcverify.patterns import pattern

# The heads of a column whose formulas give the amount of the row: only such a one accuses the amount.
HEAD_FORMULA = pattern("依据|测算|计算|算式|公式|过程|方法|理由")
SIGNS = frozenset({Kind.OPERATOR, Kind.EQUALS})


def is_formula(work: Work, first: int, last: int) -> bool:
    """Whether a cell computes: a sign stands between two of its numbers."""
    kinds = [t.kind for t in work.tokens[first : last + 1] if t.kind is Kind.FIGURE or t.kind in SIGNS]
    return kinds.count(Kind.FIGURE) > 1 and any(k in SIGNS for k in kinds[1:-1])


def settle_rows(work: Work) -> None:
    """Compare every formula with the amount of its row, once both are read."""
    for formula in work.formulas:
        settle(work, formula)


def settle(work: Work, formula: RowFormula) -> None:
    """What the cell leads to is the amount of the row; where it is another, a formula of one result accuses."""
    amount = formula.amount
    inner = [
        e for e in work.entries
        if e is not amount and e.within is None and formula.first <= e.token <= formula.last
    ]
    if not inner:
        return
    alike = next((e for e in inner if e.figure is not None and e.value == amount.value), None)
    if alike is not None:
        others = [e for e in inner if e is not alike]
        if alike.statement is None and len(others) > 1 and alike.roles & {"sum", "whole"}:
            sum_of(work, alike, others)
        amount.statement = amount.statement or alike.statement
        amount.parts = amount.parts or alike.parts
    elif len(inner) > 1:
        sum_of(work, amount, inner)
    else:
        one(work, amount, inner[0], accuses=formula.named)
    for e in inner:
        e.within = e.within or amount


def sum_of(work: Work, amount: Entry, inner: list[Entry]) -> None:
    """甲3台×2元=6元；乙2台×4元=8元 beside 14: the items may make the amount; they never accuse it."""
    statement = compare(work, "sum", amount, inner)
    if statement.verdict in GOOD:
        keep(work, statement, amount, inner)


def one(work: Work, amount: Entry, e: Entry, accuses: bool) -> None:
    """The only result of a cell against the amount of its row, in the unit that the column declares."""
    figure = amount.figure
    node = e.node if e.figure is None or e.statement is None else e.statement.node
    if figure is None or evaluate(node) is None:
        return
    reading = best(readings(node, figure, work.heading, work.leeway))
    if reading is None or (reading.verdict not in GOOD and not (accuses and certain(e))):
        return
    operands = tuple(e.statement.operands) if e.statement is not None else (e.token, e.last)
    statement = Statement(
        "equation", reading.node, reading.computed, reading.unit, reading.stated, reading.verdict, Shape.PRODUCT,
        operands, reading.notes, reading.issues,
    )
    kept = work.add(statement)
    amount.statement = amount.statement or kept


def certain(e: Entry) -> bool:
    """Whether an amount follows from signs alone, and its own result does not miss already."""
    if e.composed or e.roles & {"previous", "rest", "part"}:
        return False
    return e.statement is None or e.statement.verdict in GOOD
