"""Plain text: forms as tab-separated cells or as ``label：value`` lines, or one bare basis."""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.errors import problem
from calcverify.forms.grid import Document, lay_out, trim
from calcverify.forms.model import Form
from calcverify.forms.parse import forms_of
from calcverify.forms.words import field_words
from calcverify.readers.encoding import Undecoded, decode
from calcverify.readers.model import MOST_BYTES, Item, Options, Reader, Stream, read_bounded
from calcverify.source import Locator, Source

_NAMED_IN_MESSAGE = ("name", "total", "basis")


def accepts(_head: bytes, _name: str) -> bool:
    """Every file that no other reader wants may be text."""
    return True


def read(stream: Stream, name: str, options: Options) -> Iterator[Item]:
    """The forms of a text file; problems where it is too large, no text, empty or without a form."""
    data = read_bounded(stream)
    if len(data) > MOST_BYTES:
        yield problem("CV911", name, limit=f"{MOST_BYTES // 1_000_000} MB")
        return
    if not data.strip():
        yield problem("CV903", name)
        return
    decoded = decode(data)
    del data
    if isinstance(decoded, Undecoded):
        if decoded.binary:
            yield problem("CV904", name, kind="binary")
        else:
            yield problem("CV905", name, offset=str(decoded.offset))
        return
    text = decoded.text
    start, end = trim(text, 0, len(text))
    if start == end:
        yield problem("CV903", name)
        return
    document = Document(name, text, lay_out(text))
    if options.bare:
        items = list(forms_of(document, options.unit))
        yield from items if _has_form(items) else [_bare(text[start:end], name, text.count("\n", 0, start) + 1)]
        return
    empty = True
    for item in forms_of(document, options.unit):
        empty = False
        yield item
    if empty:
        yield problem("CV906", name, labels=_labels_looked_for(), encoding=decoded.encoding)


def _has_form(items: list[Item]) -> bool:
    """Whether standard input holds a form: a text that only speaks of 总经费：6万元 is a basis."""
    return any(isinstance(item, Form) and (item.basis is not None or item.name) for item in items)


def _bare(basis: str, name: str, line: int) -> Form:
    locator = Locator(line=line)
    return Form(f"{name}#1", "", name, locator, Source(basis, name, locator))


def _labels_looked_for() -> str:
    """The first labels of the fields that make a form: 项目名称、项目总金额、资金计算依据."""
    firsts: dict[str, str] = {}
    for entry in field_words()["field"]:
        firsts.setdefault(entry["role"], entry["labels"][0])
    return "、".join(firsts[role] for role in _NAMED_IN_MESSAGE)


READER = Reader("text", accepts, read)
