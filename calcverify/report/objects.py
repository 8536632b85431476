"""The objects of the JSON report, version 1: the contract with other programs.

Every number is a string, exact: a decimal, or ``p/q`` where the decimal does not end.
Spans are offsets into ``basis`` in code points. What is absent is null. Keys stand in
the order of the contract; later versions only add keys. The text is valid UTF-8 and
holds no control or bidirectional character other than as an escape, so that it is as
safe on a terminal as in a file.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

from calcverify.errors import InputProblem
from calcverify.exact.printing import exact
from calcverify.report.amounts import total_amounts
from calcverify.report.model import Project, Report
from calcverify.source import Span
from calcverify.verify.expression import expression
from calcverify.verify.model import Amount, Aside, Claim, Finding, Stated, Status

VERSION = 1

# Control, bidirectional and zero-width characters that JSON lets through unescaped.
_HIDDEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(value: dict[str, Any]) -> str:
    """One JSON object on one line, safe to print and to encode as UTF-8."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # A lone surrogate (a JSONL record may hold "\\ud800") cannot be encoded; one
    # character stands for another, so the spans stay right.
    text = _LONE_SURROGATE.sub("\ufffd", text)
    return _HIDDEN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD7C0 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def project_object(project: Project, lang: str) -> dict[str, Any]:
    """One project, its keys in the order of the contract."""
    form, stated, computed = project.form, project.stated_total, project.computed_total
    difference = None if stated is None or computed is None else exact(stated.yuan - computed.value)
    return {
        "id": form.id or None,
        "name": form.name or None,
        "source": form.source_name or None,
        "locator": str(form.locator) or None,
        "organisation": form.organisation or None,
        "department": form.department or None,
        "year": form.year or None,
        "status": project.status.value,
        "stated_total": None
        if stated is None
        else {
            "text": stated.text,
            "unit": stated.unit or None,
            "yuan": exact(stated.yuan),
            "field": stated.field or None,
        },
        "computed_total": None
        if computed is None
        else {"text": total_amounts(project, lang).computed, "yuan": exact(computed.value)},
        "difference_yuan": difference,
        "coverage": {"amount": exact(project.coverage.amount), "numbers": exact(project.coverage.numbers)},
        "basis": None if form.basis is None else form.basis.text,
        "claims": [_claim(c, lang) for c in project.claims],
        "findings": [finding_object(f, lang) for f in project.findings],
        "set_aside": [_aside(a) for a in project.set_aside],
        "unread": [_aside(a) for a in project.unread],
        "counted_status": None if project.counted is None else project.counted.value,
    }


def error_objects(report: Report, lang: str) -> list[dict[str, Any]]:
    """The inputs that were not checked; those that calcverify itself failed on say ``"defect": true``."""
    unread = [_error(p, lang) for p in report.problems]
    return unread + [{**_error(d, lang), "defect": True} for d in report.defects]


def summary_object(report: Report) -> dict[str, int]:
    """How many projects there are, and how many of each status."""
    return {"projects": len(report.projects)} | {s.value: report.count(s) for s in Status}


def _error(problem: InputProblem, lang: str) -> dict[str, Any]:
    message = problem.message_en if lang == "en" else problem.message_zh
    return {
        "source": problem.source,
        "locator": problem.locator or None,
        "message": message,
        "code": problem.code or None,
    }


def _claim(claim: Claim, lang: str) -> dict[str, Any]:
    return {
        "kind": claim.kind,
        "text": claim.text,
        "span": _span(claim.span),
        "expression": expression(claim.node),
        "computed": _amount(claim.computed),
        "stated": _stated(claim.stated),
        "difference": _number(claim.difference),
        "verdict": None if claim.verdict is None else claim.verdict.value,
        "factor": _number(claim.factor),
        "operands": [{"text": o.text, "span": _span(o.span)} for o in claim.operands],
        "assumptions": [a.say(lang) for a in claim.assumptions],
    }


def finding_object(finding: Finding, lang: str) -> dict[str, Any]:
    """One finding, its keys in the order of the contract."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message.say(lang),
        "claim": finding.claim,
        "field": finding.field,
        "span": _span(finding.span),
        "locator": (str(finding.locator) or None) if finding.locator is not None else None,
        "suggestions": [s.say(lang) for s in finding.suggestions],
        "suppressed": None
        if finding.suppressed is None
        else {"reason": finding.suppressed.reason, "expiry": finding.suppressed.expiry or None},
        "known": finding.known,
    }


def _aside(aside: Aside) -> dict[str, Any]:
    return {"text": aside.text, "span": _span(aside.span), "reason": aside.reason}


def _stated(stated: Stated | None) -> dict[str, Any] | None:
    if stated is None:
        return None
    return {
        "value": exact(stated.value),
        "unit": stated.unit,
        "text": stated.text,
        "span": _span(stated.span),
        "place": exact(stated.place),
    }


def _amount(value: Amount | None) -> dict[str, Any] | None:
    return None if value is None else {"value": exact(value.value), "unit": value.unit}


def _number(value: Fraction | None) -> str | None:
    return None if value is None else exact(value)


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
