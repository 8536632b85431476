"""JSON Lines: a record a line, ``{"id", "name"?, "basis", "total"?}``, other keys ignored.

    {"id": "A1", "name": "河道清淤", "basis": "3公里×2万元/公里", "total": "6万元"}

A bad line is a problem with its number, and the rest goes on. Records are read one by
one: a file of a million forms needs no more memory than its longest line.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from calcverify.errors import InputProblem, problem
from calcverify.forms.amounts import Fault, read_amount
from calcverify.forms.model import Form
from calcverify.patterns import pattern
from calcverify.readers.encoding import Undecoded, decode
from calcverify.readers.model import MOST_BYTES, Item, Options, Reader, Stream, read_bounded
from calcverify.source import Locator, Source

_EXAMPLE = '{"id": "1", "basis": "3公里×2万元/公里", "total": "6万元"}'
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_FAULTS = {Fault.NOT_PLAIN: "CV909", Fault.NO_UNIT: "CV910", Fault.TWO_UNITS: "CV913"}
_STRING = pattern(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_SURROGATE = pattern("[\ud800-\udfff]")
# So many bad lines without a good one before them: the file is something else.
_MOST_BAD = 100
# Outside its strings a record holds no more than this: ten million empty lists in one
# line would take a gigabyte.
_MOST_STRUCTURE = 200_000


class _Number(str):
    """A number of a record as it is written: it may be a total or an id, but no basis."""

    __slots__ = ()


def accepts(head: bytes, _name: str) -> bool:
    """Whether the first character is an opening brace, which that of rich text is as well."""
    begin = head.removeprefix(b"\xef\xbb\xbf")
    if begin.startswith(_WIDE_MARKS):
        begin = begin.replace(b"\0", b"").lstrip(b"\xff\xfe")
    begin = begin.lstrip()
    return begin[:1] == b"{" and not begin.startswith(b"{\\rtf")


def read(stream: Stream, name: str, options: Options) -> Iterator[Item]:
    """A form or a problem for every line that is not empty."""
    if stream.peek(4)[:4].startswith(_WIDE_MARKS):  # UTF-16 ends its lines with two bytes
        yield from _wide(read_bounded(stream), name, options)
        return
    number, bad, good = 0, 0, False
    while line := stream.readline(MOST_BYTES):
        number += 1
        place = Locator(line=number)
        if len(line) == MOST_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MOST_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield problem("CV911", name, place, limit=f"{MOST_BYTES // 1_000_000} MB")
        elif number == 1 and line.strip() == b"{":
            # A document written over many lines would be as many problems as it has lines.
            yield problem("CV907", name, place, detail="a record over several lines", example=_EXAMPLE)
            return
        elif line.strip():
            item = _record(line, name, place, options)
            yield item
            good = good or isinstance(item, Form)
            bad += not good
            if bad == _MOST_BAD:
                yield problem("CV914", name, place, count=str(bad), example=_EXAMPLE)
                return


def _wide(data: bytes, name: str, options: Options) -> Iterator[Item]:
    decoded = decode(data) if len(data) <= MOST_BYTES else None
    if decoded is None:
        yield problem("CV911", name, limit=f"{MOST_BYTES // 1_000_000} MB")
    elif isinstance(decoded, Undecoded):
        yield problem("CV905", name, offset=str(decoded.offset))
    else:
        lines = io.BytesIO(decoded.text.encode("utf-8"))
        yield from read(io.BufferedReader(lines), name, options)


def _record(line: bytes, name: str, place: Locator, options: Options) -> Item:
    import json

    decoded = decode(line)
    if isinstance(decoded, Undecoded):
        return problem("CV905", name, place, offset=str(decoded.offset))
    text = decoded.text
    if len(text) > _MOST_STRUCTURE and _is_intricate(text):
        return problem("CV911", name, place, limit=f"{_MOST_STRUCTURE} characters outside strings")
    try:
        record: Any = json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except (ValueError, RecursionError) as error:
        detail = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        return problem("CV907", name, place, detail=detail, example=_EXAMPLE)
    if not isinstance(record, dict):
        return problem("CV907", name, place, detail="not an object", example=_EXAMPLE)
    return _form(record, name, place, options)


def _form(record: dict[str, Any], name: str, place: Locator, options: Options) -> Item:
    """The form of a record; numbers come as they are written, so that nothing is rounded."""
    for key in ("basis", "id", "name", "total"):
        value = record.get(key)
        if value is None and key != "basis":
            continue
        is_text = isinstance(value, str) and not (key == "basis" and isinstance(value, _Number))
        if not is_text or _SURROGATE.search(str(value)):
            return problem("CV908", name, place, key=key)
    basis = Source(record["basis"], name, place)
    made_up = f"{PurePath(name).name}#{place.line}"
    form = Form(str(record.get("id") or made_up), str(record.get("name") or ""), name, place, basis, "basis")
    if not (record.get("total") or "").strip():
        return form
    amount = read_amount(record["total"], options.unit, "total", place)
    if isinstance(amount, Fault):
        return _unread(record["total"], amount, name, place, options)
    return form._replace(totals=(amount,))


def _unread(text: str, fault: Fault, name: str, place: Locator, options: Options) -> InputProblem:
    return problem(_FAULTS[fault], name, place, field="total", text=text.strip()[:41], unit=options.unit or "")


def _is_intricate(text: str) -> bool:
    """Whether a long line holds much besides its strings."""
    structure, last = 0, 0
    for string in _STRING.finditer(text):
        structure += string.start() - last + 2
        last = string.end()
        if structure > _MOST_STRUCTURE:
            return True
    return structure + len(text) - last > _MOST_STRUCTURE


READER = Reader("jsonl", accepts, read)
