"""Jobs that a check must never become: too slow, too large, deadly. Run in a process of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def litter(folder: str) -> None:
    """Take long over a folder of one's own, as a reader does for old files."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        Path(own, "form.bin").write_bytes(b"x")
        time.sleep(600)


def deaf(folder: str) -> None:
    """Do not hear that it should leave."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Path(folder, "deaf").touch()
    time.sleep(600)


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
