"""Checks in processes of their own: one that goes wrong is ended, and the others go on."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

from calcverify.errors import UsageError
from calcverify.web.gate import Gate
from calcverify.web.refusal import RefusedError
from calcverify.web.workers import Workers
from tests.web.slow_jobs import START

ODD = "tests.web.odd_jobs"


def run(steps: Callable[[Workers], Awaitable[None]], count: int = 1, seconds: float = 20, jobs: str = ODD) -> None:
    """Run ``steps`` with workers that do odd jobs."""

    async def main() -> None:
        workers = Workers(count, seconds, jobs)
        workers.start()
        try:
            await steps(workers)
        finally:
            workers.stop()

    anyio.run(main)


async def refused(workers: Workers, job: str, *args: Any) -> RefusedError:
    """Why a job was not done."""
    with pytest.raises(RefusedError) as caught:
        await workers.run(job, *args)
    return caught.value


def test_jobs_are_done_in_another_process() -> None:
    async def steps(workers: Workers) -> None:
        first = await workers.run("process")
        assert first == await workers.run("process")
        assert await workers.run("echo", ("甲", b"\0")) == ("甲", b"\0")

    run(steps)


def test_a_job_that_takes_too_long_is_ended() -> None:
    async def steps(workers: Workers) -> None:
        await workers.run("echo", 1)
        workers.seconds = 0.3
        begin = time.monotonic()
        why = await refused(workers, "sleep", 60)
        assert (why.status, why.word) == (503, "took-too-long")
        assert time.monotonic() - begin < 30
        workers.seconds = 20
        assert await workers.run("echo", 1) == 1

    run(steps)


def test_starting_is_no_part_of_a_job() -> None:
    async def steps(workers: Workers) -> None:
        assert await workers.run("echo", 1) == 1

    run(steps, seconds=START - 0.5, jobs="tests.web.slow_jobs")


def test_a_process_that_dies_is_replaced() -> None:
    async def steps(workers: Workers) -> None:
        before = await workers.run("process")
        why = await refused(workers, "die")
        assert (why.status, why.word) == (500, "broke-down")
        assert await workers.run("process") != before

    run(steps)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds the memory of a process")
def test_a_job_that_grows_too_large_is_ended() -> None:
    async def steps(workers: Workers) -> None:
        why = await refused(workers, "grow")
        assert (why.status, why.word) == (413, "took-too-much")
        assert await workers.run("echo", 1) == 1

    run(steps)


def test_errors_come_back_as_what_they_are() -> None:
    async def steps(workers: Workers) -> None:
        with pytest.raises(UsageError) as blamed:
            await workers.run("blame")
        assert blamed.value.say("en") == "English"
        with pytest.raises(RuntimeError, match="KeyError"):
            await workers.run("fail")

    run(steps)


def test_as_many_at_once_as_there_are_processes() -> None:
    async def steps(workers: Workers) -> None:
        found: list[int] = []

        async def one() -> None:
            await workers.run("sleep", 0.2)
            found.append(await workers.run("process"))

        async with anyio.create_task_group() as group:
            for _ in range(6):
                group.start_soon(one)
        assert len(found) == 6
        assert len(set(found)) <= 2

    run(steps, count=2)


def test_whoever_waits_too_long_for_a_process_is_told() -> None:
    async def steps(workers: Workers) -> None:
        await workers.run("echo", 1)
        workers.patience = 0.1
        async with anyio.create_task_group() as group:
            group.start_soon(workers.run, "sleep", 2)
            await anyio.sleep(0.05)
            why = await refused(workers, "echo", 1)
        assert (why.status, why.word) == (503, "busy")
        workers.patience = 20
        assert await workers.run("echo", 1) == 1

    run(steps)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it to leave")
def test_a_check_that_is_ended_leaves_nothing_behind(tmp_path: Path) -> None:
    async def steps(workers: Workers) -> None:
        await workers.run("echo", 1)
        workers.seconds = 1
        assert (await refused(workers, "litter", str(tmp_path))).word == "took-too-long"
        assert not list(tmp_path.iterdir())

    run(steps)


def test_a_check_that_does_not_hear_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calcverify.web.workers.LEAVE_SECONDS", 0.2)

    async def steps(workers: Workers) -> None:
        await workers.run("echo", 1)
        workers.seconds = 1
        await refused(workers, "deaf", str(tmp_path))
        assert (tmp_path / "deaf").exists()
        workers.seconds = 20
        assert await workers.run("echo", 1) == 1

    run(steps)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows has no groups of processes")
def test_what_a_check_started_ends_with_it() -> None:
    async def steps(workers: Workers) -> None:
        child = await workers.run("start")
        workers.seconds = 0.2
        await refused(workers, "sleep", 60)
        for _ in range(100):
            try:
                os.kill(child, 0)
            except ProcessLookupError:
                return
            if "Z" in Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]:
                return  # ended, and nobody has looked yet
            await anyio.sleep(0.1)
        raise AssertionError("the program goes on")

    run(steps)


def test_a_full_gate_says_when_to_come_again() -> None:
    async def main() -> None:
        gate = Gate(places=1, waiting=1, patience=0.05)
        async with gate.admitted():
            with pytest.raises(RefusedError) as tired:
                async with gate.admitted():
                    pass
            assert (tired.value.status, tired.value.word) == (503, "busy")
            assert tired.value.retry > 0
        async with gate.admitted():
            pass

    anyio.run(main)


def test_beyond_those_who_wait_nobody_waits() -> None:
    async def main() -> None:
        gate = Gate(places=1, waiting=1, patience=30)
        inside = anyio.Event()

        async def waiter() -> None:
            async with gate.admitted():
                inside.set()

        async with anyio.create_task_group() as group, gate.admitted():
            group.start_soon(waiter)
            await anyio.sleep(0.01)
            with pytest.raises(RefusedError):
                async with gate.admitted():
                    pass
            assert not inside.is_set()
        assert inside.is_set()

    anyio.run(main)
