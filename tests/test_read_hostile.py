"""Files made to harm: a clear message, nothing fetched or run, little time and memory, the others still read."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from time import process_time

import openpyxl
import pytest

from calcverify import check_file
from calcverify.errors import InputProblem
from calcverify.forms.model import Form
from calcverify.readers import read_path
from calcverify.readers.model import Item
from tests.made_files import forms_in, sheet_of, write_ods, write_xls, write_xlsx
from tests.test_read_templates import rows

FORM = rows("项目名称|河道清淤|项目总金额（万元）|6", "资金计算依据|3公里×2万元/公里")
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def code_of(items: list[Item]) -> str:
    """The one problem of a file."""
    (item,) = items
    assert isinstance(item, InputProblem), item
    assert item.message_zh
    assert item.message_en
    return item.code


def with_sheet(path: Path, xml: bytes) -> Path:
    """A workbook whose only sheet is ``xml``."""
    made = io.BytesIO(write_xlsx(path, [FORM]).read_bytes())
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in package.namelist():
            out.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else package.read(name))
    return path


def sheet_xml(inside: str, before: str = "") -> bytes:
    """The XML of a sheet with these rows."""
    return f'<?xml version="1.0"?>{before}<worksheet {MAIN} {RELS}><sheetData>{inside}</sheetData></worksheet>'.encode()


def text_cell(reference: str, text: str) -> str:
    """A cell with its own text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


NAMED = f"<row r='1'>{text_cell('A1', '项目名称')}{text_cell('B1', '清淤')}</row>"
LAUGHS = "<!DOCTYPE w [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip


@pytest.mark.slow
def test_a_bomb_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "xl/workbook.xml", f"<workbook {MAIN} {RELS}><sheets><sheet name='a' r:id='r'/></sheets></workbook>"
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r' Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        )
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"<worksheet {MAIN}><sheetData>".encode())
            for _ in range(300):
                sheet.write(b"<row/>" * 200_000)
    assert path.stat().st_size < 2_000_000
    start = process_time()
    assert code_of(list(read_path(path))) == "CV911"
    assert process_time() - start < 30


@pytest.mark.parametrize("doctype", [LAUGHS, "<!DOCTYPE w [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>"])
def test_entities_are_inert(tmp_path: Path, doctype: str) -> None:
    xml = sheet_xml(f"<row r='1'>{text_cell('A1', '项目名称')}{text_cell('B1', '&a9;')}</row>", doctype)
    assert code_of(list(read_path(with_sheet(tmp_path / "a.xlsx", xml)))) == "CV916"
    wide = xml.decode().replace("?>", " encoding='utf-16'?>", 1).encode("utf-16")
    assert code_of(list(read_path(with_sheet(tmp_path / "b.xlsx", wide)))) == "CV916"
    page = f"{doctype}<html><table><tr><td>项目名称<td>&a9;</table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    told = "".join(str(item) for item in read_path(tmp_path / "a.html"))
    assert "hahaha" not in told
    assert "root:" not in told


def test_nothing_outside_the_file_is_opened(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [FORM])
    made = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(path, "w") as out:
        for name in package.namelist():
            data = package.read(name)
            if name.endswith("workbook.xml.rels"):
                data = data.replace(b"/xl/worksheets/sheet1.xml", b"../../../../../../etc/passwd")
            out.writestr(name, data)
    assert code_of(list(read_path(path))) == "CV916"


