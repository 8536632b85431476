"""A PDF with a highlight and a note on the characters of each figure, and a summary in front.

The changes are appended: every byte of the original stands at the beginning of the copy.
"""

from __future__ import annotations

import io
import logging
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from calcverify.annotate.model import CannotMarkError, Mark, Marked, Plan
from calcverify.annotate.pdf_notes import add_notes
from calcverify.annotate.pdf_places import Found, find_all
from calcverify.annotate.pdf_summary import add_summary
from calcverify.readers.fault import Unreadable
from calcverify.readers.pdf import check_unpacked

_DAMAGED = ("文件已损坏或不完整", "the file is damaged or incomplete")


def annotate(data: bytes, plan: Plan) -> Marked:
    """The PDF of ``data`` with the notes of ``plan``; ``CannotMarkError`` where it cannot have them."""
    for library in ("pypdf", "pdfminer"):
        logging.getLogger(library).setLevel(logging.ERROR)  # what they think of a file helps nobody here
    try:
        check_unpacked(data)
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise CannotMarkError("文件有密码或限制修改", "the file has a password or may not be changed")
        if _is_signed(reader):
            raise CannotMarkError("文件有电子签名，改动会使签名失效", "the file is signed; a change would void that")
        writer = PdfWriter(io.BytesIO(data), incremental=True)
        found = find_all(data, [mark for mark in plan.marks if mark.locator.page is not None])
        places = add_notes(writer, grouped(found), plan.lang)
        placed = frozenset(places)
        add_summary(writer, plan, placed, places)
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, Unreadable) as error:
        raise CannotMarkError(*_DAMAGED) from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        # pypdf lets through whatever a damaged file causes; the reader was more patient with it.
        raise CannotMarkError(*_DAMAGED) from error
    return Marked(out.getvalue(), placed)


def grouped(found: list[tuple[Mark, Found]]) -> list[tuple[list[Mark], Found]]:
    """The marks at the same characters together: they become one note."""
    groups: dict[Found, list[Mark]] = {}
    for mark, place in found:
        groups.setdefault(place, []).append(mark)
    return [(marks, place) for place, marks in groups.items()]


def _is_signed(reader: PdfReader) -> bool:
    root: Any = reader.trailer["/Root"].get_object()
    form = root.get("/AcroForm")
    flags = form.get_object().get("/SigFlags", 0) if form is not None else 0
    return bool(int(flags) & 1)
