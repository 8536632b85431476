"""The sheets of a file become documents: one for each sheet with a form, with the tables that belong to it.

Officers put 测算表 on a sheet of its own behind the form. A table of prices and quantities there goes
with the form before it, where that is clear; other sheets with figures are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from calcverify.forms.build import FORM_ROLES
from calcverify.forms.goal_list import goals_head
from calcverify.forms.grid import Document
from calcverify.forms.labels import Labels, load_labels
from calcverify.forms.layout import Layout
from calcverify.forms.lines import recognise
from calcverify.forms.model import Remark
from calcverify.readers.model import Item, Options
from calcverify.readers.own import is_summary
from calcverify.readers.sheets import Sheet, lay_out_sheet, read_documents
from calcverify.source import Locator

_FIGURE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
# A sheet with fewer figures (a date, a number of a page) is a cover or a guide.
_FEWEST = 3


def read_sheets(sheets: Iterable[Sheet], name: str, options: Options) -> Iterator[Item]:
    """The forms of every sheet of a file, sheet by sheet; the summary of a marked copy is none of them."""
    yield from read_documents(documents_of(sheets, name), name, options)


def documents_of(sheets: Iterable[Sheet], name: str) -> Iterator[Document]:
    """The documents of a file. A table goes with the only form on the sheet before it, if each form
    sheet before that had a table, too."""
    labels = load_labels()
    held: Layout | None = None
    alone = joined = True
    for sheet in sheets:
        if _is_own(sheet):
            continue
        layout = lay_out_sheet(sheet, Layout())
        document = layout.document(name)
        forms, priced = _kind(document, labels)
        if forms or held is None:
            if held is not None:
                yield held.document(name)
            if not forms:
                yield document
                continue
            held, alone, joined = layout, forms == 1 and joined, False
        elif priced and alone:
            lay_out_sheet(sheet, held)
            joined = True
        else:
            yield document  # it has no form; what stands in it is told where no sheet has one
            if not sheet.hidden and _figures(sheet) >= _FEWEST:
                title = sheet.title or ""
                held.remark(Remark("other sheet", title, Locator(sheet=title)))
    if held is not None:
        yield held.document(name)


def _is_own(sheet: Sheet) -> bool:
    return bool(sheet.rows and sheet.rows[0].cells) and is_summary(sheet.rows[0].cells[0][1])


def _kind(document: Document, labels: Labels) -> tuple[int, bool]:
    """How many forms a sheet seems to hold (two stands for more), and whether it has a table whose rows compute."""
    named, strong, priced = 0, False, False
    for row in document.rows:
        line = recognise(document.text, row, labels)
        roles = {found.label.word.role for found in line.labels if not found.label.word.weak}
        listed = line.head is not None and goals_head(document.text, [line, line], labels) is not None
        strong = strong or bool(roles & FORM_ROLES) or listed
        named += "name" in roles
        priced = priced or (line.head is not None and line.head.priced)
        if named > 1:
            break
    return (max(named, 1) if strong else 0), priced


def _figures(sheet: Sheet) -> int:
    return sum(_FIGURE.fullmatch(text.strip()) is not None for row in sheet.rows for _, text in row.cells)
