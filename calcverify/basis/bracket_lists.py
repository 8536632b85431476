"""Products in a bracket and what they make behind it: （大型3座×5万元、小型15座×2.5万元）计52.5万元."""

from __future__ import annotations

from calcverify.basis.compare import compare, figure_of, in_reach, keep
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import GOOD, Entry, Work

SAYS = frozenset({"sum", "result", "equals"})
BETWEEN = frozenset({Kind.TEXT, Kind.CUE, Kind.COMMA, Kind.EQUALS})
LONGEST = 4  # characters between the bracket and the amount: ，共计


def read_bracket_lists(work: Work) -> None:
    """Add the sums of brackets that hold nothing but products without results of their own."""
    if not work.closing or Kind.OPERATOR not in work.kinds:
        return
    for opens, closes in work.closing.items():
        inside = [e for e in work.entries if opens < e.token < closes and e.within is None]
        stated = amount_behind(work, closes)
        if stated is None or all(e.figure is not None for e in inside) or any(e.statement is not None for e in inside):
            continue
        before = [e for e in work.entries if e.token < opens and work.sentence[e.token] == work.sentence[opens]]
        if before and "sum" in stated.roles:
            continue  # 甲（2人×3万元、1人×4万元）、乙（…）合计: the total may be of both
        settle(work, opens, closes, inside, stated)


def settle(work: Work, opens: int, closes: int, inside: list[Entry], stated: Entry) -> None:
    """Compare the products of a bracket with the amount behind it."""
    statement = compare(work, "sum", stated, inside)
    # （中型6.4万元；13座×1.2万元/座）计…: an amount beside the products may be one that lost its count.
    strange = any(opens < i < closes and i not in work.used and f.money for i, f in work.figures())
    if statement.verdict in GOOD and len(inside) > 1:
        keep(work, statement, stated, inside)
        return
    near = in_reach(figure_of(stated).value, [e.value for e in inside])
    if statement.verdict not in GOOD and (strange or not near):
        work.unread.append((opens, stated.token, "far-off"))
    elif statement.verdict not in GOOD and len(inside) > 1:
        keep(work, statement, stated, inside)


def amount_behind(work: Work, closes: int) -> Entry | None:
    """The stated amount that a word presents right behind a bracket."""
    k = closes + 1
    while k < len(work.tokens) and work.tokens[k].kind in BETWEEN:
        k += 1
    if k >= len(work.tokens) or work.tokens[k].kind is not Kind.FIGURE:
        return None
    figure: Figure = work.tokens[k].data
    gap = figure.start - work.tokens[closes].end
    if gap > LONGEST or not figure.roles & SAYS or figure.is_rate or figure.bound or k in work.used:
        return None
    return next((e for e in work.entries if e.token == k and e.statement is None), None)
