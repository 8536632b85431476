"""A marked Word file: comments on the exact characters, everything else as it was."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

import calcverify
from calcverify import annotate_bytes
from calcverify.annotate.model import Annotated
from calcverify.forms.model import Form
from calcverify.pipeline import check_form
from calcverify.readers import read_stream
from calcverify.report.model import Report
from calcverify.source import Locator
from tests.made_files import forms_in, sheet_of, told
from tests.marked import parts, repacked
from tests.office_files import docx_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BASIS = "图书360册×85元/册=3.6万元，书架20组×1500元/组=3万元。"


def document(fill: Callable[[Any], None]) -> bytes:
    """A Word file with a form whose basis cell is filled by ``fill``."""
    file = docx.Document()
    table = file.add_table(rows=3, cols=2)
    for row, words in enumerate((("项目名称", "乡镇图书室"), ("项目总金额（万元）", "6.6"), ("资金计算依据", ""))):
        for column, text in enumerate(words):
            table.cell(row, column).text = text
    fill(table.cell(2, 1))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def report_of(data: bytes, name: str = "a.docx") -> Report:
    forms = [item for item in read_stream(data, name, bare=False) if isinstance(item, Form)]
    assert forms
    return Report(tuple(check_form(form) for form in forms))


def marked(data: bytes, lang: str = "zh") -> Annotated:
    copy = annotate_bytes(data, "a.docx", report_of(data), lang)
    assert (copy.suffix, copy.reason) == (".docx", None)
    return copy


def commented(data: bytes) -> list[tuple[str, str]]:
    """The characters of every comment, and its text; python-docx opens the file as well."""
    docx.Document(io.BytesIO(data))
    held = parts(data)
    root = etree.fromstring(held["word/document.xml"])
    name = next(n for n in held if re.fullmatch(r"word/comments\d*\.xml", n))
    texts = {}
    for comment in etree.fromstring(held[name]):
        lines = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment.iter(f"{W}p")]
        texts[comment.get(f"{W}id")] = "\n".join(lines)
    open_: dict[str, list[str]] = {}
    done: list[tuple[str, str]] = []
    for each in root.iter():
        if each.tag == f"{W}commentRangeStart":
            open_[each.get(f"{W}id")] = []
        elif each.tag == f"{W}commentRangeEnd":
            done.append(("".join(open_.pop(each.get(f"{W}id"))), texts[each.get(f"{W}id")]))
        elif each.tag == f"{W}t":
            for words in open_.values():
                words.append(each.text or "")
    assert not open_
    references = [each.get(f"{W}id") for each in root.iter(f"{W}commentReference")]
    assert len(references) == len(set(references)) == len(done)
    return done


def plain(text: str) -> Callable[[Any], None]:
    def fill(cell: Any) -> None:
        cell.text = text

    return fill


def test_the_comment_stands_on_the_characters_of_the_figure() -> None:
    copy = marked(document(plain(BASIS)))
    ((figure, text),) = commented(copy.data)
    assert figure == "3.6万元"
    assert text.split("\n")[:3] == [
        "【错误】CV101 金额与算式结果不一致",
        "测算：360册 × 85元/册 = 3.06万元",
        "填报：3.6万元，相差 0.54万元",
    ]
    assert (copy.findings, copy.placed) == (1, 1)


def in_runs(*cuts: int) -> Callable[[Any], None]:
    """The basis in runs that are cut at these places, each in italics of another size."""

    def fill(cell: Any) -> None:
        paragraph = cell.paragraphs[0]
        ends = [*cuts, len(BASIS)]
        for at, (start, end) in enumerate(zip([0, *cuts], ends, strict=True)):
            run = paragraph.add_run(BASIS[start:end])
            run.italic, run.font.size = True, docx.shared.Pt(8 + at)

    return fill


FIGURE = BASIS.index("3.6万元")


@pytest.mark.parametrize(
    "cuts",
    [(), (FIGURE,), (FIGURE + 2,), (FIGURE + 5,), (FIGURE - 3, FIGURE + 1, FIGURE + 9), range(1, len(BASIS))],
    ids=["one run", "before it", "within it", "behind it", "around and within", "a run a character"],
)  # fmt: skip
def test_runs_are_split_and_keep_their_look(cuts: tuple[int, ...]) -> None:
    copy = marked(document(in_runs(*cuts)))
    assert [figure for figure, _ in commented(copy.data)] == ["3.6万元"]
    paragraph = docx.Document(io.BytesIO(copy.data)).tables[-1].cell(2, 1).paragraphs[0]
    assert paragraph.text == BASIS
    ends = [*cuts, len(BASIS)]
    at = 0
    for run in paragraph.runs:
        if run.text:
            expected = next(i for i, end in enumerate(ends) if at < end)
            assert (run.italic, run.font.size) == (True, docx.shared.Pt(8 + expected))
            at += len(run.text)


def wrapped(name: str, **attributes: str) -> Callable[[Any], None]:
    """The figure in a run of its own within another element."""

    def fill(cell: Any) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.add_run(BASIS[: FIGURE - 2])
        inner = paragraph.add_run(BASIS[FIGURE - 2 : FIGURE + 7])._r
        paragraph.add_run(BASIS[FIGURE + 7 :])
        around = etree.Element(f"{W}{name}")
        for key, value in attributes.items():
            around.set(f"{W}{key}", value)
        inner.addprevious(around)
        if name == "sdt":
            content = etree.SubElement(around, f"{W}sdtContent")
            content.append(inner)
        else:
            around.append(inner)

    return fill


@pytest.mark.parametrize(
    "fill",
    [
        wrapped("hyperlink", anchor="x"),
        wrapped("ins", id="77", author="李", date="2026-01-01T00:00:00Z"),
        wrapped("sdt"),
        wrapped("smartTag", element="x", uri="y"),
    ],
    ids=["hyperlink", "insertion", "content control", "smart tag"],
)
def test_figures_within_other_elements(fill: Callable[[Any], None]) -> None:
    copy = marked(document(fill))
    # A tracked change is told of, too, with a note of its own.
    assert [figure for figure, text in commented(copy.data) if "CV101" in text] == ["3.6万元"]


def test_a_figure_over_two_lines_and_paragraphs() -> None:
    def fill(cell: Any) -> None:
        cell.text = "图书360册×85元/册\n=3.6万元，"
        cell.add_paragraph("书架20组×1500元/组=4万元。")

    figures = {figure for figure, _ in commented(marked(document(fill)).data)}
    assert {"3.6万元", "4万元", "6.6"} <= figures


def test_existing_comments_stay_and_numbers_do_not_meet() -> None:
    file = docx.Document(io.BytesIO(document(plain(BASIS))))
    paragraph = file.tables[0].cell(2, 1).paragraphs[0]
    file.add_comment(paragraph.runs, text="依据见附件二", author="张会计", initials="张")
    out = io.BytesIO()
    file.save(out)
    found = commented(marked(out.getvalue()).data)
    assert sorted(figure for figure, _ in found) == sorted(["3.6万元", BASIS])
    comments = list(docx.Document(io.BytesIO(marked(out.getvalue()).data)).comments)
    assert [(c.author, c.initials) for c in comments] == [("张会计", "张"), ("calcverify", "核")]


def test_two_findings_on_one_figure_are_one_comment() -> None:
    data = document(plain(BASIS))
    report = report_of(data)
    project = report.projects[0]
    (finding,) = project.findings
    twice = Report((project._replace(findings=(finding, finding._replace(code="CV105"))),))
    ((figure, text),) = commented(annotate_bytes(data, "a.docx", twice).data)
    assert (figure, text.count("【错误】")) == ("3.6万元", 2)


def test_nothing_else_of_the_document_changes() -> None:
    data = repacked(document(plain(BASIS)), {"word/media/x.bin": b"\0\1", "word/vbaData.xml": b"<x/>"})
    before, after = parts(data), parts(marked(data).data)
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
    }
    assert set(after) - set(before) == {"word/comments1.xml"}


def test_the_summary_is_a_control_in_front_with_links() -> None:
    copy = marked(document(plain(BASIS)))
    root = etree.fromstring(parts(copy.data)["word/document.xml"])
    control = root[0][0]
    assert control.tag == f"{W}sdt"
    words = "".join(t.text or "" for t in control.iter(f"{W}t"))
    assert words.startswith("calcverify 核对汇总")
    assert "有误" in words
    anchors = {link.get(f"{W}anchor") for link in control.iter(f"{W}hyperlink")}
    marks = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    assert anchors == {"_calcverify_1"} <= marks


def test_a_whole_cell_and_an_empty_one() -> None:
    data = document(plain(""))
    found = commented(marked(data).data)
    assert [figure for figure, _ in found] == ["资金计算依据"]
    assert "CV602" in found[0][1]
    project = report_of(data).projects[0]
    empty = project.findings[0]._replace(locator=Locator(table=1, row=3, cell="2"))
    copy = annotate_bytes(data, "a.docx", Report((project._replace(findings=(empty,)),)))
    assert [figure for figure, _ in commented(copy.data)] == [""]


def test_a_total_that_is_not_met_is_marked_itself() -> None:
    data = document(plain("图书360册×85元/册+书架20组×1500元/组"))
    assert sorted(figure for figure, _ in commented(marked(data).data)) == ["360册×85元/册+书架20组×1500元/组", "6.6"]


def test_in_paragraphs() -> None:
    file = docx.Document()
    for text in ("项目名称：乡镇图书室", "项目总金额：6.6万元", f"资金计算依据：{BASIS}"):
        file.add_paragraph(text)
    out = io.BytesIO()
    file.save(out)
    assert [figure for figure, _ in commented(marked(out.getvalue()).data)] == ["3.6万元"]


def test_a_copy_that_is_marked_again_has_each_comment_once() -> None:
    file = docx.Document(io.BytesIO(document(in_runs(3, 9))))
    file.add_comment(
        file.tables[0].cell(0, 1).paragraphs[0].runs, text="名称与批复一致", author="张会计", initials="张"
    )
    out = io.BytesIO()
    file.save(out)
    once = marked(out.getvalue())
    twice = marked(once.data)
    assert sorted(commented(once.data)) == sorted(commented(twice.data))
    root = etree.fromstring(parts(twice.data)["word/document.xml"])
    assert len(list(root.iter(f"{W}sdt"))) == 1
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names)) == len(list(root.iter(f"{W}bookmarkEnd")))


def test_english() -> None:
    ((_, text),) = commented(marked(document(plain(BASIS)), "en").data)
    assert text.startswith("[error] CV101 figure and computation disagree\ncomputed: 360册 × 85元/册 = 3.06万元\n")


def test_a_marked_copy_is_checked_as_the_original(tmp_path: Path) -> None:
    path = tmp_path / "forms.docx"
    path.write_bytes(docx_of([sheet_of(form) for form in forms_in()]))
    report = calcverify.check_file(path)
    copy = annotate_bytes(path.read_bytes(), str(path), report)
    assert copy.findings == copy.placed == sum(len(project.findings) for project in report.projects)
    (tmp_path / "copy.docx").write_bytes(copy.data)
    again = calcverify.check_file(tmp_path / "copy.docx")
    assert [told(project) for project in again.projects] == [
        told(project) | {"id": project.form.id.replace("forms.docx", "copy.docx")} for project in report.projects
    ]
    commented(copy.data)
