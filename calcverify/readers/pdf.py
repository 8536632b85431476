"""PDF with text: tables by their ruling lines, lines of text between them.

Places, all counted from 1: ``page``; ``table`` of the page, from above; ``row`` of the table on this
page; ``cell``, the column that the cell begins in, those of all pages of one table taken together.
``box`` is the cell, or the line outside of tables, in points from the upper left corner of the page.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from itertools import islice

from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from calcverify.errors import problem
from calcverify.forms.model import Form
from calcverify.readers.fault import Unreadable, damaged
from calcverify.readers.model import Item, Options
from calcverify.readers.own import is_summary
from calcverify.readers.page_layout import document_of
from calcverify.readers.page_text import PageText, TextLine
from calcverify.readers.pdf_page import Looked, look, turn_of
from calcverify.readers.sheets import read_documents
from calcverify.source import Locator

# A city's book of budgets has some hundred pages.
MOST_PAGES = 2_000
# So much may come out of the streams of one file.
MOST_UNPACKED = 300_000_000
_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_NESTED = 3
_CHUNK = 1 << 16
# A scanned page has a picture and perhaps a number that was printed on it.
_FEW = 20


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms of a PDF; a problem for the pages that are pictures or hold text without a meaning."""
    # What pdfminer thinks of a font is of no use to anybody here.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    check_unpacked(data)
    looked = [each for each in _looked(data) if not _is_own(each)]
    pages = {each.page.number: each.page for each in looked}
    pictures = [number for number, each in zip(pages, looked, strict=True) if each.pictured and each.characters < _FEW]
    nameless = [n for n, each in zip(pages, looked, strict=True) if 10 * each.nameless > each.characters]
    unread = [("CV922", nameless)]
    try:
        pages |= {page.number: page for page in _recognised(data, pictures)}
    except ImportError:  # the recogniser of characters is an extra of its own
        unread.append(("CV921", pictures))
    if pictures and not any(page.blocks for page in pages.values()) and not any(numbers for _, numbers in unread):
        raise Unreadable("CV926")
    problems = [_unread(code, name, numbers) for code, numbers in unread if numbers]
    yield from problems
    for item in read_documents((document_of(list(pages.values()), name),), name, options):
        # That there is no form in the rest says nothing while pages are missing.
        if isinstance(item, Form) or not problems:
            yield item


def _is_own(looked: Looked) -> bool:
    """Whether a page is of the summary that stands in front of a marked copy."""
    first = looked.page.blocks[0] if looked.page.blocks else None
    return isinstance(first, TextLine) and is_summary(first.text)


def _recognised(data: bytes, numbers: list[int]) -> Iterator[PageText]:
    """The pages of these numbers, their text recognised in their pictures."""
    if not numbers:
        return
    from calcverify.readers import scan

    if len(numbers) > scan.MOST_PAGES:
        raise Unreadable("CV911", limit=f"{scan.MOST_PAGES} scanned pages")
    for number in numbers:
        image, width = scan.drawn(data, number)
        yield scan.page_of(image, number, width)


def _looked(data: bytes) -> Iterator[Looked]:
    try:
        with PDF(io.BytesIO(data)) as pdf:
            found = list(islice(PDFPage.create_pages(pdf.doc), MOST_PAGES + 1))
            if len(found) > MOST_PAGES:
                raise Unreadable("CV911", limit=f"{MOST_PAGES} pages")
            for number, each in enumerate(found, 1):
                yield _page(pdf, each, number)
    except Unreadable:
        raise
    except RecursionError as error:
        raise damaged(error) from error
    except Exception as error:  # pdfminer lets through whatever a damaged file causes
        causes = (error, error.__cause__, error.__context__, *error.args)
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
            raise Unreadable("CV917") from error
        raise damaged(error) from error


def _page(pdf: PDF, found: PDFPage, number: int) -> Looked:
    page = Page(pdf, found, number)
    try:
        if turn := turn_of(page):
            turned = dict(found.attrs, Rotate=(found.rotate + turn) % 360)
            page.close()
            page = Page(pdf, PDFPage(pdf.doc, found.pageid, turned, None), number)
        return look(page)
    finally:
        page.close()


def check_unpacked(data: bytes) -> None:
    """Raise ``Unreadable`` where far more comes out of the streams of the file than a form has."""
    left = MOST_UNPACKED
    for found in _STREAM.finditer(data):
        source, at = data, found.end()
        for _ in range(_NESTED):
            size, source = _unpacked(source, at, left)
            at = 0
            left -= size
            if left <= 0:
                raise Unreadable("CV911", limit=f"{MOST_UNPACKED // 1_000_000} MB")
            if size == 0 or not _STREAM.match(b"stream\n" + source[:1]):
                break


def _unpacked(data: bytes, at: int, most: int) -> tuple[int, bytes]:
    """How many bytes come out of the deflated stream at ``at``, up to ``most``, and the first of them."""
    unpack = zlib.decompressobj()
    size, first = 0, b""
    try:
        while size < most and at < len(data) and not unpack.eof:
            chunk = data[at : at + _CHUNK]
            at += _CHUNK
            while chunk and size < most:
                out = unpack.decompress(chunk, 16 * _CHUNK)
                first = first or out
                size += len(out)
                chunk = unpack.unconsumed_tail
    except zlib.error:  # it is no deflated stream, or it ends in damage
        pass
    return size, first


def _unread(code: str, name: str, numbers: list[int]) -> Item:
    shown = "、".join(map(str, numbers[:10])) + ("…" if numbers[10:] else "")
    return problem(code, name, Locator(page=numbers[0]), pages=shown)
