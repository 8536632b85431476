"""Bytes become text: a byte order mark, else strict UTF-8, else strict GB18030, else nothing.

Statistical guessing is no help here: short GB18030 texts look like Korean to it.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")


class Decoded(NamedTuple):
    """A text without its byte order mark, and the name of its encoding."""

    text: str
    encoding: str


class Undecoded(NamedTuple):
    """Bytes that are no text: ``offset`` is where UTF-8 ends, ``binary`` whether they look like no text at all."""

    offset: int
    binary: bool


def decode(data: bytes) -> Decoded | Undecoded:
    """The text of ``data``.

    >>> decode("资金".encode("gb18030"))
    Decoded(text='资金', encoding='GB18030')
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(name), name.upper())
            except UnicodeDecodeError as error:
                return Undecoded(len(mark) + error.start, binary=False)
    try:
        return _checked(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError as error:
        offset = error.start
    try:
        return _checked(data.decode("gb18030"), "GB18030")
    except UnicodeDecodeError:
        return Undecoded(offset, binary=b"\0" in data[:_SAMPLE])


def _checked(text: str, encoding: str) -> Decoded | Undecoded:
    """The text, unless more than one character in ten is a control character.

    Some control characters occur in text that was taken from a PDF; they are kept.
    """
    sample = text[:_SAMPLE]
    if _CONTROL.search(sample) and 10 * len(_CONTROL.findall(sample)) > len(sample):
        return Undecoded(0, binary=True)
    return Decoded(text, encoding)
