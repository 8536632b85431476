"""Who may ask, from where, and what every answer carries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from calcverify.errors import UsageError
from calcverify.web.guards import COOKIE, ticket
from calcverify.web.settings import Settings, settings
from tests.web.conftest import ADDRESS, BASIS, SWAP, Served

TOKEN = "口令-口令-口令-口令-口令"
GIVEN = {"basis": BASIS}

HOSTS = [
    ("localhost:8765", 200),
    ("127.0.0.1:8765", 200),
    ("[::1]:8765", 200),
    ("LOCALHOST", 200),
    ("budget.example.cn", 400),
    ("localhost.example.cn:8765", 400),
    ("example.cn/localhost", 400),
    ("", 400),
]


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_only_our_own_names_are_answered(page: Served, host: str, status: int) -> None:
    """A foreign name that resolves to this computer is how a web site would reach the page."""
    assert page.client.get("/", headers={"host": host}).status_code == status


ORIGINS = [
    (ADDRESS, 200),
    # A proxy in front of us speaks https.
    ("https://localhost:8765", 200),
    ("http://localhost:9999", 403),
    ("http://localhost", 403),
    ("https://example.cn", 403),
    ("http://localhost:8765.example.cn", 403),
    ("file://localhost:8765", 403),
    ("null", 403),
    ("", 403),
]


@pytest.mark.parametrize(("origin", "status"), ORIGINS)
@pytest.mark.parametrize("path", ["/check", "/download/json"])
def test_only_our_own_page_may_have_something_checked(page: Served, path: str, origin: str, status: int) -> None:
    assert page.client.post(path, data=GIVEN, headers={"origin": origin}).status_code == status


def test_a_post_without_origin_is_refused(page: Served) -> None:
    del page.client.headers["origin"]
    assert page.client.post("/check", data=GIVEN).status_code == 403


PATHS = ["/", "/healthz", "/static/page.css", "/static/report.css", "/nothing", "/static/nothing", "/static/../app.py"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_safe_to_show(page: Served, path: str) -> None:
    answer = page.client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    # With no-referrer a browser says "Origin: null" for the forms of our own page.
    assert answer.headers["referrer-policy"] == "same-origin"
    cached = path.startswith("/static/") and answer.status_code == 200
    assert ("no-store" in answer.headers["cache-control"]) is not cached


def test_refusals_carry_the_same_headers(page: Served) -> None:
    answer = page.client.get("/", headers={"host": "example.cn"})
    assert answer.status_code == 400
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_framework_describes_nothing(page: Served, path: str) -> None:
    assert page.client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_nothing(page: Served, method: str) -> None:
    assert page.client.request(method, "/check").status_code == 404


class TestToken:
    """A server that asks for a token."""

    @pytest.fixture
    def page(self, serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch) -> Served:
        monkeypatch.setattr("calcverify.web.app.WRONG_TOKEN_SECONDS", 0)
        return serve(Settings(token=TOKEN))

    def test_without_it_there_is_only_the_login(self, page: Served) -> None:
        answer = page.client.get("/")
        assert answer.status_code == 401
        assert 'name="token"' in answer.text
        assert page.client.post("/check", data=GIVEN).status_code == 401
        assert page.client.get("/healthz").json() == {"status": "ok"}
        assert page.client.get("/static/page.css").status_code == 200

    def test_a_page_whose_login_has_ended_is_led_to_it(self, page: Served) -> None:
        answer = page.client.post("/check", data=GIVEN, headers=SWAP)
        assert answer.headers["hx-redirect"] == "/"

    def test_a_login_is_a_few_bytes(self, page: Served) -> None:
        assert page.client.post("/login", data={"token": "x" * 20_000}).status_code == 413

    def test_the_right_one_lets_in(self, page: Served) -> None:
        answer = page.client.post("/login", data={"token": TOKEN})
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        assert TOKEN not in cookie
        assert page.client.get("/").status_code == 200
        assert page.client.post("/check", data=GIVEN).status_code == 200
        page.client.post("/logout")
        assert page.client.get("/").status_code == 401

    @pytest.mark.parametrize("wrong", ["", "x", TOKEN[:-1], TOKEN + "x"])
    def test_another_does_not(self, page: Served, wrong: str) -> None:
        answer = page.client.post("/login", data={"token": wrong})
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers

    @pytest.mark.parametrize("value", [TOKEN.encode().hex(), ticket(TOKEN + "x"), ""])
    def test_a_made_up_cookie_does_not(self, page: Served, value: str) -> None:
        assert page.client.get("/", headers={"cookie": f"{COOKIE}={value}"}).status_code == 401

    def test_a_program_says_it_in_a_header(self, serve: Callable[..., Served]) -> None:
        page = serve(Settings(token="a-long-plain-token"))
        good, bad = ({"authorization": f"Bearer {token}"} for token in ("a-long-plain-token", "a-long-plain-tokem"))
        assert page.client.post("/download/json", data=GIVEN, headers=good).status_code == 200
        assert page.client.post("/download/json", data=GIVEN, headers=bad).status_code == 401

    def test_the_cookie_is_kept_to_https_where_the_page_is(self, page: Served) -> None:
        answer = page.client.post("/login", data={"token": TOKEN}, headers={"origin": "https://localhost:8765"})
        assert "secure" in answer.headers["set-cookie"].lower()


class TestProxy:
    """A server behind a reverse proxy that says who it let in."""

    SETTINGS = Settings(user_header="X-Remote-User", proxies=("10.0.0.5",))

    @pytest.mark.parametrize(
        ("client", "user", "status"),
        [("10.0.0.5", "wang", 200), ("10.0.0.6", "wang", 401), ("10.0.0.5", "", 401), ("10.0.0.5", None, 401)],
    )
    def test_only_the_proxy_is_believed(
        self, serve: Callable[..., Served], client: str, user: str | None, status: int
    ) -> None:
        page = serve(self.SETTINGS, client=(client, 5000))
        headers = {} if user is None else {"x-remote-user": user}
        assert page.client.get("/", headers=headers).status_code == status
        assert page.lines[-1].get("user") == (user if status == 200 else None)


UNSAFE = [
    ({"host": "0.0.0.0", "token": TOKEN}, "--allow-host"),
    ({"host": "10.0.0.9"}, "--token"),
    ({"host": "budget.example.cn"}, "--token"),
    ({"host": "127.0.0.1", "token": "short"}, "12"),
    ({"host": "127.0.0.1", "user_header": "X Remote"}, "X-Remote-User"),
    ({"host": "127.0.0.1", "user_header": "X-User", "proxies": ("proxy",)}, "--proxy"),
]


@pytest.mark.parametrize(("options", "remedy"), UNSAFE)
def test_an_unsafe_server_does_not_start(options: dict[str, str], remedy: str) -> None:
    with pytest.raises(UsageError, match=remedy) as caught:
        settings(port=8765, **options)  # type: ignore[arg-type]  # each case names other options
    assert remedy in caught.value.say("en")


def test_a_server_for_an_office_knows_its_names() -> None:
    made = settings("0.0.0.0", 80, names=("Budget.example.cn", "[fd00::5]"), token=TOKEN)
    assert {"budget.example.cn", "fd00::5", "localhost"} <= set(made.hosts)
    assert "0.0.0.0" not in made.hosts
    assert settings("10.0.0.9", 80, anyone=True).hosts[-1] == "10.0.0.9"
