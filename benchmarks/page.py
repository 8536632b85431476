"""How long a person waits for the page: the first check of a server, and the ones after it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

ROUNDS = 5
PORT = 18765


def first_result(path: Path) -> float | None:
    """Median seconds from sending a file to a server that was just opened to its whole answer.

    ``None`` where the page or the client is not installed. A person needs some seconds to
    find the file, in which the processes that check have started; so does this.
    """
    try:
        import httpx2
        import uvicorn  # noqa: F401 - only whether it is there
    except ModuleNotFoundError:
        return None
    found = []
    for n in range(ROUNDS):
        address = f"http://localhost:{PORT + n}"
        command = [sys.executable, "-m", "calcverify", "serve", "--no-config", "--port", str(PORT + n)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as server:
            try:
                if server.stderr is None or str(PORT + n) not in server.stderr.readline():
                    raise SystemExit(f"{' '.join(command)} did not start")
                with httpx2.Client(base_url=address, headers={"origin": address}) as client:
                    client.get("/")
                    sleep(3)
                    begin = perf_counter()
                    answer = client.post("/check", files={"files": (path.name, path.read_bytes())}, timeout=60)
                    found.append(perf_counter() - begin)
                    answer.raise_for_status()
            finally:
                server.terminate()
    return median(found)
