"""What is said of several forms of one run: the functions, the command, the configuration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calcverify import Config, check_file
from calcverify.cli import main

FORM = """市级预算绩效目标表
（2025年度）
项目名称：{name}
项目编码：{code}
项目总金额（万元）：60
资金计算依据：资助学生300人×2000元/人=60万元

"""
ONE, TWO = "330000251230000000007", "330000251230000000008"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files: two projects with one code, and the first of them under another code."""
    first = FORM.format(name="助学", code=ONE) + FORM.format(name="改厕", code=ONE)
    (tmp_path / "a.txt").write_text(first, encoding="utf-8")
    (tmp_path / "b.txt").write_text(FORM.format(name="助学", code=TWO), encoding="utf-8")
    return tmp_path


def test_forms_of_a_folder_are_compared_over_its_files(folder: Path) -> None:
    told = [[f.code for f in p.findings if f.code in ("CV614", "CV615")] for p in check_file(folder).projects]
    assert told == [[], ["CV614"], ["CV615"]]
    (finding,) = [f for f in check_file(folder).projects[2].findings if f.code == "CV615"]
    assert "a.txt" in finding.message.zh
    assert ONE in finding.message.zh


def test_a_repetition_does_not_decide_unless_it_is_asked_to(folder: Path) -> None:
    assert [p.status.value for p in check_file(folder).projects] == ["pass", "pass", "pass"]
    strict = check_file(folder, config=Config(strict=True)).projects
    assert [p.status.value for p in strict] == ["pass", "review", "review"]


def test_the_command_says_it_and_a_configuration_leaves_it_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["check", str(folder), "--no-config", "--format", "json"]
    assert main(run) == 0
    projects = json.loads(capsys.readouterr().out)["projects"]
    assert [[f["code"] for f in p["findings"]] for p in projects] == [[], ["CV614"], ["CV615"]]
    assert main([*run, "--ignore", "CV61"]) == 0
    projects = json.loads(capsys.readouterr().out)["projects"]
    assert [p["findings"] for p in projects] == [[], [], []]
