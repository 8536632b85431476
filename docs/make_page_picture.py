"""Write ``docs/page.png``: the HTML report of a basis with one wrong figure, as a browser shows it.

Run ``python -m docs.make_page_picture`` after a change to the page. It needs Chromium
(``apt install chromium``, or the path of one in the environment variable CHROMIUM) and
playwright, which the extra ``dev`` installs. The picture says in a text chunk of its own
which words it shows, so that a test can tell when it is out of date.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import tempfile
import zlib
from html.parser import HTMLParser
from pathlib import Path

import calcverify
from calcverify.report.html import project_fragment
from calcverify.report.page import stylesheet
from docs.make_picture import FILE, FORM

PICTURE = Path(__file__).with_name("page.png")
KEYWORD = b"Words"
WIDTH = 860  # pixels of the page; the picture has half as many again, for sharp screens
_SIGNATURE = 8  # bytes before the first chunk of a PNG


def page() -> str:
    """The report of the form as a page of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, FILE)
        path.write_text(json.dumps(FORM, ensure_ascii=False), encoding="utf-8")
        (project,) = calcverify.check_file(path).projects
    project = project._replace(form=project.form._replace(source_name=FILE))
    head = f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>{stylesheet()}</style>'
    # The line over each project of a report is none over the only one of a picture.
    plain = "<style>.calcverify article.project { border: 0; margin: 0; padding: 4px 14px; }</style>"
    return f'{head}{plain}<body class="calcverify">{project_fragment(project)}</body></html>'


def words(html: str) -> str:
    """The text of a page without blanks."""

    class Text(HTMLParser):
        said = ""

        def handle_data(self, data: str) -> None:
            if self.get_starttag_text() not in ("<style>",):
                self.said += "".join(data.split())

    text = Text()
    text.feed(html)
    return text.said


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def labelled(png: bytes, text: str) -> bytes:
    """The picture with ``text`` in an iTXt chunk behind its header."""
    header = _SIGNATURE + 25
    return png[:header] + chunk(b"iTXt", KEYWORD + b"\0\0\0\0\0" + text.encode("utf-8")) + png[header:]


def label(png: bytes) -> str:
    """The text that :func:`labelled` put into a picture; ``""`` where there is none."""
    at = _SIGNATURE
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        data = png[at + 8 : at + 8 + length]
        if png[at + 4 : at + 8] == b"iTXt" and data.startswith(KEYWORD + b"\0"):
            return data[len(KEYWORD) + 5 :].decode("utf-8")
        at += length + 12
    return ""


def drawn(html: str) -> bytes:
    """The page as Chromium draws it."""
    from playwright.sync_api import sync_playwright

    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": 400}, device_scale_factor=1.5)
        tab.set_content(html)
        png = tab.locator("article").screenshot()
        browser.close()
    return png


if __name__ == "__main__":
    made = page()
    PICTURE.write_bytes(labelled(drawn(made), words(made)))
