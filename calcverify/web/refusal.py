"""A request that is not served, and why: the one exception that becomes a page of its own."""

from __future__ import annotations

# A second or two is what a check takes; whoever is told to come again comes when some are done.
RETRY_SECONDS = 5


class RefusedError(Exception):
    """``status`` is that of HTTP, ``word`` the word of the message (:mod:`calcverify.web.words`),
    ``retry`` after how many seconds it may be tried again (0: not)."""

    def __init__(self, status: int, word: str, retry: int = 0) -> None:
        super().__init__(status, word, retry)
        self.status = status
        self.word = word
        self.retry = retry
