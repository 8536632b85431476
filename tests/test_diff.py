"""What a resubmission mended, broke and left: pairing, fates, totals, exit codes, renderers.

After a deliberate change of a renderer: ``python -m tests.test_diff`` writes its goldens anew.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from time import process_time

import pytest

from calcverify.cli import main
from calcverify.cli.diff import FORMATS
from calcverify.errors import InputProblem
from calcverify.report.formats import format_named, rendered
from calcverify.report.model import Project, Report
from calcverify.review.diff import Comparison, Fate, compare, paired
from calcverify.verify.model import Bilingual, Explained, Status
from calcverify.version import __version__
from tests.lived import ROWS, form, one
from tests.made import empty, failing, passing
from tests.test_report_hostile import ATTACKS, filled

FOLDER = Path(__file__).parent / "golden" / "diff"
RIGHT = "教材费：360册×85元/册=3.06万元"
EMPTY = "按照有关文件据实结算"
BOOKS, FEES = ROWS[0], ROWS[1]


def fates(old: str, new: str, total: str = "9.9") -> str:
    """The fates of the findings between two bases, the form's total left out: ``broke CV101``."""
    comparison = compare(Report((one(old, total=total),)), Report((one(new, total=total),)))
    (pair,) = comparison.pairs
    assert pair.old is not None
    assert pair.new is not None
    found = []
    for change in pair.changes:
        project = pair.old if change.fate is Fate.MENDED else pair.new
        claim = None if change.finding.claim is None else project.claims[change.finding.claim]
        if (claim is None or claim.kind != "total") and change.finding.code != "CV106":
            word = "changed" if change.before is not None else change.fate.value
            found.append(f"{word} {change.finding.code}")
    return " ".join(sorted(found))


# Old basis, new basis, fates.
FATES = [
    (BOOKS, BOOKS, "left CV101"),
    (BOOKS, RIGHT, "mended CV101"),
    (RIGHT, BOOKS, "broke CV101"),
    (BOOKS, BOOKS.replace("3.6", "3.7"), "changed CV101"),
    (BOOKS, BOOKS.replace("360", "361"), "changed CV101"),
    (f"{BOOKS}；{FEES}", f"{FEES}；\n{BOOKS}", "left CV101 left CV101"),
    (f"{BOOKS}；{FEES}", FEES, "left CV101 mended CV101"),
    (f"{BOOKS}；{FEES}", f"{RIGHT}；{FEES}", "left CV101 mended CV101"),
    (f"{BOOKS}；{FEES}", f"{FEES.replace('2600', '2700')}；{RIGHT}", "changed CV101 mended CV101"),
    (RIGHT, f"{RIGHT}；{FEES}", "broke CV101"),
    (BOOKS, f"{RIGHT}；{FEES}", "broke CV101 mended CV101"),  # another item's fault is another fault
    (ROWS[2], ROWS[2].replace("960", "970"), "changed CV102"),
    (ROWS[2], ROWS[2], "left CV102"),
    (ROWS[4], RIGHT, "mended CV207"),
    (EMPTY, EMPTY, "left CV604"),
    (RIGHT, RIGHT, ""),
]


@pytest.mark.parametrize(("old", "new", "wanted"), FATES)
def test_the_fate_of_each_finding(old: str, new: str, wanted: str) -> None:
    assert fates(old, new) == wanted


def test_a_fault_without_a_name_is_no_other_without_one() -> None:
    """Two formulas that nothing names are told apart by their figures alone."""
    assert fates("360册×85元/册=3.6万元", "5人×500元/人=2600元") == "broke CV101 mended CV101"


def sides(*names: str) -> list[Project]:
    """Projects named ``code name``; ``-`` stands for what is missing."""
    made = []
    for at, text in enumerate(names, 1):
        code, name = (("" if word == "-" else word) for word in text.split())
        project = passing()
        made.append(project._replace(form=project.form._replace(id=code or f"forms.txt#{at}", name=name)))
    return made


# Old projects, new projects, the number of the old one beside each new one (- for an added one), then those removed.
PAIRS = [
    ("1 甲, 2 乙", "2 乙, 1 甲", "1 0"),
    ("1 甲", "1 乙", "0"),  # renamed
    ("1 甲", "9 甲", "0"),  # another code, the same name
    ("- 甲, - 乙", "- 乙, - 甲", "1 0"),
    ("1 甲", "2 乙", "- removed 0"),
    ("1 甲, 1 乙", "1 乙, 1 甲", "1 0"),  # one code on two projects
    ("1 甲, 1 乙", "1 丙, 1 甲", "1 0"),
    ("1 甲", "1 甲, 1 甲", "0 -"),
    ("1 甲, 2 乙", "1 乙, 3 丙", "0 - removed 1"),
    ("- -", "- -", "0"),
    ("- -, 1 甲", "1 甲, - -", "1 0"),
    ("- -, - -", "- -, - -", "- - removed 0 removed 1"),  # nothing says which is which
    ("", "1 甲", "-"),
    ("1 甲", "", "removed 0"),
]


