"""Marks of list items that stand in arithmetic for the amounts of their items: （①+②）×10%."""

from __future__ import annotations

from collections.abc import Sequence

from calcverify.basis.tokens import Kind, Token


def references(tokens: Sequence[Token]) -> dict[int, int]:
    """For each mark that stands in arithmetic the figure of the item it names: the last amount
    of that item (``①硬件24台×1.5万元=36万元`` → 36万元)."""
    marks = [i for i, t in enumerate(tokens) if t.kind is Kind.ITEM and t.data.style.startswith("ref ")]
    if not marks:
        return {}
    amounts: dict[tuple[str, int], int] = {}
    current: tuple[str, int] | None = None
    for i, token in enumerate(tokens):
        if token.kind is Kind.ITEM and not token.data.style.startswith("ref"):
            current = (token.data.style, token.data.number)
        elif token.kind is Kind.FIGURE and current is not None and token.data.money == 1:
            amounts[current] = i
        elif token.kind is Kind.STOP or token.kind is Kind.LINE:
            current = None
    found = {}
    for i in marks:
        key = (tokens[i].data.style[4:], tokens[i].data.number)
        if key in amounts and amounts[key] < i:
            found[i] = amounts[key]
    return found
