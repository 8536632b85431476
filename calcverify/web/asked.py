"""What a person gave to the page, on its way to the process that checks it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from calcverify.config.model import DEFAULT, Config
from calcverify.errors import excerpt

# A form of an office is some ten thousand characters; what a page brings back is no more than this.
MOST_CHARACTERS = 2_000_000
LONGEST_NAME = 120


class Upload(NamedTuple):
    """A file: its name for people to recognise it by (never a path), and its bytes."""

    name: str
    data: bytes


class Asked(NamedTuple):
    """What a person gave: files, or a basis that was pasted with its total.

    Of more than ``most`` projects the first are checked, and the page says so.
    """

    files: tuple[Upload, ...] = ()
    basis: str = ""
    total: str = ""
    lang: str = "zh"
    config: Config = DEFAULT
    most: int = 500


def distinct(files: Iterable[Upload]) -> tuple[Upload, ...]:
    """The files with names that tell them apart: of two 预算.xlsx the second is 预算 (2).xlsx.

    >>> [file.name for file in distinct([Upload("预算.xlsx", b""), Upload("预算.xlsx", b"")])]
    ['预算.xlsx', '预算 (2).xlsx']
    """
    taken: set[str] = set()
    found = []
    for file in files:
        path, name, n = PurePosixPath(file.name), file.name, 1
        while name in taken:
            n += 1
            name = f"{path.stem} ({n}){path.suffix}"
        taken.add(name)
        found.append(file._replace(name=name))
    return tuple(found)


def file_name(name: str) -> str:
    """The last part of a name as the browser sent it, short and with nothing invisible in it.

    >>> file_name("C:\\\\fakepath\\\\..\\\\预算.txt"), file_name("../../etc/passwd"), file_name("a\\u202etxt.exe")
    ('预算.txt', 'passwd', 'a\\\\u202etxt.exe')
    """
    last = PurePosixPath(name.replace("\\", "/")).name.strip()
    if len(last) > LONGEST_NAME:
        # The end of a name says what kind of file it is.
        last = f"{last[: LONGEST_NAME - 20]}…{last[-19:]}"
    return excerpt(last, LONGEST_NAME) or "?"
