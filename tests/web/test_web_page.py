"""What a person sees: the list, a project, an edit, a download; with scripts and without."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree
from lxml import html as lxml_html
from openpyxl import load_workbook

from calcverify.config.model import Config
from calcverify.forms.model import Form
from calcverify.report.model import Project
from calcverify.verify.model import Status
from calcverify.web.downloads import REPORTS
from calcverify.web.settings import Settings
from calcverify.web.words import PAGE
from tests.made_files import forms_in, sheet_of, write_xlsx
from tests.web.conftest import BASIS, SWAP, Served

WEB = Path(__file__).parents[2] / "calcverify" / "web"
EXAMPLE = Path(__file__).parents[2] / "examples" / "jiangyin-2022.txt"


def parsed(text: str) -> lxml_html.HtmlElement:
    """A page, or a piece of one."""
    return lxml_html.fromstring(f"<div>{text}</div>" if "<html" not in text else text)


def words(element: lxml_html.HtmlElement) -> str:
    """The text of an element with its blanks as one."""
    return " ".join(str(element.text_content()).split())


def example(page: Served, **headers: str) -> str:
    """The page, or with ``SWAP`` the piece of it, after dropping the nine projects."""
    files = {"files": (EXAMPLE.name, EXAMPLE.read_bytes())}
    answer = page.client.post("/check", data={"lang": "zh"}, files=files, headers=headers)
    assert answer.status_code == 200
    return answer.text


def carried(text: str, at: int) -> str:
    """The packed form of the project ``at`` of a list."""
    (field,) = parsed(text).xpath(f'//form[@id="p{at}-form"]/input[@name="form"]/@value')
    return str(field)


def field_text(text: str) -> str:
    """What stands in the text field of the open project; its first line break is markup, not text."""
    (field,) = parsed(text).xpath("//li//textarea")
    return str(field.text).removeprefix("\n")


def test_the_empty_page_says_how_to_begin(page: Served) -> None:
    answer = page.client.get("/")
    assert answer.status_code == 200
    text = answer.text
    assert '<html lang="zh-CN">' in text
    for words_of_it in ("把申报表拖到这里", "或粘贴一段测算依据", "不保存，不联网", "看一个例子"):
        assert words_of_it in text
    assert "Drop your forms here" in page.client.get("/?lang=en").text


def test_every_field_has_a_label(page: Served) -> None:
    tree = parsed(page.client.get("/?example=1").text)
    for field in tree.xpath('//input[not(@type="hidden")] | //textarea'):
        assert tree.xpath(f'//label[@for="{field.get("id")}"]'), etree.tostring(field)


@pytest.mark.parametrize("headers", [SWAP, {}], ids=["swap", "whole page"])
def test_the_nine_projects_are_listed(page: Served, headers: dict[str, str]) -> None:
    text = example(page, **headers)
    assert ("<html" in text) is not bool(headers)
    tree = parsed(text)
    rows = tree.xpath('//ol[@class="projects"]/li[@id]')
    assert len(rows) == 9
    (failed,) = [row for row in rows if row.get("data-status") == "fail"]
    assert "历次被征地农民保障金" in words(failed)
    assert "−3600.134万元" in words(failed)
    # The one with errors is open, with both of them.
    assert len(failed.xpath('.//a[contains(@class, "stated v-mismatch")]')) == 2
    assert len(tree.xpath('//div[@class="desk"]')) == 1


def test_a_claim_shows_its_reading(page: Served) -> None:
    tree = parsed(example(page, **SWAP))
    (mark,) = tree.xpath('//a[contains(@class, "v-mismatch")][contains(., "67631万元")]')
    (card,) = tree.xpath(f'//li[@id="{mark.get("href")[1:]}"]')
    said = words(card)
    assert "填报 67631万元" in said
    assert "测算 67031.49万元" in said
    assert "相差 599.51万元" in said
    assert "67031万元" in words(card.xpath('.//p[@class="suggestion"]')[0])
    # A short reading is typeset; a long one is text, which wraps.
    assert "14178万元 = 67031.49万元" in said
    assert parsed(example(page, **SWAP)).xpath('//li[@id="p6-c1"]//math')


def test_the_basis_stands_on_the_page_as_it_stands_in_the_file(page: Served) -> None:
    (basis,) = parsed(example(page, **SWAP)).xpath('//div[@class="basis"]')
    assert str(basis.text_content()) in EXAMPLE.read_text(encoding="utf-8")


def test_the_tree_of_the_total_is_drawn(page: Served) -> None:
    text = example(page, **SWAP)
    assert parsed(text).xpath('//div[@class="tree"]/svg')
    # The policy of the page forbids styles and scripts in elements.
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)\s*=", text)
    assert "<script" not in text


def test_an_edit_is_checked_and_compared(page: Served) -> None:
    text = example(page, **SWAP)
    (at,) = (int(row.get("id")[1:]) for row in parsed(text).xpath('//li[@data-status="fail"]'))
    fixed = field_text(text).replace("67631", "67031")
    sent = {"form": carried(text, at), "at": str(at), "lang": "zh", "basis": fixed}
    answer = page.client.post("/project", data=sent, headers=SWAP)
    assert answer.status_code == 200
    tree = parsed(answer.text)
    assert "已改正 1" in words(tree.xpath(f'//div[@id="p{at}-change"]')[0])
    assert len(tree.xpath('//a[contains(@class, "v-mismatch")]')) == 1
    (mark,) = tree.xpath('//a[contains(@class, "stated")][contains(., "67031万元")]')
    assert "v-rounded" in mark.get("class")
    pieces = [piece.get("id") for piece in tree.xpath("//*[@hx-swap-oob]")]
    assert pieces == ["live", *(f"p{at}-{piece}" for piece in ("head", "change", "basis", "cards", "more"))]
    # Without scripts the same form gives a whole page, with the edited text in it.
    whole = page.client.post("/project", data=sent).text
    assert "<html" in whole
    assert field_text(whole) == fixed


def test_a_total_is_edited_as_well(page: Served) -> None:
    text = page.client.post("/check", data={"basis": BASIS, "total": "8万元"}, headers=SWAP).text
    sent = {"form": carried(text, 0), "at": "0", "basis": BASIS.replace("=3.6", "=3.06", 1).replace("7.2", "6.66")}
    assert parsed(text).xpath('//input[@name="total0"]/@value') == ["8"]
    wrong = page.client.post("/project", data=sent | {"total0": "8"}, headers=SWAP).text
    assert "通过" not in words(parsed(wrong).xpath('//div[@id="p0-head"]')[0])
    for total in ("6.66", "6.66万元", "66600元"):
        right = page.client.post("/project", data=sent | {"total0": total}, headers=SWAP).text
        assert "通过" in words(parsed(right).xpath('//div[@id="p0-head"]')[0]), total
    # A field that is being emptied is not an amount of nothing.
    assert page.client.post("/project", data=sent | {"total0": " "}, headers=SWAP).text == wrong
    refused = page.client.post("/project", data=sent | {"total0": "六万多"}, headers=SWAP)
    assert refused.status_code == 400
    assert "不能读成一个金额" in refused.text


def test_an_unchanged_basis_is_no_edit(page: Served) -> None:
    """Browsers send the line breaks of a field as CR LF."""
    text = page.client.post("/check", data={"basis": "甲：2人×3元/人=6元；\n乙：3人×3元/人=9元"}, headers=SWAP).text
    sent = {"form": carried(text, 0), "at": "0", "basis": "甲：2人×3元/人=6元；\r\n乙：3人×3元/人=9元"}
    assert "试改的结果" not in page.client.post("/project", data=sent, headers=SWAP).text


def test_a_closed_project_opens(page: Served) -> None:
    text = example(page, **SWAP)
    answer = page.client.post("/project", data={"form": carried(text, 1), "at": "1"}, headers=SWAP)
    assert answer.text.startswith('<div class="desk">')
    assert 'id="p1-basis"' in answer.text


def test_pasted_text_is_a_form(page: Served) -> None:
    text = page.client.post("/check", data={"basis": BASIS, "total": "7.2万元"}, headers=SWAP).text
    assert "有误 1" in text
    assert "粘贴的测算依据" in text
    no_unit = page.client.post("/check", data={"basis": BASIS, "total": "7.2"}, headers=SWAP).text
    assert "没有单位" in html.unescape(no_unit)


def test_several_files_are_one_list(page: Served) -> None:
    files = [
        ("files", ("甲.txt", f"项目名称\t甲\n项目总金额（万元）\t7.2\n资金计算依据\t{BASIS}\n".encode())),
        ("files", ("乙.jsonl", json.dumps({"id": "2", "basis": "2人×3元/人=6元"}).encode())),
        ("files", ("坏.txt", b"\xff\xfe\x00\xd8" * 9)),
        ("files", ("空.txt", b"")),
    ]
    text = page.client.post("/check", files=files, headers=SWAP).text
    tree = parsed(text)
    assert len(tree.xpath('//ol[@class="projects"]/li[@id]')) == 2
    problems = words(tree.xpath('//div[@class="problems"]')[0])
    assert "坏.txt" in problems
    assert "空.txt" in problems
    assert page.lines[-1]["projects"] == 2
    assert page.lines[-1]["problems"] == 2


def test_nothing_given_is_said(page: Served) -> None:
    empty = {"files": ("", b"")}
    answer = page.client.post("/check", data={"basis": " "}, files=empty, headers=SWAP)
    assert answer.status_code == 400
    assert "还没有放入文件" in answer.text
    assert answer.headers["hx-retarget"] == "#alert"


@pytest.mark.parametrize("kind", [take.format for take in REPORTS])
def test_reports_are_downloaded(page: Served, kind: str) -> None:
    files = {"files": (EXAMPLE.name, EXAMPLE.read_bytes())}
    answer = page.client.post(f"/download/{kind}", data={"lang": "zh"}, files=files)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E6%A0%B8%E5%AF%B9" in answer.headers["content-disposition"]
    assert "sandbox" in answer.headers["content-security-policy"]
    beginnings = {"html": b"<!DOCTYPE html>", "xlsx": b"PK\x03\x04", "json": b"{"}
    assert answer.content.startswith(beginnings[kind])


def test_the_marked_file_is_the_one_that_was_given(page: Served, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "申报 表.xlsx", [sheet_of(form) for form in forms_in()])
    answer = page.client.post("/download/marked", files={"files": (path.name, path.read_bytes())})
    assert answer.status_code == 200
    assert unquote(answer.headers["content-disposition"]).endswith("标注-申报_表.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    notes = [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert any("67031" in note for note in notes)
    # A pasted basis is no file to mark.
    assert page.client.post("/download/marked", data={"basis": BASIS}).status_code == 400


def test_several_marked_files_come_as_an_archive(page: Served, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [sheet_of(forms_in()[0])])
    files = [("files", (name, path.read_bytes())) for name in ("表.xlsx", "表.xlsx", "../../表.xlsx")]
    files.append(("files", ("依据.txt", EXAMPLE.read_bytes())))
    answer = page.client.post("/download/marked", files=files)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["标注-表.xlsx", "标注-表_(2).xlsx", "标注-表_(3).xlsx", "标注-依据.html"]
        assert b"27345" in archive.read("标注-依据.html")


def test_the_files_of_an_archive_are_marked(page: Served, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [sheet_of(forms_in()[0])])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("科室/甲.xlsx", "科室/乙.xlsx", "说明.png"):
            archive.writestr(name, path.read_bytes() if name.endswith("xlsx") else b"\x89PNG\r\n")
    answer = page.client.post("/download/marked", files={"files": ("各科室.zip", packed.getvalue())})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["标注-乙.xlsx", "标注-甲.xlsx"]
    unread = page.client.post("/download/marked", files={"files": ("图.png", b"\x89PNG\r\n")})
    assert "图.png" in unread.text


def test_a_downloaded_report_is_that_of_the_command_line(page: Served) -> None:
    from calcverify import check_file

    files = {"files": (EXAMPLE.name, EXAMPLE.read_bytes())}
    ours = json.loads(page.client.post("/download/json", files=files).content)
    theirs = json.loads(check_file(EXAMPLE).to_json())
    for project in theirs["projects"]:
        project["source"] = EXAMPLE.name
    assert ours == theirs


def test_an_unknown_report_is_none(page: Served) -> None:
    assert page.client.post("/download/exe", data={"basis": BASIS}).status_code == 400


def test_an_office_checks_by_its_own_rules(serve: Callable[..., Served]) -> None:
    lenient = serve(Settings(config=Config(ignore=frozenset({"CV101"}))))
    assert "不一致" in page_with(lenient)
    assert 'data-status="fail"' not in page_with(lenient)
    assert 'data-status="fail"' in page_with(serve())


def page_with(page: Served) -> str:
    """The result for a basis with an error."""
    return page.client.post("/check", data={"basis": BASIS}, headers=SWAP).text


def test_a_defect_is_told_and_logged_by_its_kind(page: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("机密")

    monkeypatch.setattr("calcverify.web.jobs.counts", broken)
    answer = page.client.post("/check", data={"basis": BASIS}, headers=SWAP)
    assert answer.status_code == 500
    assert "自身出错" in answer.text
    assert "机密" not in answer.text + page.stream.getvalue()
    assert [line["event"] for line in page.lines] == ["defect", "request"]
    assert page.lines[0]["error"] == "KeyError"


def test_a_form_that_cannot_be_checked_leaves_the_others(page: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    from calcverify.pipeline import check_form

    def checked(form: Form, config: Config) -> Project:
        if form.id == "2":
            raise KeyError("机密")
        return check_form(form, config)

    monkeypatch.setattr("calcverify.web.checking.check_form", checked)
    lines = "\n".join(json.dumps({"id": str(n), "basis": "2人×3元/人=6元"}) for n in range(1, 4))
    tree = parsed(page.client.post("/check", files={"files": ("a.jsonl", lines.encode())}, headers=SWAP).text)
    assert len(tree.xpath('//ol[@class="projects"]/li[@id]')) == 2
    assert "line 2" in words(tree.xpath('//div[@class="problems"]')[0])
    assert "机密" not in words(tree)


def test_a_refusal_is_logged(page: Served) -> None:
    page.client.post("/check", data={"basis": ""})
    page.client.get("/", headers={"host": "example.cn"})
    assert [line["refused"] for line in page.lines] == ["nothing-given", "wrong-host"]


def test_every_word_of_the_page_is_used_and_said_in_both_languages() -> None:
    sources = [path for path in WEB.rglob("*") if path.suffix in (".py", ".html") and path.name != "words.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    used = {word for word in PAGE if f"'{word}'" in text or f'"{word}"' in text}
    # The sentence for a status is chosen by its name.
    used |= {f"next-{status.value}" for status in Status}
    assert used == set(PAGE)
    for word, (zh, en) in PAGE.items():
        assert zh.strip(), word
        assert en.strip(), word
        assert set(re.findall(r"\{(\w+)\}", zh)) == set(re.findall(r"\{(\w+)\}", en)), word


@pytest.mark.parametrize("path", ["/check", "/project"])
def test_the_address_of_an_answer_leads_to_the_page(page: Served, path: str) -> None:
    answer = page.client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_every_form_of_the_page_names_its_language(page: Served) -> None:
    tree = parsed(page.client.get("/?example=1&lang=en").text)
    for name in ("action", "formaction", "hx-post"):
        addresses = tree.xpath(f"//@{name}")
        assert addresses
        assert not [address for address in addresses if not address.endswith("?lang=en")]


def test_the_page_is_light(page: Served) -> None:
    addresses = sorted(set(re.findall(r'(?:src|href)="(/static/[^"?]+)', page.client.get("/").text)))
    assert len(addresses) == 5
    answers = [page.client.get(address) for address in ("/", *addresses)]
    assert sum(len(answer.content) for answer in answers) < 100_000
    # With the nine projects, as it goes over the line.
    files = {"files": (EXAMPLE.name, EXAMPLE.read_bytes())}
    answers.append(page.client.post("/check", files=files, headers=SWAP))
    assert sum(int(answer.headers["content-length"]) for answer in answers) < 100_000
