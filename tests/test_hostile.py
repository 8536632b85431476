"""Texts that mean harm, and texts of very many figures: answered soon, never with a traceback.

A text beyond the bounds is unread and asks for review; it is never a pass.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from time import process_time

import pytest

from calcverify import check_text
from calcverify.cli import main
from calcverify.verify.model import Status

MOST_SECONDS = 2.0

# Texts that no person writes: name, text, and the status that they must have.
HOSTILE: dict[str, tuple[Callable[[], str], Status]] = {
    "ten megabytes": (lambda: "3人×5元=15元，" * (10 * 2**20 // 19 + 1), Status.REVIEW),
    "ten megabytes of digits": (lambda: "9" * 10 * 2**20, Status.REVIEW),
    "open brackets": (lambda: "(" * 100_000, Status.REVIEW),
    "open brackets and a sum": (lambda: "3人×5元=15元，" + "（" * 90_000, Status.REVIEW),
    "nested brackets": (lambda: "（" * 50_000 + "5元" + "）" * 50_000, Status.REVIEW),
    "a million digits": (lambda: "5人×" + "9" * 10**6 + "元=5元", Status.REVIEW),
    "many digits within the length": (lambda: "5人×" + "9" * 90_000 + "元=5元", Status.REVIEW),
    "division by zero": (lambda: "1/0", Status.REVIEW),
    "division by zero with a result": (lambda: "15元÷0=5元", Status.REVIEW),
    "a power": (lambda: "10^999999999", Status.REVIEW),
    "a power with a result": (lambda: "10^999999999元=5元", Status.REVIEW),
    "too many figures": (lambda: "、".join(f"甲{n}元" for n in range(1, 500)) + "，3人×5元=15元", Status.REVIEW),
    "control characters": (lambda: "3人×5元=16元\x00\x1b[31m\x07", Status.FAIL),
    "bidi marks": (lambda: "\u202e3人×5元=16元\u2066", Status.FAIL),
    "markup": (lambda: "<script>alert(1)</script>[red]3人×5元=16元[/red]", Status.FAIL),
}

HEAD = "总额9000万元，"
# About 380 figures in one sentence, of every kind that makes a reader compare them.
MANY = {
    "rates": lambda: "，".join(f"每人{n}元" for n in range(1, 381)),
    "products": lambda: "，".join(f"甲{n}人×5元={n * 5}元" for n in range(1, 127)),
    "wrong products": lambda: "，".join(f"甲{n}人×5元={n * 5 + 1}元" for n in range(1, 127)),
    "shares": lambda: HEAD + "".join(f"市级承担{n % 90 + 1}%即{n + 3}万元，" for n in range(189)),
    "sums": lambda: "+".join(f"{n}元" for n in range(1, 380)) + "=5元",
    "details": lambda: "共9万元，其中" + "、".join(f"甲{n}元" for n in range(1, 380)),
    "references": lambda: "；".join(f"①甲{n}元②乙{n}元，①+②={2 * n + 1}元" for n in range(1, 127)),
    "marks": lambda: "①甲3元；②乙4元；" + "；".join(f"①+②={n}元" for n in range(1, 379)),
    "chains": lambda: "=".join(f"{n}元" for n in range(1, 381)),
    "products of all": lambda: "×".join(str(n) for n in range(1, 380)) + "=5元",
    "totals": lambda: "，".join(f"甲{n}元、乙{n}元，合计{2 * n + 1}元" for n in range(1, 127)),
}


@pytest.fixture(autouse=True, scope="module")
def warm() -> None:
    """The tables of words are built once in a process, which is no time of any text."""
    check_text("3人×5元=16元", total="16元")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_answered(name: str) -> None:
    make, status = HOSTILE[name]
    begin = process_time()
    project = check_text(make(), total="15元")
    assert process_time() - begin < MOST_SECONDS
    assert project.status in (status, Status.FAIL)  # the total that was given may be missed
    assert check_text(make()).status is status
    assert bool(project.unread) or status is Status.FAIL


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("total", [None, "5万元"])
def test_very_many_figures_are_soon_read(name: str, total: str | None) -> None:
    text = MANY[name]()
    begin = process_time()
    project = check_text(text, total=total)
    assert process_time() - begin < MOST_SECONDS
    assert project.status is not Status.PASS or not project.unread


def given_to_the_command(line: bytes, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a command that reads ``line`` from its standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line), encoding="utf-8"))
    return main(arguments)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_hostile_form_in_a_file(
    name: str, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make, status = HOSTILE[name]
    line = json.dumps({"id": "1", "basis": make()}, ensure_ascii=False).encode()
    begin = process_time()
    code = given_to_the_command(line, ["check", "-", "--no-config", "--format", form], monkeypatch)
    assert process_time() - begin < MOST_SECONDS
    out, err = capsys.readouterr()
    assert code == (1 if status is Status.FAIL else 3)
    assert "Traceback" not in out + err
    assert not set("\x00\x07\x1b\u202e\u2066") & set(out)


@pytest.mark.parametrize("name", [n for n in HOSTILE if "megabytes" not in n])
def test_a_hostile_text_on_the_command_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    make, status = HOSTILE[name]
    begin = process_time()
    code = main(["text", make()])
    assert process_time() - begin < MOST_SECONDS
    out, err = capsys.readouterr()
    assert code == (1 if status is Status.FAIL else 3)
    assert "Traceback" not in out + err
    assert not set("\x00\x07\x1b\u202e\u2066") & set(out)
