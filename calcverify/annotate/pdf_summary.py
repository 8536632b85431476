"""The summary of a PDF: pages in front of the others, each finding with a link to its place.

The text is set in STSong-Light, which every PDF program has or replaces: a font of our own
would be ten megabytes. What the GBK encoding of that font lacks is shown as words show it
on a Chinese console.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)
from pypdf.generic import TextStringObject as Words

from calcverify.annotate.model import Plan
from calcverify.annotate.pdf_notes import numbers
from calcverify.annotate.pdf_places import Found
from calcverify.annotate.summary import STATUS_COLOUR, Summary, summary_of
from calcverify.annotate.words import say
from calcverify.annotate.xlsx_styles import COLOURS
from calcverify.report.screen import Screen
from calcverify.verify.model import Severity

WIDTH, HEIGHT, MARGIN = 595, 842, 48
SMALL, LARGE, LEADING = 9, 16, 14
BLACK, LINK = "000000", "0563C1"
_GBK = Screen(encoding="gbk")
# What a page of ours is told by when the copy is marked again.
OWN = "/CalcverifySummary"


class Line(NamedTuple):
    """A line of the summary: how far in, its text, its look; ``note`` is the number that it links to."""

    indent: int
    text: str
    size: int = SMALL
    colour: str = BLACK
    bold: bool = False
    note: int = 0
    gap: int = 0


def add_summary(writer: PdfWriter, plan: Plan, placed: frozenset[int], places: dict[int, Found]) -> None:
    """Put the summary in front of the pages of ``writer``."""
    summary = summary_of(plan, placed)
    pages = [page.indirect_reference for page in writer.pages]
    for page in [page for page in writer.pages if page.get(OWN)]:  # of an earlier run
        writer.remove_page(page)
    font = writer._add_object(_font())
    for at, lines in enumerate(paged(list(lines_of(summary, say("pages-counted", plan.lang))), summary.title)):
        writer.insert_blank_page(width=WIDTH, height=HEIGHT, index=at)
        page = writer.pages[at]
        content = StreamObject()
        content.set_data(drawn(lines))
        # What the pages around it share (a turn, a crop) must not hold for it.
        page.update({NameObject("/Rotate"): NumberObject(0), NameObject("/CropBox"): page["/MediaBox"]})
        page[NameObject(OWN)] = BooleanObject(True)
        page[NameObject("/Contents")] = writer._add_object(content)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        links = [
            writer._add_object(_link(y, line, pages[places[line.note].page - 1], places[line.note]))
            for y, line in lines
            if line.note in places
        ]
        if links:
            page[NameObject("/Annots")] = ArrayObject(links)


def lines_of(summary: Summary, pages: str) -> list[Line]:
    """The lines of the summary below its title, not yet broken to the width of the page; ``pages``
    says how pages are counted."""
    lines = [Line(0, text) for text in (*summary.lines, pages)]
    heads = summary.project_heads
    for number, project in enumerate(summary.projects, 1):
        name, status, *amounts = project.cells
        colour, gap = STATUS_COLOUR[project.status], 6 if number == 1 else 2
        lines.append(Line(0, f"{status}  {name}", colour=colour, bold=True, gap=gap))
        said = [f"{head} {amount}" for head, amount in zip(heads[2:], amounts, strict=True) if amount]
        lines.append(Line(18, "  ".join(said)))
    for at, finding in enumerate(summary.findings):
        note = finding.entry.note
        _, _, name, where, quote, words = finding.cells
        title, *rest = words.split("\n")
        colour = COLOURS[note.severity][2:] if note.loud else COLOURS[Severity.NOTICE][2:]
        lines.append(Line(0, f"{note.number}. {title}", colour=colour, bold=note.loud, gap=12 if at == 0 else 5))
        place = "  ".join(filter(None, (where.replace("\n", "  "), f"“{quote}”" if quote else "", name)))
        linked = note.number if finding.placed else 0
        lines.append(Line(18, place, colour=LINK if linked else BLACK, note=linked))
        lines += [Line(18, text) for text in rest]
    return lines + [Line(0, text, gap=6) for text in summary.problems]


def paged(lines: list[Line], title: str) -> list[list[tuple[float, Line]]]:
    """The lines of every page with their heights; each page begins with the title, which no reader reads on."""
    pages: list[list[tuple[float, Line]]] = []
    y = 0.0
    for line in lines:
        for text in broken(_GBK.show(line.text), WIDTH - 2 * MARGIN - line.indent, line.size):
            y -= LEADING + line.gap
            if y < MARGIN:
                y = HEIGHT - MARGIN - LARGE
                size = SMALL if pages else LARGE
                pages.append([(y, Line(0, _GBK.show(title), size, bold=True))])
                y -= LEADING + 8
            pages[-1].append((y, line._replace(text=text)))
            line = line._replace(gap=0)  # noqa: PLW2901 - the rest of the line follows close behind it
    return pages


def broken(text: str, width: int, size: int) -> list[str]:
    """The text in lines no wider than ``width``; every character is half or all of ``size`` wide."""
    lines, room, begin = [], width, 0
    for at, char in enumerate(text):
        room -= size // 2 + 1 if char < "\x80" else size
        if room < 0:
            lines.append(text[begin:at])
            begin, room = at, width - size
    return [*lines, text[begin:]]


def drawn(lines: list[tuple[float, Line]]) -> bytes:
    """The lines as the content of a page."""
    parts = []
    for y, line in lines:
        colour = " ".join(f"{int(line.colour[i : i + 2], 16) / 255:.3f}" for i in (0, 2, 4))
        mode = f"2 Tr 0.15 w {colour} RG" if line.bold else "0 Tr"
        text = line.text.encode("gbk", "replace").hex()
        parts.append(f"BT /F1 {line.size} Tf {colour} rg {mode} {MARGIN + line.indent} {y:.1f} Td <{text}> Tj ET")
    return "\n".join(parts).encode("ascii")


def _link(y: float, line: Line, target: Any, place: Found) -> DictionaryObject:
    left = MARGIN + line.indent
    top = place.rects[0][3] + 60
    goal = ArrayObject([target, NameObject("/XYZ"), FloatObject("0"), FloatObject(f"{top:.1f}"), NumberObject(0)])
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): numbers((left, y - 3, WIDTH - MARGIN, y + line.size)),
            NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
            NameObject("/Dest"): goal,
        }
    )


def _font() -> DictionaryObject:
    """STSong-Light by name, in the GBK encoding, its Latin letters half as wide as the others."""
    name = NameObject("/STSong-Light")
    system = {"/Registry": Words("Adobe"), "/Ordering": Words("GB1"), "/Supplement": NumberObject(2)}
    descriptor = {
        "/Type": NameObject("/FontDescriptor"),
        "/FontName": name,
        "/Flags": NumberObject(6),
        "/FontBBox": numbers((-25, -254, 1000, 880)),
        "/ItalicAngle": NumberObject(0),
        "/Ascent": NumberObject(880),
        "/Descent": NumberObject(-120),
        "/CapHeight": NumberObject(880),
        "/StemV": NumberObject(93),
    }
    # The blank has a place of its own among the signs of this font.
    half = ArrayObject(NumberObject(n) for n in (814, 939, 500, 7716, 7716, 500))
    letters = {
        "/Type": NameObject("/Font"),
        "/Subtype": NameObject("/CIDFontType0"),
        "/BaseFont": name,
        "/CIDSystemInfo": _named(system),
        "/DW": NumberObject(1000),
        "/W": half,
        "/FontDescriptor": _named(descriptor),
    }
    return _named(
        {
            "/Type": NameObject("/Font"),
            "/Subtype": NameObject("/Type0"),
            "/BaseFont": NameObject("/STSong-Light-GBK-EUC-H"),
            "/Encoding": NameObject("/GBK-EUC-H"),
            "/DescendantFonts": ArrayObject([_named(letters)]),
        }
    )


def _named(entries: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})
