"""A draft as text, with the place of every figure, part and sign in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .model import Draft, Figure, Joined, Mark, Piece, Slot

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
CHINESE = "一二三四五六七八九十"
FULLWIDTH = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)} | {" ": "\u3000"})
TRADITIONAL = str.maketrans("万亿补贴费计员会计费购买书项际订训练", "萬億補貼費計員會計費購買書項際訂訓練")


class Rendered(NamedTuple):
    """The text, the total's text, and what is visible in them."""

    basis: str
    total: str | None
    figures: Mapping[int, Figure]
    signs: Mapping[int, bool]
    slots: tuple[Slot, ...]


@dataclass
class Writer:
    """Collects the text of a draft piece by piece."""

    draft: Draft
    chunks: list[str] = field(default_factory=list)
    length: int = 0
    figures: dict[int, Figure] = field(default_factory=dict)
    signs: dict[int, bool] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)

    def text(self, words: str) -> None:
        """Adds words as they are."""
        self.chunks.append(words)
        self.length += len(words)

    def slot(self, key: int, role: str, start: int) -> None:
        """Notes what was written since ``start``."""
        self.slots.append(Slot(key, role, (start, self.length), "".join(self.chunks)[start:]))

    def piece(self, piece: Piece) -> None:
        """Writes one piece."""
        if isinstance(piece, str):
            self.text(piece)
        elif isinstance(piece, tuple):
            for each in piece:
                self.piece(each)
        elif isinstance(piece, Figure):
            figure = self.draft.edits.get(piece.key, piece)
            start = self.length
            self.text(figure.digits)
            self.text("" if figure.headed else figure.unit)
            self.figures[figure.key] = figure
            self.slot(figure.key, figure.role, start)
        elif isinstance(piece, Mark):
            positive = piece.positive != (piece.key in self.draft.flips)
            start = self.length
            self.text(piece.plus if positive else piece.minus)
            self.signs[piece.key] = positive
            self.slot(piece.key, "sign", start)
        else:
            self.joined(piece)

    def joined(self, piece: Joined) -> None:
        """Writes the parts that are left, numbered anew, with separators between them."""
        kept = [part for part in piece.parts if part.key not in self.draft.drops]
        for index, part in enumerate(kept):
            if index:
                self.text(piece.last if piece.last and index == len(kept) - 1 else piece.separator)
            self.text(ordinal(piece.numbering, index))
            start = self.length
            for each in part.pieces:
                self.piece(each)
            self.slot(part.key, part.kind, start)


def ordinal(numbering: str, index: int) -> str:
    """The number before an item: ``numbering`` shows the first one (``1.``, ``（1）``, ``一、``, ``①``)."""
    if not numbering:
        return ""
    for first, others in (("①", CIRCLED), ("一", CHINESE)):
        if first in numbering:
            return numbering.replace(first, others[index])
    return numbering.replace("1", str(index + 1))


def render(draft: Draft) -> Rendered:
    """The text of ``draft`` with its edits."""
    writer = Writer(draft)
    for piece in draft.pieces:
        writer.piece(piece)
    basis = "".join(writer.chunks)
    if draft.dress == "fullwidth":
        basis = basis.translate(FULLWIDTH)
    elif draft.dress == "traditional":
        basis = basis.translate(TRADITIONAL)
    slots = [slot._replace(text=basis[slot.span[0] : slot.span[1]]) for slot in writer.slots if slot.span]
    total = None
    if draft.total is not None:
        figure = draft.edits.get(draft.total.key, draft.total)
        total = figure.digits + figure.unit
        writer.figures[figure.key] = figure
        slots.append(Slot(figure.key, "total", None, total))
    return Rendered(basis, total, writer.figures, writer.signs, tuple(slots))
