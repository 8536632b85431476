"""The report as one JSON document, a project a line inside ``projects``."""

from __future__ import annotations

from calcverify.report.model import Report
from calcverify.report.objects import VERSION, dumps, error_objects, project_object, summary_object
from calcverify.version import __version__


def render(report: Report, lang: str = "zh") -> str:
    """The whole report; ``lang`` is the language of its messages."""
    head = dumps({"version": VERSION, "tool": {"name": "calcverify", "version": __version__}})
    projects = ",\n".join(dumps(project_object(p, lang)) for p in report.projects)
    errors = ",\n".join(dumps(e) for e in error_objects(report, lang))
    return (
        f'{head[:-1]},\n"projects": [\n{projects}\n],\n'
        f'"errors": [{errors}],\n"summary": {dumps(summary_object(report))}}}\n'
    )
