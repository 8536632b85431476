"""A file of readings: written, corrected by a person, checked with; TOML and CSV say the same."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.api.given import form_of
from calcverify.errors import InputError
from calcverify.forms.model import Form
from calcverify.pipeline import check_form, read_form
from calcverify.readings.applying import corrected
from calcverify.readings.csv_file import COLUMNS, guarded, read_csv, unguarded, write_csv
from calcverify.readings.faults import RefusedError
from calcverify.readings.graph import within
from calcverify.readings.loading import load_readings
from calcverify.readings.making import reading_of
from calcverify.readings.matching import index_of, reading_for, strangers
from calcverify.readings.model import (
    KINDS,
    ClaimLine,
    ProjectReading,
    Readings,
    fingerprint,
    in_one_line,
    visible,
)
from calcverify.readings.toml_file import quoted, read_toml, write_toml
from calcverify.report.json import render
from calcverify.report.model import Project, Report
from calcverify.source import Span
from calcverify.verify.expression import expression

CORPUS = Path(__file__).parent / "data" / "corpus.jsonl"
FILE = "读法.toml"


def same(word: str) -> str:
    """A word as it is."""
    return word


def to_toml(*projects: ProjectReading) -> str:
    return "".join(write_toml(projects, same))


def to_csv(*projects: ProjectReading) -> str:
    return "".join(write_csv(projects, same))


Writer = Callable[..., str]
Reader = Callable[[str, str], Readings]
FORMATS: list[tuple[Writer, Reader]] = [(to_toml, read_toml), (to_csv, read_csv)]
EACH = pytest.mark.parametrize(("write", "read"), FORMATS, ids=["toml", "csv"])


@pytest.fixture(scope="module")
def labelled() -> list[Form]:
    """The labelled texts as forms."""
    records = map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines())
    return [form_of(r["basis"], r["total"], None)._replace(id=r["id"]) for r in records]


def as_json(projects: list[Project]) -> str:
    return render(Report(tuple(projects)), "zh")


# --- unchanged -------------------------------------------------------------------------


@EACH
def test_unchanged_readings_give_the_same_report(labelled: list[Form], write: Writer, read: Reader) -> None:
    forms = labelled[::2] if write is to_csv else labelled[1::2]
    found = read(write(*(reading_of(read_form(form)) for form in forms)), FILE)
    assert not found.problems
    index = index_of(found)
    plain, again = [], []
    for form in forms:
        reading = reading_for(form, index)
        assert reading is not None
        plain.append(check_form(form))
        again.append(check_form(form, correct=partial(corrected, reading=reading, source=FILE)))
    assert as_json(again) == as_json(plain)


def simple(basis: str, total: str | None = None, name: str = "") -> Form:
    return form_of(basis, total, None)._replace(name=name)


HOSTILE = (
    'a"b\\c\u202e=1+1\n[[project]]\nid = "x"\t#\x00\x1b[31m<b>\u2028\ud800\U000e0041\r\n'
    "12人×500元/人=6000元\n'''\"\"\"\n@SUM(A1),，\u3000 完"
)


@EACH
def test_a_hostile_text_hides_nothing_and_breaks_nothing(write: Writer, read: Reader) -> None:
    form = simple(HOSTILE, "6000元", name="=cmd|' /C calc'!A0\u202e")._replace(id='-1"\n', source_name="+x\ud800.txt")
    reading = reading_of(read_form(form))
    assert len(reading.claims) == 1
    text = write(reading)
    assert not set(text) & set("\x00\x1b\u202e\u2028\ud800\U000e0041")
    text.encode("utf-8")
    found = read(text, FILE)
    assert not found.problems
    (project,) = found.projects
    assert (project.id, project.name) == (reading.id, reading.name)
    assert reading_for(form, index_of(found)) is project
    again = check_form(form, correct=partial(corrected, reading=project, source=FILE))
    assert again == check_form(form)


@given(st.text())
def test_any_text_is_a_string_of_toml_and_a_cell(text: str) -> None:
    assert tomllib.loads("a = " + quoted(text))["a"] == in_one_line(text)
    assert visible(text).split("\n") == [in_one_line(line) for line in text.replace("\r\n", "\n").split("\n")]
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


CELLS = ["=1+1", "+1", "-1", "@A", "\t=1", "\r=1", "＝1", "'1", "320281000000000001", "0123", "12-30", "1/2"]


@pytest.mark.parametrize("cell", CELLS)
def test_a_spreadsheet_leaves_a_cell_alone(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


def test_cells_that_nothing_happens_to_are_written_as_they_are() -> None:
    for cell in ("2.2万人 × 120元/人 = 264万元", "合计", "12..30", "D001", ""):
        assert guarded(cell) == cell


def test_a_csv_is_read_in_either_language_with_any_separator_and_blanks_filled_down() -> None:
    rows = ["A1;甲;00ff;sum;1元 + 2元 = 3元", ";;;算式;2 × 3元 = 6元", "A2;;11ff;依据;"]
    for head in ("id;name;fingerprint;kind;reading", "编码;名称;指纹;类别;读法"):
        for separator in ";,\t":
            text = "\ufeff" + "\r\n".join([head, *rows]).replace(";", separator)
            found = read_csv(text, FILE)
            first, second = found.projects
            assert [(c.kind, c.line) for c in first.claims] == [("sum", 2), ("equation", 3)]
            assert (second.id, second.claims, found.problems) == ("A2", (), ())


def test_every_cell_of_a_csv_has_its_column() -> None:
    reading = reading_of(read_form(simple("书架2万元，桌椅3.5万元，合计5.5万元")))
    rows = list(csv.reader(io.StringIO(to_csv(reading))))
    assert rows[0] == list(COLUMNS.values())
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [row[2] for row in rows[1:]] == ["依据", "合计"]


def test_the_text_stands_above_its_lines() -> None:
    text = to_toml(reading_of(read_form(simple("图书360册×85元/册\n=3.06万元", "3.06万元", name="图书"))))
    assert tomllib.loads(text)["project"][0]["claim"] == [
        {
            "kind": "equation",
            "reading": "360册 × 85元/册 = 3.06万元",
            "text": "360册×85元/册\\u000a=3.06万元",
            "place": [2, 20],
            "verdict": "exact",
        }
    ]
    assert "# 资金计算依据：\n#   图书360册×85元/册\n#   =3.06万元\n# total：3.06万元\n" in text


# --- corrected -------------------------------------------------------------------------


def recheck(form: Form, *edits: tuple[str, str]) -> Project:
    """The form, checked with its own readings after some edits of the file."""
    text = to_toml(reading_of(read_form(form)))
    for old, new in edits:
        assert text.count(old) == 1, (old, text)
        text = text.replace(old, new)
    found = read_toml(text, FILE)
    assert not found.problems, found.problems
    return check_form(form, correct=partial(corrected, reading=found.projects[0], source=FILE))


def said(project: Project) -> list[str]:
    """The claims of a project, each as one line with its verdict."""
    out = []
    for claim in project.claims:
        stated = f" = {claim.stated.text}" if claim.stated is not None else ""
        out.append(f"{claim.kind}: {expression(claim.node)}{stated} {claim.verdict.value if claim.verdict else '-'}")
    return out


def codes(project: Project) -> list[str]:
    return sorted(f.code for f in project.findings)


def added(line: str, kind: str = "equation") -> str:
    return f'[[project.claim]]\nkind = "{kind}"\nreading = "{line}"\n'


def test_a_corrected_line_takes_the_place_of_ours() -> None:
    form = simple("图书360册×85元/册=3.6万元，书架12个×500元/个=6000元，合计4.2万元", "4.2万元")
    assert check_form(form).status.value == "fail"
    project = recheck(form, ("360册 × 85元/册", "360册 × 100元/册"))
    assert said(project) == [
        "equation: 360册 × 100元/册 = 3.6万元 exact",
        "equation: 12个 × 500元/个 = 6000元 exact",
        "sum: 3.6万元 + 6000元 = 4.2万元 exact",
    ]
    assert (project.status.value, codes(project)) == ("pass", ["CV250"])
    assert [str(x) for x in project.coverage] == ["1", "1"]
    claim = project.claims[0]
    # It stands where the line that it corrects stood; the figure that is nowhere in the text is no operand of it.
    assert (claim.text, [o.text for o in claim.operands]) == ("360册×85元/册=3.6万元", ["360册"])
    assert [a.text for a in project.set_aside] == ["85元/册"]


def test_a_corrected_line_that_does_not_add_up_accuses() -> None:
    form = simple("图书360册×85元/册=3.06万元，书架12个×500元/个=6000元", "3.66万元")
    project = recheck(form, ("360册 × 85元/册", "360册 × 95元/册"))
    assert said(project)[0] == "equation: 360册 × 95元/册 = 3.06万元 mismatch"
    assert project.status.value == "fail"
    (finding,) = [f for f in project.findings if f.code == "CV101"]
    assert (finding.claim, finding.span) == (0, Span(13, 19))
    assert "应为3.42万元" in finding.message.zh


def test_an_added_line_reads_what_was_not_read() -> None:
    form = simple("图书2O0册×85元/册=1.7万元，书架12个×500元/个=6000元", "2.3万元")
    before = check_form(form)
    assert (before.status.value, "CV106" in codes(before)) == ("review", True)
    text = to_toml(reading_of(read_form(form)))
    head, *pieces = text.split("\n[[project.unread]]")
    assert pieces
    found = read_toml(head + added("200册 × 85元/册 = 1.7万元"), FILE)
    project = check_form(form, correct=partial(corrected, reading=found.projects[0], source=FILE))
    assert said(project) == [
        "equation: 200册 × 85元/册 = 1.7万元 exact",
        "equation: 12个 × 500元/个 = 6000元 exact",
        "total: 1.7万元 + 6000元 = 2.3 exact",
    ]
    assert (project.status.value, project.unread, codes(project)) == ("pass", (), ["CV250"])
    assert [str(x) for x in project.coverage] == ["1", "1"]


def test_what_was_not_read_stays_open_until_its_entry_is_deleted() -> None:
    form = simple("图书2O0册×85元/册=1.7万元，书架12个×500元/个=6000元", "2.3万元")
    text = to_toml(reading_of(read_form(form))) + added("200册 × 85元/册 = 1.7万元")
    found = read_toml(text, FILE)
    project = check_form(form, correct=partial(corrected, reading=found.projects[0], source=FILE))
    assert (project.status.value, len(project.unread)) == ("review", len(check_form(form).unread))


def test_a_clash_of_units_ends_with_its_entry() -> None:
    form = simple("图书50元×85元=4250元")
    assert "CV206" in codes(check_form(form))
    text = to_toml(reading_of(read_form(form)))
    head, *pieces = text.split("\n[[project.unread]]")
    assert len(pieces) == 1
    found = read_toml(head + added("50册 × 85元/册 = 4250元"), FILE)
    project = check_form(form, correct=partial(corrected, reading=found.projects[0], source=FILE))
    assert (project.status.value, codes(project)) == ("pass", ["CV250"])


def test_a_deleted_line_is_no_claim() -> None:
    form = simple("保洁12人×500元/人=6500元，书架12个×500元/个=6000元", "6000元")
    text = to_toml(reading_of(read_form(form)))
    first, second = text.index("\n[[project.claim]]"), text.rindex("\n[[project.claim]]")
    found = read_toml(text[:first] + text[second:], FILE)
    project = check_form(form, correct=partial(corrected, reading=found.projects[0], source=FILE))
    assert said(project) == ["equation: 12个 × 500元/个 = 6000元 exact"]
    assert codes(project) == ["CV250"]
    assert "替下原读法1条" in project.findings[0].message.zh


def test_a_kind_decides_whether_a_sum_may_carry() -> None:
    form = simple("甲386.4万元，乙92.7万元，丙118.5万元，丁44.9万元，合计642.4万元")
    assert said(check_form(form))[0].endswith("carry")
    project = recheck(form, ('kind = "sum"', 'kind = "equation"'))
    assert said(project)[0].endswith("mismatch")
    asked = recheck(form, ('kind = "sum"', 'kind = "composed"'))
    assert said(asked)[0].endswith("query")


def test_a_corrected_total_counts_and_its_amount_is_the_forms() -> None:
    form = simple("图书360册×85元/册，书架12个×500元/个", "4.2万元")
    project = recheck(form, ("360册 × 85元/册 + 12个", "360册 × 100元/册 + 12个"))
    assert said(project) == ["total: 360册 × 100元/册 + 12个 × 500元/个 = 4.2 exact"]
    assert (project.status.value, project.stated_total) == ("pass", check_form(form).stated_total)
    assert project.computed_total is not None
    assert project.computed_total.value == 42000
    with pytest.raises(RefusedError, match="总额请在表中改") as caught:
        recheck(form, ("= 4.2万元", "= 4.3万元"))
    assert (caught.value.problem.code, caught.value.problem.source) == ("CV935", FILE)
    assert caught.value.problem.locator == "line 21"


def test_a_deleted_total_is_reached_by_nothing() -> None:
    form = simple("图书360册×85元/册，书架12个×500元/个", "3.66万元")
    assert check_form(form).status.value == "pass"
    text = to_toml(reading_of(read_form(form))).split("\n[[project.claim]]")[0]
    found = read_toml(text, FILE)
    project = check_form(form, correct=partial(corrected, reading=found.projects[0], source=FILE))
    assert (project.status.value, project.computed_total) == ("review", None)


def test_a_line_whose_units_clash_with_its_result_is_refused() -> None:
    form = simple("图书360册×85元/册=3.06万元")
    with pytest.raises(RefusedError, match="单位对不上") as caught:
        recheck(form, ("= 3.06万元", "= 3.06万册"))
    assert caught.value.problem.code == "CV933"
    assert "360册 × 85元/册 = 3.06万册" in caught.value.problem.say("en")


def test_a_form_without_a_basis_may_be_given_lines() -> None:
    form = Form("1", "", "a.txt", simple("").locator, None)
    reading = ProjectReading("1", "", fingerprint(form), claims=(ClaimLine("equation", "2 × 3元 = 6元"),))
    project = check_form(form, correct=partial(corrected, reading=reading, source=FILE))
    assert said(project) == ["equation: 2 × 3元 = 6元 exact"]


# --- whose readings --------------------------------------------------------------------


def entry(form: Form) -> ProjectReading:
    return ProjectReading(form.id, form.name, fingerprint(form))


def test_the_text_decides_with_the_code_or_the_name() -> None:
    form = simple("2 × 3元 = 6元", name="甲")._replace(id="320281000000000001")
    for given_id, given_name in [(form.id, "甲"), ("3.20281E+17", "甲"), (form.id, "")]:
        found = entry(form)._replace(id=given_id, name=given_name)
        assert reading_for(form, index_of(Readings(FILE, (found,)))) is found
    for given_id, given_name in [("9", "乙"), ("9", "")]:
        found = entry(form)._replace(id=given_id, name=given_name)
        assert reading_for(form, index_of(Readings(FILE, (found,)))) is None


def test_of_two_projects_with_one_text_each_has_its_own_readings() -> None:
    one = simple("2 × 3元 = 6元", name="甲")._replace(id="1")
    two = one._replace(id="2")
    entries = (entry(one), entry(two))
    index = index_of(Readings(FILE, entries))
    assert [reading_for(form, index) for form in (two, one)] == [entries[1], entries[0]]
    assert strangers(index, [entries[0]]) == [entries[1]]


def test_readings_of_another_text_are_refused() -> None:
    form = simple("2 × 3元 = 6元", name="甲")._replace(id="1")
    old = entry(form)._replace(fingerprint="0" * 16, line=7)
    with pytest.raises(RefusedError, match="重新运行 calcverify readings") as caught:
        reading_for(form, index_of(Readings(FILE, (old,))))
    assert (caught.value.problem.code, caught.value.problem.locator, caught.value.about) == ("CV934", "line 7", old)


# --- malformed -------------------------------------------------------------------------

GOOD = to_toml(reading_of(read_form(simple("图书360册×85元/册=3.06万元", name="图书")._replace(id="A1"))))
# What is written instead ⇒ the code, the line, words of the message.
MALFORMED = [
    ("360册 × 85元/册 = 3.06万元", "360册 × = 3.06万元", "CV933", 20, "请写成如 2.2万人 × 120元/人 = 264万元"),
    ('reading = "360册 ×', 'reading = "360元 ×', "CV933", 20, "单位对不上"),
    ('reading = "360册 × 85元/册 = 3.06万元"', "reading = 3", "CV932", 20, "reading"),
    ("reading =", "redaing =", "CV932", 18, "redaing"),
    ('kind = "equation"', 'kind = "equations"', "CV932", 20, "kind"),
    ("place = [2, 19]", "place = [2]", "CV932", 20, "place"),
    ("place = [2, 19]", "place = [9, 2]", "CV932", 20, "place"),
    ("place = [2, 19]", "place = [true, 2]", "CV932", 20, "place"),
    ("place = [2, 19]", 'prose = "yes"', "CV932", 20, "prose"),
    ("fingerprint =", "# fingerprint =", "CV932", 9, "fingerprint"),
    ('name = "图书"', "name = 3", "CV932", 9, "name"),
    ("\n[[project.claim]]", "\n[project.claim]", "CV932", 9, "claim"),
]


@pytest.mark.parametrize(("old", "new", "code", "line", "words"), MALFORMED)
def test_a_malformed_entry_is_told_with_file_project_line_and_remedy(
    old: str, new: str, code: str, line: int, words: str
) -> None:
    assert GOOD.count(old) == 1
    other = to_toml(reading_of(read_form(simple("书架12个×500元/个=6000元")._replace(id="A2"))))
    found = read_toml(GOOD.replace(old, new) + "[[project]]" + other.split("[[project]]", 1)[1], FILE)
    assert [p.refused for p in found.projects] == [True, False]
    told = found.problems[0]
    assert (told.code, told.source, told.locator) == (code, FILE, f"line {line}")
    assert "A1" in told.message_zh
    assert words in told.message_zh
    assert "the project was not checked" in told.message_en or "it was not checked" in told.message_en


HOPELESS = [
    ("version = 1", "version = 2", "version = 1"),
    ("version = 1", "versions = 1", "versions"),
    ("[[project]]", "[[projects]]", "projects"),
    ("[[project]]\n", "[project]\n", "[[project]]"),
    ('id = "A1"', "id = A1", "line 10"),
    ('id = "A1"', f"id = {'[' * 5000}", "not valid|nested|CV931|读不懂"),
]


@pytest.mark.parametrize(("old", "new", "words"), HOPELESS, ids=[h[1][:20] for h in HOPELESS])
def test_a_file_that_cannot_be_read_as_a_whole_ends_the_run(old: str, new: str, words: str) -> None:
    with pytest.raises(InputError, match="读法文件读不懂") as caught:
        read_toml(GOOD.replace(old, new), FILE)
    assert any(word in caught.value.say("en") + str(caught.value) for word in words.split("|"))


CSV_FAULTS = [
    ("编码,类别,读法\nA1,算式,1元 + 2元 = 3元", "名称 (name)"),
    ('编码,名称,指纹,类别,读法\nA1,甲,00ff,算式,"1元', "unexpected end"),
    ("", "编码 (id)"),
]


@pytest.mark.parametrize(("text", "words"), CSV_FAULTS)
def test_a_csv_that_cannot_be_read_as_a_whole(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_csv(text, FILE)
    assert words in str(caught.value)


CSV_ROWS = [
    ("A1,甲,00ff,算式,1元 + = 3元,", "CV933"),
    ("A1,甲,00ff,合记,1元 + 2元 = 3元,", "CV932"),
    ("A1,甲,00ff,算式,1元 + 2元 = 3元,12-30", "CV932"),
    ("A1,甲,,算式,1元 + 2元 = 3元,", "CV932"),
]


@pytest.mark.parametrize(("row", "code"), CSV_ROWS)
def test_a_malformed_row_is_told_with_its_line(row: str, code: str) -> None:
    found = read_csv(f"编码,名称,指纹,类别,读法,位置\nA0,,11ff,依据,,\n{row}\n", FILE)
    assert [p.refused for p in found.projects] == [False, True]
    assert [(p.code, p.locator) for p in found.problems] == [(code, "line 3")]


# --- files -----------------------------------------------------------------------------


def test_a_file_is_read_by_its_name_in_the_encoding_of_a_spreadsheet(tmp_path: Path) -> None:
    reading = reading_of(read_form(simple("书架2万元，桌椅3.5万元，合计5.5万元", name="书架")))
    for name, text, encoding in [
        ("a.toml", to_toml(reading), "utf-8"),
        ("a.csv", to_csv(reading), "utf-8-sig"),
        ("b.CSV", to_csv(reading), "gb18030"),
    ]:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        (project,) = load_readings(path).projects
        assert [(c.kind, c.reading, c.place) for c in project.claims] == [
            ("sum", "2万元 + 3.5万元 = 5.5万元", Span(2, 21))
        ]


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with pytest.raises(InputError, match="找不到"):
        load_readings(path)
    path.write_bytes(b"\xff\xfe\xfa\x00\xd8")
    with pytest.raises(InputError, match="编码"):
        load_readings(path)
    with pytest.raises(InputError, match="打不开"):
        load_readings(tmp_path)


def test_the_pieces_of_a_file_say_what_was_left(labelled: list[Form]) -> None:
    kinds = set()
    for form in labelled[:80]:
        case = read_form(form)
        reading = reading_of(case)
        assert [p.place for p in reading.set_aside] == [a.span for a in case.set_aside]
        assert all(any(within(a.span, [p.place]) for p in reading.unread) for a in case.unread)
        text = form.basis.text if form.basis is not None else ""
        assert all(p.text[:5] in visible(p.place.of(text)) for p in reading.set_aside)
        kinds |= {c.kind for c in reading.claims}
    assert kinds == set(KINDS)
