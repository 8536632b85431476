"""What arrives is hostile: files, names, fields, sizes, and what the page is said to have carried."""

from __future__ import annotations

import base64
import json
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator
from fractions import Fraction

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Message

from calcverify.errors import UsageError
from calcverify.forms.model import DetailRow, Form, Indicator, Narrative, Remark, StatedTotal
from calcverify.readers import read_path
from calcverify.source import Locator, Piece, Source
from calcverify.web.asked import MOST_CHARACTERS, file_name
from calcverify.web.carried import pack, unpack
from calcverify.web.refusal import RefusedError
from calcverify.web.settings import Limits, Settings
from calcverify.web.uploads import read_form
from tests.web.conftest import BASIS, SWAP, Served
from tests.web.test_web_page import EXAMPLE, carried, parsed

SCRIPT = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'&lt;{{7*7}}</textarea>"
HOSTILE_FORM = f"""项目名称\t{SCRIPT}\t项目编码\t{SCRIPT}
项目总金额（万元）\t3.6\t单位名称\t{SCRIPT}
项目概述\t{SCRIPT}
资金计算依据\t{SCRIPT}教材费：360册×85元/册=3.6万元{SCRIPT}
绩效支出明细\t子项目\t半年（程）计划执行数\t全年（程）预算数
\t{SCRIPT}\t0\t36000
"""


def dangers(text: str) -> list[str]:
    """What in a page runs, loads or styles something and is not our own."""
    tree = parsed(text)
    found = [str(source) for source in tree.xpath("//script/@src | //img/@src")]
    found = [source for source in found if not source.startswith("/static/")]
    found += [element.tag for element in tree.xpath("//script[not(@src)] | //style | //iframe | //object | //base")]
    found += [name for element in tree.iter() for name in element.attrib if name.startswith(("on", "hx-on", "style"))]
    # {{7*7}} that a template took for its own.
    return found + re.findall(r"\b49\b", text)


@pytest.mark.parametrize("headers", [SWAP, {}], ids=["swap", "whole page"])
def test_scripts_in_every_field_are_text(page: Served, headers: dict[str, str]) -> None:
    files = {"files": (SCRIPT + ".txt", HOSTILE_FORM.encode())}
    listed = page.client.post("/check", files=files, headers=headers).text
    assert not dangers(listed)
    assert "alert(1)" in parsed(listed).text_content()
    sent = {"form": carried(listed, 0), "at": "0", "basis": SCRIPT + BASIS, "lang": SCRIPT}
    assert not dangers(page.client.post("/project", data=sent, headers=headers).text)
    pasted = {"basis": SCRIPT + BASIS, "total": SCRIPT, "lang": SCRIPT}
    assert not dangers(page.client.post("/check", data=pasted, headers=headers).text)


@pytest.mark.parametrize("kind", ["html", "xlsx", "json"])
def test_scripts_stay_text_in_reports(page: Served, kind: str) -> None:
    files = {"files": (SCRIPT + ".txt", HOSTILE_FORM.encode())}
    answer = page.client.post(f"/download/{kind}", files=files)
    assert answer.status_code == 200
    assert "script" not in answer.headers["content-disposition"]
    if kind == "html":
        assert not parsed(answer.text).xpath("//script | //img")


