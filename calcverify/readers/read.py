"""The way in for every input: a path, a folder, standard input."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

from calcverify.errors import problem
from calcverify.forms.amounts import check_unit
from calcverify.forms.model import Form
from calcverify.readers import containers, jsonl, text, unread
from calcverify.readers.model import HEAD_BYTES, Item, Options, Reader, Stream

# The first that accepts a file reads it; text accepts everything.
READERS: tuple[Reader, ...] = (jsonl.READER, unread.READER, containers.READER, text.READER)


def read_path(path: Path, unit: str | None = None) -> Iterator[Item]:
    """The forms in a file, or in all files of a folder and below it in the order of their names.

    What cannot be read is yielded as an ``InputProblem`` in its place, the rest goes on.
    Hidden files, and the lock files of office programs, are passed over in a folder.
    ``unit`` is the unit of amounts that neither their field nor their form gives a unit
    (``"万元"``); ``UsageError`` where it is none.
    """
    check_unit(unit)
    return _read_path(path, Options(unit))


def read_stream(
    data: bytes | Stream, name: str = "stdin", unit: str | None = None, bare: bool = True
) -> Iterator[Item]:
    """The forms in standard input: JSON Lines where it begins with ``{``, else text.

    ``data`` is its bytes, or the open stream (``sys.stdin.buffer``): JSON Lines are then
    read line by line. With ``bare`` (the default) text without any label of a form is one basis; without it,
    that is a problem as it is in a file. ``name`` stands for the file in messages.
    """
    check_unit(unit)
    stream: Stream = io.BufferedReader(io.BytesIO(data)) if isinstance(data, bytes) else data
    return read_open(stream, name, Options(unit, bare))


def _read_path(path: Path, options: Options) -> Iterator[Item]:
    name = os.fsencode(path).decode("utf-8", "replace")
    try:
        folder = path.is_dir()
        missing = not folder and not path.exists()
    except (OSError, ValueError) as error:  # a name that is too long, or holds a zero byte
        yield problem("CV912", name, detail=_reason(error))
        return
    if missing:
        yield problem("CV901", name)
    elif folder:
        yield from _read_folder(path, name, options)
    else:
        try:
            with path.open("rb") as stream:
                yield from read_open(stream, name, options)
        except OSError as error:
            yield problem("CV912", name, detail=_reason(error))


def _read_folder(path: Path, name: str, options: Options) -> Iterator[Item]:
    forms = False
    for parent, folders, files in os.walk(path):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        for file in sorted(files):
            each = Path(parent, file)
            # A pipe or a device in a folder would never end.
            if file.startswith((".", "~$")) or not each.is_file():
                continue
            for item in _read_path(each, options):
                forms = forms or isinstance(item, Form)
                yield item
    if not forms:
        yield problem("CV902", name)


def read_open(stream: Stream, name: str, options: Options) -> Iterator[Item]:
    """The forms in an open file, by the first reader that accepts its beginning."""
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    reader = next(reader for reader in READERS if reader.accepts(head, name))
    return reader.read(stream, name, options)


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
