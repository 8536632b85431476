"""The page in a real browser: accessible, nothing fetched, nothing run, and it fits the paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from calcverify.api import check_file
from calcverify.report.html import render
from calcverify.report.model import Report
from tests.test_report_hostile import filled

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXAMPLE = Path(__file__).parent.parent / "examples" / "jiangyin-2022.txt"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt install chromium)"),
]


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    """An empty tab of Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1000, "height": 800})
        browser.close()


def opened(tab: Page, path: Path, report: Report, lang: str = "zh") -> list[str]:
    """Opens the page of a report from a file; the addresses that it asks for."""
    path.write_text(render(report, lang), encoding="utf-8")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path.as_uri())
    return asked


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_stands_in_the_way_of_a_reader(tab: Page, tmp_path: Path, lang: str) -> None:
    """axe-core looks for what a screen reader, a keyboard or weak eyes stumble over."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")

    opened(tab, tmp_path / "report.html", check_file(EXAMPLE), lang)
    # The page's own rule against scripts keeps axe out as well; it is taken away for the look.
    tab.set_content(render(check_file(EXAMPLE), lang).replace("Content-Security-Policy", "x"))
    found = axe.Axe().run(tab).response
    assert len(found["passes"]) > 15
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found["violations"]] == []


def test_the_page_asks_for_nothing_but_itself(tab: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert opened(tab, path, check_file(EXAMPLE)) == [path.as_uri()]


def test_hostile_text_runs_nothing(tab: Page, tmp_path: Path) -> None:
    attack = '<script>document.title="run"</script><img src=x onerror="document.title=\'run\'">'
    said: list[str] = []
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    path = tmp_path / "report.html"
    asked = opened(tab, path, filled(attack))
    assert tab.title() == "预算测算核对报告"
    assert asked == [path.as_uri()]
    assert said == []


def test_the_basis_is_copied_as_it_stands(tab: Page, tmp_path: Path) -> None:
    """Signs and numbers beside the figures are drawn, not written."""
    report = check_file(EXAMPLE)
    opened(tab, tmp_path / "report.html", report)
    shown = [element.text_content() for element in tab.locator(".basis").all()]
    assert shown == [p.basis_text for p in report.projects if p.basis_text]


def test_nothing_is_cut_off_on_paper(tab: Page, tmp_path: Path) -> None:
    opened(tab, tmp_path / "report.html", check_file(EXAMPLE))
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 703, "height": 1000})  # 210 mm less the margins, at 96 pixels an inch
    wide = tab.evaluate(
        "[...document.querySelectorAll('table, svg, .basis')].map(e => e.getBoundingClientRect().right)"
    )
    assert max(wide) <= 703
    breaks = tab.evaluate("[...document.querySelectorAll('article')].map(e => getComputedStyle(e).breakBefore)")
    assert set(breaks) == {"page"}
    tab.emulate_media(media="screen")
