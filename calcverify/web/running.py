"""The server that the page runs in: uvicorn with nothing on that the page does not need."""

from __future__ import annotations

import logging
from collections.abc import Callable

import uvicorn

from calcverify.errors import UsageError
from calcverify.web.app import make_app
from calcverify.web.log import Libraries, Log
from calcverify.web.settings import Settings

# How long the checks that are under way may take once the server is told to stop.
LAST_SECONDS = 5


class _Server(uvicorn.Server):
    """Says when it is up: a browser that comes a moment before that finds nothing."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    def _log_started_message(self, *_: object) -> None:
        self._ready()


def run(settings: Settings, ready: Callable[[], None]) -> None:
    """Serve until stopped; ``ready`` is called once the page can be opened.

    Raises ``UsageError`` where nobody can listen at the address.
    """
    log = Log()
    logging.getLogger().addHandler(Libraries(log))
    config = uvicorn.Config(
        make_app(settings, log=log),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=500,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=LAST_SECONDS,
        ws="none",
    )
    server = _Server(config, ready)
    try:
        server.run()
    except KeyboardInterrupt:
        return  # Ctrl-C is how a page on one's own computer is closed
    except SystemExit:
        if server.started:
            return
        where = f"{settings.host}:{settings.port}"
        raise UsageError(
            f"{where} 不能监听，可能已被占用（也许网页已经打开）；请用 --port 换一个端口，或检查 --host",
            f"cannot listen at {where}; it may be in use, perhaps by this page: choose another --port or check --host",
        ) from None
