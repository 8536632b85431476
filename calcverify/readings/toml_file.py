"""A file of readings as TOML: written by hand, read with the standard library.

What a person corrects are the ``reading`` lines; the text of the basis stands above them
as comments. A string holds no raw control or bidirectional character, so that what an
editor shows is what is there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from calcverify.errors import InputProblem
from calcverify.readings.entries import claim_of, piece_of, strangers
from calcverify.readings.faults import ProjectFaults, hopeless
from calcverify.readings.model import ProjectReading, Readings, in_one_line, visible

VERSION = 1
HEAD = """\
# calcverify 的读法：每个项目的测算依据读成了哪些算式。
# 读错的，改正 reading 一行；漏读的，添一段 [[project.claim]]；不是算式的，删去那一段。
# [[project.unread]] 是没有读懂的文字：已另行写成算式或确认无需核对的，请删去那一段。
# 不改的项目可以整段删去。改好后运行：calcverify check 表格 --readings 本文件
# What each project was read as: correct, add or delete; then calcverify check PATH --readings FILE.
"""
TEXTS = ("id", "name", "source", "locator", "fingerprint")
LISTS = ("claim", "unread", "aside")
PROJECT_KEYS = frozenset(TEXTS + LISTS)
_HEADER = re.compile(r"[ \t]*\[\[[ \t]*project[ \t]*(\.[ \t]*claim[ \t]*)?\]\]")
_READING = re.compile(r"[ \t]*reading[ \t]*=")
_ESCAPES = {'"': '\\"', "\\": "\\\\"}

Say = Callable[[str], str]


def write_toml(projects: Iterable[ProjectReading], say: Say) -> Iterator[str]:
    """The file, a piece a project; ``say`` words a kind, a verdict or a reason for the comment behind it."""
    yield f"{HEAD}\nversion = {VERSION}\n"
    for project in projects:
        yield _project(project, say)


def _project(project: ProjectReading, say: Say) -> str:
    lines = ["", "[[project]]", *(f"{key} = {quoted(getattr(project, key))}" for key in TEXTS)]
    lines += _comments(f"{project.field}：", project.basis)
    lines += [f"# {total}" for total in project.totals]
    for claim in project.claims:
        lines += ["", "[[project.claim]]", f"kind = {quoted(claim.kind)}  # {say(claim.kind)}"]
        lines.append(f"reading = {quoted(claim.reading)}")
        lines += ["prose = true"] if claim.prose else []
        lines.append(f"text = {quoted(claim.text)}")
        lines += [f"place = [{claim.place.start}, {claim.place.end}]"] if claim.place is not None else []
        lines += [f"verdict = {quoted(claim.verdict)}  # {say(claim.verdict)}"] if claim.verdict else []
    for name, pieces in (("unread", project.unread), ("aside", project.set_aside)):
        for piece in pieces:
            lines += ["", f"[[project.{name}]]", f"text = {quoted(piece.text)}"]
            lines.append(f"place = [{piece.place.start}, {piece.place.end}]")
            lines.append(f"reason = {quoted(piece.reason)}  # {say(piece.reason)}")
    return "\n".join(lines) + "\n"


def _comments(head: str, text: str) -> list[str]:
    """The text of a basis as comments, a line a line."""
    return [f"# {head}", *(f"#   {line}".rstrip() for line in visible(text).split("\n"))] if text else []


def quoted(text: str) -> str:
    """``text`` as a basic string of TOML.

    >>> quoted('长 3"')
    '"长 3\\\\""'
    """
    return f'"{"".join(_ESCAPES.get(c, c) for c in in_one_line(text))}"'


def read_toml(text: str, source: str) -> Readings:
    """The projects of a file; one with a fault is refused, and the fault is among the problems.

    Raises ``InputError`` where the file as a whole cannot be read.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise hopeless(source, str(error) or "nested too deeply") from error
    found = data.get("project", [])
    strange = sorted(set(data) - {"version", "project"})
    if strange or data.get("version") != VERSION:
        raise hopeless(source, strange[0] if strange else f"version = {VERSION} ?")
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise hopeless(source, "[[project]] ?")
    places = Places(text)
    projects: list[ProjectReading] = []
    problems: list[InputProblem] = []
    for number, item in enumerate(found):
        faults = ProjectFaults(source, str(item.get("id") or item.get("name") or number + 1))
        projects.append(_read_project(item, places, number, faults))
        problems += faults.problems
    return Readings(source, tuple(projects), tuple(problems))


class Places:
    """Where the entries of a file begin: the parser of TOML does not say."""

    def __init__(self, text: str) -> None:
        self.projects: list[int] = []
        self.claims: list[list[int]] = []
        for number, line in enumerate(text.split("\n"), 1):
            found = _HEADER.match(line)
            if found and found.group(1) is None:
                self.projects.append(number)
                self.claims.append([])
            elif found and self.claims:
                self.claims[-1].append(number)
            elif self.claims and self.claims[-1] and _READING.match(line):
                self.claims[-1][-1] = number

    def project(self, number: int) -> int:
        """The line of a project's header, 0 where it is written otherwise."""
        return self.projects[number] if number < len(self.projects) else 0

    def claim(self, number: int, index: int) -> int:
        """The line of a claim's reading, that of its project where it is written otherwise."""
        lines = self.claims[number] if number < len(self.claims) else []
        return lines[index] if index < len(lines) else self.project(number)


def _read_project(item: dict[str, Any], places: Places, number: int, faults: ProjectFaults) -> ProjectReading:
    line = places.project(number)
    strangers(item, PROJECT_KEYS, line, faults)
    texts: dict[str, str] = {}
    for key in TEXTS:
        value = item.get(key, "")
        good = faults.expect(isinstance(value, str) and (value != "" or key != "fingerprint"), key, line)
        texts[key] = value if good else ""
    lists: dict[str, list[dict[str, Any]]] = {}
    for key in LISTS:
        value = item.get(key, [])
        good = isinstance(value, list) and all(isinstance(x, dict) for x in value)
        lists[key] = value if faults.expect(good, key, line) else []
    claims = tuple(claim_of(c, places.claim(number, k), faults) for k, c in enumerate(lists["claim"]))
    unread, aside = (tuple(piece_of(p, line, faults) for p in lists[key]) for key in ("unread", "aside"))
    return ProjectReading(
        texts["id"], texts["name"], texts["fingerprint"], texts["source"], texts["locator"],
        claims=claims, unread=unread, set_aside=aside, line=line, refused=bool(faults.problems),
    )
