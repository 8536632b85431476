"""What a configuration does to a check: rules, weights, rounding, tolerance, strictness, own standards."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from calcverify.api.given import form_of
from calcverify.cli import main
from calcverify.config.model import DEFAULT, Config
from calcverify.exact.rounding import mode_named
from calcverify.exact.verdict import Leeway
from calcverify.pipeline import check_form
from calcverify.report.model import Project
from calcverify.verify.model import Severity


def checked(basis: str, total: str | None = None, config: Config = DEFAULT) -> Project:
    """One basis with a total, under a configuration."""
    return check_form(form_of(basis, total, None), config)


def verdicts(basis: str, total: str | None = None, config: Config = DEFAULT) -> list[str]:
    """The verdicts of a basis."""
    return [c.verdict.value for c in checked(basis, total, config).claims if c.verdict is not None]


def rounding(name: str) -> Config:
    """A configuration with a rounding mode."""
    return Config(leeway=Leeway(mode_named(name)))


def hedge(percent: str) -> Config:
    """A configuration with a tolerance of hedged figures."""
    return Config(leeway=Leeway(hedge=Fraction(percent) / 100))


# The same text under each mode: an equation, a table, a sum, a share, a balance, prose, a total.
# 361×85 = 3.0685万, 9.4546万, …: figures that one mode reaches and another does not.
MODES = [
    ("教材361册×85元/册=3.06万元", None, "truncate", "rounded", "mismatch"),
    ("教材361册×85元/册=3.07万元", None, "up", "rounded", "rounded"),
    ("教材361册×85元/册=3.07万元", None, "truncate", "mismatch", "rounded"),
    ("教材361册×85元/册=3.1万元", None, "truncate", "mismatch", "rounded"),
    ("材料710件×50元/件=3.5万元", None, "half-even", "mismatch", "rounded"),
    ("材料710件×50元/件=3.6万元", None, "half-even", "rounded", "rounded"),
    ("讲师7人，每人每月633元，12个月，共计5.31万元", None, "truncate", "rounded", "query"),
    ("讲师7人，每人每月633元，12个月，共计5.32万元", None, "truncate", "query", "rounded"),
    ("总费用3.0685万元，县级承担50%计1.53万元", None, "nearest", "rounded", "rounded"),
    ("总费用3.0685万元，县级承担50%计1.53万元", None, "up", "mismatch", "rounded"),
    ("书架1.25万元，桌椅2.26万元，合计3.5万元", None, "truncate", "rounded", "rounded"),
    ("书架1.25万元，桌椅2.26万元，合计3.5万元", None, "up", "carry", "rounded"),
    (
        "品名\t数量\t单价（元）\t金额（万元）\n教材\t361\t85\t3.07\n桌椅\t10\t1000\t1",
        None,
        "truncate",
        "mismatch exact",
        "rounded exact",
    ),
    ("收入15.37万元，支出3.26万元，收支相抵结余12.1万元", None, "up", "mismatch", "rounded"),
    ("林地361.5亩，每亩补助87.35元，共计3.16万元", None, "truncate", "query", "rounded"),
    ("全年经费1000元，平均每月83元", None, "up", "approximate", "approximate"),
    ("全年经费1000元，平均每月83元", None, "truncate", "query", "approximate"),
    ("教材361册×85元/册", "3.06万元", "truncate", "rounded", "mismatch"),
]


@pytest.mark.parametrize(("basis", "total", "mode", "under_it", "by_default"), MODES)
def test_the_rounding_mode_reaches_every_kind_of_claim(
    basis: str, total: str | None, mode: str, under_it: str, by_default: str
) -> None:
    assert " ".join(verdicts(basis, total, rounding(mode))) == under_it
    assert " ".join(verdicts(basis, total)) == by_default


# 96×103 = 9888, 10000 is 1.12% off; 9980 is 0.92% off.
HEDGED = [
    ("图书96册×103元/册=约9980元", "0.5", "mismatch"),
    ("图书96册×103元/册=约9980元", "1", "approximate"),
    ("图书96册×103元/册=约10099元", "1", "mismatch"),
    ("图书96册×103元/册=约10099元", "3", "approximate"),
    ("图书96册×103元/册=10099元", "3", "mismatch"),  # nothing is hedged
    ("图书96册×103元/册=约9889元", "0", "mismatch"),
    ("图书96册×103元/册=约9888元", "0", "exact"),
]


@pytest.mark.parametrize(("basis", "percent", "verdict"), HEDGED)
def test_the_tolerance_is_for_hedged_figures_only(basis: str, percent: str, verdict: str) -> None:
    assert verdicts(basis, config=hedge(percent)) == [verdict]


WRONG = "教材360册×85元/册=3.6万元"
ASKED = "讲解员20名，每人补助500元，共计3万元"
ROUGH = "疗养员280人×7.8万元/人=2200万元"
UNREAD = "树苗1500元÷0=100株"


def weighed(code: str, severity: Severity) -> Config:
    """A configuration that weighs one code."""
    return Config(severities=((code, severity),))


# basis, total, configuration, status, severities of the findings
OUTCOMES = [
    (WRONG, None, DEFAULT, "fail", "CV101 error"),
    (WRONG, None, weighed("CV101", Severity.WARNING), "review", "CV101 warning"),
    (WRONG, None, weighed("CV101", Severity.NOTICE), "pass", "CV101 notice"),
    (WRONG, None, Config(ignore=frozenset({"CV101"})), "pass", ""),
    (ASKED, None, DEFAULT, "review", "CV102 warning"),
    (ASKED, None, weighed("CV102", Severity.ERROR), "fail", "CV102 error"),
    (ASKED, None, Config(ignore=frozenset({"CV102"})), "pass", ""),
    (ROUGH, None, DEFAULT, "pass", "CV104 notice"),
    (ROUGH, None, Config(strict=True), "review", "CV104 notice"),
    (ROUGH, None, weighed("CV104", Severity.ERROR), "fail", "CV104 error"),
    (WRONG, None, Config(strict=True), "fail", "CV101 error"),
    (UNREAD, None, DEFAULT, "review", "CV207 warning"),
    (UNREAD, None, Config(ignore=frozenset({"CV207"})), "review", ""),  # unread is never pass
    (UNREAD, None, weighed("CV207", Severity.NOTICE), "review", "CV207 notice"),
    ("按照有关文件据实结算", None, Config(strict=True), "no-formula", "CV604 notice"),
]


@pytest.mark.parametrize(("basis", "total", "config", "status", "findings"), OUTCOMES)
def test_rules_left_out_weighed_and_strict(
    basis: str, total: str | None, config: Config, status: str, findings: str
) -> None:
    project = checked(basis, total, config)
    assert project.status.value == status
    assert " ".join(f"{f.code} {f.severity.value}" for f in project.findings) == findings


FORM = (
    "项目名称\t工作会\n2025年度\n项目总金额（万元）\t{total}\n"
    "资金计算依据\t{basis}\n项目总目标\t全年投入88万元，用于工作会\n"
)


def test_strict_hears_every_warning_and_still_lets_prose_only_ask(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "forms.txt"
    path.write_text(FORM.format(total="4", basis="会议40场×1000元/场=4万元"), encoding="utf-8")
    run = ["check", str(path), "--no-config", "--format", "csv", "--lang", "en"]
    assert main(run) == 0
    assert '"CV401","warning"' in capsys.readouterr().out
    assert main([*run, "--strict"]) == 3
    assert main([*run, "--strict", "--ignore", "CV4"]) == 0


STANDARD = """
[[document]]
number = "示范办〔2024〕9号"
title = "关于印发示范区会议费标准的通知"
issuer = "示范区财政局"
date = "2024"

