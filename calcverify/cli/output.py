"""Where a report goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from calcverify.cli.guard import tell
from calcverify.errors import UsageError
from calcverify.report.formats import Format, as_bytes, rendered

# A report in a pipe or a file does not depend on how wide somebody's window is.
_WIDTH = 96
_NARROWEST, _WIDEST = 40, 160


# Names that a person expects to open in a program of its own: text in them would open there as damaged.
_OPENED_BY_NAME = {".xlsx": "xlsx", ".html": "html", ".htm": "html"}


def check_format(form: Format, output: Path | None) -> None:
    """Refuse to put on a screen what is no text, and to write text under the name of a workbook or a page."""
    if output is None:
        if form.binary:
            raise UsageError(
                f"{form.name} 不是文本，请用 --output 给出文件名，如 --output report.{form.name}",
                f"{form.name} is no text; name a file with --output, such as --output report.{form.name}",
            )
        return
    named = _OPENED_BY_NAME.get(output.suffix.lower(), form.name)
    if named != form.name:
        raise UsageError(
            f"{output}: 格式是 {form.name}；要写成 {output.suffix} 文件，请加 --format {named}",
            f"{output}: the format is {form.name}; for a {output.suffix} file add --format {named}",
        )


def check_output(output: Path | None, inputs: Iterable[Path] = ()) -> None:
    """Refuse, before any work is done, an output that cannot be written or would destroy an input."""
    if output is None:
        return
    if output.is_dir():
        raise UsageError(f"{output}: 是文件夹，请给出文件名", f"{output}: a folder; give the name of a file")
    if not output.absolute().parent.is_dir():
        raise UsageError(f"{output}: 文件夹不存在，请先建立", f"{output}: no such folder; make it first")
    for path in inputs:
        if _same(output, path):
            raise UsageError(
                f"{output}: 是输入文件，不覆盖；请换一个文件名",
                f"{output}: an input file, not overwritten; choose another name",
            )


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        # One of them does not exist, or is no path at all.
        return False


def deliver(report: object, form: Format, lang: str, output: Path | None) -> None:
    """Render a report and write it: UTF-8 to a file and to programs, the terminal's own encoding to people."""
    if output is not None:
        write_whole(output, as_bytes(report, form, lang, width=_WIDTH))
    elif form.for_people:
        stream = sys.stdout
        encoding = getattr(stream, "encoding", None) or "utf-8"
        if lang == "zh" and not _carries(encoding, "项"):
            tell(
                f"This output is encoded as {encoding}, which has no Chinese: "
                "use --lang en, --output FILE or PYTHONUTF8=1."
            )
        text = rendered(report, form, lang, width=_width(), colour=_colours(), encoding=encoding)
        write_out(text.encode(encoding, "replace"))
    else:
        write_out(rendered(report, form, lang).encode("utf-8"))


def write_out(data: bytes) -> None:
    """Write to standard output; a reader that went away (``| head``) is no fault."""
    stream = sys.stdout
    if stream is None:
        return
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    except BrokenPipeError:
        # Python flushes standard output once more at the end, which must not fail either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` in place of the file in one step, so that nobody reads half of it."""
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or a device cannot be replaced
            return
        beside = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
        try:
            beside.write_bytes(data)
            if target.exists():
                shutil.copymode(target, beside)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"{path}: 不能写入（{why}）", f"{path}: cannot be written ({why})") from error


def _carries(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _width() -> int:
    if not _is_terminal():
        return _WIDTH
    return min(_WIDEST, max(_NARROWEST, shutil.get_terminal_size((_WIDTH, 24)).columns))


def _colours() -> bool:
    """Colours only where somebody sees them: https://no-color.org, and no terminal that prints escapes."""
    if not _is_terminal() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or bool(os.environ.get("WT_SESSION") or os.environ.get("ANSICON"))
