"""Whole pages: the frame around a result, the login, and what is said when something is not served."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from types import MappingProxyType

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from calcverify.readers import containers
from calcverify.report.words import LANGUAGES
from calcverify.web.downloads import TAKES
from calcverify.web.refusal import RefusedError
from calcverify.web.settings import Settings, is_loopback
from calcverify.web.templates import render
from calcverify.web.words import say

# What the readers call a kind, and the suffixes that files of it have.
SUFFIXES = MappingProxyType(
    {
        "docx": ".docx",
        "doc, wps": ".doc .wps",
        "xlsx": ".xlsx",
        "xls, et": ".xls .et",
        "ods": ".ods",
        "PDF": ".pdf",
        "HTML": ".html",
    }
)
ALWAYS = ".csv .txt .zip"


class Pages:
    """The pages of one server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._local = is_loopback(settings.host)

    def language(self, request: Request) -> str:
        """The language that the address names, or that of the server."""
        asked = request.query_params.get("lang", "")
        return asked if asked in LANGUAGES else self._settings.lang

    def full(self, lang: str, result: str = "", basis: str = "", total: str = "") -> Response:
        """The page with a result in it, or the empty page that says how to begin."""
        page = render(
            "page.html",
            lang,
            result=Markup(result),  # made by our templates, which escape
            basis=basis,
            total=total,
            local=self._local,
            logged_in=bool(self._settings.token),
            megabytes=self._settings.limits.file_bytes // 1_000_000,
            suffixes=suffixes(),
            takes=TAKES,
        )
        return HTMLResponse(page)

    def login(self, request: Request, wrong: bool = False) -> Response:
        """The page that asks for the token."""
        return HTMLResponse(render("login.html", self.language(request), wrong=wrong), 401)

    def refusal(self, request: Request, refusal: RefusedError) -> Response:
        """What is said about a request that is not served."""
        if refusal.word == "log-in":
            if request.headers.get("hx-request") == "true":
                # The login is a page of its own, not a piece of this one.
                return Response(status_code=401, headers={"hx-redirect": "/"})
            return self.login(request)
        answer = self.message(request, refusal.status, say(refusal.word, self.language(request)))
        if refusal.retry:
            answer.headers["retry-after"] = str(refusal.retry)
        return answer

    def message(self, request: Request, status: int, text: str) -> Response:
        """A sentence, as a piece of the page or as a page."""
        lang = self.language(request)
        if request.headers.get("hx-request") == "true":
            piece = f'<p class="notice-bad" role="alert">{escape(text)}</p>'
            # Whatever was to be swapped stays as it is: the message has a place of its own.
            return HTMLResponse(piece, status, headers={"hx-retarget": "#alert", "hx-reswap": "innerHTML"})
        return HTMLResponse(render("message.html", lang, text=text), status)

    @staticmethod
    def example() -> tuple[str, str]:
        """A basis with a mistake in it, and its total."""
        text = files("calcverify.web").joinpath("example.txt").read_text(encoding="utf-8")
        total, _, basis = text.partition("\n")
        return basis.strip(), total.strip()


def suffixes() -> str:
    """The suffixes of the files that there is a reader for, as people know their files."""
    tables = (containers.BEGINS, containers.ZIPPED, containers.OPEN_DOCUMENT, containers.COMPOUND)
    read = {kind.name for table in tables for kind in table if kind.module}
    return " ".join([*(words for name, words in SUFFIXES.items() if name in read), ALWAYS])
