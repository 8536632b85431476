"""Binary workbooks (xlsb): LibreOffice, where it is installed, makes an xlsx of them.

The libraries that read xlsb give bare numbers: no formats, no hidden rows, no formulas.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.readers import xlsx
from calcverify.readers.model import Item, Options
from calcverify.readers.office import converted


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms of the file; ``Unreadable`` where LibreOffice is missing or cannot open it."""
    yield from xlsx.read(converted(data, "xlsb", "xlsx", "Calc MS Excel 2007 XML"), name, options)
