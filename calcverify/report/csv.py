"""The report as CSV: a row a claim, a row a finding, for a spreadsheet.

A spreadsheet runs a cell that begins with ``=``, and some run ``+``, ``-`` and ``@``; text of
a form that begins so is written behind an apostrophe. Every cell is quoted, so that no
other separator parts it, and holds one line. In Chinese the heads and the words are
Chinese; in English they are those of the JSON report.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from fractions import Fraction

from calcverify.errors import InputProblem
from calcverify.exact.printing import exact
from calcverify.report.model import Project, Report
from calcverify.report.places import claim_of, place_of
from calcverify.report.screen import PLAIN
from calcverify.report.words import located, say
from calcverify.verify.expression import expression
from calcverify.verify.model import Claim, Finding

# Name in English → head in Chinese.
COLUMNS: dict[str, str] = {
    "row": "类别",
    "project": "项目编码",
    "name": "项目名称",
    "source": "文件",
    "locator": "位置",
    "status": "结论",
    "counted_status": "计入结论",
    "claim": "算式序号",
    "kind": "算式类型",
    "text": "原文",
    "expression": "算式",
    "computed": "测算",
    "stated": "填报",
    "difference": "相差",
    "unit": "单位",
    "verdict": "核对结果",
    "code": "规则",
    "severity": "程度",
    "message": "问题",
    "field": "栏目",
    "suggestions": "可能原因",
    "suppressed": "说明",
    "expiry": "说明有效期",
    "known": "已知",
}

# Spreadsheets hold 32,767 characters in a cell.
LONGEST = 30_000

_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?")
_STARTS_FORMULA = frozenset("=+-@|＝＋－＠")


def render(report: Report, lang: str = "zh") -> str:
    """Claims, then findings, project by project; then the inputs that were not checked."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), restval="", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow({name: name if lang == "en" else head for name, head in COLUMNS.items()})
    for row in rows(report, lang):
        writer.writerow({name: safe(text) for name, text in row.items()})
    return out.getvalue()


def rows(report: Report, lang: str) -> Iterator[dict[str, str]]:
    """Every row by its columns; what is absent is left out."""
    for project in report.projects:
        about = _about(project, lang)
        for at, claim in enumerate(project.claims):
            yield about | {"row": _word("claim-row", "claim", lang)} | _claim(at, claim, lang)
        for finding in project.findings:
            yield about | {"row": _word("finding-row", "finding", lang)} | _finding(finding, project, lang)
        if not project.claims and not project.findings:
            # Nothing to say of it is no reason to leave it out.
            yield about | {"row": _word("project", "project", lang)}
    for problem in (*report.problems, *report.defects):
        yield _problem(problem, lang)


def safe(text: str) -> str:
    """``text`` as a cell: one visible line that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("-2000"), safe("-2+A1"), safe("甲\\n乙")
    ("'=1+1", '-2000', "'-2+A1", '甲 乙')
    """
    shown = PLAIN.show(text, LONGEST)
    if shown.lstrip()[:1] in _STARTS_FORMULA and shown and not _PLAIN_NUMBER.fullmatch(shown):
        return "'" + shown
    return shown


def _word(word: str, plain: str, lang: str) -> str:
    """A word for people in Chinese, the word of the JSON report in English."""
    return plain if lang == "en" else say(word, lang)


def _about(project: Project, lang: str) -> dict[str, str]:
    form, counted = project.form, project.counted
    return {
        "project": form.id,
        "name": form.name,
        "source": form.source_name,
        "locator": located(form.locator, lang),
        "status": _word(project.status.value, project.status.value, lang),
        "counted_status": "" if counted is None else _word(counted.value, counted.value, lang),
    }


def _claim(at: int, claim: Claim, lang: str) -> dict[str, str]:
    computed, stated, verdict = claim.computed, claim.stated, claim.verdict
    unit = computed.unit if computed is not None else stated.unit if stated is not None else ""
    return {
        "claim": str(at),
        "kind": _word(claim.kind, claim.kind, lang),
        "text": claim.text,
        "expression": expression(claim.node),
        "computed": _number(computed.value if computed is not None else None),
        "stated": _number(stated.value if stated is not None else None),
        "difference": _number(claim.difference),
        "unit": unit,
        "verdict": "" if verdict is None else _word(verdict.value, verdict.value, lang),
    }


def _finding(finding: Finding, project: Project, lang: str) -> dict[str, str]:
    text, span = place_of(finding, project)
    claim, explained = claim_of(finding, project), finding.suppressed
    known = ("yes" if lang == "en" else "是") if finding.known else ""
    return {
        "claim": "" if claim is None else str(finding.claim),
        "text": "" if span is None else span.of(text),
        "code": finding.code,
        "severity": _word(finding.severity.value, finding.severity.value, lang),
        "message": finding.message.say(lang),
        "field": finding.field or "",
        "suggestions": "; ".join(s.say(lang) for s in finding.suggestions),
        "suppressed": "" if explained is None else explained.reason,
        "expiry": "" if explained is None else explained.expiry,
        "known": known,
    } | ({} if finding.locator is None else {"locator": located(finding.locator, lang)})


def _problem(problem: InputProblem, lang: str) -> dict[str, str]:
    return {
        "row": _word("error-row", "error", lang),
        "source": problem.source,
        "locator": problem.locator,
        "code": problem.code,
        "severity": _word("error", "error", lang),
        "message": problem.message_en if lang == "en" else problem.message_zh,
    }


def _number(value: Fraction | None) -> str:
    return "" if value is None else exact(value)
