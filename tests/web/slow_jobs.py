"""A job that is quick once its process has started, which takes long."""

from __future__ import annotations

import time

START = 3.0


def warm() -> None:
    """Load the program."""
    time.sleep(START)


def echo(value: object) -> object:
    """The value itself."""
    return value
