"""What makes a recognised figure doubtful, in lines drawn of bars for digits, dots for points, gaps for blanks."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="scans need the extra: pip install 'calcverify[ocr]'", exc_type=ImportError)

import numpy as np

from calcverify.readers.page_text import Box, Grid, ScannedFigure, TextLine
from calcverify.readers.scan_figures import FIGURE, Recognised, doubted, figures_of, has_figures

HIGH = 20


def line(text: str, again: str | None = None, sure: int = 99, odd: dict[int, int] | None = None) -> list[ScannedFigure]:
    """The figures of a line. ``text`` is drawn with its blanks and recognised without them, as recognisers do.

    ``again`` is the second reading, ``odd`` the certainty of some characters.
    """
    picture = np.full((2 * HIGH, 16 * len(text) + 60), 255, np.uint8)
    xs, x = [], 20
    for sign in text:
        width = 4 if sign in ".,，" else 11
        if sign != " ":
            xs.append(x + width / 2)
            picture[HIGH + 6 if width == 4 else HIGH // 2 : HIGH // 2 + HIGH, x : x + width] = 0
        x += width + (2 if sign != " " else 0)
    seen = text.replace(" ", "")
    scores = [(odd or {}).get(at, sure) for at in range(len(seen))]
    return list(figures_of(picture, Recognised(seen, xs, scores), again or seen, Box(0, 0, x, 2 * HIGH)))


# The line as it is printed (and how it is read again, where that differs), and which of its figures are in doubt.
LINES = [
    ("9.75万人*460元/月", None, []),
    ("1,234,567.89元", None, []),
    ("2022年", None, []),
    ("82 749元", None, ["82749"]),  # two figures that were fused
    ("4 6元*12", None, ["46"]),
    ("460元", "450元", ["460"]),
    ("460元*12", "460元*1 2", ["12"]),
    ("460万元", "460方元", ["460"]),  # the scale is part of the figure
    ("5次*31元", "5次x31元", []),
    ("5次*31元", "5次+31元", ["31"]),
    ("5次*31元", "5次*31元*2", ["5", "31"]),
    ("1O万元", None, ["1"]),
    ("l2万元", None, ["2"]),
    ("962,5万元", None, ["962,5"]),
    ("1,23元", None, ["1,23"]),
    ("9，10亩", None, ["9，10"]),
    ("12.万元", None, ["12"]),
    ("合计.5万元", None, ["5"]),
    ("5693次:31元", None, ["31"]),  # ÷ is read as a colon
    ("O万元", None, ["O"]),
    ("O", None, ["O"]),
    ("450元×l元", None, ["l"]),
    ("B级危房", None, []),
    ("\ufffd", None, ["\ufffd"]),
]


@pytest.mark.parametrize(("text", "again", "doubtful"), LINES)
def test_doubts(text: str, again: str | None, doubtful: list[str]) -> None:
    found = line(text, again)
    assert [figure.text for figure in found if figure.score < 95] == doubtful
    seen = text.replace(" ", "")
    assert {match[0] for match in FIGURE.finditer(seen)} <= {figure.text for figure in found}
    assert has_figures(seen) == bool(found)


def test_the_certainty_is_the_least_of_the_figure_and_of_its_scale() -> None:
    assert [f.score for f in line("46万", odd={1: 71})] == [71]
    assert [f.score for f in line("46万", odd={2: 72})] == [72]
    assert [f.score for f in line("共46", odd={0: 70})] == [99]


def spaced(text: str, points: int) -> TextLine:
    figure = ScannedFigure(text, Box(0, 0, 1, 1), 99, points)
    return TextLine(text, 0, 0, 1, 1, 1, 1, figures=(figure,))


def scores(lines: list[TextLine]) -> list[int]:
    grid = Grid(1, ((Box(0, 0, 1, 1, tuple(lines[:1])), *(Box(1, 0, 2, 1, (each,)) for each in lines[1:])),))
    (found,) = doubted([grid])
    assert isinstance(found, Grid)
    return [figure.score for box in found.rows[0] for each in box.lines for figure in each.figures]


def test_a_point_that_stands_off_is_doubtful() -> None:
    assert scores([spaced("12.31", 20), spaced("12.31", 45)]) == [99, 50]


def test_a_font_may_set_its_points_far_off() -> None:
    """Plain decimals show how far: 12059.68 has no blank behind its point, a date may have one."""
    plain = [spaced("12059.68", 50), spaced("378.00", 52)]
    assert scores([*plain, spaced("12.31", 55), spaced("12.31", 90)]) == [99, 99, 99, 50]
    assert scores([spaced("2022.12", 50), spaced("2021.11", 50)]) == [50, 50]  # years are no decimals


def test_a_figure_at_the_end_of_a_line_and_one_below_may_be_one() -> None:
    lines = [TextLine(t, 0, 0, 1, 1, 1, 1, figures=spaced(t, 0).figures) for t in ("460", "12")]
    (found,) = doubted([Grid(1, ((Box(0, 0, 1, 1, tuple(lines)),),))])
    assert isinstance(found, Grid)
    assert [figure.score for each in found.rows[0][0].lines for figure in each.figures] == [50, 50]
    above, below = doubted(lines)
    assert isinstance(above, TextLine)
    assert isinstance(below, TextLine)
    assert [above.figures[0].score, below.figures[0].score] == [50, 50]
