"""Where the page is served, to whom, and how much it takes on: one frozen value, checked once."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

from calcverify.config.model import DEFAULT, Config
from calcverify.errors import UsageError

# A person at this computer may call it by these names.
LOOPBACK = ("localhost", "127.0.0.1", "::1")
# These stand for every address of the machine, and are the name of none.
EVERYWHERE = ("0.0.0.0", "::", "")
SHORTEST_TOKEN = 12
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")


class Limits(NamedTuple):
    """How much one request, and all of them together, may ask for.

    ``file_bytes`` is the largest file, ``body_bytes`` the largest request, ``files`` how many
    files it may hold. ``projects`` are listed on a page at most. ``seconds`` is the time a check
    may take, ``upload_seconds`` the time a body may take to arrive. ``checks`` are done at once,
    ``waiting`` more may wait for ``patience`` seconds each.
    """

    file_bytes: int = 20_000_000
    body_bytes: int = 40_000_000
    files: int = 50
    projects: int = 500
    seconds: float = 60.0
    upload_seconds: float = 120.0
    checks: int = 2
    waiting: int = 100
    patience: float = 30.0


class Settings(NamedTuple):
    """A server: ``host`` and ``port`` to listen on, the names (``hosts``) it answers to.

    With ``token`` a person logs in with it once; with ``user_header`` a reverse proxy at one of
    ``proxies`` says in that header who it let in. ``config`` is the office's own configuration.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    hosts: tuple[str, ...] = LOOPBACK
    token: str = ""
    user_header: str = ""
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    limits: Limits = Limits()
    config: Config = DEFAULT
    lang: str = "zh"


def settings(
    host: str,
    port: int,
    names: tuple[str, ...] = (),
    token: str = "",
    user_header: str = "",
    proxies: tuple[str, ...] = (),
    anyone: bool = False,
) -> Settings:
    """Checked settings; ``UsageError`` names what is missing for the page to be safe there.

    ``anyone`` lets people on other computers use it without a token.

    >>> settings("0.0.0.0", 8765, token="a token of some length").hosts
    Traceback (most recent call last):
    ...
    calcverify.errors.UsageError: 监听 0.0.0.0 时请用 --allow-host 写明访问时用的域名或地址（如 budget.example.cn）
    >>> settings("127.0.0.1", 8765).hosts
    ('localhost', '127.0.0.1', '::1')
    """
    local = is_loopback(host)
    if host in EVERYWHERE and not names:
        raise UsageError(
            f"监听 {host} 时请用 --allow-host 写明访问时用的域名或地址（如 budget.example.cn）",
            f"with --host {host}, give the name or address that people will use: --allow-host budget.example.cn",
        )
    if not local and not (token or user_header or anyone):
        raise UsageError(
            f"{host} 对其他计算机开放，请用 --token 设口令，或用 --user-header 由反向代理验证身份；"
            "确实不需要验证的，加 --anyone",
            f"{host} is open to other computers: set a --token, or let a reverse proxy say who it is "
            "(--user-header); if nobody is to be asked, say --anyone",
        )
    if token and len(token) < SHORTEST_TOKEN:
        raise UsageError(
            f"口令太短，请至少用 {SHORTEST_TOKEN} 个字符",
            f"the token is too short: use at least {SHORTEST_TOKEN} characters",
        )
    if user_header and not _HEADER.fullmatch(user_header):
        raise UsageError(
            f"“{user_header}”不是请求头的名称，请写成如 X-Remote-User",
            f"{user_header!r} is no name of a header; write it like X-Remote-User",
        )
    for address in proxies:
        if not _is_address(address):
            raise UsageError(
                f"“{address}”不是 IP 地址，--proxy 请写反向代理的地址（如 10.0.0.5）",
                f"{address!r} is no IP address; --proxy takes that of the reverse proxy, like 10.0.0.5",
            )
    own = () if host in EVERYWHERE else (host,)
    hosts = tuple(dict.fromkeys(name.lower().strip("[]") for name in (*LOOPBACK, *own, *names)))
    return Settings(host, port, hosts, token, user_header, proxies or Settings().proxies)


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches ``host``."""
    return host.lower() == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
