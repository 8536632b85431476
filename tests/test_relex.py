"""Lexing a text again of which one digit is another gives what lexing it from its beginning gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from calcverify.basis.lexer import lex
from calcverify.basis.relex import Near, lex_near
from calcverify.basis.tokens import Kind
from calcverify.basis.work import survey, survey_near
from calcverify.exact.verdict import USUAL

DATA = Path(__file__).parent / "data"
LABELLED = [
    json.loads(line)["basis"]
    for name in ("corpus.jsonl", "own.jsonl")
    for line in (DATA / name).read_text(encoding="utf-8").splitlines()
]
# Where a mark is one of a number, or what stands before it reaches over it.
WRITTEN = [
    "桌椅12,345元，书柜5,000元，合计17,345元",
    "每株含采伐、下山48元，共300株，计14400元",
    "每个（含运输、保险）14.5万元，2个计29万元",
    "1.桌椅30套，计9000元；2.书柜10个，计8000元；合计17000元",
    "①桌椅9000元，②书柜8000元，③税费=（①+②）×6%=1020元",
    "捌拾伍套×1200元/套=壹拾万零贰仟元整，另二十人，每人三百元",
    "金额（万元）3.6，数量（吨）12，合计15.6万元",
    "9人、7人，每人每月380元、410元，全年计12万元",
]
DIGITS = "0123456789一二三四五六七八九壹贰叁肆伍陆柒捌玖"


def changed(text: str) -> Iterator[tuple[str, int]]:
    """The text with a digit of each figure changed, two ways, and where."""
    for token in lex(text):
        if token.kind is Kind.FIGURE:
            for at in range(token.start, token.end):
                k = DIGITS.find(text[at])
                if k >= 0:
                    alike = DIGITS[:10] if k < 10 else DIGITS[10:19] if k < 19 else DIGITS[19:]
                    for other in {alike[(alike.index(text[at]) + step) % len(alike)] for step in (1, 4)}:
                        yield text[:at] + other + text[at + 1 :], at


@pytest.mark.parametrize("start", range(0, len(LABELLED), 200))
def test_a_changed_digit_changes_what_lexing_gives_nowhere_else(start: int) -> None:
    taken = tried = 0
    for text in [*LABELLED[start : start + 200 : 3], *WRITTEN]:
        work = survey(text, lex(text))
        for other, at in changed(text):
            tokens = lex_near(other, Near(work, at, at + 1))
            tried += 1
            if tokens is None:
                continue
            taken += 1
            assert tokens == lex(other), (text, other)
            near, whole = survey_near(other, tokens, work, 0, USUAL), survey(other, tokens)
            for name in ("heading", "kinds", "roles", "figs", "spots", "sentence", "part", "clause", "depth", "path"):
                assert getattr(near, name) == getattr(whole, name), (name, text, other)
    assert taken > tried / 4
