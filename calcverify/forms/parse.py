"""A document becomes forms: the one way in for every format that lays out its text in rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import PurePath

from calcverify.errors import InputProblem, problem
from calcverify.forms.build import Setting, build
from calcverify.forms.fields import Fields, read_fields
from calcverify.forms.goal_list import goal_fields, goals_head
from calcverify.forms.grid import Document, lay_out
from calcverify.forms.labels import load_labels
from calcverify.forms.lines import Line
from calcverify.forms.model import Form, Remark
from calcverify.forms.records import column_fields, record_fields, records_head, transposed_head
from calcverify.forms.split import MOST_ROWS, TooLarge, form_parts


def forms_of(document: Document, unit: str | None = None, first: int = 1) -> Iterator[Form | InputProblem]:
    """The forms of a document in its order, and a problem for each amount that cannot be read.

    ``unit`` is the unit of amounts that neither their field nor the form gives a unit
    (``"万元"``), ``first`` the number that the first form has in its file. A document
    without any label of a form yields nothing.
    """
    setting = Setting(document.name, document.text, load_labels(), unit)
    stem = PurePath(document.name).name
    count = first - 1
    try:
        for lines in form_parts(document, setting.labels):
            head = records_head(document.text, lines, setting.labels)
            goals = goals_head(document.text, lines, setting.labels) if head is None else None
            beside = transposed_head(document.text, lines) if head is goals is None else None
            first_of = next((at for at in (head, goals, beside) if at is not None), None)
            above = lines[:first_of]
            found = read_fields(document.text, above, setting.labels)
            every: Iterable[Fields] = [found]
            if head is not None:
                every = record_fields(document.text, lines, head, found, setting.labels)
            elif goals is not None:
                every = goal_fields(document.text, lines, goals, found, setting.labels)
            elif beside is not None:
                every = column_fields(lines, beside, found)
            for fields in every:
                place = lines[0].row.locator if first_of is None else fields.fields[0].locator
                for item in build(setting, fields, f"{stem}#{count + 1}", place):
                    if not isinstance(item, Form):
                        yield item
                        continue
                    count += 1
                    if document.remarks:
                        rows_below = first_of if beside is None else None
                        item = item._replace(remarks=_remarks(document, lines, rows_below, fields))  # noqa: PLW2901  # the form with them
                    yield item
    except TooLarge:
        yield problem("CV911", document.name, limit=f"{MOST_ROWS} rows")


def _remarks(document: Document, lines: list[Line], head: int | None, fields: Fields) -> tuple[Remark, ...]:
    """What the reader saw in the rows of a form, or in those that a table of projects has for it."""
    first, last = lines[0].row.cells[0].start, lines[-1].row.cells[-1].end
    if head is not None:
        below = lines[head].row.cells[-1].end
        own = next(field.start for field in fields.fields if field.start >= below)
        row = lines[bisect_left(lines, own, head + 1, key=_end)].row
        first, last = row.cells[0].start, max(row.cells[-1].end, *(table.end for table in fields.tables), 0)
    every = document.remarks
    low, high = bisect_left(every, first, key=itemgetter(0)), bisect_right(every, last, key=itemgetter(0))
    whole = bisect_left(every, 0, key=itemgetter(0))
    return tuple(remark for _, remark in (*every[:whole], *every[max(low, whole) : high]))


def _end(line: Line) -> int:
    return line.row.cells[-1].end


def parse_forms(text: str, source_name: str) -> list[Form]:
    """The forms in tab-separated ``text``; ``source_name`` is the file's name.

    Offsets are those of ``text``. Amounts that cannot be read are left out; use
    :func:`forms_of` to be told of them.

    >>> form, = parse_forms("项目名称\\t河道清淤\\n资金计算依据\\t3公里×2万元/公里", "a.txt")
    >>> form.name, form.basis.text, form.id, str(form.locator)
    ('河道清淤', '3公里×2万元/公里', 'a.txt#1', 'line 2')
    """
    document = Document(source_name, text, lay_out(text))
    return [item for item in forms_of(document) if isinstance(item, Form)]
