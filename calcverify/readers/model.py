"""What a reader is: it looks at the first bytes of a file, and turns the file into forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol, TypeAlias

from calcverify.errors import InputProblem
from calcverify.forms.model import Form

Item: TypeAlias = Form | InputProblem

# A file, or a line of a .jsonl file, of more bytes is refused: with one emoji in it Python
# holds a text at four bytes a character, and twice while a cell is taken from it.
MOST_BYTES = 20_000_000

# How many bytes of a file are looked at to choose its reader.
HEAD_BYTES = 4096


class Stream(Protocol):
    """What readers need of an open file: every buffered binary file has it."""

    def read(self, size: int = -1, /) -> bytes: ...
    def readline(self, size: int = -1, /) -> bytes: ...
    def peek(self, size: int = 0, /) -> bytes: ...


class Options(NamedTuple):
    """What the caller says of every input.

    ``unit`` is the unit of amounts that have none (``"万元"``). ``bare`` is true for
    standard input, where text without any label of a form is one basis. ``depth`` counts the
    archives that a file is packed in.
    """

    unit: str | None = None
    bare: bool = False
    depth: int = 0


class Reader(NamedTuple):
    """One format: ``accepts(head, name)`` by content, ``read(stream, name, options)`` yields its forms.

    ``read`` never raises for what is in the file: it yields an ``InputProblem``.
    """

    name: str
    accepts: Callable[[bytes, str], bool]
    read: Callable[[Stream, str, Options], Iterator[Item]]


def read_bounded(stream: Stream) -> bytes:
    """All bytes of ``stream``, or a few more than ``MOST_BYTES`` of them where there are more."""
    chunks: list[bytes] = []
    size = 0
    while size <= MOST_BYTES and (chunk := stream.read(HEAD_BYTES * 16)):
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)
