"""The Markdown report: readable as it stands, and nothing of a form becomes markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcverify.report.formats import format_named, rendered
from calcverify.report.markup import code, plain
from calcverify.report.model import Report
from tests.lived import lived
from tests.made import failing, passing, report
from tests.test_report_hostile import ATTACKS, filled


def page(made: Report, lang: str = "zh") -> str:
    """A report in Markdown."""
    return rendered(made, format_named("markdown"), lang)


# Text of a form ⇒ how it is written so that a reader of Markdown shows just that.
PLAIN = [
    ("a*b*c_d_", r"a\*b\*c\_d\_"),
    ("[见](http://evil.example)", r"\[见\](http:\//evil.example)"),
    ("![x](y)", r"!\[x\](y)"),
    ("<img src=x>", r"\<img src=x\>"),
    ("a|b", r"a\|b"),
    ("`rm`", r"\`rm\`"),
    ("&lt; &amp;", r"\&lt; \&amp;"),
    ("# 标题", r"\# 标题"),
    ("$x$", r"\$x\$"),
    ("~~x~~", r"\~\~x\~\~"),
    ("\\", "\\\\"),
    ("www.evil.example", r"www\.evil.example"),
    ("WWW.evil.example", r"WWW\.evil.example"),
    ("@everyone", "＠everyone"),
    ("甲\n# 乙", r"甲 \# 乙"),
    ("12人×500元/人=6000元", "12人×500元/人=6000元"),
]


@pytest.mark.parametrize(("text", "written"), PLAIN)
def test_text_is_shown_and_does_nothing(text: str, written: str) -> None:
    assert plain(text) == written


@settings(max_examples=200)
@given(st.text(alphabet="`a ", max_size=12))
def test_code_ends_where_it_should(text: str) -> None:
    """A run of back quotes closes code only where it is as long as the one that opened it."""
    written = code(text)
    fence = re.match("`+", written)
    assert fence is not None
    assert written.endswith(fence[0])
    inside = written[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in re.findall("`+", inside)


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_a_hostile_report_keeps_its_shape(text: str) -> None:
    """The same lines, list items and table cells as a harmless one, whatever the text is."""

    def shape(made: Report) -> list[str]:
        lines = page(made).splitlines()
        return [re.match(r"(#+ |- |  - |\|)?", line)[0] for line in lines]  # type: ignore[index]  # it matches "" too

    if text:
        assert shape(filled(text)) == shape(filled("甲"))
    for line in page(filled(text)).splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 7


def test_a_long_text_is_cut() -> None:
    assert len(page(filled("字" * 100_000))) < 20_000


def test_many_projects_are_cut_and_counted() -> None:
    text = page(Report((passing(),) * 300))
    assert "另有 100 个项目" in text
    assert "共 300 个项目" in text


def test_marks_of_what_does_not_count() -> None:
    text = page(lived())
    assert "**需复核**（只计新问题：通过）" in text
    assert r"**已说明**：单价含运费 \<见合同\>（至2027-12-31）" in text
    assert "**已知问题，不计入**" in text
    assert "1 处警告，已说明 1 处，已知 1 处" in text
    assert "known from the baseline, does not count" in page(lived(), "en")


def test_the_figure_is_set_apart_in_its_line() -> None:
    assert "教材费：360册×85元/册= `3.6万元` 。讲师20人" in page(Report((failing(),)))


def test_inputs_that_were_not_read_are_listed() -> None:
    assert "## 未能读取的输入\n\n- notes.jsonl, line 7: 不是一条完整的 JSON 记录\n" in page(report())
    assert "## Inputs that could not be read" in page(report(), "en")
