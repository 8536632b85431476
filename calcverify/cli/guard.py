"""What every command does when something goes wrong, and with which exit code it ends.

"Could not read", "does not add up" and "calcverify is broken" are three different
things: 2, 1 and 4. A person who is told that calcverify is broken need not look for a
mistake in the form.
"""

from __future__ import annotations

import functools
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, ParamSpec

import typer

from calcverify.errors import CalcverifyError
from calcverify.report.model import Report
from calcverify.verify.model import Status
from calcverify.version import __version__

PASSED, FAILED, USAGE, OPEN, BROKEN = 0, 1, 2, 3, 4
INTERRUPTED = 130

P = ParamSpec("P")

_BROKEN = {
    "zh": "calcverify 自身出错，不是表格的问题。{where}{what}\n"
    "请把这段信息、版本号 calcverify {version} 和（可以公开的话）这份输入报告给维护者；"
    "设环境变量 CALCVERIFY_DEBUG=1 可显示详情。",
    "en": "calcverify itself is broken; the form need not be wrong. {where}{what}\n"
    "Please report this message, the version calcverify {version} and, if it may be shared, the input "
    "to the maintainers; CALCVERIFY_DEBUG=1 in the environment shows the details.",
}
_WHERE = {"zh": "正在检查：{}。", "en": "It was checking: {}. "}


def exit_code(report: Report) -> int:
    """The exit code of a report: 4 over 2 over 1 over 3, and 0 where every project passes."""
    if report.defects:
        return BROKEN
    if report.problems or not report.projects:
        return USAGE
    statuses = {project.decisive for project in report.projects}
    if Status.FAIL in statuses:
        return FAILED
    return PASSED if statuses == {Status.PASS} else OPEN


def tell(message: str) -> None:
    """One message on standard error; what hides in it is made visible."""
    from calcverify.report.screen import Screen

    stream = sys.stderr
    if stream is None:
        return
    screen = Screen(encoding=getattr(stream, "encoding", None) or "utf-8")
    for line in message.split("\n"):
        stream.write(screen.show(line) + "\n")
    stream.flush()


def defect_message(error: Exception, where: str, lang: str) -> str:
    """What to tell a person when calcverify fails while checking ``where``."""
    what = f"{type(error).__name__}: {str(error)[:300]}"
    checking = _WHERE[lang].format(where) if where else ""
    # Braces in the error's own text are not fields: it is put in last.
    return _BROKEN[lang].replace("{version}", __version__).replace("{where}", checking).replace("{what}", what)


def report_defect(error: Exception, where: str, lang: str) -> None:
    """Say on standard error that calcverify failed; the traceback only for those who ask."""
    tell(defect_message(error, where, lang))
    if os.environ.get("CALCVERIFY_DEBUG") == "1":
        traceback.print_exception(error)


def guarded(command: Callable[P, int]) -> Callable[P, Any]:
    """A command for typer out of a function that returns its exit code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        lang = "en" if kwargs.get("lang") == "en" else "zh"
        try:
            code = command(*args, **kwargs)
        except CalcverifyError as error:
            tell(error.say(lang))
            code = USAGE
        except KeyboardInterrupt:
            code = INTERRUPTED
        except Exception as error:
            report_defect(error, "", lang)
            code = BROKEN
        raise typer.Exit(code)

    return run
