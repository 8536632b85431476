"""Every fault that a file of formulas can have, with the whole message it gives.

A case is one change to a file that is right; the cases and their messages stand in
``golden/formulas/faults.txt``.
"""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from calcverify.errors import InputError
from calcverify.standards import Fault, StandardsError, load_formulas
from calcverify.standards.loader import LARGEST

GOLDEN = Path(__file__).parent / "golden" / "formulas" / "faults.txt"

RIGHT = """
[[document]]
number = "某财〔2023〕1号"
title = "某市经费管理办法"
issuer = "某市财政局"
date = 2023-03-01

[[factor]]
name = "某市系数"
name_en = "coefficient"
value = 1.5
document = "某财〔2023〕1号"
since = "2023"

[[scheme]]
name = "某市互助保险"
name_en = "mutual insurance"
example = { year = 2024, factor = "3%" }

[[scheme.rate]]
payer = "单位"
payer_en = "employer"
value = "2%"
document = "某财〔2023〕1号"
since = 2023-04-01

[[scheme.rate]]
payer = "个人"
payer_en = "employee"
value = ["0.5%", "1%"]
document = "某财〔2023〕1号"
since = 2023-04-01

[[formula]]
name = "某市值班费"
name_en = "duty allowance"
parameters = { "值班人数" = "人", "夜数" = "夜", "标准" = "元/人·夜" }
expression = "值班人数 × 夜数 × 标准"
result = "元"
document = "某财〔2023〕1号"
since = 2023-04-01
example = { "值班人数" = 4, "夜数" = 30, "标准" = 80, gives = 9600 }

[[standard]]
name = "某市劳务费"
name_en = "labour fee"
item = "劳务费"
at_most = 300
unit = "元/人·天"
document = "某财〔2023〕1号"
since = 2023-04-01
example = { "人" = 5, "天" = 2, gives = 3000 }

[[table]]
name = "某市误餐费"
name_en = "missed-meal allowance"
item = "误餐费"
limit = "amount"
unit = "元/人·次"
document = "某财〔2023〕1号"
since = 2023-04-01
columns = { grade = ["正式", "编外"] }
example = { place = "甲县", grade = "编外", "人" = 3, "次" = 10, gives = 900 }
rows = [
    { place = "甲县", values = [40, 30] },
    { place = "乙县", values = [35, 30] },
]
"""

AGAIN = """
[[standard]]
name = "某市劳务费"
name_en = "labour fee"
item = "劳务费"
at_most = 320
unit = "元/人·天"
document = "某财〔2023〕1号"
since = 2025-01-01
example = { "人" = 1, "天" = 1, gives = 320 }
"""
DOCUMENT_AGAIN = """
[[document]]
number = "某财〔2023〕1号"
title = "另一份"
issuer = "某市财政局"
date = "2024"
"""
RATE = """
[[scheme.rate]]
payer = "单位"
payer_en = "employer"
value = "1%"
document = "某财〔2023〕1号"
since = "2023"

"""

# What the cases call by a name.
NAMED = {
    "{AGAIN}": AGAIN,
    "{DOCUMENT}": DOCUMENT_AGAIN,
    "{RATES}": RATE,
    "{RATES×40}": RATE * 40,
    "{PAYERS}": "".join(RATE.replace("单位", f"单位{n}") for n in range(5)),
    "{DEEP}": "(" * 21 + "标准" + ")" * 21,
    "{LONG}": " + 0" * 80,
}


def cases() -> list[tuple[str, str, str]]:
    """The cases of the golden file: what is replaced, what replaces it, the message."""
    found = []
    for block in GOLDEN.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            old, new, message = (line[2:] for line in lines)
            for name, value in NAMED.items():
                new = new.replace(name, value)
            found.append((lines_of(old), lines_of(new), message))
    return found


def lines_of(text: str) -> str:
    """A line of the golden file with its line breaks and escapes."""
    return text.replace("\\n", "\n").replace("\\\\", "\\")


CASES = cases()


def fault_of(folder: Path, content: str) -> StandardsError:
    """The error that a folder with one file of this content gives."""
    (folder / "office.toml").write_text(content, encoding="utf-8")
    with pytest.raises(StandardsError) as caught:
        load_formulas(folder)
    return caught.value


def changed(old: str, new: str) -> str:
    """The right file with one change."""
    assert not old or RIGHT.count(old) == 1, old
    return RIGHT.replace(old, new) if old else RIGHT + new


def test_the_file_that_the_cases_change_is_right(tmp_path: Path) -> None:
    (tmp_path / "office.toml").write_text(RIGHT, encoding="utf-8-sig")
    loaded = load_formulas(tmp_path)
    assert {s.name for s in loaded.standards_for("误餐费", 2024)} >= {"某市误餐费 甲县 编外", "某市误餐费 乙县 正式"}
    assert loaded.standards_for("劳务费", 2022) == ()


@pytest.mark.parametrize(("old", "new", "message"), CASES)
def test_a_fault_names_file_entry_and_remedy(old: str, new: str, message: str, tmp_path: Path) -> None:
    error = fault_of(tmp_path, changed(old, new))
    file = str(tmp_path / "office.toml")
    assert str(error) == f"{file}：{message.replace('{file}', file)}"
    english = error.say("en")
    assert english.startswith(f"{file}: ")
    assert english.endswith((".", "?"))
    assert "；" not in english