@pytest.mark.parametrize(("old", "new", "wanted"), PAIRS)
def test_projects_are_paired_by_code_then_by_name(old: str, new: str, wanted: str) -> None:
    before, after = (sides(*(n for n in text.split(", ") if n)) for text in (old, new))
    found = []
    for was, now in paired(before, after):
        at = next((i for i, p in enumerate(before) if p is was), None)
        found.append(("-" if at is None else str(at)) if now is not None else f"removed {at}")
    assert " ".join(found) == wanted


def test_amounts_that_changed() -> None:
    old = one(RIGHT, total="3.06")
    cases = [("3.06", 0), ("3.6", 1), ("3.060", 0)]
    for total, changed in cases:
        (pair,) = compare(Report((old,)), Report((one(RIGHT, total=total),))).pairs
        assert len(pair.totals) == changed
        assert pair.same is (total != "3.6")
    (pair,) = compare(Report((old,)), Report((one(RIGHT, total="3.6"),))).pairs
    (moved,) = pair.totals
    assert moved.old is not None
    assert moved.new is not None
    assert (moved.field, moved.old.yuan, moved.new.yuan) == ("项目总金额", Fraction(30600), Fraction(36000))


def test_an_added_projects_findings_are_new_and_a_removed_ones_are_not_mended() -> None:
    wrong = one(BOOKS, total="3.6")
    assert [c.fate for c in compare(Report(()), Report((wrong,))).pairs[0].changes] == [Fate.BROKE]
    gone = compare(Report((wrong,)), Report(()))
    assert gone.pairs[0].changes == ()
    assert gone.count(Fate.MENDED) == 0


def test_only_what_it_broke_counts() -> None:
    cases = [
        (BOOKS, BOOKS, "3.6", Status.PASS),
        (BOOKS, BOOKS.replace("360", "361"), "3.6", Status.PASS),
        (RIGHT, BOOKS, "3.6", Status.FAIL),
        (RIGHT, ROWS[2], "960", Status.REVIEW),
        (RIGHT, EMPTY, "3.06", Status.NO_FORMULA),
        (EMPTY, EMPTY, "3.06", Status.PASS),
    ]
    for old, new, total, wanted in cases:
        comparison = compare(Report((one(old, total="3.06"),)), Report((one(new, total=total),)))
        assert [p.decisive for p in comparison.report.projects] == [wanted], (old, new)


@pytest.fixture
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def wrote(name: str, *forms: str) -> str:
    """A file of forms."""
    Path(name).write_text("".join(forms), encoding="utf-8")
    return name


