"""Workbooks, documents and reports to mark, made by hand: what stands in a cell, and what is checked of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from calcverify.forms.layout import Layout
from calcverify.forms.model import Form
from calcverify.forms.parse import forms_of
from calcverify.pipeline import check_form
from calcverify.report.model import Report
from calcverify.source import Locator

SHEET = "申报表"
ROWS: tuple[tuple[str | int | float, ...], ...] = (
    ("项目名称", "乡镇图书室补充图书"),
    ("项目编码", "330000261000000000123"),
    ("项目总金额（万元）", 9.1),
    ("资金计算依据", "图书360册×85元/册=3.6万元；\n书架20组×1500元/组=3万元，另有书架3万元，图书3.6万元。"),
)


def report_of(rows: Sequence[Sequence[object]], name: str = "a.xlsx", sheet: str = SHEET) -> Report:
    """The report of one sheet that holds ``rows``, as a reader would lay it out."""
    layout = Layout()
    for number, row in enumerate(rows, 1):
        cells = [(c, str(text), Locator(sheet=sheet, cell=f"{'ABCDEF'[c]}{number}")) for c, text in enumerate(row)]
        layout.row(cells)
    return checked(layout, name)


def checked(layout: Layout, name: str) -> Report:
    """The report of everything in ``layout``."""
    forms = [item for item in forms_of(layout.document(name)) if isinstance(item, Form)]
    return Report(tuple(check_form(form) for form in forms))


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def repacked(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The file with other parts in place of some, ``None`` taking one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {**parts(data), **changes}.items():
            if content is not None:
                file.writestr(name, content)
    return out.getvalue()
