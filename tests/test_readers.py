"""Every input that can be bad: a message that names file, place and remedy, and the rest goes on."""

from __future__ import annotations

import codecs
import json
import os
from pathlib import Path

import pytest

from calcverify.errors import PROBLEMS, InputProblem, UsageError, problem
from calcverify.forms.model import Form
from calcverify.readers import read_path, read_stream
from calcverify.readers.model import Item
from calcverify.source import Locator

FORM = "项目名称\t河道清淤\n项目总金额（万元）\t6\n资金计算依据\t3公里×2万元/公里\n"
RECORD = {"id": "A1", "name": "河道清淤", "basis": "3公里×2万元/公里", "total": "6万元"}


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def only(items: list[Item]) -> Item:
    assert len(items) == 1
    return items[0]


def fault(item: Item, code: str, place: str = "") -> InputProblem:
    assert isinstance(item, InputProblem)
    assert (item.code, item.locator) == (code, place)
    return item


def form(item: Item) -> Form:
    assert isinstance(item, Form)
    return item


# --- encodings and line ends -----------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        FORM.encode(),
        codecs.BOM_UTF8 + FORM.encode(),
        FORM.encode("gb18030"),
        FORM.encode("utf-16"),
        codecs.BOM_UTF16_BE + FORM.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + FORM.encode("utf-32-le"),
        FORM.replace("\n", "\r\n").encode(),
        FORM.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8 bom", "gb18030", "utf-16", "utf-16-be", "utf-32", "crlf", "cr"],
)
def test_a_form_reads_the_same_in_every_encoding(tmp_path: Path, data: bytes) -> None:
    found = form(only(list(read_path(write(tmp_path, "forms.txt", data)))))
    assert found.name == "河道清淤"
    assert found.basis is not None
    assert found.basis.text == "3公里×2万元/公里"
    assert (found.locator, int(found.totals[0].yuan)) == (Locator(line=3, column=8), 60_000)


def test_the_format_is_chosen_by_content(tmp_path: Path) -> None:
    lines = json.dumps(RECORD, ensure_ascii=False)
    assert form(only(list(read_path(write(tmp_path, "a.txt", lines))))).id == "A1"
    assert form(only(list(read_path(write(tmp_path, "a.jsonl", FORM))))).name == "河道清淤"


def test_signs_that_cannot_be_seen_stay_where_they_are(tmp_path: Path) -> None:
    basis = "3\u202e人×\x01\x7f2\u200b元\ufeff"
    path = write(tmp_path, "a.txt", f"项目名称\tA\n资金计算依据\t{basis}\t\n")
    found = form(only(list(read_path(path))))
    assert found.basis is not None
    assert found.basis.text == basis
    record = form(only(list(read_path(write(tmp_path, "a.jsonl", json.dumps({"basis": basis}))))))
    assert record.basis is not None
    assert record.basis.text == basis


# --- files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code", "word"),
    [
        ("empty.txt", b"", "CV903", "空的"),
        ("blank.txt", " \r\n\t\n　".encode(), "CV903", "空的"),
        ("bom.txt", codecs.BOM_UTF8, "CV903", "空的"),
        ("zeros.txt", b"\0\1\2" * 999, "CV904", "不能读取"),
        ("bytes.txt", bytes(range(256)), "CV904", "不能读取"),
        ("book.xlsx", b"PK\x03\x04\x14\0", "CV916", "损坏"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "CV916", "损坏"),
        ("a.pdf", b"%PDF-1.7\n", "CV916", "损坏"),
        ("page.xls", b"\xef\xbb\xbf\n<HTML><table>", "CV903", "空的"),
        ("data.xml", b'<?xml version="1.0"?><a>1</a>', "CV904", "XML"),
        ("latin.txt", "coûts: 3 × 2 = 6 €\n".encode("cp1252"), "CV905", "UTF-8"),
        ("cut.txt", codecs.BOM_UTF16_LE + FORM.encode("utf-16-le")[:-1], "CV905", "UTF-8"),
        ("big5.txt", "預算".encode("big5"), "CV906", "GB18030"),
        ("letter.txt", "今天下午三点开会。\n", "CV906", "资金计算依据"),
        ("list.json", json.dumps([RECORD]), "CV906", "项目名称"),
    ],
    ids=lambda v: v if isinstance(v, str) and "." in v else "",
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, data: bytes | str, code: str, word: str) -> None:
    path = write(tmp_path, name, data)
    found = fault(only(list(read_path(path))), code)
    assert found.source == str(path)
    assert word in found.message_zh
    assert str(path) in found.say("zh")


