"""Formats that are known and not read: a message that names them is worth more than garbage."""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.errors import problem
from calcverify.readers.model import Item, Options, Reader, Stream

# How a file begins, and what it then is.
_KINDS = (
    (b"gif8", "GIF"),
    (b"rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
)


def _kind(head: bytes) -> str | None:
    begin = head[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((kind for magic, kind in _KINDS if begin.startswith(magic.lower())), None)


def accepts(head: bytes, _name: str) -> bool:
    """Whether the file begins like one of these formats."""
    return _kind(head) is not None


def read(stream: Stream, name: str, _options: Options) -> Iterator[Item]:
    """One problem that names the format."""
    yield problem("CV904", name, kind=_kind(stream.read(64)) or "binary")


READER = Reader("unread", accepts, read)
