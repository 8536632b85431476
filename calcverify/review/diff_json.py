"""A comparison as JSON, version 1: a project a line.

``change`` is ``both``, ``added`` or ``removed``. Findings are those of the JSON report; one
that is still there with other figures carries its old message as ``before``. Amounts are
in 元, exact.
"""

from __future__ import annotations

from typing import Any

from calcverify.exact.printing import exact
from calcverify.forms.model import StatedTotal
from calcverify.report.model import Project, Report
from calcverify.report.objects import VERSION, dumps, error_objects, finding_object
from calcverify.review.diff import Change, Comparison, Fate, Pair
from calcverify.version import __version__


def render(comparison: Comparison, lang: str = "zh") -> str:
    """The whole comparison; ``lang`` is the language of its messages."""
    head = dumps({"version": VERSION, "tool": {"name": "calcverify", "version": __version__}})
    projects = ",\n".join(dumps(pair_object(pair, lang)) for pair in comparison.pairs)
    errors = error_objects(Report((), comparison.problems, comparison.defects), lang)
    listed = ",\n".join(dumps(e) for e in errors)
    summary = dumps(summary_object(comparison))
    return f'{head[:-1]},\n"projects": [\n{projects}\n],\n"errors": [{listed}],\n"summary": {summary}}}\n'


def pair_object(pair: Pair, lang: str) -> dict[str, Any]:
    """One project before and after."""
    form = pair.either.form
    return {
        "id": form.id or None,
        "name": form.name or None,
        "change": "added" if pair.old is None else "removed" if pair.new is None else "both",
        "old": side(pair.old),
        "new": side(pair.new),
        "totals": [{"field": m.field, "old": total(m.old), "new": total(m.new)} for m in pair.totals],
        **{fate.value: [change_object(change, lang) for change in pair.of(fate)] for fate in Fate},
    }


def side(project: Project | None) -> dict[str, Any] | None:
    """A project as it was, or is."""
    if project is None:
        return None
    form, computed = project.form, project.computed_total
    return {
        "id": form.id or None,
        "name": form.name or None,
        "source": form.source_name or None,
        "locator": str(form.locator) or None,
        "status": project.status.value,
        "stated_total": total(project.stated_total),
        "computed_total": None if computed is None else {"yuan": exact(computed.value)},
    }


def total(stated: StatedTotal | None) -> dict[str, Any] | None:
    """An amount that a form states."""
    if stated is None:
        return None
    return {"text": stated.text, "unit": stated.unit or None, "yuan": exact(stated.yuan)}


def change_object(change: Change, lang: str) -> dict[str, Any]:
    """A finding, and what it said before where that was something else."""
    before = None if change.before is None else change.before.message.say(lang)
    return finding_object(change.finding, lang) | {"before": before}


def summary_object(comparison: Comparison) -> dict[str, int]:
    """How many projects and findings met which fate."""
    pairs = comparison.pairs
    return {
        "projects": len(pairs),
        "added": sum(p.old is None for p in pairs),
        "removed": sum(p.new is None for p in pairs),
        "unchanged": sum(p.same for p in pairs),
        **{fate.value: comparison.count(fate) for fate in Fate},
    }
