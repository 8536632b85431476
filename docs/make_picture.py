"""Write ``docs/report.svg``: what calcverify prints for a basis with one wrong figure.

Run ``python docs/make_picture.py`` after a change to the text report. The picture holds
the output of the program as it is, colours included; a test compares the two. It is
drawn with fonts that the reader's machine has: nothing is fetched when it is shown.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import re
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

import calcverify
from calcverify.report.screen import Screen
from calcverify.report.text import render

PICTURE = Path(__file__).with_name("report.svg")
FILE = "forms.jsonl"
COLUMNS = 100

# 360 × 85 is 30600元, that is 3.06万元: the nought was lost, and the sum carries it on.
FORM = {
    "id": "330000261230000000017",
    "name": "基层统计人员培训项目",
    "basis": "培训费：3期×120人×450元/人=16.2万元；教材费：360册×85元/册=3.6万元。合计19.8万元。",
    "total": "19.8万元",
}

FONTS = "Sarasa Mono SC, Noto Sans Mono CJK SC, NSimSun, PingFang SC, Microsoft YaHei, monospace"


def report_text() -> str:
    """The text report of the form, coloured as on a terminal."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path(FILE).write_text(json.dumps(FORM, ensure_ascii=False), encoding="utf-8")
        report = calcverify.check_file(FILE)
    return render(report, "zh", Screen(width=COLUMNS, colour=True))


def picture(text: str) -> str:
    """The SVG of a terminal that shows ``text`` after the command that printed it."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), color_system="truecolor", legacy_windows=False)
    console.print(Text(f"$ calcverify check {FILE}", style="bold"))
    console.print(Text.from_ansi(text.rstrip("\n")))
    return console.export_svg(title="calcverify", theme=MONOKAI, code_format=template(), unique_id="report")


def template() -> str:
    """rich's own SVG without its web fonts, and without stretching Latin letters to full width."""
    usual: str = inspect.signature(Console.export_svg).parameters["code_format"].default
    local = re.sub(r"@font-face \{\{.*?\}\}\s*", "", usual, flags=re.DOTALL)
    narrow = local.replace("font-variant-east-asian: full-width;", "")
    return narrow.replace("Fira Code, monospace", FONTS)


if __name__ == "__main__":
    PICTURE.write_text(picture(report_text()), encoding="utf-8")
