"""What hides in a text is made visible, and what an encoding lacks is replaced."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from calcverify.report.screen import PLAIN, Screen, _hidden, _wcwidth

SHOWN = [
    ("培训费 3 期", "培训费 3 期"),
    ("一\t二\r\n三\x0b四\u2028五\xa0六", "一 二  三 四 五 六"),
    ("全\u3000角", "全\u3000角"),
    ("\x1b[2J\x1b]0;title\x07", "<U+001B>[2J<U+001B>]0;title<U+0007>"),
    ("\x9b31m", "<U+009B>31m"),
    ("12\u202e34\u2066", "12<U+202E>34<U+2066>"),
    ("零\u200b宽\ufeff", "零<U+200B>宽<U+FEFF>"),
    ("a\u0301", "a<U+0301>"),
    ("\ud800\ue000", "<U+D800><U+E000>"),
    ("[red]x[/red]", "[red]x[/red]"),
    ("\U000e0041", "<U+E0041>"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_document_text_is_one_visible_line(text: str, shown: str) -> None:
    assert PLAIN.show(text) == shown


def test_the_usual_characters_are_as_wide_as_the_table_of_all_says() -> None:
    usual = (*range(0x7F), *range(0x2000, 0x3100), *range(0x4DB0, 0xA010), *range(0xFE00, 0x10000))
    for char in map(chr, usual):
        assert _wcwidth(char) == wcwidth(char), hex(ord(char))
        if not _hidden(char):
            assert unicodedata.category(char)[0] not in "CMZ" or char == " ", hex(ord(char))
            assert wcwidth(char) > 0, hex(ord(char))


@given(st.text())
def test_nothing_hidden_gets_through(text: str) -> None:
    shown = PLAIN.show(text)
    assert all(unicodedata.category(c)[0] not in "CM" for c in shown)
    assert wcswidth(shown) == PLAIN.columns(shown)
    assert PLAIN.show(shown) == shown


@given(st.text(), st.integers(4, 60))
def test_a_text_is_cut_to_a_width(text: str, most: int) -> None:
    whole, cut = PLAIN.show(text), PLAIN.show(text, most)
    assert wcswidth(cut) <= most
    assert cut == whole or (cut.endswith("…") and whole.startswith(cut[:-1]))
    assert cut != whole or wcswidth(whole) <= most


FITTED = [
    ("gbk", "24万 × 0.88 ÷ 2 − 3", "24万 × 0.88 ÷ 2 - 3"),
    ("gbk", "¥5 ✕ m² ✓", "元5 x m2 ?"),
    ("ascii", "12 × 5 ÷ 3 − 1…", "12 x 5 / 3 - 1..."),
    ("ascii", "合计，约5", "??,?5"),
    ("utf-8", "✓ − ¥", "✓ − ¥"),
    ("cp437", "5 − ×", "5 - x"),
]


@pytest.mark.parametrize(("encoding", "text", "fitted"), FITTED)
def test_words_or_ascii_for_what_an_encoding_lacks(encoding: str, text: str, fitted: str) -> None:
    assert Screen(encoding=encoding).fit(text) == fitted


@given(st.text(), st.sampled_from(["gbk", "ascii", "utf-8", "big5", "cp1252", "shift_jis"]))
def test_what_is_shown_can_be_encoded(text: str, encoding: str) -> None:
    Screen(encoding=encoding).show(text).encode(encoding)


def test_colours_only_where_the_screen_has_them() -> None:
    assert PLAIN.paint("有误", "red", "bold") == "有误"
    assert Screen(colour=True).paint("有误", "red", "bold") == "\x1b[31;1m有误\x1b[0m"
