"""Which entry of a file of readings is about which form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from calcverify.errors import InputProblem, problem
from calcverify.forms.model import Form
from calcverify.readings.faults import RefusedError
from calcverify.readings.model import ProjectReading, Readings, fingerprint, in_one_line
from calcverify.source import Locator


class Index(NamedTuple):
    """The projects of a file of readings by the text that they are about, and by their code and name."""

    source: str
    projects: tuple[ProjectReading, ...]
    by_print: Mapping[str, tuple[ProjectReading, ...]]
    by_title: Mapping[tuple[str, str], ProjectReading]


def index_of(readings: Readings) -> Index:
    """A file of readings, ready to be asked."""
    by_print: dict[str, tuple[ProjectReading, ...]] = {}
    for project in readings.projects:
        by_print[project.fingerprint] = (*by_print.get(project.fingerprint, ()), project)
    by_title = {(p.id, p.name): p for p in readings.projects if p.id or p.name}
    return Index(readings.source, readings.projects, MappingProxyType(by_print), MappingProxyType(by_title))


def reading_for(form: Form, index: Index) -> ProjectReading | None:
    """The entry that is about ``form``; ``None`` where the file holds none.

    The text of the basis decides, with the code or the name: a spreadsheet may have spoilt
    a long code, and a form without a code is called by its place in the file. Raises
    :class:`RefusedError` for a form of that code and name whose basis is another text now.
    """
    code, name = in_one_line(form.id), in_one_line(form.name)
    same = index.by_print.get(fingerprint(form), ())
    for good in (
        lambda p: (p.id, p.name) == (code, name),
        lambda p: p.name == name and name != "",
        lambda p: p.id == code,
    ):
        for project in filter(good, same):
            return project
    old = index.by_title.get((code, name))
    if old is not None:
        raise RefusedError(problem("CV934", index.source, Locator(line=old.line or None), key=old.title), old)
    return None


def strangers(index: Index, used: Iterable[ProjectReading]) -> list[ProjectReading]:
    """The entries that were about none of the forms."""
    seen = {id(project) for project in used}
    return [project for project in index.projects if id(project) not in seen]


def nothing_found(index: Index) -> InputProblem:
    """The file is about none of the forms at all."""
    return problem("CV936", index.source, count=str(len(index.projects)))
