"""The columns of the sheets of a workbook: their heads, widths, and what they do.

A head is one or two words of ``report.words``: ``stated yuan`` is 填报（元）.
"""

from __future__ import annotations

from typing import NamedTuple

from calcverify.verify.model import Severity, Status

_STATUSES = tuple(s.value for s in Status)
_VERDICTS = ("exact", "rounded", "carry", "approximate", "query", "mismatch")
_SEVERITIES = tuple(s.value for s in Severity)


class Column(NamedTuple):
    """A head, the width in characters, and what the column does: wraps, is coloured by words, has bars,
    stands a little away from the number before it, holds numbers, which stand to the right."""

    head: str
    width: int = 12
    wraps: bool = False
    coloured: tuple[str, ...] = ()
    bars: bool = False
    indent: bool = False
    right: bool = False


PROJECTS = (
    Column("status", 15, coloured=_STATUSES),
    Column("project", 30, wraps=True),
    Column("code", 24),
    Column("stated yuan", 16, right=True),
    Column("stated as-said", 15, indent=True),
    Column("computed yuan", 16, right=True),
    Column("computed as-said", 15, indent=True),
    Column("difference yuan", 15, right=True),
    Column("difference as-said", 15, indent=True),
    Column("coverage of-amount", 10, bars=True, right=True),
    Column("coverage of-numbers", 10, bars=True, right=True),
    Column("claims", 7, right=True),
    *(Column(severity, 7, right=True) for severity in _SEVERITIES),
    Column("not-counted", 9, right=True),
    Column("unread", 9, right=True),
    Column("organisation", 22, wraps=True),
    Column("department", 16, wraps=True),
    Column("year", 8),
    Column("file", 24),
    Column("place", 14),
)
CLAIMS = (
    Column("project", 24, wraps=True),
    Column("number", 6, right=True),
    Column("verdict", 18, coloured=_VERDICTS),
    Column("kind", 10),
    Column("written", 38, wraps=True),
    Column("reading", 44, wraps=True),
    Column("stated", 16, right=True),
    Column("stated as-said", 15, indent=True),
    Column("computed", 16, right=True),
    Column("computed as-said", 15, indent=True),
    Column("difference", 15, right=True),
    Column("difference as-said", 15, indent=True),
    Column("unit", 7),
    Column("assumptions", 28, wraps=True),
    Column("findings", 14),
    Column("code", 24),
)
FINDINGS = (
    Column("severity", 8, coloured=_SEVERITIES),
    Column("rule", 9),
    Column("project", 24, wraps=True),
    Column("finding-row", 56, wraps=True),
    Column("written", 24, wraps=True),
    Column("claim-row", 8),
    Column("should-be", 16),
    Column("suggestion", 40, wraps=True),
    Column("field", 16, wraps=True),
    Column("place", 14),
    Column("explained", 20, wraps=True),
    Column("expiry", 12),
    Column("code", 24),
    Column("file", 24),
)
UNREAD = (
    Column("category", 16, wraps=True),
    Column("file", 26),
    Column("place", 14),
    Column("project", 24, wraps=True),
    Column("content", 40, wraps=True),
    Column("cause", 40, wraps=True),
)
