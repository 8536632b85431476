"""The command line: one module per command, and the rules that all of them keep.

Exit codes: 0 every project passes; 1 some fail; 3 none fails but some need review or
have no formula; 2 bad usage or an input that cannot be read; 4 a defect of calcverify.
Standard output carries the report only, messages go to standard error.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

# Objects made before the collector looks for cycles. At Python's 700 it looks eighty times while
# the modules load, and finds nothing; with 100,000 a long run still holds a few megabytes more at most.
BETWEEN_COLLECTIONS = 100_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with ``argv`` (``sys.argv`` by default); returns the exit code."""
    thresholds = gc.get_threshold()
    gc.set_threshold(BETWEEN_COLLECTIONS, *thresholds[1:])
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    finally:
        gc.set_threshold(*thresholds)


def _run(argv: list[str]) -> int:
    from calcverify.cli.app import build
    from calcverify.cli.guard import BROKEN, report_defect

    try:
        build()(args=argv, prog_name="calcverify")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else BROKEN
    except Exception as error:
        report_defect(error, "", "zh")
        return BROKEN
    return 0
