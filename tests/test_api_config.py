"""A configuration given to the functions and to ``calcverify text``: it says what it says to ``calcverify check``."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from calcverify import Config, UsageError, check_file, check_frame, check_text
from calcverify.cli import main
from calcverify.exact.rounding import mode_named
from calcverify.exact.verdict import Leeway

# 12人×123.55元=1482.6元, cut off at the whole 元; the nearest is 1483元.
CUT = "评审费12人×123.55元/人=1482元"
TRUNCATE = Config(leeway=Leeway(mode_named("truncate")))
FORM = """项目名称：防汛物资
项目总金额（万元）：{total}
资金计算依据：沙袋300只×50元/只=1.5万元
支出明细（元）\t子项目\t半年计划数\t全年预算数
\t沙袋\t0\t{detail}
"""


def toml(folder: Path, text: str) -> Path:
    """A configuration file."""
    path = folder / "office.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_usual_rounding_is_another_one() -> None:
    assert check_text(CUT).status.value == "fail"


def test_a_text_is_checked_as_the_configuration_says(tmp_path: Path) -> None:
    path = toml(tmp_path, 'rounding = "truncate"')
    for config in (TRUNCATE, path, str(path)):
        assert check_text(CUT, config=config).status.value == "pass"
    silent = check_text("护工5人×3000元/月=1.5万元", config=Config(ignore=frozenset({"CV203"})))
    assert [f.code for f in silent.findings] == []


def test_a_file_is_checked_as_the_configuration_says(tmp_path: Path) -> None:
    forms = tmp_path / "forms.txt"
    # 14999元 in a field of two decimals of 万元: 1.49 if it is cut off, 1.50 to the nearest.
    forms.write_text(FORM.format(total="1.49", detail="14999"), encoding="utf-8")
    codes = [{f.code for f in check_file(forms, config=c).projects[0].findings} for c in (None, TRUNCATE)]
    assert "CV301" in codes[0]
    assert "CV301" not in codes[1]


def test_severities_reach_the_rows_of_a_frame(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"basis": ["门卫5人×3000元/月=1.5万元"]})
    path = toml(tmp_path, '[severity]\nCV203 = "error"')
    assert check_frame(frame)["n_errors"].tolist() == [0]
    assert check_frame(frame, config=path)["n_errors"].tolist() == [1]
    assert check_frame(frame, config=path)["status"].tolist() == ["fail"]


def test_a_file_with_a_fault_is_refused_with_the_key(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="roundin"):
        check_text(CUT, config=toml(tmp_path, 'roundin = "truncate"'))


def test_the_text_command_takes_a_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = toml(tmp_path, 'rounding = "truncate"')
    assert main(["text", CUT, "--no-config"]) == 1
    assert main(["text", CUT, "--config", str(path)]) == 0
    capsys.readouterr()
    assert main(["text", "门卫5人×3000元/月=1.5万元", "--ignore", "CV203", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["projects"][0]["findings"] == []


def test_the_text_command_looks_for_a_file_as_check_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    toml(tmp_path, 'rounding = "truncate"').rename(tmp_path / "calcverify.toml")
    monkeypatch.chdir(tmp_path)
    assert main(["text", CUT]) == 0
    assert "calcverify.toml" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_dash_is_standard_input(
    encoding: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = "图书360册×85元/册=3.6万元".encode(encoding)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["text", "-", "--format", "json"]) == 1
    (project,) = json.loads(capsys.readouterr().out)["projects"]
    assert project["basis"] == "图书360册×85元/册=3.6万元"


def test_bytes_on_standard_input_are_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xff\x00\x00")))
    assert main(["text", "-"]) == 2
    assert "UTF-8" in capsys.readouterr().err
