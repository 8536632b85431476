"""The picture of a page: straightened, without its seals, its ruling lines as cells, its text as strips.

Lengths are pixels. A page is read at about 200 dots an inch: a character of a form is then some
25 pixels high, a ruling line two.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import cv2
import numpy as np
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from calcverify.readers.page_text import Affine, Box
from calcverify.readers.pdf_page import Object, edge, open_sides

# Grey pixels, or pixels with three colours: numpy's arrays have no shape that mypy could check.
Pixels: TypeAlias = Any

# The shortest ruling line, the smallest and the largest height of a character.
_LINE = 45
_LOW, _HIGH = 9, 80
# Edges that are so many pixels apart are one.
_NEAR = 8
# No ruling line is so thick.
_THICK = 9
_BLACK, _WHITE = 0, 255
_INK = _WHITE
# By so much red is brighter than green and blue where a seal is; a seal is larger than any character.
_RED, _SEAL = 30, 110


class Strip(NamedTuple):
    """A line of text on the page: its edges."""

    x0: int
    top: int
    x1: int
    bottom: int


class Scanned(NamedTuple):
    """A page taken apart: its grey pixels without ruling lines, the cells of its tables, the size of its characters.

    ``degrees`` is by how much it was turned, counter-clockwise, to stand straight; ``whole`` is the page so turned,
    with its lines and seals, in grey, ``red`` where it is red.
    """

    grey: Pixels
    tables: list[list[Box]]
    size: int
    degrees: float
    whole: Pixels
    red: Pixels

    def back(self, quarters: int, scale: float) -> Affine:
        """How places on this page lie on the page as it was, before it was turned: by quarters, then by degrees."""
        height, width = self.grey.shape
        straight = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), self.degrees, 1), (0, 0, 1)])
        turned = (
            ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
            ((0, -1, height), (1, 0, 0), (0, 0, 1)),
            ((-1, 0, width), (0, -1, height), (0, 0, 1)),
            ((0, 1, 0), (-1, 0, width), (0, 0, 1)),
        )[quarters]
        whole = np.array(turned) @ np.linalg.inv(straight)
        (a, b, x), (c, d, y) = whole[:2].tolist()
        return a, b, x * scale, c, d, y * scale


def take_apart(image: Pixels) -> Scanned:
    """The picture of a page (rows × columns × red, green, blue) in its parts."""
    plain, sealed, red = without_seals(image)
    degrees = skew_of(plain)
    grey, sealed = rotated(plain, degrees, _WHITE), rotated(sealed, degrees, _BLACK)
    ink = ink_of(grey)
    level, upright = _ruled(ink, 1, _LINE), _ruled(ink, _LINE, 1)
    if sealed.any():
        # A seal cuts ruling lines: they go on behind it, and a piece between two cuts is part of one.
        over = cv2.bitwise_or(ink, sealed)
        level = cv2.bitwise_or(level, _behind(level, _ruled(over, 1, 3 * _LINE), (_THICK, 1)))
        upright = cv2.bitwise_or(upright, _behind(upright, _ruled(over, 3 * _LINE, 1), (1, _THICK)))
    tables = _tables(level, upright)
    lines = cv2.bitwise_or(level, upright)
    whole = rotated(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), degrees, _WHITE)
    clean = grey.copy()
    clean[cv2.dilate(lines, np.ones((5, 5), np.uint8)) > 0] = _WHITE
    heights = sorted(
        s.bottom - s.top for cells in tables for cell in cells for s in _strips(ink_of(_within(clean, cell)))
    )
    usual = [h for h in heights if 2 * _LOW <= h <= _HIGH]
    size = usual[len(usual) // 2] if usual else 28
    return Scanned(clean, tables, size, degrees, whole, rotated(red, degrees, _BLACK))


def without_seals(image: Pixels) -> tuple[Pixels, Pixels, Pixels]:
    """The page in grey, of a seal only what is far darker than its red; where a seal is; where anything is red.

    What is red and no part of a seal, figures in red among it, remains.
    """
    red, green, blue = (image[:, :, i].astype(np.int16) for i in range(3))
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    # The median takes out the noise of single pixels.
    reddish = cv2.medianBlur((red - np.maximum(green, blue) > _RED).astype(np.uint8) * _INK, 3)
    sealed = np.zeros_like(grey)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(reddish, np.ones((5, 5), np.uint8)), connectivity=8)
    for x, y, width, height, _area in stats[1:].tolist():
        if max(width, height) > _SEAL:
            sealed[max(y - _NEAR, 0) : y + height + _NEAR, max(x - _NEAR, 0) : x + width + _NEAR] = _INK
    if not sealed.any():
        return grey, sealed, reddish
    # A JPEG keeps colour at half the size: the rim of a red stroke is dark, and would be read as 1 and 一.
    sealed = cv2.bitwise_and(sealed, cv2.dilate(reddish, np.ones((7, 7), np.uint8)))
    white = max(int(np.median(red[reddish > 0])) * 3 // 4, 1)
    grey[sealed > 0] = np.minimum(red[sealed > 0].astype(np.int32) * _WHITE // white, _WHITE)
    return grey, sealed, reddish


def skew_of(grey: Pixels) -> float:
    """By how many degrees, clockwise, the ruling lines of a page go down to the right; a few at most."""
    level = _ruled(ink_of(grey), 1, _LINE // 2)
    found = cv2.HoughLinesP(level, 1, np.pi / 1800, 200, minLineLength=grey.shape[1] // 5, maxLineGap=20)
    runs = [] if found is None else [(int(x1 - x0), int(y1 - y0)) for x0, y0, x1, y1 in found.reshape(-1, 4)]
    slopes = sorted(dy / dx for dx, dy in runs if abs(dy) * 8 < abs(dx))
    degrees = np.degrees(np.arctan(slopes[len(slopes) // 2])) if slopes else 0
    return 0 if abs(degrees) * 20 < 1 else degrees


def rotated(grey: Pixels, degrees: float, margin: int) -> Pixels:
    """A picture turned around its middle, counter-clockwise; ``margin`` is what comes in at the corners."""
    if not degrees:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=margin)


def strips_in(scanned: Scanned, box: Box) -> list[Strip]:
    """The lines of text within a cell, from above."""
    left, top = int(box.x0), int(box.top)
    ink = ink_of(_within(scanned.grey, box))
    found = []
    for strip in _parted(_joined(_strips(ink), scanned.size), scanned.size):
        columns = np.flatnonzero(ink[strip.top : strip.bottom].any(axis=0))
        if columns.size:
            x0, x1 = int(columns[0]), int(columns[-1]) + 1
            found.append(Strip(left + x0, top + strip.top, left + x1, top + strip.bottom))
    return found


def strips_outside(scanned: Scanned) -> list[list[Strip]]:
    """The lines of text outside of tables, each in the stretches that wide gaps part."""
    rest = scanned.grey.copy()
    for cells in scanned.tables:
        x0, top = min(c.x0 for c in cells), min(c.top for c in cells)
        x1, bottom = max(c.x1 for c in cells), max(c.bottom for c in cells)
        rest[int(top) : int(bottom), int(x0) : int(x1)] = _WHITE
    height, width = rest.shape
    found = []
    outside = scanned._replace(grey=rest)
    for strip in strips_in(outside, Box(0, 0, width, height)):
        columns = np.flatnonzero(ink_of(rest[strip.top : strip.bottom]).any(axis=0))
        cuts = np.flatnonzero(np.diff(columns) > 2 * scanned.size)
        starts = [int(columns[0]), *(int(columns[i + 1]) for i in cuts)]
        ends = [*(int(columns[i]) + 1 for i in cuts), int(columns[-1]) + 1]
        found.append([strip._replace(x0=a, x1=b) for a, b in zip(starts, ends, strict=True)])
    return found


def _within(grey: Pixels, box: Box) -> Pixels:
    return grey[max(int(box.top), 0) : int(box.bottom), max(int(box.x0), 0) : int(box.x1)]


def ink_of(grey: Pixels) -> Pixels:
    """White where there is ink; single specks are none."""
    if min(grey.shape) < 3:
        return np.zeros_like(grey)
    dark = cv2.adaptiveThreshold(grey, _WHITE, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 25)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] < 5
    small[0] = False
    if count > 1:
        dark[small[labels]] = _BLACK
    return dark


def _ruled(ink: Pixels, high: int, wide: int) -> Pixels:
    """The ruling lines of one direction: no stroke of a character is so long."""
    return cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8))


def _behind(ruled: Pixels, lines: Pixels, thick: tuple[int, int]) -> Pixels:
    """Of the lines in a picture with its seals those that are thin and that go on as ruling lines."""
    thin = cv2.subtract(lines, _ruled(lines, *thick))
    count, labels = cv2.connectedComponents(thin, connectivity=8)
    seen = np.bincount(labels[ruled > 0], minlength=count) >= _LINE
    seen[0] = False
    return seen[labels].astype(np.uint8) * _INK


def _tables(level: Pixels, upright: Pixels) -> list[list[Box]]:
    edges: list[Object] = []
    for mask, horizontal in ((level, True), (upright, False)):
        _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        for x, y, width, height, _area in stats[1:].tolist():
            if horizontal:
                edges.append(edge(x, y + height / 2, x + width, y + height / 2))
            else:
                edges.append(edge(x + width / 2, y, x + width / 2, y + height))
    rows, columns = open_sides(edges, _NEAR)
    merged = merge_edges(edges + rows + columns, _NEAR, _NEAR, 3 * _NEAR, 3 * _NEAR)
    cells = intersections_to_cells(edges_to_intersections(merged, _NEAR, _NEAR))
    tables = [[Box(*cell) for cell in table] for table in cells_to_tables(cells)]
    return sorted((cells for cells in tables if len(cells) > 1), key=lambda cells: min(c.top for c in cells))


def _strips(ink: Pixels) -> list[Strip]:
    """The stretches of rows that hold ink."""
    rows = np.flatnonzero((ink > 0).sum(axis=1) > 1)
    if not rows.size:
        return []
    cuts = np.flatnonzero(np.diff(rows) > 1)
    starts = [int(rows[0]), *(int(rows[i + 1]) for i in cuts)]
    ends = [*(int(rows[i]) + 1 for i in cuts), int(rows[-1]) + 1]
    return [Strip(0, a, ink.shape[1], b) for a, b in zip(starts, ends, strict=True)]


def _joined(strips: list[Strip], size: int) -> list[Strip]:
    """Stretches too low for a line go to their neighbour: the two strokes of 二, the dots of 、."""
    found: list[Strip] = []
    for strip in strips:
        last = found[-1] if found else None
        if last is not None and strip.bottom - last.top <= size + size // 4:
            found[-1] = last._replace(bottom=strip.bottom)
        else:
            found.append(strip)
    return [strip for strip in found if strip.bottom - strip.top >= 3]


def _parted(strips: list[Strip], size: int) -> list[Strip]:
    """A stretch as high as two lines is two lines that touch."""
    found: list[Strip] = []
    for strip in strips:
        high = strip.bottom - strip.top
        count = max((high + size // 3) // max(size + size // 8, 1), 1)
        cuts = [strip.top + high * i // count for i in range(count + 1)]
        found += [strip._replace(top=top, bottom=bottom) for top, bottom in pairwise(cuts)]
    return found
