"""The Python API: shapes, units, and what is refused."""

from __future__ import annotations

import pickle
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import calcverify
from calcverify import InputError, Project, Report, Status, UsageError, Verdict
from calcverify.api.given import basis_cell, total_cell
from calcverify.api.rows import COLUMNS

BASIS = "360册×85元/册=3.6万元"
RIGHT = "360册×85元/册=3.06万元"


def test_every_public_name_is_there() -> None:
    for name in calcverify.__all__:
        assert getattr(calcverify, name) is not None
    assert dir(calcverify) == sorted(calcverify.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        calcverify.nonsense  # noqa: B018  # the look-up is what is tested


def test_importing_it_imports_nothing_else() -> None:
    program = "import sys, calcverify; print(*sorted(m for m in sys.modules if m.startswith('calcverify')))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.split() == ["calcverify", "calcverify.version"]


def test_a_text() -> None:
    project = calcverify.check_text(BASIS)
    assert isinstance(project, Project)
    assert project.status is Status.FAIL
    (claim,) = project.claims
    assert (claim.verdict, claim.difference) == (Verdict.MISMATCH, Fraction(5400))
    assert claim.span.of(BASIS) == claim.text
    assert project.stated_total is None


def test_a_text_with_a_total() -> None:
    project = calcverify.check_text("360册×85元/册", total="3.06万元")
    assert project.status is Status.PASS
    assert project.computed_total == (Fraction(30600), "元")
    assert project.stated_total is not None
    assert project.stated_total.yuan == 30600


def test_a_unit_for_a_total_without_one() -> None:
    assert calcverify.check_text("360册×85元/册", "3.06", unit="万元").status is Status.PASS
    assert calcverify.check_text("360册×85元/册", "30600", unit="元").status is Status.PASS


@pytest.mark.parametrize(("total", "unit"), [("666", None), ("很多", "万元"), ("666", "人"), ("666元或777元", None)])
def test_a_total_is_never_guessed(total: str, unit: str | None) -> None:
    with pytest.raises(UsageError):
        calcverify.check_text("3人×2万元", total=total, unit=unit)


def test_the_same_text_gives_the_same_answer_and_travels_between_processes() -> None:
    project = calcverify.check_text(BASIS, total="3.6万元")
    assert pickle.loads(pickle.dumps(project)) == project == calcverify.check_text(BASIS, total="3.6万元")


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "forms.jsonl"
    path.write_text(f'{{"id": "1", "basis": "{RIGHT}", "total": "3.06万元"}}\n{{oops\n', encoding="utf-8")
    for given in (path, str(path)):
        report = calcverify.check_file(given)
        assert isinstance(report, Report)
        assert [p.status for p in report.projects] == [Status.PASS]
        assert [p.locator for p in report.problems] == ["line 2"]


def test_a_file_of_totals_without_a_unit(tmp_path: Path) -> None:
    path = tmp_path / "forms.jsonl"
    path.write_text(f'{{"id": "1", "basis": "{RIGHT}", "total": "3.06"}}', encoding="utf-8")
    assert calcverify.check_file(path, unit="万元").count(Status.PASS) == 1
    with pytest.raises(InputError, match="没有单位"):
        calcverify.check_file(path)


def test_a_file_that_is_not_there_is_an_error_not_an_empty_report(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.txt: 找不到") as raised:
        calcverify.check_file(tmp_path / "missing.txt")
    assert "no such file" in raised.value.say("en")


FRAME = pd.DataFrame(
    {
        "依据": [RIGHT, BASIS, "按实结算", None, RIGHT, 7, RIGHT],
        "金额": [3.06, 3.6, 20, 1, None, 3.06, float("inf")],
    },
    index=["甲", "乙", "丙", "丁", "戊", "己", "庚"],
)


def test_a_frame_row_by_row() -> None:
    out = calcverify.check_frame(FRAME, basis="依据", total="金额", unit="万元")
    assert list(out.index) == list(FRAME.index)
    assert {name: str(dtype) for name, dtype in out.dtypes.items()} == dict(COLUMNS)
    assert out["status"].fillna("-").tolist()[:3] == ["pass", "fail", "no-formula"]
    assert out["worst_verdict"].fillna("-").tolist()[:2] == ["exact", "mismatch"]
    assert out["stated_total"].fillna("-").tolist() == ["30600", "36000", "200000", "10000", "-", "-", "-"]
    assert out["computed_total"]["甲"] == "30600"
    assert out["computed_float"]["甲"] == 30600.0
    assert out["n_errors"].fillna(-1).tolist()[:2] == [0, 1]
    assert "3.06" in out["findings"]["乙"]
    assert out["error"].notna().tolist() == [False] * 5 + [True, True]
    assert out.loc["己"].isna().sum() == len(COLUMNS) - 1


def test_a_frame_says_its_findings_in_english() -> None:
    out = calcverify.check_frame(FRAME[1:2], basis="依据", total="金额", unit="万元", lang="en")
    assert out["findings"].iloc[0].isascii() or "元" in out["findings"].iloc[0]
    assert "不一致" not in out["findings"].iloc[0]


def test_a_frame_keeps_a_strange_index_and_no_rows() -> None:
    double = pd.DataFrame({"basis": [RIGHT, RIGHT]}, index=[5, 5])
    assert list(calcverify.check_frame(double).index) == [5, 5]
    nothing = calcverify.check_frame(double[:0])
    assert {name: str(dtype) for name, dtype in nothing.dtypes.items()} == dict(COLUMNS)
    assert len(nothing) == 0


def test_a_frame_is_not_changed() -> None:
    before = FRAME.copy(deep=True)
    calcverify.check_frame(FRAME, basis="依据", total="金额", unit="万元")
    pd.testing.assert_frame_equal(FRAME, before)


REFUSED = [
    ({"basis": "依据", "total": "金额"}, "“金额”列第 甲 行的总额没有单位"),
    ({"basis": "nowhere"}, "没有唯一的一列叫 'nowhere'；现有：依据, 金额"),
    ({"basis": "依据", "total": "nowhere"}, "nowhere"),
    ({"basis": "依据", "total": "金额", "unit": "人"}, "不认识单位"),
    ({"basis": "依据", "lang": "fr"}, "没有语言"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_what_a_frame_is_refused_for(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        calcverify.check_frame(FRAME, **arguments)


def test_text_totals_carry_their_own_units() -> None:
    frame = pd.DataFrame({"basis": [RIGHT] * 3, "total": ["3.06万元", "30600元", "3.06"]})
    out = calcverify.check_frame(frame, total="total")
    assert out["stated_total"].fillna("-").tolist() == ["30600", "30600", "-"]
    assert "没有单位" in out["error"][2]


TOTALS = [
    (33.84, "33.84"),
    (666.0, "666"),
    (666, "666"),
    (np.int64(666), "666"),
    (np.float32(33.84), "33.84"),
    (np.float64(0.1), "0.1"),
    (1e16, "10000000000000000"),
    (1e-7, "0.0000001"),
    (-5.5, "-5.5"),
    (Decimal("3.10"), "3.10"),
    (Fraction(67, 2), "33.5"),
    ("666万元", "666万元"),
    (None, None),
    (float("nan"), None),
    (np.float64("nan"), None),
    (Decimal("NaN"), None),
    (pd.NA, None),
    (pd.NaT, None),
]


@pytest.mark.parametrize(("cell", "text"), TOTALS)
def test_a_cell_of_a_total_is_read_as_it_was_typed(cell: object, text: str | None) -> None:
    assert total_cell(cell) == text


@pytest.mark.parametrize(
    "cell", [True, np.True_, float("inf"), np.float64("-inf"), Decimal("Infinity"), Fraction(1, 3), [], b"6"]
)
def test_a_cell_that_is_no_amount_is_refused(cell: object) -> None:
    with pytest.raises(UsageError, match="总额应为金额"):
        total_cell(cell)


def test_a_basis_is_text_or_missing() -> None:
    assert [basis_cell(c) for c in ("", "甲", None, float("nan"), pd.NA)] == ["", "甲", None, None, None]
    with pytest.raises(UsageError, match="不是 int"):
        basis_cell(7)


def test_numbers_of_any_text() -> None:
    text = "约1.2亿元，3千万"
    found = calcverify.read_numbers(text)
    assert [n.value for n in found] == [120_000_000, 30_000_000]
    assert [n.span.of(text) for n in found] == [n.text for n in found] == ["1.2亿元", "3千万"]
    assert calcverify.read_numbers("") == ()
