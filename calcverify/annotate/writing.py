"""Where a copy goes: never over an input, never over what is there unless that is asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from calcverify.errors import InputError, UsageError

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}")


def target_of(out: Path, suffix: str, inputs: Iterable[Path], force: bool) -> Path:
    """``out`` as the name of a copy of that kind; ``UsageError`` where it must not be written.

    A copy that is a page is no workbook, whatever ``out`` is called: its suffix becomes that of
    what it is. What stands behind a point and is no suffix (``2026.预算``) stays.
    """
    target = out
    if suffix and out.suffix.lower() != suffix:
        target = out.with_suffix(suffix) if _SUFFIX.fullmatch(out.suffix) else out.with_name(out.name + suffix)
    for path in inputs:
        if same(target, path):
            raise UsageError(
                f"{target}: 是原文件，不覆盖；请换一个文件名",
                f"{target}: the original, not overwritten; choose another name",
            )
    if target.is_dir():
        raise UsageError(f"{target}: 是文件夹，请给出文件名", f"{target}: a folder; give the name of a file")
    if not target.absolute().parent.is_dir():
        raise UsageError(f"{target}: 文件夹不存在，请先建立", f"{target}: no such folder; make it first")
    if not force and os.path.lexists(target):
        raise UsageError(
            f"{target}: 已有这个文件；请换一个文件名，或用 --force 覆盖",
            f"{target}: there is such a file; choose another name, or overwrite it with --force",
        )
    return target


def same(one: Path, other: Path) -> bool:
    """Whether two names are one file, through links of any kind."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return os.path.normcase(os.path.abspath(one)) == os.path.normcase(os.path.abspath(other))


def read_bytes(path: Path) -> bytes:
    """The bytes of an input; ``InputError`` where it cannot be read."""
    from calcverify.readers.model import MOST_BYTES

    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"{path}: 打不开（{why}）", f"{path}: cannot be opened ({why})") from error
    if len(data) > MOST_BYTES:
        raise InputError(f"{path}: 文件过大，请拆分后再标注", f"{path}: too large to be marked; split it")
    return data


def write_copy(path: Path, data: bytes) -> None:
    """Put the copy in its place in one step, so that nobody opens half of it."""
    beside = path.with_name(f".{path.name[:80]}.{os.getpid()}.tmp")
    try:
        try:
            beside.write_bytes(data)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            f"{path}: 不能写入（{why}），请检查权限，或关闭正在使用它的程序",
            f"{path}: cannot be written ({why}); check the permissions, or close the program that uses it",
        ) from error
