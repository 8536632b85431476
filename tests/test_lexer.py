"""Whatever the text: its tokens tile it, its figures lie inside, and nothing is raised."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.basis.grammar import grammar
from calcverify.basis.lexer import Lexer, lex
from calcverify.basis.tokens import Figure, Kind
from calcverify.lexicon.loader import load

LEXICON = load()
PIECES = [
    *"0123456789０９．.,，一二两十百千万亿廿壹%‰折成半几多余约",
    *"×*xX÷/+-－=≈→()（）[]【】①②、；。：:\n\t \u3000￥~至每均按各第",
    *sorted(LEXICON.units)[::9],
    *sorted(LEXICON.cues)[::17],
    *("〔2019〕7号", "2019年3月", "百分之五", "5:3:2", "1.**", "<br>", "80岁以上", "1至6月", "K12+300"),
]
ANY = st.text(max_size=300)
MIXED = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
TEXTS = st.one_of(ANY, MIXED)


@given(TEXTS)
def test_tokens_tile_the_text(text: str) -> None:
    at = 0
    for token in lex(text):
        assert token.start == at < token.end
        at = token.end
    assert at == len(text)


@given(TEXTS)
def test_figures_lie_inside_their_tokens(text: str) -> None:
    tokens = [t for t in lex(text) if t.kind is Kind.FIGURE]
    for token in tokens:
        figure = token.data
        assert isinstance(figure, Figure)
        assert token.start <= figure.start < figure.end <= token.end
        assert 0 <= figure.label <= figure.start
        assert figure.place > 0
        assert figure.high is None or figure.high >= figure.value


class Roundabout(Lexer):
    """The lexer without its short way for a figure of digits, scale and unit."""

    def straight(self, at: int, m: re.Match[str]) -> int:  # noqa: ARG002  # the signature of the short way
        return self.number(at)


FIGURES = st.tuples(
    st.sampled_from(["", "×", "xx", "■", "）", "￥", "约", "每人", "第", "=", "＊", "(元)", "（万元）", "。", "1"]),
    st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,9})?", fullmatch=True),
    st.sampled_from(["", "万", "亿", "万元", "亿元", "元", *"人名个户台套次%", "元元", "人次"]),
    st.sampled_from([*"，。；、：（）,;:()×*+/=＝| \n5每整", "", "**", "×*", "，5", "。5", "/人", "左右", "以上"]),
).map("".join)


@given(st.one_of(MIXED, st.lists(FIGURES, min_size=1, max_size=8).map("".join)))
def test_the_short_way_to_a_figure_gives_what_the_long_one_does(text: str) -> None:
    long = Roundabout(text, grammar(Roundabout))
    long.run()
    short = Lexer(text, grammar(Lexer))
    short.run()
    assert short.tokens == long.tokens


TWINS = {chr(code): simple for code, simple in LEXICON.simplify.items() if chr(code) != simple}
TRADITIONAL = st.lists(st.sampled_from([*PIECES, *sorted(TWINS)]), max_size=60).map("".join)


@given(TRADITIONAL)
def test_a_traditional_text_has_the_tokens_of_its_twin(text: str) -> None:
    assert lex(text) == lex("".join(TWINS.get(c, c) for c in text))


WRITTEN = [
    ("總計3萬元", [(2, 5)]),
    ("每人５０元×３人", [(2, 5), (6, 8)]),
    ("2019年3月购置5台", [(9, 11)]),
    ("共9元，其中甲4元、乙5元", [(1, 3), (7, 9), (11, 13)]),
    ("", []),
    ("无数字", []),
]


@pytest.mark.parametrize(("text", "spans"), WRITTEN)
def test_where_figures_stand(text: str, spans: list[tuple[int, int]]) -> None:
    assert [(t.data.start, t.data.end) for t in lex(text) if t.kind is Kind.FIGURE] == spans
