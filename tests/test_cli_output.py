"""Where a report goes: whole files, encodings, broken pipes, colours."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from calcverify.cli import main, output
from calcverify.cli.output import check_output, deliver, write_out, write_whole
from calcverify.errors import UsageError
from calcverify.report.formats import format_named
from tests.made import report

pytestmark = pytest.mark.usefixtures("_folder")


@pytest.fixture
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Stream(io.TextIOWrapper):
    """A standard output with an encoding of its own."""

    def __init__(self, encoding: str, terminal: bool = False) -> None:
        self.bytes = io.BytesIO()
        self.terminal = terminal
        super().__init__(self.bytes, encoding=encoding)

    def isatty(self) -> bool:
        return self.terminal


def delivered(monkeypatch: pytest.MonkeyPatch, name: str, stream: Stream, lang: str = "zh") -> bytes:
    """What reaches a stream."""
    monkeypatch.setattr(sys, "stdout", stream)
    deliver(report(), format_named(name), lang, None)
    return stream.bytes.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "cp936", "ascii", "cp1252"])
def test_people_get_the_encoding_of_their_terminal(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = delivered(monkeypatch, "text", Stream(encoding), "en").decode(encoding)
    assert "does not add up" in text
    assert ("360册" in text) is (encoding not in ("ascii", "cp1252"))


@pytest.mark.parametrize("name", ["json", "jsonl"])
@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_programs_get_utf8_whatever_the_terminal_is(name: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "基层统计培训" in delivered(monkeypatch, name, Stream(encoding)).decode("utf-8")


def test_a_terminal_without_chinese_is_told_what_helps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = delivered(monkeypatch, "text", Stream("ascii"))
    assert data.isascii()
    assert "--lang en, --output FILE or PYTHONUTF8=1" in capsys.readouterr().err


COLOURS = [
    (True, {}, True),
    (True, {"NO_COLOR": ""}, True),
    (True, {"NO_COLOR": "1"}, False),
    (True, {"TERM": "dumb"}, False),
    (False, {}, False),
]


@pytest.mark.parametrize(("terminal", "environment", "coloured"), COLOURS)
def test_colours_on_a_terminal_only(
    terminal: bool, environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WT_SESSION", "1")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (b"\x1b[31" in delivered(monkeypatch, "text", Stream("utf-8", terminal))) is coloured


def test_a_report_in_a_pipe_does_not_depend_on_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = delivered(monkeypatch, "text", Stream("utf-8"))
    monkeypatch.setenv("COLUMNS", "41")
    assert delivered(monkeypatch, "text", Stream("utf-8")) == wide
    assert delivered(monkeypatch, "text", Stream("utf-8", terminal=True)) != wide


def test_a_file_is_written_whole_in_utf8() -> None:
    deliver(report(), format_named("json"), "zh", Path("report.json"))
    assert json.loads(Path("report.json").read_bytes())["summary"]["projects"] == 4
    assert os.listdir() == ["report.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_keeps_its_permissions_and_its_links() -> None:
    Path("real.txt").write_text("old", encoding="utf-8")
    Path("real.txt").chmod(0o640)
    Path("link.txt").symlink_to("real.txt")
    write_whole(Path("link.txt"), b"new")
    assert Path("link.txt").is_symlink()
    assert Path("real.txt").read_bytes() == b"new"
    assert stat.S_IMODE(Path("real.txt").stat().st_mode) == 0o640
    assert sorted(os.listdir()) == ["link.txt", "real.txt"]


def test_a_failed_write_leaves_the_old_file_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report.txt").write_text("old", encoding="utf-8")

    def full(_one: object, _other: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("calcverify.cli.output.os.replace", full)
    with pytest.raises(UsageError, match=r"report\.txt: 不能写入（No space left on device）"):
        write_whole(Path("report.txt"), b"new")
    assert Path("report.txt").read_text(encoding="utf-8") == "old"
    assert os.listdir() == ["report.txt"]


def test_a_device_is_written_to() -> None:
    write_whole(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["in.txt", "./in.txt", "link.txt", "hard.txt"])
def test_an_input_is_never_overwritten(name: str) -> None:
    Path("in.txt").write_text("old", encoding="utf-8")
    Path("link.txt").symlink_to("in.txt")
    Path("hard.txt").hardlink_to("in.txt")
    with pytest.raises(UsageError, match="是输入文件，不覆盖"):
        check_output(Path(name), [Path("other.txt"), Path("in.txt")])


def test_another_file_may_be_written() -> None:
    Path("in.txt").write_text("old", encoding="utf-8")
    check_output(Path("new.txt"), [Path("in.txt"), Path("\0")])
    check_output(None, [Path("in.txt")])


def test_a_file_that_was_read_from_a_folder_is_an_input_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("calcverify.cli.check._checked", lambda form, _: report().projects[0]._replace(form=form))
    Path("forms").mkdir()
    record = '{"id": "1", "basis": "3人"}'
    Path("forms/a.jsonl").write_text(record, encoding="utf-8")
    assert main(["check", "forms", "--output", "forms/a.jsonl"]) == 2
    assert "是输入文件" in capsys.readouterr().err
    assert Path("forms/a.jsonl").read_text(encoding="utf-8") == record
    assert main(["check", "forms", "--output", "forms/report.txt"]) == 0
    assert "馆藏" not in Path("forms/report.txt").read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


def test_a_reader_that_goes_away_is_no_fault() -> None:
    program = "import sys\nfrom calcverify.cli.output import write_out\nwrite_out(b'x' * 1_000_000)\nwrite_out(b'y')\n"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_without_a_standard_output_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under pythonw on Windows."""
    monkeypatch.setattr(sys, "stdout", None)
    write_out(b"x")
    deliver(report(), format_named("text"), "zh", None)
    assert not output._colours()
