"""The summary of a Word file: its first page, in one content control, each finding with a link to its place."""

from __future__ import annotations

from typing import Any

from calcverify.annotate.docx_comments import bookmark, element, paragraph, run
from calcverify.annotate.model import Plan
from calcverify.annotate.summary import STATUS_COLOUR, Summary, summary_of
from calcverify.annotate.words import say
from calcverify.annotate.xlsx_styles import COLOURS
from calcverify.readers.own import SUMMARY_TAG

# Fiftieths of a percent of the page's width.
PROJECT_WIDTHS = (1900, 800, 800, 800, 700)
FINDING_WIDTHS = (330, 370, 900, 700, 2700)
LINK = "0563C1"


def add_summary(body: Any, ns: str, plan: Plan, placed: frozenset[int]) -> None:
    """Put the summary before everything else of the document."""
    summary = summary_of(plan, placed)
    control, properties, content = (element(ns, name) for name in ("sdt", "sdtPr", "sdtContent"))
    properties.append(element(ns, "alias", val=say("summary-name", plan.lang)))
    properties.append(element(ns, "tag", val=SUMMARY_TAG))
    control.append(properties)
    content.extend(_blocks(summary, ns))
    control.append(content)
    body.insert(0, control)


def _blocks(summary: Summary, ns: str) -> list[Any]:
    gap = {"after": "120"}
    # LibreOffice forgets how the first paragraph of a control looks.
    blocks = [paragraph(ns, []), paragraph(ns, [run(ns, summary.title, bold=True, size=32)], **gap)]
    blocks += [paragraph(ns, [run(ns, line)], **gap) for line in summary.lines]
    rows = [[_cell(ns, [text], bold=True) for text in summary.project_heads]]
    for project in summary.projects:
        cells = [_cell(ns, [text]) for text in project.cells]
        cells[1] = _cell(ns, [project.cells[1]], bold=True, colour=STATUS_COLOUR[project.status])
        rows.append(cells)
    blocks.append(_table(ns, rows, PROJECT_WIDTHS))
    blocks.append(paragraph(ns, [], **gap))
    if summary.findings:
        number, severity, _project, place, quote, words = range(6)
        shown = (number, severity, place, quote, words)
        rows = [[_cell(ns, [summary.finding_heads[at]], bold=True) for at in shown]]
        for finding in summary.findings:
            note, texts = finding.entry.note, finding.cells
            anchor = bookmark(note.number) if finding.placed else ""
            colour = COLOURS[note.severity][2:]
            rows.append(
                [
                    _cell(ns, [texts[number]]),
                    _cell(ns, [texts[severity]], bold=note.loud, colour=colour),
                    _cell(ns, texts[place].split("\n"), link=anchor),
                    _cell(ns, [texts[quote]]),
                    _cell(ns, texts[words].split("\n")),
                ]
            )
        blocks.append(_table(ns, rows, FINDING_WIDTHS))
    blocks += [paragraph(ns, [run(ns, line)], **gap) for line in summary.problems]
    end = element(ns, "r")
    end.append(element(ns, "br", type="page"))
    blocks.append(paragraph(ns, [end]))
    return blocks


def _cell(ns: str, lines: list[str], *, bold: bool = False, colour: str = "", link: str = "") -> Any:
    cell = element(ns, "tc")
    for line in lines:
        runs = [run(ns, line, bold=bold, colour=LINK if link else colour, link=bool(link))]
        if link:
            leading = element(ns, "hyperlink", anchor=link, history="1")
            leading.extend(runs)
            runs = [leading]
        cell.append(paragraph(ns, runs))
    return cell


def _table(ns: str, rows: list[list[Any]], widths: tuple[int, ...]) -> Any:
    table, properties, borders = element(ns, "tbl"), element(ns, "tblPr"), element(ns, "tblBorders")
    properties.append(element(ns, "tblW", w="5000", type="pct"))
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(ns, side, val="single", sz="4", space="0", color="BFBFBF"))
    properties.append(borders)
    properties.append(element(ns, "tblLayout", type="fixed"))
    table.append(properties)
    grid = element(ns, "tblGrid")
    grid.extend(element(ns, "gridCol", w=str(width * 9000 // 5000)) for width in widths)
    table.append(grid)
    for at, cells in enumerate(rows):
        row = element(ns, "tr")
        settings = element(ns, "trPr")
        settings.append(element(ns, "cantSplit"))
        if at == 0:
            settings.append(element(ns, "tblHeader"))
        row.append(settings)
        for cell, width in zip(cells, widths, strict=True):
            about = element(ns, "tcPr")
            about.append(element(ns, "tcW", w=str(width), type="pct"))
            if at == 0:
                about.append(element(ns, "shd", val="clear", color="auto", fill="EDEDED"))
            cell.insert(0, about)
            row.append(cell)
        table.append(row)
    return table