NAMES = [
    ("../../etc/passwd", "passwd"),
    ("C:\\fakepath\\预算 2026.xlsx", "预算 2026.xlsx"),
    ("a\r\nset-cookie: x=1.txt", "a\\u000d\\u000aset-cookie: x=1.txt"),
    ("甲\u202etxt.exe", "甲\\u202etxt.exe"),
    ("..", ".."),
    ("", "?"),
    ("/", "?"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_a_name_is_shown_and_never_a_path(name: str, shown: str) -> None:
    assert file_name(name) == shown


def test_a_long_name_keeps_its_end() -> None:
    assert file_name("表" * 500 + ".xlsx").endswith("表.xlsx")
    assert len(file_name("表" * 500 + ".xlsx")) <= 120


SMALL = Settings(limits=Limits(file_bytes=10_000, body_bytes=30_000, files=3, projects=2))


class TestSizes:
    """A page with small limits; the numbers do not matter, the answers do."""

    @pytest.fixture
    def page(self, serve: Callable[..., Served]) -> Served:
        return serve(SMALL)

    def test_a_large_file_is_refused(self, page: Served) -> None:
        answer = page.client.post("/check", files={"files": ("a.txt", b"x" * 10_001)}, headers=SWAP)
        assert answer.status_code == 413
        assert "超过大小上限" in answer.text

    def test_a_large_body_is_refused_before_it_is_read(self, page: Served) -> None:
        asked = []

        def body() -> Iterator[bytes]:
            asked.append(1)
            yield b"x"

        headers = {"content-length": "30001", "content-type": "multipart/form-data; boundary=x"}
        answer = page.client.post("/check", content=body(), headers=headers)
        assert answer.status_code == 413

    def test_a_body_that_hides_its_length_is_cut(self, page: Served) -> None:
        def body() -> Iterator[bytes]:
            yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
            for _ in range(100):
                yield b"1" * 1000

        headers = {"content-type": "multipart/form-data; boundary=x"}
        answer = page.client.post("/check", content=body(), headers=headers)
        assert answer.status_code == 413

    def test_too_many_files_are_refused(self, page: Served) -> None:
        files = [("files", (f"{n}.txt", b"x")) for n in range(4)]
        answer = page.client.post("/check", files=files)
        assert answer.status_code == 413
        assert "文件太多" in answer.text

    def test_a_refusal_speaks_the_language_of_the_page(self, page: Served) -> None:
        answer = page.client.post("/check?lang=en", files={"files": ("a.txt", b"x" * 10_001)}, headers=SWAP)
        assert "larger than the limit" in answer.text

    def test_of_too_many_projects_the_first_are_listed(self, page: Served) -> None:
        lines = "\n".join(json.dumps({"id": str(n), "basis": "2人×3元/人=6元"}) for n in range(5))
        text = page.client.post("/check", files={"files": ("a.jsonl", lines.encode())}, headers=SWAP).text
        assert len(parsed(text).xpath('//ol[@class="projects"]/li[@id]')) == 2
        assert "只列出前 2 个" in text

    def test_a_report_is_of_all_projects_or_none(self, page: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        lines = "\n".join(json.dumps({"id": str(n), "basis": "2人×3元/人=6元"}) for n in range(5))
        files = {"files": ("a.jsonl", lines.encode())}
        assert page.client.post("/download/json", files=files).json()["summary"]["projects"] == 5
        monkeypatch.setattr("calcverify.web.app.MOST_REPORTED", 4)
        assert page.client.post("/download/json", files=files).status_code == 400


def test_a_body_that_takes_too_long_is_refused() -> None:
    async def receive() -> Message:
        await anyio.sleep(0.05)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def main() -> None:
        headers = [(b"content-type", b"application/x-www-form-urlencoded")]
        request = Request({"type": "http", "method": "POST", "path": "/check", "headers": headers}, receive)
        with pytest.raises(RefusedError) as caught:
            await read_form(request, Limits(upload_seconds=0.2))
        assert (caught.value.status, caught.value.word) == (408, "too-slow")

    anyio.run(main)


NO_FORMS = [
    (b"", "multipart/form-data; boundary=x"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"--x--", "multipart/form-data"),
    (b"{}", "application/json"),
    (b"", ""),
    (b"%", "application/x-www-form-urlencoded"),
    (b"a=1&" * 100, "application/x-www-form-urlencoded"),
]


@pytest.mark.parametrize(("body", "kind"), NO_FORMS)
@pytest.mark.parametrize("path", ["/check", "/project", "/download/json"])
def test_what_is_no_form_is_refused(page: Served, path: str, body: bytes, kind: str) -> None:
    answer = page.client.post(path, content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 415)
    assert answer.headers["content-type"].startswith("text/html")


FILES: list[bytes] = [
    b"PK\x03\x04" + b"\0" * 200,
    b"%PDF-1.7\n" + b"\xff" * 200,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    b"\x89PNG\r\n\x1a\n",
    b"\0" * 5000,
    b"<html><table>" * 200,
    b"\xff\xfe",
]


@pytest.mark.parametrize("data", FILES)
def test_a_broken_file_is_told_and_the_others_are_checked(page: Served, data: bytes) -> None:
    files = [("files", ("坏.bin", data)), ("files", ("好.jsonl", b'{"basis": "2*3=6"}'))]
    answer = page.client.post("/check", files=files, headers=SWAP)
    assert answer.status_code == 200
    tree = parsed(answer.text)
    assert len(tree.xpath('//ol[@class="projects"]/li[@id]')) == 1
    assert "坏.bin" in tree.xpath('//div[@class="problems"]')[0].text_content()
    assert "自身出错" not in answer.text


def test_a_basis_without_end_is_shown_in_part(page: Served) -> None:
    files = {"files": ("a.txt", "项目名称\tA\n资金计算依据\t".encode() + b"1+" * 2_000_000)}
    answer = page.client.post("/check", files=files, headers=SWAP)
    assert answer.status_code == 200
    assert len(answer.text) < 50_000
    assert not parsed(answer.text).xpath("//textarea")


FORMS = [item for item in read_path(EXAMPLE) if isinstance(item, Form)]
FULL = Form(
    "1",
    "甲",
    "a\ud800.txt",
    Locator(line=3, sheet="表", cell="B7", page=2, column=4),
    Source("2人\x00", "b", pieces=(Piece(1, Locator(table=1, row=2, paragraph=3, box=(1, 2, 3, 4)), 5),)),
    totals=(StatedTotal("3", "万元", Fraction(10, 7), Fraction(-1, 3), "总额", hedged=True),),
    details=(DetailRow("a", "1", "2"),),
    indicators=(Indicator(("a", "b"), "c", "1", "2"),),
    narratives=(Narrative("概述", Source("x", "y")),),
    unit_note="万元",
    remarks=(Remark("hidden row", "合计9元", Locator(row=1)),),
)


@pytest.mark.parametrize("form", [*FORMS, FULL, Form("", "", "", Locator(), None)], ids=lambda form: form.id[-3:])
def test_a_form_comes_back_as_it_went(form: Form) -> None:
    assert unpack(pack(form)) == form
    assert re.fullmatch(r"[A-Za-z0-9_=-]+", pack(form))


def packed(value: object) -> str:
    """Any value as the page would carry it."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(value).encode())).decode()


def plain(form: Form) -> list[object]:
    """The values that a form travels as."""
    value: list[object] = json.loads(zlib.decompress(base64.urlsafe_b64decode(pack(form))))
    return value


GOOD = plain(FORMS[0])
CARRIED = [
    "",
    "x",
    "资金",
    "=" * 100,
    packed(None),
    packed({}),
    packed([]),
    packed(GOOD[:-1]),
    packed([*GOOD, 1]),
    packed([1, *GOOD[1:]]),
    packed([*GOOD[:6], [["1", "元", "1e999999999", "1/1", "总额", [None] * 5, False, "total"]], *GOOD[7:]]),
    packed([*GOOD[:6], [["1", "元", "1/0", "1/1", "总额", [None] * 5, False, "total"]], *GOOD[7:]]),
    packed([*GOOD[:6], [["1", "元", "9" * 100, "1/1", "总额", [None] * 5, False, "total"]], *GOOD[7:]]),
    packed([*GOOD[:4], ["x", "y", [True, None, None, None, None]], *GOOD[5:]]),
    base64.urlsafe_b64encode(b"[" * 1000).decode(),
    base64.urlsafe_b64encode(zlib.compress(b"[" * 100_000)).decode(),
    base64.urlsafe_b64encode(zlib.compress(b'"' + b"a" * (3 * MOST_CHARACTERS) + b'"')).decode(),
    base64.urlsafe_b64encode(zlib.compress(b"\0" * 500_000_000, 9)).decode(),
    base64.urlsafe_b64encode(zlib.compress(json.dumps(GOOD).encode())[:-9]).decode(),
]


@pytest.mark.parametrize("word", CARRIED, ids=range(len(CARRIED)))
def test_what_the_page_did_not_carry_is_no_form(page: Served, word: str) -> None:
    with pytest.raises(UsageError):
        unpack(word)
    answer = page.client.post("/project", data={"form": word, "at": "0"}, headers=SWAP)
    assert answer.status_code == 400
    assert answer.headers["hx-retarget"] == "#alert"


@given(st.text())
def test_no_word_at_all_makes_unpacking_fail_otherwise(word: str) -> None:
    with pytest.raises(UsageError):
        unpack(word)


@pytest.mark.parametrize("at", ["-1", "x", "9" * 50, "<b>", "١"])
def test_the_number_of_a_project_is_a_number(page: Served, at: str) -> None:
    answer = page.client.post("/project", data={"form": pack(FORMS[0]), "at": at}, headers=SWAP)
    assert 'id="p0-basis"' in answer.text or 'id="p1-basis"' in answer.text


def test_the_log_holds_nothing_of_a_form(page: Served) -> None:
    files = {"files": ("机密.txt", EXAMPLE.read_bytes())}
    headers = {"user-agent": "geheim", "referer": "http://geheim/", "x-remote-user": "geheim"}
    page.client.post("/check?geheim=1", files=files, headers=headers)
    page.client.get("/机密.txt")
    page.client.post("/check", data={"basis": "geheim×3=6"})
    raw = page.stream.getvalue()
    assert [line["status"] for line in page.lines] == [200, 404, 200]
    for secret in ("机密", "geheim", "历次", "27345", "jiangyin"):
        assert secret not in raw
        assert json.dumps(secret)[1:-1] not in raw


def test_a_file_is_never_written_to_a_disk(page: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would put what is larger than a megabyte into a temporary file."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    for maker in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, maker, refused)
    files = {"files": ("a.txt", EXAMPLE.read_bytes() + b"\n" * 3_000_000)}
    answer = page.client.post("/check", files=files, headers=SWAP)
    assert answer.status_code == 200
    assert "历次被征地农民保障金" in answer.text