def test_the_english_message_in_full(tmp_path: Path) -> None:
    error = fault_of(tmp_path, changed("gives = 9600", "gives = 960"))
    assert error.say("en") == (
        f"{tmp_path / 'office.toml'}: [[formula]] no. 1 “某市值班费”: the example computes 9600 but states 960; "
        "check the example and the figures."
    )


FILES = [
    ("empty folder", Fault.NO_FILES, "文件夹中没有 .toml 文件；请放入至少一个。"),
    ("no folder", Fault.NO_FOLDER, "不是文件夹；请给出存放 TOML 文件的文件夹。"),
    ("a file", Fault.NO_FOLDER, "不是文件夹；请给出存放 TOML 文件的文件夹。"),
    ("a folder called toml", Fault.UNREADABLE, "；请检查文件是否存在及其权限。"),
    ("gb18030", Fault.NOT_UTF8, "不是 UTF-8 编码；请另存为 UTF-8。"),
    ("too large", Fault.TOO_LARGE, "超过 1000000 字节；请拆成几个文件。"),
    ("nested", Fault.BAD_TOML, "；请改正该处，中文键名要加双引号，如 \"人数\" = \"人\"。"),
    ("a million digits", Fault.BAD_TOML, "；请改正该处，中文键名要加双引号，如 \"人数\" = \"人\"。"),
]  # fmt: skip


def prepared(folder: Path, what: str) -> Path:
    """What to load for one case of FILES."""
    file = folder / "office.toml"
    match what:
        case "empty folder":
            (folder / "note.txt").write_text("x")
        case "no folder":
            return folder / "absent"
        case "a file":
            file.write_text(RIGHT, encoding="utf-8")
            return file
        case "a folder called toml":
            file.mkdir()
        case "gb18030":
            file.write_bytes(RIGHT.encode("gb18030"))
        case "too large":
            file.write_bytes(b"#" * (LARGEST + 1))
        case "nested":
            file.write_text("x = " + "[" * 100_000)
        case "a million digits":
            file.write_text("x = " + "9" * 900_000)
    return folder


@pytest.mark.parametrize(("what", "fault", "ending"), FILES)
def test_a_file_that_cannot_be_read_is_named(what: str, fault: Fault, ending: str, tmp_path: Path) -> None:
    folder = prepared(tmp_path, what)
    with pytest.raises(StandardsError) as caught:
        load_formulas(folder)
    assert caught.value.fault is fault
    assert str(caught.value).startswith(str(tmp_path))
    assert str(caught.value).endswith(ending)


def test_a_clash_with_what_is_shipped_is_an_error(tmp_path: Path) -> None:
    error = fault_of(tmp_path, RIGHT.replace('name = "某市劳务费"', 'name = "会议费综合定额 三类会议"'))
    assert error.fault is Fault.DUPLICATE
    assert "与 formulas/meetings.toml 重名且施行期间重叠" in str(error)


def test_a_calendar_factor_has_its_name_for_all_time(tmp_path: Path) -> None:
    error = fault_of(tmp_path, RIGHT.replace('name = "某市系数"', 'name = "一年12个月"'))
    assert error.fault is Fault.DUPLICATE
    assert "formulas/calendar.toml" in str(error)


def test_a_clash_between_two_files_names_both(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(RIGHT, encoding="utf-8")
    error = fault_of(tmp_path, RIGHT)
    assert error.file == str(tmp_path / "office.toml")
    assert f"与 {tmp_path / 'a.toml'} 重名" in str(error)


def test_a_rule_that_ended_leaves_its_name_to_the_next(tmp_path: Path) -> None:
    ended = RIGHT.replace(
        'since = 2023-04-01\nexample = { "人"', 'since = 2023-04-01\nuntil = 2024-12-31\nexample = { "人"'
    )
    (tmp_path / "office.toml").write_text(ended + AGAIN, encoding="utf-8")
    loaded = load_formulas(tmp_path)
    assert [s.at_most for s in loaded.standards_for("劳务费", 2024)] == [300]
    assert [s.at_most for s in loaded.standards_for("劳务费", 2025)] == [320]


def test_every_fault_has_a_case() -> None:
    tested = {fault for _, fault, _ in FILES} | {
        fault for fault in Fault if any(pattern_of(fault).search(message) for _, _, message in CASES)
    }
    assert set(Fault) - tested == {Fault.NOT_SHIPPED}  # the test below


def pattern_of(fault: Fault) -> re.Pattern[str]:
    """The Chinese sentence of a fault with anything in the place of its details."""
    parts = re.split(r"\{\w+\}", fault.value[0])
    return re.compile(".*".join(re.escape(part) for part in parts) + "。$")


def test_missing_shipped_formulas_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    monkeypatch.setattr("calcverify.standards.loader.__file__", str(tmp_path / "a" / "b" / "c.py"))
    with pytest.raises(StandardsError, match="calcverify/formulas：找不到随程序安装的公式；请重新安装 calcverify"):
        load_formulas()


def test_a_fault_is_an_input_error_that_travels_between_processes(tmp_path: Path) -> None:
    error = fault_of(tmp_path, changed("at_most = 300\n", ""))
    assert isinstance(error, InputError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