def test_a_missing_file(tmp_path: Path) -> None:
    fault(only(list(read_path(tmp_path / "none.txt"))), "CV901")
    fault(only(list(read_path(tmp_path / "no\0thing"))), "CV901")
    fault(only(list(read_path(tmp_path / ("长" * 200)))), "CV912")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may open every file")
def test_a_file_that_may_not_be_opened(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", FORM)
    path.chmod(0)
    fault(only(list(read_path(path))), "CV912")


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("c.txt", "a.txt", "b/d.txt", ".git/e.txt", ".hidden.txt", "~$a.txt"):
        write(tmp_path, name, FORM.replace("河道清淤", Path(name).stem))
    write(tmp_path, "b.txt", "")
    items = list(read_path(tmp_path))
    assert [item.name if isinstance(item, Form) else item.code for item in items] == ["a", "CV903", "c", "d"]
    assert form(items[0]).id == "a.txt#1"


def test_a_folder_without_forms(tmp_path: Path) -> None:
    fault(only(list(read_path(tmp_path))), "CV902")
    write(tmp_path, "a.txt", "")
    assert [item.code for item in read_path(tmp_path) if isinstance(item, InputProblem)] == ["CV903", "CV902"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    fault(only(list(read_path(tmp_path))), "CV902")


def test_a_name_that_is_no_text_is_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt"))
    try:
        path.write_bytes(b"")
    except OSError:
        pytest.skip("this file system takes no such name")
    found = fault(only(list(read_path(path))), "CV903")
    found.say("zh").encode()


# --- forms that lack something ---------------------------------------------------------


def test_a_form_without_a_basis_and_one_without_a_total() -> None:
    (bare,) = read_stream("项目名称\t甲\n项目总金额（元）\t6".encode(), bare=False)
    assert form(bare).basis is None
    assert form(bare).locator == Locator(line=1)
    (free,) = read_stream("项目名称\t甲\n资金计算依据\t3×2".encode(), bare=False)
    assert form(free).totals == ()


def test_an_amount_without_a_unit_is_refused_and_the_form_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "项目名称\t甲\n项目总金额\t6\n资金计算依据\t3×2")
    first, second = read_path(path)
    assert "--unit" in fault(first, "CV910", "line 2").message_zh
    assert form(second).totals == ()
    (third,) = read_path(path, unit="万元")
    assert form(third).totals[0].yuan == 60_000


def test_a_unit_that_is_none_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不认识单位"):
        read_path(tmp_path, unit="人")
    with pytest.raises(UsageError, match="不认识单位"):
        read_stream(b"", unit="dollars")


# --- standard input --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "basis", "line"),
    [
        ("333人*2万", "333人*2万", 1),
        ("\n  甲：3×2=6元\n乙：5元\n", "甲：3×2=6元\n乙：5元", 2),
        ("甲3万元，乙2万元\n总经费：5万元", "甲3万元，乙2万元\n总经费：5万元", 1),
        ("甲\t3\t2\t6\n", "甲\t3\t2\t6", 1),
        ("项目总金额：6万元", "项目总金额：6万元", 1),
        ("测算过程：3×2", "3×2", 1),
        (FORM, "3公里×2万元/公里", 3),
    ],
)
def test_text_without_a_form_is_one_basis_on_standard_input(text: str, basis: str, line: int) -> None:
    found = form(only(list(read_stream(text.encode()))))
    assert found.basis is not None
    assert (found.basis.text, found.locator.line) == (basis, line)


def test_standard_input_may_be_empty_or_no_text() -> None:
    fault(only(list(read_stream(b""))), "CV903")
    fault(only(list(read_stream(b"%PDF-1.4", "-"))), "CV916")


def test_records_on_standard_input() -> None:
    found = form(only(list(read_stream(json.dumps(RECORD).encode()))))
    assert (found.id, found.source_name, found.basis_field) == ("A1", "stdin", "basis")


