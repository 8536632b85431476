"""A baseline: old findings are known, and only new ones decide."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from calcverify.cli import main
from calcverify.cli.guard import exit_code
from calcverify.config.faults import ConfigError
from calcverify.report.model import Project, Report
from calcverify.review.baseline import BaselineError, known_of, read_baseline, with_known, write_baseline
from calcverify.verify.model import Explained, Status
from tests.lived import ROWS, form, lived, one

JOINED = "；".join(ROWS)
RIGHT = "教材费：360册×85元/册=3.06万元"
PLACE = Path("baseline.json")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def known(*projects: Project) -> Counter[str]:
    """What a baseline of these projects knows."""
    return known_of(write_baseline(projects).encode("utf-8"), PLACE)


def counted(old: Project, new: Project, strict: bool = False) -> str:
    """The status of ``new`` that counts, where a baseline of ``old`` is known."""
    (project,) = with_known([new], known(old), strict)
    assert project.status is new.status
    return project.decisive.value


EMPTY, LUMP = "按照有关文件据实结算", "开展活动共计约20万元"

# old basis, new basis, total, status that counts
CASES = [
    (JOINED, JOINED, "9.9", "pass"),
    (JOINED, "；\n".join(reversed(ROWS)), "9.9", "pass"),
    (JOINED, JOINED.replace("2600", "2700"), "9.9", "fail"),  # another figure
    (JOINED, f"{JOINED}；场地费：2场×100元/场=300元", "9.9", "fail"),
    (ROWS[0], f"{ROWS[0]}；{ROWS[0]}", "3.6", "fail"),  # the second is new
    (f"{ROWS[0]}；{ROWS[0]}", ROWS[0], "3.6", "pass"),
    (ROWS[2], ROWS[2], "960", "pass"),
    (RIGHT, ROWS[2], "3.06", "review"),
    (ROWS[4], ROWS[4], "1", "pass"),  # unread
    (RIGHT, ROWS[4], "3.06", "review"),
    (EMPTY, EMPTY, "3", "pass"),  # nothing to compute
    (RIGHT, EMPTY, "3.06", "no-formula"),
    (LUMP, LUMP, "20", "pass"),
    (EMPTY, ROWS[0], "3.6", "fail"),
    (RIGHT, RIGHT, "3.06", "pass"),
]


@pytest.mark.parametrize(("old", "new", "total", "status"), CASES)
def test_only_what_is_new_decides(old: str, new: str, total: str, status: str) -> None:
    assert counted(one(old, total=total), one(new, total=total)) == status


def test_a_baseline_knows_itself_in_strict_runs_too() -> None:
    project = one(JOINED)
    assert counted(project, project, strict=True) == "pass"
    assert counted(one(RIGHT), one(ROWS[3]), strict=True) != "pass"


def test_an_unread_text_of_a_rule_that_is_left_out_is_known_too() -> None:
    project = one(ROWS[4], total="1")
    silent = project._replace(findings=())
    assert counted(silent, silent) == "pass"
    assert counted(one(RIGHT), silent) == "review"


def test_findings_are_marked_and_kept() -> None:
    project = one(JOINED)
    (marked,) = with_known([project], known(project))
    assert [f._replace(known=False) for f in marked.findings] == list(project.findings)
    assert all(f.known for f in marked.findings)
    assert (marked.status, marked.counted) == (Status.FAIL, Status.PASS)
    assert exit_code(Report((project,))) == 1
    assert exit_code(Report((marked,))) == 0


def test_an_explained_finding_is_in_no_baseline() -> None:
    """Once its reason has expired it is new."""
    project = one(ROWS[0], total="3.6")
    explained = project._replace(findings=tuple(f._replace(suppressed=Explained("含运费")) for f in project.findings))
    assert not known(explained)
    assert counted(explained, project) == "fail"
    assert counted(project, explained) == "pass"


def test_two_projects_of_one_code_share_what_is_known() -> None:
    project = one(ROWS[0], total="3.6")
    marked = list(with_known([project, project], known(project)))
    assert [p.decisive.value for p in marked] == ["pass", "fail"]


def test_the_file_is_sorted_a_finding_a_line() -> None:
    text = write_baseline([one(JOINED), one(ROWS[0], code="330000261230000000001"), one(f"{ROWS[0]}；{ROWS[0]}")])
    lines = text.splitlines()
    assert lines[1:-1] == sorted(lines[1:-1])
    entries = json.loads(text)["findings"]
    assert len(entries) == len(lines) - 2
    assert {e["count"] for e in entries} == {1, 3}
    assert set(entries[0]) == {"project", "code", "fingerprint", "message", "count"}
    assert text == write_baseline(
        [one(f"{ROWS[0]}；{ROWS[0]}"), one(ROWS[0], code="330000261230000000001"), one(JOINED)]
    )


def test_fingerprints_are_the_same_in_every_process() -> None:
    program = (
        "from tests.lived import one\n"
        "from calcverify.review.baseline import write_baseline\n"
        f"print(write_baseline([one({JOINED!r})]))"
    )
    root = Path(__file__).parent.parent
    runs = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=root, env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True, encoding="utf-8", check=True, timeout=60,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert runs == {write_baseline([one(JOINED)]) + "\n"}


NONE = [
    "",
    "{}",
    "[]",
    "null",
    '{"baseline": 2, "findings": []}',
    '{"baseline": 1}',
    '{"baseline": 1, "findings": [3]}',
    '{"baseline": 1, "findings": [{"fingerprint": 3}]}',
    '{"baseline": 1, "findings": [{"fingerprint": "a", "count": "b"}]}',
    '{"baseline": 1, "findings": {}}]',
    '{"version": 1, "projects": []}',
    "[" * 100_000,
    "\ud800",
]


@pytest.mark.parametrize("text", NONE)
def test_a_file_that_is_no_baseline_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("f.txt").write_text(form(ROWS[0]), encoding="utf-8")
    PLACE.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(BaselineError, match="--write-baseline"):
        read_baseline(PLACE)
    assert main(["check", "f.txt", "--baseline", str(PLACE)]) == 2
    out, err = capsys.readouterr()
    assert (out, "baseline.json: 不是基线文件" in err) == ("", True)


def test_a_baseline_that_is_not_there_is_told() -> None:
    with pytest.raises(ConfigError, match="无法读取"):
        read_baseline(Path("none.json"))


def test_the_command_adopts_an_archive(capsys: pytest.CaptureFixture[str]) -> None:
    archive = Path("archive")
    archive.mkdir()
    files = {"a.txt": form(JOINED), "b.txt": form(EMPTY, code="330000261230000000003", name="乙")}
    for name, text in files.items():
        (archive / name).write_text(text, encoding="utf-8")
    assert main(["check", "archive", "--no-config"]) == 1
    assert main(["check", "archive", "--write-baseline", "b.json"]) == 0
    assert main(["check", "archive", "--baseline", "b.json"]) == 0
    capsys.readouterr()
    (archive / "c.txt").write_text(form(ROWS[0], code="330000261230000000004", name="丙"), encoding="utf-8")
    assert main(["check", "archive", "--baseline", "b.json", "--format", "json"]) == 1
    projects = json.loads(capsys.readouterr().out)["projects"]
    assert [(p["status"], p["counted_status"]) for p in projects] == [
        ("fail", "pass"),
        ("no-formula", "pass"),
        ("fail", "fail"),
    ]
    assert [all(f["known"] for f in p["findings"]) for p in projects] == [True, True, False]
    assert main(["check", "archive", "--baseline", "b.json", "--write-baseline", "c.json"]) == 0
    assert known_of(Path("c.json").read_bytes(), PLACE) > read_baseline(Path("b.json"))
    assert main(["check", "archive", "missing.txt", "--baseline", "c.json"]) == 2


def test_a_baseline_is_not_written_over_an_input(capsys: pytest.CaptureFixture[str]) -> None:
    Path("f.txt").write_text(form(ROWS[0]), encoding="utf-8")
    for target in ("f.txt", ".", "nowhere/b.json"):
        assert main(["check", "f.txt", "--write-baseline", target]) == 2
    assert Path("f.txt").read_text(encoding="utf-8") == form(ROWS[0])
    assert capsys.readouterr().out == ""


def test_a_report_with_marks_reads_its_own_baseline() -> None:
    projects = lived().projects
    again = list(with_known(projects, known(*projects)))
    assert all(p.decisive is Status.PASS for p in again)
