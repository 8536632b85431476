"""A file that cannot be read, on its way from where that is noticed to the reader who says so."""

from __future__ import annotations

from calcverify.source import Locator


class Unreadable(Exception):  # noqa: N818  # it is a fault on its way to the reader, who words it
    """``code`` is one of :data:`calcverify.errors.PROBLEMS`, ``details`` the words that it is said with."""

    def __init__(self, code: str, locator: Locator | None = None, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.locator = locator
        self.details = details


def damaged(error: BaseException) -> Unreadable:
    """The fault of a file whose library stumbled over it with ``error``."""
    return Unreadable("CV916", detail=type(error).__name__)
