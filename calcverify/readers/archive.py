"""zip: the forms in its files, each read by its own content; nothing is written, no name is a path."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import ZipInfo

from calcverify.errors import problem
from calcverify.readers.fault import Unreadable
from calcverify.readers.model import MOST_BYTES, Item, Options
from calcverify.readers.package import Package

MOST_FILES = 1_000
DEEPEST = 2
_UTF8 = 0x800
# What other systems put beside the files.
_PASSED_OVER = ("__MACOSX/",)


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms of every file of the archive, in the order of their names."""
    if options.depth >= DEEPEST:
        yield problem("CV919", name, limit=str(DEEPEST))
        return
    package = Package(data)
    files = sorted((shown_name(m), m.filename) for m in package.members.values() if not m.is_dir())
    files = [(shown, member) for shown, member in files if not _is_passed_over(shown)]
    if len(files) > MOST_FILES:
        yield problem("CV911", name, limit=f"{MOST_FILES} files")
        return
    if not files:
        yield problem("CV902", name)
    for shown, member in files:
        inner = f"{name}/{shown}"
        try:
            with package.open(member) as stream:
                content = stream.read(MOST_BYTES + 1)
        except Unreadable as fault:
            yield problem(fault.code, inner, fault.locator, **fault.details)
            if package.is_spent:
                return
            continue
        yield from _read(content, inner, options._replace(bare=False, depth=options.depth + 1))


def shown_name(member: ZipInfo) -> str:
    """The name of a member as it was given: Chinese systems write it in GBK and do not say so."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        written = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _is_passed_over(name: str) -> bool:
    return name.startswith(_PASSED_OVER) or name.rpartition("/")[2].startswith((".", "~$"))


def _read(content: bytes, name: str, options: Options) -> Iterator[Item]:
    # The table of readers names this module; it is complete when the first archive comes.
    from calcverify.readers.read import read_open

    return read_open(io.BufferedReader(io.BytesIO(content)), name, options)
