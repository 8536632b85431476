"""One edit of a draft: how a fault finds its place and changes the text there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from .judge import leaves
from .model import Case, Draft, Figure, Joined, Part, Piece, Relation, scale_of
from .pen import decimal
from .render import render


class Change(NamedTuple):
    """A draft with one edit. ``cause``: any of these in a suggestion names the true cause.

    ``months``: the year's months were left out of a monthly rate. ``hollow``: no product, or no
    rate, is left, so that there may be no arithmetic to accuse.
    """

    draft: Draft
    cause: tuple[str, ...]
    note: str
    months: bool = False
    hollow: bool = False


def figures(case: Case, roles: Iterable[str]) -> list[Figure]:
    """The figures of the case in those roles that take part in some relation."""
    used = {leaf.key for relation in case.draft.relations for leaf in leaves(relation.expr)}
    used |= {relation.stated for relation in case.draft.relations}
    wanted = set(roles)
    visible = render(case.draft).figures
    return [f for key, f in visible.items() if key in used and f.role in wanted]


def put(case: Case, figure: Figure, plain: str | None = None, unit: str | None = None) -> Draft:
    """The draft with that figure's digits or unit replaced."""
    new = replace(
        figure, plain=plain if plain is not None else figure.plain, unit=unit if unit is not None else figure.unit
    )
    return replace(case.draft, edits={figure.key: new})


def shown(figure: Figure) -> tuple[str, ...]:
    """How a suggestion may name a figure: its digits as written, or in arabic."""
    plain = figure.plain.rstrip("0").rstrip(".") if "." in figure.plain else figure.plain
    return (figure.digits, figure.plain, plain)


def note(figure: Figure, new: str) -> str:
    """The edit as a reader would say it: 32人 → 37人."""
    return f"{figure.digits}{figure.unit} → {new}"


def changed(case: Case, figure: Figure, plain: str) -> Change | None:
    """One figure with other digits; ``None`` where nothing changed or nothing is left."""
    if Fraction(plain) == Fraction(figure.plain) or Fraction(plain) <= 0:
        return None
    if figure.script in ("chinese", "capital") and plain.startswith("0"):
        return None
    return Change(put(case, figure, plain), shown(figure), note(figure, replace(figure, plain=plain).digits))


def pieces_of(piece: Piece) -> Iterator[Piece]:
    """A piece and everything inside it."""
    yield piece
    within: tuple[Piece, ...] = ()
    if isinstance(piece, tuple):
        within = piece
    elif isinstance(piece, Joined):
        within = tuple(part.pieces for part in piece.parts)
    for each in within:
        yield from pieces_of(each)


def parts(case: Case, kind: str, least: int) -> list[tuple[Joined, Part]]:
    """The parts of that kind that stand beside at least ``least - 1`` others."""
    joined = [p for p in pieces_of(case.draft.pieces) if isinstance(p, Joined) and len(p.parts) >= least]
    return [(each, part) for each in joined for part in each.parts if part.kind == kind]


def inside(piece: Piece) -> list[Figure]:
    """The figures in a piece."""
    return [p for p in pieces_of(piece) if isinstance(p, Figure)]


def restated(case: Case, relation: Relation, value: Fraction | None, cause: tuple[str, ...]) -> Change | None:
    """A result that somebody worked out wrongly."""
    figure = render(case.draft).figures.get(relation.stated)
    if figure is None or value is None or value <= 0 or figure.role == "total":
        return None
    made = changed(case, figure, decimal(value / scale_of(figure.unit)))
    return made._replace(cause=(*made.cause, *cause)) if made else None
