"""``calcverify annotate``: where the copy goes, what is refused, what is said."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

import calcverify
from calcverify.cli import main

TEXT = "项目名称\t乡镇图书室\n项目总金额（万元）\t3.6\n资金计算依据\t图书360册×85元/册=3.6万元\n"
FINE = TEXT.replace("3.6", "3.06")


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "申报表.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    out = capsys.readouterr()
    assert out.out == ""
    return out.err


def test_what_takes_no_notes_becomes_a_page(form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = form.read_bytes()
    assert main(["annotate", str(form), "-o", str(tmp_path / "标注.txt")]) == 1
    assert form.read_bytes() == before
    page = (tmp_path / "标注.html").read_text(encoding="utf-8")
    assert "没有在原文件中标注" in page
    assert "3.06万元" in page
    message = said(capsys)
    assert f"{form} → {tmp_path / '标注.html'}：1 处问题" in message
    assert "这种文件不能加批注" in message


def test_exit_codes_are_those_of_a_check(form: Path, tmp_path: Path) -> None:
    form.write_text(FINE, encoding="utf-8")
    assert main(["annotate", str(form), "-o", str(tmp_path / "o.html")]) == 0
    assert main(["annotate", str(tmp_path / "nothing.txt"), "-o", str(tmp_path / "p.html")]) == 2
    assert not (tmp_path / "p.html").exists()


def links(form: Path, tmp_path: Path) -> list[Path]:
    """The input under other names."""
    soft, hard = tmp_path / "soft.txt", tmp_path / "hard.txt"
    soft.symlink_to(form)
    os.link(form, hard)
    return [form, tmp_path / "." / form.name, soft, hard]


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_the_input_is_never_written(
    form: Path, tmp_path: Path, at: int, force: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    target = links(form, tmp_path)[at]
    assert main(["annotate", str(form), "-o", str(target), *force]) == 2
    assert form.read_text(encoding="utf-8") == TEXT
    assert "是原文件，不覆盖" in said(capsys)


def test_what_is_there_is_kept_without_force(form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "o.html"
    there.write_text("mine", encoding="utf-8")
    for name in ("o.html", "o.txt"):  # the second becomes the first
        assert main(["annotate", str(form), "-o", str(tmp_path / name)]) == 2
        assert there.read_text(encoding="utf-8") == "mine"
        assert "--force" in said(capsys)
    assert main(["annotate", str(form), "-o", str(there), "--force"]) == 1
    assert there.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize("out", ["no/such/folder/o.html", "."])
def test_a_target_that_cannot_be_is_said(
    form: Path, tmp_path: Path, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["annotate", str(form), "-o", str(tmp_path / out)]) == 2
    assert "文件夹" in said(capsys)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system's owner may write everywhere")
def test_a_folder_that_is_read_only_is_said(form: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    assert main(["annotate", str(form), "-o", str(locked / "o.html")]) == 2


def test_a_folder_becomes_a_folder_of_the_same_names(form: Path, tmp_path: Path) -> None:
    source = tmp_path / "收到"
    (source / "一局").mkdir(parents=True)
    form.rename(source / "一局" / "申报表.txt")
    (source / "二局.txt").write_text(FINE, encoding="utf-8")
    (source / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    out = tmp_path / "标注"
    assert main(["annotate", str(source), "-o", str(out)]) == 2  # one of them could not be read
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*.*")) == ["一局/申报表.txt.html", "二局.txt.html"]


def test_the_folder_that_is_read_takes_no_copies(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for out in (form.parent, form.parent / "copies"):
        assert main(["annotate", str(form.parent), "-o", str(out)]) == 2
        assert "在输入的文件夹里" in said(capsys)


def test_an_archive_becomes_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was read is marked, the rest is kept, and no name leads out of the folder it is unpacked into."""
    source, out = tmp_path / "收到.zip", tmp_path / "标注.zip"
    book = workbook()
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("一局/申报表.xlsx", book)
        archive.writestr("../../二局.txt", TEXT)
        archive.writestr("说明.md", "请于周五前报送")
    assert main(["annotate", str(source), "-o", str(out)]) in (1, 2)
    with zipfile.ZipFile(out) as archive:
        assert sorted(archive.namelist()) == sorted(["一局/申报表.xlsx", "二局.html", "说明.md"])
        assert archive.read("说明.md").decode() == "请于周五前报送"
        page = openpyxl.load_workbook(io.BytesIO(archive.read("一局/申报表.xlsx")))
    assert page.sheetnames[0] == "核对汇总"
    assert "处标在原处" in said(capsys)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (line.split("\t") for line in TEXT.splitlines()):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_from_python(form: Path, tmp_path: Path) -> None:
    assert calcverify.annotate_file(form, tmp_path / "o.txt") == tmp_path / "o.html"
    with pytest.raises(calcverify.UsageError):
        calcverify.annotate_file(form, tmp_path / "o.txt")
    with pytest.raises(calcverify.UsageError):
        calcverify.annotate_file(form, form, force=True)


def test_english(form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", str(form), "-o", str(tmp_path / "o.html"), "--lang", "en"]) == 1
    assert "a page was made instead" in said(capsys)
    assert "The file itself was not marked" in (tmp_path / "o.html").read_text(encoding="utf-8")
