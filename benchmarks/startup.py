"""How long ``calcverify check`` takes from the shell, against importing sympy and pandas.

Both run from byte code, as they do where pip has installed them: a variable that keeps
Python from writing it (``PYTHONDONTWRITEBYTECODE``) is not handed on.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROUNDS = 9


class Start(NamedTuple):
    """Median seconds of a whole process, and the median ratio of paired runs."""

    calcverify: float
    reference: float
    ratio: float


def startup(path: Path) -> Start:
    """Run both programs in turn, so that a busy moment of the machine hits a pair alike."""
    check = [sys.executable, "-m", "calcverify", "check", str(path)]
    imports = [sys.executable, "-c", "import sympy, pandas"]
    seconds_of(check, expected=1)  # the first run of each writes byte code and fills the disk cache
    seconds_of(imports, expected=0)
    pairs = [(seconds_of(check, expected=1), seconds_of(imports, expected=0)) for _ in range(ROUNDS)]
    return Start(
        calcverify=median(check for check, _ in pairs),
        reference=median(reference for _, reference in pairs),
        ratio=median(check / reference for check, reference in pairs),
    )


def seconds_of(command: list[str], expected: int) -> float:
    """Wall-clock seconds of a process; a run that ends otherwise than expected measures nothing."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = perf_counter()
    run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False)
    seconds = perf_counter() - start
    if run.returncode != expected:
        raise RuntimeError(f"{command} ended with {run.returncode}: {run.stderr.decode(errors='replace')}")
    return seconds
