"""The page: whole, small, readable without colours or scripts, and safe whatever stands in a form."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcverify.api import check_file, check_text
from calcverify.exact.verdict import Verdict
from calcverify.report.html import project_fragment, render
from calcverify.report.model import Report
from calcverify.report.page import marked_basis, stylesheet
from calcverify.verify.model import Explained
from tests.made import failing, passing, report
from tests.test_report_hostile import filled

EXAMPLE = Path(__file__).parent.parent / "examples" / "jiangyin-2022.txt"
VOID = {"meta", "br", "wbr", "link", "img", "hr", "input"}


class Page(HTMLParser):
    """A page as a browser reads it: its tags in order, its text, its ids and the links into it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element called ``tag``."""
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def example() -> Report:
    """The bundled example, checked."""
    return check_file(EXAMPLE)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_whole_and_leads_only_into_itself(example: Report, lang: str) -> None:
    page = Page(render(example, lang))
    assert page.open == []
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for attrs in page.named("a") if "href" in attrs]
    assert len(links) > 50
    assert {link for link in links if link is None or link[1:] not in ids or link[0] != "#"} == set()
    assert page.named("html")[0]["lang"] == {"zh": "zh-CN", "en": "en"}[lang]


def test_the_example_takes_less_than_100_kb(example: Report) -> None:
    assert len(render(example).encode()) < 100_000


def test_there_is_nothing_to_run_and_nothing_to_fetch(example: Report) -> None:
    text = render(example)
    page = Page(text)
    assert not {"script", "iframe", "object", "img", "link", "form", "input"} & {tag for tag, _ in page.tags}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name in ("src", "srcset")]
    policies = [a["content"] for a in page.named("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]
    assert set(re.findall(r"https?://[^\"\s<]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert "url(" not in text


def test_heads_have_scopes_and_headings_no_gaps(example: Report) -> None:
    page = Page(render(example))
    assert {attrs.get("scope") for attrs in page.named("th")} == {"col", "row"}
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(attrs.get("role") == "img" and attrs.get("aria-label") for attrs in page.named("svg"))


def test_it_says_what_was_wrong_and_what_would_be_right(example: Report) -> None:
    text = Page(render(example)).text
    for said in (
        "历次被征地农民保障金",
        "应为67031",
        "27345万元",
        "30945.134",
        "−3600.134万元",
        "CV101",
        "有一位数字写错",
    ):
        assert said in text


def test_inputs_that_were_not_checked_are_listed() -> None:
    text = Page(render(report())).text
    assert "notes.jsonl" in text
    assert "odd.txt" in text


def test_explained_and_known_findings_are_shown_as_such() -> None:
    project = failing()
    first, second, *rest = project.findings
    explained = first._replace(suppressed=Explained("以合同为准", "2026-12-31"))
    text = Page(render(Report((project._replace(findings=(explained, second._replace(known=True), *rest)),)))).text
    assert "已说明：以合同为准（至2026-12-31）" in text
    assert "已知问题，不计入" in text


def test_numbers_that_were_left_out_are_listed_with_their_reason() -> None:
    text = Page(render(Report((passing(), failing())))).text
    assert re.search(r"不参与测算\s+2026年 年份", text)
    assert re.search(r"未读懂\s+8万元 背景数字", text)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb`` (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


COLOURS = dict(re.findall(r"--([\w-]+): (#\w{6})", stylesheet()))
PAIRS = [(name, f"{name}-bg") for name in ("good", "near", "query", "bad")]
PAIRS += [(name, ground) for name in ("ink", "quiet", "good", "near", "query", "bad") for ground in ("paper", "shade")]


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_colour_can_be_read_on_its_ground(ink: str, ground: str) -> None:
    light, dark = sorted((luminance(COLOURS[ink]), luminance(COLOURS[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_sign_beside_its_colour(verdict: Verdict) -> None:
    assert re.search(rf"\.stated\.v-{verdict.value}::after {{ content: \"\S\"; }}", stylesheet())


@pytest.mark.parametrize("text", ["", "a\r\nb\rc\td", "甲\u3000乙\xa0丙", "<p>3×2=6</p>&lt;", "\n\n  3人×2元=6元\n"])
def test_every_character_stands_in_the_page_once_and_in_order(text: str) -> None:
    assert Page(marked_basis(check_text(text))).text == text


@given(st.text(st.characters(), max_size=80))
def test_any_basis_is_shown_whole_and_what_hides_is_written_out(text: str) -> None:
    html = marked_basis(check_text(text))
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in html.replace("\n", ""))
    page = Page(html)
    assert page.open == []
    assert {tag for tag, _ in page.tags} <= {"a", "span"}
    shown = re.sub(r"<U\+([0-9A-F]{4,6})>", lambda m: chr(int(m[1], 16)), page.text)
    assert shown == re.sub(r"<U\+([0-9A-F]{4,6})>", lambda m: chr(int(m[1], 16)), text)


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><b>",
    "{{ 7*7 }}{% raw %}",
    "&amp;",
]


@pytest.mark.parametrize("attack", HOSTILE)
def test_what_a_form_says_is_text(attack: str) -> None:
    page = Page(render(filled(attack)))
    assert page.open == []
    assert page.text.count(attack) > 20
    known = {tag for tag, _ in Page(render(report())).tags}
    assert {tag for tag, _ in page.tags} <= known | {"section", "span"}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


@settings(max_examples=40)
@given(st.text(st.sampled_from("<>&\"'/=!-{}%#`\\\t\n\x00\u202e a万元3×") | st.characters(), max_size=60))
def test_any_text_in_any_place_of_the_page_is_text(text: str) -> None:
    """Every string that a form can reach is ``text``: no tag, attribute or id comes of it."""
    usual = [failing(), passing(), *filled("字").projects, *filled("").projects]
    known = {(tag, name) for p in usual for tag, attrs in Page(project_fragment(p)).tags for name in attrs}
    page = Page(project_fragment(filled(text).projects[0]))
    assert page.open == []
    assert {(tag, name) for tag, attrs in page.tags for name in attrs} <= known


def test_a_long_name_is_cut_and_a_long_basis_is_not() -> None:
    project = failing()
    project = project._replace(form=project.form._replace(name="长" * 10_000))
    html = project_fragment(project)
    assert "长" * 100 not in html
    assert Page(html).open == []


def test_a_page_of_very_many_projects_stays_one_that_opens() -> None:
    text = render(Report((passing(),) * 6000))
    assert text.count('<article class="project"') == 500
    assert text.count("<tr>") < 5100 + 500
    assert "另有 1000 个项目" in text
