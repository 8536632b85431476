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

# In the place of a code or a name: whichever. No form is called so.
ANY = "\0"


class Index(NamedTuple):
    """The projects of a file of readings, by the text that they are about with their code, their
    name or both, and by code and name alone."""

    source: str
    projects: tuple[ProjectReading, ...]
    by_text: Mapping[tuple[str, str, str], ProjectReading]
    by_title: Mapping[tuple[str, str], ProjectReading]


def index_of(readings: Readings) -> Index:
    """A file of readings, ready to be asked."""
    by_text: dict[tuple[str, str, str], ProjectReading] = {}
    for project in readings.projects:
        for code, name in names(project.id, project.name):
            by_text.setdefault((project.fingerprint, code, name), project)
    by_title = {(p.id, p.name): p for p in readings.projects if p.id or p.name}
    return Index(readings.source, readings.projects, MappingProxyType(by_text), MappingProxyType(by_title))


def names(code: str, name: str) -> list[tuple[str, str]]:
    """What a project may be known by, the surest first: code and name, the name, the code."""
    alone = ([(ANY, name)] if name else []) + ([(code, ANY)] if code else [])
    return [(code, name), *alone]


def reading_for(form: Form, index: Index) -> ProjectReading | None:
    """The entry that is about ``form``; ``None`` where the file holds none.

    The text of the basis decides, with the code or the name: a spreadsheet may have spoilt
    a long code, and a form without a code is called by its place in the file. Raises
    :class:`RefusedError` for a form of that code and name whose basis is another text now.
    """
    code, name = in_one_line(form.id), in_one_line(form.name)
    for known in names(code, name):
        project = index.by_text.get((fingerprint(form), *known))
        if project is not None:
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
