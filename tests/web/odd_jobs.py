"""Jobs that a check must never become: too slow, too large, deadly. Run in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from calcverify.errors import UsageError


def warm() -> None:
    """Nothing to load."""


def echo(value: object) -> object:
    """The value itself."""
    return value


def process() -> int:
    """Which process did it."""
    return os.getpid()


def sleep(seconds: float) -> None:
    """Take that long."""
    time.sleep(seconds)


def start() -> int:
    """Start a program that takes long, as a reader does for old files."""
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid


def die() -> None:
    """What a library does on a broken file."""
    os._exit(11)


def grow() -> int:
    """Take all the memory there is."""
    kept = [b"x" * 500_000_000 for _ in range(100)]
    return len(kept)


def blame() -> None:
    """A fault of whoever asked."""
    raise UsageError("中文", "English")


def fail() -> None:
    """A defect of ours, whose words quote a form."""
    raise KeyError("机密")