def test_a_sheet_that_says_it_is_enormous_takes_no_room(tmp_path: Path) -> None:
    """A rectangle of its corners would hold 17 thousand million cells."""
    far = f"{NAMED}<row r='1048576'>{text_cell('XFD1048576', '资金计算依据')}</row>"
    xml = sheet_xml(far).replace(b"<sheetData>", b"<dimension ref='A1:XFD1048576'/><sheetData>")
    (form,) = read_path(with_sheet(tmp_path / "a.xlsx", xml))
    assert isinstance(form, Form)
    assert form.name == "清淤"
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="a">'
        '<table:table-row table:number-rows-repeated="9000000">'
        '<table:table-cell table:number-columns-repeated="9000000">'
        "<text:p>项目名称</text:p></table:table-cell></table:table-row></table:table></office:document-content>"
    )
    ods = tmp_path / "a.ods"
    write_ods(ods, [FORM])
    with zipfile.ZipFile(ods, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    assert code_of(list(read_path(ods))) == "CV911"


@pytest.mark.slow
def test_a_million_empty_rows(tmp_path: Path) -> None:
    empty = sheet_xml(NAMED + "".join(f"<row r='{n}'/>" for n in range(2, 1_000_000)))
    start = process_time()
    (form,) = read_path(with_sheet(tmp_path / "b.xlsx", empty))
    assert isinstance(form, Form)
    assert process_time() - start < 20


def test_more_elements_than_any_form_has_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calcverify.readers.package.MOST_ELEMENTS", 1000)
    path = write_xlsx(tmp_path / "a.xlsx", [FORM._replace(rows=FORM.rows * 500)])
    assert code_of(list(read_path(path))) == "CV911"
    monkeypatch.setattr("calcverify.readers.package.MOST_UNPACKED", 1000)
    assert code_of(list(read_path(path))) == "CV911"


def test_five_hundred_sheets(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [FORM._replace(title=f"表{n}") for n in range(500)])
    start = process_time()
    forms = list(read_path(path))
    assert len(forms) == 500
    assert process_time() - start < 20


def test_formulas_that_need_each_other_end(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["项目名称", "清淤"])
    for n in range(2, 2000):
        page.append([f"=B{n}", f"=A{n + 1}+SUM(A2:B2000)"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    start = process_time()
    report = check_file(path)
    assert process_time() - start < 20
    assert {f.code for f in report.projects[0].findings} >= {"CV611"}


def test_a_password_is_told(tmp_path: Path) -> None:
    assert code_of(list(read_path(encrypted(tmp_path / "a.xlsx")))) == "CV917"


def encrypted(path: Path) -> Path:
    """An OLE container with the stream EncryptedPackage, as Excel writes a protected workbook."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIIIIII", 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0)
    header += struct.pack("<108I", *[free] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw), kind, 1, free, free, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry("EncryptedPackage", 2, free, 2, 4096) + bytes(256)
    table = struct.pack("<128I", fat, end, *range(3, 10), end, *[free] * 118)
    path.write_bytes(header + table + directory + bytes(8 * 512))
    return path


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_file_that_is_cut_off(tmp_path: Path, kind: str, cut: float) -> None:
    whole = {"xlsx": write_xlsx, "xls": write_xls, "ods": write_ods}[kind](
        tmp_path / f"a.{kind}", [sheet_of(form) for form in forms_in()]
    )
    data = whole.read_bytes()
    whole.write_bytes(data[: int(len(data) * cut)])
    items = list(read_path(whole))
    assert items
    assert [item.code for item in items if isinstance(item, InputProblem)] in (["CV916"], [])


def test_a_wrong_name_does_not_matter(tmp_path: Path) -> None:
    for kind, writer in {"xlsx": write_xlsx, "xls": write_xls, "ods": write_ods}.items():
        made = writer(tmp_path / f"a.{kind}", [FORM]).rename(tmp_path / f"{kind}.txt")
        assert isinstance(next(read_path(made)), Form)
    (tmp_path / "b.xlsx").write_text("项目名称\t清淤\n资金计算依据\t3公里×2万元/公里\n", encoding="utf-8")
    assert isinstance(next(read_path(tmp_path / "b.xlsx")), Form)


def test_macros_are_not_run(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsm", [FORM])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert isinstance(next(read_path(path)), Form)


def test_the_other_files_are_still_read(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    encrypted(tmp_path / "b.xlsx")
    write_xlsx(tmp_path / "c.xlsx", [FORM])
    (tmp_path / "d.xls").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as package:
        package.write(tmp_path / "a.xlsx", "坏.xlsx")
        package.write(tmp_path / "c.xlsx", "../../好.xlsx")
    items = list(read_path(tmp_path))
    told = [item.code if isinstance(item, InputProblem) else item.name for item in items]
    assert told == ["CV916", "CV917", "河道清淤", "CV903", "河道清淤", "CV916"]
    run = subprocess.run(
        [sys.executable, "-m", "calcverify", "check", str(tmp_path)], capture_output=True, timeout=120, check=False
    )
    assert run.returncode == 2
    assert "好.xlsx" in run.stdout.decode()


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_archives_within_archives(tmp_path: Path, depth: int) -> None:
    data = write_xlsx(tmp_path / "a.xlsx", [FORM]).read_bytes()
    for _ in range(depth):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            package.writestr("inner", data)
        data = packed.getvalue()
    (tmp_path / "z.zip").write_bytes(data)
    items = list(read_path(tmp_path / "z.zip"))
    if depth > 2:
        assert code_of(items) == "CV919"
    else:
        assert isinstance(items[0], Form)
        assert items[0].source_name.endswith("z.zip" + "/inner" * depth)


def test_names_in_an_archive_are_shown_as_they_were_given(tmp_path: Path) -> None:
    data = write_xlsx(tmp_path / "a.xlsx", [FORM]).read_bytes()
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("AAAA.xlsx", data)
        package.writestr("__MACOSX/._AAAA.xlsx", b"x")
        package.writestr("预算.xlsx", data)
    path.write_bytes(path.read_bytes().replace(b"AAAA.xlsx", "申报".encode("gb18030") + b".xlsx"))
    assert [item.source_name.rpartition("z.zip/")[2] for item in read_path(path) if isinstance(item, Form)] == [
        "申报.xlsx",
        "预算.xlsx",
    ]
