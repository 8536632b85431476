"""Write ``docs/report.svg``: what calcverify prints for a basis with one wrong figure.

Run ``python docs/make_picture.py`` after a change to the text report. The picture holds
the output of the program as it is, colours included; a test compares the two. It is
drawn with fonts that the reader's machine has: nothing is fetched when it is shown.
"""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import calcverify
from calcverify.report.screen import Screen
from calcverify.report.text import render

PICTURE = Path(__file__).with_name("report.svg")
FILE = "forms.jsonl"
SCREEN = Screen(width=100, colour=True)

# 360 × 85 is 30600元, that is 3.06万元: the nought was lost, and the sum carries it on.
FORM = {
    "id": "330000261230000000017",
    "name": "基层统计人员培训项目",
    "basis": "培训费：3期×120人×450元/人=16.2万元；教材费：360册×85元/册=3.6万元。合计19.8万元。",
    "total": "19.8万元",
}

COLUMN, LINE, MARGIN, BAR = 8, 20, 16, 36  # in pixels: a column, a line, the border, the title bar

# What the colour codes of a terminal look like here.
CLASSES = {"1": "bold", "31": "red", "32": "green", "33": "yellow", "36": "cyan"}

STYLE = """
text { font: 14px "Sarasa Mono SC", "Noto Sans Mono CJK SC", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
text { fill: #e6e6e6; white-space: pre; }
.bold { font-weight: bold; } .red { fill: #ff6b6b; } .green { fill: #69db7c; }
.yellow { fill: #ffd43b; } .cyan { fill: #66d9e8; } .title { text-anchor: middle; fill: #a0a0a0; }
"""


class Piece(NamedTuple):
    """A stretch of a line in one style, of characters that are all one or all two columns wide."""

    text: str
    classes: str
    column: int
    columns: int


def report_text() -> str:
    """The text report of the form, coloured as on a terminal."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path(FILE).write_text(json.dumps(FORM, ensure_ascii=False), encoding="utf-8")
        report = calcverify.check_file(FILE)
    return render(report, "zh", SCREEN)


def pieces(line: str) -> Iterator[Piece]:
    """The pieces of a line, its colour codes read.

    Chinese and Latin letters are placed apart, so that the marks stand under their figure
    whatever fonts the two come from.
    """
    column, classes = 0, ""
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        if part.startswith("\x1b"):
            codes = part[2:-1].split(";")
            classes = " ".join(CLASSES[code] for code in codes if code in CLASSES)
            continue
        for width, run in groupby(part, SCREEN.columns):
            text = "".join(run)
            yield Piece(text, classes, column, width * len(text))
            column += width * len(text)


def picture(text: str) -> str:
    """The SVG of a terminal that shows ``text`` after the command that printed it."""
    lines = [list(pieces(line)) for line in [f"\x1b[1m$ calcverify check {FILE}\x1b[0m", *text.rstrip().split("\n")]]
    width = 2 * MARGIN + COLUMN * max(p.column + p.columns for line in lines for p in line)
    height = BAR + LINE * len(lines) + MARGIN
    drawn = [
        f'<text class="{piece.classes}" x="{MARGIN + COLUMN * piece.column}" y="{BAR + LINE * row}" '
        f'textLength="{COLUMN * piece.columns}" lengthAdjust="spacingAndGlyphs">{escape(piece.text)}</text>'
        for row, line in enumerate(lines, 1)
        for piece in line
        if not piece.text.isspace()
    ]
    dots = [f'<circle cx="{MARGIN + 4 + 18 * n}" cy="18" r="6" fill="#555"/>' for n in range(3)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
            "<title>calcverify: a report with one wrong figure</title>",
            f"<style>{STYLE}</style>",
            f'<rect width="{width}" height="{height}" rx="8" fill="#1e1e1e"/>',
            *dots,
            f'<text class="title" x="{width // 2}" y="23">calcverify</text>',
            *drawn,
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(report_text()), encoding="utf-8")
