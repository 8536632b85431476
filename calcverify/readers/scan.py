"""Scanned pages and pictures: cells by their ruling lines, the text of each by a recogniser of characters.

Every figure is read twice, at two sizes, and keeps how sure the recogniser was: where the two
readings differ it is as good as a guess. Whoever checks such a form is told to look at it.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageOps
from rapidocr import RapidOCR

from calcverify.forms.model import UNREADABLE
from calcverify.readers.fault import Unreadable, damaged
from calcverify.readers.model import Item, Options
from calcverify.readers.page_layout import document_of
from calcverify.readers.page_text import BINDING, CLOSING, OPENING, Box, Grid, PageText, ScannedFigure, TextLine
from calcverify.readers.scan_figures import GUESS, Recognised, doubted, figures_of, has_figures
from calcverify.readers.scan_grid import (
    Pixels,
    Scanned,
    Strip,
    strips_in,
    strips_outside,
    take_apart,
)
from calcverify.readers.sheets import read_documents
from calcverify.source import Locator

# A page takes some seconds; a photograph has twelve million pixels.
MOST_PAGES = 100
MOST_PIXELS = 60_000_000
_AREA = 1654 * 2339
_WIDE = "\u2e80"
# A page on its side or on its head reads far worse than this; a few lines tell.
_READS_WELL, _SAMPLE = 80, 6
# Lines of so many characters stand upright.
_LONG = 5


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms in a picture (png, jpg, tif, bmp)."""
    pages = [page_of(image, number) for number, image in enumerate(images_of(data), 1)]
    if not any(page.blocks for page in pages):
        raise Unreadable("CV926")
    yield from read_documents((document_of(pages, name),), name, options)


def images_of(data: bytes) -> Iterator[Pixels]:
    """The pictures of a file, upright: rows × columns × red, green, blue."""
    too_large = (Image.DecompressionBombWarning, Image.DecompressionBombError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
        frames = getattr(image, "n_frames", 1)
        if frames > MOST_PAGES:
            raise Unreadable("CV911", limit=f"{MOST_PAGES} pages")
        for number in range(frames):
            image.seek(number)
            if image.width * image.height > MOST_PIXELS:
                raise Unreadable("CV911", Locator(page=number + 1), limit=f"{MOST_PIXELS // 1_000_000} megapixels")
            yield np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    except Unreadable:
        raise
    except too_large as error:
        raise Unreadable("CV911", limit=f"{MOST_PIXELS // 1_000_000} megapixels") from error
    except Exception as error:  # Pillow lets through whatever a damaged picture causes
        raise damaged(error) from error


def drawn(data: bytes, number: int) -> tuple[Pixels, float]:
    """A page of a PDF as a picture of 200 dots an inch (fewer for a poster), and its width in points."""
    try:
        with closing(pypdfium2.PdfDocument(data)) as pdf:
            page = pdf[number - 1]
            width, height = page.get_size()
            scale = 200 / 72
            if width * height * scale * scale > MOST_PIXELS:
                scale = (MOST_PIXELS / (width * height)) ** (1 / 2)
            image = page.render(scale=scale, rev_byteorder=True).to_numpy()
    except Exception as error:  # pdfium lets through whatever a damaged page causes
        raise damaged(error) from error
    return np.ascontiguousarray(image[:, :, :3] if image.ndim == 3 else np.repeat(image[:, :, None], 3, 2)), width


def page_of(image: Pixels, number: int, width: float | None = None) -> PageText:
    """The page of a picture. ``width`` is that of the page in points; without it places are pixels."""
    wide = width or image.shape[1]
    image = sized(image)
    scale = wide / image.shape[1]
    found = upright(image)
    scanned = found.scanned
    blocks: list[TextLine | Grid] = []
    for n, cells in enumerate(found.cells, 1):
        rows: dict[float, list[Box]] = {}
        for cell, strips in cells:
            lines = [line for strip in strips if (line := _line(scanned, strip)).text]
            rows.setdefault(cell.top, []).append(cell._replace(lines=tuple(lines)))
        grid = Grid(n, tuple(tuple(sorted(rows[top], key=lambda box: box.x0)) for top in sorted(rows)))
        if any(box.lines for row in grid.rows for box in row):
            blocks.append(grid)
    for strips in found.outside:
        parts = [line for strip in strips if (line := _line(scanned, strip)).text]
        if parts:
            blocks.append(_whole(parts))
    blocks.sort(key=lambda block: block.top)
    page = PageText(number, scanned.grey.shape[1], scanned.grey.shape[0], doubted(blocks)).scaled(scale)
    return page._replace(back=scanned.back(found.quarters, scale))


def sized(image: Pixels) -> Pixels:
    """The picture with about as many pixels as an A4 page has at 200 dots an inch."""
    by = (_AREA / (image.shape[0] * image.shape[1])) ** (1 / 2)
    if 4 < 5 * by < 6:
        return image
    size = (max(int(image.shape[1] * by), 1), max(int(image.shape[0] * by), 1))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA if by < 1 else cv2.INTER_CUBIC)


