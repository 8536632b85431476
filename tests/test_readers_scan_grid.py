"""Seals and turned pages, in pictures drawn here: what is a seal goes, what is red writing stays, places lead back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

pytest.importorskip("cv2", reason="scans need the extra: pip install 'calcverify[ocr]'", exc_type=ImportError)

import cv2
import numpy as np

from calcverify.readers.page_text import Box, PageText
from calcverify.readers.scan_grid import ink_of, take_apart, without_seals

RED, BLACK = (215, 40, 40), (0, 0, 0)


def as_jpeg(page: Any) -> Any:
    """The picture as a scanner saves it, with its colours at half the size."""
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=75)
    return np.asarray(Image.open(out))


def drawn() -> Any:
    """Two rows of two cells: black writing above and a red figure below at the left, a seal over both at the right."""
    page = np.full((700, 1000, 3), 255, np.uint8)
    for y in (100, 300, 500):
        cv2.line(page, (100, y), (900, y), BLACK, 2)
    for x in (100, 500, 900):
        cv2.line(page, (x, 100), (x, 500), BLACK, 2)
    cv2.rectangle(page, (150, 150), (162, 170), BLACK, -1)
    cv2.rectangle(page, (150, 400), (162, 420), RED, -1)
    seal = np.full_like(page, 255)
    cv2.circle(seal, (650, 300), 120, RED, 10)
    return as_jpeg(np.minimum(page, seal))


def test_a_seal_goes_and_red_writing_stays() -> None:
    grey, sealed, red = without_seals(drawn())
    assert grey[180:420, 530:770][sealed[180:420, 530:770] > 0].min() < 120  # the ruling line below the seal
    assert not ink_of(grey)[200:280, 510:780].any()
    assert grey[410, 156] < 130
    assert grey[160, 156] < 40
    assert red[410, 156]
    assert red[180:420, 530:770].any()
    assert not red[160, 156]


def test_ruling_lines_go_on_behind_a_seal() -> None:
    scanned = take_apart(drawn())
    (table,) = scanned.tables
    assert sorted((round(c.x0, -1), round(c.top, -1), round(c.x1, -1), round(c.bottom, -1)) for c in table) == [
        (100, 100, 500, 300),
        (100, 300, 500, 500),
        (500, 100, 900, 300),
        (500, 300, 900, 500),
    ]
    # Nothing of the seal or of the lines is left where the right cells are empty.
    assert not ink_of(scanned.grey)[110:490, 510:890].any()


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("degrees", [0, 1.5])
def test_places_lead_back_to_the_page_as_it_is(quarters: int, degrees: float) -> None:
    page: Any = np.full((700, 1000, 3), 255, np.uint8)
    for y in range(100, 600, 100):
        cv2.line(page, (100, y), (900, y), BLACK, 2)
    turn = cv2.getRotationMatrix2D((500, 350), degrees, 1)
    page = cv2.warpAffine(page, turn, (1000, 700), borderValue=(255, 255, 255))
    mark = (turn @ (300, 250, 1)).astype(int)
    page[mark[1] - 8 : mark[1] + 8, mark[0] - 5 : mark[0] + 5] = 0
    scanned = take_apart(page)
    rows, columns = np.nonzero(scanned.grey[210:290, 200:400] < 100)
    found = Box(200 + columns.min(), 210 + rows.min(), 200 + columns.max(), 210 + rows.max())
    # The page as it is lies so that these quarters of a turn make it upright.
    lying = np.rot90(page, -quarters)
    x0, top, x1, bottom = PageText(1, 1, 1, (), scanned.back(quarters, 1)).place(found)
    assert lying[top + 2 : bottom - 1, x0 + 2 : x1 - 1].max() < 60
    assert sorted((x1 - x0, bottom - top)) == [pytest.approx(10, abs=2), pytest.approx(16, abs=2)]
