"""The figures of a form that was recognised in a picture, each with its crop: what a person compares with the paper."""

from __future__ import annotations

import base64
from typing import Any, NamedTuple

from calcverify.checks.cv251_scanned_figures import SURE
from calcverify.forms.model import UNREADABLE, Remark
from calcverify.report.model import Project
from calcverify.report.page import visible
from calcverify.report.words import located, say

# Crops have one or two thousand bytes each; a page of so many opens at once, and fits into a mail.
MOST_PICTURES = 2000
# Whoever has to look at more figures of one form looks at the paper itself.
MOST_LISTED = 300
# A larger picture is none that the reader of scans has cut out.
MOST_BYTES = 20_000
PNG = b"\x89PNG\r\n\x1a\n"


class Crop(NamedTuple):
    """A figure as it was read, how sure that is in hundredths, where it stands, its picture for ``src`` (or ``""``)."""

    text: str
    score: int
    where: str
    picture: str


class Recognised(NamedTuple):
    """The figures of a form: those in doubt, the others; how many of each are not listed or have no picture here."""

    doubtful: tuple[Crop, ...]
    others: tuple[Crop, ...]
    total: tuple[int, int]
    unlisted: int
    unpictured: int


def recognised(project: Project, lang: str, most: int = MOST_PICTURES) -> Recognised | None:
    """What was recognised of a form, with at most so many pictures, those in doubt first; ``None`` for written text."""
    every = [remark for remark in project.form.remarks if remark.kind == "scanned"]
    if not every:
        return None
    doubtful = [remark for remark in every if _score(remark) < SURE]
    others = [remark for remark in every if _score(remark) >= SURE]
    listed = [*doubtful, *others][:MOST_LISTED]
    crops = [_crop(remark, lang, pictured=at < most) for at, remark in enumerate(listed)]
    cut = sum(bool(r.picture) for r in listed[most:])
    n = min(len(doubtful), MOST_LISTED)
    return Recognised(tuple(crops[:n]), tuple(crops[n:]), (len(doubtful), len(others)), len(every) - len(listed), cut)


def _score(remark: Remark) -> int:
    return int(remark.more or 0)


def _crop(remark: Remark, lang: str, pictured: bool) -> Crop:
    from markupsafe import Markup

    data = remark.picture
    good = pictured and data.startswith(PNG) and len(data) <= MOST_BYTES
    # Letters, digits, + and / alone: nothing in it needs escaping, and it must not be cut as a text would be.
    source: Any = Markup("data:image/png;base64," + base64.b64encode(data).decode("ascii")) if good else ""
    text = remark.text.replace(UNREADABLE, say("scanned-nothing", lang))
    return Crop(visible(text, 60), _score(remark), visible(located(remark.locator, lang), 60), source)
