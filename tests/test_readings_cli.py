"""``calcverify readings`` and ``check --readings``: exit codes, files, and what is said on which stream."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from calcverify.cli import main

RECORDS = [
    {"id": "A1", "name": "图书", "basis": "图书360册×85元/册=3.6万元", "total": "3.6万元"},
    {"id": "A2", "name": "书架", "basis": "书架12个×500元/个=6000元", "total": "6000元"},
]


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file of two projects, the first of which does not add up."""
    monkeypatch.chdir(tmp_path)
    write(*RECORDS)
    return tmp_path


def write(*records: dict[str, str]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    Path("forms.jsonl").write_text("\n".join(lines), encoding="utf-8")


def edit(name: str, old: str, new: str) -> None:
    """What a person does to a file of readings."""
    path = Path(name)
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def checked(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, Any, str]:
    """The exit code, the JSON report and what was told."""
    capsys.readouterr()
    code = main(["check", "forms.jsonl", "--format", "json", *args])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


@pytest.mark.usefixtures("forms")
@pytest.mark.parametrize("name", ["r.toml", "r.csv"])
def test_a_corrected_line_is_checked_and_said(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readings", "forms.jsonl", "-o", name]) == 0
    plain = checked(capsys)
    assert plain[0] == 1
    assert checked(capsys, "--readings", name) == plain
    edit(name, "360册 × 85元/册", "360册 × 100元/册")
    code, report, err = checked(capsys, "--readings", name)
    assert (code, err) == (0, "")
    first, second = report["projects"]
    assert second == plain[1]["projects"][1]
    assert [(c["expression"], c["verdict"]) for c in first["claims"]] == [("360册 × 100元/册", "exact")]
    (finding,) = first["findings"]
    assert (finding["code"], finding["severity"]) == ("CV250", "notice")
    assert finding["message"] == f"按更正后的读法核对：{name}（改正或添加1条，替下原读法1条）"


@pytest.mark.usefixtures("forms")
def test_the_format_is_that_of_the_option_or_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readings", "forms.jsonl"]) == 0
    data = tomllib.loads(capsys.readouterr().out)
    assert [p["id"] for p in data["project"]] == ["A1", "A2"]
    assert main(["readings", "forms.jsonl", "--format", "csv", "--lang", "en"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(r["id"], r["kind"]) for r in rows] == [
        ("A1", "basis"),
        ("A1", "equation"),
        ("A2", "basis"),
        ("A2", "equation"),
    ]
    assert main(["readings", "forms.jsonl", "-o", "r.csv"]) == 0
    assert Path("r.csv").read_bytes().startswith("\ufeff编码".encode())
    assert main(["readings", "forms.jsonl", "--format", "xlsx"]) == 2
    assert "toml" in capsys.readouterr().err


@pytest.mark.usefixtures("forms")
def test_a_changed_basis_is_refused_and_the_rest_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    main(["readings", "forms.jsonl", "-o", "r.toml"])
    write(RECORDS[0], {**RECORDS[1], "basis": "书架14个×500元/个=7000元"})
    code, report, err = checked(capsys, "--readings", "r.toml")
    assert code == 2
    assert [p["id"] for p in report["projects"]] == ["A1"]
    (error,) = report["errors"]
    assert (error["source"], error["code"]) == ("r.toml", "CV934")
    assert error["locator"].startswith("line ")
    assert "A2" in error["message"]
    assert err == f"r.toml, {error['locator']}: {error['message']}\n"


@pytest.mark.usefixtures("forms")
def test_a_malformed_line_keeps_its_project_from_being_checked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["readings", "forms.jsonl", "-o", "r.toml"])
    edit("r.toml", "360册 × 85元/册 = 3.6万元", "360册 × 85元/册 = ?")
    code, report, err = checked(capsys, "--readings", "r.toml", "--lang", "en")
    assert code == 2
    assert [p["id"] for p in report["projects"]] == ["A2"]
    assert [e["code"] for e in report["errors"]] == ["CV933"]
    assert err.count("\n") == 1
    assert "project “A1”" in err


@pytest.mark.usefixtures("forms")
def test_a_project_that_is_not_in_the_file_is_read_by_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    main(["readings", "forms.jsonl", "-o", "r.toml"])
    head, first, _second = Path("r.toml").read_text(encoding="utf-8").split("\n[[project]]\n")
    Path("r.toml").write_text(f"{head}\n[[project]]\n{first}", encoding="utf-8")
    assert checked(capsys, "--readings", "r.toml") == checked(capsys)


@pytest.mark.usefixtures("forms")
def test_readings_of_projects_that_are_not_here_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    main(["readings", "forms.jsonl", "-o", "r.toml"])
    write(RECORDS[1])
    code, report, err = checked(capsys, "--readings", "r.toml")
    assert (code, report["errors"]) == (0, [])
    assert "A1" in err
    write({"id": "A3", "basis": "12人×500元/人=6000元"})
    code, report, err = checked(capsys, "--readings", "r.toml")
    assert (code, [e["code"] for e in report["errors"]]) == (2, ["CV936"])
    assert [p["id"] for p in report["projects"]] == ["A3"]


@pytest.mark.usefixtures("forms")
def test_a_file_that_cannot_be_read_ends_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(capsys, "--readings", "none.toml")[:2] == (2, None)
    Path("r.toml").write_text("version = 1\n[[project]", encoding="utf-8")
    code, report, err = checked(capsys, "--readings", "r.toml")
    assert (code, report) == (2, None)
    assert err.startswith("r.toml: ")
    assert "line 2" in err


@pytest.mark.usefixtures("forms")
def test_no_input_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    main(["readings", "forms.jsonl", "-o", "r.toml"])
    before = Path("r.toml").read_bytes(), Path("forms.jsonl").read_bytes()
    assert main(["readings", "forms.jsonl", "-o", "forms.jsonl"]) == 2
    assert main(["readings", ".", "-o", "forms.jsonl"]) == 2
    assert main(["check", "forms.jsonl", "--readings", "r.toml", "-o", "r.toml"]) == 2
    assert capsys.readouterr().err.count("是输入文件") == 3
    assert before == (Path("r.toml").read_bytes(), Path("forms.jsonl").read_bytes())


@pytest.mark.usefixtures("forms")
def test_inputs_that_cannot_be_read_are_told_and_the_others_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readings", "none.txt", "forms.jsonl"]) == 2
    out, err = capsys.readouterr()
    assert len(tomllib.loads(out)["project"]) == 2
    assert "none.txt" in err
    assert main(["readings", "none.txt"]) == 2


@pytest.mark.usefixtures("forms")
def test_a_form_that_breaks_the_program_is_a_defect(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["readings", "forms.jsonl", "-o", "r.toml"])

    def broken(_case: object, **_given: object) -> object:
        raise ZeroDivisionError("1/0")

    monkeypatch.setattr("calcverify.readings.making.reading_of", broken)
    assert main(["readings", "forms.jsonl"]) == 4
    assert "calcverify 自身出错" in capsys.readouterr().err
    monkeypatch.setattr("calcverify.readings.applying.corrected", broken)
    code, report, _err = checked(capsys, "--readings", "r.toml")
    assert (code, report["projects"]) == (4, [])
    assert [e["locator"] for e in report["errors"]] == ["line 1", "line 2"]


PAGE = Path(__file__).parent.parent / "docs" / "readings.md"
FORM = (
    "项目编码\tB-07\n项目名称\t阅览室更新\n项目总金额（万元）\t4.6\n"
    "资金计算依据\t图书360册×85元/册=3.6万元，书架2O0个×50元/个=1万元\n"
)


def test_the_example_of_the_page_is_what_is_written_and_its_corrections_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("表格.txt").write_text(FORM, encoding="utf-8")
    assert main(["readings", "表格.txt", "-o", "读法.toml"]) == 0
    written = Path("读法.toml").read_text(encoding="utf-8")
    project, added = (block.split("```")[0] for block in PAGE.read_text(encoding="utf-8").split("```toml\n")[1:])
    assert written.partition("version = 1\n\n")[2] == project
    changed = project.split("\n[[project.unread]]")[0].replace("360册 × 85元/册", "360册 × 100元/册")
    text = f"version = 1\n{changed}\n" + "".join(line.strip() + "\n" for line in added.splitlines())
    Path("读法.toml").write_text(text, encoding="utf-8")
    assert main(["check", "表格.txt"]) == 1
    assert main(["check", "表格.txt", "--readings", "读法.toml"]) == 0
    assert "CV250 按更正后的读法核对：读法.toml（改正或添加2条，替下原读法1条）" in capsys.readouterr().out