class Upright(NamedTuple):
    """A page that stands upright, after so many quarters of a turn counter-clockwise, with its lines of text.

    ``cells`` are those of each table, ``outside`` the lines between tables in their stretches.
    """

    scanned: Scanned
    quarters: int
    cells: list[list[tuple[Box, list[Strip]]]]
    outside: list[list[Strip]]


def upright(image: Pixels) -> Upright:
    """The page as its text reads: a page that reads badly is tried on its sides and on its head as well."""
    best = _laid(image, 0)
    most, sure, long = _sampled(best)
    if sure < _READS_WELL or not long:
        for quarters in (1, 2, 3):
            found = _laid(image, quarters)
            read = _sampled(found).read
            if 4 * read > 5 * most:
                best, most = found, read
    return best


def _laid(image: Pixels, quarters: int) -> Upright:
    scanned = take_apart(np.ascontiguousarray(np.rot90(image, quarters)))
    cells = [[(cell, strips_in(scanned, cell)) for cell in table] for table in scanned.tables]
    return Upright(scanned, quarters, cells, strips_outside(scanned))


class _Sampled(NamedTuple):
    """A few lines: the sum of the certainties of their characters, the certainty of one, whether they are long."""

    read: int
    sure: int
    long: bool


def _sampled(page: Upright) -> _Sampled:
    """How the longest lines of a page are read.

    Characters on their side are often read well, but there a line has only one or two of them.
    """
    size = page.scanned.size
    within = [strip for table in page.cells for _, strips in table for strip in strips]
    every = [*within, *(strip for strips in page.outside for strip in strips)]
    low = [s for s in every if s.bottom - s.top < 2 * size]
    sample = sorted(low or every, key=lambda s: s.x0 - s.x1)[:_SAMPLE]
    sure = [score for strip in sample for score in _recognise(_crop(page.scanned, strip))[2]]
    wide = sum(strip.x1 - strip.x0 for strip in sample)
    return _Sampled(sum(sure), sum(sure) // max(len(sure), 1), wide > _LONG * size * max(len(sample), 1))


def _shown(scanned: Scanned, figure: ScannedFigure) -> ScannedFigure:
    """A figure with its picture; under a seal, or in red itself, it is doubtful."""
    box = figure.box
    red = scanned.red[int(box.top) : int(box.bottom), max(int(box.x0), 0) : int(box.x1)]
    score = min(figure.score, GUESS) if np.count_nonzero(red) * 50 > red.size else figure.score
    return figure._replace(score=score, picture=_cut(scanned, box))


def _cut(scanned: Scanned, box: Box) -> bytes:
    """A place of the page with a little around it, as the bytes of a PNG: sixteen greys are enough for reading."""
    beside, above = scanned.size, scanned.size // 4
    left, top = max(int(box.x0) - beside, 0), max(int(box.top) - above, 0)
    cut = scanned.whole[top : int(box.bottom) + above, left : int(box.x1) + beside]
    return bytes(cv2.imencode(".png", cut // 16 * 17)[1]) if cut.size else b""


def _whole(parts: list[TextLine]) -> TextLine:
    if len(parts) == 1:
        return parts[0]
    first, last = parts[0], parts[-1]
    text = " ".join(part.text for part in parts)
    figures = tuple(figure for part in parts for figure in part.figures)
    return first._replace(text=text, x1=last.x1, parts=tuple(parts), figures=figures)


@cache
def _recogniser() -> Any:
    return RapidOCR(params={"Global.log_level": "error"})


def _recognise(strip: Pixels) -> tuple[str, list[int], list[int], int]:
    """The text of a strip; of each character its place and how sure it is, in hundredths; the number of places."""
    found = _recogniser()(
        cv2.cvtColor(strip, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, use_rec=True, return_word_box=True
    )
    if not found.txts or not found.word_results:
        return "", [], [], 1
    words = found.word_results[0]
    places = [place for word in words.word_cols for place in word]
    sure = [int(100 * score) for score in words.confs]
    text = found.txts[0]
    if len(places) == len(sure) == len(text) - text.count(" "):  # blanks have no place of their own
        before = [len(text[:at].replace(" ", "")) for at in range(len(text))]
        blank = [max(n - 1, 0) if text[at] == " " else n for at, n in enumerate(before)]
        places, sure = [places[n] for n in blank], [sure[n] for n in blank]
    return text, places, sure, max(int(words.line_txt_len), 1)


def _line(scanned: Scanned, strip: Strip) -> TextLine:
    """The line of text in a strip of the page."""
    crop = _crop(scanned, strip)
    text, places, sure, count = _recognise(crop)
    if not text.strip() and 2 * min(strip.x1 - strip.x0, strip.bottom - strip.top) > scanned.size:
        text, sure = _second(crop).strip() or UNREADABLE, []
    if len(places) != len(text) or len(sure) != len(text):
        places, sure = list(range(len(text))), [min(sure, default=0)] * len(text)
        count = max(len(text), 1)
    wide = crop.shape[1]
    first = Recognised(text, [wide * (2 * place + 1) / (2 * count) for place in places], sure)
    at = Box(strip.x0 - (wide - strip.x1 + strip.x0) / 2, strip.top - 3, strip.x1, strip.bottom + 3)
    figures = figures_of(crop, first, _second(crop), at) if has_figures(text) else ()
    figures = tuple(_shown(scanned, figure) for figure in figures)
    left = text.strip()
    unparted = _first(left, first.xs[len(text) - len(text.lstrip()) :], scanned.size)
    # The stroke of a 、 or 。 fills the left half of its square.
    x1 = strip.x1 + (scanned.size // 2 if left[-1:] >= _WIDE and left[-1] in CLOSING else 0)
    return TextLine(left, strip.x0, strip.top, x1, strip.bottom, scanned.size, unparted, figures=figures)


def _crop(scanned: Scanned, strip: Strip) -> Pixels:
    margin = max(scanned.size // 4, 4)
    crop = scanned.grey[strip.top : strip.bottom, strip.x0 : strip.x1]
    return cv2.copyMakeBorder(crop, margin, margin, 2 * margin, 2 * margin, cv2.BORDER_CONSTANT, value=255)


def _second(crop: Pixels) -> str:
    """The text of a strip at another size."""
    height, width = crop.shape
    larger = cv2.resize(crop, (width * 3 // 2, height * 3 // 2), interpolation=cv2.INTER_CUBIC)
    return _recognise(cv2.copyMakeBorder(larger, 6, 6, 9, 9, cv2.BORDER_CONSTANT, value=255))[0]


def _first(text: str, xs: Sequence[float], size: int) -> float:
    """How wide the beginning of a text is that no line break parts: 用。, 50%， or 4044*200*12=971.

    ``xs`` are the middles of its characters.
    """
    run = re.match(r"[^\s\u2e80-\uffff]+", text)
    end = len(run[0]) if run else 1
    while end < len(text) and (text[end] in CLOSING + BINDING or text[end - 1] in OPENING + BINDING):
        end += 1
    return xs[end - 1] - xs[0] + size * (1 if text[:1] >= _WIDE else 3 / 4) if text else size
