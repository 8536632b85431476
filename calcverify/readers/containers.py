"""Which reader a file's content asks for: by its first bytes, and by what stands inside a container.

Adding a reader is one module with ``read(data, name, options)`` and one line in one of the
tables. The module is imported when the first such file comes, so it may import its library at
the top: where that is not installed, the message says what to install.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import NamedTuple

from calcverify.errors import problem
from calcverify.readers.fault import Unreadable, damaged
from calcverify.readers.model import HEAD_BYTES, MOST_BYTES, Item, Options, Reader, Stream, read_bounded

_PACKAGE = "calcverify.readers."


class Kind(NamedTuple):
    """A kind of file: the mark that tells it, its name in messages, the module in readers/ that reads it.

    The module is empty for a kind that is known and not read.
    """

    mark: str
    name: str
    module: str = ""


# How a file begins. Case does not count, nor do blanks and a byte order mark before it.
BEGINS: tuple[Kind, ...] = (
    Kind("PK\x03\x04", "zip"),
    Kind("PK\x05\x06", "zip"),
    Kind("\xd0\xcf\x11\xe0", "OLE"),
    Kind("%PDF", "PDF", "pdf"),
    Kind("{\\rtf", "RTF", "word97"),
    Kind("\x89PNG", "PNG", "scan"),
    Kind("\xff\xd8\xff", "JPEG", "scan"),
    Kind("II*\0", "TIFF", "scan"),
    Kind("MM\0*", "TIFF", "scan"),
    Kind("<!doctype html", "HTML", "page"),
    Kind("<html", "HTML", "page"),
    Kind("<head", "HTML", "page"),
    Kind("<meta", "HTML", "page"),
    Kind("<body", "HTML", "page"),
    Kind("<table", "HTML", "page"),
    Kind("<?xml", "XML", "page"),
)
PAGE = Kind("<", "HTML", "page")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")

# Members of a zip container: the first kind that has its member is the file's.
ZIPPED: tuple[Kind, ...] = (
    Kind("xl/workbook.xml", "xlsx", "xlsx"),
    Kind("xl/workbook.bin", "xlsb", "xlsb"),
    Kind("word/document.xml", "docx", "docx"),
    Kind("ppt/presentation.xml", "pptx"),
)

# What the member ``mimetype`` of an OpenDocument file says.
OPEN_DOCUMENT: tuple[Kind, ...] = (
    Kind("application/vnd.oasis.opendocument.spreadsheet", "ods", "ods"),
    Kind("application/vnd.oasis.opendocument.text", "odt", "word97"),
)

# An OpenDocument file that is one XML document (fods, fodt) names its mimetype within its first element.
_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_FLAT_BYTES = 65_536

# Streams of an OLE container.
COMPOUND: tuple[Kind, ...] = (
    Kind("EncryptedPackage", "encrypted"),
    Kind("Workbook", "xls, et", "xls"),
    Kind("Book", "xls, et", "xls"),
    Kind("WordDocument", "doc, wps", "word97"),
    Kind("PowerPoint Document", "ppt, dps"),
)


# Nothing in the bytes tells a table of text from other text; its name does. Office programs
# save such text, and pages, under the name of a workbook as well.
TABLES = (".csv", ".xls", ".xlsx", ".et", ".ods")
TABLE = Kind("", "csv", "comma")


def accepts(head: bytes, name: str) -> bool:
    """Whether the file begins like one of the kinds, or is text that is named like a table."""
    return _beginning(head) is not None or name.lower().endswith(TABLES)


def read(stream: Stream, name: str, options: Options) -> Iterator[Item]:
    """The forms in the file, read by the module of its kind; problems where it cannot be read."""
    data = read_bounded(stream)
    if len(data) > MOST_BYTES:
        yield problem("CV911", name, limit=f"{MOST_BYTES // 1_000_000} MB")
        return
    kind = _beginning(data[:HEAD_BYTES]) or TABLE
    try:
        if kind.name == "zip":
            kind = _zipped(data)
        elif kind.name == "OLE":
            kind = _compound(data)
        elif kind.name == "XML" and _FLAT in data[:_FLAT_BYTES]:
            kind = next((each for each in OPEN_DOCUMENT if each.mark.encode() in data[:_FLAT_BYTES]), kind)
        if not kind.module:
            yield problem("CV904", name, kind=kind.name)
            return
        try:
            module = importlib.import_module(_PACKAGE + kind.module)
        except ImportError as error:  # not installed, or a system library that it needs is not (libGL for opencv)
            code = "CV925" if kind.module == "scan" else "CV915"
            yield problem(code, name, kind=kind.name, library=error.name or kind.module)
            return
        yield from module.read(data, name, options)
    except Unreadable as fault:
        yield problem(fault.code, name, fault.locator, **fault.details)


def _beginning(head: bytes) -> Kind | None:
    begin = head.removeprefix(b"\xef\xbb\xbf")
    if begin.startswith(_WIDE_MARKS):
        begin = begin[2:].replace(b"\0", b"")
    shown = begin.lstrip().decode("latin-1").lower()
    kind = next((kind for kind in BEGINS if shown.startswith(kind.mark.lower())), None)
    # A text may begin with <p>, which officers paste; a page that begins so holds a table.
    return PAGE if kind is None and shown.startswith("<") and "<table" in shown else kind


def _zipped(data: bytes) -> Kind:
    """The kind of a zip container, by its members."""
    from calcverify.readers.package import Package

    package = Package(data)
    for kind in ZIPPED:
        if kind.mark in package:
            return kind
    if "mimetype" in package:
        said = package.read("mimetype").decode("latin-1")
        for kind in OPEN_DOCUMENT:
            if said.startswith(kind.mark):
                return kind
    return Kind("", "zip", "archive")


def _compound(data: bytes) -> Kind:
    """The kind of an OLE container, by its streams."""
    try:
        import olefile
    except ModuleNotFoundError as error:
        raise Unreadable("CV915", kind="doc, xls, wps, et", library=error.name or "olefile") from error
    try:
        with olefile.OleFileIO(data) as container:
            kind = next((kind for kind in COMPOUND if container.exists(kind.mark)), None)
    except Exception as error:  # olefile lets through whatever a damaged directory causes
        raise damaged(error) from error
    if kind is not None and kind.name == "encrypted":
        raise Unreadable("CV917")
    return kind or Kind("", "OLE")


READER = Reader("containers", accepts, read)
