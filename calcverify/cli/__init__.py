"""The command line: one module per command, and the rules that all of them keep.

Exit codes: 0 every project passes; 1 some fail; 3 none fails but some need review or
have no formula; 2 bad usage or an input that cannot be read; 4 a defect of calcverify.
Standard output carries the report only, messages go to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with ``argv`` (``sys.argv`` by default); returns the exit code."""
    from calcverify.cli.app import build
    from calcverify.cli.guard import BROKEN, report_defect

    try:
        build()(args=list(sys.argv[1:] if argv is None else argv), prog_name="calcverify")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else BROKEN
    except Exception as error:
        report_defect(error, "", "zh")
        return BROKEN
    return 0
