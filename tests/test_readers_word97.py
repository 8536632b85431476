"""doc, wps, rtf and odt: what is said where LibreOffice is missing, fails or never ends; nothing is left behind."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from calcverify.errors import InputProblem
from calcverify.forms.model import Form
from calcverify.readers import office, read_path
from tests.made_files import sheet_of_text
from tests.office_files import docx_of

RTF = rb"{\rtf1\ansi\ansicpg936 {\u39033?\u30446?\u21517?\u31216?: A}\par}"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """An rtf file, and a folder for temporary files."""
    (tmp_path / "temporary").mkdir()
    path = tmp_path / "form.rtf"
    path.write_bytes(RTF)
    return path


def program(folder: Path, script: str) -> Path:
    """A program that stands in for LibreOffice."""
    path = folder / "bin" / "soffice"
    path.parent.mkdir()
    path.write_text(f"#!{sys.executable}\nimport sys, os, time\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def code_of(path: Path) -> str:
    (item,) = read_path(path)
    assert isinstance(item, InputProblem), item
    return item.code


def test_without_libreoffice_the_remedy_is_named(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "soffice", lambda: None)
    (item,) = read_path(written)
    assert isinstance(item, InputProblem)
    assert item.code == "CV923"
    assert "另存为 .docx" in item.message_zh


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of a Unix system")
@pytest.mark.parametrize(
    ("script", "code"),
    [
        pytest.param("sys.exit(1)", "CV924", id="fails"),
        pytest.param("os.fork() and 0\ntime.sleep(600)", "CV924", id="never ends"),
    ],
)
def test_a_conversion_that_fails_is_told(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, code: str
) -> None:
    fake = program(tmp_path, script)
    monkeypatch.setattr(office, "soffice", lambda: str(fake))
    monkeypatch.setattr(office, "SECONDS", 2)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    started = time.perf_counter()
    assert code_of(written) == code
    assert time.perf_counter() - started < 30
    assert os.listdir(tmp_path / "temporary") == []


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of a Unix system")
def test_what_the_program_makes_is_read(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(docx_of([sheet_of_text("项目名称\t清淤\n资金计算依据\t3公里×2万元/公里\n")]))
    script = f"""
out = sys.argv[sys.argv.index("--outdir") + 1]
os.makedirs(out)
assert os.environ["HOME"] != {str(Path.home())!r} and "127.0.0.1" in os.environ["http_proxy"]
assert sys.argv[-1].endswith("form.bin") and open(sys.argv[-1], "rb").read() == {RTF!r}
open(os.path.join(out, "form.docx"), "wb").write(open({str(made)!r}, "rb").read())
"""
    monkeypatch.setattr(office, "soffice", lambda: str(program(tmp_path, script)))
    (form,) = read_path(written)
    assert isinstance(form, Form)
    assert form.name == "清淤"