[[standard]]
name = "茶歇费"
name_en = "coffee break"
item = "茶歇费"
at_most = 30
unit = "元/人·天"
document = "示范办〔2024〕9号"
since = "2024"
note = "示范区"
example = { "人" = 10, "天" = 1, gives = 300 }
"""


def test_an_office_brings_its_own_standards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, folder = tmp_path / "forms.txt", tmp_path / "own"
    folder.mkdir()
    (folder / "own.toml").write_text(STANDARD, encoding="utf-8")
    path.write_text(FORM.format(total="0.8", basis="茶歇费100人×1天×80元/人·天=0.8万元"), encoding="utf-8")
    run = ["check", str(path), "--select", "CV501", "--format", "json"]
    assert main([*run, "--no-config"]) == 0
    assert main([*run, "--no-config", "--standards", str(folder)]) == 3
    assert "示范办〔2024〕9号" in capsys.readouterr().out
    (tmp_path / "calcverify.toml").write_text('standards = "own"', encoding="utf-8")
    assert main(run) == 3
    (folder / "own.toml").write_text(STANDARD.replace("at_most", "atmost"), encoding="utf-8")
    assert main(run) == 2  # a standard with a fault is not silently left out
    assert "own.toml" in capsys.readouterr().err
    assert main([*run, "--standards", str(tmp_path / "none")]) == 2


@pytest.mark.parametrize(
    ("rate", "ceiling", "code"),
    [
        (500, 450, 3),  # within the nation's 550, above the office's own
        (450, 450, 0),
        (600, 450, 3),
        (600, 620, 0),  # above the nation's, within the office's own
    ],
)
def test_an_offices_own_ceiling_goes_before_the_nations(rate: int, ceiling: int, code: int, tmp_path: Path) -> None:
    path, folder = tmp_path / "forms.txt", tmp_path / "own"
    folder.mkdir()
    own = STANDARD.replace("茶歇费", "会议费").replace("at_most = 30", f'kind = "三类会议"\nat_most = {ceiling}')
    own = own.replace("gives = 300", f"gives = {ceiling * 10}")
    (folder / "own.toml").write_text(own, encoding="utf-8")
    total = Fraction(100 * rate, 10**4)
    basis = f"三类会议会议费100人×1天×{rate}元/人·天={float(total):g}万元"
    path.write_text(FORM.format(total=f"{float(total):g}", basis=basis), encoding="utf-8")
    run = ["check", str(path), "--select", "CV501", "--no-config"]
    assert main(run) == (3 if rate > 550 else 0)
    assert main([*run, "--standards", str(folder)]) == code
