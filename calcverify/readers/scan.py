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
from itertools import islice
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageOps
from rapidocr import RapidOCR

from calcverify.readers.fault import Unreadable, damaged
from calcverify.readers.model import Item, Options
from calcverify.readers.page_layout import document_of
from calcverify.readers.page_text import Box, Grid, PageText, ScannedFigure, TextLine
from calcverify.readers.scan_grid import (
    Pixels,
    Scanned,
    Strip,
    straightened,
    strips_in,
    strips_outside,
    take_apart,
    without_seals,
)
from calcverify.readers.sheets import read_documents
from calcverify.source import Locator

# A page takes some seconds; a photograph has twelve million pixels.
MOST_PAGES = 100
MOST_PIXELS = 60_000_000
_AREA = 1654 * 2339
_FIGURE = re.compile(r"[0-9０-９][0-9０-９.,，．]*")
# Two readings that differ are as good as none.
GUESS = 50
_WIDE = "\u2e80"


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms in a picture (png, jpg, tif, bmp)."""
    pages = [page_of(image, number) for number, image in enumerate(images_of(data), 1)]
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
    pixels = image.shape[1]
    image = sized(image)
    scale = (width or pixels) / image.shape[1]
    scanned = take_apart(image)
    blocks: list[TextLine | Grid] = []
    for n, cells in enumerate(scanned.tables, 1):
        rows: dict[float, list[Box]] = {}
        for cell in cells:
            lines = [line for strip in strips_in(scanned, cell) if (line := _line(scanned, strip)).text]
            rows.setdefault(cell.top, []).append(cell._replace(lines=tuple(lines)))
        grid = Grid(n, tuple(tuple(sorted(rows[top], key=lambda box: box.x0)) for top in sorted(rows)))
        if any(box.lines for row in grid.rows for box in row):
            blocks.append(grid)
    for strips in strips_outside(scanned):
        parts = [line for strip in strips if (line := _line(scanned, strip)).text]
        if parts:
            blocks.append(_whole(parts))
    blocks.sort(key=lambda block: block.top)
    page = PageText(number, image.shape[1], image.shape[0], tuple(blocks))
    return page.scaled(scale)


def sized(image: Pixels) -> Pixels:
    """The picture with about as many pixels as an A4 page has at 200 dots an inch."""
    by = (_AREA / (image.shape[0] * image.shape[1])) ** (1 / 2)
    if 4 < 5 * by < 6:
        return image
    size = (max(int(image.shape[1] * by), 1), max(int(image.shape[0] * by), 1))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA if by < 1 else cv2.INTER_CUBIC)


def crops_of(data: bytes, places: Sequence[Locator]) -> list[bytes]:
    """The places of a scanned PDF or of a picture, cut out of the straightened page, each as the bytes of a PNG.

    ``places`` are those of ``"scanned"`` remarks; what has no box gives no bytes.
    """
    pages: dict[int, tuple[Pixels, float]] = {}
    crops = []
    for place in places:
        number = place.page or 1
        if number not in pages:
            if data.startswith(b"%PDF"):
                image, width = drawn(data, number)
            else:
                image = next(islice(images_of(data), number - 1, None))
                width = image.shape[1]
            pages = {number: (straightened(without_seals(sized(image))), width)}  # one page is held at a time
        page, width = pages[number]
        if place.box is None:
            crops.append(b"")
            continue
        x0, top, x1, bottom = (int(edge * page.shape[1] / width) for edge in place.box)
        cut = page[max(top - 4, 0) : bottom + 8, max(x0 - 4, 0) : x1 + 8]
        crops.append(cv2.imencode(".png", cut)[1].tobytes() if cut.size else b"")
    return crops


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
    return found.txts[0], places, sure, max(int(words.line_txt_len), 1)


def _line(scanned: Scanned, strip: Strip) -> TextLine:
    """The line of text in a strip of the page."""
    margin = max(scanned.size // 4, 4)
    crop = scanned.grey[strip.top : strip.bottom, strip.x0 : strip.x1]
    crop = cv2.copyMakeBorder(crop, margin, margin, 2 * margin, 2 * margin, cv2.BORDER_CONSTANT, value=255)
    text, places, sure, count = _recognise(crop)
    if len(places) != len(text) or len(sure) != len(text):
        places, sure = list(range(len(text))), [min(sure, default=0)] * len(text)
        count = max(len(text), 1)
    size = strip.bottom - strip.top
    wide = crop.shape[1]
    xs = [strip.x0 - 2 * margin + wide * place / count for place in places]
    figures = _figures(text, xs, sure, strip, size, _second(crop, text))
    left = text.strip()
    first = _first(left) * scanned.size
    return TextLine(left, strip.x0, strip.top, strip.x1, strip.bottom, scanned.size, first, figures=figures)


def _second(crop: Pixels, text: str) -> list[str]:
    """The figures of a strip at another size, where it has figures."""
    if not _FIGURE.search(text):
        return []
    height, width = crop.shape
    larger = cv2.resize(crop, (width * 3 // 2, height * 3 // 2), interpolation=cv2.INTER_CUBIC)
    larger = cv2.copyMakeBorder(larger, 6, 6, 9, 9, cv2.BORDER_CONSTANT, value=255)
    return _FIGURE.findall(_recognise(larger)[0])


def _figures(
    text: str, xs: list[float], sure: list[int], strip: Strip, size: int, again: list[str]
) -> tuple[ScannedFigure, ...]:
    found = list(_FIGURE.finditer(text))
    alike = len(found) == len(again)
    figures = []
    for i, match in enumerate(found):
        score = min(sure[match.start() : match.end()])
        # A letter beside digits (1O, l2) and a figure that is another one at another size are doubtful.
        around = text[max(match.start() - 1, 0) : match.end() + 1]
        if not alike or again[i] != match[0] or re.search("[A-Za-z]", around):
            score = min(score, GUESS)
        x0, x1 = xs[match.start()] - size / 2, xs[match.end() - 1] + size
        box = Box(max(x0, strip.x0 - size), strip.top - 3, min(x1, strip.x1 + size), strip.bottom + 3)
        figures.append(ScannedFigure(match[0], box, score))
    return tuple(figures)


def _first(text: str) -> float:
    """How many characters wide the beginning of a text is that no line break parts."""
    if not text or text[0] >= _WIDE:
        return 1
    run = re.match(r"[^\s\u2e80-\uffff]+", text)
    return (len(run[0]) if run else 1) / 2
