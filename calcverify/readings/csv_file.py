"""A file of readings as CSV, a row a claim, for those who correct it in a spreadsheet.

A spreadsheet runs a cell that begins with ``=``, makes a date of ``12-30`` and 3.2E+20 of a
project's code. Cells that it would touch begin with an apostrophe, which is taken off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Any, NamedTuple

from calcverify.errors import InputProblem
from calcverify.readings.entries import claim_of, piece_of
from calcverify.readings.faults import ProjectFaults, hopeless
from calcverify.readings.model import KINDS, ClaimLine, Piece, ProjectReading, Readings, visible

BASIS, UNREAD, ASIDE = "basis", "unread", "aside"
COLUMNS = MappingProxyType(
    {
        "id": "编码",
        "name": "名称",
        "kind": "类别",
        "reading": "读法",
        "verdict": "结论",
        "text": "原文",
        "prose": "由文字推定",
        "reason": "原因",
        "place": "位置",
        "fingerprint": "指纹",
    }
)
ROWS = MappingProxyType({**KINDS, BASIS: "依据", UNREAD: "未读懂", ASIDE: "不参与测算"})
_ROW_OF = MappingProxyType({word: row for row, zh in ROWS.items() for word in (row, zh)})
_COLUMN_OF = MappingProxyType({word: column for column, zh in COLUMNS.items() for word in (column, zh)})
_REQUIRED = ("id", "name", "kind", "reading", "fingerprint")
_PROSE = MappingProxyType({"": False, "否": False, "false": False, "no": False, "是": True, "true": True, "yes": True})
# A spreadsheet takes a cell for a formula by its first character, also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")
_NUMBER = re.compile(r"(?!\d+\.\.\d+$)(?:[\d.,eE+\-/:]{6,}|0\d+|\d+(?:[\-/:]\d+)+)")
_LONGEST_CELL = 32_000
_SEPARATORS = (",", ";", "\t")
_PLACE = re.compile(r"(\d{1,9})\.\.(\d{1,9})")

Say = Callable[[str], str]


def write_csv(projects: Iterable[ProjectReading], say: Say, lang: str = "zh") -> Iterator[str]:
    """The file, a piece a project; ``say`` words a verdict or a reason."""
    chinese = lang == "zh"
    yield _line([zh if chinese else column for column, zh in COLUMNS.items()])
    for project in projects:
        for row in _rows(project):
            cells = {"id": project.id, "name": project.name, "fingerprint": project.fingerprint, **row}
            if chinese:
                cells |= {"kind": ROWS[row["kind"]], "prose": "是" if row.get("prose") else ""}
            for key in ("verdict", "reason"):
                cells[key] = say(row[key]) if row.get(key) else ""
            yield _line([cells.get(column, "") for column in COLUMNS])


def _rows(project: ProjectReading) -> Iterator[dict[str, str]]:
    """The rows of a project: its basis, its claims, what was not read, what was set aside."""
    basis = visible(project.basis)
    cut = basis if len(basis) <= _LONGEST_CELL else basis[: _LONGEST_CELL - 1] + "…"
    yield {"kind": BASIS, "text": cut}
    for claim in project.claims:
        yield {
            "kind": claim.kind,
            "reading": claim.reading,
            "verdict": claim.verdict,
            "text": claim.text[:_LONGEST_CELL],
            "prose": "yes" if claim.prose else "",
            "place": f"{claim.place.start}..{claim.place.end}" if claim.place is not None else "",
        }
    for kind, pieces in ((UNREAD, project.unread), (ASIDE, project.set_aside)):
        for piece in pieces:
            place = f"{piece.place.start}..{piece.place.end}"
            yield {"kind": kind, "text": piece.text[:_LONGEST_CELL], "reason": piece.reason, "place": place}


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def guarded(cell: str) -> str:
    """A cell that a spreadsheet leaves as it is.

    >>> guarded("=1+1"), guarded("320281000000000000"), guarded("2万元")
    ("'=1+1", "'320281000000000000", '2万元')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) or _NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that :func:`guarded` put before it."""
    return cell.removeprefix("'")


class Row(NamedTuple):
    """A row of the file: its line, and its cells by column."""

    line: int
    cells: dict[str, str]


def read_csv(text: str, source: str) -> Readings:
    """The projects of a file; one with a fault is refused, and the fault is among the problems.

    A row without a project's code, name and fingerprint belongs to the project above it.
    Raises ``InputError`` where the file as a whole cannot be read.
    """
    projects: dict[tuple[str, str, str], list[Row]] = {}
    current: tuple[str, str, str] | None = None
    for row in _read_rows(text, source):
        whose = (row.cells.get("id", ""), row.cells.get("name", ""), row.cells.get("fingerprint", ""))
        added = not whose[2] and current is not None and all(a in ("", b) for a, b in zip(whose, current, strict=True))
        current = current if added and current is not None else whose
        projects.setdefault(current, []).append(row)
    found: list[ProjectReading] = []
    problems: list[InputProblem] = []
    for (code, name, fingerprint), rows in projects.items():
        faults = ProjectFaults(source, code or name or fingerprint)
        faults.expect(fingerprint != "", "fingerprint", rows[0].line)
        found.append(_project(ProjectReading(code, name, fingerprint, line=rows[0].line), rows, faults))
        problems += faults.problems
    return Readings(source, tuple(found), tuple(problems))


def _read_rows(text: str, source: str) -> Iterator[Row]:
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator, strict=True)
    try:
        names = [_COLUMN_OF.get(unguarded(cell).strip(), "") for cell in next(reader, [])]
        missing = [f"{COLUMNS[key]} ({key})" for key in _REQUIRED if key not in names]
        if missing:
            raise hopeless(source, "、".join(missing), 1)
        line = reader.line_num + 1
        for row in reader:
            cells = {name: unguarded(cell.strip()) for name, cell in zip(names, row, strict=False) if name}
            if any(cells.values()):
                yield Row(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise hopeless(source, str(error), reader.line_num) from error


def _project(project: ProjectReading, rows: list[Row], faults: ProjectFaults) -> ProjectReading:
    claims: list[ClaimLine] = []
    pieces: dict[str, list[Piece]] = {UNREAD: [], ASIDE: []}
    for line, cells in rows:
        kind = _ROW_OF.get(cells.get("kind", "") or "equation")
        if kind is None:
            faults.expect(False, f"{COLUMNS['kind']}“{cells['kind'][:20]}”", line)
            continue
        item: dict[str, Any] = {"text": cells.get("text", "")}
        place = _PLACE.fullmatch(cells.get("place", ""))
        faults.expect(place is not None or not cells.get("place"), COLUMNS["place"], line)
        if place is not None:
            item["place"] = [int(place[1]), int(place[2])]
        if kind in pieces:
            pieces[kind].append(piece_of({**item, "reason": cells.get("reason", "")}, line, faults))
        elif kind != BASIS:
            prose = _PROSE.get(cells.get("prose", "").lower())
            faults.expect(prose is not None, COLUMNS["prose"], line)
            item |= {"kind": kind, "reading": cells.get("reading", ""), "prose": bool(prose)}
            claims.append(claim_of(item, line, faults))
    return project._replace(
        claims=tuple(claims),
        unread=tuple(pieces[UNREAD]),
        set_aside=tuple(pieces[ASIDE]),
        refused=bool(faults.problems),
    )
