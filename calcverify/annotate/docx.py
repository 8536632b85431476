"""A Word file with a comment on the exact characters of each figure, and a summary in front.

A run is split around the figure and keeps its properties; nothing else of the text is
touched. The summary stands in a content control that can be deleted in one go.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from calcverify.annotate.docx_comments import Comments
from calcverify.annotate.docx_runs import Piece, after, before, pieces_of
from calcverify.annotate.docx_summary import add_summary
from calcverify.annotate.match import find_near
from calcverify.annotate.model import CannotMarkError, Mark, Marked, Plan
from calcverify.annotate.opc import Package
from calcverify.readers.docx import blocks_of, cells_of, is_own, paragraphs_of, rows_of, tables_of
from calcverify.readers.word_text import child, local
from calcverify.source import Locator

if TYPE_CHECKING:
    from lxml.etree import _Element


class Range(NamedTuple):
    """The pieces of text from the first to the last that a note is about; none in an empty cell."""

    paragraph: _Element
    first: Piece | None
    last: Piece | None


def annotate(data: bytes, plan: Plan) -> Marked:
    """The document of ``data`` with the notes of ``plan``; ``CannotMarkError`` where it is none."""
    package = Package(data)
    root = package.tree(package.main)
    ns = root.tag.rpartition("}")[0] + "}"
    body = root.find(f"{ns}body")
    if root.tag != f"{ns}document" or body is None:
        raise CannotMarkError("不是 docx 文档", "not a docx document")
    comments = Comments(package, root, ns)
    own = [block for block in body if local(block) == "sdt" and is_own(block)]
    if own:
        comments.take_out(root)
    for block in own:
        body.remove(block)
    holders = holders_of(body)
    placed: set[int] = set()
    for marks in grouped(plan.marks):
        first = marks[0]
        paragraphs = holders.get(first.locator._replace(line=None, page=None, column=None, box=None))
        found = range_of(paragraphs, first) if paragraphs else None
        if found is not None:
            start = before(found.first, ns) if found.first is not None else None
            # The end is looked for again: it may stand in the run that was just split.
            again = range_of(paragraphs, first) if start is not None and paragraphs else None
            end = after(again.last, ns) if again is not None and again.last is not None else start
            comments.add(found.paragraph, start, end, marks, plan.lang)
            placed |= {mark.note.number for mark in marks}
    comments.write()
    add_summary(body, ns, plan, frozenset(placed))
    return Marked(package.save(), frozenset(placed))


def grouped(marks: tuple[Mark, ...]) -> Iterator[list[Mark]]:
    """The marks that stand at the same characters together: they become one comment."""
    groups: dict[tuple[Locator, str, int], list[Mark]] = {}
    for mark in marks:
        if mark.noted:
            groups.setdefault((mark.locator, mark.text, mark.start), []).append(mark)
    yield from groups.values()


def holders_of(body: _Element) -> dict[Locator, list[_Element]]:
    """The paragraphs of every cell, and every paragraph, by the place that the reader gives it."""
    found: dict[Locator, list[_Element]] = {}
    tables, paragraphs = count(1), count(1)
    for block in blocks_of(body):
        if local(block) == "p":
            found[Locator(paragraph=next(paragraphs))] = [block]
        else:
            _table(block, tables, found)
    return found


def _table(table: _Element, tables: Iterator[int], found: dict[Locator, list[_Element]]) -> None:
    number = next(tables)
    for n, row in enumerate(rows_of(table), 1):
        if child(row, "trPr", "del") is not None:
            for each in row.iter():
                if local(each) == "tbl":
                    next(tables)
            continue
        for cell in cells_of(row):
            place = Locator(table=number, row=n, cell=str(cell.column + 1))
            found[place] = paragraphs_of(cell.element)
            for inner in tables_of(cell.element):
                _table(inner, tables, found)


def range_of(paragraphs: list[_Element], mark: Mark) -> Range | None:
    """Where the characters of ``mark`` stand in the paragraphs of its cell."""
    pieces = list(pieces_of(paragraphs))
    if not mark.text:
        words = [piece for piece in pieces if piece.text.strip()]
        if not words:
            return Range(paragraphs[0], None, None)
        return Range(paragraphs[0], words[0], words[-1])
    text = "".join(piece.text for piece in pieces)
    span = find_near(text, mark.text, mark.start)
    if span is None:
        return None
    inside = [piece.cut(span) for piece in pieces if piece.element is not None and piece.meets(span)]
    return Range(paragraphs[0], inside[0], inside[-1]) if inside else None
