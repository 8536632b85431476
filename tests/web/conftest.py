"""A page without a browser: the application called directly, its checks in a thread."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the page needs the extra: pip install 'calcverify[web]'")

from starlette.testclient import TestClient

from calcverify.web.app import make_app
from calcverify.web.log import Log
from calcverify.web.settings import Settings
from calcverify.web.workers import Workers

ADDRESS = "http://localhost:8765"
OWN = {"origin": ADDRESS}
SWAP = {"hx-request": "true"}
BASIS = "教材费：360册×85元/册=3.6万元；场地费：30天×1200元/天=3.6万元，合计7.2万元。"


class Served:
    """A page, a client of it that behaves like a browser on it, and its log."""

    def __init__(self, settings: Settings, workers: Workers | None = None, **client: Any) -> None:
        self.stream = io.StringIO()
        app = make_app(settings, workers or Workers(0, 60), Log(self.stream))
        self.client = TestClient(app, base_url=ADDRESS, headers=OWN, follow_redirects=False, **client)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The log so far."""
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Start a page with settings of its own."""
    with ExitStack() as stack:

        def started(settings: Settings | None = None, workers: Workers | None = None, **client: Any) -> Served:
            served = Served(settings or Settings(), workers, **client)
            stack.enter_context(served.client)
            return served

        yield started


@pytest.fixture
def page(serve: Callable[..., Served]) -> Served:
    """The page as ``calcverify serve`` starts it."""
    return serve()