# --- JSON Lines ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"basis": "3×2"', "CV907"),
        ("[1, 2]", "CV907"),
        ('"3×2"', "CV907"),
        ("3×2", "CV907"),
        ('{"basis": "3\n×2"}', "CV907"),
        ("{" * 5000, "CV907"),
        ('{"x": ' + "[" * 50_000 + "}", "CV907"),
        ('{"id": "1"}', "CV908"),
        ('{"basis": null}', "CV908"),
        ('{"basis": 3}', "CV908"),
        ('{"basis": ["3×2"]}', "CV908"),
        ('{"basis": "3×2", "id": [1]}', "CV908"),
        ('{"basis": "3×2", "total": true}', "CV908"),
        ('{"basis": "3\\ud800×2"}', "CV908"),
        ('{"basis": "3×2", "total": "6"}', "CV910"),
        ('{"basis": "3×2", "total": 6}', "CV910"),
        ('{"basis": "3×2", "total": "六万元"}', "CV909"),
        ('{"basis": "3×2", "total": "' + "9" * 1_000_000 + '万元"}', "CV909"),
        ('{"basis": "3×2", "total": ' + "9" * 100_000 + "}", "CV909"),
        ('{"basis": "3×2", "total": NaN}', "CV909"),
        ('{"basis": "3×2", "x": ' + "9" * 1_000_000 + "}", "CV911"),
    ],
    ids=lambda v: v[:40],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path, line: str, code: str) -> None:
    good = json.dumps(RECORD, ensure_ascii=False)
    path = write(tmp_path, "a.jsonl", f"{good}\n\n{line}\r\n{good}\n")
    items = list(read_path(path))
    assert [item.name for item in items if isinstance(item, Form)] == ["河道清淤", "河道清淤"]
    faults = [item for item in items if isinstance(item, InputProblem)]
    assert faults[0].code == code
    assert faults[0].locator == "line 3"
    assert len(faults[0].message_zh) < 300


def test_what_a_record_may_leave_out() -> None:
    lines = (
        '{"basis": "3×2"}',
        '{"id": 7, "basis": "", "total": null, "x": {"y": [1]}}',
        '{"basis": "1", "total": " "}',
    )
    found = [form(item) for item in read_stream("\n".join(lines).encode(), "a.jsonl")]
    assert [(f.id, f.name, f.totals) for f in found] == [("a.jsonl#1", "", ()), ("7", "", ()), ("a.jsonl#3", "", ())]
    assert [f.locator for f in found] == [Locator(line=1), Locator(line=2), Locator(line=3)]


@pytest.mark.parametrize(
    ("total", "unit", "yuan"), [('"666万元"', None, 6_660_000), ("666.5", "万元", 6_665_000), ("1e2", "元", None)]
)
def test_the_total_of_a_record(total: str, unit: str | None, yuan: int | None) -> None:
    (item,) = read_stream(f'{{"basis": "3×2", "total": {total}}}'.encode(), unit=unit)
    if yuan is None:
        fault(item, "CV909", "line 1")
    else:
        assert form(item).totals[0].yuan == yuan


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_records_in_other_encodings(encoding: str) -> None:
    lines = "".join(json.dumps(RECORD, ensure_ascii=False) + "\r\n" for _ in range(3))
    found = [form(item) for item in read_stream(lines.encode(encoding))]
    assert [f.name for f in found] == ["河道清淤"] * 3


def test_a_document_over_many_lines_is_one_problem() -> None:
    found = fault(only(list(read_stream(json.dumps(RECORD, indent=1).encode()))), "CV907", "line 1")
    assert "several lines" in found.message_en


def test_a_file_that_is_something_else_is_given_up() -> None:
    code = [item.code for item in read_stream(b"{ int x; }\n" * 10_000) if isinstance(item, InputProblem)]
    assert code == ["CV907"] * 100 + ["CV914"]
    good = json.dumps(RECORD).encode() + b"\n"
    later = list(read_stream(good + b"{ int x; }\n" * 200 + good))
    assert (len(later), form(later[-1]).id) == (202, "A1")


# --- messages --------------------------------------------------------------------------


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_message_says_what_to_do_in_both_languages(code: str) -> None:
    details = {
        key: f"<{key}>"
        for key in (
            "kind",
            "suffix",
            "pages",
            "offset",
            "labels",
            "encoding",
            "detail",
            "example",
            "key",
            "field",
            "text",
            "limit",
            "unit",
            "count",
            "library",
            "cells",
        )
    }
    found = problem(code, "a.txt", Locator(line=7), **details)
    for lang in ("zh", "en"):
        said = found.say(lang)
        assert said.startswith("a.txt, line 7: ")
        assert "{" not in said
        assert [part for part in ("；", "，", ";", "或") if part in said], "a fault alone: the remedy is missing"


def test_document_text_in_a_message_is_short_and_visible() -> None:
    found = problem("CV909", "a\u202e.txt", field="总\x1b[31m额", text="6\n万" * 100)
    said = found.say("zh")
    assert said.isprintable()
    assert "\\u202e" in said
    assert len(said) < 400
