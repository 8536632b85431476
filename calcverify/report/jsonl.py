"""The report as JSON Lines: a project object a line, then a line for each input not checked.

A line that is no project is an object with the one key ``error``, whose value is as in
the ``errors`` of the JSON report.
"""

from __future__ import annotations

from calcverify.report.model import Report
from calcverify.report.objects import dumps, error_objects, project_object


def render(report: Report, lang: str = "zh") -> str:
    """One line a project, in the order of the report, then the errors."""
    lines = [dumps(project_object(p, lang)) for p in report.projects]
    lines += [dumps({"error": e}) for e in error_objects(report, lang)]
    return "".join(line + "\n" for line in lines)
