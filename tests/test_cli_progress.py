"""The line that says how far a run is: where it is drawn, and that it leaves nothing behind."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest

from calcverify.cli import main
from calcverify.cli.progress import Progress


class Terminal(io.StringIO):
    """A terminal of an encoding, as a person sees it."""

    def __init__(self, encoding: str = "utf-8", tty: bool = True) -> None:
        super().__init__(newline="")
        self._encoding, self._tty = encoding, tty

    @property
    def encoding(self) -> str:  # type: ignore[override]  # the one of a StringIO is None
        """What the terminal shows."""
        return self._encoding

    def isatty(self) -> bool:
        """Whether somebody watches."""
        return self._tty

    def screen(self) -> str:
        """What stands in the line: a return goes to its beginning, and letters cover what was there."""
        line: list[str] = []
        for part in self.getvalue().split("\r"):
            line[: len(part)] = part
        return "".join(line).rstrip()


@pytest.fixture(autouse=True)
def _seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock on which every look is a second later."""
    clock = itertools.count()
    monkeypatch.setattr("calcverify.cli.progress.monotonic_ns", lambda: next(clock) * 1_000_000_000)
    monkeypatch.setenv("COLUMNS", "60")


def test_it_says_how_many_and_which_file() -> None:
    terminal = Terminal()
    line = Progress("zh", terminal)
    for _ in range(3):
        line.done("forms.txt")
    assert terminal.screen() == "已核对 3 个项目  forms.txt"
    line.clear()
    assert terminal.screen() == ""


def test_a_shorter_line_covers_a_longer_one() -> None:
    terminal = Terminal()
    line = Progress("en", terminal)
    line.done("a-very-long-name.txt")
    line.done("a-very-long-name.txt")
    line.done("b.txt")
    assert terminal.screen() == "3 projects checked  b.txt"


def test_no_line_is_wider_than_the_window_and_nothing_hidden_gets_out() -> None:
    terminal = Terminal("gbk")
    line = Progress("zh", terminal)
    line.done("长" * 300)
    line.done("\x1b[2J\u202e" + "长" * 300)
    drawn = terminal.getvalue()
    assert "\x1b" not in drawn
    assert max(len(part.encode("gbk")) for part in drawn.split("\r")) <= 59


@pytest.mark.parametrize("terminal", [Terminal(tty=False), None])
def test_nothing_is_drawn_where_nobody_watches(terminal: Terminal | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", terminal)
    line = Progress("zh")
    for _ in range(5):
        line.done("forms.txt")
    line.clear()
    assert terminal is None or terminal.getvalue() == ""


def test_a_short_run_stays_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calcverify.cli.progress.monotonic_ns", lambda: 500_000_000)
    terminal = Terminal()
    line = Progress("zh", terminal)
    line.done("forms.txt")
    assert terminal.getvalue() == ""


def test_messages_stand_on_lines_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad record in the middle of a file: the line is wiped, the message stands, the work goes on."""
    good = '{"id": "1", "basis": "3×2万元=6万元", "total": "6万元"}\n'
    path = tmp_path / "forms.jsonl"
    path.write_text(good * 3 + "{bad\n" + good * 3, encoding="utf-8")
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert main(["check", str(path), "--format", "jsonl", "--output", str(tmp_path / "out.jsonl")]) == 2
    before, message = terminal.getvalue().split("\n")[0].rsplit("\r", 1)
    assert "已核对 3 个项目" in before
    assert message.startswith(str(path)) or "forms.jsonl" in message
    assert terminal.getvalue().split("\n")[-1].endswith("\r")
