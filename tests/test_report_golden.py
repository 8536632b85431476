"""Every renderer against its golden text, for projects made by hand, in both languages.

After a deliberate change: ``python -m tests.test_report_golden`` writes them anew; read
the difference before committing it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calcverify.report.formats import FORMATS, format_named, rendered
from calcverify.version import __version__
from tests.made import report

FOLDER = Path(__file__).parent / "golden" / "report"
VERSION = "VERSION"

TEXTS = [form.name for form in FORMATS if not form.binary]

# Name of the golden → format, language, and what shapes it.
GOLDENS: dict[str, tuple[str, str, dict[str, object]]] = {
    **{f"{name}.{lang}.txt": (name, lang, {}) for name in TEXTS for lang in ("zh", "en")},
    "text.narrow.txt": ("text", "zh", {"width": 40}),
    "text.colour.txt": ("text", "zh", {"colour": True}),
    "text.gbk.txt": ("text", "zh", {"encoding": "gbk"}),
    "text.ascii.txt": ("text", "en", {"encoding": "ascii"}),
}


def made(name: str) -> str:
    """What the program renders; the version is not what these tests are about."""
    form, lang, shape = GOLDENS[name]
    text = rendered(report(), format_named(form), lang, **shape)  # type: ignore[arg-type]  # a table of keywords
    for quoted in ('"version": "{}"', "calcverify {} ", "calcverify {}."):
        text = text.replace(quoted.format(__version__), quoted.format(VERSION))
    return text


@pytest.mark.parametrize("name", GOLDENS)
def test_golden(name: str) -> None:
    assert made(name) == (FOLDER / name).read_text(encoding="utf-8")


def test_there_is_no_golden_that_nothing_makes() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(GOLDENS)


def test_colours_are_all_that_colours_add() -> None:
    assert re.sub("\x1b\\[[0-9;]*m", "", made("text.colour.txt")) == made("text.zh.txt")


def test_a_gbk_console_gets_the_same_words() -> None:
    text = made("text.gbk.txt")
    assert text.encode("gbk").decode("gbk") == text
    # × is as wide as a Chinese character there, so the markers stand further to the right.
    usual = made("text.zh.txt").replace("−", "-").splitlines()
    moved = [(a, b) for a, b in zip(usual, text.splitlines(), strict=True) if a != b]
    assert [b.index("^") - a.index("^") for a, b in moved] == [1, 1, 2]
    assert all(a.count("^") == b.count("^") > 0 for a, b in moved)


def test_an_ascii_console_gets_ascii() -> None:
    assert made("text.ascii.txt").isascii()
    assert "360? x 85?/? = 3.06??, stated 3.6??, difference 0.54??" in made("text.ascii.txt")


if __name__ == "__main__":
    for golden in GOLDENS:
        FOLDER.joinpath(golden).write_text(made(golden), encoding="utf-8")
