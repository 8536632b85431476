"""PDF files written by hand: text at a place, ruling lines, and faults that no program would write."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
# A font that every reader of PDF knows; Chinese characters are one em wide, ASCII half of it.
_FONTS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
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
            cut = [lines_of(text, wrap) for text in row]
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


def lines_of(text: str, wrap: int) -> list[str]:
    """The lines of a text, each of at most ``wrap`` ems where that is given."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for c in paragraph:
            if wrap and width_of(line + c, 2) > 2 * wrap:
                lines.append(line)
                line = ""
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
