"""The outcome of a form from what stands open in it (design section 6)."""

from __future__ import annotations

from collections.abc import Iterable

from calcverify.verify.model import Finding, Severity, Status

# Findings about indicators, narrative and formalities are listed and do not decide; a cell that shows
# #REF!, or a formula of which nothing is known (CV611), is a figure that was not read.
DECIDING = ("CV1", "CV2", "CV3", "CV5", "CV611")


def status_of(findings: Iterable[Finding], unread: bool, computed: bool, strict: bool = False) -> Status:
    """fail before review before no-formula before pass.

    A claim that misses decides through its finding, so that an office which weighs that
    rule otherwise, or a person who explained the finding, is heard. ``strict`` lets
    notices about amounts open a form for review, and warnings and errors of every rule
    decide.
    """
    weights = {(f.severity, f.code.startswith(DECIDING)) for f in findings}
    if (Severity.ERROR, True) in weights or (strict and (Severity.ERROR, False) in weights):
        return Status.FAIL
    if unread or (Severity.WARNING, True) in weights:
        return Status.REVIEW
    if strict and weights & {(Severity.WARNING, False), (Severity.NOTICE, True)}:
        return Status.REVIEW
    return Status.PASS if computed else Status.NO_FORMULA
