"""``calcverify serve``: the page, on this computer or for an office."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calcverify.cli.guard import PASSED, tell
from calcverify.cli.options import ConfigOption, LangOption, NoConfigOption
from calcverify.errors import UsageError
from calcverify.report.formats import check_language

if TYPE_CHECKING:
    from calcverify.config.model import Config

TOKEN = "CALCVERIFY_TOKEN"
_MISSING = UsageError(
    "网页功能需要另装：pip install 'calcverify[web]'", "the page needs more packages: pip install 'calcverify[web]'"
)
_OPEN = {
    "zh": "网页已就绪：{address} （按 Ctrl-C 停止）",
    "en": "the page is at {address} (Ctrl-C stops it)",
}


def serve(  # noqa: PLR0913, PLR0917 - each is an option of the command, given by name
    host: Annotated[str, typer.Option("--host", help="监听的地址 (the address to listen on).")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口 (the port).")] = 8765,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="访问时用的域名或地址 (a name that people reach it by)."),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option("--token", metavar="TOKEN", help=f"口令，也可用环境变量 {TOKEN} (a token to log in with)."),
    ] = None,
    user_header: Annotated[
        str | None,
        typer.Option(
            "--user-header", metavar="HEADER", help="反向代理写入用户名的请求头 (the proxy's header with the user)."
        ),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option("--proxy", metavar="IP", help="反向代理的地址，默认本机 (the address of the proxy)."),
    ] = None,
    anyone: Annotated[bool, typer.Option("--anyone", help="不验证身份 (ask nobody who they are).")] = False,
    checks: Annotated[
        int | None, typer.Option("--checks", min=1, max=64, help="同时核对的文件数 (checks at once).")
    ] = None,
    max_mb: Annotated[
        int, typer.Option("--max-mb", min=1, max=200, help="单个文件的上限，MB (the largest file, in MB).")
    ] = 20,
    seconds: Annotated[
        int, typer.Option("--seconds", min=1, max=3600, help="一次核对的时限，秒 (the longest check, in seconds).")
    ] = 60,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: LangOption = "zh",
) -> int:
    """打开网页，把表拖进去核对 (serve the page on which forms are dropped)."""
    check_language(lang)
    try:
        from calcverify.web.running import run
        from calcverify.web.settings import Limits, settings
    except ModuleNotFoundError as error:
        raise _MISSING from error
    given = settings(
        host,
        port,
        tuple(allow_host or ()),
        token if token is not None else os.environ.get(TOKEN, ""),
        user_header or "",
        tuple(proxy or ()),
        anyone,
    )
    limits = Limits(
        file_bytes=max_mb * 1_000_000,
        body_bytes=2 * max_mb * 1_000_000,
        seconds=seconds,
        checks=checks or min(4, os.cpu_count() or 1),
    )
    run(
        given._replace(limits=limits, config=_config(config, no_config, lang), lang=lang),
        lambda: tell(_OPEN[lang].format(address=_address(host, port))),
    )
    return PASSED


def _config(path: Path | None, no_config: bool, lang: str) -> Config:
    """The office's own configuration: the one given, or that of the folder in which the server was started."""
    from calcverify.cli.sidecars import prepare
    from calcverify.config.reading import Options

    return prepare((), Options(path, not no_config), lang).settings.config


def _address(host: str, port: int) -> str:
    """Where to point a browser at.

    >>> _address("127.0.0.1", 8765), _address("::", 80)
    ('http://127.0.0.1:8765/', 'http://[::]:80/')
    """
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
