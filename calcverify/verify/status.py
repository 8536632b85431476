"""The outcome of a form from what stands open in it (design section 6)."""

from __future__ import annotations

from collections.abc import Iterable

from calcverify.exact.verdict import Verdict
from calcverify.verify.model import Claim, Finding, Severity, Status

# Findings about indicators, narrative and formalities are listed and do not decide.
DECIDING = ("CV1", "CV2", "CV3", "CV5")


def status_of(claims: Iterable[Claim], findings: Iterable[Finding], unread: bool, computed: bool) -> Status:
    """fail before review before no-formula before pass."""
    claims, deciding = list(claims), [f for f in findings if f.code.startswith(DECIDING)]
    if any(c.verdict is Verdict.MISMATCH for c in claims) or any(f.severity is Severity.ERROR for f in deciding):
        return Status.FAIL
    if unread or any(c.verdict is Verdict.QUERY for c in claims) or any(f.severity is Severity.WARNING for f in deciding):
        return Status.REVIEW
    return Status.PASS if computed else Status.NO_FORMULA
