"""What a rule is: a permanent code, names, a severity, an explanation, a generator of findings.

A rule lives in a module of its own in this folder and is found there by itself: adding
one touches one new file. Its explanation is its module's docstring (what, why it
matters, a form that passes, a form that fails).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from calcverify.verify.case import Case
from calcverify.verify.model import Finding, Severity


class Rule(NamedTuple):
    """One rule. ``find`` is pure: the same case gives the same findings."""

    code: str
    name_zh: str
    name_en: str
    severity: Severity
    explanation: str
    find: Callable[[Case], Iterator[Finding]]
