"""So much at once and no more: whoever comes beyond that waits, and then hears when to come again.

A request is let in before its body is read, so that fifty people who drop a large file at the
same time cost the memory of a few.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio

from calcverify.web.refusal import RETRY_SECONDS, RefusedError


class Gate:
    """``places`` requests are inside, ``waiting`` more before the gate for ``patience`` seconds each."""

    def __init__(self, places: int, waiting: int, patience: float) -> None:
        self._places = anyio.Semaphore(places)
        self._most_waiting = waiting
        self._patience = patience
        self._waiting = 0

    @asynccontextmanager
    async def admitted(self) -> AsyncIterator[None]:
        """Inside the gate; ``RefusedError`` (503) where too many wait, or it takes too long."""
        if self._waiting >= self._most_waiting:
            raise RefusedError(503, "busy", RETRY_SECONDS)
        self._waiting += 1
        try:
            with anyio.move_on_after(self._patience) as scope:
                await self._places.acquire()
        finally:
            self._waiting -= 1
        if scope.cancelled_caught:
            raise RefusedError(503, "busy", RETRY_SECONDS)
        try:
            yield
        finally:
            self._places.release()
