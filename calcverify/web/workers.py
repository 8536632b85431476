"""Processes that check, so that one form cannot hold up or bring down the page.

A thread cannot be stopped. A process can: one that takes too long, or that a broken file brings
down, is ended and another takes its place; whoever waited is told.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import anyio
import anyio.to_thread

from calcverify.web.refusal import RETRY_SECONDS, RefusedError

# More than any form needs; a file that is made to grow when it is unpacked stops here.
MOST_MEMORY = 2_000_000_000
# A process that has not loaded the program by then will not.
START_SECONDS = 60.0
# What is in the middle of a calculation does not hear that it should leave.
LEAVE_SECONDS = 3.0
_STOP = None


class Workers:
    """``count`` processes (0: a thread of this one, for tests), ``seconds`` for each job.

    A job waits ``patience`` seconds for a process that is free.
    """

    def __init__(self, count: int, seconds: float, jobs: str = "calcverify.web.jobs", patience: float = 30.0) -> None:
        self.count = count
        self.seconds = seconds
        self.patience = patience
        self.jobs = jobs
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._free = anyio.Semaphore(max(1, count))
        self._threads = anyio.CapacityLimiter(max(1, count))

    def start(self) -> None:
        """Begin to start the processes; they load the program while the page is up already."""
        self._idle = [_Worker(self.jobs) for _ in range(self.count)]

    def stop(self) -> None:
        """End all of them."""
        every = (*self._idle, *self._busy)
        for worker in every:
            worker.process.terminate()
        for worker in every:
            worker.end()
        self._idle.clear()

    async def run(self, job: str, *args: Any) -> Any:
        """What the function ``job`` of the jobs' module gives for ``args``.

        Raises what it raises; ``RefusedError`` where it takes too long or brings its process down,
        and where no process becomes free in time.
        """
        with anyio.move_on_after(self.patience) as waiting:
            await self._free.acquire()
        if waiting.cancelled_caught:
            raise RefusedError(503, "busy", RETRY_SECONDS)
        try:
            if not self.count:
                return await anyio.to_thread.run_sync(_function(self.jobs, job), *args, limiter=self._threads)
            worker = self._idle.pop()
            self._busy.append(worker)
            try:
                with anyio.CancelScope(shield=True):
                    fine, value = await anyio.to_thread.run_sync(
                        worker.ask, (job, args), self.seconds, limiter=self._threads
                    )
            finally:
                self._busy.remove(worker)
                self._idle.append(worker if worker.usable else _Worker(self.jobs))
        finally:
            self._free.release()
        if not fine:
            raise value
        return value


class _Worker:
    """One process and the line to it."""

    def __init__(self, jobs: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, far = context.Pipe()
        self.process = context.Process(target=_serve, args=(far, jobs), daemon=True, name="calcverify-check")
        self.process.start()
        far.close()
        assert self.process.pid, "a process that was started has a number"
        self._pid = self.process.pid
        self._ended = False
        self._ready = False
        self.usable = True

    def ask(self, job: tuple[str, tuple[Any, ...]], seconds: float) -> tuple[bool, Any]:
        """Whether the job went well, and its value or what it raised."""
        self.usable = False
        try:
            if not self._ready:
                # Loading the program takes a second or two, and is no part of the job.
                if not self.line.poll(START_SECONDS):
                    raise EOFError
                self._ready = bool(self.line.recv())
            self.line.send(job)
            if not self.line.poll(seconds):
                self.end()
                return False, RefusedError(503, "took-too-long")
            answer: tuple[bool, Any] = self.line.recv()
        except (EOFError, OSError):
            self.end()
            return False, RefusedError(500, "broke-down")
        self.usable = True
        return answer

    def end(self) -> None:
        """Stop the process: it is asked to leave, so that a reader takes away what it has made, and then made to."""
        self.usable = False
        if self._ended:
            return
        self._ended = True
        self.process.terminate()
        self.process.join(LEAVE_SECONDS)
        try:
            # What it has started and not stopped goes with it.
            os.killpg(self._pid, signal.SIGKILL)
        except (AttributeError, ProcessLookupError, PermissionError):
            self.process.kill()
        self.process.join()
        self.line.close()


def _serve(line: Connection, jobs: str) -> None:
    """Answer jobs until the other side is gone."""
    # Ctrl-C goes to every process of a terminal; the server ends its own, with what they started.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.suppress(AttributeError, OSError):
        os.setsid()
    _bound_memory()
    _function(jobs, "warm")()
    line.send(True)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while (job := line.recv()) is not _STOP:
            name, args = job
            try:
                answer = (True, _function(jobs, name)(*args))
            except Exception as error:  # whoever asked is told what it was
                answer = (False, _sendable(error))
            line.send(answer)


def _leave(*_: object) -> None:
    """End by way of every ``finally``: a reader of old files stops LibreOffice there, and removes its folder."""
    raise SystemExit


def _sendable(error: Exception) -> Exception:
    """An error that survives the way; one of a library may not be made again from its words."""
    from calcverify.errors import CalcverifyError

    if isinstance(error, CalcverifyError | RefusedError):
        return error
    if isinstance(error, MemoryError):
        return RefusedError(413, "took-too-much")
    return RuntimeError(f"{type(error).__name__}: {str(error)[:300]}")


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bound
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def _function(module: str, name: str) -> Callable[..., Any]:
    from importlib import import_module

    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
