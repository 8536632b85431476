"""The command line: exit codes, what goes to which stream, and what happens when things break."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from calcverify.cli import main
from calcverify.cli.app import COMMANDS
from calcverify.cli.guard import defect_message, exit_code
from calcverify.config.model import Config
from calcverify.errors import InputError, InputProblem
from calcverify.forms.model import Form
from calcverify.report.model import Project, Report
from calcverify.version import __version__
from tests.made import empty, endless, failing, passing

STATUSES = {"pass": passing, "fail": failing, "review": endless, "no-formula": empty}
PROBLEM = InputProblem("a", "", "甲", "a")


def made(*names: str) -> Report:
    """A report by words: statuses, ``problem`` and ``defect``."""
    projects = tuple(STATUSES[name]() for name in names if name in STATUSES)
    return Report(projects, (PROBLEM,) * names.count("problem"), (PROBLEM,) * names.count("defect"))


CODES = [
    ("pass", 0),
    ("pass pass", 0),
    ("pass fail", 1),
    ("fail review no-formula", 1),
    ("pass review", 3),
    ("pass no-formula", 3),
    ("problem", 2),
    ("pass problem", 2),
    ("fail problem", 2),
    ("review problem", 2),
    ("defect", 4),
    ("fail problem defect", 4),
    ("pass defect", 4),
    ("", 2),
]


@pytest.mark.parametrize(("names", "code"), CODES)
def test_four_before_two_before_one_before_three(names: str, code: int) -> None:
    assert exit_code(made(*names.split())) == code


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of JSONL files, and a pipeline that does as the basis of a record says."""

    def check_form(form: Form, _config: Config) -> Project:
        assert form.basis is not None
        if form.basis.text == "broken":
            raise ZeroDivisionError("\x1b[31m{what} 1/0")
        project = STATUSES[form.basis.text]()
        return project._replace(form=project.form._replace(id=form.id, source_name=form.source_name))

    monkeypatch.setattr("calcverify.cli.check._checked", check_form)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, *bases: str) -> str:
    """A file with a record for each basis."""
    records = (json.dumps({"id": f"{name}-{n}", "basis": b}) for n, b in enumerate(bases, 1))
    Path(name).write_text("\n".join(records), encoding="utf-8")
    return name


RUNS = [(["pass"], 0), (["fail", "pass"], 1), (["review"], 3), (["no-formula"], 3), (["pass", "broken", "fail"], 4)]


