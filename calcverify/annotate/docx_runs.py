"""The text of paragraphs as pieces, and a run split where a figure begins or ends."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from calcverify.readers.word_text import child, local, runs_of
from calcverify.source import Span

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Piece(NamedTuple):
    """A piece of text: its element (``None`` for the break between two paragraphs), where it stands in
    the text of its cell, and which of its characters are meant."""

    element: Any
    text: str
    start: int
    begin: int = 0
    end: int = 0

    def meets(self, span: Span) -> bool:
        """Whether some of its characters are those of ``span``."""
        return self.start < span.end and span.start < self.start + len(self.text)

    def cut(self, span: Span) -> Piece:
        """The piece with its characters in ``span`` meant."""
        begin, end = max(0, span.start - self.start), min(len(self.text), span.end - self.start)
        return self._replace(begin=begin, end=end)


def pieces_of(paragraphs: list[Any]) -> Iterator[Piece]:
    """The text of a cell piece by piece, as its reader joins it: a line a paragraph."""
    at, glue = 0, ""
    for paragraph in paragraphs:
        if glue:
            yield Piece(None, glue, at)
            at += 1
        for run in runs_of(paragraph):
            yield Piece(run.element, run.text, at, 0, len(run.text))
            at += len(run.text)
        mark = child(paragraph, "pPr", "rPr")
        gone = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        glue = "" if gone else "\n"


def before(piece: Piece, ns: str) -> Any:
    """The element that the characters of ``piece`` begin with, split off what stands before them."""
    run = _run_of(piece, ns)
    if run is None:
        return _whole(piece.element, ns)
    if piece.begin == 0 and _first(run, ns) is piece.element:
        return run
    return _split(run, piece.element, piece.begin, ns)


def after(piece: Piece, ns: str) -> Any:
    """The element that the characters of ``piece`` end with, split off what stands behind them."""
    run = _run_of(piece, ns)
    if run is None:
        return _whole(piece.element, ns)
    last = next(each for each in reversed(run) if isinstance(each.tag, str))
    if piece.end < len(piece.text) or last is not piece.element:
        _split(run, piece.element, piece.end, ns)
    return run


def _run_of(piece: Piece, ns: str) -> Any:
    """The run of a piece, if it can be split: that of a formula or of a reading aid cannot."""
    run = piece.element.getparent()
    if run is None or run.tag != f"{ns}r" or any(local(a) in ("ruby", "oMath") for a in run.iterancestors()):
        return None
    return run


def _whole(element: Any, ns: str) -> Any:
    """The outermost run or formula around an element: what stands in the paragraph itself."""
    found = element
    for each in element.iterancestors():
        if local(each) in ("oMath", "oMathPara") or each.tag == f"{ns}r":
            found = each
        elif local(each) == "p":
            break
    return found


def _first(run: Any, ns: str) -> Any:
    return next((each for each in run if isinstance(each.tag, str) and each.tag != f"{ns}rPr"), None)


def _split(run: Any, element: Any, at: int, ns: str) -> Any:
    """Move what stands behind character ``at`` of ``element`` to a new run behind ``run``, which is returned."""
    from lxml import etree

    rest = etree.Element(run.tag, dict(run.attrib))
    properties = run.find(f"{ns}rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    words = element.text or ""
    move = list(element.itersiblings())
    if element.tag == f"{ns}t" and 0 < at < len(words):
        tail = deepcopy(element)
        tail.tail = None
        element.text, tail.text = words[:at], words[at:]
        for each in (element, tail):
            each.set(_SPACE, "preserve")
        rest.append(tail)
    elif at == 0:
        move.insert(0, element)
    rest.extend(move)
    rest.tail, run.tail = run.tail, None
    run.addnext(rest)
    return rest
