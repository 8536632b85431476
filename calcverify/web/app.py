"""The routes of the page, and what stands around them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from calcverify.errors import CalcverifyError
from calcverify.report.page import stylesheet
from calcverify.report.words import LANGUAGES
from calcverify.web import guards
from calcverify.web.asked import Asked
from calcverify.web.downloads import File
from calcverify.web.edits import MOST_TOTALS, Edits
from calcverify.web.front import Front
from calcverify.web.gate import Gate
from calcverify.web.jobs import Answer
from calcverify.web.log import Log
from calcverify.web.pages import Pages
from calcverify.web.refusal import RefusedError
from calcverify.web.settings import Limits, Settings
from calcverify.web.uploads import Sent, read_form
from calcverify.web.workers import Workers

if TYPE_CHECKING:
    from starlette.types import ASGIApp

# A wrong token costs whoever guesses this long.
WRONG_TOKEN_SECONDS = 1.0
LOGINS = 3
# A text, or a project that comes back, is below this; so many of them may be inside at once.
SMALL_BYTES, SMALL_PLACES = 1_000_000, 40
# A report lists more than a page; a city's thousands are for the command line.
MOST_REPORTED = 20_000
LOGIN_LIMITS = Limits(body_bytes=10_000, upload_seconds=10, files=0)


def make_app(settings: Settings, workers: Workers | None = None, log: Log | None = None) -> ASGIApp:
    """The application; ``workers`` check (processes by default), ``log`` writes to standard error."""
    limits = settings.limits
    pool = workers or Workers(limits.checks, limits.seconds, patience=limits.patience)
    # Bodies may arrive while others are checked: some more places than processes. What is small
    # does not wait for large files on a slow line.
    large = Gate(limits.checks + 4, limits.waiting, limits.patience)
    small = Gate(SMALL_PLACES, limits.waiting, limits.patience)
    pages = Pages(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        pool.start()
        yield
        pool.stop()

    app = FastAPI(title="calcverify", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    # No answer holds a secret of ours that its length could tell.
    app.add_middleware(GZipMiddleware, minimum_size=1000)

    @app.get("/static/report.css")
    async def report_css() -> Response:
        return Response(stylesheet(), media_type="text/css")

    app.mount("/static", StaticFiles(packages=[("calcverify.web", "static")]))

    add_refusals(app, pages)
    add_login(app, settings, pages)

    def gate_of(request: Request) -> Gate:
        length = request.headers.get("content-length", "")
        return small if length.isdecimal() and int(length) <= SMALL_BYTES else large

    @app.get("/check")
    @app.get("/project")
    async def again() -> Response:
        # The address of an answer, opened anew: what was sent is not in it.
        return RedirectResponse("/", 303)

    @app.get("/")
    async def start(request: Request) -> Response:
        lang = pages.language(request)
        if not request.query_params.get("example"):
            return pages.full(lang)
        basis, total = pages.example()
        async with small.admitted():
            answer = await pool.run("check", Asked(basis=basis, total=total, lang=lang, config=settings.config))
        return pages.full(lang, answer.html, basis, total)

    @app.post("/check")
    async def check(request: Request) -> Response:
        async with gate_of(request).admitted():
            sent = await read_form(request, limits)
            asked = asked_of(sent, settings)
            swap = is_swap(request)
            answer: Answer = await pool.run("check", asked, swap)
        noted(request, answer)
        if swap:
            return HTMLResponse(answer.html)
        return pages.full(asked.lang, answer.html, asked.basis, asked.total)

    @app.post("/project")
    async def project(request: Request) -> Response:
        async with gate_of(request).admitted():
            sent = await read_form(request, limits)
            swap = is_swap(request)
            at = int(sent.get("at")) if sent.get("at").isdecimal() and len(sent.get("at")) < 6 else 0
            args = (sent.get("form"), edits_of(sent), at, language_of(sent), settings.config, swap)
            answer: Answer = await pool.run("project", *args)
        noted(request, answer)
        if swap:
            return HTMLResponse(answer.html)
        return pages.full(language_of(sent), answer.html)

    @app.post("/download/{kind}")
    async def download(request: Request, kind: str) -> Response:
        async with gate_of(request).admitted():
            asked = asked_of(await read_form(request, limits), settings)._replace(most=MOST_REPORTED)
            file: File = await pool.run("download", asked, kind)
        return Response(file.data, headers=file_headers(file))

    @app.get("/healthz")
    async def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    return Front(app, settings, log or Log(), pages, time.monotonic)


def add_refusals(app: FastAPI, pages: Pages) -> None:
    """What is answered where something is not done: a sentence, as a page or as a piece of one."""

    @app.exception_handler(RefusedError)
    async def refused(request: Request, error: RefusedError) -> Response:
        request.state.refused = error.word
        return pages.refusal(request, error)

    @app.exception_handler(404)
    @app.exception_handler(405)
    async def missing(request: Request, _: Exception) -> Response:
        return pages.refusal(request, RefusedError(404, "not-found"))

    @app.exception_handler(CalcverifyError)
    async def unusable(request: Request, error: CalcverifyError) -> Response:
        return pages.message(request, 400, error.say(pages.language(request)))

    @app.exception_handler(Exception)
    async def broken(request: Request, _: Exception) -> Response:
        return pages.refusal(request, RefusedError(500, "broke-down"))


def add_login(app: FastAPI, settings: Settings, pages: Pages) -> None:
    """Logging in with the token of the server, and out."""
    # Whoever guesses tokens keeps out others who log in, and nobody who checks.
    door = Gate(LOGINS, settings.limits.waiting, settings.limits.patience)

    @app.post("/login")
    async def login(request: Request) -> Response:
        async with door.admitted():
            sent = await read_form(request, LOGIN_LIMITS)
            if not settings.token or not guards.same(sent.get("token"), settings.token):
                await anyio.sleep(WRONG_TOKEN_SECONDS)
                return pages.login(request, wrong=True)
        answer = RedirectResponse("/", 303)
        secure = request.headers.get("origin", "").startswith("https:")
        answer.set_cookie(
            guards.COOKIE, guards.ticket(settings.token), httponly=True, samesite="strict", secure=secure, path="/"
        )
        return answer

    @app.post("/logout")
    async def logout() -> Response:
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(guards.COOKIE, path="/")
        return answer


def asked_of(sent: Sent, settings: Settings) -> Asked:
    """What is to be checked; ``RefusedError`` where nothing was given."""
    basis = sent.get("basis")
    if not sent.files and not basis.strip():
        raise RefusedError(400, "nothing-given")
    most = settings.limits.projects
    return Asked(sent.files, basis, sent.get("total")[:200], language_of(sent), settings.config, most)


def edits_of(sent: Sent) -> Edits | None:
    """What a person changed in a project; ``None`` where it is only to be opened."""
    if "basis" not in sent.fields:
        return None
    return Edits(sent.get("basis"), tuple(sent.get(f"total{n}")[:200] for n in range(MOST_TOTALS)))


def language_of(sent: Sent) -> str:
    """The language that a form of our page names."""
    return sent.get("lang") if sent.get("lang") in LANGUAGES else LANGUAGES[0]


def is_swap(request: Request) -> bool:
    """Whether the page asks for a piece of itself, or a browser without scripts for a whole page."""
    return request.headers.get("hx-request") == "true"


def noted(request: Request, answer: Answer) -> None:
    """Leave for the log how much was checked."""
    request.state.projects = answer.projects
    request.state.failed = answer.failed
    request.state.problems = answer.problems


def file_headers(file: File) -> dict[str, str]:
    """The headers with which a browser keeps a file, and never shows it as a page of ours."""
    plain = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    encoded = "".join(chr(byte) if byte in plain else f"%{byte:02X}" for byte in file.name.encode("utf-8"))
    return {
        "content-type": file.media,
        "content-disposition": f"attachment; filename=\"{file.plain}\"; filename*=UTF-8''{encoded}",
        "content-security-policy": "default-src 'none'; sandbox",
    }
