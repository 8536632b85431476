"""Findings with a reason: marked, never dropped, and deciding nothing while the reason holds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from calcverify.cli import main
from calcverify.cli.guard import exit_code
from calcverify.config.faults import ConfigError
from calcverify.report.formats import FORMATS, format_named, rendered
from calcverify.report.frame import to_frame
from calcverify.report.model import Project, Report
from calcverify.review.suppressions import Suppressions, read_suppressions, suppressed
from calcverify.verify.model import Status
from tests.lived import ROWS, form, lived, one

TODAY = date(2026, 11, 30)
CODE = "330000261230000000002"
RIGHT = "教材费：360册×85元/册=3.06万元"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def entry(rule: str = "CV101", project: str = CODE, reason: str = "含运费", **more: str) -> str:
    """An entry of the file; a value of ``more`` is TOML."""
    lines = [
        f'project = "{project}"',
        f'rule = "{rule}"',
        f'reason = "{reason}"',
        *(f"{k} = {v}" for k, v in more.items()),
    ]
    return "\n".join(["[[suppression]]", *lines, ""])


def after(project: Project, *entries: str, strict: bool = False) -> Project:
    """A project once the reasons are read."""
    Path("why.toml").write_text("\n".join(entries), encoding="utf-8")
    return suppressed(project, read_suppressions(Path("why.toml")), TODAY, strict)


def told(project: Project) -> str:
    """The codes of the findings, in brackets where they are explained."""
    return " ".join(f"({f.code})" if f.suppressed else f.code for f in project.findings)


BOOKS = one(ROWS[0], total="3.6")
TWO = one("；".join(ROWS[:2]), total="3.86")
ASKED = one(ROWS[2], total="960")
UNREAD = one(ROWS[4], total="3")
EMPTY = one("按照有关文件据实结算", total="3")

# project, entries, codes, status, status that counts
CASES = [
    (BOOKS, [entry()], "(CV101)", "pass", "pass"),
    (BOOKS, [entry(project="基层培训")], "(CV101)", "pass", "pass"),
    (BOOKS, [entry(project=" 330000261230000000002 ", rule="cv101")], "(CV101)", "pass", "pass"),
    (BOOKS, [entry(expiry="2026-11-30")], "(CV101)", "pass", "pass"),
    (BOOKS, [entry(expiry='"2026-12-01"')], "(CV101)", "pass", "pass"),
    (BOOKS, [entry(expiry="2026-11-29")], "CV101 CV951", "fail", "fail"),
    (BOOKS, [entry(expiry="2026-11-29"), entry()], "(CV101) CV951", "pass", "pass"),
    (BOOKS, [entry(rule="CV102")], "CV101 CV952", "fail", "fail"),
    (BOOKS, [entry(text='"3.6 万元"')], "(CV101)", "pass", "pass"),
    (BOOKS, [entry(text='"教材费"')], "CV101 CV952", "fail", "fail"),  # stands before the claim, not in it
    (BOOKS, [entry(text='"360册"')], "(CV101)", "pass", "pass"),
    (BOOKS, [entry(project="330000261230000000009")], "CV101", "fail", "fail"),
    (BOOKS, [], "CV101", "fail", "fail"),
    (TWO, [entry()], "(CV101) (CV101)", "pass", "pass"),
    (TWO, [entry(text='"2600元"')], "CV101 (CV101)", "fail", "fail"),
    (TWO, [entry(text='"2600元"'), entry(text='"3.6万元"')], "(CV101) (CV101)", "pass", "pass"),
    (ASKED, [entry(rule="CV102")], "(CV102)", "pass", "pass"),
    (UNREAD, [entry(rule="CV207")], "(CV207)", "no-formula", "no-formula"),
    (EMPTY, [entry(rule="CV604")], "(CV604)", "no-formula", "pass"),
    (one(RIGHT, total="3.06"), [entry()], "CV952", "pass", "pass"),
]


@pytest.mark.parametrize(("project", "entries", "codes", "status", "counted"), CASES)
def test_a_reason_counts_where_it_speaks_of_the_finding_and_holds(
    project: Project, entries: list[str], codes: str, status: str, counted: str
) -> None:
    found = after(project, *entries)
    assert told(found) == codes
    assert (found.status.value, found.decisive.value) == (status, counted)
    # Nothing was dropped: the findings are the old ones, and notices behind them.
    plain = [f._replace(suppressed=None) for f in found.findings]
    assert plain[: len(project.findings)] == list(project.findings)
    assert found.claims == project.claims


def test_strict_hears_what_is_left() -> None:
    rough = one(ROWS[3], total="2200")
    assert after(rough, entry(rule="CV104"), strict=True).status is Status.PASS
    assert after(TWO, entry(text='"2600元"'), strict=True).status is Status.FAIL


def test_notices_say_which_entry_and_what_to_do() -> None:
    (notice,) = after(BOOKS, entry(expiry="2026-11-29", reason="含运费\\u202e")).findings[1:]
    assert notice.severity.value == "notice"
    assert notice.message.zh == r"说明已于2026-11-29到期，CV101 重新计入：“含运费\u202e”（why.toml: suppression 1）"
    assert "expired on 2026-11-29" in notice.message.en
    (notice,) = after(
        one(RIGHT, total="3.06"),
        entry(),
    ).findings
    assert "why.toml: suppression 1（CV101），请删去或改正" in notice.message.zh
    assert "delete or mend it" in notice.message.en


# The file, the key that is named, words of the message.
BAD = [
    (entry(reason=""), "suppression 1.reason", "是空的"),
    (entry().replace('reason = "含运费"', ""), "suppression 1.reason", "缺少这一项"),
    (entry() + entry().replace('rule = "CV101"', ""), "suppression 2.rule", "缺少这一项"),
    (entry(project=" "), "suppression 1.project", "是空的"),
    (entry(rule="CV1O1"), "suppression 1.rule", "是否应为“CV101”"),
    (entry(rule="CV1"), "suppression 1.rule", "没有规则“CV1”"),
    (entry(rule="CV907"), "suppression 1.rule", "没有规则“CV907”"),
    (entry(expiry='"明年"'), "suppression 1.expiry", "“明年”不是日期"),
    (entry(expiry="2027-02-29T10:00:00"), "", "TOML"),
    (entry(expiry="2027-02-28T10:00:00"), "suppression 1.expiry", "不是日期"),
    (entry(expires="2027-01-01"), "suppression 1.expires", "是否应为“expiry”"),
    (entry(text="3"), "suppression 1.text", "应为文字"),
    ('[suppression]\nproject = "1"', "", "[[suppression]]"),
    ("[[supression]]", "supression", "是否应为“suppression”"),
    ("[[suppression]", "", "TOML"),
]


@pytest.mark.parametrize(("text", "key", "words"), BAD)
def test_a_fault_of_the_file_is_named_and_stops_the_run(
    text: str, key: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("why.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_suppressions(Path("why.toml"))
    assert caught.value.say("zh").startswith(f"why.toml: {key}: " if key else "why.toml: ")
    assert words in caught.value.say("zh")
    assert caught.value.say("en").startswith("why.toml: ")
    Path("f.txt").write_text(form(ROWS[0], total="3.6"), encoding="utf-8")
    assert main(["check", "f.txt", "--suppressions", "why.toml"]) == 2
    assert capsys.readouterr().out == ""


def test_the_command_marks_and_counts(capsys: pytest.CaptureFixture[str]) -> None:
    Path("f.txt").write_text(
        form(ROWS[0], total="3.6") + form(RIGHT, code="330000261230000000003", name="乙", total="3.06"),
        encoding="utf-8",
    )
    Path("why.toml").write_text(entry(expiry="2099-01-01") + entry(project="甲乙"), encoding="utf-8")
    assert main(["check", "f.txt", "--no-config"]) == 1
    capsys.readouterr()
    assert main(["check", "f.txt", "--suppressions", "why.toml"]) == 0
    out, err = capsys.readouterr()
    assert "已说明：含运费（至2099-01-01）" in out
    assert "1 条针对本次没有检查的项目，如 甲乙" in err
    assert main(["check", "f.txt", "--suppressions", "why.toml", "--format", "json", "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    (finding,) = json.loads(out)["projects"][0]["findings"]
    assert finding["suppressed"] == {"reason": "含运费", "expiry": "2099-01-01"}
    assert "1 explanations are about projects that were not checked" in err


def test_a_report_is_not_written_over_its_sidecars(capsys: pytest.CaptureFixture[str]) -> None:
    Path("f.txt").write_text(form(ROWS[0]), encoding="utf-8")
    Path("why.toml").write_text(entry(), encoding="utf-8")
    assert main(["check", "f.txt", "--suppressions", "why.toml", "--output", "why.toml"]) == 2
    assert "why.toml" in capsys.readouterr().err
    assert Path("why.toml").read_text(encoding="utf-8") == entry()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [f.name for f in FORMATS if f.name != "table" and not f.binary])
def test_every_report_marks_it(name: str, lang: str) -> None:
    text = rendered(lived(), format_named(name), lang)
    assert "单价含运费" in text
    assert "2027-12-31" in text


def test_the_table_and_the_frame_mark_it() -> None:
    table = rendered(lived(), format_named("table"), "zh")
    assert "已说明" in table.splitlines()[0]
    assert "已说明" not in rendered(Report(lived().projects[:1]), format_named("table"), "zh")
    frame = to_frame(lived())
    assert list(frame["suppressed"].dropna()) == ["单价含运费 <见合同>"]
    assert list(frame["known"].dropna()) == [False, True, False]


def test_nothing_changes_without_reasons() -> None:
    assert suppressed(BOOKS, Suppressions({}), TODAY) is BOOKS
    assert exit_code(Report((BOOKS,))) == 1
