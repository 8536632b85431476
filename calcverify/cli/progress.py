"""How far a long run is: one line on standard error, only where a person watches it.

The line stands only while work goes on and is wiped before anything else is said. It
appears after a second, so that a short run stays quiet, and is drawn ten times a second
at most.
"""

from __future__ import annotations

import shutil
import sys
from time import monotonic_ns
from typing import TextIO

from calcverify.report.words import fill

_QUIET = 1_000_000_000  # nanoseconds before anything is drawn
_BETWEEN = 100_000_000
_USUAL_WIDTH = 80


class Progress:
    """The line of one run; ``done`` after each project, ``clear`` before any other message."""

    def __init__(self, lang: str, stream: TextIO | None = None) -> None:
        self.stream = sys.stderr if stream is None else stream
        self.lang = lang
        self.shown = self.stream is not None and self.stream.isatty()
        self.projects = 0
        self.columns = 0  # how many columns of a line are drawn now
        self.due = monotonic_ns() + _QUIET

    def done(self, source: str) -> None:
        """One project more is checked, of the file ``source``."""
        self.projects += 1
        if self.shown and monotonic_ns() >= self.due:
            self._draw(fill("progress", self.lang, n=self.projects) + f"  {source}")

    def clear(self) -> None:
        """Take the line away."""
        if self.columns:
            self._write("\r" + " " * self.columns + "\r")
            self.columns = 0

    def _draw(self, text: str) -> None:
        from calcverify.report.screen import Screen

        screen = Screen(encoding=getattr(self.stream, "encoding", None) or "utf-8")
        # A line as wide as the window would wrap, and its beginning could not be drawn over.
        room = shutil.get_terminal_size((_USUAL_WIDTH, 24)).columns - 1
        line = screen.show(text, max(10, room))
        columns = screen.columns(line)
        self._write("\r" + line + " " * max(0, self.columns - columns))
        self.columns = columns
        self.due = monotonic_ns() + _BETWEEN

    def _write(self, text: str) -> None:
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):  # the terminal went away: the work goes on
            self.shown = False
