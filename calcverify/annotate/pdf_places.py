"""Where the characters of a figure stand on a page of a PDF."""

from __future__ import annotations

import io
from typing import NamedTuple

from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from calcverify.annotate.match import find_near
from calcverify.annotate.model import CannotMarkError, Mark
from calcverify.readers.page_text import Glyph
from calcverify.readers.pdf_page import glyphs_of, turn_of

# Left, bottom, right, top in the units of the page, before it is turned.
Rect = tuple[float, float, float, float]
# A cell of so few characters is highlighted as a whole; a longer one has a sign beside its corner.
_SHORT, _SIGN = 40, 16
_NEAR = 1.5
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")


class Found(NamedTuple):
    """A place on a page, counted from 1: a rectangle a line, or the corner for a sign where ``sign``."""

    page: int
    rects: tuple[Rect, ...]
    sign: bool = False


def find_all(data: bytes, marks: list[Mark]) -> list[tuple[Mark, Found]]:
    """The place of every mark whose characters are on its page, in the order of the marks."""
    wanted: dict[int, list[int]] = {}
    for at, mark in enumerate(marks):
        wanted.setdefault(mark.locator.page or 0, []).append(at)
    found: dict[int, Found] = {}
    try:
        with PDF(io.BytesIO(data)) as pdf:
            for number, each in enumerate(PDFPage.create_pages(pdf.doc), 1):
                if number in wanted:
                    sheet = _Sheet(pdf, each, number)
                    for at in wanted[number]:
                        place = sheet.find(marks[at])
                        if place is not None:
                            found[at] = place
    except Exception as error:  # pdfminer lets through whatever a damaged file causes
        raise CannotMarkError("文件已损坏或不完整", "the file is damaged or incomplete") from error
    return [(marks[at], found[at]) for at in sorted(found)]


class _Sheet:
    """One page as its reader saw it: its characters, turned until they stand upright."""

    def __init__(self, pdf: PDF, found: PDFPage, number: int) -> None:
        page = Page(pdf, found, number)
        if turn := turn_of(page):
            turned = dict(found.attrs, Rotate=(found.rotate + turn) % 360)
            found = PDFPage(pdf.doc, found.pageid, turned, None)
            page.close()
            page = Page(pdf, found, number)
        self.number = number
        self.glyphs = [glyph for glyph in glyphs_of(page.objects.get("char", [])) if not glyph.text.isspace()]
        self.width, self.height = float(page.width), float(page.height)
        self.shift = (float(page.mediabox[0]), float(page.mediabox[1]))
        self.media = tuple(float(side) for side in found.mediabox)
        self.turn = found.rotate % 360
        page.close()

    def find(self, mark: Mark) -> Found | None:
        """The place of a mark; ``None`` where its characters are not in its box."""
        box = mark.locator.box
        if box is None or not self.glyphs:  # the place of a scan is one in its picture
            return None
        left, top, right, bottom = box
        inside = [glyph for glyph in self.glyphs if _within(glyph, left, top, right, bottom)]
        lines = lines_of(inside)
        if not mark.text and 0 < len(inside) <= _SHORT:
            return Found(self.number, tuple(self.rect(line) for line in lines))
        if not mark.text or (mark.note.loud and not mark.coloured):
            edge = min(right + 2, self.width - _SIGN)
            return Found(self.number, (self.rect([Glyph("", edge, top, edge + _SIGN, top + _SIGN, 0)]),), True)
        text = "".join(glyph.text for line in lines for glyph in line)
        wanted = "".join(mark.text.translate(_LOWERED).split())
        # A glyph may be two characters (a ligature): places are counted in characters.
        owners = [glyph for line in lines for glyph in line for _ in glyph.text]
        span = find_near(text, wanted, mark.start)
        if span is None:
            return None
        marked = set(owners[span.start : span.end])
        rects = (self.rect(kept) for line in lines if (kept := [glyph for glyph in line if glyph in marked]))
        return Found(self.number, tuple(rects))

    def rect(self, glyphs: list[Glyph]) -> Rect:
        """The rectangle around characters of a line, as the page is before it is turned."""
        left, right = min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
        top, bottom = min(g.top for g in glyphs), max(g.bottom for g in glyphs)
        ends = [self.point(left, top), self.point(right, bottom)]
        xs, ys = sorted(x for x, _ in ends), sorted(y for _, y in ends)
        return xs[0], ys[0], xs[1], ys[1]

    def point(self, x: float, top: float) -> tuple[float, float]:
        """A point of the page as it is shown, on the page as it is stored."""
        shown_x, up = x - self.shift[0], self.height - (top - self.shift[1])
        x0, y0, x1, y1 = self.media
        if self.turn == 90:
            return x1 - up, y0 + shown_x
        if self.turn == 180:
            return x1 - shown_x, y1 - up
        if self.turn == 270:
            return x0 + up, y1 - shown_x
        return x0 + shown_x, y0 + up


def _within(glyph: Glyph, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether the middle of a character lies in a box, whose sides were rounded."""
    across = left - _NEAR <= (glyph.x0 + glyph.x1) / 2 <= right + _NEAR
    return across and top - _NEAR <= glyph.middle <= bottom + _NEAR


def lines_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters as lines from top to bottom, each from left to right."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.middle, g.x0)):
        if lines and glyph.middle - lines[-1][0].middle < max(glyph.size, 1) / 2:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda g: g.x0) for line in lines]
