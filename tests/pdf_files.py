"""PDF files written by hand: text at a place, ruling lines, and faults that no program would write."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from string import ascii_letters

from tests.made_files import Sheet

WIDTH, HEIGHT = 595, 842
# A font that every reader of PDF knows; Chinese characters are one em wide, ASCII half of it.
_FONTS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [<< /Type /Font "
    b"/Subtype /CIDFontType0 /BaseFont /STSong-Light "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    b"/DW 1000 /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /Ascent 880 "
    b"/Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 80 /FontBBox [0 -120 1000 880] >> >>] >>"
)


def width_of(text: str, size: int = 10) -> float:
    """How wide a text is in points."""
    return sum(size if c > "\u2e80" or c == "×" else size / 2 for c in text)


class Page:
    """The content of a page; lengths in points from the upper left corner."""

    def __init__(self, turned: int = 0) -> None:
        self.parts: list[str] = []
        self.turned = turned

    def text(self, x: float, top: float, text: str, size: int = 10) -> Page:
        """A line of text whose first character has its upper left corner at ``x``, ``top``."""
        code = text.encode("utf-16-be").hex()
        if self.turned:  # up along the left edge of a page that lies on its side
            self.parts.append(f"BT /F {size} Tf 0 1 -1 0 {top + 0.88 * size:.2f} {x:.2f} Tm <{code}> Tj ET")
        else:
            self.parts.append(f"BT /F {size} Tf {x:.2f} {HEIGHT - top - 0.88 * size:.2f} Td <{code}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """A ruling line."""
        if self.turned:
            self.parts.append(f"0.5 w {y0} {x0} m {y1} {x1} l S")
        else:
            self.parts.append(f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")
        return self

    def table(self, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], wrap: int = 0) -> float:
        """A table with a row of texts for each row; ``None``-like ``"<"`` joins a cell with the one to its left.

        A text is written a line for each of its lines; with ``wrap`` characters it is cut into
        lines of so many. The lower edge is handed back.
        """
        at = top
        self.line(xs[0], at, xs[-1], at)
        for row in rows:
            cut = [lines_of(text, 10 * wrap) for text in row]
            height = 6 + 12 * max(len(lines) for lines in cut)
            for i, lines in enumerate(cut):
                if row[i] == "<":
                    continue
                self.line(xs[i], at, xs[i], at + height)
                for n, line in enumerate(lines):
                    self.text(xs[i] + 3, at + 3 + 12 * n, line)
            at += height
            self.line(xs[-1], at - height, xs[-1], at)
            self.line(xs[0], at, xs[-1], at)
        return at


def lines_of(text: str, room: float, size: int = 10) -> list[str]:
    """The lines of a text, each as long as there is room for; a number may be cut, a word is not."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for c in paragraph:
            if room and width_of(line + c, size) > room:
                word = len(line) - len(line.rstrip(ascii_letters)) if c in ascii_letters else 0
                lines.append(line[: len(line) - word])
                line = line[len(line) - word :]
            line += c
        lines.append(line)
    return lines


def pdf_of(*pages: Page, kids: str | None = None, extra: Sequence[bytes] = (), trailer: str = "") -> bytes:
    """A file of these pages. ``kids`` replaces the list of pages, ``extra`` are further objects."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONTS]
    listed = []
    for page in pages:
        content = zlib.compress("\n".join(page.parts).encode("ascii"))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content) + content + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (WIDTH, HEIGHT, len(objects))
        )
        listed.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{kids or ' '.join(listed)}] >>".encode("ascii")
    objects += extra
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
    return bytes(out)


# The page of a form: its margins, the width of its five columns together, its lowest line.
_LEFT, _TOP, _ACROSS, _LOW = 50, 40, 500, 790


def write_pdf(path: Path, sheets: Sequence[Sheet], size: int = 9) -> Path:
    """Sheets as pages with ruled cells, printed like an office program does: a page begins before the row
    that does not fit, and a cell merged over several rows is closed there and goes on below."""
    pages: list[Page] = []
    for sheet in sheets:
        columns = max(c.column + c.across for row in sheet.rows for c in row)
        wide = _ACROSS / columns
        page, at = Page(), float(_TOP)
        pages.append(page)
        above = True  # titles and notes over the form have no frame
        open_: dict[int, tuple[int, int]] = {}  # column → rows that a merged cell still covers, and its columns
        for row in sheet.rows:
            texts = {c.column: lines_of(c.text, wide * c.across - 6, size) for c in row}
            height = 6 + (size + 2) * max((len(lines) for lines in texts.values()), default=1)
            if at + height > _LOW:
                page, at = Page(), float(_TOP)
                pages.append(page)
            alone = above and len(row) == 1 and row[0].across == columns
            above = above and (alone or not row)
            covered = {c: span for c, (_, span) in open_.items()}
            cells = {c.column: c.across for c in row} | covered
            column = 0
            while column < columns and row:
                across = cells.get(column, 1)
                left, right = _LEFT + wide * column, _LEFT + wide * (column + across)
                if not alone:
                    page.line(left, at, left, at + height).line(right, at, right, at + height)
                    if column not in covered or at == _TOP:
                        page.line(left, at, right, at)
                for n, line in enumerate(texts.get(column, ())):
                    page.text(left + 3, at + 3 + (size + 2) * n, line, size)
                column += across
            open_ = {c: (left - 1, span) for c, (left, span) in open_.items() if left > 1}
            open_ |= {c.column: (c.down - 1, c.across) for c in row if c.down > 1}
            at += height
            if not alone and row:
                for column in range(columns):
                    inside = any(c <= column < c + span for c, (_, span) in open_.items())
                    if not inside:
                        page.line(_LEFT + wide * column, at, _LEFT + wide * (column + 1), at)
    path.write_bytes(pdf_of(*pages))
    return path
