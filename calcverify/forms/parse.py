"""A document becomes forms: the one way in for every format that lays out its text in rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from calcverify.errors import InputProblem, problem
from calcverify.forms.build import Setting, build
from calcverify.forms.fields import read_fields
from calcverify.forms.grid import Document, lay_out
from calcverify.forms.labels import load_labels
from calcverify.forms.model import Form
from calcverify.forms.records import record_fields, records_head
from calcverify.forms.split import MOST_ROWS, TooLarge, form_parts


def forms_of(document: Document, unit: str | None = None) -> Iterator[Form | InputProblem]:
    """The forms of a document in its order, and a problem for each amount that cannot be read.

    ``unit`` is the unit of amounts that neither their field nor the form gives a unit
    (``"万元"``). A document without any label of a form yields nothing.
    """
    setting = Setting(document.name, document.text, load_labels(), unit)
    stem = PurePath(document.name).name
    count = 0
    try:
        for lines in form_parts(document, setting.labels):
            head = records_head(lines)
            found = read_fields(document.text, lines if head is None else lines[:head], setting.labels)
            every = [found] if head is None else record_fields(document.text, lines, head, found, setting.labels)
            for fields in every:
                first = lines[0].row.locator if head is None else fields.fields[0].locator
                for item in build(setting, fields, f"{stem}#{count + 1}", first):
                    count += isinstance(item, Form)
                    yield item
    except TooLarge:
        yield problem("CV911", document.name, limit=f"{MOST_ROWS} rows")


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
