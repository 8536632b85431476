"""What stands before the routes: guards, headers and the log line of every request."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from calcverify.web.guards import HEADERS, STATIC, UNCACHED, check
from calcverify.web.log import Log, known_path
from calcverify.web.pages import Pages
from calcverify.web.refusal import RefusedError
from calcverify.web.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The files of the page change with the version only, and the page names it in their addresses.
CACHED = ("cache-control", "public, max-age=86400")


class Front:
    """The outermost piece: it refuses before anything of a request's body is read."""

    def __init__(self, app: ASGIApp, settings: Settings, log: Log, pages: Pages, clock: Callable[[], float]) -> None:
        self.app = app
        self.settings = settings
        self.log = log
        self.pages = pages
        self.clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        begin, sent = self.clock(), {"status": 500, "bytes": 0}
        static = scope["path"].startswith(STATIC)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers.setdefault(name, value)
                headers.setdefault(*(CACHED if static and message["status"] == 200 else UNCACHED))
            sent["bytes"] += len(message.get("body", b""))
            await send(message)

        user, refused = "", ""
        try:
            user = check(scope, self.settings)
            await self.app(scope, receive, with_headers)
        except RefusedError as refusal:
            refused = refusal.word
            await self.pages.refusal(Request(scope), refusal)(scope, receive, with_headers)
        except Exception as error:  # the person was told by the route; the log names the kind, never what was in a form
            self.log.write("defect", error=type(error).__name__, path=known_path(scope["path"]))
            if os.environ.get("CALCVERIFY_DEBUG") == "1":
                traceback.print_exception(error)
        finally:
            state = scope.get("state", {})
            self.log.write(
                "request",
                method=scope["method"],
                path=known_path(scope["path"]),
                status=sent["status"],
                ms=round(1000 * (self.clock() - begin)),
                bytes=sent["bytes"],
                user=user or None,
                refused=refused or state.get("refused"),
                projects=state.get("projects"),
                failed=state.get("failed"),
                problems=state.get("problems"),
            )
