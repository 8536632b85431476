"""Markers stand under the figure, whatever stands before it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from calcverify.report.excerpt import excerpt
from calcverify.report.screen import Screen
from calcverify.source import Span

FIGURE = "7315.5万元"

CASES = [
    ("培训费7315.5万元", "培训费7315.5万元", 6, 10),
    ("\t培训\u3000费7315.5万元", " 培训\u3000费7315.5万元", 9, 10),
    ("a\n乙7315.5万元\n丙", "乙7315.5万元", 2, 10),
    ("①7315.5万元", "①7315.5万元", 1, 10),
    ("\u202e7315.5万元", "<U+202E>7315.5万元", 8, 10),
    ("e\u03017315.5万元", "e<U+0301>7315.5万元", 9, 10),
    ("\x1b[31m7315.5万元", "<U+001B>[31m7315.5万元", 12, 10),
]


@pytest.mark.parametrize(("text", "line", "before", "width"), CASES)
def test_markers_count_columns(text: str, line: str, before: int, width: int) -> None:
    start = text.index(FIGURE)
    shown = excerpt(text, Span(start, start + len(FIGURE)), Screen())
    assert shown.line == line
    assert shown.marker == " " * before + "^" * width


NASTY = (
    "培训费，。（）×=…—①㎡ａｂ \t\n\r\u3000abc123\x00\x1b\x7f\x9b\u200b\u200d\u202e\u2066\ufeff\u0301\u3099"
    "𠮷😀🇨🇳👍\U0001f3fd👨\u200d👩ﷺกำ한\u1160"
)
TEXTS = st.text(st.sampled_from(NASTY) | st.characters(), max_size=300)


@given(TEXTS, TEXTS, st.integers(20, 120), st.integers(0, 8))
def test_the_markers_stand_in_the_columns_of_the_figure(before: str, after: str, width: int, indent: int) -> None:
    """Measured with wcwidth on the whole line, not with the program's own sums."""
    screen = Screen(width=width)
    text = before + FIGURE + after
    line, marker = excerpt(text, Span(len(before), len(before) + len(FIGURE)), screen, indent)
    column = marker.index("^")
    prefix = next(line[:n] for n in range(len(line)) if wcswidth(line[:n]) == column and line.startswith(FIGURE, n))
    assert "\n" not in line
    assert wcswidth(prefix) == column
    assert marker == " " * column + "^" * wcswidth(FIGURE)
    assert indent + wcswidth(line) <= max(width, indent + 20)


@given(TEXTS, st.integers(0, 400), st.integers(0, 400), st.integers(1, 60))
def test_any_span_is_marked_inside_its_line(text: str, one: int, other: int, width: int) -> None:
    span = Span(min(one, other), max(one, other))
    line, marker = excerpt(text, span, Screen(width=width))
    assert marker.strip(" ").strip("^") == ""
    assert "^" in marker
    assert all(unicodedata.category(c)[0] != "C" for c in line)
    assert wcswidth(marker) <= max(width, 20)


def test_a_long_line_is_cut_to_a_window_around_the_figure() -> None:
    text = "前" * 50_000 + FIGURE + "后" * 50_000
    line, marker = excerpt(text, Span(50_000, 50_000 + len(FIGURE)), Screen(width=80))
    assert line.startswith("…前前")
    assert line.endswith("后后…")
    assert FIGURE in line
    assert 76 <= wcswidth(line) <= 80
    assert marker.index("^") == wcswidth(line[: line.index(FIGURE)])


@pytest.mark.parametrize("at", [0, 49_990])
def test_at_the_ends_of_a_text_the_window_uses_the_room(at: int) -> None:
    text = "9" * 50_000
    line, _ = excerpt(text, Span(at, at + 10), Screen(width=60))
    assert len(line) == 59
    assert line.count("…") == 1


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert excerpt("甲12\n34乙", Span(1, 6), Screen()) == ("甲12", "  ^^")


def test_a_span_wider_than_the_screen_is_cut() -> None:
    line, marker = excerpt("9" * 300, Span(0, 300), Screen(width=40))
    assert (len(line), marker) == (39, "^" * 38)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 2), ("gbk", 4)])
def test_a_gbk_console_draws_ambiguous_characters_wide(encoding: str, column: int) -> None:
    _, marker = excerpt("×·7315.5万元", Span(2, 10), Screen(encoding=encoding))
    assert marker.index("^") == column


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1", "cp437"])
def test_markers_align_after_the_encoding_has_taken_what_it_lacks(encoding: str) -> None:
    """What replaces a character may be wider or narrower than it (− is -, … is ...)."""
    text = "甲−乙…㎡😀" * 40 + "7315.5"
    screen = Screen(width=70, encoding=encoding)
    line, marker = excerpt(text, Span(len(text) - 6, len(text)), screen)
    assert line.encode(encoding).decode(encoding) == line
    assert marker.index("^") == screen.columns(line[: line.index("7315.5")])
