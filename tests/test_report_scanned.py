"""The crops of a form that was recognised: those in doubt first, each with what was read, and within bounds."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import pytest

from calcverify.forms.model import Remark
from calcverify.report.html import project_fragment, render, report_fragment
from calcverify.report.model import Project, Report
from calcverify.report.scanned import MOST_LISTED, MOST_PICTURES, PNG
from calcverify.source import Locator
from calcverify.web.carried import pack, unpack
from tests.made import passing
from tests.test_report_html import Page

DOT = PNG + b"..."


def scanned(figures: Sequence[tuple[str, int, bytes]]) -> Project:
    """A project whose form was recognised."""
    project = passing()
    remarks = tuple(
        Remark("scanned", text, Locator(page=2, table=1, row=3, cell="4"), str(score), picture)
        for text, score, picture in figures
    )
    return project._replace(form=project.form._replace(remarks=remarks))


def test_figures_in_doubt_stand_first_with_their_crop_and_certainty() -> None:
    page = Page(render(Report((scanned([("360", 99, DOT), ("3.06", 50, DOT), ("85", 100, DOT)]),))))
    source = "data:image/png;base64," + base64.b64encode(DOT).decode()
    assert [(image["alt"], image["src"]) for image in page.named("img")] == [
        ("3.06", source),
        ("360", source),
        ("85", source),
    ]
    assert "请先核对把握不大的 1 个" in page.text
    assert "其余 2 个" in page.text
    assert page.text.index("3.06 50%") < page.text.index("其余") < page.text.index("360 99%")
    assert "第2页表1第3行第4格" in page.text
    (policy,) = [meta["content"] for meta in page.named("meta") if meta.get("http-equiv")]
    assert policy is not None
    assert "img-src data:;" in policy


def test_written_text_has_no_crops_and_may_load_no_picture() -> None:
    html = render(Report((passing(),)))
    assert "<img" not in html
    assert "img-src" not in html
    assert 'class="crops"' not in html


@pytest.mark.parametrize("picture", [b"", b"<svg onload=alert(1)>", PNG + b"x" * 100_000], ids=["none", "svg", "large"])
def test_what_is_no_small_png_is_not_shown(picture: bytes) -> None:
    page = Page(render(Report((scanned([("12", 50, picture)]),))))
    assert page.named("img") == []
    assert "12 50%" in page.text


def test_a_figure_is_text_and_never_markup() -> None:
    html = render(Report((scanned([('"><script>', 50, DOT)]),)))
    assert "<script" not in html
    assert Page(html).named("img")[0]["alt"] == '"><script>'


def test_a_report_has_so_many_crops_and_says_what_is_left_out() -> None:
    many = scanned([("12", 50, DOT)] * (MOST_LISTED + 7))
    page = Page(render(Report((many,) * 10)))
    assert len(page.named("img")) == MOST_PICTURES
    assert "另有 7 个数字未列出" in page.text
    assert f"有 {MOST_LISTED - MOST_PICTURES // 10} 个数字没有附图" in page.text


def test_a_notebook_keeps_fewer() -> None:
    many = scanned([("12", 50, DOT)] * MOST_LISTED)
    assert report_fragment(Report((many,) * 4)).count("<img") == 200
    assert project_fragment(many).count("<img") == 200


def test_a_page_carries_no_crops() -> None:
    """The file that was dropped has them; what the page carries along is the form without."""
    form = scanned([("12", 50, DOT)]).form
    assert unpack(pack(form)) == form._replace(remarks=(form.remarks[0]._replace(picture=b""),))
