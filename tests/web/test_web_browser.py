"""The page in a real browser: what a finance officer does, with a keyboard, on a phone, without scripts.

Runs with Debian's Chromium (``apt-get install chromium``); skipped where there is none.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, FilePayload, Page, sync_playwright

from docs.make_manual_pictures import served
from tests.made_files import forms_in, sheet_of, write_html, write_xlsx
from tests.office_files import write_docx
from tests.web.test_web_hostile import HOSTILE_FORM, SCRIPT

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[2] / "examples" / "jiangyin-2022.txt"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# A busy machine is slow, not wrong.
PATIENCE = 60_000
# Nothing but this computer has an address for the browser.
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]

# A file dropped on the page, as a file manager would.
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
  }
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The page."""
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a network."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Seen:
    """A page that is open, and everything that it must not do."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", self.told)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", self.stopped)
        self.address = address

    def told(self, message: ConsoleMessage) -> None:
        """An error of the console: the policy refused something, or an answer was one."""
        if message.type == "error":
            self.faults.append(message.text)

    def stopped(self, dialog: Dialog) -> None:
        """A script of a form said something."""
        self.faults.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def drop(self, path: Path) -> None:
        """Drop a file of text, and wait for its projects."""
        self.page.evaluate(DROP, [path.name, path.read_text(encoding="utf-8")])
        self.page.wait_for_selector(".projects")

    def settle(self) -> None:
        """Wait until what was asked for has come."""
        busy = self.page.locator(".htmx-request, .htmx-settling, .htmx-swapping, .htmx-added")
        busy.first.wait_for(state="detached")

    def check(self) -> None:
        """Nothing was executed, refused by the policy, or asked of another machine."""
        hosts = {urlsplit(url).netloc for url in self.asked if not url.startswith(("data:", "blob:", "about:"))}
        assert hosts == {urlsplit(self.address).netloc}
        assert self.faults == []


@pytest.fixture
def see(browser: Browser, address: str) -> Iterator[Callable[..., Seen]]:
    """Open the page in a window of its own; what it must not do is looked for at the end."""
    opened: list[Seen] = []

    def open_page(path: str = "/", width: int = 1280, height: int = 900, **options: Any) -> Seen:
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        seen = Seen(context.new_page(), address)
        seen.page.goto(address + path)
        opened.append(seen)
        return seen

    yield open_page
    for seen in opened:
        seen.check()
        seen.page.context.close()


def test_two_errors_are_seen_and_one_is_corrected(see: Callable[..., Seen]) -> None:
    seen = see()
    page = seen.page
    seen.drop(EXAMPLE)
    assert "jiangyin-2022.txt" in page.inner_text("#chosen")
    assert page.locator(".projects > li").count() == 9
    failed = page.locator(".projects > li[data-status=fail]")
    assert failed.count() == 1
    assert "历次被征地农民保障金" in failed.inner_text()
    wrong = failed.locator("a.stated.v-mismatch")
    assert [text.strip() for text in wrong.all_inner_texts()] == ["67631万元", "27345万元"]

    wrong.first.hover()
    lit = failed.locator(".card.lit")
    assert lit.count() == 1
    assert "67031.49万元" in lit.inner_text()

    # Where the browser can, a reading is typeset.
    assert failed.locator(".card math").first.is_visible()
    assert not failed.locator(".card .as-text").first.is_visible()

    edit = failed.locator("textarea")
    edit.fill(edit.input_value().replace("67631", "67031"))
    page.wait_for_selector(".change")
    seen.settle()
    assert [text.strip() for text in wrong.all_inner_texts()] == ["27345万元"]
    assert failed.locator("a.stated.v-rounded", has_text="67031万元").count() == 1
    assert "已改正 1" in failed.locator(".change").inner_text()
    assert "已重新核对" in page.inner_text("#live")
    # The text field was not touched by what came back.
    assert "67031" in edit.input_value()

    failed.locator(".restore").click()
    page.locator(".change").wait_for(state="detached")
    seen.settle()
    assert wrong.count() == 2


def test_the_other_language_keeps_the_result(see: Callable[..., Seen]) -> None:
    seen = see()
    seen.drop(EXAMPLE)
    seen.page.click("a.language")
    seen.page.wait_for_selector("html[lang=en] .projects")
    assert "does not add up 1" in seen.page.inner_text(".sum")
    assert seen.page.locator(".projects > li").count() == 9


def test_projects_open_close_and_are_filtered(see: Callable[..., Seen]) -> None:
    seen = see()
    page = seen.page
    seen.drop(EXAMPLE)
    first = page.locator(".projects > li").first
    opener = first.locator(".opener")
    assert opener.get_attribute("aria-expanded") == "false"
    opener.click()
    first.locator(".desk").wait_for()
    seen.settle()
    assert opener.get_attribute("aria-expanded") == "true"
    opener.click()
    assert not first.locator(".desk").is_visible()
    assert opener.get_attribute("aria-expanded") == "false"
    page.locator(".expand").click()
    page.locator(".projects > li").last.locator(".desk").wait_for()
    seen.settle()
    assert page.locator(".desk").count() == 9
    assert page.locator(".opener[aria-expanded=false]").count() == 0
    page.locator("[data-filter=fail]").click()
    assert page.locator(".projects > li:visible").count() == 1
    assert page.locator("[data-filter=fail]").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("kind", ["html", "xlsx", "json"])
def test_a_report_is_downloaded_and_opens(
    see: Callable[..., Seen], browser: Browser, kind: str, tmp_path: Path
) -> None:
    seen = see()
    seen.drop(EXAMPLE)
    with seen.page.expect_download() as started:
        seen.page.locator(f"[formaction='/download/{kind}']").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    assert path.name == f"核对报告.{kind}"
    if kind == "json":
        assert json.loads(path.read_text(encoding="utf-8"))["summary"]["fail"] == 1
    elif kind == "xlsx":
        from openpyxl import load_workbook

        assert len(load_workbook(path).worksheets) >= 3
    else:
        page = browser.new_page()
        page.goto(path.as_uri())
        assert "历次被征地农民保障金" in page.inner_text("body")
        page.close()
    # The page is still there, with its result.
    assert seen.page.locator(".projects > li").count() == 9


def test_the_marked_workbook_is_downloaded(see: Callable[..., Seen], tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "申报表.xlsx", [sheet_of(form) for form in forms_in()])
    seen = see()
    seen.page.set_input_files("#files", path)
    seen.page.wait_for_selector(".projects")
    with seen.page.expect_download() as started:
        seen.page.locator("[formaction='/download/marked']").click()
    assert started.value.suggested_filename == "标注-申报表.xlsx"


def made(kind: str, folder: Path, browser: Browser) -> Path:
    """The example as a file of another kind; as a PDF it is what the browser prints."""
    path, sheets = folder / f"申报表.{kind}", [sheet_of(form) for form in forms_in()]
    if kind == "pdf":
        page = browser.new_page()
        page.goto(write_html(folder / "a.html", sheets).as_uri())
        page.pdf(path=path, format="A4")
        page.close()
        return path
    if kind == "docx":
        return write_docx(path, sheets)
    return write_xlsx(path, sheets) if kind == "xlsx" else write_html(path, sheets)


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf", "html"])
def test_other_kinds_of_files_are_dropped_as_well(
    see: Callable[..., Seen], browser: Browser, kind: str, tmp_path: Path
) -> None:
    path = made(kind, tmp_path, browser)
    seen = see()
    seen.page.set_input_files("#files", path)
    seen.page.wait_for_selector(".projects")
    failed = seen.page.locator(".projects > li[data-status=fail]")
    assert "历次被征地农民保障金" in failed.inner_text()
    assert failed.locator("a.stated.v-mismatch").count() == 2


def test_several_files_one_of_them_broken(see: Callable[..., Seen]) -> None:
    seen = see()
    broken = FilePayload(name="坏.xlsx", mimeType="application/zip", buffer=b"PK\x03\x04" + b"\0" * 99)
    good = FilePayload(name=EXAMPLE.name, mimeType="text/plain", buffer=EXAMPLE.read_bytes())
    seen.page.set_input_files("#files", [broken, good])
    seen.page.wait_for_selector(".projects")
    assert "坏.xlsx" in seen.page.inner_text(".problems")
    assert seen.page.locator(".projects > li").count() == 9


def test_a_file_that_is_too_large_is_told_and_the_page_goes_on(see: Callable[..., Seen], tmp_path: Path) -> None:
    large = tmp_path / "大.txt"
    large.write_bytes(b"1" * 20_000_001)
    seen = see()
    seen.page.set_input_files("#files", large)
    seen.page.wait_for_selector("#alert [role=alert]")
    assert "超过大小上限" in seen.page.inner_text("#alert")
    # The browser itself names an answer of 413 an error; the page did nothing wrong.
    seen.faults = [fault for fault in seen.faults if "413" not in fault]
    seen.drop(EXAMPLE)
    assert seen.page.inner_text("#alert") == ""


def test_scripts_in_a_form_do_not_run(see: Callable[..., Seen], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HOSTILE_FORM, encoding="utf-8")
    seen = see()
    seen.drop(path)
    page = seen.page
    # Tags inside a cell are residue of an editor and left out; what stands beside them is text.
    assert "alert(1)" in page.inner_text(".basis")
    edit = page.locator(".try textarea")
    edit.fill(SCRIPT + edit.input_value())
    page.wait_for_selector(".change")
    seen.settle()
    assert page.locator("script").count() == 2
    assert page.locator("img").count() == 1


def test_it_works_without_scripts(see: Callable[..., Seen]) -> None:
    seen = see(java_script_enabled=False)
    page = seen.page
    page.set_input_files("#files", EXAMPLE)
    page.click("#check")
    page.wait_for_selector(".projects")
    failed = page.locator(".projects > li[data-status=fail]")
    assert failed.locator("a.stated.v-mismatch").count() == 2
    edit = failed.locator("textarea")
    edit.fill(edit.input_value().replace("67631", "67031"))
    failed.locator(".recheck").click()
    page.wait_for_selector(".change")
    assert page.locator("a.stated.v-mismatch").count() == 1
    page.goto(seen.address)
    page.set_input_files("#files", EXAMPLE)
    page.click("#check")
    page.locator(".opener").first.click()
    page.wait_for_selector(".projects > li:only-child .desk")
    page.goto(seen.address)
    page.set_input_files("#files", EXAMPLE)
    with page.expect_download() as started:
        page.locator("noscript [formaction='/download/json']").click()
    assert started.value.suggested_filename == "核对报告.json"


def test_a_keyboard_is_enough(see: Callable[..., Seen]) -> None:
    seen = see("/?example=1")
    page = seen.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className + ' ' + document.activeElement.tagName"))
        if "stated v-mismatch" in reached[-1]:
            break
    assert "stated v-mismatch" in reached[-1], reached
    # The opener comes before what it opens.
    assert any(name.startswith("opener") for name in reached)
    assert page.locator(".card.lit").count() == 1
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280, 1920])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_wider_than_the_window(see: Callable[..., Seen], width: int, lang: str) -> None:
    seen = see(f"/?example=1&lang={lang}", width=width)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.drop(EXAMPLE)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_that_stands_in_a_form_is_wider_than_the_window(see: Callable[..., Seen], tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 200}.txt"
    long, sum_ = "W" * 400, "+".join(["123456789.12元"] * 50)
    fields = {"项目名称": long, "项目编码": long, "项目总金额（万元）": "9" * 40}
    fields["资金计算依据"] = f"{long}{sum_}=1元，{'8' * 300}元"
    path.write_text("".join(f"{label}\t{value}\n" for label, value in fields.items()), encoding="utf-8")
    for width in (320, 1024):
        seen = see(width=width)
        seen.drop(path)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/", "/?example=1", "/?example=1&lang=en", "/nothing"])
def test_it_is_accessible(see: Callable[..., Seen], path: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
    seen = see(path, width=width, bypass_csp=True)
    seen.faults = [fault for fault in seen.faults if "404" not in fault]
    if path == "/":
        seen.drop(EXAMPLE)
        edit = seen.page.locator("textarea[id$=edit]")
        edit.fill(edit.input_value() + "另有3人×2元/人=7元。")
        seen.page.wait_for_selector(".change")
        seen.settle()
    results = axe.Axe().run(seen.page)
    told = [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in results.response["violations"]]
    assert told == []


def test_it_prints(see: Callable[..., Seen], tmp_path: Path) -> None:
    seen = see()
    seen.drop(EXAMPLE)
    seen.page.emulate_media(media="print")
    for hidden in (".give", ".tools", ".try"):
        assert not seen.page.locator(hidden).first.is_visible()
    assert seen.page.locator(".projects > li").last.is_visible()
    path = tmp_path / "page.pdf"
    seen.page.pdf(path=path, format="A4")
    pages = len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))
    assert 1 <= pages <= 5


def test_a_token_is_asked_for_once(browser: Browser) -> None:
    with served("--token", "office-token-2026") as address:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        assert page.locator("#files").count() == 0
        page.fill("#token", "wrong")
        page.press("#token", "Enter")
        page.wait_for_selector("[role=alert]")
        page.fill("#token", "office-token-2026")
        page.press("#token", "Enter")
        page.wait_for_selector("#files")
        page.set_input_files("#files", EXAMPLE)
        page.wait_for_selector(".projects")
        page.close()
