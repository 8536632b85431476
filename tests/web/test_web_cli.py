"""``calcverify serve`` from the shell: what it refuses, and a server that is really there."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "jiangyin-2022.txt"
COMMAND = [sys.executable, "-m", "calcverify", "serve", "--no-config"]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "CALCVERIFY_TOKEN"} | {"PYTHONUTF8": "1"}


class Server(NamedTuple):
    """A server that runs, and its address."""

    process: subprocess.Popen[str]
    address: str

    def memory(self) -> int:
        """The bytes that it and its processes hold."""
        pids = {self.process.pid}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid:
                pids.add(int(stat.parent.name))
        pages = 0
        for pid in pids:
            try:
                pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            except OSError:
                continue
        return pages * os.sysconf("SC_PAGE_SIZE")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(*options: str) -> Iterator[Server]:
    """``calcverify serve`` on a free port."""
    port = free_port()
    command = [*COMMAND, "--port", str(port), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=ENVIRONMENT) as process:
        try:
            # The first line on standard error says that the page can be opened.
            assert process.stderr is not None
            assert str(port) in process.stderr.readline()
            yield Server(process, f"http://localhost:{port}")
        finally:
            process.terminate()
            process.communicate(timeout=60)


def refused(*options: str) -> str:
    """What is said where no server starts."""
    run = subprocess.run(
        [*COMMAND, *options], capture_output=True, encoding="utf-8", env=ENVIRONMENT, check=False, timeout=120
    )
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    return run.stderr


def test_what_would_be_open_to_all_is_refused() -> None:
    assert "--token" in refused("--host", "10.255.255.1")


def test_an_address_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = refused("--port", port, "--lang", "en")
    assert f"127.0.0.1:{port}" in said
    assert "--port" in said
    assert "the page is at" not in said


def test_without_its_packages_the_remedy_is_named(tmp_path: Path) -> None:
    """As on a computer where only ``pip install calcverify`` was run."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nfor name in ('fastapi', 'starlette', 'uvicorn'):\n    sys.modules[name] = None\n"
    )
    run = subprocess.run(
        COMMAND,
        capture_output=True,
        encoding="utf-8",
        env=ENVIRONMENT | {"PYTHONPATH": str(tmp_path)},
        check=False,
        timeout=120,
    )
    assert run.returncode == 2
    assert "pip install 'calcverify[web]'" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows stops processes in another way")
def test_ctrl_c_ends_everything() -> None:
    with served() as server:
        httpx2.get(server.address)
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
        pids = children.read_text().split() if children.exists() else []
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=60) == 0
        deadline = time.monotonic() + 20
        while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_fifty_at_once_are_answered_in_bounded_memory() -> None:
    """Twenty-five times the example, and as many files of 20 MB: right answers, or a word when to come again."""
    large = b"1+" * 10_000_000
    with served("--checks", "2") as server, httpx2.Client(base_url=server.address, timeout=300) as client:
        headers = {"origin": server.address, "hx-request": "true"}

        def post(n: int) -> httpx2.Response:
            data = large if n % 2 else EXAMPLE.read_bytes()
            return client.post("/check", files={"files": ("a.txt", data)}, headers=headers)

        assert post(0).status_code == 200
        peak = before = server.memory()
        with ThreadPoolExecutor(50) as pool:
            answers = [pool.submit(post, n) for n in range(50)]
            while not all(answer.done() for answer in answers):
                peak = max(peak, server.memory())
                time.sleep(0.05)
        results = [answer.result() for answer in answers]
        for n, result in enumerate(results):
            assert result.status_code in (200, 503)
            if result.status_code == 503:
                assert int(result.headers["retry-after"]) > 0
            elif n % 2:
                assert "项目" in result.text
            else:
                assert result.text.count('data-status="fail"') == 1
                assert "−3600.134万元" in result.text
        assert sum(result.status_code == 200 for result in results) >= 10
        # Six bodies of 20 MB may be inside, each in a few copies; all of them would take 1,500 MB.
        assert peak - before < 700_000_000, f"{(peak - before) / 1e6:.0f} MB"
        # It goes on as before.
        assert post(0).status_code == 200
        print(f"{before / 1e6:.0f} MB before, {peak / 1e6:.0f} MB at most, {server.memory() / 1e6:.0f} MB after")


@pytest.mark.slow
def test_every_line_of_the_log_is_json_and_quotes_nothing() -> None:
    with served() as server:
        port = int(server.address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"geheim\r\n\r\n")
            line.recv(1000)
        headers = {"origin": server.address, "content-type": "multipart/form-data; boundary=x"}
        httpx2.post(f"{server.address}/check", content=b"--x\r\ngeheim\r\n", headers=headers)
        server.process.terminate()
        assert server.process.stderr is not None
        raw = server.process.stderr.read()
        events = [json.loads(line)["event"] for line in raw.splitlines()]
        assert set(events) == {"library", "request"}
        assert "geheim" not in raw


@pytest.mark.slow
def test_bodies_that_do_not_come_keep_nobody_from_typing() -> None:
    """Whoever sends the beginning of many large files and no more fills the places for large files only."""
    with served() as server, httpx2.Client(base_url=server.address, timeout=60) as client:
        host, port = server.address.removeprefix("http://").split(":")
        begin = (
            f"POST /check HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {server.address}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 20000000\r\n\r\n--x\r\n"
        )
        with ExitStack() as stack:
            for _ in range(30):
                line = stack.enter_context(socket.create_connection(("127.0.0.1", int(port))))
                line.sendall(begin.encode())
            begun = time.monotonic()
            answer = client.post("/check", data={"basis": "2人×3元/人=7元"}, headers={"origin": server.address})
            assert answer.status_code == 200
            assert 'data-status="fail"' in answer.text
            assert time.monotonic() - begun < 20
        assert client.get("/healthz").status_code == 200


@pytest.mark.slow
def test_a_check_that_takes_too_long_ends_and_the_next_is_done() -> None:
    """A second is not enough for three thousand projects."""
    record = json.dumps({"basis": "；".join(f"{n}人×3元/人={3 * n}元" for n in range(1, 60)) + "，合计9元"})
    data = "\n".join([record] * 3000).encode()
    with served("--seconds", "1") as server, httpx2.Client(base_url=server.address, timeout=300) as client:
        headers = {"origin": server.address}
        slow = client.post("/check", files={"files": ("a.jsonl", data)}, headers=headers)
        assert slow.status_code == 503
        assert "用时过长" in slow.text
        assert client.post("/check", data={"basis": "2人×3元/人=6元"}, headers=headers).status_code == 200
