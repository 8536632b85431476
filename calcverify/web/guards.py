"""What every request passes before anything else looks at it: host, origin, person; and what
every answer carries.

A page on this computer can be reached by any site that its user visits. The host must be one of
ours (a foreign name that resolves to 127.0.0.1 is not), and whatever changes or computes must
come from a page of ours.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from calcverify.web.refusal import RefusedError
from calcverify.web.settings import Settings

if TYPE_CHECKING:
    from starlette.types import Scope

COOKIE = "calcverify"
HEALTH, LOGIN, STATIC = "/healthz", "/login", "/static/"
SAFE = ("GET", "HEAD")

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    ("content-security-policy", CONTENT_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    # Not no-referrer: a browser would then say "Origin: null" for the forms of our own page.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
# Forms are confidential: no copy of an answer stays in the browser's cache.
UNCACHED = ("cache-control", "no-store")


def host_name(host: str) -> str:
    """A Host header without its port, in lower case.

    >>> host_name("LOCALHOST:8765"), host_name("[::1]:8765"), host_name("10.0.0.5")
    ('localhost', '::1', '10.0.0.5')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def check(scope: Scope, settings: Settings) -> str:
    """The user of a request (``""`` where nobody is asked); ``RefusedError`` where it is not served."""
    headers = Headers(scope=scope)
    path, method = scope["path"], scope["method"]
    if path == HEALTH and method in SAFE:
        return ""
    host = headers.get("host", "")
    if len(headers.getlist("host")) != 1 or host_name(host) not in settings.hosts:
        raise RefusedError(400, "wrong-host")
    if method not in SAFE and not from_here(headers, host):
        raise RefusedError(403, "foreign-origin")
    if settings.user_header:
        return proxied(scope, headers, settings)
    if settings.token and path != LOGIN and not path.startswith(STATIC) and not let_in(headers, settings.token):
        raise RefusedError(401, "log-in")
    return ""


def from_here(headers: Headers, host: str) -> bool:
    """Whether a page of ours sent it. Every browser names the origin of a POST; the scheme may
    differ, because a proxy in front of us speaks https."""
    origin = headers.get("origin", "")
    scheme, _, rest = origin.partition("://")
    return scheme in ("http", "https") and rest.lower() == host.lower()


def proxied(scope: Scope, headers: Headers, settings: Settings) -> str:
    """The user that the reverse proxy let in; anybody else could write the header as well."""
    client = scope.get("client") or ("", 0)
    named = headers.getlist(settings.user_header)
    if client[0] not in settings.proxies or len(named) != 1 or not named[0].strip():
        raise RefusedError(401, "not-through-proxy")
    return str(named[0].strip()[:60])


def let_in(headers: Headers, token: str) -> bool:
    """Whether the cookie or the header of a program says that the token is known."""
    cookie = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
    scheme, _, given = headers.get("authorization", "").partition(" ")
    return same(cookie, ticket(token)) or (scheme.lower() == "bearer" and same(given.strip(), token))


def ticket(token: str) -> str:
    """What the cookie holds: made from the token, which cannot be had back from it."""
    return hmac.new(token.encode(), b"calcverify cookie", sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
