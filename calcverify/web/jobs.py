"""What is done with what a person gave, in a process of its own: bytes and text in, a page or a file out."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup

from calcverify.config.model import Config
from calcverify.errors import UsageError
from calcverify.forms.model import StatedTotal
from calcverify.pipeline import check_form
from calcverify.report.html import legend
from calcverify.report.model import Project, Report
from calcverify.report.page import literal, marked_basis
from calcverify.report.tree_svg import tree_svg
from calcverify.report.words import colon, comma
from calcverify.verify.model import Status
from calcverify.web.asked import Asked, Upload
from calcverify.web.carried import pack, unpack
from calcverify.web.changes import changes
from calcverify.web.checking import checked
from calcverify.web.downloads import REPORTS, TAKES, File, file_of
from calcverify.web.edits import MOST_TOTALS, Edits, edited
from calcverify.web.templates import render
from calcverify.web.view import counts, first_to_open, next_step, row, view
from calcverify.web.words import say

# A basis of more than this is not read and no page shows it whole.
LONGEST_BASIS, BEGINNING = 100_000, 2_000
# The forms of a page, packed, in characters: what an office network bears.
MOST_CARRIED = 4_000_000


# A form with a mistake, so that the search for its cause is loaded as well.
FIRST = """项目名称\t设备购置\t项目编码\t1
项目总金额（万元）\t3.6\t本年度项目金额（万元）\t3.6
资金计算依据\t360册×85元/册=3.6万元，合计3.6万元
绩效支出明细\t子项目\t半年（程）计划执行数\t全年（程）预算数
\t设备购置\t0\t36000
一级指标\t二级指标\t三级指标\t半年（程）指标值\t全年（程）指标值
产出\t数量指标\t购置册数\t0\t360
"""


class Answer(NamedTuple):
    """A piece of a page, and how many projects and faults are in it, for the log."""

    html: str
    projects: int = 0
    failed: int = 0
    problems: int = 0


def warm() -> None:
    """Load everything that a check needs, before the first one is asked for: words, rules, templates."""
    check(Asked((Upload("a.txt", FIRST.encode()),)), swap=True)


def check(asked: Asked, swap: bool = False) -> Answer:
    """The list of projects, the most urgent one opened; with ``swap`` it goes into a page that is there already."""
    report, cut = checked(asked)
    opened = first_to_open(report)
    lang = asked.lang
    html = render(
        "result.html",
        lang,
        swap=swap,
        rows=[row(p, at, lang) for at, p in enumerate(report.projects)],
        packed=packed(report.projects),
        counts=counts(report, lang),
        summary=summary_line(report, lang),
        problems=[p.say(lang) for p in (*report.problems, *report.defects)],
        next_step=next_step(report),
        sources=len({p.form.source_name for p in report.projects}) > 1,
        takes=TAKES if asked.files else REPORTS,
        # A page that a browser without scripts has left holds the files no more.
        downloads=swap or not asked.files,
        cut=asked.most if cut else 0,
        opened=opened,
        **({} if opened is None else shown(report.projects[opened], opened, lang)),
    )
    return Answer(html, len(report.projects), report.count(Status.FAIL), len(report.problems) + len(report.defects))


def project(word: str, edits: Edits | None, at: int, lang: str, config: Config, swap: bool) -> Answer:
    """One project; with ``edits`` as a person changed it, and what that changed.

    With ``swap`` it is a piece of a page: the project that was closed until now, or the
    pieces of an open one that change when it is edited.
    """
    before = check_form(unpack(word), config)
    form = before.form if edits is None else edited(before.form, edits)
    same = form == before.form
    after = before if same else check_form(form, config)
    moved = None if same else changes(before, after, lang, config.strict)
    report = Report((after,))
    html = render(
        ("recheck.html" if edits is not None else "project.html") if swap else "result.html",
        lang,
        **shown(after, at, lang)
        | {
            "swap": swap,
            "original": before.basis_text,
            "totals": fields_of(before, after),
            "changes": moved,
            "same": same,
            "outcome": outcome(before, after, lang),
            "rows": [row(after, at, lang)],
            "packed": [word],
            "counts": counts(report, lang),
            "summary": summary_line(report, lang),
            "problems": (),
            "next_step": next_step(report),
            "sources": False,
            "takes": (),
            "downloads": False,
            "cut": 0,
            "opened": 0,
        },
    )
    return Answer(html, 1, int(after.status is Status.FAIL))


def download(asked: Asked, kind: str) -> File:
    """The report about what was given as a file; ``UsageError`` where it would not be about all of it."""
    report, cut = checked(asked)
    if cut:
        raise UsageError(*(say("too-many", each, n=asked.most) for each in ("zh", "en")))
    return file_of(asked, report, kind)


def packed(projects: tuple[Project, ...]) -> list[str]:
    """The forms as the page carries them; ``""`` for those that a page of bearable size has no room for."""
    left = MOST_CARRIED
    words = []
    for project in projects:
        word = pack(project.form) if left > 0 else ""
        left -= len(word)
        words.append(word if left >= 0 else "")
    return words


def shown(project: Project, at: int, lang: str) -> dict[str, Any]:
    """What the templates of an open project need."""
    return {
        "view": view(project, at, lang),
        "marked": Markup(basis_html(project, lang, f"p{at}-")),  # both escape what they mark up
        "legend": legend(lang),
        "tree": Markup(tree_svg(project, lang, styled=False)),
        "basis": project.basis_text,
        "original": project.basis_text,
        "editable": len(project.basis_text) <= LONGEST_BASIS,
        "totals": fields_of(project, project),
        "changes": None,
        "same": True,
        "colon": colon(lang),
    }


def basis_html(project: Project, lang: str, prefix: str) -> str:
    """The marked basis; of one that is too long to be read, its beginning."""
    text = project.basis_text
    return marked_basis(project, lang, prefix) if len(text) <= LONGEST_BASIS else literal(text[:BEGINNING]) + "…"


def fields_of(before: Project, after: Project) -> list[tuple[str, str, str]]:
    """The totals that may be edited: label with its unit, as it was, as it is."""
    pairs = zip(before.form.totals[:MOST_TOTALS], after.form.totals, strict=False)
    return [(f"{old.field}（{old.unit}）", old.text, written(new, old.unit)) for old, new in pairs]


def written(total: StatedTotal, unit: str) -> str:
    """An amount as it stands in a field of another unit."""
    return total.text if total.unit == unit else total.text + total.unit


def outcome(before: Project, after: Project, lang: str) -> str:
    """``有误 → 通过``, or the one status."""
    return " → ".join(dict.fromkeys(say(p.status.value, lang) for p in (before, after)))


def summary_line(report: Report, lang: str) -> str:
    """How many projects there are, and how many of each status that occurs."""
    said = [f"{c['word']} {c['n']}" for c in counts(report, lang)]
    begin = say("n-projects", lang, n=len(report.projects))
    return begin + ("; " if lang == "en" else colon(lang)) + comma(lang).join(said)
