"""Older Word files (doc, wps), rtf and odt: LibreOffice, where it is installed, makes a docx of them."""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.readers import docx
from calcverify.readers.model import Item, Options
from calcverify.readers.office import converted


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms of the file; ``Unreadable`` where LibreOffice is missing or cannot open it."""
    made = converted(data, "doc、wps、rtf、odt", "docx", "MS Word 2007 XML")
    yield from docx.read(made, name, options)
