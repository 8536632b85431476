"""Workbooks of every suffix and hand: binary ones, flat ones, those of other programs with their own prefixes."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from calcverify import check_file
from calcverify.errors import InputProblem
from calcverify.forms.model import Form
from calcverify.readers import office, read_path
from calcverify.readers.xlsx import sheets_of
from tests.made_files import Sheet, write_xls, write_xlsx
from tests.office_files import converted
from tests.test_read_templates import rows

FORM = rows("项目名称|河道清淤", "项目总金额（万元）|6", "资金计算依据|3公里×2万元/公里=6万元")
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def written_as_binary(path: Path, sheet: Sheet) -> Path:
    """A binary workbook (xlsb) with texts alone; its last row is hidden."""

    def record(kind: int, data: bytes = b"") -> bytes:
        code = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, left = b"", len(data)
        while True:
            size += bytes([left & 0x7F | (0x80 if left > 0x7F else 0)])
            left >>= 7
            if not left:
                return code + size + data

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    cells = record(129) + record(145)
    for number, row in enumerate(sheet.rows):
        hidden = 0x10 if number + 1 == len(sheet.rows) else 0
        cells += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, hidden, 0, 0))
        cells += b"".join(record(6, struct.pack("<II", cell.column, 0) + text(cell.text)) for cell in row)
    types = "application/vnd.ms-excel"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" '
        f'ContentType="{types}.sheet.binary.macroEnabled.main"/><Override PartName="/xl/worksheets/sheet1.bin" '
        f'ContentType="{types}.worksheet"/></Types>',
        "_rels/.rels": related("officeDocument", "xl/workbook.bin"),
        "xl/_rels/workbook.bin.rels": related("worksheet", "worksheets/sheet1.bin"),
        "xl/workbook.bin": record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + text("r1") + text("申报表"))
        + record(144)
        + record(132),
        "xl/worksheets/sheet1.bin": cells + record(146) + record(130),
    }
    return packed(path, parts)


def related(kind: str, target: str, base: str = RELATIONS) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{base}/{kind}" '
        f'Target="{target}"/></Relationships>'
    )


def packed(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def form_in(path: Path) -> tuple[str, int, str]:
    """Name, total in 元 and status of the one form of a file."""
    (project,) = check_file(path).projects
    return project.form.name, int(project.form.totals[0].yuan), project.status.value


def test_without_libreoffice_a_binary_workbook_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "soffice", lambda: None)
    (item,) = read_path(written_as_binary(tmp_path / "a.xlsb", FORM))
    assert isinstance(item, InputProblem)
    assert item.code == "CV923"
    assert "xlsb" in item.message_zh
    assert "另存为 .xlsx" in item.message_zh


@pytest.mark.slow
@pytest.mark.skipif(office.soffice() is None, reason="LibreOffice (soffice) is not installed")
def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    path = written_as_binary(tmp_path / "a.xlsb", FORM)
    (project,) = check_file(path).projects
    assert (project.form.name, int(project.form.totals[0].yuan)) == ("河道清淤", 60_000)
    assert [(f.code, str(f.locator)) for f in project.findings if f.code == "CV609"] == [("CV609", "申报表!A3")]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["fods", "ods", "ots", "xls", "xlt", "xltx", "xlsm"])
def test_what_an_office_program_saves_is_read(tmp_path: Path, kind: str) -> None:
    assert form_in(converted(write_xlsx(tmp_path / "a.xlsx", [FORM]), kind)) == ("河道清淤", 60_000, "pass")


@pytest.mark.parametrize("name", ["a.et", "a.ett", "a.xlt", "a.xltx", "a", "表.XLS"])
def test_a_workbook_is_known_by_what_it_holds(tmp_path: Path, name: str) -> None:
    for write in (write_xls, write_xlsx):
        path = write(tmp_path / "made.xlsx", [FORM]).rename(tmp_path / name)
        assert form_in(path) == ("河道清淤", 60_000, "pass")


SPACES = {
    "usual": ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", RELATIONS),
    "strict": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
}


def workbook(path: Path, cells: str, space: str = "usual", prefix: str = "", texts: str = "") -> Path:
    """A workbook whose first sheet holds ``cells``, ``{}`` standing for the prefix of its elements."""
    main, base = SPACES[space]
    p = f"{prefix}:" if prefix else ""
    named = f'xmlns{":" + prefix if prefix else ""}="{main}" xmlns:r="{base}"'
    shared = f'<Relationship Id="r2" Type="{base}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    return packed(
        path,
        {
            "_rels/.rels": related("officeDocument", "xl/workbook.xml", base),
            "xl/_rels/workbook.xml.rels": related("worksheet", "worksheets/sheet1.xml", base).replace(
                "</Relationships>", shared
            ),
            "xl/workbook.xml": f'<{p}workbook {named}><{p}sheets><{p}sheet name="申报表" sheetId="1" r:id="r1"/>'
            f"</{p}sheets></{p}workbook>",
            "xl/sharedStrings.xml": f"<{p}sst {named}>{texts.replace('{}', p)}</{p}sst>",
            "xl/worksheets/sheet1.xml": f"<{p}worksheet {named}><{p}sheetData>{cells.replace('{}', p)}"
            f"</{p}sheetData></{p}worksheet>",
        },
    )


TEXTS = (
    "<{}si><{}t>项目名称</{}t></{}si>"
    "<{}si><{}r><{}t>河道</{}t></{}r><{}r><{}rPr><{}b/></{}rPr><{}t>清淤</{}t></{}r>"
    '<{}rPh sb="0" eb="1"><{}t>hedao</{}t></{}rPh><{}phoneticPr fontId="1"/></{}si>'
)
CELLS = (
    '<{}row r="1"><{}c r="A1" t="s"><{}v>0</{}v></{}c><{}c r="B1" t="s"><{}v>1</{}v></{}c></{}row>'
    '<{}row r="2"><{}c r="A2" t="inlineStr"><{}is><{}t>项目总金额（万元）</{}t></{}is></{}c>'
    '<{}c r="B2"><{}v>6</{}v></{}c>'
    "</{}row>"
    '<{}row r="3"><{}c r="A3" t="inlineStr"><{}is><{}r><{}t>资金计算</{}t></{}r><{}r><{}t>依据</{}t></{}r></{}is></{}c>'
    '<{}c r="B3" t="str"><{}f>"3公里"&amp;"×2万元/公里=6万元"</{}f><{}v>3公里×2万元/公里=6万元</{}v></{}c></{}row>'
    '<{}row r="4"><{}c r="A4" t="inlineStr"><{}is><{}t>是否新增项目</{}t></{}is></{}c><{}c r="B4" t="b"><{}v>1</{}v>'
    '</{}c><{}c r="C4" t="inlineStr"><{}is><{}t>填报日期</{}t></{}is></{}c>'
    '<{}c r="D4" t="d"><{}v>2031-03-01</{}v></{}c>'
    "</{}row>"
)


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("prefix", ["", "x"])
def test_prefixes_rich_texts_and_reading_aids(tmp_path: Path, space: str, prefix: str) -> None:
    path = workbook(tmp_path / "a.xlsx", CELLS, space, prefix, TEXTS)
    (project,) = check_file(path).projects
    assert (project.form.name, project.status.value) == ("河道清淤", "pass")
    assert [f.code for f in project.findings] == []
    (sheet,) = sheets_of(path.read_bytes())
    assert [text for _, text in sheet.rows[3].cells] == ["是否新增项目", "TRUE", "填报日期", "2031-03-01"]


@pytest.mark.parametrize("fault", ["#REF!", "#DIV/0!", "#VALUE!", "#N/A", "#NAME?"])
def test_an_error_in_an_amount_is_named_and_never_a_zero(tmp_path: Path, fault: str) -> None:
    cells = CELLS.replace(
        '<{}c r="B2"><{}v>6</{}v></{}c>', f'<{{}}c r="B2" t="e"><{{}}f>A9/0</{{}}f><{{}}v>{fault}</{{}}v></{{}}c>'
    )
    items = list(read_path(workbook(tmp_path / "a.xlsx", cells, texts=TEXTS)))
    (form,) = [item for item in items if isinstance(item, Form)]
    assert form.totals == ()
    assert [(remark.kind, remark.text, str(remark.locator)) for remark in form.remarks] == [
        ("error", fault, "申报表!B2")
    ]
    (project,) = check_file(tmp_path / "a.xlsx").projects
    assert project.status.value == "review"
    assert any(fault in finding.message.zh for finding in project.findings)
