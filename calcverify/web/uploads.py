"""A form of our page as it arrives: bounded while it is read, and never written to a disk."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import NamedTuple

import anyio
from starlette.datastructures import FormData
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from calcverify.web.asked import MOST_CHARACTERS, Upload, distinct, file_name
from calcverify.web.refusal import RefusedError
from calcverify.web.settings import Limits

MOST_FIELDS = 40


class Sent(NamedTuple):
    """The fields of a form and the files in it; fields that occur twice count once."""

    fields: dict[str, str]
    files: tuple[Upload, ...] = ()

    def get(self, name: str) -> str:
        """A field; ``""`` where it was not sent."""
        return self.fields.get(name, "")


class _InMemory(MultiPartParser):
    # 0 is "never on disk"; how much there may be was bounded before.
    spool_max_size = 0


async def read_form(request: Request, limits: Limits) -> Sent:
    """The fields and files of a request; ``RefusedError`` where it is too large, too slow or no form."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.body_bytes:
        raise RefusedError(413, "body-too-large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        with anyio.fail_after(limits.upload_seconds):
            if kind == "multipart/form-data":
                stream = _bounded(request, limits.body_bytes)
                parser = _InMemory(
                    request.headers,
                    stream,
                    max_files=limits.files,
                    max_fields=MOST_FIELDS,
                    max_part_size=2 * MOST_CHARACTERS,
                )
                return await _sent(await parser.parse(), limits)
            if kind == "application/x-www-form-urlencoded":
                stream = _bounded(request, min(limits.body_bytes, 4 * MOST_CHARACTERS))
                return await _sent(
                    await FormParser(
                        request.headers, stream, max_fields=MOST_FIELDS, max_part_size=2 * MOST_CHARACTERS
                    ).parse(),
                    limits,
                )
    except TimeoutError:
        raise RefusedError(408, "too-slow") from None
    except MultiPartException as error:
        many = "Too many files" in error.message
        raise RefusedError(413 if many else 400, "too-many-files" if many else "no-form") from None
    except (ClientDisconnect, ValueError, KeyError, LookupError):
        raise RefusedError(400, "no-form") from None
    raise RefusedError(415, "no-form")


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body, piece by piece; a body that says nothing of its length is counted as it comes."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise RefusedError(413, "body-too-large")
        yield chunk


async def _sent(data: FormData, limits: Limits) -> Sent:
    fields: dict[str, str] = {}
    files: list[Upload] = []
    for name, value in data.multi_items():
        if isinstance(value, str):
            fields[name] = value
            continue
        content = await value.read(limits.file_bytes + 1)
        await value.close()
        if len(content) > limits.file_bytes:
            raise RefusedError(413, "file-too-large")
        # A form without a file sends one without name and content.
        if value.filename or content:
            files.append(Upload(file_name(value.filename or ""), content))
    return Sent(fields, distinct(files))