@pytest.mark.usefixtures("forms")
@pytest.mark.parametrize(("bases", "code"), RUNS)
def test_exit_codes_of_check(bases: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", write("a.jsonl", *bases), "--format", "json"]) == code
    out = json.loads(capsys.readouterr().out)
    assert [p["status"] for p in out["projects"]] == [b for b in bases if b != "broken"]


@pytest.mark.usefixtures("forms")
def test_a_broken_form_does_not_keep_the_others_from_being_checked(capsys: pytest.CaptureFixture[str]) -> None:
    files = [write("a.jsonl", "pass", "broken", "pass"), "missing.jsonl", write("b.jsonl", "fail")]
    assert main(["check", *files, "--format", "json"]) == 4
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert [p["id"] for p in report["projects"]] == ["a.jsonl-1", "a.jsonl-3", "b.jsonl-1"]
    assert [(e["source"], e["locator"], e.get("defect")) for e in report["errors"]] == [
        ("missing.jsonl", None, None),
        ("a.jsonl", "line 2", True),
    ]
    assert "calcverify 自身出错，不是表格的问题" in err
    assert "正在检查：a.jsonl, line 2" in err
    assert f"版本号 calcverify {__version__}" in err
    assert "ZeroDivisionError: <U+001B>[31m{what} 1/0" in err
    assert "Traceback" not in err
    assert "missing.jsonl: 找不到" in err


@pytest.mark.usefixtures("forms")
def test_the_traceback_is_for_those_who_ask(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALCVERIFY_DEBUG", "1")
    assert main(["check", write("a.jsonl", "broken"), "--lang", "en"]) == 4
    err = capsys.readouterr().err
    assert "calcverify itself is broken" in err
    assert "Traceback (most recent call last)" in err


@pytest.mark.usefixtures("forms")
def test_a_reader_that_breaks_is_a_defect_and_the_next_path_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from calcverify import readers

    read_path = readers.read_path

    def breaking(path: Path, unit: str | None = None) -> object:
        if path.name == "odd.jsonl":
            raise RuntimeError("odd")
        if path.name == "locked.jsonl":
            raise InputError("打不开", "cannot be opened")
        return read_path(path, unit)

    monkeypatch.setattr(readers, "read_path", breaking)
    assert main(["check", "odd.jsonl", "locked.jsonl", write("a.jsonl", "pass"), "--format", "json"]) == 4
    report = json.loads(capsys.readouterr().out)
    assert [e["source"] for e in report["errors"]] == ["locked.jsonl", "odd.jsonl"]
    assert report["summary"]["pass"] == 1


@pytest.mark.usefixtures("forms")
def test_a_renderer_that_breaks_is_a_defect(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calcverify.report.json.dumps", lambda _: 1 / 0)
    assert main(["check", write("a.jsonl", "pass"), "--format", "json"]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert "calcverify 自身出错" in err


@pytest.mark.usefixtures("forms")
def test_stopping_it_is_neither_a_defect_nor_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_form: Form, _config: Config) -> Project:
        raise KeyboardInterrupt

    monkeypatch.setattr("calcverify.cli.check._checked", stopped)
    assert main(["check", write("a.jsonl", "pass")]) == 130


@pytest.mark.usefixtures("forms")
def test_a_bad_line_is_named_and_the_rest_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    name = write("a.jsonl", "pass", "pass")
    Path(name).write_text(Path(name).read_text(encoding="utf-8") + "\n{oops", encoding="utf-8")
    assert main(["check", name, "--format", "jsonl", "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line.get("status") for line in lines] == ["pass", "pass", None]
    assert lines[2]["error"]["locator"] == "line 3"
    assert err.startswith("a.jsonl, line 3: not a complete JSON record")


@pytest.mark.usefixtures("forms")
def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b'{"id": "7", "basis": "pass"}'), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)
    assert main(["check", "-", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["projects"][0]["id"] == "7"


MISUSE = [
    (["check"], "PATH"),
    (["check", "a.jsonl", "--format", "pdf"], "没有格式 'pdf'，可用：text, table, json, jsonl"),
    (["check", "a.jsonl", "--format", "pdf", "--lang", "en"], "no format 'pdf'"),
    (["check", "a.jsonl", "--lang", "fr"], "没有语言 'fr'"),
    (["check", "a.jsonl", "--unit", "文"], "不认识单位“文”"),
    (["check", "a.jsonl", "--output", "nowhere/report.txt"], "文件夹不存在"),
    (["check", "a.jsonl", "--output", "."], "是文件夹"),
    (["check", "a.jsonl", "--nonsense"], "--nonsense"),
    (["nonsense"], "nonsense"),
    (["text"], "BASIS"),
    (["text", "3人", "--total", "666"], "“666”没有单位"),
    (["text", "3人", "--total", "很多"], "不能读成一个金额"),
    (["text", "3人", "--total", "666", "--lang", "en"], "has no unit"),
    (["explain", "CV000"], "没有规则 'CV000'"),
]


@pytest.mark.usefixtures("forms")
@pytest.mark.parametrize(("argv", "message"), MISUSE)
def test_bad_usage_is_two_and_says_what_to_do(
    argv: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.jsonl", "pass")
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert "Traceback" not in err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"calcverify {__version__}\n"


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert re.findall(r"^  (\w+)  ", out, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "-h"]) == 0
    assert "--lang" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "words"), [("zh", "自身出错"), ("en", "itself is broken")])
def test_a_defect_says_what_where_and_how_to_report_it(lang: str, words: str) -> None:
    message = defect_message(ValueError("{version}"), "forms.txt, line 3", lang)
    for part in (words, "forms.txt, line 3", "ValueError: {version}", __version__, "CALCVERIFY_DEBUG=1"):
        assert part in message


def test_explain_lists_what_has_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    codes = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert codes == sorted(set(codes))
    assert "CV907" in codes


@pytest.mark.parametrize(("lang", "words"), [("zh", "每行应写成 …"), ("en", "a line should look like …")])
def test_explain_one(lang: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "cv907", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert out.startswith("CV907")
    assert words in out
    assert "{" not in out
