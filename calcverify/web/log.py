"""One line of JSON for each request, on standard error: what, how long, how it ended.

Never what is in a form, how a file is called, or what a person typed: a log is read by others.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from calcverify.errors import excerpt

# The paths that there are; anything else was made up by whoever asked, and is not repeated.
PATHS = frozenset({"/", "/check", "/project", "/login", "/logout", "/healthz"})


class Log:
    """Writes to ``stream`` (standard error by default); ``None`` of a value leaves its key out."""

    def __init__(self, stream: TextIO | None = None, quiet: bool = False) -> None:
        self._stream = stream
        self._quiet = quiet

    def write(self, event: str, **values: str | int | None) -> None:
        """One line: the time, the event, and what is known of it."""
        if self._quiet:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "event": event} | {k: _safe(v) for k, v in values.items() if v is not None}
        stream = self._stream or sys.stderr
        if stream is not None:
            stream.write(json.dumps(line) + "\n")
            stream.flush()


class Libraries(logging.Handler):
    """What the server's libraries warn about, as a line of the same log: who and how badly, never the words."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self._log.write("library", name=record.name, level=record.levelname)


def known_path(path: str) -> str:
    """A path as it may stand in a log.

    >>> known_path("/check"), known_path("/static/page.css"), known_path("/预算.txt")
    ('/check', '/static/', '?')
    """
    if path in PATHS:
        return path
    return next((folder for folder in ("/static/", "/download/") if path.startswith(folder)), "?")


def _safe(value: str | int | None) -> str | int | None:
    return excerpt(value, 200) if isinstance(value, str) else value
