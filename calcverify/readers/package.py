"""A zip container held in memory: its members by name, each read within bounds.

Nothing is ever written, and the name of a member is no path: a member called ``../../x`` is
a member called ``../../x``.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO

from calcverify.readers.fault import Unreadable, damaged

# So much may come out of one file, whatever it claims: a budget sheet has a megabyte.
MOST_UNPACKED = 200_000_000
# A workbook of 500 sheets has 1,500 members.
MOST_MEMBERS = 10_000
# Elements of XML that are looked at in one file: a sheet may have a million empty rows.
MOST_ELEMENTS = 1_500_000
_ENCRYPTED = 0x1

FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)


class Package:
    """The members of a zip container.

    Raises ``Unreadable`` where it is damaged or holds too many members; ``read`` and ``open``
    where a member is missing, encrypted or too large.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except FAULTS as error:
            raise damaged(error) from error
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            raise Unreadable("CV911", limit=f"{MOST_MEMBERS} members")
        self.members = {member.filename: member for member in members}
        self._left = MOST_UNPACKED
        self._elements = MOST_ELEMENTS

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def open(self, name: str) -> io.BufferedReader:
        """The member as a stream that ends with ``Unreadable`` where too much comes out of it."""
        member = self.members.get(name)
        if member is None:
            raise Unreadable("CV916", detail=f"{name} is missing")
        if member.flag_bits & _ENCRYPTED:
            raise Unreadable("CV917")
        try:
            return io.BufferedReader(_Bounded(self, self._zip.open(member)), 1 << 16)
        except FAULTS as error:
            raise damaged(error) from error

    def read(self, name: str) -> bytes:
        """All bytes of a member."""
        with self.open(name) as stream:
            return stream.read()

    @property
    def is_spent(self) -> bool:
        """Whether so much has come out that nothing more will be read."""
        return self._left < 0

    def count(self, elements: int) -> None:
        """Count ``elements`` that were looked at."""
        self._elements -= elements
        if self._elements < 0:
            raise Unreadable("CV911", limit=f"{MOST_ELEMENTS} XML elements")

    def spend(self, size: int) -> None:
        """Count ``size`` unpacked bytes."""
        self._left -= size
        if self._left < 0:
            raise Unreadable("CV911", limit=f"{MOST_UNPACKED // 1_000_000} MB")


class _Bounded(io.RawIOBase):
    """The bytes of a member, counted as they come out."""

    def __init__(self, package: Package, stream: IO[bytes]) -> None:
        self._package, self._stream = package, stream

    def readable(self) -> bool:
        """It can be read; ``io.BufferedReader`` asks."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # RawIOBase hands over a memoryview
        """Fill ``buffer`` from the member."""
        try:
            chunk = self._stream.read(len(buffer))
        except FAULTS as error:
            raise damaged(error) from error
        self._package.spend(len(chunk))
        buffer[: len(chunk)] = chunk
        return len(chunk)


class OneMember(Package):
    """A file that is one XML document (fods), read within the bounds of a member of a container."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.members = {}
        self._left, self._elements = MOST_UNPACKED, MOST_ELEMENTS

    def open(self, name: str) -> io.BufferedReader:  # noqa: ARG002  # the document is its only member
        """The document, whatever its name."""
        return io.BufferedReader(io.BytesIO(self._data), 1 << 16)
