"""A form on its way through a page: packed into one word of a hidden field, and read back.

The server keeps nothing between two requests, so that the page brings along what is checked
again. What comes back is as hostile as a file: it is bounded before it is unpacked, and each
value must be of the type that the form's model names.
"""

from __future__ import annotations

import binascii
import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from calcverify.errors import UsageError
from calcverify.forms.model import Form
from calcverify.web.asked import MOST_CHARACTERS

_FRACTION = re.compile(r"-?[0-9]{1,80}(?:/[0-9]{1,80})?")


def pack(form: Form) -> str:
    """A form as a word of letters, digits, ``-``, ``_`` and ``=``; ``""`` for one that is too long to travel."""
    text = json.dumps(_plain(form), ensure_ascii=False, separators=(",", ":"))
    if len(text) > MOST_CHARACTERS // 2:
        return ""
    # A lone surrogate of a JSONL record cannot be encoded as UTF-8 otherwise.
    return urlsafe_b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 6)).decode("ascii")


def unpack(word: str) -> Form:
    """The form that was packed; ``UsageError`` where it is none.

    >>> from calcverify.api.given import form_of
    >>> form = form_of("360册×85元/册=3.6万元", "3.6万元", None)
    >>> unpack(pack(form)) == form
    True
    """
    try:
        packed = urlsafe_b64decode(word.encode("ascii"))
        inflater = zlib.decompressobj()
        # A Chinese character takes three bytes.
        data = inflater.decompress(packed, 2 * MOST_CHARACTERS)
        if not inflater.eof:
            raise ValueError("longer than any form, or cut off")
        form = _typed(json.loads(data.decode("utf-8", "surrogatepass")), Form)
    except (ValueError, TypeError, zlib.error, binascii.Error, RecursionError) as error:
        raise UsageError(
            "页面带回的表单内容不完整，请重新放入文件", "what the page sent back is no form; drop the file again"
        ) from error
    assert isinstance(form, Form), "a form is made of its own fields"
    return form


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, bytes):  # the picture of a figure: the file that was given has it
        return ""
    if value is None or isinstance(value, str | int):  # True and False are numbers, too
        return str(value) if isinstance(value, str) else value
    raise TypeError(f"a form holds no {type(value).__name__}")


@cache
def _fields(kind: type) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(hints[name] for name in kind._fields)  # type: ignore[attr-defined]  # a named tuple has fields


def _typed(value: Any, kind: Any) -> object:
    """``value`` as one of ``kind``; ``TypeError`` or ``ValueError`` where it is none."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if value is None and type(None) in parts:
            return None
        (kind,) = (part for part in parts if part is not type(None))
        return _typed(value, kind)
    if origin is tuple:
        items = _list(value)
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(_typed(item, parts[0]) for item in items)
        return tuple(_typed(item, part) for item, part in zip(items, parts, strict=True))
    if kind is Fraction:
        if not isinstance(value, str) or not _FRACTION.fullmatch(value):
            raise ValueError("no fraction")
        return Fraction(value) if not value.endswith("/0") else _refuse()
    if isinstance(kind, type) and issubclass(kind, tuple):
        made: Callable[..., object] = kind
        return made(*(_typed(item, part) for item, part in zip(_list(value), _fields(kind), strict=True)))
    if kind is bytes and value == "":
        return b""
    if kind in (str, int, bool) and type(value) is kind:
        return value
    raise TypeError(f"no {kind}")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _refuse() -> object:
    raise ValueError("nothing is divided by zero")
