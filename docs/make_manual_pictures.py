"""Write the pictures of the officers' manual (``docs/manual/*.png``): the page and a marked copy, as they are.

Run ``python -m docs.make_manual_pictures`` after a change to the page or to the marked
copies. It fills in a workbook with three projects, drops it on the page that ``calcverify
serve`` serves, mends a figure there, and prints the marked copy. It needs what the extra
``dev`` installs, Chromium (or the path of one in the environment variable CHROMIUM), and
LibreOffice for the picture of the marked copy.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from calcverify import annotate_bytes, check_file

PICTURES = Path(__file__).with_name("manual")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

# Three projects of a made-up bureau: one that adds up, one with a wrong figure, one to be looked at.
PROJECTS = (
    (
        "河道清淤",
        "26",
        "清淤6.5公里×4万元/公里=26万元。",
    ),
    (
        "基层统计人员培训",
        "19.8",
        "培训费：3期×120人×450元/人=16.2万元；教材费：360册×85元/册=3.6万元。合计19.8万元。",
    ),
    (
        "城区保洁",
        "45",
        "保洁员15名，每人每月2300元，全年共需45万元。",
    ),
)


def workbook(path: Path) -> Path:
    """The projects as a workbook, a form a sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Side

    book = Workbook()
    book.remove(book.active)
    thin = Side(style="thin")
    for name, total, basis in PROJECTS:
        sheet = book.create_sheet(name)
        fields = (("项目名称", name), ("项目总金额（万元）", total), ("资金计算依据", basis))
        for row in (("项目支出绩效目标申报表", ""), *fields):
            sheet.append(row)
        sheet.merge_cells("A1:B1")
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 58
        sheet.row_dimensions[4].height = 64
        for cells in sheet.iter_rows(min_row=2, max_row=4):
            for cell in cells:
                cell.border = Border(thin, thin, thin, thin)
                cell.alignment = Alignment(wrap_text=True, vertical="center")
    book.save(path)
    return path


@contextmanager
def served(*options: str) -> Iterator[str]:
    """``calcverify serve`` on a free port; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "calcverify", "serve", "--port", str(port), "--no-config", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1"}) as process:
        try:
            for _ in range(600):
                try:
                    with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                        assert json.load(answer) == {"status": "ok"}
                    break
                except OSError:
                    assert process.poll() is None
                    time.sleep(0.1)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.communicate(timeout=30)


def pictures_of_the_page(path: Path) -> None:
    """The empty page, the result of a file, and a project after a figure was mended."""
    from playwright.sync_api import sync_playwright

    with served() as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1024, "height": 560}, device_scale_factor=1.5)
        page.set_default_timeout(60_000)
        page.goto(address)
        page.screenshot(path=PICTURES / "start.png")
        page.set_input_files("#files", path)
        page.wait_for_selector(".projects")
        failed = page.locator(".projects > li[data-status=fail]")
        failed.locator("a.stated.v-mismatch").first.hover()
        page.screenshot(path=PICTURES / "result.png", full_page=True)
        edit = failed.locator("textarea")
        edit.fill(edit.input_value().replace("3.6万元", "3.06万元").replace("19.8", "19.26"))
        failed.get_by_label("项目总金额").fill("19.26")
        page.wait_for_selector(".change")
        page.wait_for_timeout(2000)
        failed.screenshot(path=PICTURES / "mended.png")
        browser.close()


def picture_of_the_copy(path: Path, folder: Path) -> None:
    """The summary in front of the marked copy, and the sheet with the wrong figure, as LibreOffice prints them."""
    import pypdfium2

    if SOFFICE is None:
        print("LibreOffice (soffice) is not installed: the picture of the marked copy is left as it is")
        return
    marked = folder / "标注.xlsx"
    marked.write_bytes(annotate_bytes(path.read_bytes(), str(path), check_file(path)).data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(marked)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pypdfium2.PdfDocument(folder / "标注.pdf") as pdf:
        picture = pdf[0].render(scale=1.4).to_pil()
        inside = picture.convert("L").point(lambda grey: 255 * (grey < 250)).getbbox()
        picture.crop((0, 0, picture.width, inside[3] + 40)).save(PICTURES / "marked.png")


def main() -> None:
    """Write every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        path = workbook(Path(name, "项目申报表.xlsx"))
        pictures_of_the_page(path)
        picture_of_the_copy(path, Path(name))


if __name__ == "__main__":
    main()
