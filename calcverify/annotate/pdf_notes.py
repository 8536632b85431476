"""The notes of a PDF: highlights with a text, signs at cells, all of them printed."""

from __future__ import annotations

from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from calcverify.annotate.model import AUTHOR, Mark
from calcverify.annotate.notes import comment_lines
from calcverify.annotate.pdf_places import Found, Rect
from calcverify.verify.model import Severity

# Of a highlight: light enough that the figure can be read through it on paper.
COLOURS = {Severity.ERROR: (1.0, 0.72, 0.72), Severity.WARNING: (1.0, 0.87, 0.55), Severity.NOTICE: (0.84, 0.90, 0.96)}
_WORST = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
PRINT, STAY = 4, 28


def add_notes(writer: PdfWriter, found: list[tuple[list[Mark], Found]], lang: str) -> dict[int, Found]:
    """Write a note at every place; the first place of each note by its number."""
    places: dict[int, Found] = {}
    for page in writer.pages:
        _clear(page)
    for number, (marks, place) in enumerate(found, 1):
        noted = [mark for mark in marks if mark.noted]
        text = "\n".join(line for line, _ in comment_lines([m._replace(text="") for m in noted], lang))
        severity = min((mark.note.severity for mark in marks), key=_WORST.index)
        if not any(mark.note.loud for mark in marks):
            severity = Severity.NOTICE
        page = writer.pages[place.page - 1]
        _attach(writer, page, _note(writer, place, text, severity, f"calcverify-{number}"))
        for mark in marks:
            places.setdefault(mark.note.number, place)
    return places


def _clear(page: Any) -> None:
    """Take out the notes of an earlier run."""
    held = page.get("/Annots")
    notes = list(held.get_object()) if held is not None else []
    kept = [note for note in notes if not str(note.get_object().get("/NM", "")).startswith(f"{AUTHOR}-")]
    if len(kept) < len(notes):
        page[NameObject("/Annots")] = ArrayObject(kept)


def _attach(writer: PdfWriter, page: Any, note: DictionaryObject) -> None:
    """Add a note behind those that the page has."""
    note[NameObject("/P")] = page.indirect_reference
    reference = writer._add_object(note)
    held = page.get("/Annots")
    notes = ArrayObject(held.get_object()) if held is not None else ArrayObject()
    notes.append(reference)
    page[NameObject("/Annots")] = notes


def _note(writer: PdfWriter, place: Found, text: str, severity: Severity, name: str) -> DictionaryObject:
    colour = COLOURS[severity]
    around = _around(place.rects)
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text" if place.sign else "/Highlight"),
            NameObject("/Rect"): numbers(around),
            NameObject("/C"): numbers(colour),
            NameObject("/F"): NumberObject(STAY if place.sign else PRINT),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/NM"): TextStringObject(name),
            NameObject("/Contents"): TextStringObject(text),
        }
    )
    if place.sign:
        note[NameObject("/Name")] = NameObject("/Comment")
        return note
    corners = [v for x0, y0, x1, y1 in place.rects for v in (x0, y1, x1, y1, x0, y0, x1, y0)]
    note[NameObject("/QuadPoints")] = numbers(corners)
    look = DictionaryObject({NameObject("/N"): writer._add_object(_look(place.rects, around, colour))})
    note[NameObject("/AP")] = look
    return note


def _look(rects: tuple[Rect, ...], around: Rect, colour: tuple[float, float, float]) -> StreamObject:
    """How a highlight is drawn and printed by every program alike: colour under the words, not over them."""
    boxes = "".join(f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re " for x0, y0, x1, y1 in rects)
    look = StreamObject()
    look.set_data(f"/G gs {colour[0]} {colour[1]} {colour[2]} rg {boxes}f".encode("ascii"))
    blend = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
    states = DictionaryObject({NameObject("/G"): blend})
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): numbers(around),
            NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): states}),
        }
    )
    return look


def _around(rects: tuple[Rect, ...]) -> Rect:
    return min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects)


def numbers(values: Any) -> ArrayObject:
    """An array of numbers with two decimals."""
    return ArrayObject(FloatObject(f"{value:.2f}") for value in values)