RUNS = [
    (form(BOOKS, total="3.6"), form(RIGHT, total="3.06"), 0),
    (form(RIGHT, total="3.06"), form(BOOKS, total="3.6"), 1),
    (form(BOOKS, total="3.6"), form(BOOKS, total="3.6"), 0),
    (form(RIGHT, total="3.06"), form(EMPTY, total="3.06"), 3),
]


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize(("old", "new", "code"), RUNS)
def test_exit_codes(old: str, new: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", wrote("old.txt", old), wrote("new.txt", new), "--no-config"]) == code
    assert "共 1 个项目" in capsys.readouterr().out


@pytest.mark.usefixtures("_folder")
def test_the_command_on_files_and_folders(capsys: pytest.CaptureFixture[str]) -> None:
    Path("first").mkdir()
    Path("second").mkdir()
    wrote("first/a.txt", form(f"{BOOKS}；{FEES}"), form(EMPTY, code="330000261230000000003", name="旧"))
    wrote("second/b.txt", form(f"{FEES}；{RIGHT}", total="3.3"), form(RIGHT, code="330000261230000000004", name="新"))
    wrote("why.toml", '[[suppression]]\nproject = "新"\nrule = "CV101"\nreason = "合同价"\n')
    run = ["diff", "first", "second", "--suppressions", "why.toml", "--lang", "en"]
    assert main([*run, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(p["name"], p["change"]) for p in told["projects"]] == [
        ("基层培训", "both"),
        ("新", "added"),
        ("旧", "removed"),
    ]
    assert told["summary"] | {"mended": 0, "left": 0} == {
        "projects": 3, "added": 1, "removed": 1, "unchanged": 0, "mended": 0, "broke": 1, "left": 0,
    }  # fmt: skip
    assert told["projects"][0]["totals"][0]["new"]["yuan"] == "33000"
    assert told["projects"][1]["broke"][0]["suppressed"] == {"reason": "合同价", "expiry": None}
    assert main([*run, "--output", "diff.md", "--format", "markdown"]) == 0
    assert Path("diff.md").read_text(encoding="utf-8").startswith("# Before and after the resubmission")
    for target in ("why.toml", "first/a.txt", "second/b.txt"):
        assert main([*run, "--output", target]) == 2
    assert "not overwritten" in capsys.readouterr().err
    assert main(["diff", "first", "missing"]) == 2
    assert main(["diff", "first", "second", "--format", "sarif"]) == 2
    assert "可用：text, json, markdown" in capsys.readouterr().err


@pytest.mark.usefixtures("_folder")
def test_a_baseline_of_the_configuration_says_nothing_here() -> None:
    wrote("old.txt", form(RIGHT, total="3.06"))
    wrote("new.txt", form(BOOKS, total="3.6"))
    assert main(["check", "new.txt", "--write-baseline", "b.json"]) == 0
    wrote("calcverify.toml", 'baseline = "b.json"')
    assert main(["check", "new.txt"]) == 0
    assert main(["diff", "old.txt", "new.txt"]) == 1


def made() -> Comparison:
    """A comparison of every kind: one fault left with another figure, one mended, one new and explained."""
    old, new = failing(), failing()
    first, second, third, fourth = new.findings
    again = first._replace(message=Bilingual(*(m.replace("3.6万元", "3.7万元") for m in first.message)))
    claim = new.claims[1]
    assert claim.stated is not None
    changed = claim._replace(stated=claim.stated._replace(value=Fraction(37000)))
    fresh = fourth._replace(code="CV105", suppressed=Explained("整数 <报送>", "2027-12-31"))
    total = new.form.totals[0]._replace(text="59.2", yuan=Fraction(592000))
    new = new._replace(
        form=new.form._replace(totals=(total,)),
        claims=(new.claims[0], changed, *new.claims[2:]),
        findings=(again, third, fresh),
        status=Status.REVIEW,
    )
    assert second.code == "CV110"
    problem = InputProblem(
        "new/notes.jsonl", "line 7", "不是一条完整的 JSON 记录", "not a complete JSON record", "CV907"
    )
    renamed = passing()._replace(form=passing().form._replace(id="9", name="另一项目"))
    before = Report((passing(), old, empty()))
    return compare(before, Report((new, renamed, passing()), (problem,)))


GOLDENS = [f"{form.name}.{lang}.txt" for form in FORMATS for lang in ("zh", "en")]


def golden(name: str) -> str:
    """What the program renders; the version is not what these tests are about."""
    form, lang, _ = name.split(".")
    return rendered(made(), format_named(form, FORMATS), lang).replace(__version__, "VERSION")


def test_the_golden_comparison_holds_every_kind() -> None:
    comparison = made()
    assert {fate: comparison.count(fate) for fate in Fate} == {Fate.MENDED: 2, Fate.BROKE: 1, Fate.LEFT: 2}
    assert [(p.old is None, p.new is None, p.same) for p in comparison.pairs] == [
        (False, False, False),
        (True, False, False),
        (False, False, True),
        (False, True, False),
    ]


@pytest.mark.parametrize("name", GOLDENS)
def test_golden(name: str) -> None:
    assert golden(name) == (FOLDER / name).read_text(encoding="utf-8")


def test_there_is_no_golden_that_nothing_makes() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(GOLDENS)


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
@pytest.mark.parametrize("name", [form.name for form in FORMATS])
def test_hostile_text_comes_out_as_text(name: str, text: str) -> None:
    before, after = filled("甲"), filled(text)
    begun = process_time()
    out = rendered(compare(before, after), format_named(name, FORMATS))
    assert process_time() - begun < 2
    out.encode("utf-8")
    assert all(c.isprintable() or c in "\n\u3000" for c in out)
    if name == "json":
        assert json.loads(out)["summary"]["projects"] in (1, 2)
    elif name == "markdown":
        assert "<script" not in out.replace(r"\<script", "")
        assert "](" not in out.replace(r"\](", "")
    if name != "json":
        assert len(out) < 40_000


def test_many_findings_are_compared_in_time() -> None:
    """Thousands of projects, each with its own code, in another order."""
    project = failing()
    many = tuple(project._replace(form=project.form._replace(id=f"{n:021}")) for n in range(3000))
    begun = process_time()
    comparison = compare(Report(many), Report(tuple(reversed(many))))
    assert process_time() - begun < 5
    assert comparison.count(Fate.LEFT) == 4 * len(many)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in GOLDENS:
        FOLDER.joinpath(each).write_text(golden(each), encoding="utf-8")
